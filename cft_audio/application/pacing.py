"""The pace of a session, from what choices and settings say of its rate and pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.timeline.breath_patterns import NAMED_PATTERNS, parse_timed_pattern
from cft_audio.timeline.pace import PRESETS, Pace, adjust_pace

if TYPE_CHECKING:
    from cft_audio.application.choices import Choices
    from cft_audio.timeline.breath_patterns import Pattern


def pace_for(choices: Choices) -> Pace:
    """Return how a session breathes.

    A pattern in seconds gives the rate as well. What was chosen counts before what a client's file
    says, and that before settings: a chosen pattern before their pace, rate and ratio, and each of
    these, chosen, before their pattern. A pace that stands in a file beside a pattern still says
    how unhurried the session is.

    Raises:
        RequestError: If there is no such pattern, if it is given beside a rate, or if it could not
            be breathed safely.
    """
    timed = _timed_pattern(choices)
    return adjust_pace(
        PRESETS[choices["pace"]],
        breaths_per_minute=None if timed else choices["breaths_per_minute"],
        pattern=None if timed else choices["ratio"],
        timed=timed,
        first_rate=choices["ease_from"],
        insisted=choices["insist"],
        holds=all(ADAPTATIONS[name].holds for name in choices["for"]),
    )


def _timed_pattern(choices: Choices) -> Pattern | None:
    """Return the pattern in seconds that counts; None for none."""
    others = ("breaths_per_minute", "ratio", "pace")
    given = {name for name in ("pattern", *others) if choices[name] is not None}
    layer = next((layer for layer in choices.layers if any(n in layer for n in given)), {})
    if layer.get("pattern") is None:
        return None
    against = others if layer is choices.chosen else others[:2]
    if beside := [name for name in against if layer.get(name) is not None]:
        message = f"‹pattern› gives each breath its seconds, and ‹{beside[0]}› would give it others"
        raise RequestError(message, remedy="Give one of them", field="pattern")
    own = {name: parse_timed_pattern(text) for name, text in choices["patterns"].items()}
    return parse_timed_pattern(choices["pattern"], {**NAMED_PATTERNS, **own})
