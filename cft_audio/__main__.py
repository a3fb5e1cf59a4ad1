"""Entry point of ``cft-audio`` and ``python -m cft_audio``."""

from __future__ import annotations

import sys

from cft_audio.cli.program import run


def main() -> None:
    """Run the command line and end the process with its status."""
    sys.exit(run())


if __name__ == "__main__":
    main()
