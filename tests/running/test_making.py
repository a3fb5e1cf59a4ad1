"""A process that makes one thing, and is stopped."""

from __future__ import annotations

import pytest
from stub_work import make_until_stopped, make_what_is_there

from cft_audio.running.making import Done, Making, Stage, StoppedError


def test_what_is_stopped_ends_at_once_and_its_maker_is_told() -> None:
    making = Making(make_until_stopped)
    told = making.run()
    assert next(told) == Stage("begun", 0.0)

    making.stop()

    with pytest.raises(StoppedError):
        next(told)


def test_what_has_made_the_main_thing_does_the_rest_all_the_same() -> None:
    making = Making(make_what_is_there)
    told = making.run()
    assert next(told) == Stage("begun", 0.0)

    making.stop()

    assert next(told) == Done("made")


def test_what_is_stopped_before_it_begins_is_not_begun() -> None:
    making = Making(make_until_stopped)
    making.stop()

    with pytest.raises(StoppedError):
        next(making.run())
