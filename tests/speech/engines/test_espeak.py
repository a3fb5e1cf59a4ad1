"""espeak-ng: the system's program where it is there, a stand-in for it where it misbehaves."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cft_audio.errors import EngineError, VoiceError
from cft_audio.files.folders import default_folders
from cft_audio.speech.engines import mnemonics
from cft_audio.speech.engines.engine import Engine, Fragment, Sentence, Spoken
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from pathlib import Path

real = pytest.mark.needs("espeak-ng")
posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script with a first line")


@pytest.fixture
def espeak() -> Engine:
    return load_profile("espeak-gb", default_folders().voices).make_engine()


def said(engine: Engine, *fragments: Fragment, tempo: float = 1.0) -> Spoken:
    return engine.speak(Sentence(fragments), tempo)


def seconds(spoken: Spoken) -> float:
    return len(spoken.samples) / spoken.sample_rate


def ipa_of(written: str, voice: str = "en-gb") -> str:
    done = subprocess.run(
        [str(shutil.which("espeak-ng")), "-v", voice, "-b", "1", "-q", "--ipa", "--stdin"],
        input=written.encode(),
        capture_output=True,
        check=True,
    )
    return unicodedata.normalize("NFD", done.stdout.decode().strip())


@real
def test_it_says_a_sentence_calmly_and_tells_its_rests(espeak: Engine) -> None:
    text = "You can sit, or lie down, or stand, just as you like."
    spoken = said(espeak, Fragment(text))

    assert 3.0 < seconds(spoken) < 7.0
    assert 0.05 < float(np.abs(spoken.samples).max()) <= 1.0
    assert len(spoken.breaks) == text.count(",")


@real
@pytest.mark.parametrize("speed", [80, 120, 200, 300])
def test_rests_are_told_from_stop_consonants_at_any_speed(tmp_path: Path, speed: int) -> None:
    (tmp_path / "x.toml").write_text(
        f'engine = "espeak"\n[espeak]\nwords_per_minute = {speed}\n', encoding="utf-8"
    )
    engine = load_profile("x", [tmp_path]).make_engine()
    spoken = said(engine, Fragment("But back that cap up, Pat, and put it back."))

    assert len(spoken.breaks) == 2


@real
def test_two_processes_say_the_same_samples() -> None:
    code = (
        "import hashlib; from cft_audio.speech.voices.profiles import load_profile;"
        "from cft_audio.files.folders import default_folders;"
        "from cft_audio.speech.engines.engine import Fragment, Sentence;"
        "e = load_profile('espeak-gb', default_folders().voices).make_engine();"
        "s = e.speak(Sentence((Fragment('There is nothing to get right here.'),)), 1.0);"
        "print(e.fingerprint, hashlib.sha256(s.samples.tobytes()).hexdigest())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
        for _ in range(2)
    }

    assert len(runs) == 1


@real
def test_tempo_stretches_a_sentence(espeak: Engine) -> None:
    text = Fragment("Breathing in, and breathing out.")
    ratio = seconds(said(espeak, text, tempo=1.25)) / seconds(said(espeak, text))

    assert 1.1 < ratio < 1.4


@real
@pytest.mark.parametrize("ipa", list(mnemonics._MNEMONICS))
def test_each_symbol_of_the_table_is_what_the_program_says_for_its_mnemonic(ipa: str) -> None:
    """In one of its two main English voices; the rest is the nearest sound English has."""
    nearest = {
        "r": "ɹ",
        "e": "ɛ",
        "a": "æ",
        "ɐ": "a",
        "aː": "ɑː",
        "ɪə": "iə",
        "ɛə": "eə",
        "ɛː": "eə",
    }
    if ipa in "ˈˌ":
        written = mnemonics.mnemonics_of(Fragment("", ipa="ˌlaˈbiːn"))
    else:
        is_vowel = unicodedata.normalize("NFC", ipa)[0] in "iɪeɛæaɐɑɒɔoʌʊuəɚɜᵻ"
        symbols = f"ˈb{ipa}" if is_vowel else f"{ipa}ˈiː"
        written = mnemonics.mnemonics_of(Fragment("", ipa=symbols))
    heard = [ipa_of(f"[[{written}]]", voice) for voice in ("en-gb", "en-us")]

    assert any(nearest.get(ipa, ipa) in answer for answer in heard), heard


@real
@pytest.mark.parametrize(
    ("fragment", "heard"),
    [
        (Fragment("Siobhan", ipa="ʃɪˈvɔːn"), "ʃɪvˈɔːn"),
        (Fragment("Aoife", ipa="ˈiːfə"), "ˈiːfə"),
        (Fragment("Xiomara", respelling="see-oh-MAR-ah"), "siːəʊmˈɑːɹɑː"),
        (Fragment("Nguyen", respelling="win"), "wˈɪn"),
        (Fragment("Mary Ann", ipa="ˈmɛəɹi ˈan"), "mˈeəɹi ˈan"),
    ],
)
def test_a_given_sound_is_the_sound_that_is_said(
    espeak: Engine, fragment: Fragment, heard: str
) -> None:
    written = espeak._written(Sentence((Fragment("Hello, "), fragment, Fragment("."))))

    assert ipa_of(written).endswith(heard)


@real
@pytest.mark.parametrize(
    ("ipa", "ending"), [("ˈsæm", "z"), ("ˈpæt", "s"), ("ˈælɪks", "ɪz"), ("ˈdʒɔːdʒ", "ɪz")]
)
def test_a_given_sound_takes_the_possessive(espeak: Engine, ipa: str, ending: str) -> None:
    written = espeak._written(Sentence((Fragment("X", ipa=ipa), Fragment("'s hand"))))

    assert ipa_of(written).split()[0].endswith(ending)


@real
def test_an_unknown_symbol_is_named(espeak: Engine) -> None:
    with pytest.raises(EngineError, match="does not know ɮ in the sound /ɮa/ of 'Tlax'"):
        said(espeak, Fragment("Tlax", ipa="ɮa"))


@real
@pytest.mark.parametrize(
    "hostile",
    [
        "--version",
        "-w taken.wav",
        "[[h@l'oU]]",
        "a \x01 90S b",
        "<speak><audio src='x'/>hello</speak>",
        "; touch taken.wav $(id)",
        "'" * 500,
        "é" * 3000,
        "你好 привет",
    ],
)
def test_no_text_is_a_command_to_it(
    espeak: Engine, hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    spoken = said(espeak, Fragment(f"Hello {hostile}"))

    assert len(spoken.samples) > 0
    assert not list(tmp_path.iterdir())
    assert "[[" not in espeak._written(Sentence((Fragment(hostile),)))


@real
def test_the_speed_in_a_text_cannot_be_changed(espeak: Engine) -> None:
    plain = said(espeak, Fragment("Hello, my dear friend, how are you today?"))
    marked = said(espeak, Fragment("\x01450S Hello, my dear friend, how are you today?"))

    assert seconds(marked) > seconds(plain)


@real
def test_a_voice_it_does_not_have_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('engine = "espeak"\n[espeak]\nvoice = "tlh-xx"\n')
    engine = load_profile("x", [tmp_path]).make_engine()

    with pytest.raises(VoiceError, match="has no voice 'tlh-xx'"):
        said(engine, Fragment("Hello."))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('voice = "-w"\nrate = 3', "'rate' is not known here"),
        ("words_per_minute = 20", "Write a number from 80 to 300"),
        ("pitch = 100", "Write a number from 0 to 99"),
        ('voice = "x; rm"', "espeak-ng has no voice 'x; rm'"),
        ('voice = ""', "espeak-ng has no voice ''"),
    ],
)
def test_a_wrong_profile_is_told(tmp_path: Path, settings: str, message: str) -> None:
    (tmp_path / "x.toml").write_text(f'engine = "espeak"\n[espeak]\n{settings}\n')

    with pytest.raises(VoiceError) as caught:
        load_profile("x", [tmp_path]).make_engine()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("system", "advice"),
    [
        ("darwin", "brew install espeak-ng"),
        ("win32", "winget install"),
        ("linux", "sudo apt install espeak-ng"),
        ("freebsd14", "as your system installs it"),
    ],
)
def test_where_it_is_missing_each_system_has_its_advice(
    monkeypatch: pytest.MonkeyPatch, system: str, advice: str
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "platform", system)

    with pytest.raises(VoiceError) as caught:
        load_profile("espeak-gb", default_folders().voices).make_engine()
    assert "espeak-ng is not installed" in str(caught.value)
    assert advice in str(caught.value)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> Engine:
    """Put a program of the same name before the system's."""
    program = folder / "espeak-ng"
    program.write_text(f"#!{sys.executable}\nimport sys\n{body}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))
    return load_profile("espeak-gb", default_folders().voices).make_engine()


@posix
@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("sys.exit('No data folder')", "espeak-ng failed: No data folder"),
        ("sys.exit(3)", "espeak-ng failed: it ended with 3"),
        ("pass", "gave no sound for 'Hello.'"),
        ("print('RIFF, but not quite')", "gave no sound for 'Hello.'"),
        ("import os; os.kill(os.getpid(), 9)", "espeak-ng failed: it ended with -9"),
    ],
)
def test_a_program_that_fails_is_an_error_a_person_understands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, message: str
) -> None:
    engine = stand_in(tmp_path, monkeypatch, body)

    with pytest.raises(EngineError) as caught:
        said(engine, Fragment("Hello."))
    assert message in str(caught.value)


@posix
def test_another_version_of_the_program_has_another_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = stand_in(tmp_path, monkeypatch, "print('eSpeak NG 1.51')").fingerprint
    other = stand_in(tmp_path, monkeypatch, "print('eSpeak NG 1.52')").fingerprint

    assert one != other


@posix
def test_the_text_is_not_among_the_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    body = f"open({str(seen)!r}, 'w').write(repr((sys.argv, sys.stdin.read())))"
    engine = stand_in(tmp_path, monkeypatch, body)
    with pytest.raises(EngineError, match="gave no sound"):
        said(engine, Fragment("Hello Sam."))
    arguments, text = seen.read_text().rsplit("], ", 1)

    assert "Sam" not in arguments
    assert "Hello Sam." in text
