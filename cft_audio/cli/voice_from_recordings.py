"""``cft-audio voice-from-recordings``: a person's own voice, made of lines they read aloud."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, complain, show
from cft_audio.cli.options import UserPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.application.own_voices import OwnVoice
    from cft_audio.own_voice.best_readings import LineOutcome
    from cft_audio.own_voice.one_recording import RecordingContents

_QUIET_DB = 50.0
"""How far below the voice noise is not worth a mention."""


@click.command("voice-from-recordings")
@click.argument("folder", type=UserPath(exists=True, file_okay=False, path_type=Path))
@click.option("--voice", help="Its name.  [default: the one the sheet is for, or my-voice]")
@click.option("--fallback", metavar="VOICE", default="", help="Who says what was not read.")
@click.option("--add", is_flag=True, help="Add the lines to a voice made from other sheets.")
@option.writing("The folder of voices.  [default: your own]", None, file_okay=False)
@option.printing
@click.pass_obj
def command(
    face: Face,
    /,
    *,
    folder: Path,
    voice: str | None,
    fallback: str,
    add: bool,
    output: Path | None,
    force: bool,
    as_json: bool,
    quiet: bool,
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

    def tell(path: Path) -> None:
        if not (quiet or as_json):
            complain(f"Listening to {path.name} …")

    choice = OwnVoiceChoice(voice, fallback, add, output, force)
    made = make_own_voice(folder, choice, face.folders, tell)
    show(made.as_object(), _report(made, folder), as_json=as_json, quiet=quiet)


def _report(made: OwnVoice, folder: Path) -> Iterator[str]:
    lines = made.lines.lines
    used = {chosen.file for chosen in lines}
    for recording in made.lines.recordings:
        not_used = [] if recording.file in used else ["not used"]
        yield f"{recording.file.name}  {', '.join([*_about(recording), *not_used])}"
    yield f"\n{sum(chosen.state == 'good' for chosen in lines)} of {len(lines)} lines are good."
    doubtful = [chosen for chosen in lines if chosen.state == "doubtful"]
    lacking = [chosen for chosen in lines if chosen.reading is None]
    if doubtful:
        yield "\nDoubtful, and used. Listen to them, and read again what is not right:"
        yield from _listed(doubtful)
    if lacking:
        yield "\nStill to be read:"
        yield from _listed(lacking)
        names = ", ".join(f"{chosen.line.number:02}.wav" for chosen in lacking[:3])
        yield (
            f"\nRecord only these lines, in one file or each in its own ({names}), put them into "
            f"{folder} beside the others, and run the same command again. Until then, no session "
            "with one of these lines can be built, unless a --fallback voice may say them."
        )
    yield f"\n{made.profile}\nUse it with --voice {made.name}"


def _about(recording: RecordingContents) -> Iterator[str]:
    from cft_audio.schema.durations import clock

    yield clock(recording.length_s)
    lines = sorted({reading.line + 1 for reading in recording.readings})
    if recording.named is not None:
        yield f"line {recording.named + 1}"
        if lines and recording.named + 1 not in lines:
            yield f"but it sounds like line {lines[0]}"
    if not lines:
        yield "none of the lines"
    if recording.hum.frequencies:
        yield f"hum of {recording.hum.mains:g} Hz taken out"
    if 0 < recording.snr_db < _QUIET_DB:
        yield f"noise {recording.snr_db:.0f} dB below the voice"


def _listed(lines: Sequence[LineOutcome]) -> Iterator[str]:
    from cft_audio.schema.durations import clock

    for chosen in lines:
        yield f"  {chosen.line.number:>3}  {chosen.line.text}"
        at = ""
        if chosen.reading is not None and chosen.file is not None:
            at = f" ({clock(chosen.reading.start_s)} in {chosen.file.name})"
        if chosen.why:
            yield f"       {'; '.join(chosen.why)}{at}"
