"""Plans many requests in one process, and prints its memory and whose names it still holds."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

import cft_audio

SETTLED = 20
_PAGE = 4096


def resident_mb() -> float:
    """Return the memory of this process in megabytes (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 1e6


def names_alive(token: str) -> list[str]:
    """Return every text with ``token`` in it that any live object refers to."""
    gc.collect()
    referents = gc.get_referents(*gc.get_objects())
    # A dictionary of nothing but texts is no object that the collector knows.
    referents += gc.get_referents(*(held for held in referents if type(held) is dict))
    texts = {text for text in referents if isinstance(text, str) and token in text}
    return sorted(texts - {token})


def main(practice: str, voice: str, count: int) -> None:
    """Plan ``count`` requests, and print what was measured as JSON."""
    token = "Quil" + "labeth"
    memory = []
    for number in range(count):
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        request = cft_audio.request(
            practice,
            name=f"{token}{letters}",
            voice=voice,
            minutes=("1:30", "1:35", None)[number % 3],
            tone=("swell", "bowls")[number % 2],
            pronounce={f"{token}{letters}": "KWIL-a-beth"} if number % 4 == 0 else None,
        )
        plan = cft_audio.plan(request)
        assert plan.timeline.length > 0
        if number >= SETTLED - 1:
            gc.collect()
            memory.append(resident_mb())
    is_found = bool(names_alive(token))
    del request, plan, letters
    left = names_alive(token)
    print(json.dumps({"memory_mb": memory, "is_found": is_found, "left": left[:5]}))  # noqa: T201 -- for the test


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
