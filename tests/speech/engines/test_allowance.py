"""Only so much is said at one time, and everything is said."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cft_audio.speech.engines.allowance import Allowance


@pytest.mark.parametrize("sizes", [[3] * 12, [1, 9, 2, 8, 3, 7, 30, 1, 1], [40, 40, 40]])
def test_never_more_than_the_most_is_done_at_one_time_but_for_one_thing(sizes: list[int]) -> None:
    allowance, turn, done, doing = Allowance(10), threading.Lock(), list[int](), list[int]()

    def do(size: int) -> None:
        with allowance.take(size):
            with turn:
                doing.append(size)
                assert sum(doing) <= 10 or len(doing) == 1
            time.sleep(0.005)
            with turn:
                doing.remove(size)
                done.append(size)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(do, sizes))
    assert sorted(done) == sorted(sizes)


def test_what_fails_makes_room() -> None:
    allowance = Allowance(1)
    with pytest.raises(ValueError, match="no"), allowance.take(1):
        raise ValueError("no")
    with allowance.take(1):
        pass
