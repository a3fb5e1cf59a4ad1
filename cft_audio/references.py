"""What a message refers to, fields and steps, and plain words for each.

A message says ``‹minutes›`` where it means the field of that name, and ``‹list practices›`` where
it means a step that a person can take; a value or an argument follows a colon, as in
``‹hear voice:joe›``.
Each face has words of its own for them: the command line writes ``--minutes`` and
``'cft-audio list'``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Wording: TypeAlias = "Callable[[str, str], str]"
"""Gives the words for a reference and its argument, which may be empty."""

FIELDS = {
    "name": "the name",
    "figure": "the figure",
    "figure_pronouns": "the figure's pronouns",
    "with": "the answer",
    "letter": "the letter",
    "minutes": "the length",
    "pace": "the pace",
    "breaths_per_minute": "the breaths per minute",
    "ratio": "the breathing pattern",
    "pattern": "the seconds of each breath",
    "insist": "insisting on what is unusual",
    "ease_from": "the rate to begin with",
    "voice": "the voice",
    "figure_voice": "the figure's voice",
    "fallback": "the fallback voice",
    "allow_online": "the consent to speak online",
    "pronounce": "how words are said",
    "client": "the client",
    "code": "the code",
    "pronouns": "the client's pronouns",
    "notes": "the notes about the client",
    "avoid": "what is to be avoided",
    "edits": "the edits of lines",
    "unset": "what is taken out",
    "lexicon": "the lexicon",
    "for": "the adaptation",
    "core": "the core of the practice",
    "returning": "that the listener knows the practice",
    "self_led": "being led by bells alone",
    "first_words": "what is said first",
    "tone": "the breathing tone",
    "bed": "the bed",
    "ticks": "the count of seconds",
    "bell": "the bell",
    "bells": "the strokes of a bell",
    "bells_at": "where bells are struck",
    "bell_every": "the time between bells",
    "bed_level": "the level of the bed",
    "tone_level": "the level of the breathing tone",
    "bell_level": "the level of the bells",
    "loudness": "the loudness",
    "preset": "the preset",
    "format": "the format",
    "bitrate": "the bit rate",
    "channels": "the channels",
    "sample_rate": "the samples a second",
    "seed": "the variant",
    "album": "the album",
    "artist": "the artist",
    "comment": "the comment",
    "cover": "the cover",
    "split_chapters": "a file for each chapter",
    "with_text": "the words beside it",
    "with_handout": "the handout beside it",
    "no_name": "whether the name is kept out",
    "output": "the place to write to",
    "overwrite": "writing over what is there",
    "add": "adding to what is there",
    "chapter": "the chapter",
    "at": "the moment",
    "seconds": "how much is heard",
    "starts": "the day it begins",
    "feed": "the feed",
    "practice": "the practice",
    "programme": "the programme",
    "word": "the word",
    "sound": "the sound",
    "title": "the title",
    "roster": "the roster",
    "sheet": "the sheet of the workbook",
    "template": "the template",
    "file_name": "how files are named",
    "send_names_to_google": "the consent to send names to Google",
    "hand_over": "what is handed over",
    "password_file": "the file with the password",
    "workers": "the workers",
    "cluster": "the cluster",
    "insecure_cluster": "a cluster without encryption",
    "port": "the port",
}
"""The fields that a message may be about or refer to."""

STEPS = {
    "list practices": "the list of practices",
    "show practice": "the page of a practice",
    "choose practice": "the choice of a practice by a few questions",
    "list figures": "the list of figures",
    "list programmes": "the list of programmes",
    "list voices": "the list of voices",
    "list installable voices": "the list of voices to install",
    "install voice": "installing",
    "remove voice": "removing",
    "list lines": "the list of a session's lines",
    "list words": "the list of kept words",
    "hear voice": "a sample of the voice",
    "check machine": "the check of this machine",
    "check script": "the check of the script",
    "plan recording": "the plan of a recording of",
    "write record sheet": "a record sheet",
    "make own voice": "the making of a voice from recordings",
    "pronounce client's word": "keeping how a word is said for the client",
    "new client": "a file for the client",
    "edit client": "the editing of the client",
    "draw cover": "the drawing of a cover",
    "make recording": "the making of a recording for client",
    "pack client": "the packing for a client",
    "overwrite it": "let it be written over",
    "add to it": "let these be added to it",
    "choose another name": "choose another name",
    "choose another place": "choose another place",
    "choose another folder": "choose another folder",
    "name a file": "give the name of a file",
    "name a shorter one": "give a shorter one",
    "agree to it": "agree to it",
    "insist on it": "insist on it",
    "agree each time": "agree each time",
    "agree to its removal": "agree to its removal",
}
"""The steps that a message may name."""

_REFERENCE = re.compile(r"‹([A-Za-z][^‹›:]*)(?::([^‹›]*))?›")


def replace_references(text: str, words: Wording) -> str:
    """Return ``text`` with every reference replaced by what ``words`` gives for it.

    A reference that is written with a capital begins a sentence, and so do its words.
    """

    def replace(found: re.Match[str]) -> str:
        written = found[1]
        said = words(written[0].lower() + written[1:], found[2] or "")
        return said[:1].upper() + said[1:] if written[0].isupper() else said

    return _REFERENCE.sub(replace, text)


def plain_words(reference: str, argument: str) -> str:
    """Return words for a reference that suit any face; unknown ones stay as they are."""
    field, _, part = reference.partition(".")
    if part and field in FIELDS:
        return f"{FIELDS[field]} for {part}"
    plain = FIELDS.get(reference) or STEPS.get(reference) or reference
    return f"{plain} {argument}".strip()


def plain_text(text: str) -> str:
    """Return ``text`` with every reference replaced by its plain words."""
    return replace_references(text, plain_words)
