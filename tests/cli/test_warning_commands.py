"""The command that a warning of a doubtful word comes with."""

import shlex

from cft_audio.cli.face import Face
from cft_audio.cli.warning import Warner
from cft_audio.files.folders import default_folders
from cft_audio.speech.text.warnings import PronunciationWarning
from cft_audio.speech.voicing import DEFAULT_VOICE


def command(word: str, client: str | None = None) -> str:
    warner = Warner(Face(default_folders()), client, DEFAULT_VOICE)
    [row] = warner.as_objects([PronunciationWarning(word, "why")])
    return row["command"]


def test_the_command_names_the_word_and_whose_it_is_safely() -> None:
    assert shlex.split(command("N'Golo", "Mary Ann")) == [
        *("cft-audio", "pronounce", "add", "N'Golo", "SOUND", "--client", "Mary Ann")
    ]


def test_there_is_no_command_for_what_has_no_sound() -> None:
    assert command("😀") == ""
