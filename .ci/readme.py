"""Run every command of README.md, in order, as a reader would: in a copy of a fresh checkout.

Usage: readme.py FOLDER

Blocks marked ``sh`` and ``python`` are run. Those marked ``powershell`` are Windows' own, which a
test holds to the others (tests/cli/test_readme.py). A block with another mark, or with none, is an
error: nothing that a reader may copy goes unchecked.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

RUN, HELD_BY_A_TEST = {"sh": ["sh", "-c"], "python": ["python", "-c"]}, "powershell"

INSTALLERS = {"pipx": "pipx-programs", "uv": "uv-programs"}
"""What else installs the program, and the folder that its program is put into here."""


def main() -> None:
    """Run the blocks; the first command that fails ends it with its status."""
    folder = Path(sys.argv[1])
    copy_checkout(folder)
    environment = environment_of(folder)
    for language, block in BLOCK.findall((folder / "README.md").read_text(encoding="utf-8")):
        if language == HELD_BY_A_TEST or "pytest" in block:
            continue  # CI runs the tests in a step of their own
        if language not in RUN:
            sys.exit(f"README: there is no way to check a block marked '{language}': {block}")
        for command in [block] if language == "python" else block.strip().split("\n"):
            run([*RUN[language], command], folder, environment)
            if programs := INSTALLERS.get(command.split()[0]):
                run(
                    [str(folder / programs / "cft-audio"), "show", "loving-kindness"],
                    folder,
                    environment,
                )


def copy_checkout(folder: Path) -> None:
    """Copy what git keeps of this checkout into a new ``folder``."""
    checkout = Path(__file__).resolve().parent.parent
    folder.mkdir(parents=True)
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=checkout, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    for name in filter(None, files):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((checkout / name).read_bytes())


def environment_of(folder: Path) -> dict[str, str]:
    """Return the environment of a reader with an empty home, who works in ``folder``."""
    home = folder / "empty-home"
    home.mkdir()
    return {
        **os.environ,
        "HOME": str(home),
        "PATH": f"{folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        # Each in a place of its own, so that neither finds the other's program in its way.
        "PIPX_BIN_DIR": str(folder / INSTALLERS["pipx"]),
        "UV_TOOL_BIN_DIR": str(folder / INSTALLERS["uv"]),
    }


def run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Run one command; end with its status if it fails."""
    print(f"$ {command[-1] if command[0] in ('sh', 'python') else ' '.join(command)}", flush=True)
    done = subprocess.run(command, cwd=folder, env=environment, check=False)
    if done.returncode:
        sys.exit(f"README: the command ended with {done.returncode}: {command[-1]}")


if __name__ == "__main__":
    main()
