"""The version of the program, from the installed package."""

from __future__ import annotations


def version() -> str:
    """Return the installed version, as ``pyproject.toml`` gives it."""
    from importlib.metadata import version as installed

    return installed("cft-audio")
