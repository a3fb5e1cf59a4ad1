"""What is wanted of a recording in any format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sound_model.goals import Goal

if TYPE_CHECKING:
    from format_figures.measuring import Figures

VOICE_LU = 0.5
"""How far the loudness of the voice may be from what was asked (EBU R 128 s1 allows as much)."""

MOST_DBTP = -1.0
"""EBU R 128: the most that a true peak may be."""

LENGTH_S = 0.1


def goals(figures: list[Figures]) -> tuple[Goal, ...]:
    """Return what is wanted, with what was measured."""
    voices = {_name(one): one.voice_lufs - one.asked_lufs for one in figures}
    peaks = {_name(one): one.peak_dbtp for one in figures}
    lengths = {_name(one): one.length_error_s for one in figures}
    again = {_name(one): float(one.same_again) for one in figures if one.same_again is not None}
    return (
        Goal("loudness of the voice over what was asked, LU", voices, -VOICE_LU, VOICE_LU, "+.2f"),
        Goal("true peak, dBTP", peaks, most=MOST_DBTP, form=".2f"),
        Goal("seconds longer than the session", lengths, -LENGTH_S, LENGTH_S, "+.3f"),
        Goal("share of builds with the same bytes when built again", again, least=1.0, form=".0%"),
    )


def _name(one: Figures) -> str:
    return f"{one.kind}: {one.session}"
