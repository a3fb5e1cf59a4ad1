"""``cft-audio words``: what is said in a recording, or would be in one, to read."""

from pathlib import Path
from typing import Any

import click

from cft_audio.application.beside.kinds import TEXTS
from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.cli.terminal import echo


@click.command("words", cls=option.SessionCommand)
@click.argument("source", type=option.Text("practice"))
@option.session
@click.option(
    "--as",
    "kinds",
    type=click.Choice(TEXTS),
    multiple=True,
    help="Lyrics (lrc), captions (vtt, srt), plain text, a page.  May be repeated.  [default: txt]",
)
@option.writing("A file, whose ending says the format, or a folder.  [default: they are printed]")
@option.printing
@click.pass_obj
def command(
    face: Face,
    /,
    *,
    source: str,
    kinds: tuple[str, ...],
    output: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Write the words of SOURCE at their times: a recording's, or those of a practice.

    SOURCE is a sound file that this program made, or what 'build' takes, with its options.

    \b
    Examples:
      cft-audio words output/soothing-rhythm-breathing-sam-10min.mp3
      cft-audio words output/soothing-rhythm-breathing-sam-10min.mp3 -o captions.vtt
      cft-audio words soothing-rhythm-breathing --name Sam -m 10 --as html --as pdf -o output
    """
    from cft_audio.application.beside.files import plan_transcript
    from cft_audio.application.beside.transcripts import (
        choose_words,
        words_as,
        words_of_file,
        write_words,
    )
    from cft_audio.cli.sources import plan_source, sound_at

    file = sound_at(source)
    if file:
        files = choose_words(output, kinds, file.stem, overwrite=force)
        transcript = words_of_file(file, face.folders)
    else:
        from cft_audio.application.naming import file_name
        from cft_audio.cli.asking import ask_for_session

        request = ask_for_session(face, source, options)
        files = choose_words(output, kinds, file_name(request, ""), overwrite=force)
        transcript = plan_transcript(plan_source(face, request))
    if not files:
        (kind,) = kinds or ("txt",)
        text = words_as(kind, transcript)
        face.show({"format": kind, "text": text}, ())
        if not face.as_json:
            echo(text.rstrip("\n"))
        return
    written = write_words(transcript, files, face.folders, overwrite=force)
    face.note(*written.notes)
    face.show({"files": [*map(str, written.files)], "notes": face.notes}, map(str, written.files))
