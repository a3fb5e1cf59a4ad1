"""Run every command of README.md, in order, as a reader would: in a copy of a fresh checkout.

Usage: readme.py FOLDER
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Run the blocks; the first command that fails ends it with its status."""
    folder = Path(sys.argv[1])
    checkout = Path(__file__).resolve().parent.parent
    folder.mkdir(parents=True)
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=checkout, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    for name in filter(None, files):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((checkout / name).read_bytes())
    home = folder / "empty-home"
    home.mkdir()
    path = f"{folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "HOME": str(home), "PATH": path}
    for language, block in BLOCK.findall((folder / "README.md").read_text(encoding="utf-8")):
        if "pytest" in block:
            continue  # CI runs the tests in a step of their own
        for command in [block] if language == "python" else block.strip().split("\n"):
            print(f"$ {command}", flush=True)
            program = ["python", "-c", command] if language == "python" else ["sh", "-c", command]
            done = subprocess.run(program, cwd=folder, env=environment, check=False)
            if done.returncode:
                sys.exit(f"README: the command ended with {done.returncode}: {command}")


if __name__ == "__main__":
    main()
