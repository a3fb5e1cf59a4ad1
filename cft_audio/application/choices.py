"""What was chosen for a session, over what a person's settings say, over the defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cft_audio.application.fields import FIELDS
from cft_audio.application.presets import PRESETS
from cft_audio.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.library.programme import ProgrammeSession


@dataclass(frozen=True)
class Choices:
    """Values of fields, by name: those chosen now, and those of a person's settings.

    Attributes:
        chosen: What was chosen for this session.
        settings: What holds where nothing was chosen.
    """

    chosen: Mapping[str, Any] = field(repr=False)
    settings: Mapping[str, Any] = field(repr=False)

    def __getitem__(self, field: str) -> Any:
        """Return the value of ``field``: chosen, of the settings, or its default; pairs of both.

        A preset gives what nobody chose beside it.
        """
        if FIELDS[field].kind == "pairs":
            return {**(self.settings.get(field) or {}), **(self.chosen.get(field) or {})}
        layers = (self.chosen, _preset(self.chosen), self.settings, _preset(self.settings))
        values = (layer.get(field) for layer in layers)
        return next((value for value in values if value is not None), FIELDS[field].default)

    def is_chosen(self, field: str) -> bool:
        """Return whether ``field`` was chosen now, and is no setting and no default."""
        return self.chosen.get(field) is not None

    def for_programme(self, session: ProgrammeSession) -> Choices:
        """Return the choices with what a programme says of one of its sessions.

        Raises:
            RequestError: If a length was chosen: a programme's sessions have their own.
        """
        if self.is_chosen("minutes"):
            message = "the recordings of a programme have lengths of their own"
            remedy = "Leave it out, or build a single practice"
            raise RequestError(message, remedy=remedy, field="minutes")
        own_pace = any(self.is_chosen(name) for name in ("pace", "pattern"))
        own = {
            "minutes": session.length_s,
            "for": tuple(dict.fromkeys((*session.adaptations, *self["for"]))),
            "seed": session.seed + self["seed"],
            "returning": session.returning or self["returning"],
            "with": {**session.answers, **(self.chosen.get("with") or {})},
        }
        if session.pace and not own_pace:
            own["pace"] = session.pace
        if session.core and not self.is_chosen("core"):
            own["core"] = session.core
        if session.first_words and not self.is_chosen("first_words"):
            own["first_words"] = session.first_words
        return Choices({**self.chosen, **own}, self.settings)


def _preset(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields that the preset among ``values`` gives."""
    name = values.get("preset")
    return PRESETS[name].values if name else {}
