"""A process of its own answers within its budget, or ends."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from cft_audio.errors import RequestError
from cft_audio.files.limited_process import LimitedProcess, OverBudgetError
from cft_audio.files.limited_worker import Budget

if TYPE_CHECKING:
    from collections.abc import Iterator

AMPLE = Budget(starts=100, first=100)


@pytest.fixture
def numbers() -> Iterator[LimitedProcess]:
    with LimitedProcess(AMPLE, list, (3, 1, 2)) as process:
        yield process


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def process_of(_: object) -> int:
    """Any function would do that this process cannot answer for another."""
    return os.getpid()


def test_it_answers_from_what_it_holds(numbers: LimitedProcess) -> None:
    assert numbers.run(sorted) == [1, 2, 3]
    numbers.run(list.append, 4)
    assert numbers.run(len) == 4


def test_it_holds_another_object_from_the_next_call_on(numbers: LimitedProcess) -> None:
    first = numbers.run(process_of)
    numbers.make_another((7, 5))
    assert numbers.run(sorted) == [5, 7]
    assert numbers.run(process_of) == first


def _work(_: object, seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


@pytest.mark.slow
def test_each_object_has_a_budget_of_its_own() -> None:
    """What three of them take together would be too much for one."""
    with LimitedProcess(Budget(starts=10, first=10), list, ()) as process:
        start_s = process.run(_started_s)
        for _ in range(3):
            process.make_another(())
            process.run(_work, 5 * start_s)
        with pytest.raises(OverBudgetError):
            process.run(_work, 20 * start_s)


def _started_s(_: object) -> float:
    return time.process_time()


def test_what_a_function_raises_is_raised_and_the_next_call_is_answered(
    numbers: LimitedProcess,
) -> None:
    with pytest.raises(ValueError, match="9 is not in list"):
        numbers.run(list.index, 9)
    assert numbers.run(len) == 3


class _OddError(Exception):
    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def _fail_oddly(_: object) -> None:
    raise _OddError("no", "way")


def test_an_error_that_cannot_be_put_together_again_is_told_all_the_same(
    numbers: LimitedProcess,
) -> None:
    with pytest.raises(RuntimeError, match="_OddError: no way"):
        numbers.run(_fail_oddly)


def test_what_cannot_be_made_is_told() -> None:
    with (
        LimitedProcess(AMPLE, RequestError, "no", "such", "form") as process,
        pytest.raises(TypeError),
    ):
        process.run(str)


def test_what_prints_spoils_no_answer(numbers: LimitedProcess) -> None:
    assert numbers.run(print) is None
    assert numbers.run(len) == 3


def test_time_is_counted_over_all_calls() -> None:
    with LimitedProcess(Budget(starts=2, first=2), str, "a") as process:
        assert process.run(str.upper) == "A"
        with pytest.raises(OverBudgetError):
            process.run(str.__mul__, 2) and process.run(_count)
        with pytest.raises(OverBudgetError):
            process.run(str.upper)


def _count(_: object) -> int:
    return sum(range(10**12))


def test_more_memory_than_it_may_have_is_refused(numbers: LimitedProcess) -> None:
    with pytest.raises(OverBudgetError):
        numbers.run(list.__mul__, 10**9)


def test_it_ends_by_the_clock_where_it_only_waits() -> None:
    begun = time.monotonic()

    with (
        LimitedProcess(Budget(starts=100, first=100, patience_s=0.3), str, "a") as process,
        pytest.raises(OverBudgetError),
    ):
        process.run(_wait)
    assert time.monotonic() - begun < 10


def _wait(_: object) -> None:
    time.sleep(60)


@pytest.mark.parametrize("fault", [None, KeyboardInterrupt])
def test_none_is_left_when_the_work_ends_or_is_stopped(fault: type[BaseException] | None) -> None:
    running = 0
    try:
        with LimitedProcess(AMPLE, int) as process:
            running = process.run(process_of)
            assert running != os.getpid()
            if fault:
                raise fault
    except KeyboardInterrupt:
        pass
    assert not is_running(running)


def test_it_is_not_started_for_nothing() -> None:
    with LimitedProcess(AMPLE, "no function") as process:  # type: ignore[arg-type]
        assert process is not None
