"""The figures as tables for people, and as plain values for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from cft_audio.sound.names import DEFAULT_BED, DEFAULT_TONE
from sound_model.audibility import BETTER_PHONE, HEADPHONES, PHONE
from sound_model.goals import goals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sound_model.figures import BedFigures, Figures, SessionFigures
    from sound_model.mono import MonoLoss
    from sound_model.phases import PhasesHeard
    from sound_model.speech import Standing

_NOT_PLAIN = ("hops", "powers")


def as_object(figures: Figures) -> dict[str, Any]:
    """Return everything as plain values, without what is of use to no reader."""
    plain: dict[str, Any] = asdict(figures)
    for group in (plain["tones"], plain["beds"]):
        for sound in group.values():
            for name in _NOT_PLAIN:
                sound.pop(name, None)
    return plain


def as_markdown(figures: Figures) -> str:
    """Return the tables."""
    parts = (
        _goals(figures),
        _heard(figures),
        _over_beds(figures),
        _tones(figures),
        _sessions(figures),
        _beds(figures),
        _others(figures),
    )
    return "\n\n".join(parts) + "\n"


def _goals(figures: Figures) -> str:
    rows = [
        (
            goal.what,
            goal.wanted,
            f"{goal.worst:{goal.form}} ({goal.where})",
            "yes" if goal.met else "**no**",
        )
        for goal in goals(figures)
    ]
    return _table("What they have to show", ("what", "wanted", "the furthest off", "met"), rows)


def _heard(figures: Figures) -> str:
    rows = []
    for tone, found in figures.tones.items():
        ways = found.heard[DEFAULT_BED]
        rows.append(
            (
                tone,
                *(_in_and_out(ways[way.name]) for way in (HEADPHONES, PHONE, BETTER_PHONE)),
                _held_and_rest(ways[HEADPHONES.name]),
                _held_and_rest(ways[PHONE.name]),
                f"{ways[HEADPHONES.name].last_heard_s:.1f} s",
                f"{ways[HEADPHONES.name].last_over_bed_s:.1f} s",
            )
        )
    return _table(
        f"Share of each phase that is heard over the bed {DEFAULT_BED}: 12 s at 4:2:6:2, so the "
        "exhale is 5.14 s",
        (
            "tone",
            "headphones in / out",
            "phone 450 Hz in / out",
            "phone 250 Hz in / out",
            "headphones held / rest",
            "phone held / rest",
            "exhale heard until",
            "exhale over the bed until",
        ),
        rows,
    )


def _over_beds(figures: Figures) -> str:
    rows = [
        (
            tone,
            *(
                f"{_in_and_out(ways[HEADPHONES.name])}, {_in_and_out(ways[PHONE.name])}"
                for ways in found.heard.values()
            ),
        )
        for tone, found in figures.tones.items()
    ]
    title = "The same over every bed: headphones in / out, phone 450 Hz in / out"
    return _table(title, ("tone", *figures.beds), rows)


def _tones(figures: Figures) -> str:
    rows = []
    for tone, found in figures.tones.items():
        drops = np.array(found.drops_db)
        errors = np.array(found.session.turn_errors_ms)
        rows.append(
            (
                tone,
                *_mono(found.mono),
                f"{found.likeness:.4f}",
                f"{drops.min():.1f} dB",
                f"{(drops < -2).mean():.0%}",
                f"{np.median(errors):.1f} / {errors.max():.1f} ms",
            )
        )
    return _table(
        "Tones: the mono sum against stereo, neighbouring breaths, turns",
        (
            "tone",
            *_MONO,
            "neighbours' correlation",
            "lowest gain at a turn",
            "turns lowered by over 2 dB",
            "turn off by: median / worst",
        ),
        rows,
    )


def _sessions(figures: Figures) -> str:
    of_tones = (
        (f"{tone}, {DEFAULT_BED}", found.session, figures.tone_lines[tone])
        for tone, found in figures.tones.items()
    )
    of_beds = (
        (f"{DEFAULT_TONE}, {bed}", found.session, figures.bed_lines[bed])
        for bed, found in figures.beds.items()
        if bed != DEFAULT_BED
    )
    rows = [_session(*row) for row in (*of_tones, *of_beds)]
    return _table(
        "Sessions",
        (
            "tone, bed",
            "LUFS",
            "LRA",
            "true peak",
            "voice",
            "narration over: mean / worst",
            "cues over: mean / worst",
            "ESTOI",
            "with cues",
        ),
        rows,
    )


def _session(name: str, found: SessionFigures, lines: Standing) -> tuple[str, ...]:
    return (
        name,
        f"{found.mastering.lufs:.1f}",
        f"{found.mastering.range_lu:.1f} LU",
        f"{found.mastering.peak_dbtp:.1f} dBTP",
        f"{found.voice_lufs:.2f} LUFS",
        f"{lines.narration_mean:.1f} / {lines.narration_worst:.1f} LU",
        f"{lines.cues_mean:.1f} / {lines.cues_worst:.1f} LU",
        f"{found.understood:.3f}",
        f"{found.understood_with_cues:.3f}",
    )


def _beds(figures: Figures) -> str:
    rows = [
        (bed, f"{found.lufs:.1f} LUFS", *_mono(found.mono), *_life(found))
        for bed, found in figures.beds.items()
        if found.mono
    ]
    return _table("Beds", ("bed", "level", *_MONO, *_LIFE), rows)


def _others(figures: Figures) -> str:
    rows = [("voice", *_mono(figures.voice)), ("chime", *_mono(figures.bell))]
    lost = (f"{loss:.1f} LU on the {way}" for way, loss in figures.voice_loses_lu.items())
    note = f"Today's voice loses {' and '.join(lost)} before it is turned up."
    return _table("Voice and chime", ("sound", *_MONO), rows) + "\n\n" + note


_MET = {True: "yes", False: "**no**"}
_MONO = ("mono", "worst 400 ms", "worst band", "worst 100 ms")


_LIFE = ("falls and returns a minute", "1 s like another", "10 s like others")


def _life(bed: BedFigures) -> tuple[str, ...]:
    return f"{bed.excursions:.1f}", f"{bed.repeats_1_s:.2f}", f"{bed.repeats_10_s:.2f}"


def _mono(loss: MonoLoss | None) -> tuple[str, ...]:
    if loss is None:
        return ("",) * len(_MONO)
    parts = (loss.whole, loss.worst_moment, loss.worst_band, loss.worst_100_ms)
    return tuple(f"{part:.1f} dB" for part in parts)


def _in_and_out(heard: PhasesHeard) -> str:
    return f"{100 * heard.inhale:.0f} / {100 * heard.exhale:.0f} %"


def _held_and_rest(heard: PhasesHeard) -> str:
    return f"{100 * heard.hold:.0f} / {100 * heard.rest:.0f} %"


def _table(title: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    lines = [f"### {title}", "", f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])
