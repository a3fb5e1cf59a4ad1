"""What was chosen for a session, over what a person's settings say, over the defaults."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cft_audio.application.fields import FIELDS
from cft_audio.application.presets import PRESETS
from cft_audio.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.library.programme import ProgrammeSession


@dataclass(frozen=True)
class Choices:
    """Values of fields, by name: those chosen now, a client's, and those of a person's settings.

    Attributes:
        chosen: What was chosen for this session.
        settings: What holds where nothing was chosen.
        client: What the file of the client says whom it is for; it is stronger than settings.
        code: What files are called by in the place of the listener's name; empty for the name.
    """

    chosen: Mapping[str, Any] = field(repr=False)
    settings: Mapping[str, Any] = field(repr=False)
    client: Mapping[str, Any] = field(default_factory=dict, repr=False)
    code: str = ""

    @property
    def layers(self) -> tuple[Mapping[str, Any], ...]:
        """Where values come from, the strongest first."""
        return self.chosen, self.client, self.settings

    def __getitem__(self, field: str) -> Any:
        """Return the value of ``field``, of the strongest layer, or its default.

        Pairs and lists of texts are those of all. A preset gives what nobody chose beside it.
        """
        if FIELDS[field].kind == "pairs":
            tables = (layer.get(field) or {} for layer in reversed(self.layers))
            return {key: text for table in tables for key, text in table.items()}
        if FIELDS[field].kind == "list of texts":
            lists = (layer.get(field) or () for layer in reversed(self.layers))
            return tuple(dict.fromkeys(text for texts in lists for text in texts))
        layers = (given for layer in self.layers for given in (layer, _preset(layer)))
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
        listeners = (self.chosen, self.client)
        own_pace = any(layer.get(n) is not None for layer in listeners for n in ("pace", "pattern"))
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
        return replace(self, chosen={**self.chosen, **own})


def _preset(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields that the preset among ``values`` gives."""
    name = values.get("preset")
    return PRESETS[name].values if name else {}
