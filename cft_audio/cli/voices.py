"""``cft-audio voices``: who can speak, how each sounds, and more of them from Piper's catalogue."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, complain, table
from cft_audio.cli.terminal import confirm, echo
from cft_audio.errors import RequestError

if TYPE_CHECKING:
    from cft_audio.speech.voices.listing import PluginEngine, Voice

_SAMPLE = (
    "Hello. You might let your shoulders be soft, and your jaw be easy. "
    "There is nothing to get right here."
)
"""What a voice says to be chosen by: a greeting, a phrase with a rest, a plain sentence."""

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
      cft-audio voices install --list en
      cft-audio voices install en_GB-alba-medium
    """
    if ctx.invoked_subcommand:
        return
    from cft_audio.speech.voices.listing import list_voices, plugin_engines

    voices = list_voices(face.folders.voices)
    engines = [engine for engine in plugin_engines() if engine.problem]
    columns = ("voice", "engine", "language", "where", "description", "licence", "state")
    rows = [*map(_row, voices), *map(_engine_row, engines)]
    objects = [voice.as_object() for voice in voices] + [e.as_object() for e in engines]
    face.show(objects, table(columns, rows))


@command.command("hear")
@click.argument("voice")
@click.option("--text", default=_SAMPLE, help="What it says.  [default: two calm sentences]")
@option.field_option("allow_online")
@option.writing("A .wav or .mp3 file.  [default: output/voice-VOICE.wav, each time anew]", None)
@option.no_play
@option.as_json
@click.pass_obj
def hear(
    face: Face, /, *, voice: str, text: str, allow_online: bool, output: Path | None, force: bool
) -> None:
    """Hear VOICE: a name from 'cft-audio voices', a profile, or a Piper model's .onnx file.

    A few words are written to a file, and played if that is possible.
    """
    from cft_audio.cli import playback
    from cft_audio.files.output import Destination
    from cft_audio.speech.voicing import Voicing

    allowed = face.choices({"allow_online": allow_online})["allow_online"]
    voicing = Voicing(voice, allow_online=allowed)
    file = output or Path("output") / f"voice-{Path(voice).stem}.wav"
    destination = Destination(file, overwrite=force or output is None)
    heard = playback.hear(face, [text], voicing, destination)
    face.show({"voice": voice, "text": text, **heard}, ())


@command.command("install")
@click.argument("voice", required=False)
@click.option("--list", "listing", is_flag=True, help="List what there is; VOICE is a language.")
@click.option("-y", "--yes", is_flag=True, help="Agree to the licence without being asked.")
@option.as_json
@click.pass_obj
def install_voice(face: Face, /, *, voice: str | None, listing: bool, yes: bool) -> None:
    """Install VOICE from the catalogue of Piper, the default engine.

    This connects to huggingface.co, or to the mirror that CFT_AUDIO_VOICES_URL names. The
    voice's licence is shown, and asked about, before it is fetched.

    \b
    Examples:
      cft-audio voices install --list
      cft-audio voices install --list en_GB
      cft-audio voices install en_GB-alba-medium
    """
    from cft_audio.application import more_voices
    from cft_audio.cli.progress import Bar
    from cft_audio.files.remote import host_of
    from cft_audio.speech.voices.catalogue import clean_card, read_licence
    from cft_audio.speech.voices.catalogue_source import choose_source

    if voice is None and not listing:
        raise click.UsageError("Name a voice to install, or give --list.")
    complain(f"Connecting to {host_of(choose_source())} for Piper's voices.")
    if listing:
        listed = more_voices.list_catalogue(voice, face.folders)
        face.show(listed, table(_LISTED, map(_listed_row, listed)))
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
    with Bar(quiet=face.quiet) as bar:
        profile = more_voices.install_offered(
            offered, content, face.folders, lambda done: bar.update("fetching", done / size)
        )
    value = {"voice": name, "licence": licence, "profile": str(profile)}
    face.show(value, [f"{profile}\nHear it: cft-audio voices hear {name}"])


@command.command("remove")
@click.argument("voice")
@click.pass_obj
def remove_voice(face: Face, /, *, voice: str) -> None:
    """Remove VOICE, which 'cft-audio voices install' has installed."""
    from cft_audio.speech.voices.installing import remove

    remove(voice, face.folders.own_voices)
    echo(f"Removed {voice}.")


def _listed_row(listed: dict[str, Any]) -> tuple[str, ...]:
    keys = ("voice", "language_name", "country", "quality", "speakers")
    size, state = f"{listed['bytes'] / 1e6:.0f}", "installed" if listed["installed"] else ""
    return (*(str(listed[key] or "-") for key in keys), size, state)


def _row(voice: Voice) -> tuple[str, ...]:
    where = {None: "", True: "online", False: "offline"}[voice.online]
    state = f"{voice.state}: {voice.message}" if voice.message else voice.state
    cells = (voice.name, voice.engine, voice.language, where, voice.description, voice.licence)
    return (*(cell or "-" for cell in cells), state)


def _engine_row(engine: PluginEngine) -> tuple[str, ...]:
    return ("-", engine.plug_in.name, *("-",) * 4, f"broken: {engine.message}")
