"""Commands as a person types them, for whoever shows what would do the same."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def command_line(command: str, practice: str, options: Mapping[str, Any]) -> str:
    """Return ``command`` with these options of a session as a person types them.

    Args:
        command: The command's name.
        practice: What it is about.
        options: Values of fields by name: True for a flag, a tuple or a list for an option that is
            given several times; none where a value is empty.
    """
    parts = ["cft-audio", command, practice]
    for name, value in options.items():
        for each in value if isinstance(value, list | tuple) else [value] if value else []:
            parts += ["--" + name.replace("_", "-"), *([] if each is True else [str(each)])]
    return shlex.join(parts)
