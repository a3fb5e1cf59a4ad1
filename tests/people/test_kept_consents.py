"""What a person agreed to is kept in a file that they can read, and withdraw in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from cft_audio.errors import ConfigError, RequestError
from cft_audio.people.consent import consents, has_agreed, remember, statement_of, withdraw

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = datetime(2026, 1, 31, 12, 30, 15, 999, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cft-audio" / "consent.toml"


def test_a_yes_is_kept_until_it_is_withdrawn(file: Path) -> None:
    remember("google", GIVEN, file)
    remember('another "engine"', GIVEN.astimezone(UTC), file)

    assert [(kept.engine, kept.given) for kept in consents(file)] == [
        ('another "engine"', GIVEN.replace(microsecond=0)),
        ("google", GIVEN.replace(microsecond=0)),
    ]
    assert has_agreed("google", file)
    assert consents(file)[1].statement == statement_of("google")
    assert "Removing an entry withdraws it." in file.read_text(encoding="utf-8")

    assert withdraw("google", file) == ["google"]
    assert not has_agreed("google", file)
    with pytest.raises(RequestError, match="you have not agreed to anything for 'google'"):
        withdraw("google", file)
    assert withdraw('another "engine"', file) == ['another "engine"']
    assert not file.exists()


def test_everything_is_withdrawn_at_once(file: Path) -> None:
    for engine in ("google", "other"):
        remember(engine, GIVEN, file)

    assert withdraw(None, file) == ["google", "other"]
    assert withdraw(None, file) == []
    assert consents(file) == ()


def test_an_entry_that_a_person_removes_is_withdrawn(file: Path) -> None:
    remember("google", GIVEN, file)
    file.write_text(file.read_text(encoding="utf-8").partition("[google]")[0], encoding="utf-8")

    assert consents(file) == ()


@pytest.mark.parametrize(
    "text", ["google = yes", "google = 1", "[google]\nto = 3\n", "[google]\ngiven = 1\nto = 'x'"]
)
def test_a_damaged_file_is_no_yes_and_every_problem_has_its_line(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(f"# mine\n{text}\n")
    with pytest.raises(ConfigError) as caught:
        has_agreed("google", file)

    assert all(problem.line >= 2 for problem in caught.value.problems)
    assert "you will be asked again" in str(caught.value)
