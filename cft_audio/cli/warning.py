"""Words that a voice may get wrong, told before it says them, with how to hear and settle each."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field

from cft_audio.cli.face import Face
from cft_audio.speech.text.warnings import PronunciationWarning
from cft_audio.speech.voicing import DEFAULT_VOICE

_HOW = "SOUND is syllables, as see-oh-MAR-ah, or /IPA/"


@dataclass
class Warner:
    """Tells each warning once, with the command that settles it.

    Attributes:
        face: Where it is told.
        client: Whose words the commands keep; None for one's own.
        voice: The voice that is going to say them.
    """

    face: Face
    client: str | None
    voice: str
    _told: set[PronunciationWarning] = field(default_factory=set)

    def __call__(self, warnings: Sequence[PronunciationWarning]) -> None:
        """Tell the warnings that were not told before."""
        for warning in warnings:
            if warning not in self._told:
                self._told.add(warning)
                command = self._command(warning)
                advice = f" Say how it sounds: {command}  ({_HOW})" if command else ""
                hear = f". Hear it: {self._hear(warning)}" if command else ""
                self.face.note(f"Warning: {warning.why}.{advice}{hear}")

    def as_objects(self, warnings: Sequence[PronunciationWarning]) -> list[dict[str, str]]:
        """Return ``warnings`` as plain values."""
        return [
            {"word": w.word, "message": w.why, "command": self._command(w), "hear": self._hear(w)}
            for w in warnings
        ]

    def _command(self, warning: PronunciationWarning) -> str:
        """Return the command that keeps how the word sounds; empty where nothing has a sound."""
        return self._pronounce("add", warning, "SOUND")

    def _hear(self, warning: PronunciationWarning) -> str:
        """Return the command that lets the word be heard as it is said now, likewise."""
        voice = () if self.voice == DEFAULT_VOICE else ("--voice", self.voice)
        return self._pronounce("hear", warning, *voice)

    def _pronounce(self, do: str, warning: PronunciationWarning, *more: str) -> str:
        if not warning.can_be_settled:
            return ""
        whose = () if self.client is None else ("--client", self.client)
        return shlex.join(["cft-audio", "pronounce", do, warning.word, *more, *whose])
