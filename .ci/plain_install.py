"""Hold what a plain install brings to what is promised of it.

Usage: plain_install.py WHEEL FOLDER

WHEEL is the wheel; FOLDER is a fresh virtual environment in which nothing else was installed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

LARGEST_MB = 550
"""What it may take of a disk, as ``du -sm`` counts."""

TOLD_WITHIN_MB = 25
"""How far the README may be from it: it says it in round figures, and dependencies move."""

README = Path(__file__).resolve().parent.parent / "README.md"


def main() -> None:
    """Check both; say everything that does not hold, and end with 1 then."""
    wheel, folder = map(Path, sys.argv[1:])
    with zipfile.ZipFile(wheel) as content:
        sounds = [name for name in content.namelist() if name.endswith((".mp3", ".wav"))]
    faults = [f"The wheel holds a sound: {name}" for name in sounds]
    measured = subprocess.run(
        ["du", "-sm", str(folder)], capture_output=True, check=True, text=True
    )
    size = int(measured.stdout.split()[0])
    told = int(re.findall(r"about (\d+) MB of disk", README.read_text(encoding="utf-8"))[0])
    print(f"A plain install takes {size} MB; the README says {told}, and {LARGEST_MB} are allowed.")
    if size > LARGEST_MB:
        faults.append(f"A plain install takes {size} MB, and may take {LARGEST_MB}")
    if abs(size - told) > TOLD_WITHIN_MB:
        faults.append(f"README: it takes {size} MB, not about {told}")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
