"""The figures as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from format_figures.goals import goals

if TYPE_CHECKING:
    from format_figures.measuring import Figures

_USUAL = ".mp3"

_HEAD = (
    "made as",
    "sessions",
    "voice over what was asked, LU",
    "true peak, dBTP",
    "longer, ms",
    "built again",
    "MB a minute",
    "CPU over MP3",
)


def as_markdown(figures: list[Figures]) -> str:
    """Return what is wanted, and the figures of each kind, as two tables."""
    wanted = [
        (
            goal.what,
            goal.wanted,
            f"{goal.worst:{goal.form}} ({goal.where})",
            "yes" if goal.met else "**no**",
        )
        for goal in goals(figures)
    ]
    kinds: dict[str, list[Figures]] = {}
    for one in figures:
        kinds.setdefault(one.kind, []).append(one)
    usual = {one.session: one.cpu_s for one in kinds[_USUAL]}
    rows = [_row(kind, kinds[kind], usual) for kind in kinds]
    return (
        f"{_table(('what', 'wanted', 'the furthest off', 'met'), wanted)}\n\n{_table(_HEAD, rows)}"
    )


def _row(kind: str, figures: list[Figures], usual: dict[str, float]) -> tuple[str, ...]:
    voices = [one.voice_lufs - one.asked_lufs for one in figures]
    again = [one.same_again for one in figures if one.same_again is not None]
    size = sum(one.bytes_per_s for one in figures) / len(figures) * 60 / 1e6
    cpu = sum(one.cpu_s for one in figures) / sum(usual[one.session] for one in figures)
    return (
        kind,
        str(len(figures)),
        f"{min(voices):+.2f} to {max(voices):+.2f}",
        f"{max(one.peak_dbtp for one in figures):.1f}",
        f"{max((one.length_error_s for one in figures), key=abs) * 1000:+.1f}",
        f"{sum(again)} of {len(again)} the same" if again else "",
        f"{size:.2f}",
        f"{cpu:.2f}",
    )


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
