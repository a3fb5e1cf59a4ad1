"""Who says a session, and how its words are said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_VOICE = "joe"
"""The voice that comes with the program and speaks on this machine."""


@dataclass(frozen=True)
class Voicing:
    """Who says a session, and how its words are said.

    Attributes:
        voice: A voice profile's name, or the path of a profile or of a Piper model.
        figure_voice: The voice of the figure's words, likewise; None for a gentler ``voice``.
        pronounce: How words are said, as ``word`` to a respelling or ``/IPA/``.
        allow_online: Whether a voice may speak online, which sends every line, names included, to
            a service; without it, such a voice is refused.
    """

    voice: str = DEFAULT_VOICE
    figure_voice: str | None = None
    pronounce: Mapping[str, str] = field(default_factory=dict, repr=False)
    allow_online: bool = False

    @property
    def voices(self) -> dict[str, str]:
        """Every voice that is named, by the field that names it, the guide's first."""
        named = {"voice": self.voice, "figure_voice": self.figure_voice}
        return {field: voice for field, voice in named.items() if voice is not None}
