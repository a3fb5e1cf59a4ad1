"""Playing what was made or said, and saying why where that is not possible."""

from collections.abc import Sequence
from pathlib import Path

from cft_audio.cli.face import Face
from cft_audio.files.output import Destination
from cft_audio.speech.voicing import Voicing


def play_or_say_why(face: Face, file: Path) -> bool:
    """Play ``file``, unless it is not to be, and return whether it was; say why it cannot be."""
    from cft_audio.files.playing import play, why_silent

    if face.no_play:
        return False
    played = play(file)
    if not (played or face.as_json):
        face.note(f"It was not played: {why_silent()}.")
    return played


def hear(
    face: Face, texts: Sequence[str], voicing: Voicing, destination: Destination
) -> dict[str, object]:
    """Write ``texts`` as a voice says them, play them, and return what became of that.

    Args:
        face: Where it is told.
        texts: What is said.
        voicing: Who says it; if they speak online, the person is asked first.
        destination: The file.
    """
    from cft_audio.application.saying import say
    from cft_audio.cli.asking import ask_for_consent

    say(texts, ask_for_consent(face, voicing), destination, face.folders)
    face.tell(str(destination.path))
    return {"file": str(destination.path), "played": play_or_say_why(face, destination.path)}
