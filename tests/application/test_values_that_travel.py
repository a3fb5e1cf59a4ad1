"""Requests, plans, recordings and errors: plain values that cross processes and go to JSON."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

import cft_audio
from cft_audio import errors
from cft_audio.application.choices import Choices

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio import SessionRequest


def _plan(request: SessionRequest) -> cft_audio.Plan:
    return cft_audio.plan(request)


def _there_and_back(value: object) -> object:
    return cft_audio.from_object(json.loads(json.dumps(cft_audio.as_object(value))))  # type: ignore[arg-type]


def _examples() -> dict[str, cft_audio.CftAudioError]:
    """Return an error of every class there is, each with everything it can carry."""
    problem = errors.Problem("mine.md", 3, "it is wrong", "Mend it", warning=True)
    examples: dict[str, cft_audio.CftAudioError] = {}
    for name, kind in vars(errors).items():
        if inspect.isclass(kind) and issubclass(kind, errors.CftAudioError):
            if issubclass(kind, errors.FileError):
                examples[name] = kind([problem, errors.Problem("mine.md", 9, "so is this")])
            elif issubclass(kind, errors.LengthError):
                examples[name] = kind("it cannot be", remedy="Ask for more", too_short=True)
            elif issubclass(kind, errors.MissingError):
                examples[name] = kind("it is missing", remedy="Give both", fields=["name", "to"])
            else:
                examples[name] = kind("no", remedy="Say yes", field="with.loved_one", where="here")
    return examples


EXAMPLES = _examples()


@pytest.mark.slow
def test_a_process_pool_of_two_and_the_parent_make_equal_plans(
    request_for_robin: SessionRequest,
) -> None:
    here = cft_audio.plan(request_for_robin)

    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        there = list(pool.map(_plan, [request_for_robin, request_for_robin]))

    assert there == [here, here]


def test_an_error_raised_in_a_worker_arrives_as_itself(at_home: Path) -> None:
    del at_home
    too_long = cft_audio.request("short", name="Robin", minutes=999)
    with pytest.raises(errors.LengthError) as here:
        cft_audio.plan(too_long)

    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        there = pool.submit(_plan, too_long).exception()

    assert there == here.value
    assert str(there) == str(here.value)


def test_a_request_and_its_plan_go_to_json_and_back(request_for_robin: SessionRequest) -> None:
    plan = cft_audio.plan(request_for_robin)

    assert _there_and_back(request_for_robin) == request_for_robin
    assert _there_and_back(plan) == plan


def test_a_recording_goes_to_json_and_back_and_through_pickle(
    request_for_robin: SessionRequest,
) -> None:
    recording = cft_audio.build(request_for_robin, "short.mp3", overwrite=True)

    assert _there_and_back(recording) == recording
    assert pickle.loads(pickle.dumps(recording)) == recording  # noqa: S301 -- our own


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_error_pickles_copies_and_goes_to_json_and_back(name: str) -> None:
    error = EXAMPLES[name]

    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 -- our own
        assert other == error
        assert str(other) == str(error)
    again = _there_and_back(error)
    assert type(again) is type(error)
    assert again == error


def test_what_is_printed_of_a_value_holds_nothing_personal(
    request_for_robin: SessionRequest,
) -> None:
    plan = cft_audio.plan(request_for_robin)

    for value in (request_for_robin, plan):
        printed = repr(value)
        assert "Robin" not in printed
        assert "short" in printed
    assert "Robin" not in repr(Choices({"name": "Robin"}, {"name": "Robin"}))


def test_what_is_no_value_of_ours_is_refused(at_home: Path) -> None:
    del at_home
    for wrong in ({"kind": "os.system"}, {"SessionRequest": {}}, [], "x", None):
        with pytest.raises(cft_audio.CftAudioError):
            cft_audio.from_object(wrong)
