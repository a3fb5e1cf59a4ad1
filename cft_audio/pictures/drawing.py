"""A session drawn: voice, breath, bed, loudness, chapters and silences, as SVG. Pure.

It needs no font, no script and nothing from elsewhere, is readable in light and in dark, and says
in its title and description what it shows. The same session gives the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from cft_audio.pictures.palettes import hex_of
from cft_audio.schema.durations import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.pictures.palettes import Palette
    from cft_audio.pictures.view import BreathView, SessionView

_WIDTH, _LEFT, _RIGHT = 1200, 96, 1180
_CHAPTERS, _VOICE, _BREATH, _BED, _LOUDNESS, _AXIS, _HEIGHT = 70, 122, 172, 250, 276, 366, 404
_VOICE_TALL, _BREATH_TALL, _BED_TALL, _LOUDNESS_TALL = 34, 64, 14, 76
_QUIETEST, _LOUDEST = -50.0, -14.0
_LETTER = 6.2
"""Units that a letter of the small text takes, about."""

_FEWEST_LETTERS = 4
"""Of a chapter's title: fewer say nothing."""

_STEPS_S = (15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MOST_TICKS = 14

_PHASE_POINTS = 6
"""Points of the curve for each rise and each fall of a breath."""


@dataclass(frozen=True)
class Picture:
    """What is drawn.

    Attributes:
        title: What the session is called.
        view: What happens in it; None where that is not known.
        length: How long it lasts, in seconds.
        chapters: Its chapters.
        loudness: Its loudness in LUFS, second by second; empty where it is not known.
        palette: Its colours.
    """

    title: str
    view: SessionView | None
    length: float
    chapters: Sequence[tuple[str, float]]
    loudness: Sequence[float]
    palette: Palette


_SVG = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
    'role="img" aria-labelledby="title description">'
)


def draw_session(picture: Picture) -> str:
    """Return a picture of a session as SVG."""
    parts = [
        _SVG,
        f'<title id="title">{_written(picture.title)}</title>',
        f'<desc id="description">{_written(describe(picture))}</desc>',
        _style(picture.palette),
        f'<rect class="paper" width="{_WIDTH}" height="{_HEIGHT}"/>',
        _text(_LEFT, 34, picture.title, "heading"),
        *_chapters(picture),
        *_axis(picture),
    ]
    if picture.view:
        parts += [*_voice(picture, picture.view), *_breath(picture, picture.view)]
        parts += [*_bed(picture, picture.view), *_bells(picture, picture.view)]
    parts += [*_loudness(picture), "</svg>"]
    return "\n".join(parts) + "\n"


def draw_strip(picture: Picture) -> str:
    """Return a picture as SVG to seek in: from edge to edge its time, without a word or a level."""
    parts = [*_chapters(picture)]
    if view := picture.view:
        parts += [*_voice(picture, view), *_breath(picture, view)]
        parts += [*_bed(picture, view), *_bells(picture, view)]
    shapes = [part for part in parts if not part.startswith("<text")]
    box = f"{_LEFT} {_CHAPTERS - 10} {_RIGHT - _LEFT} {_LOUDNESS - _CHAPTERS + 10}"
    root = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" preserveAspectRatio="none">'
    return "\n".join([root, _style(picture.palette), *shapes, "</svg>"]) + "\n"


def describe(picture: Picture) -> str:
    """Return what a picture shows, in words."""
    said = [f"{clock(round(picture.length))} long, in {len(picture.chapters) or 1} chapters."]
    starts = [f"{title} at {clock(int(start))}" for title, start in picture.chapters]
    if starts:
        said.append(f"Chapters: {', '.join(starts)}.")
    if view := picture.view:
        said.append(f"Somebody speaks for {view.speech_share:.0%} of it.")
        quiet = [stop - start for start, stop in view.silences]
        if quiet:
            longest = clock(round(max(quiet)))
            said.append(f"{len(quiet)} silences over 8 seconds, the longest {longest}.")
        if view.breaths:
            rate = 60 / (view.breaths[-1].stop - view.breaths[-1].start)
            said.append(f"{len(view.breaths)} breaths, at last {rate:.1f} a minute.")
        else:
            said.append("No breath is guided.")
    return " ".join(said)


def _style(palette: Palette) -> str:
    dark, light = hex_of(palette.dusk), hex_of(palette.glow)
    return (
        "<style>\n"
        "text{font:12px system-ui,sans-serif;fill:#2b3036}.heading{font-size:20px}"
        ".paper{fill:#fff}.soft{fill:#59616a}.line{stroke:#c3c9cf}.zebra{fill:#f1f3f5}"
        f".guide{{fill:{dark}}}.figure{{fill:#a8552f}}.quiet{{stroke:#59616a}}"
        f".breath{{fill:{light};fill-opacity:.55;stroke:{dark}}}.bed{{fill:#8a949e}}"
        f".loud{{fill:none;stroke:{dark}}}.bell{{stroke:#9a7414}}\n"
        "@media(prefers-color-scheme:dark){text{fill:#e6e8ea}.paper{fill:#15181b}"
        ".soft{fill:#a7afb7}.line{stroke:#434a51}.zebra{fill:#1e2226}"
        f".guide{{fill:{light}}}.figure{{fill:#e39a72}}.quiet{{stroke:#a7afb7}}"
        f".breath{{fill:{dark};fill-opacity:.7;stroke:{light}}}.bed{{fill:#6d7780}}"
        f".loud{{stroke:{light}}}.bell{{stroke:#e2bf62}}}}\n"
        "</style>"
    )


def _chapters(picture: Picture) -> Iterator[str]:
    yield _label(_CHAPTERS - 4, "chapters")
    ends = [*(start for _, start in picture.chapters[1:]), picture.length]
    for number, ((title, start), end) in enumerate(zip(picture.chapters, ends, strict=False)):
        left, right = _x(picture, start), _x(picture, end)
        if number % 2 == 0:
            yield (
                f'<rect class="zebra" x="{left:.1f}" y="{_CHAPTERS - 20}" '
                f'width="{right - left:.1f}" height="{_AXIS - _CHAPTERS + 20}"/>'
            )
        room = int((right - left - 6) / _LETTER)
        if len(title) <= room:
            yield _text(left + 3, _CHAPTERS - 4, title)
        elif room >= _FEWEST_LETTERS:
            yield _text(left + 3, _CHAPTERS - 4, f"{title[: room - 1].rstrip()}…")


def _voice(picture: Picture, view: SessionView) -> Iterator[str]:
    yield _label(_VOICE - _VOICE_TALL / 2 + 4, "voice")
    for spoken in view.voice:
        left, right = _x(picture, spoken.start), _x(picture, spoken.stop)
        yield (
            f'<rect class="{spoken.speaker}" x="{left:.1f}" y="{_VOICE - _VOICE_TALL}" '
            f'width="{max(right - left, 0.5):.1f}" height="{_VOICE_TALL}"/>'
        )
    for start, stop in view.silences:
        left, right, y = _x(picture, start), _x(picture, stop), _VOICE - _VOICE_TALL / 2
        yield (
            f'<line class="quiet" stroke-dasharray="1 4" x1="{left + 2:.1f}" y1="{y:.1f}" '
            f'x2="{right - 2:.1f}" y2="{y:.1f}"/>'
        )
        words = f"{round(stop - start)} s"
        if right - left > len(words) * _LETTER + 8:
            yield _text((left + right) / 2, y - 4, words, "soft", "middle")


def _breath(picture: Picture, view: SessionView) -> Iterator[str]:
    yield _label(_BREATH + _BREATH_TALL / 2 - 14, "breath")
    for run in _runs(view.breaths):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in _curve(picture, run))
        yield f'<polygon class="breath" points="{points}"/>'


def _runs(breaths: Sequence[BreathView]) -> Iterator[list[BreathView]]:
    """Yield breaths that follow one another, together."""
    run: list[BreathView] = []
    for breath in breaths:
        if run and breath.start - run[-1].stop > 0.01:  # noqa: PLR2004 -- a hundredth of a second
            yield run
            run = []
        run.append(breath)
    if run:
        yield run


def _curve(picture: Picture, run: Sequence[BreathView]) -> Iterator[tuple[float, float]]:
    floor = _BREATH + _BREATH_TALL - 14
    tall = _BREATH_TALL - 16
    yield _x(picture, run[0].start), floor
    for breath in run:
        full, empty = breath.start + breath.inhale, breath.stop - breath.empty_hold
        out = full + breath.full_hold
        for turn in range(_PHASE_POINTS + 1):
            share = turn / _PHASE_POINTS
            yield _x(picture, breath.start + share * breath.inhale), floor - tall * _eased(share)
        for turn in range(_PHASE_POINTS + 1):
            share = turn / _PHASE_POINTS
            yield _x(picture, out + share * breath.exhale), floor - tall * _eased(1 - share)
        yield _x(picture, empty), floor
    yield _x(picture, run[-1].stop), floor


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


def _bed(picture: Picture, view: SessionView) -> Iterator[str]:
    yield _label(_BED + _BED_TALL / 2, f"bed {view.bed}".strip())
    if view.bed == "none":
        return
    edges = [0.0, *(t for span in view.dips for t in span), view.length]
    for number, (start, stop) in enumerate(pairwise(edges)):
        tall = _BED_TALL * (0.55 if number % 2 else 1.0)
        left, right = _x(picture, start), _x(picture, stop)
        yield (
            f'<rect class="bed" x="{left:.1f}" y="{_BED + _BED_TALL - tall:.1f}" '
            f'width="{right - left:.1f}" height="{tall:.1f}"/>'
        )


def _bells(picture: Picture, view: SessionView) -> Iterator[str]:
    for bell in view.bells:
        x = _x(picture, bell)
        yield f'<line class="bell" stroke-width="2" x1="{x:.1f}" y1="76" x2="{x:.1f}" y2="{_BED}"/>'


def _loudness(picture: Picture) -> Iterator[str]:
    if not picture.loudness:
        return
    yield _label(_level(-30) + 4, "LUFS")
    for level in (-18, -30, -42):
        y = _level(level)
        yield f'<line class="line" x1="{_LEFT}" y1="{y:.1f}" x2="{_RIGHT}" y2="{y:.1f}"/>'
        yield _text(_LEFT - 6, y + 4, f"−{-level}", "soft", "end")
    points = " ".join(
        f"{_x(picture, second + 0.5):.1f},{_level(level):.1f}"
        for second, level in enumerate(picture.loudness)
        if second + 0.5 <= picture.length
    )
    yield f'<polyline class="loud" stroke-width="1.2" points="{points}"/>'


def _level(lufs: float) -> float:
    share = (min(max(lufs, _QUIETEST), _LOUDEST) - _QUIETEST) / (_LOUDEST - _QUIETEST)
    return _LOUDNESS + _LOUDNESS_TALL * (1 - share)


def _axis(picture: Picture) -> Iterator[str]:
    yield f'<line class="line" x1="{_LEFT}" y1="{_AXIS}" x2="{_RIGHT}" y2="{_AXIS}"/>'
    step = next((s for s in _STEPS_S if picture.length / s <= _MOST_TICKS), _STEPS_S[-1])
    for second in range(0, int(picture.length) + 1, step):
        x = _x(picture, second)
        yield f'<line class="line" x1="{x:.1f}" y1="{_AXIS}" x2="{x:.1f}" y2="{_AXIS + 6}"/>'
        yield _text(x, _AXIS + 22, clock(second), "soft", "middle")


def _x(picture: Picture, second: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * second / picture.length


def _written(words: str) -> str:
    """Return words as XML has them: it has no way of writing most control characters."""
    return escape(_CONTROLS.sub(" ", words))


_CONTROLS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (2.2, "Characters")."""


def _label(y: float, words: str) -> str:
    return _text(8, y, words, "soft")


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "") -> str:
    classed = f' class="{kind}"' if kind else ""
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{classed}{anchored} x="{x:.1f}" y="{y:.1f}">{_written(words)}</text>'
