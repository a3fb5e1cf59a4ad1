"""``cft-audio sounds``: which tones, beds and bells there are, and how each sounds."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, table

_COLUMNS = ("sound", "for", "on a phone", "how it sounds")


@click.group("sounds", invoke_without_command=True)
@option.as_json
@click.pass_context
@click.pass_obj
def command(face: Face, ctx: click.Context, /) -> None:
    """List the breathing tones, the beds and the bells, and hear them.

    A sound file of your own does for a bed or a bell as well.

    \b
    Examples:
      cft-audio sounds
      cft-audio sounds hear rain
      cft-audio sounds hear swell ocean hum
      cft-audio sounds hear --all -o sounds.mp3
    """
    if ctx.invoked_subcommand:
        return
    from cft_audio.sound.catalogue import SOUNDS

    rows = [
        (sound.name, f"--{sound.kind}", "yes" if sound.heard_on_phone else "hardly", sound.about)
        for sound in SOUNDS
    ]
    face.show([asdict(sound) for sound in SOUNDS], table(_COLUMNS, rows))


@command.command("hear")
@click.argument("sounds", metavar="SOUND...", nargs=-1, type=option.Text("sound"))
@click.option("--all", "every", is_flag=True, help="Every sound there is.")
@option.field_option("voice", "Who names them.")
@option.field_option("allow_online")
@option.writing(
    "A sound file, its format by its ending.  [default: output/sounds.wav, each time anew]"
)
@option.no_play
@option.as_json
@click.pass_obj
def hear(
    face: Face,
    /,
    *,
    sounds: tuple[str, ...],
    every: bool,
    output: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Hear ten seconds of each SOUND, a name from 'cft-audio sounds', after its name.

    Each is as loud beside the voice as in a recording.

    \b
    Examples:
      cft-audio sounds hear rain
      cft-audio sounds hear bowl small-bowl deep-bowl
      cft-audio sounds hear --all --no-play -o sounds.mp3
    """
    if not (sounds or every):
        raise click.UsageError("Name a sound to hear, or give --all.")
    from cft_audio.application.sounds import hear_sounds
    from cft_audio.cli.asking import ask_for_consent
    from cft_audio.cli.playback import play_or_say_why
    from cft_audio.files.output import Destination
    from cft_audio.sound.catalogue import SOUNDS, find_sound
    from cft_audio.speech.voicing import Voicing

    chosen = SOUNDS if every else tuple(dict.fromkeys(map(find_sound, sounds)))
    choices = face.choices(options)
    voicing = ask_for_consent(face, Voicing(choices["voice"], allow_online=choices["allow_online"]))
    file = output or Path("output", "sounds.wav")
    hear_sounds(chosen, voicing, Destination(file, overwrite=force or output is None), face.folders)
    names = [sound.name for sound in chosen]
    face.tell(str(file), f"In this order: {', '.join(names)}.")
    value = {"sounds": names, "file": str(file), "played": play_or_say_why(face, file)}
    face.show(value, ())
