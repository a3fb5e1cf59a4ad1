"""``cft-audio voice-from-recordings``: a person's own voice, made of lines they read aloud."""

from pathlib import Path
from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.cli.options import UserPath
from cft_audio.cli.wording import words


@click.command("voice-from-recordings")
@click.argument("folder", type=UserPath(exists=True, file_okay=False, path_type=Path))
@click.option("--voice", type=option.Text(), help="Its name.  [default: my-voice]")
@click.option("--fallback", type=option.Text("fallback"), default="", help="Who says the rest.")
@click.option("--add", is_flag=True, help="Add the lines to a voice made from other sheets.")
@option.writing(
    "The folder of voices.  [default: your own]",
    force="Replace a voice of other sheets.",
    file_okay=False,
)
@option.printing
@click.pass_obj
def command(
    face: Face, /, *, folder: Path, output: Path | None, force: bool, **options: Any
) -> None:
    """Make a voice of the recordings in FOLDER, beside a sheet of 'record-sheet'.

    One file with silences between the lines, or one file a line named by its number (07.wav), or
    both: WAV, MP3, M4A or FLAC. Lines that are missing or doubtful are named; record these, put
    them beside the others, and run the same command again. The recordings are only read, and
    nothing leaves this machine.

    \b
    Examples:
      cft-audio voice-from-recordings record-sheet
      cft-audio voice-from-recordings record-sheet --voice anna --fallback joe
      cft-audio voice-from-recordings more-lines --voice anna --add
    """
    from cft_audio.application.own_voices import OwnVoiceChoice, make_own_voice
    from cft_audio.application.pages import own_voice_page

    def tell(recording: Path) -> None:
        face.note(f"Listening to {recording.name} …")

    choice = OwnVoiceChoice(**options, folder=output, overwrite=force)
    made = make_own_voice(folder, choice, face.folders, tell)
    face.show(made.as_object(), own_voice_page(made, folder, words))
