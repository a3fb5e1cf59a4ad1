"""Where practices, voices and recordings are looked for and kept.

A person's own folders come first, so that a file of theirs adds to the shipped ones or takes
the place of the one with the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("cft-audio", appauthor=False)

_PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Folders:
    """The folders of one run, each list in the order it is searched.

    Attributes:
        scripts: Practices and their partials.
        voices: Voice profiles.
        cache: Where clips are kept.
        config: The configuration file; it need not exist.
        data: What a person keeps that is theirs alone; it need not exist.
    """

    scripts: tuple[Path, ...]
    voices: tuple[Path, ...]
    cache: Path
    config: Path
    data: Path

    @property
    def own_voices(self) -> Path:
        """Where voices of the person's own are kept."""
        return self.data / "voices"

    @property
    def downloads(self) -> Path:
        """Where a download is kept until it is whole and put to use."""
        return self.cache.with_name("downloads")


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
    """Return ``path``, which a person wrote, with ``~`` as a home where it is somebody's."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def shipped_folder(name: str) -> Path:
    """Return the folder ``scripts`` or ``voices`` that comes with the program."""
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
