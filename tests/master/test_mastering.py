from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tracemalloc
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cft_audio.errors import OutputError, RequestError
from cft_audio.files.output import Destination
from cft_audio.master.formats import MP3, Coding
from cft_audio.master.mastering import MasterSettings, Mix, Recording, master
from cft_audio.master.tags import Tags
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.frames import Block
from cft_audio.signal.reference_levels import VOICE_LUFS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Verdict

    from cft_audio.signal.audio import Stereo

TAGS = Tags(title="Test")


def silent_progress(stage: str, fraction: float) -> None:
    assert stage in {"mixing", "encoding"}
    assert 0 <= fraction <= 1


def make(
    audio: Stereo, path: Path, settings: MasterSettings | None = None, *, block: int = 1_323_000
) -> Recording:
    parts = (audio[at : at + block] for at in range(0, len(audio), block))
    return master(
        Mix((Block(part, part) for part in parts), len(audio)),
        settings or MasterSettings(),
        TAGS,
        Destination(path),
        silent_progress,
    )


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(
            MasterSettings(lufs, Coding(MP3, rate)),
            # Each loudness, and each bit rate, is among those that are not left to the slow tests.
            marks=[] if rate == usual else pytest.mark.slow,
        )
        for lufs, usual in ((-30.0, 96), (-23.0, 128), (-18.0, 128), (-14.0, 96))
        for rate in (96, 128)
    ],
    ids=str,
)
def test_loudness_peak_and_length_hold_on_the_decoded_file(
    settings: MasterSettings,
    session_mix: Stereo,
    tmp_path: Path,
    judge_file: Callable[[Path], Verdict],
    decode: Callable[[Path], Stereo],
) -> None:
    """At -14 LUFS the limiter takes several decibels of this voice; at -30 nothing."""
    made = make(session_mix, tmp_path / "a.mp3", settings)
    judged = judge_file(made.file)
    assert judged.lufs == pytest.approx(settings.loudness_lufs, abs=0.4)
    assert judged.dbtp <= -1.0
    assert len(decode(made.file)) == len(session_mix)
    assert made.duration_s == len(session_mix) / 44_100
    assert made.loudness_lufs == pytest.approx(judged.lufs, abs=0.15)
    assert judged.dbtp - 0.7 <= made.true_peak_dbtp <= judged.dbtp + 0.5


def test_the_voice_has_its_loudness_whatever_lies_under_it(
    session_mix: Stereo,
    noise: Callable[[float], Stereo],
    tmp_path: Path,
    judge: Callable[[Stereo], Verdict],
    decode: Callable[[Path], Stereo],
) -> None:
    voice = session_mix[: 44_100 * 20]
    mixed = voice + noise(20)[: len(voice)] * np.float32(np.abs(voice).max() / 10)
    # It speaks in the first half, and so in a few blocks only.
    voice = np.concatenate([voice[: len(voice) // 2], np.zeros_like(voice[len(voice) // 2 :])])
    block = 44_100 * 5
    stretches = [slice(at, at + block) for at in range(0, len(mixed), block)]
    blocks = [Block(mixed[s], voice[s] if voice[s].any() else None) for s in stretches]
    assert sum(block.voice is None for block in blocks) == 2
    settings = MasterSettings(-28.0)
    made = master(
        Mix(blocks, len(mixed)), settings, TAGS, Destination(tmp_path / "a.mp3"), silent_progress
    )

    decoded = decode(made.file)
    gain = np.sqrt((decoded**2).mean() / (mixed**2).mean())
    assert judge(voice * gain).lufs == pytest.approx(-28.0, abs=0.5)
    assert made.voice_lufs == pytest.approx(-28.0, abs=0.3)
    assert made.loudness_lufs == pytest.approx(judge(decoded).lufs, abs=0.15)


def test_a_session_without_a_voice_is_as_loud_as_if_it_had_one(
    noise: Callable[[float], Stereo], tmp_path: Path, decode: Callable[[Path], Stereo]
) -> None:
    audio = noise(10) * np.float32(0.02)
    made = master(
        Mix([Block(audio)], len(audio)),
        MasterSettings(-16.0),
        TAGS,
        Destination(tmp_path / "a.mp3"),
        silent_progress,
    )

    gain = np.sqrt((decode(made.file) ** 2).mean() / (audio**2).mean())
    assert gain == pytest.approx(db_to_gain(-16.0 - VOICE_LUFS), rel=0.1)
    assert made.voice_lufs is None


def test_bursts_of_noise_hold_too(
    noise: Callable[[float], Stereo], tmp_path: Path, judge_file: Callable[[Path], Verdict]
) -> None:
    made = make(noise(20), tmp_path / "a.mp3", MasterSettings(-14.0))
    judged = judge_file(made.file)
    assert judged.lufs == pytest.approx(-14.0, abs=0.5)
    assert judged.dbtp <= -1.0


@pytest.mark.parametrize("level", [1e-2, 50.0])
def test_a_mix_far_too_quiet_or_too_loud_is_brought_to_its_loudness(
    level: float, session_mix: Stereo, tmp_path: Path, judge_file: Callable[[Path], Verdict]
) -> None:
    audio = session_mix[: 44_100 * 10] * np.float32(level)
    made = make(audio, tmp_path / "a.mp3", MasterSettings(-20.0))
    assert judge_file(made.file).lufs == pytest.approx(-20.0, abs=0.4)


@pytest.mark.slow
def test_the_same_bytes_from_two_processes_and_from_any_blocks(
    session_mix: Stereo, tmp_path: Path
) -> None:
    np.save(tmp_path / "mix.npy", session_mix)
    program = (
        "import sys, numpy; from pathlib import Path\n"
        "from cft_audio.master.mastering import *\n"
        "from cft_audio.signal.frames import Block\n"
        "from cft_audio.files.output import *; from cft_audio.master.tags import *\n"
        "audio = numpy.load(sys.argv[1])\n"
        "blocks = [Block(part, part) for part in (audio[:9_999], audio[9_999:])]\n"
        "master(Mix(blocks, len(audio)), MasterSettings(),\n"
        "    Tags('Test'), Destination(Path(sys.argv[2])), lambda *_: None)\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, tmp_path / "mix.npy", tmp_path / "a.mp3"], check=True
    )
    made = make(session_mix, tmp_path / "b.mp3")
    assert made.file.read_bytes() == (tmp_path / "a.mp3").read_bytes()


def test_progress_is_told_of_both_stages_to_their_end(session_mix: Stereo, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    master(
        Mix([Block(session_mix, session_mix)], len(session_mix)),
        MasterSettings(),
        TAGS,
        Destination(tmp_path / "a.mp3"),
        lambda stage, fraction: told.append((stage, fraction)),
    )
    assert told == sorted(told, key=lambda entry: (entry[0] == "encoding", entry[1]))
    assert ("mixing", 1.0) in told
    assert ("encoding", 1.0) in told


@pytest.mark.parametrize("lufs", [-60.0, -30.1, -13.9, -8.0, float("nan")])
def test_a_loudness_out_of_reason_is_refused_with_the_range(lufs: float) -> None:
    with pytest.raises(RequestError, match=r"-30 .*to -14") as caught:
        MasterSettings(lufs)

    assert caught.value.field == "loudness"


def test_a_bit_rate_that_is_not_offered_is_refused() -> None:
    with pytest.raises(RequestError) as caught:
        Coding(MP3, 100)

    assert caught.value.field == "bitrate"


def test_peaks_that_stand_too_high_are_refused_with_what_can_be_had(tmp_path: Path) -> None:
    clicks = np.full((44_100 * 5, 2), 1e-4, np.float32)
    clicks[::9_000] = 1.0
    with pytest.raises(RequestError, match="at most -") as caught:
        make(clicks, tmp_path / "a.mp3")
    assert caught.value.field == "loudness"
    assert list(tmp_path.iterdir()) == []


def test_a_silent_session_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="nothing to hear"):
        make(np.zeros((44_100 * 2, 2), np.float32), tmp_path / "a.mp3")
    assert list(tmp_path.iterdir()) == []


def test_blocks_of_another_length_than_promised_leave_nothing(
    session_mix: Stereo, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="promised"):
        master(
            Mix([Block(session_mix, session_mix)], len(session_mix) + 1),
            MasterSettings(),
            TAGS,
            Destination(tmp_path / "a.mp3"),
            silent_progress,
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stage", ["mixing", "encoding"])
def test_an_interrupt_leaves_nothing_but_the_old_file(
    stage: str, session_mix: Stereo, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"old")

    def interrupt(told: str, fraction: float) -> None:
        if told == stage and fraction > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        master(
            Mix([Block(session_mix, session_mix)], len(session_mix)),
            MasterSettings(),
            TAGS,
            Destination(path, overwrite=True),
            interrupt,
        )
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


ENDLESS = """
import sys, time
from pathlib import Path
import numpy
from cft_audio.master.mastering import *
from cft_audio.files.output import *
from cft_audio.master.tags import *
from cft_audio.signal.frames import Block

def slowly(stage, fraction):
    if stage == "encoding":
        print(stage, flush=True)
        time.sleep(60)  # until it is killed

audio = numpy.random.default_rng(1).standard_normal((44_100 * 60, 2)).astype("f4") * 0.1
mix = Mix([Block(audio, audio)], len(audio))
master(mix, MasterSettings(), Tags("x"), Destination(Path(sys.argv[1])), slowly)
"""


def start_endless(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, path],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "encoding\n"
    return process


def reap(process: subprocess.Popen[str]) -> None:
    process.wait(timeout=20)
    assert process.stdout
    process.stdout.close()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_while_encoding_leaves_nothing(tmp_path: Path) -> None:
    process = start_endless(tmp_path / "a.mp3")
    os.killpg(process.pid, signal.SIGINT)
    reap(process)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("kill", [signal.SIGTERM, signal.SIGKILL])
def test_a_kill_while_encoding_leaves_no_recording_and_the_next_build_sweeps(
    kill: signal.Signals, session_mix: Stereo, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp3"
    process = start_endless(path)
    os.kill(process.pid, kill)
    reap(process)
    left = list(tmp_path.iterdir())
    assert path not in left
    # The encoder sees its input end and goes, too.
    sizes = [-1, *(found.stat().st_size for found in left)]
    deadline = time.monotonic() + 20
    while sizes[0] != sizes[-1] and time.monotonic() < deadline:
        time.sleep(0.3)
        sizes = [sizes[-1], *(found.stat().st_size for found in left)]
    for found in left:
        os.utime(found, (time.time() - 3_600,) * 2)
    make(session_mix[:44_100], path)
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for 3 MB."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("mounting needs root on Linux")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=3m", "none", disk], check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["/bin/umount", disk], check=True)


def test_a_disk_known_to_be_too_small_is_refused_at_once(
    small_disk: Path, session_mix: Stereo
) -> None:
    with pytest.raises(OutputError, match=r"takes \d+ MB of disk, and 3 MB are free"):
        make(session_mix, small_disk / "a.mp3")
    assert list(small_disk.iterdir()) == []


@pytest.mark.parametrize("stage", ["mixing", "encoding"])
def test_a_disk_that_fills_up_on_the_way_leaves_nothing(
    stage: str, small_disk: Path, session_mix: Stereo
) -> None:
    audio = session_mix[: 44_100 * 9]
    filler = small_disk / "filler"

    def fill(told: str, fraction: float) -> None:
        if told == stage and not filler.exists():
            with filler.open("wb", buffering=0) as file:
                for _ in repeat(None):
                    try:
                        file.write(bytes(4_096))
                    except OSError:
                        return

    with pytest.raises(OutputError, match="the disk is full"):
        master(
            Mix([Block(audio, audio)], len(audio)),
            MasterSettings(coding=Coding(MP3, 320)),
            TAGS,
            Destination(small_disk / "a.mp3"),
            fill,
        )
    assert list(small_disk.iterdir()) == [filler]


@pytest.mark.slow
def test_memory_does_not_grow_with_the_length(tmp_path: Path, session_mix: Stereo) -> None:
    block = session_mix[: 44_100 * 10]

    def peak(blocks: int) -> int:
        tracemalloc.start()
        master(
            Mix(repeat(Block(block, block), blocks), blocks * len(block)),
            MasterSettings(),
            TAGS,
            Destination(tmp_path / f"{blocks}.mp3"),
            silent_progress,
        )
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(12) < peak(2) + 1_000_000
