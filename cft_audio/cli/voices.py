"""``cft-audio voices``: who can speak, how each sounds, and more of them to install."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, complain, table
from cft_audio.cli.terminal import confirm
from cft_audio.cli.wording import words
from cft_audio.errors import RequestError

_LISTED = ("voice", "language", "country", "quality", "speakers", "MB", "state")


@click.group("voices", invoke_without_command=True)
@option.as_json
@click.pass_context
@click.pass_obj
def command(face: Face, ctx: click.Context, /) -> None:
    """List the voices, hear them, and install more.

    A voice that speaks online sends every line, names included, to a service; all others stay on
    this machine. Engines that other packages bring are listed where something is wrong with them.

    \b
    Examples:
      cft-audio voices
      cft-audio voices hear joe
      cft-audio voices hear --all
      cft-audio voices install kokoro
      cft-audio voices install --list en
      cft-audio voices install en_GB-alba-medium
    """
    if ctx.invoked_subcommand:
        return
    from cft_audio.speech.voices.listing import list_voices, plugin_engines

    voices = list_voices(face.folders.voices)
    engines = [engine for engine in plugin_engines() if engine.problem]
    columns = ("voice", "engine", "language", "where", "description", "licence", "state")
    objects = [voice.as_object() for voice in voices] + [each.as_object() for each in engines]
    rows = [voice.cells(words) for voice in voices] + [each.cells for each in engines]
    face.show(objects, table(columns, rows))


@command.command("hear")
@click.argument("voices", metavar="VOICE...", nargs=-1, type=option.Text("voice"))
@click.option("--all", "every", is_flag=True, help="Every voice that speaks on this machine.")
@click.option("--text", type=option.Text(), help="What it says.  [default: a few calm words]")
@option.field_option("allow_online")
@option.writing(
    "A sound file, its format by its ending.  [default: output/voice-VOICE.wav, each time anew]"
)
@option.no_play
@option.as_json
@click.pass_obj
def hear(
    face: Face,
    /,
    *,
    voices: tuple[str, ...],
    every: bool,
    text: str | None,
    output: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Hear VOICE: a name from 'cft-audio voices', a profile, or a Piper model's .onnx file.

    A few words are written to a file, and played if that is possible. Of several voices, each says
    its name and the same two lines, one after the other in one file. --all takes none that speaks
    online. A voice made of recordings says a line that was read.

    \b
    Examples:
      cft-audio voices hear joe
      cft-audio voices hear joe espeak-gb
      cft-audio voices hear --all -o voices.mp3
    """
    if every or len(voices) > 1:
        from cft_audio.cli.several_voices import hear_several

        hear_several(face, voices, text, output, every=every, force=force, options=options)
        return
    if not voices:
        raise click.UsageError("Name a voice to hear, or give --all.")
    from cft_audio.application.saying import sample_of
    from cft_audio.cli import playback
    from cft_audio.files.output import Destination
    from cft_audio.speech.voicing import Voicing

    (voice,) = voices
    voicing = Voicing(voice, allow_online=face.choices({"voice": voice, **options})["allow_online"])
    file = output or Path("output") / f"voice-{Path(voice).stem}.wav"
    destination = Destination(file, overwrite=force or output is None)
    said = sample_of(voice, face.folders) if text is None else text
    heard = playback.hear(face, [said], voicing, destination, named=output is not None)
    face.show({"voice": voice, "text": said, **heard}, ())


@command.command("install")
@click.argument("voice", required=False, type=option.Text())
@click.option("--list", "listing", is_flag=True, help="List what there is; VOICE is a language.")
@click.option(
    "--from",
    "source",
    type=option.UserPath(path_type=Path),
    metavar="FOLDER",
    help="Take Kokoro's files from here, and connect to nothing.",
)
@click.option("-y", "--yes", is_flag=True, help="Agree to the licence without being asked.")
@click.option("--default", is_flag=True, help="Let it speak from now on where no voice is named.")
@option.as_json
@click.pass_obj
def install_voice(
    face: Face,
    /,
    *,
    voice: str | None,
    listing: bool,
    source: Path | None,
    yes: bool,
    default: bool,
) -> None:
    """Install Kokoro, the most natural voices, or VOICE from the catalogue of Piper.

    'kokoro' brings several voices, for which this connects to github.com and huggingface.co, or to
    the mirror that CFT_AUDIO_KOKORO_URL names. A voice of Piper's comes from huggingface.co, or
    the mirror that CFT_AUDIO_VOICES_URL names. Sizes and licences are shown, and asked about,
    before anything is fetched.

    \b
    Examples:
      cft-audio voices install kokoro
      cft-audio voices install kokoro --from /media/usb/kokoro --yes
      cft-audio voices install --list
      cft-audio voices install --list en_GB
      cft-audio voices install en_GB-alba-medium
    """
    from cft_audio.application import more_voices
    from cft_audio.cli import kokoro

    if not listing and voice is not None and more_voices.is_kokoro(voice, face.folders):
        kokoro.install(face, source, yes=yes, default=default)
        return
    if source is not None:
        raise click.UsageError("--from is for Kokoro: cft-audio voices install kokoro --from …")
    from cft_audio.cli.progress import Bar
    from cft_audio.files.remote import host_of
    from cft_audio.speech.voices.catalogue import clean_card, read_licence
    from cft_audio.speech.voices.catalogue_source import choose_source

    if voice is None and not listing:
        raise click.UsageError("Name a voice to install, or give --list.")
    complain(f"Connecting to {host_of(choose_source())} for Piper's voices.")
    if listing:
        listed = more_voices.list_catalogue(voice, face.folders)
        face.show(listed, table(_LISTED, map(more_voices.cells_of, listed)))
        return
    offered, content = more_voices.offer_voice(str(voice), face.folders)
    name, size, card = offered.name, offered.bytes, clean_card(content)
    licence = read_licence(card)
    complain(f"{card}\n\n{name}, {size / 1e6:.0f} MB. Licence: {licence}")
    if not (yes or sys.stdin.isatty()):
        message = "nobody is there to agree to the licence"
        raise RequestError(message, remedy="Give --yes to agree to it")
    if not yes:
        confirm("Install it under this licence?", abort=True)
    with Bar(quiet=face.quiet, first="Fetching") as bar:
        profile = more_voices.install_offered(
            offered, content, face.folders, lambda done: bar.update("fetching", done / size)
        )
    value = {"voice": name, "licence": licence, "profile": str(profile), "default": default}
    face.show(value, [f"{profile}\nHear it:  cft-audio voices hear {name}"])
    if default:
        kokoro.make_default(face, name)


@command.command("remove")
@click.argument("voice", type=option.Text("voice"))
@click.option("-y", "--yes", is_flag=True, help="Remove one of your own recordings unasked.")
@option.as_json
@click.pass_obj
def remove_voice(face: Face, /, *, voice: str, yes: bool) -> None:
    """Remove VOICE, which 'cft-audio voices install' has installed, or your own recordings made.

    'kokoro' removes all voices of Kokoro's, which share one model. The recordings that a voice was
    made of stay where they are.
    """
    from cft_audio.application.more_voices import remove_voice

    def agree(question: str) -> bool:
        return face.can_ask and confirm(question, abort=True)

    remove_voice(voice, face.folders, (lambda _: True) if yes else agree)
    face.show({"removed": voice}, [f"Removed {voice}."])
