"""What the templates that ship were compiled to, kept beside them as Python keeps its modules.

Reading and compiling takes two thirds of the time in which a session is planned, and these
templates never change. What somebody writes is compiled in memory alone: nothing of it is put
anywhere.

A file has what tells it from one that was made of another text, or by another program; then the
names of the templates that its own refers to, and the code.
"""

from __future__ import annotations

import hashlib
import json
import sys
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from cft_audio.errors import ScriptError
from cft_audio.files.folders import shipped_folder
from cft_audio.files.whole_file import write_whole
from cft_audio.schema.files import read_text
from cft_audio.script.front_matter import split_front_matter
from cft_audio.script.shipped import PARTIALS, PRACTICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2.bccache import Bucket


def file_of_code(name: str, source: str) -> Path | None:
    """Return the file in which the code of a template is kept; None if it does not ship as it is.

    Args:
        name: The template's name, such as ``partials/session.md``.
        source: Its text without the front matter.
    """
    if name not in PRACTICES and name not in PARTIALS:  # others may lie in that folder
        return None
    file = shipped_folder("scripts") / name
    with suppress(ScriptError, OSError, ValueError):
        if file.is_file() and split_front_matter(read_text(file, ScriptError))[1] == source:
            return Path(cache_from_source(str(file)))
    return None


def load_code(bucket: Bucket, file: Path, source: str) -> None:
    """Give ``bucket`` the code that is kept in ``file``, if it was made of ``source``."""
    bucket.bytecode_from_string(_read(file, source)[1])


def load_names(file: Path, source: str) -> tuple[str, ...] | None:
    """Return the names that are kept in ``file``; None if it was not made of ``source``."""
    with suppress(ValueError):
        return tuple(json.loads(_read(file, source)[0]))
    return None


def keep_code(bucket: Bucket, file: Path, source: str, names: Sequence[str]) -> None:
    """Keep the code of ``bucket`` in ``file``, where that can be and Python may do so likewise.

    Args:
        bucket: The bucket.
        file: The file.
        source: The text that the code is of.
        names: The templates that it refers to.
    """
    if sys.dont_write_bytecode:
        return
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with write_whole(file, durable=False) as beside:
            head = _made_of(source) + json.dumps(names).encode() + b"\n"
            beside.write_bytes(head + bucket.bytecode_to_string())


def _read(file: Path, source: str) -> tuple[bytes, bytes]:
    """Return the names that a file has, as JSON, and its code; empty if of another text."""
    kept = b""
    with suppress(OSError):
        kept = file.read_bytes()
    if not kept.startswith(made_of := _made_of(source)):
        return b"", b""
    names, _, code = kept[len(made_of) :].partition(b"\n")
    return names, code


def _made_of(source: str) -> bytes:
    """Return what code of a text, compiled by this program, is told from any other by."""
    return hashlib.sha256(_made_by() + source.encode()).digest()


@cache
def _made_by() -> bytes:
    modules = sorted(Path(__file__).parent.glob("*.py*"))  # compiled ones, where they came so
    told = f"{jinja2.__version__} {sys.version}".encode()
    return b"\0".join([told, *(module.read_bytes() for module in modules)])
