"""Playing what was made or said, and saying why where that is not possible."""

from collections.abc import Sequence
from pathlib import Path

from cft_audio.cli.face import Face
from cft_audio.speech.voicing import Voicing


def play_or_say_why(face: Face, file: Path) -> bool:
    """Play ``file`` and return whether that worked; say why not."""
    from cft_audio.files.playing import play, why_silent

    played = play(file)
    if not (played or face.as_json):
        face.note(f"It was not played: {why_silent()}.")
    return played


def hear(
    face: Face,
    texts: Sequence[str],
    voicing: Voicing,
    output: Path | None,
    usual: Path,
    *,
    force: bool,
    no_play: bool,
) -> dict[str, object]:
    """Write ``texts`` as a voice says them, play them, and return what became of that.

    Args:
        face: Where it is told.
        texts: What is said.
        voicing: Who says it; if they speak online, the person is asked first.
        output: The file; None for the usual one, which each time takes the place of the last.
        usual: The usual file.
        force: Whether ``output`` may be written over.
        no_play: Whether it is not to be played.
    """
    from cft_audio.application.saying import say
    from cft_audio.cli.asking import ask_for_consent
    from cft_audio.files.output import Destination

    voicing = ask_for_consent(face, voicing)
    file = output or usual
    say(texts, voicing, Destination(file, overwrite=force or output is None), face.folders)
    face.tell(str(file))
    return {"file": str(file), "played": not no_play and play_or_say_why(face, file)}
