"""``cft-audio voice-from-recordings``: a person's own voice, made of lines they read aloud."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cft_audio.cli.options import UserPath
from cft_audio.files.folders import default_folders
from cft_audio.schema.durations import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.own_voice.best_readings import LineOutcome
    from cft_audio.own_voice.one_recording import RecordingContents
    from cft_audio.own_voice.recordings_folder import FolderContents
    from cft_audio.own_voice.voice_files import VoiceFolder

_USUAL_NAME = "my-voice"

_QUIET_DB = 50.0
"""How far below the voice noise is not worth a mention."""


@click.command("voice-from-recordings")
@click.argument("folder", type=UserPath(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--voice",
    help="What the voice is to be called.  [default: the one the sheet is for, or my-voice]",
)
@click.option(
    "--fallback", metavar="VOICE", default="", help="The voice that says what was not read."
)
@click.option("--add", is_flag=True, help="Add the lines to a voice made from other sheets.")
@click.option(
    "-o",
    "--output",
    type=UserPath(file_okay=False, path_type=Path),
    help="The folder of voices.  [default: your own]",
)
@click.option("-f", "--force", is_flag=True, help="Replace a voice made from other sheets.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
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
    from cft_audio.own_voice.recordings_folder import read_folder
    from cft_audio.own_voice.sheet_file import read_sheet
    from cft_audio.own_voice.voice_files import VoiceFolder, check_fallback, kept_takes, write_voice

    folders = default_folders()
    sheet = read_sheet(folder)
    name = voice or sheet.adds_to or _USUAL_NAME
    place = VoiceFolder((output or folders.data / "voices").absolute(), name)
    add = add or name == sheet.adds_to
    kept = kept_takes(place, sheet, folders.voices, add=add, overwrite=force)
    if fallback:
        check_fallback(fallback, folders.voices)
        if Path(fallback).suffix:  # a file, which the profile has to name from anywhere
            fallback = str(Path(fallback).absolute())

    def told(path: Path) -> None:
        if not (quiet or as_json):
            click.echo(f"Listening to {path.name} …", err=True)

    made = read_folder(folder, sheet, folders, told)
    write_voice(place, sheet, made.lines, kept, fallback)
    if as_json:
        click.echo(json.dumps(_as_object(made, place), ensure_ascii=False))
    elif not quiet:
        for line in _report(made, folder, place):
            click.echo(line)


def _report(made: FolderContents, folder: Path, place: VoiceFolder) -> Iterator[str]:
    used = {chosen.file for chosen in made.lines}
    for recording in made.recordings:
        not_used = [] if recording.file in used else ["not used"]
        yield f"{recording.file.name}  {', '.join([*_about(recording), *not_used])}"
    by_state: dict[str, list[LineOutcome]] = {}
    for chosen in made.lines:
        by_state.setdefault(chosen.state, []).append(chosen)
    doubtful = by_state.get("doubtful", [])
    lacking = [chosen for chosen in made.lines if chosen.reading is None]
    yield f"\n{len(by_state.get('good', []))} of {len(made.lines)} lines are good."
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
    yield f"\n{place.profile}\nUse it with --voice {_called(place)}"


def _called(place: VoiceFolder) -> str:
    """Return how the voice is named on the command line: by its path where it is not found."""
    found = place.folder in [folder.absolute() for folder in default_folders().voices]
    return place.name if found else str(place.profile)


def _about(recording: RecordingContents) -> Iterator[str]:
    yield clock(recording.length_s)
    held = sorted({reading.line + 1 for reading in recording.readings})
    if recording.named is not None:
        yield f"line {recording.named + 1}"
    if recording.named is not None and held and recording.named + 1 not in held:
        yield f"but it sounds like line {held[0]}"
    if not held:
        yield "none of the lines"
    if recording.hum.frequencies:
        yield f"hum of {recording.hum.mains:g} Hz taken out"
    if 0 < recording.snr_db < _QUIET_DB:
        yield f"noise {recording.snr_db:.0f} dB below the voice"


def _listed(lines: Sequence[LineOutcome]) -> Iterator[str]:
    for chosen in lines:
        yield f"  {chosen.line.number:>3}  {chosen.line.text}"
        at = ""
        if chosen.reading is not None and chosen.file is not None:
            at = f" ({clock(chosen.reading.start_s)} in {chosen.file.name})"
        if chosen.why:
            yield f"       {'; '.join(chosen.why)}{at}"


def _as_object(made: FolderContents, place: VoiceFolder) -> dict[str, Any]:
    return {
        "voice": _called(place),
        "profile": str(place.profile),
        "recordings": [
            {
                "file": str(recording.file),
                "duration_s": round(recording.length_s, 2),
                "hum_hz": [round(frequency, 2) for frequency in recording.hum.frequencies],
                "noise_below_voice_db": round(recording.snr_db, 1),
                "left_out_s": [round(other.start_s, 2) for other in recording.other_speech],
            }
            for recording in made.recordings
        ],
        "lines": [_line_object(chosen) for chosen in made.lines],
    }


def _line_object(chosen: LineOutcome) -> dict[str, Any]:
    reading = chosen.reading
    return {
        "number": chosen.line.number,
        "text": chosen.line.text,
        "state": chosen.state,
        "why": list(chosen.why),
        "file": None if chosen.file is None else str(chosen.file),
        "start_s": None if reading is None else round(reading.start_s, 2),
        "likeness": None if reading is None else round(reading.likeness, 2),
        "times_read": chosen.times,
    }
