"""The mix: everything at its sample, in blocks that cannot be heard."""

import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from cft_audio.files.kept_files import KeptFiles
from cft_audio.mix.dips import Dip, bed_dips
from cft_audio.mix.ducking import ducking_gain
from cft_audio.mix.mixer import mix
from cft_audio.mix.plan import MixPlan, Sounds, plan_mix
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples
from cft_audio.signal.balance import Balance
from cft_audio.signal.decibels import db_to_gain
from cft_audio.sound.room import put_in_room
from cft_audio.timeline.events import Breath, Chapter, ChimeEvent, SayEvent, Timeline

LINE = Line((Span("a line"),))


class Session(NamedTuple):
    """A mix that is planned, and the clip of all its lines."""

    plan: MixPlan
    clip: np.ndarray


def burst(seconds: float) -> np.ndarray:
    """Return speech-like noise that fades at both ends, as clips do."""
    noise = np.random.default_rng(5).standard_normal(samples(seconds)) * 3000
    envelope = np.minimum(1, np.minimum(np.arange(len(noise)), np.arange(len(noise))[::-1]) / 400)
    return (noise * envelope / 32768).astype(np.float32)


def make_session(
    length: float = 65.0,
    tone: str = "swell",
    bed: str = "brown",
    clip: np.ndarray | None = None,
    balance: Balance | None = None,
) -> Session:
    clip = burst(4) if clip is None else clip
    says = tuple(
        SayEvent(samples(at), len(clip), 0, LINE) for at in np.arange(5.0, length - 10, 20.0)
    )
    chime = ChimeEvent(samples(1), samples(3), 0)
    breaths: list[Breath] = []
    position = samples(10)
    while position < samples(length - 12):
        breaths.append(Breath(position, samples(4), 0, samples(6), 0))
        position += breaths[-1].length
    timeline = Timeline(samples(length), (Chapter("A", 0),), (chime, *says), tuple(breaths))
    sounds = Sounds(tone, bed, seed=1, balance=balance or Balance())
    return Session(plan_mix(timeline, sounds), clip)


def whole(session: Session, block: int = samples(30)) -> np.ndarray:
    return np.concatenate([b.audio for b in mix(session.plan, lambda _: session.clip, block)])


@pytest.mark.slow
@pytest.mark.parametrize("tone", ["swell", "ocean", "bowls", "none"])
def test_the_mix_is_the_same_whatever_the_blocks(tone: str) -> None:
    session = make_session(tone=tone, bed="rain")
    long, short = whole(session), whole(session, samples(7))

    assert len(long) == len(short) == session.plan.timeline.length
    assert np.array_equal(long, short)


@pytest.mark.slow
@pytest.mark.parametrize("bed", ["brown", "forest"])
def test_the_mix_is_the_same_with_a_bed_that_another_session_has_made(
    bed: str, tmp_path: Path
) -> None:
    kept = KeptFiles(tmp_path)
    alone = make_session(bed=bed)
    longer = make_session(length=80.0, bed=bed)
    made = [
        np.concatenate([b.audio for b in mix(s.plan, lambda _: s.clip, kept=kept)])  # noqa: B023
        for s in (longer, alone, alone)
    ]

    assert np.array_equal(made[1], whole(alone))
    assert np.array_equal(made[2], whole(alone))
    assert len(list(tmp_path.iterdir())) > 20


def test_a_frame_that_was_not_kept_whole_is_made_again(tmp_path: Path) -> None:
    kept, session = KeptFiles(tmp_path), make_session(length=20.0)
    audio = [b.audio for b in mix(session.plan, lambda _: session.clip, kept=kept)]
    for path in tmp_path.iterdir():
        path.write_bytes(b"short")

    again = [b.audio for b in mix(session.plan, lambda _: session.clip, kept=kept)]
    assert np.array_equal(np.concatenate(again), np.concatenate(audio))


def test_clips_stand_at_their_exact_sample_in_their_room() -> None:
    session = make_session(tone="none", bed="none")
    audio = whole(session)

    # The chime still rings under the first.
    line = session.plan.timeline.speech[1]
    said = put_in_room(session.clip[:, np.newaxis])
    assert np.abs(audio[line.start : line.start + len(said)] - said).max() < 1e-6


def test_the_bed_steps_back_under_the_voice_and_comes_back_gently() -> None:
    session = make_session(tone="none", clip=silent_line())
    [dip] = session.plan.bed_dips
    audio = whole(session).astype(np.float64)
    level = 10 * np.log10((audio.reshape(-1, samples(0.5), 2) ** 2).mean(axis=(1, 2)))

    under, beside = level[51:57].mean(), level[38:46].mean()
    assert under - beside == pytest.approx(dip.depth_db, abs=1.0)


DIP = Dip(((samples(10), samples(13)),), -6.0, samples(1), samples(2))


def test_a_dip_comes_before_the_voice_and_leaves_after_it() -> None:
    curve = ducking_gain([DIP], 0, samples(20))

    assert curve is not None
    assert curve[samples(9) - 200] == 1.0
    assert curve[samples(10) : samples(13)] == pytest.approx(db_to_gain(-6.0), rel=1e-3)
    assert curve[samples(15) + 200] == 1.0
    assert np.abs(np.diff(20 * np.log10(curve))).max() < 0.002


def test_where_dips_meet_the_deeper_one_counts() -> None:
    deeper = Dip(((samples(12), samples(14)),), -9.0, samples(1), samples(1))
    curve = ducking_gain([DIP, deeper], samples(10), samples(4))

    assert curve is not None
    assert curve[0] == pytest.approx(db_to_gain(-6.0), rel=1e-3)
    assert curve.min() == pytest.approx(db_to_gain(-9.0), rel=1e-3)


def test_a_block_without_speech_is_not_touched() -> None:
    assert ducking_gain([DIP], samples(60), samples(30)) is None


@pytest.mark.parametrize("length", [1, 1000, samples(3.3), samples(11)])
def test_ducking_does_not_depend_on_where_it_is_asked_for(length: int) -> None:
    says = (SayEvent(200_001 + n * 310_007, 90_011, 0, LINE) for n in range(4))
    timeline = Timeline(samples(40), (Chapter("A", 0),), tuple(says), ())
    dips, end = bed_dips(timeline), samples(27)
    whole = ducking_gain(dips, 0, end)
    assert whole is not None

    first, last = (0, end) if length > 1 else (184_000, 186_500)
    for start in range(first, last - length, length):
        part = ducking_gain(dips, start, length)
        expected = whole[start : start + length]
        assert np.array_equal(np.ones(length) if part is None else part, expected)


@pytest.mark.parametrize(
    ("which", "tone", "bed"), [("bed", "none", "brown"), ("tone", "swell", "none")]
)
def test_each_level_moves_its_own_sound(which: str, tone: str, bed: str) -> None:
    plain, louder = (
        whole(make_session(tone=tone, bed=bed, clip=silent_line(), balance=balance))
        for balance in (Balance(), Balance(**{which: 6.0}))
    )
    part = slice(samples(30), samples(40))
    assert np.abs(louder[part]).max() == pytest.approx(
        np.abs(plain[part]).max() * db_to_gain(6.0), rel=1e-3
    )


def test_the_bells_have_a_level_too() -> None:
    plain, softer = (
        whole(make_session(tone="none", bed="none", clip=silent_line(), balance=balance))
        for balance in (Balance(), Balance(bell=-10.0))
    )
    assert np.abs(softer).max() == pytest.approx(np.abs(plain).max() * db_to_gain(-10.0), rel=1e-3)


def test_the_voice_is_told_apart_from_all_that_is_heard() -> None:
    session = make_session(bed="rain")
    first = session.plan.timeline.speech[0]
    blocks = list(mix(session.plan, lambda _: session.clip, samples(1)))

    voice = np.concatenate([b.audio * 0 if b.voice is None else b.voice for b in blocks])
    said = put_in_room(session.clip[:, np.newaxis])
    assert np.array_equal(voice[first.start : first.start + len(said)], said)
    assert blocks[3].voice is None


def silent_line(seconds: float = 4) -> np.ndarray:
    return np.zeros(samples(seconds), np.float32)


def test_the_session_fades_in_and_out() -> None:
    audio = np.abs(whole(make_session(tone="none", clip=silent_line())))

    assert audio[0].max() == 0
    assert audio[-50:].max() < 1e-4
    assert audio[samples(62) :].max() < audio[samples(40) : samples(50)].max()


def cut_short(tone: str, *, chimed: bool) -> Session:
    """Return a session whose breath and chime would sound beyond its end."""
    breaths = tuple(Breath(samples(at), samples(4), 0, samples(6), 0) for at in (0, 10, 20))
    chime = ChimeEvent(samples(25), samples(1), 0)
    timeline = Timeline(samples(26), (Chapter("A", 0),), (chime,) * chimed, breaths)
    return Session(plan_mix(timeline, Sounds(tone, "none", seed=1)), silent_line())


@pytest.mark.parametrize("tone", ["swell", "ocean", "bowls", "none"])
def test_what_still_sounds_at_the_end_dies_away_and_is_not_cut(tone: str) -> None:
    audio = np.abs(whole(cut_short(tone, chimed=True))).max(axis=1)

    assert audio[samples(25) :].max() > 100 * audio[-500:].max() > 0


def test_a_breath_at_the_very_start_comes_up_with_the_session() -> None:
    audio = np.abs(whole(cut_short("bowls", chimed=False)))

    assert audio[: samples(1)].max() < 0.5 * audio[samples(10) : samples(11)].max()


@pytest.mark.parametrize("tone", ["swell", "ocean", "bowls"])
def test_no_block_edge_can_be_found_in_the_mix(tone: str) -> None:
    audio = whole(make_session(tone=tone, clip=silent_line()), samples(5))
    bends = np.abs(np.diff(audio, 2, axis=0)).max(axis=1)
    edges = range(samples(5), len(bends), samples(5))

    for edge in edges:
        around = np.delete(bends[edge - 2000 : edge + 2000], slice(1996, 2004))
        assert bends[edge - 4 : edge + 4].max() <= around.max()


@pytest.mark.slow
def test_two_processes_make_the_same_mix() -> None:
    folder = str(Path(__file__).parent)
    program = (
        f"import hashlib, sys; sys.path.insert(0, {folder!r})\n"
        "from test_mixer import make_session, whole\n"
        "for tone, bed in (('swell', 'rain'), ('ocean', 'drone'), ('bowls', 'brown')):\n"
        "    print(hashlib.sha256(whole(make_session(tone=tone, bed=bed)).tobytes()).hexdigest())\n"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
        for _ in range(2)
    ]

    assert len(set(runs[0].split())) == 3
    assert runs[0] == runs[1]


def test_pydub_is_silent_when_no_ffmpeg_is_on_the_path() -> None:
    program = (
        "import warnings; warnings.simplefilter('error')\n"
        "from cft_audio.mix.mixer import _load_audio_segment\n"
        "before = list(warnings.filters)\n"
        "_load_audio_segment()\n"
        "assert warnings.filters == before\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PATH": ""},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


def many_lines(minutes: float) -> MixPlan:
    """Return a session in which every line is another."""
    says = tuple(
        SayEvent(samples(at), samples(4), 0, Line((Span(f"line {number}"),)))
        for number, at in enumerate(np.arange(5.0, minutes * 60 - 10, 6.0))
    )
    timeline = Timeline(samples(minutes * 60), (Chapter("A", 0),), says, ())
    return plan_mix(timeline, Sounds("none", "none"))


def test_a_clip_is_read_when_its_block_is_mixed_and_once_for_all_blocks_it_sounds_in() -> None:
    plan = many_lines(1)
    read: list[Line] = []

    def read_clip(line: Line) -> np.ndarray:
        read.append(line)
        return burst(4)

    block = samples(3)
    for number, _ in enumerate(mix(plan, read_clip, block), start=1):
        begun = [placed.line for placed in plan.timeline.speech if placed.start < number * block]
        assert read == begun


def test_only_the_clips_of_a_part_are_read() -> None:
    plan = many_lines(1)
    speech = plan.timeline.speech
    part = range(speech[3].start + 10, speech[5].start)
    read: list[Line] = []

    def read_clip(line: Line) -> np.ndarray:
        read.append(line)
        return burst(4)

    blocks = list(mix(plan, read_clip, part=part))

    assert sum(map(len, blocks)) == len(part)
    assert read == [speech[3].line, speech[4].line]


@pytest.mark.slow
def test_memory_does_not_grow_with_the_session() -> None:
    def peak(plan: MixPlan) -> float:
        tracemalloc.start()
        for _ in mix(plan, lambda _: burst(4)):
            pass
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size / 1e6

    assert abs(peak(many_lines(30)) - peak(many_lines(6))) < 5
    assert abs(peak(make_session(1800).plan) - peak(make_session(360).plan)) < 20
