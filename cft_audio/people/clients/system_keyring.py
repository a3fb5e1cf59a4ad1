"""The keyring of the system, which may keep the passphrase of what is locked.

It is asked by a process of its own that is given a few seconds: without the services of a desktop
a keyring can wait for ever. Nothing here is needed; where it does not work, a person is asked.
"""

from __future__ import annotations

import subprocess
import sys

from cft_audio.files.processes import run_program

_LIMIT_S = 5.0

_SERVICE = "cft-audio clients"

_DO = """\
import sys; sys.path[:] = sys.argv[4:]
import keyring
what, service, account = sys.argv[1:4]
if what == "name":
    kept = keyring.get_keyring()
    if kept.priority <= 0: sys.exit(1)
    answer = kept.name
elif what == "recall":
    answer = keyring.get_password(service, account)
    if answer is None: sys.exit(1)
elif what == "remember":
    answer = ""
    keyring.set_password(service, account, sys.stdin.buffer.read().decode())
else:
    answer = ""
    keyring.delete_password(service, account)
sys.stdout.buffer.write(answer.encode())
"""


def keyring_name() -> str | None:
    """Return what the keyring is called; None where there is none that works."""
    return _ask("name", "")


def recall(account: str) -> str | None:
    """Return the passphrase that is kept; None where there is none, or no answer in time.

    Args:
        account: What it is kept under, which is no secret.
    """
    return _ask("recall", account)


def remember(account: str, passphrase: str) -> bool:
    """Keep a passphrase, and return whether it can be read again."""
    kept = _ask("remember", account, passphrase) is not None
    return kept and recall(account) == passphrase


def forget(account: str) -> bool:
    """Remove a passphrase, and return whether that was possible."""
    return _ask("forget", account) is not None


def _ask(what: str, account: str, passphrase: str = "") -> str | None:
    command = [sys.executable, "-P", "-c", _DO, what, _SERVICE, account, *sys.path]
    try:
        done = run_program(command, given=passphrase.encode(), patience=_LIMIT_S)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if done.returncode else done.stdout.decode(errors="replace")
