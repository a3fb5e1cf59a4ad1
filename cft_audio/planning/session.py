"""What is practised: the practice, the answers to its slots, its length, its pace."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.script.adaptations import ADAPTATIONS, Adaptation
from cft_audio.script.bells import PRACTICES_OWN, Bells
from cft_audio.script.edits import NO_EDITS, Edits
from cft_audio.script.form import FULL, Form
from cft_audio.script.practice import Limits
from cft_audio.timeline.pace import PRESETS, Pace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.library.letters import Letter

_SELF_LED_S = 3600.0
"""Seconds that a stretch of a session may last in which bells alone lead: as long as it needs."""


@dataclass(frozen=True)
class Session:
    """One practice for one person.

    Attributes:
        practice: A practice's id, or the path of its file.
        answers: Values for the practice's slots, by slot name.
        figure_pronouns: Pronouns for the figure, such as ``she/her``; None for its own.
        length_s: Seconds the recording lasts; None for the practice's natural length.
        adaptations: Difficulties it is told for, names of ``script.adaptations.ADAPTATIONS``.
        pace: How it breathes.
        seed: What everything that is drawn by chance follows from.
        form: The form that it is told in.
        bells: How its bells are struck.
        edits: What is changed of its lines.
        letters: Where letters among the answers came from, and how they were understood; the
            recording is the same without them.

    Raises:
        RequestError: If there is no such adaptation.
    """

    practice: str
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    figure_pronouns: str | None = None
    length_s: float | None = None
    adaptations: tuple[str, ...] = ()
    pace: Pace = PRESETS["gentle"]
    seed: int = 0
    form: Form = FULL
    bells: Bells = PRACTICES_OWN
    edits: Edits = NO_EDITS
    letters: tuple[Letter, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in self.adaptations:
            if name not in ADAPTATIONS:
                message = f"there is no adaptation called '{name}'"
                remedy = f"Choose one of {', '.join(ADAPTATIONS)}"
                raise RequestError(message, remedy=remedy, field="for")

    @property
    def adapted_pace(self) -> Pace:
        """The pace with what the adaptations change of it."""
        may_hold = all(adaptation.holds for adaptation in self._adaptations)
        pace = self.pace if may_hold else self.pace.without_holds
        factors = (adaptation.unhurried for adaptation in self._adaptations)
        return replace(pace, unhurried=math.prod(factors, start=pace.unhurried))

    @property
    def leaves_breath_alone(self) -> bool:
        """Whether an adaptation asks for no breathing tone unless one is chosen by name."""
        return not all(adaptation.tone for adaptation in self._adaptations)

    def adapt_limits(self, limits: Limits) -> Limits:
        """Return ``limits`` with what the adaptations change of them."""
        if self.form.self_led:
            return Limits(silence=_SELF_LED_S, breathing=_SELF_LED_S)
        shares = (adaptation.silence for adaptation in self._adaptations)
        return replace(limits, silence=limits.silence * min(shares, default=1.0))

    @property
    def _adaptations(self) -> list[Adaptation]:
        return [ADAPTATIONS[name] for name in self.adaptations]
