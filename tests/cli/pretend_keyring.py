"""Keyrings of a system, played here: one that keeps what it is given in a file, one that hangs."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import NoReturn

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Keeps what it is given in the file that PRETEND_KEYRING names."""

    priority = 1
    name = "of this test"

    def _read(self) -> dict[str, str]:
        file = Path(os.environ["PRETEND_KEYRING"])
        return json.loads(file.read_text()) if file.exists() else {}

    def _write(self, kept: dict[str, str]) -> None:
        Path(os.environ["PRETEND_KEYRING"]).write_text(json.dumps(kept))

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept."""
        return self._read().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a password."""
        self._write(self._read() | {f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        """Keep it no more."""
        kept = self._read()
        if kept.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError
        self._write(kept)


class HangingKeyring(KeyringBackend):
    """Waits for a service that is not there."""

    priority = 1
    name = "that hangs"

    def get_password(self, service: str, username: str) -> NoReturn:  # noqa: ARG002 -- its signature
        """Wait."""
        time.sleep(600)
        raise AssertionError
