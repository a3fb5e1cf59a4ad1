"""The command that a warning of a doubtful word comes with."""

import shlex

from cft_audio.cli.warning import scope_of_client, warnings_object
from cft_audio.speech.text.warnings import PronunciationWarning


def command(word: str, client: str | None = None) -> str:
    [row] = warnings_object([PronunciationWarning(word, "why")], scope_of_client(client))
    return row["command"]


def test_the_command_names_the_word_and_whose_it_is_safely() -> None:
    assert shlex.split(command("N'Golo", "Mary Ann")) == [
        *("cft-audio", "pronounce", "add", "N'Golo", "SOUND", "--client", "Mary Ann")
    ]


def test_there_is_no_command_for_what_has_no_sound() -> None:
    assert command("😀") == ""
