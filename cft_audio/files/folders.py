"""Where practices, voices and recordings are looked for and kept.

A person's own folders come first, so that a file of theirs adds to the shipped ones or takes
the place of the one with the same name.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("cft-audio", appauthor=False)

_QUOTES = ("''", '""', "‘’", "“”")
_PATH = re.compile(
    r"""\s*['"‘“]?(?:~\w*[/\\]|[/\\]|\.{1,2}[/\\]|[A-Za-z]:[/\\]|file:/)""", re.IGNORECASE
)
"""How a path from a root, a home or the current folder begins."""

_ADDRESS = re.compile(r"file:(?://([^/]*))?(/.*)", re.IGNORECASE)

PACKAGE = Path(__file__).parent.parent
"""The folder of this program itself, wherever it is installed."""


class Seal(Protocol):
    """Closes what only its owner may read, and opens it again."""

    def close(self, content: bytes) -> bytes:
        """Return ``content`` closed."""

    def open(self, closed: bytes) -> bytes:
        """Return what was closed.

        Raises:
            ValueError: If it was closed otherwise, or is damaged.
            LockedError: If what it takes to open it is not to be had.
        """

    @property
    def closes(self) -> bool:
        """Whether what is kept now is closed: it may be wished any time, and no more."""


class Keys(Protocol):
    """Gives what opens all that is locked, once somebody has opened it in this run."""

    def private_key(self) -> str:
        """Return the private key.

        Raises:
            LockedError: If it cannot be opened.
        """


@dataclass(frozen=True)
class PersonalPlace:
    """Where takes are kept in which something of one person's own is said.

    Attributes:
        folder: The folder; it need not exist.
        seal: What closes each of them; None for nothing.
        made: Where it is noted which files were made for that person; None where nothing notes it.
    """

    folder: Path
    seal: Seal | None = field(default=None, repr=False)
    made: Path | None = None


@dataclass(frozen=True)
class Folders:
    """The folders of one run, each list in the order it is searched.

    Attributes:
        scripts: Practices and their partials.
        voices: Voice profiles.
        cache: Where clips are kept.
        config: The configuration file; it need not exist.
        data: What a person keeps that is theirs alone; it need not exist.
        personal: Where takes are kept in which something of the listener's own is said; None for
            where all others are.
        keys: Gives the key to what is locked; None where nothing opens it.
    """

    scripts: tuple[Path, ...]
    voices: tuple[Path, ...]
    cache: Path
    config: Path
    data: Path
    personal: PersonalPlace | None = None
    keys: Keys | None = field(default=None, repr=False, compare=False)

    @property
    def answers(self) -> Path | None:
        """Where the answers of services are kept as they came; None where they are not."""
        if self.personal is None:
            return self.cache
        seal = self.personal.seal
        return None if seal and seal.closes else self.personal.folder

    @property
    def for_passing(self) -> Folders:
        """The same, for what is made only to be passed on at once, and not noted."""
        if self.personal is None:
            return self
        return replace(self, personal=replace(self.personal, made=None))

    @property
    def own_scripts(self) -> Path:
        """Where practices of the person's own are kept that are written in no folder of theirs."""
        return self.data / "scripts"

    @property
    def own_voices(self) -> Path:
        """Where voices of the person's own are kept."""
        return self.data / "voices"

    @property
    def downloads(self) -> Path:
        """Where a download is kept until it is whole and put to use."""
        return self.cache.with_name("downloads")

    @property
    def previews(self) -> Path:
        """Where it is noted of which session each preview is."""
        return self.cache.with_name("previews")


def default_folders() -> Folders:
    """Return the folders of this machine, this user and the current directory.

    All are absolute, so that they stay the same after a change of directory and in other
    processes.
    """
    here = Path.cwd()
    own = here / _DIRS.user_data_dir
    return Folders(
        scripts=(here / "scripts", own / "scripts", shipped_folder("scripts")),
        voices=(here / "voices", own / "voices", shipped_folder("voices")),
        cache=here / _DIRS.user_cache_dir / "clips",
        config=here / _DIRS.user_config_dir / "config.toml",
        data=own,
    )


def expanded(path: str | Path) -> Path:
    """Return the path that a person wrote, typed or dragged into a window.

    What is there by that very name is meant; else ``~`` is a home where it is somebody's, and what
    terminals add is taken off: see ``unwrapped``.
    """
    if os.path.exists(path):  # noqa: PTH110 -- unlike a Path's, it takes any text
        return Path(path)
    bare = unwrapped(str(path), windows=sys.platform == "win32") if isinstance(path, str) else path
    try:
        return Path(bare).expanduser()
    except RuntimeError:
        return Path(bare)


def is_path(text: str, folder: Path = Path()) -> bool:
    """Return whether ``text`` is written as a path, or is the name of a file in ``folder``."""
    there = folder / expanded(text)
    return bool(_PATH.match(text)) or os.path.isfile(there)  # noqa: PTH113 -- likewise


def unwrapped(path: str, *, windows: bool) -> str:
    """Return a path without what is put round it where it is dragged or pasted.

    That is blanks, quotation marks, ``file://`` with its ``%20``, and, except on Windows, where
    they part folders, backslashes before blanks and other signs.

    Args:
        path: What was written.
        windows: Whether paths are those of Windows.
    """
    bare = path.strip().removeprefix("& ")  # PowerShell calls what is dragged into it
    if address := _ADDRESS.fullmatch(bare):
        return _local(address[1] or "", unquote(address[2]), windows=windows)
    inner = bare[1:-1].strip()
    if bare[:1] + bare[-1:] in _QUOTES and inner and bare[-1] not in inner:
        return inner
    if not windows and re.search(r"\\[^\w\\]|^'.*'$", bare):
        with contextlib.suppress(ValueError):
            parts = shlex.split(bare)
            return parts[0] if len(parts) == 1 else bare
    return bare


def _local(host: str, path: str, *, windows: bool) -> str:
    """Return the path that the host and the path of a ``file:`` address mean."""
    if not windows:
        return path
    machine = f"//{host}" if host not in ("", "localhost") else ""
    return (machine + re.sub("^/(?=[A-Za-z]:)", "", path)).replace("/", "\\")


def shipped_folder(name: str) -> Path:
    """Return the folder ``scripts`` or ``voices`` that comes with the program."""
    installed = PACKAGE / "shipped" / name
    return installed if installed.is_dir() else PACKAGE.parent / name
