"""How Google is asked: how often, how soon again, and how quickly it can be left."""

from __future__ import annotations

import email.utils
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest
from google_server import Google, Reply, google_here
from gtts import gTTS

from cft_audio.errors import EngineError
from cft_audio.speech.engines.google.service import POLICY, Policy, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from requests import PreparedRequest, Response

BUSY = Reply(429)


@pytest.fixture
def google(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    with google_here() as service:
        for name, value in service.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        yield service


def request(text: str = "Hello.") -> PreparedRequest:
    return gTTS(text, tld="co.uk", lang_check=False)._prepare_requests()[0]


def status_of(response: Response) -> int:
    """Read an answer as the engine would, its sound left aside."""
    from cft_audio.speech.engines.google.faults import check_status

    check_status(response)
    return response.status_code


def retry_after(value: str, status: int = 429) -> Reply:
    return Reply(status, headers={"Retry-After": value})


def seconds_taken(work: Callable[[], object]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


def test_requests_are_paced(google: Google) -> None:
    service = Service(Policy(interval=0.5))

    for number in range(4):
        service.ask(request(str(number)), status_of)

    assert len(google.gaps) == 3
    # Measured where they arrive: a busy machine brings one late, and the next right after it.
    assert min(google.gaps) > 0.2
    assert sum(google.gaps) > 1.2


def test_the_first_request_waits_for_nothing(google: Google) -> None:
    assert seconds_taken(lambda: Service(Policy(interval=5.0)).ask(request(), status_of)) < 2.0


def test_waits_double_and_vary_by_half(google: Google) -> None:
    google.always = BUSY
    policy = Policy(interval=0.0, tries=4, first_wait=0.4)

    with pytest.raises(EngineError, match="at each of 4 tries"):
        Service(policy).ask(request(), status_of)

    assert len(google.sent) == 4
    for gap, most in zip(google.gaps, (0.4, 0.8, 1.6), strict=True):
        assert most / 2 - 0.1 < gap < most + 0.5


def test_a_retry_after_in_seconds_is_waited_for(google: Google) -> None:
    google.replies = [retry_after("1")]

    Service(Policy(interval=0.0, first_wait=0.01)).ask(request(), status_of)

    assert 0.9 < google.gaps[0] < 2.0


def test_a_retry_after_as_a_date_is_waited_for(google: Google) -> None:
    google.replies = [retry_after(email.utils.formatdate(time.time() + 2, usegmt=True), 503)]

    Service(Policy(interval=0.0, first_wait=0.01)).ask(request(), status_of)

    assert 0.9 < google.gaps[0] < 2.6  # dates have whole seconds


@pytest.mark.parametrize("value", ["soon", "-5", "", "Thu, 01 Jan 1970 00:00:00 GMT", "9" * 400])
def test_a_retry_after_that_says_nothing_useful_does_no_harm(google: Google, value: str) -> None:
    google.always = retry_after(value)
    policy = Policy(interval=0.0, tries=2, first_wait=0.01)

    with pytest.raises(EngineError, match="asked too much"):
        Service(policy).ask(request(), status_of)


def test_a_wait_too_long_ends_the_build_and_says_how_long(google: Google) -> None:
    google.always = retry_after("2700")

    with pytest.raises(EngineError, match="left alone for 45 minutes") as caught:
        Service(POLICY).ask(request(), status_of)

    assert "is kept, and not sent again" in caught.value.remedy
    assert len(google.sent) == 1


def test_after_an_error_nothing_more_is_sent(google: Google) -> None:
    service = Service(Policy(interval=0.0))
    google.replies = [Reply(403)]
    with pytest.raises(EngineError) as first:
        service.ask(request("one"), status_of)

    with pytest.raises(EngineError) as second:
        service.ask(request("two"), status_of)

    assert str(second.value) == str(first.value)
    assert len(google.sent) == 1


def given_up_after(service: Service, moment: float) -> float:
    """Give ``service`` up a moment after it is asked, and return how long it then took to end."""
    ended: list[float] = []

    def ask() -> None:
        with pytest.raises(EngineError):
            service.ask(request(), status_of)
        ended.append(time.monotonic())

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(moment)
    given_up = time.monotonic()
    service.give_up()
    asking.join(10)
    return ended[0] - given_up


def test_a_wait_to_ask_again_can_be_ended_at_once(google: Google) -> None:
    google.always = retry_after("60")

    assert given_up_after(Service(POLICY), 0.5) < 0.3
    assert len(google.sent) == 1


def test_a_wait_for_an_answer_can_be_ended_at_once(google: Google) -> None:
    google.always = Reply(before=3.0)

    assert given_up_after(Service(POLICY), 0.5) < 0.3


def test_what_was_given_up_sends_nothing(google: Google) -> None:
    service = Service(POLICY)
    service.give_up()

    with pytest.raises(EngineError, match="stopped"):
        service.ask(request(), status_of)
    assert not google.connects


def test_an_answer_that_drips_is_not_waited_for_without_end(google: Google) -> None:
    google.always = Reply(before=0.9)
    policy = Policy(interval=0.0, tries=1, silence=5.0, whole=0.3)

    with pytest.raises(EngineError, match=r"did not answer in 0\.3 seconds"):
        Service(policy).ask(request(), status_of)


def test_a_person_is_told_of_a_wait_that_is_felt(
    google: Google, caplog: pytest.LogCaptureFixture
) -> None:
    google.replies = [retry_after("3")]
    service = Service(Policy(interval=0.0))

    given_up_after(service, 0.5)

    assert [record.getMessage() for record in caplog.records] == [
        "Google is asked too much from this network (429 Too Many Requests). Asking again in 3 s."
    ]


def test_a_session_of_eighty_sentences_is_not_held_up_by_more_than_its_pace() -> None:
    """The pace is the least that others met no limit with, and still less than a minute."""
    assert POLICY.interval >= 0.5
    assert 80 * POLICY.interval <= 60


def test_without_a_network_it_is_given_up_after_a_short_second_try(
    google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after six tries over a minute: a name that has no address now has none in a second."""
    asked = []

    def no_address(*_: object, **__: object) -> None:
        asked.append(time.monotonic())
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_address)
    with pytest.raises(EngineError, match="this machine seems to have no network") as raised:
        Service(Policy(first_wait=0.2)).ask(request(), status_of)

    assert len(asked) == 2
    assert "Check the connection" in raised.value.remedy
    assert google.gaps == []
