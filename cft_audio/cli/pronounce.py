"""``cft-audio pronounce``: how words are said, kept for oneself or for a client."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cft_audio.cli.build import configured
from cft_audio.cli.options import UserPath, print_json
from cft_audio.cli.table import table
from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders
from cft_audio.people.lexicons.files import add_entry, entries, remove_entry
from cft_audio.people.lexicons.layers import Layer, Scope, kept_layers, other_clients, rows
from cft_audio.people.lexicons.places import client_lexicon, file_lexicon, own_lexicon
from cft_audio.schema.suggest import did_you_mean
from cft_audio.speech.text.lexicon import check_entry, key_of, layered

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.people.lexicons.places import LexiconFile

HEARD = Path("output") / "hear.wav"
"""Where a word that is only listened to goes; its name tells nothing of whose it is."""


def _whose(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say whose lexicon is meant."""
    client = click.option("--client", metavar="NAME", help="The lexicon of this client.")
    lexicon = click.option(
        "--lexicon", type=UserPath(path_type=Path), metavar="FILE", help="A lexicon file."
    )
    return client(lexicon(command))


@click.group("pronounce")
def command() -> None:
    """Keep how words are said: your own, a client's, or in a file.

    A sound is syllables with the stressed one in capitals, see-oh-MAR-ah, or IPA between slashes,
    /siːoʊˈmɑːɹə/. Words are found whole, in capitals or not, also as in Xiomara's or Xiomara-Lee.

    \b
    Examples:
      cft-audio pronounce add Xiomara see-oh-MAR-ah
      cft-audio pronounce add "Mary Ann" "MAIR-ee an" --client Alex
      cft-audio pronounce add Aoife /ˈiːfə/ --lexicon clinic.toml
      cft-audio pronounce hear Xiomara
      cft-audio pronounce list
      cft-audio pronounce remove Xiomara

    A build says your own words; with --client or --lexicon, those as well, and before your own.
    """


@command.command("add")
@click.argument("word")
@click.argument("sound")
@_whose
@print_json
def add(*, word: str, sound: str, client: str | None, lexicon: Path | None, as_json: bool) -> None:
    """Keep SOUND for WORD, in the place of what was kept for it."""
    place = _place(client, lexicon)
    before = add_entry(place, word, sound, default_folders().data)
    if as_json:
        _show(word=word, sound=sound, before=before, origin=place.name, file=str(place.file))
        return
    instead = f" instead of {before}" if before not in (None, sound) else ""
    click.echo(f"{word} is said {sound}{instead}, kept in {place.file}")


@command.command("remove")
@click.argument("word")
@_whose
@print_json
def remove(*, word: str, client: str | None, lexicon: Path | None, as_json: bool) -> None:
    """Forget how WORD is said."""
    folders = default_folders()
    place = _place(client, lexicon)
    before = remove_entry(place, word, folders.data)
    if before is None:
        raise _not_kept(word, place)
    if as_json:
        _show(word=word, sound=None, before=before, origin=place.name, file=str(place.file))
        return
    click.echo(f"{word} is no longer said {before}; it was kept in {place.file}")


@command.command("list")
@_whose
@click.option("--voice", metavar="NAME", help="With the words of this voice.")
@print_json
def list_words(
    *, client: str | None, lexicon: Path | None, voice: str | None, as_json: bool
) -> None:
    """List every word that is kept, and where it comes from.

    With --client, the words of a build with the same option. Where a word is kept twice, the
    first line of the two is the one that is said.
    """
    found = list(rows(_layers(client, lexicon, voice)))
    if as_json:
        objects = [
            {
                "word": row.word,
                "sound": row.sound,
                "origin": row.layer.origin,
                "file": str(row.layer.file),
                "used": row.used,
            }
            for row in found
        ]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo("No words are kept. Begin with: cft-audio pronounce add WORD SOUND")
        return
    shown = [(row.word, row.sound, row.layer.origin, str(row.layer.file)) for row in found]
    for line in table(("word", "sound", "from", "file"), shown):
        click.echo(line)


@command.command("hear")
@click.argument("word")
@click.argument("sound", required=False)
@_whose
@click.option("--voice", metavar="NAME", help="Who says it: a voice profile's name.")
@click.option(
    "--allow-online", is_flag=True, help="Agree that a voice that speaks online is sent the word."
)
@click.option(
    "-o",
    "--output",
    type=UserPath(path_type=Path, dir_okay=False),
    help="A .wav or .mp3 file to write.  [default: output/hear.wav, written over each time]",
)
@click.option("-f", "--force", is_flag=True, help="Write over an existing file.")
@print_json
def hear(
    *,
    word: str,
    sound: str | None,
    client: str | None,
    lexicon: Path | None,
    voice: str | None,
    allow_online: bool,
    output: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Hear WORD as a recording says it, or as SOUND would.

    It is said by itself and in a sentence, written to a file, and played if that is possible.
    """
    from cft_audio.application.request import SessionRequest
    from cft_audio.application.saying import say
    from cft_audio.cli.consenting import allowed_by_configuration, consented
    from cft_audio.files.output import Destination
    from cft_audio.files.playing import play, why_silent

    if sound is not None:
        check_entry(word, sound, "pronounce hear")
    layers = _layers(client, lexicon, voice)
    said = layered(*(layer.table for layer in layers if layer.used), {word: sound} if sound else {})
    allowed = allow_online or allowed_by_configuration()
    request = SessionRequest("", voice=_voice(voice), allow_online=allowed, pronounce=said)
    request = consented(request, ask=sys.stdin.isatty() and not as_json)
    file = output or HEARD
    say(
        [f"{word}.", f"Hello, {word}."],
        request,
        default_folders(),
        Destination(file, overwrite=force or output is None),
    )
    played = play(file)
    if as_json:
        by_key = {key_of(other): found for other, found in said.items()}
        _show(word=word, sound=by_key.get(key_of(word)), file=str(file), played=played)
        return
    click.echo(f"{file}" if played else f"{file}  ({why_silent()})")


def _layers(client: str | None, lexicon: Path | None, voice: str | None) -> list[Layer]:
    """Return the layers that count with these options, the voice's first, then others' words."""
    from cft_audio.speech.voices.profiles import load_profile

    folders = default_folders()
    defaults = configured(folders.config)
    name = _voice(voice)
    profile = load_profile(name, folders.voices)
    file = profile.surroundings.folder / Path(name).with_suffix(".toml").name
    client = client or defaults.get("client")
    scope = Scope(dict(defaults.get("pronounce", ())), lexicon or _path(defaults), client)
    spoken = Layer(f"voice {name}", file, profile.pronounce)
    return [*other_clients(scope, folders), spoken, *kept_layers(scope, folders)]


def _voice(named: str | None) -> str:
    return named or str(configured(default_folders().config).get("voice", "joe"))


def _path(defaults: dict[str, Any]) -> Path | None:
    return Path(str(defaults["lexicon"])) if "lexicon" in defaults else None


def _place(client: str | None, lexicon: Path | None) -> LexiconFile:
    """Return the one lexicon that is meant."""
    if client is not None and lexicon is not None:
        raise RequestError(
            "--client and --lexicon name two lexicons", remedy="Give one of them", where="pronounce"
        )
    if lexicon is not None:
        return file_lexicon(lexicon)
    data = default_folders().data
    return own_lexicon(data) if client is None else client_lexicon(client, data)


def _not_kept(word: str, place: LexiconFile) -> RequestError:
    folders = default_folders()
    written = configured(folders.config).get("pronounce", ())
    if not place.field and key_of(word) in {key_of(other) for other, _ in written}:
        remedy = f"It stands in {folders.config}; remove its line there"
    else:
        known = entries(place)
        remedy = did_you_mean(word, known) if known else "See 'cft-audio pronounce list'"
    return RequestError(f"'{word}' is not in {place.file}", remedy=remedy, where="pronounce remove")


def _show(**values: object) -> None:
    click.echo(json.dumps(values, ensure_ascii=False))
