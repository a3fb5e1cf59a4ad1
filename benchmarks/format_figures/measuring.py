"""Builds sessions in every format, decodes them, and measures what is heard."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from imageio_ffmpeg import get_ffmpeg_exe
from sound_model.levels import hops_of

import cft_audio
from cft_audio.application.beside.covers import cover_of
from cft_audio.application.plans import open_plan
from cft_audio.application.presets import PRESETS
from cft_audio.application.progress import ignore_progress, ignore_warnings
from cft_audio.files.folders import default_folders
from cft_audio.master.formats import FORMATS
from cft_audio.mix.mixer import mix
from cft_audio.signal.audio import SAMPLE_RATE, seconds
from cft_audio.signal.loudness import LoudnessMeter, gated_loudness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cft_audio.application.request import SessionRequest
    from cft_audio.signal.audio import Stereo
    from format_figures.sessions import Session

_AGAIN = (
    "import json, sys, cft_audio\n"
    "request = cft_audio.from_object(json.load(sys.stdin))\n"
    "cft_audio.build(request, sys.argv[1])\n"
)
"""Builds a request that it reads, in a process of its own."""


@dataclass(frozen=True)
class Figures:
    """What was measured of one recording.

    Attributes:
        kind: The format, and what else it was made with.
        session: What the session is called.
        asked_lufs: Loudness that its voice was to have.
        voice_lufs: Loudness of its voice as decoded.
        peak_dbtp: True peak as decoded.
        length_error_s: By how much longer it plays than the session lasts.
        bytes_per_s: Its size for each second.
        cpu_s: What building it takes of a processor, for each minute.
        same_again: Whether it has the same bytes when it is built once more; None if it was not.
    """

    kind: str
    session: str
    asked_lufs: float
    voice_lufs: float
    peak_dbtp: float
    length_error_s: float
    bytes_per_s: float
    cpu_s: float
    same_again: bool | None = None


@dataclass(frozen=True)
class _Mixed:
    """The K-weighted energies of each 100 ms of a session as it is mixed, and of its voice."""

    hops: NDArray[np.float64]
    voice_hops: NDArray[np.float64]

    def voice_lufs(self, decoded: NDArray[np.float64]) -> float:
        """Return the loudness of the voice where the whole has become what was decoded.

        Each 100 ms of the voice has become as much louder as the whole, as it is reckoned when a
        session is mastered. The share of its waveform in what is decoded would tell less: at low
        bit rates an encoder replaces high sounds by others that are as loud.
        """
        length = min(len(self.hops), len(decoded))
        risen = decoded[:length] / np.maximum(self.hops[:length], np.finfo(np.float64).tiny)
        return gated_loudness(self.voice_hops[:length] * risen)


def measure_session(number: int, sessions: Sequence[Session], folder: Path) -> list[Figures]:
    """Measure one of the sessions in every format, and with its share of the presets.

    It is built once more in its share of the formats: over all sessions, each has its turn.

    Args:
        number: Its place among ``sessions``.
        sessions: All that are measured.
        folder: Where recordings are kept meanwhile.
    """
    of = len(sessions)
    kinds = {f".{name}": {"format": name} for name in FORMATS}
    again = tuple(kinds)
    kinds |= {f"preset {name}": {"preset": name} for name in _share(tuple(PRESETS), number, of)}
    return list(_measure(sessions[number], kinds, folder, _share(again, number, of)))


def _share(names: tuple[str, ...], number: int, of: int) -> tuple[str, ...]:
    """Return what falls to one of several; each name falls to one at least."""
    return names[number::of] if of < len(names) else (names[number % len(names)],)


def measure_loud(session: Session, folder: Path) -> list[Figures]:
    """Measure a session as loud as is offered in every format, and at the lowest bit rates."""
    loud = f"at {session.fields['loudness']} LUFS"
    kinds: dict[str, dict[str, Any]] = {}
    for name, format_ in FORMATS.items():
        if name == "m4b":  # its sound is that of an .m4a
            continue
        kinds[f".{name} {loud}"] = {"format": name}
        if format_.bitrates:
            lowest = min(format_.bitrates)
            kinds[f".{name} {loud}, {lowest} kb/s"] = {"format": name, "bitrate": lowest}
    return list(_measure(session, kinds, folder))


def _measure(
    session: Session, kinds: dict[str, dict[str, Any]], folder: Path, again: tuple[str, ...] = ()
) -> Iterator[Figures]:
    plain = cft_audio.request(session.practice, **session.fields)
    plan = cft_audio.plan(plain)
    # Drawn once and kept, as a clip is: no format shall be charged with it.
    cover_of(plain, plan.practice, default_folders())
    mixed = _measure_mix(plain)
    for kind, fields in kinds.items():
        request = cft_audio.request(session.practice, **session.fields, **fields)
        own = folder / re.sub(r"\W+", "-", f"{session.called} {kind}")
        before = _cpu_s()
        file = cft_audio.build(request, own).file
        cpu_s = _cpu_s() - before
        decoded, peak_dbtp = _decode(file)
        yield Figures(
            kind,
            session.called,
            plain.sound.loudness_lufs,
            mixed.voice_lufs(hops_of(decoded)),
            peak_dbtp,
            len(decoded) / SAMPLE_RATE - seconds(plan.timeline.length),
            file.stat().st_size / seconds(plan.timeline.length),
            cpu_s / seconds(plan.timeline.length) * 60,
            _same_again(request, file) if kind in again else None,
        )
        file.unlink()


def _measure_mix(request: SessionRequest) -> _Mixed:
    """Return the energies of a session as it is mixed."""
    whole, voice, folders = LoudnessMeter(), LoudnessMeter(), default_folders()
    with open_plan(request, folders, ignore_progress, ignore_warnings) as (plan, voices):
        for block in mix(plan.mix, lambda line: voices.clip(line).samples):
            whole.feed(block.audio)
            if block.voice is None:
                voice.feed_silence(len(block))
            else:
                voice.feed(block.voice)
    return _Mixed(whole.hops(), voice.hops())


def _decode(file: Path) -> tuple[Stereo, float]:
    """Return a recording as decoded, at the rate of a session, and its true peak by ffmpeg."""
    peak = ("-map", "0:a", "-af", "ebur128=peak=true:framelog=quiet")
    raw = ("-ar", str(SAMPLE_RATE), "-f", "f32le", "-")
    command = [get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(file), *peak, *raw]
    done = subprocess.run(command, capture_output=True, check=True)
    said = done.stderr.decode()
    channels = 1 if re.search(r"Audio: .* mono", said) else 2
    peaks = re.findall(r"Peak:\s+(\S+) dBFS", said)
    decoded = np.frombuffer(done.stdout, np.float32).reshape(-1, channels)
    # One channel is heard from both speakers.
    return np.tile(decoded, (1, 2 // channels)), max(map(float, peaks))


def _same_again(request: SessionRequest, file: Path) -> bool:
    """Return whether a recording has the same bytes when another process builds it."""
    own = file.parent / "again"
    subprocess.run(
        [sys.executable, "-c", _AGAIN, str(own)],
        input=json.dumps(cft_audio.as_object(request)),
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return (own / file.name).read_bytes() == file.read_bytes()


def _cpu_s() -> float:
    """Return the processor's seconds that this process and those it started have taken."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
