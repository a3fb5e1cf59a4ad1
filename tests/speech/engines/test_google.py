"""Google's voices by the real gTTS, from profile to sound, against a service played here."""

from __future__ import annotations

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from google_server import (
    CAPTCHA,
    LOGIN,
    NO_SOUND,
    Google,
    Reply,
    answer_with,
    google_here,
    mp3_of,
    success,
)
from gtts import gTTS
from speech_cases import clips_of, speaker_with, voices_of

from cft_audio.errors import EngineError, VoiceError
from cft_audio.files.folders import default_folders
from cft_audio.script.cues import Line, Span
from cft_audio.speech.engines.engine import Engine, EngineContext, Fragment, Interruptible, Sentence
from cft_audio.speech.engines.google.engine import TLDS, GoogleEngine, GoogleSettings, written
from cft_audio.speech.engines.google.service import Policy
from cft_audio.speech.takes.cache import ClipCache
from cft_audio.speech.voices.profiles import load_profile, profile_files
from cft_audio.speech.voicing import Voicing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.speech.takes.clips import Clip

HASTY = Policy(
    interval=0.01,
    tries=3,
    first_wait=0.02,
    longest_wait=0.5,
    connect=10.0,
    silence=10.0,
    whole=30.0,
)
"""Waits for an answer long enough for a busy machine, and for nothing else."""

IMPATIENT = replace(HASTY, silence=0.5)
NO_ANSWER = Reply(before=30.0)


@pytest.fixture
def google(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    """The service, found and trusted by this process, with a cache that is empty."""
    with google_here() as service:
        for name, value in service.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        yield service


def engine(policy: Policy = HASTY, **settings: str | bool) -> GoogleEngine:
    chosen = GoogleSettings(**{"tld": "co.uk", **settings})
    context = EngineContext(Path("voices"), _no_voice, default_folders().cache)
    return GoogleEngine(chosen, context, policy)


def _no_voice(name: str) -> Engine:
    raise VoiceError(f"there is no voice {name}")


def sentence(text: str) -> Sentence:
    return Sentence((Fragment(text),))


def said_by(engine: Engine, *texts: str) -> dict[Line, Clip]:
    """Return the clips of ``texts``, said by ``engine`` through the clip cache."""
    google_gb = load_profile("google-gb", default_folders().voices)
    speaker = speaker_with(google_gb, engine, ClipCache(default_folders().cache))
    return clips_of(speaker, lines(*texts))


def lines(*texts: str) -> list[Line]:
    return [Line((Span(text),)) for text in texts]


# The voices ----------------------------------------------------------------------------------


def test_every_shipped_voice_of_googles_is_online_and_says_so_in_its_description() -> None:
    folders = default_folders().voices
    names = [name for name in profile_files(folders) if name.startswith("google-")]

    assert {"google-gb", "google-us", "google-au", "google-ie", "google-in"} <= set(names)
    for name in names:
        profile = load_profile(name, folders)
        assert profile.kind.online
        assert "Google" in profile.description
        assert isinstance(profile.make_engine(), Interruptible)


def test_no_two_voices_of_googles_are_the_same() -> None:
    folders = default_folders().voices
    found = [
        load_profile(name, folders).settings
        for name in profile_files(folders)
        if name.startswith("google-")
    ]

    assert len(set(found)) == len(found)


def test_language_accent_and_speed_reach_google(google: Google) -> None:
    engine(tld="co.uk").speak(sentence("Hello."), 1.0)
    engine(tld="com", language="cy", slow=True).speak(sentence("Croeso."), 1.0)

    assert [(sent.host, sent.language, sent.slow) for sent in google.sent] == [
        ("translate.google.co.uk", "en", None),
        ("translate.google.com", "cy", True),
    ]


@pytest.mark.parametrize("tld", ["example", "com/", "co.uk.example.org", "con"])
def test_a_profile_cannot_name_a_host_that_is_not_googles(tld: str) -> None:
    with pytest.raises(VoiceError, match="no accent by the top-level domain"):
        engine(tld=tld)


def test_all_accents_are_hosts_of_googles() -> None:
    for tld in TLDS:
        assert re.fullmatch(r"[a-z]{2,3}(\.[a-z]{2})?", tld)


def test_a_language_that_google_does_not_speak_is_told_before_anything_is_sent(
    google: Google,
) -> None:
    with pytest.raises(VoiceError, match="no language 'en-xx'"):
        engine(language="en-xx").speak(sentence("Hello."), 1.0)
    assert not google.connects


# What is sent --------------------------------------------------------------------------------


def test_the_sound_is_what_google_sent(google: Google) -> None:
    spoken = engine().speak(sentence("You can sit, or lie down."), 1.0)

    assert spoken.sample_rate == 44_100
    assert len(spoken.samples) / 44_100 == pytest.approx(0.3 + 18 / 14, abs=0.1)
    assert 0.3 < float(np.abs(spoken.samples).max()) <= 1.0
    assert google.texts == ["You can sit, or lie down."]


def test_a_respelling_is_sent_as_plain_syllables_and_ipa_as_the_written_word() -> None:
    fragments = (
        Fragment("Hello, "),
        Fragment("Xiomara", respelling="see-o-MAR-ah"),
        Fragment("'s friend "),
        Fragment("Aoife", ipa="ˈiːfə"),
        Fragment("."),
    )

    assert written(Sentence(fragments)) == "Hello, see-oh-mar-ah's friend Aoife."


def test_a_long_sentence_is_sent_whole_in_pieces_that_google_takes(google: Google) -> None:
    text = (
        "We'll settle, and then imagine a wise elder, a bit at a time, and see what it's like to "
        "be kindly looked upon, with nothing to do, and nowhere to be."
    )
    spoken = engine().speak(sentence(text), 1.0)

    assert " ".join(google.texts) == text
    assert len(google.sent) == 2
    assert all(len(piece) <= gTTS.GOOGLE_TTS_MAX_CHARS for piece in google.texts)
    assert len(spoken.breaks) == 1  # the first piece ends at a comma
    assert 0 < spoken.breaks[0] < len(spoken.samples)


def test_what_is_personal_cannot_become_anything_but_text_of_the_request(google: Google) -> None:
    name = 'Sam"],null]]&x=1&f.req=["<b>'

    engine().speak(sentence(f"Hello, {name}."), 1.0)

    assert google.texts == [f"Hello, {name}."]


def test_text_without_a_word_is_not_sent(google: Google) -> None:
    with pytest.raises(EngineError, match="nothing to say"):
        engine().speak(sentence("…!"), 1.0)
    assert not google.connects


# Nothing twice -------------------------------------------------------------------------------


def test_nothing_is_sent_twice_whatever_the_tempo_or_the_engine(google: Google) -> None:
    first = engine().speak(sentence("Breathing in."), 1.0)
    quick = engine().speak(sentence("Breathing in."), 0.9)

    assert np.array_equal(first.samples, quick.samples)
    assert google.texts == ["Breathing in."]


def test_threads_that_want_the_same_send_it_once(google: Google) -> None:
    google.always = lambda sent: Reply(body=success(sent).body, before=0.1)
    shared = engine()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: shared.speak(sentence("And out."), 1.0), range(4)))

    assert google.texts == ["And out."]


def test_another_voice_of_googles_is_asked_itself(google: Google) -> None:
    engine(tld="co.uk").speak(sentence("Hello."), 1.0)
    engine(tld="us").speak(sentence("Hello."), 1.0)

    assert [sent.host for sent in google.sent] == [
        "translate.google.co.uk",
        "translate.google.us",
    ]


def test_a_build_that_failed_keeps_what_it_was_given_and_a_later_one_asks_for_the_rest(
    google: Google,
) -> None:
    texts = [f"This is line {number}." for number in ("one", "two", "three", "four", "five")]
    google.replies = [success, success, success]
    google.always = Reply(403)
    with pytest.raises(EngineError, match="refuses requests"):
        said_by(engine(), *texts)
    given = google.texts[:3]
    assert len(google.sent) == 4  # the refused one, and none after it

    google.sent.clear()
    google.always = success
    clips = said_by(engine(), *texts)

    assert sorted(google.texts) == sorted(set(texts) - set(given))
    assert all(len(clip) for clip in clips.values())


def test_half_a_sentence_is_kept_as_well(google: Google) -> None:
    text = f"{'We rest here, ' * 7}and then we go on, each of us, in our own time and our own way."
    google.replies = [success, Reply(403)]
    with pytest.raises(EngineError):
        said_by(engine(), text)
    google.sent.clear()

    said_by(engine(), text)

    assert len(google.sent) == 1


def test_sound_that_was_refused_is_not_kept(google: Google) -> None:
    google.always = Reply(body=answer_with(mp3_of("Hello there.")[:-50]))
    with pytest.raises(EngineError):
        engine().speak(sentence("Hello there."), 1.0)
    google.always = success
    google.sent.clear()

    assert len(engine().speak(sentence("Hello there."), 1.0).samples)
    assert google.texts == ["Hello there."]


def test_a_kept_answer_gives_the_same_samples_in_the_same_order_of_pieces(google: Google) -> None:
    text = f"{'We rest here, ' * 9}and go on."

    fresh = engine().speak(sentence(text), 1.0)
    kept = engine().speak(sentence(text), 1.0)

    assert np.array_equal(fresh.samples, kept.samples)
    assert fresh.breaks == kept.breaks


def test_jitter_does_not_reach_the_sound(google: Google) -> None:
    plain = said_by(engine(), "One.", "Two.", "Three.")
    ClipCache(default_folders().cache).clear()
    google.replies = [Reply(503), success, Reply(429), Reply(500), success]
    jittered = said_by(engine(), "One.", "Two.", "Three.")

    assert len(google.sent) == 3 + 6
    for line, clip in plain.items():
        assert np.array_equal(clip.pcm, jittered[line].pcm)


# Wrong answers -------------------------------------------------------------------------------

PASSING = {
    "too many": (Reply(429), "asked too much"),
    "a fault of its own": (Reply(500), "service fails"),
    "unavailable": (Reply(503), "503 Service Unavailable"),
    "broken off": (Reply(body=answer_with(mp3_of("Hello.")), length=90_000), "broke off"),
    "JSON cut short": (Reply(body=answer_with(mp3_of("Hello."))[:400]), "cut short"),
    "nothing": (Reply(body=b""), "cut short"),
    "no bytes of sound": (Reply(body=answer_with(b"")), "is empty"),
    "a cut frame": (Reply(body=answer_with(mp3_of("Hello.")[:-50])), "cut off"),
    "too little sound": (Reply(body=answer_with(mp3_of("Hi.")[:576])), "too short"),
    "no MP3": (Reply(body=answer_with(b"RIFF" + bytes(400))), "damaged"),
    "no base64": (Reply(body=answer_with(b"").replace(b'[\\"', b'[\\"?%')), "of the kind known"),
}
FINAL = {
    "refused": (Reply(403), "refuses requests"),
    "no such host": (Reply(404), "404 Not Found"),
    "not understood": (Reply(400), "update gTTS"),
    "a captcha": (Reply(body=CAPTCHA), "robot"),
    "a captcha elsewhere": (
        Reply(302, headers={"Location": "https://www.google.com/sorry/index?q=1"}),
        "robot",
    ),
    "a network's login page": (Reply(body=LOGIN), "sign in"),
    "led away": (
        Reply(307, headers={"Location": "https://portal.example/x"}),
        "leads on to portal.example, and the text was not sent there",
    ),
    "nothing for this text": (Reply(body=NO_SOUND), "no sound for 'Hello, and welcome.'"),
}


@pytest.mark.parametrize("kind", PASSING)
def test_what_may_pass_is_asked_for_again(google: Google, kind: str) -> None:
    google.replies = [PASSING[kind][0]]

    spoken = engine().speak(sentence("Hello, and welcome."), 1.0)

    assert len(spoken.samples)
    assert google.texts == ["Hello, and welcome."] * 2


@pytest.mark.parametrize("kind", PASSING)
def test_what_does_not_pass_ends_in_an_error_that_says_why_and_what_to_do(
    google: Google, kind: str
) -> None:
    reply, why = PASSING[kind]
    google.always = reply

    with pytest.raises(EngineError, match=why) as caught:
        engine().speak(sentence("Hello, and welcome."), 1.0)

    assert "at each of 3 tries" in caught.value.message
    assert caught.value.remedy
    assert len(google.sent) == 3


def test_an_answer_that_does_not_come_is_waited_for_only_so_long(google: Google) -> None:
    google.replies = [NO_ANSWER]
    google.always = Reply(403)

    with pytest.raises(EngineError, match="refuses requests"):
        engine(IMPATIENT).speak(sentence("Hello."), 1.0)
    assert len(google.sent) >= 2  # more, if the machine is too busy to answer in time

    google.always = NO_ANSWER
    with pytest.raises(EngineError, match="timed out, at each of 3 tries") as caught:
        engine(IMPATIENT).speak(sentence("Hello."), 1.0)
    assert caught.value.remedy


@pytest.mark.parametrize("kind", FINAL)
def test_what_will_not_pass_is_not_asked_for_again(google: Google, kind: str) -> None:
    reply, why = FINAL[kind]
    google.always = reply

    with pytest.raises(EngineError, match=re.escape(why)) as caught:
        engine().speak(sentence("Hello, and welcome."), 1.0)

    assert caught.value.remedy
    assert len(google.sent) == 1
    assert set(google.connects) == {"translate.google.co.uk:443"}


# The encrypted way ---------------------------------------------------------------------------


def test_a_host_that_does_not_prove_to_be_googles_is_sent_nothing(
    google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")

    with pytest.raises(EngineError, match="Nothing was sent") as caught:
        engine().speak(sentence("Hello, Sam."), 1.0)

    assert google.connects == ["translate.google.co.uk:443"]
    assert not google.sent
    assert "REQUESTS_CA_BUNDLE" in caught.value.remedy


def test_a_trusted_certificate_for_another_host_is_refused(google: Google) -> None:
    with pytest.raises(EngineError, match="Nothing was sent"):
        engine(tld="com.au").speak(sentence("Hello."), 1.0)
    assert not google.sent


def test_a_refused_connection_is_told_with_what_to_do(
    google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    with pytest.raises(EngineError, match="Connection refused, at each of 3 tries") as caught:
        engine().speak(sentence("Hello."), 1.0)

    assert "Check the connection" in caught.value.remedy
    assert not google.connects


# Consent -------------------------------------------------------------------------------------


def test_an_online_voice_is_refused_unless_the_request_allows_it(google: Google) -> None:
    with pytest.raises(VoiceError, match="names included") as raised:
        voices_of(Voicing("google-gb"))
    assert raised.value.field == "voice"
    assert "‹Agree to it›" in raised.value.remedy

    with voices_of(Voicing("google-gb", allow_online=True)) as voices:
        said = clips_of(voices, lines("Hello."))

    assert all(len(clip) for clip in said.values())
    assert google.texts == ["Hello."]


def test_a_voice_of_this_machine_needs_no_consent(tmp_path: Path) -> None:
    assert voices_of(Voicing("joe"), replace(default_folders(), cache=tmp_path))


# Without harm to others ----------------------------------------------------------------------


def test_threads_end_with_the_same_error_and_without_a_further_request(google: Google) -> None:
    google.always = Reply(403)
    shared = engine()
    errors: list[str] = []

    def speak(number: int) -> None:
        with pytest.raises(EngineError) as caught:
            shared.speak(sentence(f"Line {number}."), 1.0)
        errors.append(str(caught.value))

    threads = [threading.Thread(target=speak, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(errors) == 6
    assert len(set(errors)) == 1
    assert len(google.sent) == 1


def test_the_answer_is_read_however_google_breaks_its_lines(google: Google) -> None:
    table = json.loads(answer_with(mp3_of("Hello.")).removeprefix(b")]}'\n\n"))
    chunk = json.dumps(table, indent=1)
    google.replies = [Reply(body=f')]}}\'\n\n{len(chunk)}\n{chunk}\n25\n[["e",4]]'.encode())]

    assert len(engine().speak(sentence("Hello."), 1.0).samples)
    assert len(google.sent) == 1
