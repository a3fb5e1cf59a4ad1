"""``cft-audio voices``: who can speak, how each sounds, and more of them from Piper's catalogue."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cft_audio.cli.options import UserPath, print_json
from cft_audio.cli.table import table
from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cft_audio.speech.voices.catalogue import CatalogueVoice
    from cft_audio.speech.voices.listing import BroughtEngine, Voice

SAMPLE = (
    "Hello. You might let your shoulders be soft, and your jaw be easy. "
    "There is nothing to get right here."
)
"""What a voice says to be chosen by: a greeting, a phrase with a rest, a plain sentence."""


@click.group("voices", invoke_without_command=True)
@print_json
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
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
    from cft_audio.speech.voices.listing import brought_engines, voices

    found = voices(default_folders().voices)
    engines = [engine for engine in brought_engines() if engine.problem]
    if as_json:
        rows = [_object(voice) for voice in found] + [_engine_object(e) for e in engines]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    columns = ("voice", "engine", "language", "where", "description", "licence", "state")
    rows_shown = [_row(voice) for voice in found] + [_engine_row(e) for e in engines]
    for line in table(columns, rows_shown):
        click.echo(line)


@command.command("hear")
@click.argument("voice")
@click.option("--text", default=SAMPLE, help="What it says.  [default: two calm sentences]")
@click.option(
    "--allow-online", is_flag=True, help="Agree that a voice that speaks online is sent the text."
)
@click.option(
    "-o",
    "--output",
    type=UserPath(path_type=Path, dir_okay=False),
    help="A .wav or .mp3 file to write.  [default: output/voice-VOICE.wav, each time anew]",
)
@click.option("-f", "--force", is_flag=True, help="Write over an existing file.")
@click.option("--no-play", is_flag=True, help="Write the file, and do not play it.")
@print_json
def hear(
    *,
    voice: str,
    text: str,
    allow_online: bool,
    output: Path | None,
    force: bool,
    no_play: bool,
    as_json: bool,
) -> None:
    """Hear VOICE: a name from 'cft-audio voices', a profile, or a Piper model's .onnx file.

    A few words are written to a file, and played if that is possible.
    """
    from cft_audio.application.request import SessionRequest
    from cft_audio.application.saying import say
    from cft_audio.cli.consenting import allowed_by_configuration, consented
    from cft_audio.files.output import Destination
    from cft_audio.files.playing import play, why_silent

    file = output or Path("output") / f"voice-{Path(voice).stem}.wav"
    destination = Destination(file, overwrite=force or output is None)
    allowed = allow_online or allowed_by_configuration()
    request = SessionRequest("", voice=voice, allow_online=allowed)
    request = consented(request, ask=sys.stdin.isatty() and not as_json)
    say([text], request, default_folders(), destination)
    if not as_json:
        click.echo(str(file))
    played = not no_play and play(file)
    if as_json:
        shown = {"voice": voice, "text": text, "file": str(file), "played": played}
        click.echo(json.dumps(shown, ensure_ascii=False))
    elif not (played or no_play):
        click.echo(f"It was not played: {why_silent()}.", err=True)


@command.command("install")
@click.argument("voice", required=False)
@click.option("--list", "listing", is_flag=True, help="List what there is; VOICE is a language.")
@click.option("-y", "--yes", is_flag=True, help="Agree to the licence without being asked.")
@print_json
def install_voice(*, voice: str | None, listing: bool, yes: bool, as_json: bool) -> None:
    """Install VOICE from the catalogue of Piper, the default engine.

    This connects to huggingface.co, or to the mirror that CFT_AUDIO_VOICES_URL names. The
    voice's licence is shown, and asked about, before it is fetched.

    \b
    Examples:
      cft-audio voices install --list
      cft-audio voices install --list en_GB
      cft-audio voices install en_GB-alba-medium
    """
    if listing:
        _list_catalogue(voice, as_json=as_json)
    elif voice is None:
        raise click.UsageError("Name a voice to install, or give --list.")
    else:
        _install(voice, yes=yes, as_json=as_json)


@command.command("remove")
@click.argument("voice")
def remove_voice(*, voice: str) -> None:
    """Remove VOICE, which 'cft-audio voices install' has installed."""
    from cft_audio.speech.voices.installing import remove

    remove(voice, _own_voices())
    click.echo(f"Removed {voice}.")


def _list_catalogue(language: str | None, *, as_json: bool) -> None:
    from cft_audio.speech.voices.catalogue import in_language
    from cft_audio.speech.voices.installing import installed

    catalogue = _catalogue()
    found = in_language(catalogue, language) if language else list(catalogue.values())
    here = {voice.name for voice in found if installed(voice.name, _own_voices())}
    if as_json:
        rows = [_catalogue_object(voice) | {"installed": voice.name in here} for voice in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    columns = ("voice", "language", "country", "quality", "speakers", "MB", "state")
    for line in table(columns, [_catalogue_row(voice, here) for voice in found]):
        click.echo(line)


def _install(name: str, *, yes: bool, as_json: bool) -> None:
    from cft_audio.speech.voices.catalogue import chosen, licence_in, readable_card
    from cft_audio.speech.voices.catalogue_source import source
    from cft_audio.speech.voices.installing import check_free, install

    folder = _own_voices()
    check_free(name, folder)
    voice = chosen(_catalogue(), name)
    check_free(voice.name, folder)
    content = source().card(voice)
    card = readable_card(content)
    licence = licence_in(card)
    click.echo(f"{card}\n\n{voice.name}, {voice.bytes / 1e6:.0f} MB. Licence: {licence}", err=True)
    _agree(yes=yes)
    with _bar(voice.bytes) as update:
        profile = install(voice, content, source(), folder, update)
    if as_json:
        shown = {"voice": voice.name, "licence": licence, "profile": str(profile)}
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    click.echo(f"{profile}\nHear it: cft-audio voices hear {voice.name}")


def _agree(*, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise RequestError(
            "nobody is there to agree to the licence", remedy="Give --yes to agree to it"
        )
    click.confirm("Install it under this licence?", err=True, abort=True)


def _catalogue() -> dict[str, CatalogueVoice]:
    from cft_audio.speech.voices.catalogue_source import source

    found = source()
    click.echo(f"Connecting to {found.host} for Piper's voices.", err=True)
    return found.catalogue()


@contextmanager
def _bar(length: int) -> Iterator[Callable[[int], None]]:
    """Give what is told the bytes that have come; it draws a bar where somebody sees it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(
        range(length), file=sys.stderr, label="Fetching", show_percent=True, width=30
    ) as bar:
        yield lambda done: bar.update(done - bar.pos)


def _own_voices() -> Path:
    return default_folders().data / "voices"


def _row(voice: Voice) -> tuple[str, ...]:
    where = {None: "", True: "online", False: "offline"}[voice.online]
    state = f"{voice.state}: {voice.message}" if voice.message else voice.state
    cells = (voice.name, voice.engine, voice.language, where, voice.description, voice.licence)
    return (*(cell or "-" for cell in cells), state)


def _engine_row(engine: BroughtEngine) -> tuple[str, ...]:
    return ("-", engine.plug_in.name, *("-",) * 4, f"broken: {engine.message}")


def _object(voice: Voice) -> dict[str, object]:
    return {
        "voice": voice.name,
        "engine": voice.engine,
        "language": voice.language,
        "description": voice.description,
        "online": voice.online,
        "licence": voice.licence,
        "state": voice.state,
        "problem": voice.message,
        "file": str(voice.file),
    }


def _engine_object(engine: BroughtEngine) -> dict[str, object]:
    return {
        "voice": None,
        "engine": engine.plug_in.name,
        "package": engine.plug_in.package,
        "state": "broken",
        "problem": engine.message,
    }


def _catalogue_row(voice: CatalogueVoice, here: set[str]) -> tuple[str, ...]:
    return (
        *(voice.name, voice.language_name, voice.country or "-", voice.quality),
        *(str(voice.speakers), f"{voice.bytes / 1e6:.0f}"),
        "installed" if voice.name in here else "",
    )


def _catalogue_object(voice: CatalogueVoice) -> dict[str, object]:
    return {
        "voice": voice.name,
        "language": voice.language,
        "language_name": voice.language_name,
        "country": voice.country,
        "quality": voice.quality,
        "speakers": voice.speakers,
        "bytes": voice.bytes,
    }
