"""``cft-audio pronounce``: how words are said, kept for oneself or for a client."""

from pathlib import Path
from typing import Any

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, table

_HEARD = Path("output") / "hear.wav"
"""Where a word that is only listened to goes; its name tells nothing of whose it is."""


@click.group("pronounce")
def command() -> None:
    """See how a text is said, and keep how words are: your own, a client's, or in a file.

    A sound is syllables with the stressed one in capitals, see-oh-MAR-ah, or IPA between slashes,
    /siːoʊˈmɑːɹə/. Words are found whole, in capitals or not, also as in Xiomara's or Xiomara-Lee.

    \b
    Examples:
      cft-audio pronounce show "Dr. Lee lives at 7 Elm Rd. Close your eyes."
      cft-audio pronounce add Xiomara see-oh-MAR-ah
      cft-audio pronounce add "Mary Ann" "MAIR-ee an" --client Alex
      cft-audio pronounce add Aoife /ˈiːfə/ --lexicon clinic.toml
      cft-audio pronounce hear Xiomara
      cft-audio pronounce list
      cft-audio pronounce remove Xiomara

    A build says your own words; with --client or --lexicon, those as well, and before your own.
    """


@command.command("add")
@click.argument("word", type=option.Text())
@click.argument("sound", type=option.Text())
@option.whose_words
@option.as_json
@click.pass_obj
def add(face: Face, /, *, word: str, sound: str, client: str | None, lexicon: Path | None) -> None:
    """Keep SOUND for WORD, in the place of what was kept for it."""
    from cft_audio.application.words import lexicon_file
    from cft_audio.people.lexicons.files import add_entry

    place = lexicon_file(client, lexicon, face.folders)
    before = add_entry(place, word, sound, face.folders.data)
    instead = f" instead of {before}" if before not in (None, sound) else ""
    change = {"word": word, "sound": sound, "before": before, "origin": place.name}
    line = f"{word} is said {sound}{instead}, kept in {place.file}"
    face.show(change | {"file": str(place.file)}, [line])


@command.command("remove")
@click.argument("word", type=option.Text())
@option.whose_words
@option.as_json
@click.pass_obj
def remove(face: Face, /, *, word: str, client: str | None, lexicon: Path | None) -> None:
    """Forget how WORD is said."""
    from cft_audio.application.words import forget_word, lexicon_file

    place = lexicon_file(client, lexicon, face.folders)
    before = forget_word(place, word, face.choices({}), face.folders)
    change = {"word": word, "sound": None, "before": before, "origin": place.name}
    line = f"{word} is no longer said {before}; it was kept in {place.file}"
    face.show(change | {"file": str(place.file)}, [line])


@command.command("list")
@option.whose_words
@option.field_option("voice", "With the words of this voice.")
@option.as_json
@click.pass_obj
def list_words(face: Face, /, **options: Any) -> None:
    """List every word that is kept, and where it comes from.

    With --client, the words of a build with the same option. Where a word is kept twice, the
    first line of the two is the one that is said.
    """
    from cft_audio.application.words import list_words as words_of

    rows = words_of(face.choices(options), face.folders)
    none = ["No words are kept. Begin with: cft-audio pronounce add WORD SOUND"]
    lines = table(("word", "sound", "from", "file"), [row.cells for row in rows])
    face.show([row.as_object() for row in rows], lines if rows else none)


@command.command("show", context_settings={"ignore_unknown_options": True})
@click.argument("text", type=option.Text())
@option.whose_words
@option.field_option("voice", "Who says it: a voice profile's name.")
@option.field_option("pronounce")
@option.as_json
@click.pass_obj
def show(face: Face, /, *, text: str, **options: Any) -> None:
    """Show what will be said of TEXT: its words as they are spelled out, and their sounds.

    Numbers, dates, abbreviations and signs become words, and a word with several readings gets the
    one that the sentence means. The sounds are IPA, as espeak-ng writes it. TEXT is a line as a
    script has it: (word)[ipa:"…"] says how a word sounds. Nothing is spoken, and nothing is sent.

    \b
    Examples:
      cft-audio pronounce show "Close your eyes. A close friend is 5 km away."
      cft-audio pronounce show "Hello, Xiomara." --client Alex --json
      cft-audio pronounce show "Rest at 7:00." --voice espeak-gb
    """
    from cft_audio.application.said import what_is_said

    choices = face.choices(options)
    said = what_is_said(text, choices, face.folders)
    quiet = f"the voice {choices['voice']} does not tell its sounds"
    rows = [("spoken", said.spoken or "nothing"), ("ipa", quiet if said.ipa is None else said.ipa)]
    shown = {"spoken": said.spoken, "ipa": said.ipa, "voice": choices["voice"]}
    face.show(shown, [f"{name:<8}{value}" for name, value in rows])


@command.command("hear")
@click.argument("word", type=option.Text())
@click.argument("sound", required=False, type=option.Text())
@option.whose_words
@option.field_option("voice", "Who says it: a voice profile's name.")
@option.field_option("allow_online")
@option.writing(
    "A sound file, its format by its ending.  [default: output/hear.wav, each time anew]"
)
@option.no_play
@option.as_json
@click.pass_obj
def hear(
    face: Face, /, *, word: str, sound: str | None, output: Path | None, force: bool, **options: Any
) -> None:
    """Hear WORD as a recording says it, or as SOUND would.

    It is said by itself and in a sentence, written to a file, and played if that is possible.
    """
    from dataclasses import replace

    from cft_audio.application.requests import voicing_for
    from cft_audio.application.words import sounds_said
    from cft_audio.cli import playback
    from cft_audio.files.output import Destination
    from cft_audio.speech.text.lexicon import key_of

    choices = face.choices(options)
    sounds = sounds_said(choices, face.folders, word, sound)
    voicing = replace(voicing_for(choices, face.folders), pronounce=sounds)
    destination = Destination(output or _HEARD, overwrite=force or output is None)
    texts, named = [f"{word}.", f"Hello, {word}."], output is not None
    heard = playback.hear(face, texts, voicing, destination, named=named)
    by_key = {key_of(other): said for other, said in sounds.items()}
    face.show({"word": word, "sound": by_key.get(key_of(word)), **heard}, ())
