"""How the command line calls the fields and the steps that a message refers to."""

import shlex

from cft_audio.references import FIELDS, plain_words

_OPTIONS = {
    "output": "-o",
    "overwrite": "--force",
    "letter": "--letter FILE",
    "chapter": "--from",
    "practice": "PRACTICE",
    "code": "CODE",
    "roster": "ROSTER",
    "programme": "NAME",
    "word": "WORD",
    "sound": "SOUND",
    "overwrite it": "write over it with --force",
    "add to it": "add these lines to it with --add",
    "choose another name": "choose another name with -o",
    "choose another place": "choose another place with -o",
    "choose another folder": "choose another folder with -o",
    "name a file": "give the name of a file with -o",
    "name a shorter one": "give a shorter one with -o",
    "insist on it": "insist on it with --insist",
    "agree to it": "agree to it with --allow-online",
    "agree to its removal": "give --yes",
    "agree each time": "agree each time with --allow-online",
}
"""Fields whose option is not their name with dashes, and steps that are an option of the command
that was given."""

_COMMANDS = {
    "list practices": "list",
    "show practice": "show PRACTICE",
    "choose practice": "choose",
    "list figures": "list --figures",
    "list programmes": "programme list",
    "list voices": "voices",
    "list installable voices": "voices install --list",
    "install voice": "voices install",
    "remove voice": "voices remove",
    "list lines": "build PRACTICE --dry-run --verbose",
    "list words": "pronounce list",
    "hear voice": "voices hear",
    "check machine": "doctor",
    "check script": "check",
    "plan recording": "build --name Sam --dry-run",
    "draw cover": "cover PRACTICE --size 1600 --no-title",
    "write record sheet": "record-sheet",
    "make own voice": "voice-from-recordings",
    "pronounce client's word": "pronounce add WORD SOUND --client",
    "new client": "client new",
    "edit client": "client edit",
    "make recording": "build PRACTICE --client",
    "pack client": "client pack",
}
"""The command for each other step of ``references.STEPS``."""

TO_GIVE = {
    "practice": "'cft-audio list' shows what there is, 'cft-audio choose' finds one for you",
    "course": "'cft-audio programme list' shows what there is",
    "voice": "'cft-audio voices' shows what there is",
    "code": "A code is a word such as K7; 'cft-audio client list' shows those that there are",
}
"""What to give for an argument of a command that was left out."""


def words(reference: str, argument: str) -> str:
    """Return the option of a field, or the command of a step in quotation marks."""
    field, _, part = reference.partition(".")
    quoted = [shlex.quote(argument)] if argument else []
    if part and field == "with":
        return f"--with {part}=…"
    if reference in _OPTIONS:
        return _OPTIONS[reference]
    if reference in _COMMANDS:
        return f"'{' '.join(['cft-audio', _COMMANDS[reference], *quoted])}'"
    if reference in FIELDS:
        return " ".join(["--" + reference.replace("_", "-"), *quoted])
    return plain_words(reference, argument)
