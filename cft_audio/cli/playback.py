"""What is done with a file once it is made: it is played, or shown in its folder."""

from collections.abc import Sequence
from pathlib import Path

from cft_audio.cli.face import Face
from cft_audio.files.output import Destination
from cft_audio.speech.voicing import Voicing


def play_or_say_why(face: Face, file: Path) -> bool:
    """Play ``file``, unless it is not to be, and return whether it was heard; say why if not."""
    from cft_audio.files.playing import play

    why = "" if face.no_play else play(file)
    if why and not face.as_json:
        face.note(f"It was not played: {why}.")
    return not (why or face.no_play)


def play_and_open(face: Face, file: Path) -> dict[str, object]:
    """Show and play a recording where that was asked for, and return what became of it."""
    from cft_audio.files.file_manager import show_file

    why = show_file(file) if face.open else ""
    if why and not face.as_json:
        face.note(f"Its folder was not opened: {why}.")
    done: dict[str, object] = {"opened": not why} if face.open else {}
    return done | ({"played": play_or_say_why(face, file)} if face.play else {})


def hear(
    face: Face, texts: Sequence[str], voicing: Voicing, destination: Destination, *, named: bool
) -> dict[str, object]:
    """Write ``texts`` as a voice says them, play them, and return what became of that.

    Args:
        face: Where it is told.
        texts: What is said.
        voicing: Who says it; if they speak online, the person is asked first.
        destination: The file.
        named: Whether the person named the file; if not, they may hear it without one.
    """
    from cft_audio.application.saying import said_to_be_heard
    from cft_audio.cli.asking import ask_for_consent

    agreed, passing = ask_for_consent(face, voicing), not (named or face.no_play)
    with said_to_be_heard(texts, agreed, destination, face.folders, passing=passing) as file:
        kept = str(file) if file == destination.path else None
        face.tell(kept or "It is kept nowhere, because no file can be written here.")
        return {"file": kept, "played": play_or_say_why(face, file)}
