"""The clip cache: private, whole or absent, shared by processes, never in the way."""

import hashlib
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cft_audio.errors import CacheError
from cft_audio.speech.takes.cache import ClipCache, key_of
from cft_audio.speech.takes.take import Take

TAKE = Take(np.arange(-500, 500, dtype=np.int16), (10, 400))


def same(found: Take | None, take: Take) -> bool:
    return found is not None and np.array_equal(found.pcm, take.pcm) and found.breaks == take.breaks


@given(
    st.lists(st.integers(-32768, 32767), max_size=300),
    st.lists(st.integers(0, 10**6), max_size=5),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_what_is_kept_comes_back(tmp_path: Path, pcm: list[int], breaks: list[int]) -> None:
    take = Take(np.array(pcm, np.int16), tuple(breaks))
    cache = ClipCache(tmp_path)
    cache.put(key_of(str(pcm)), take)

    assert key_of(str(pcm)) in cache
    assert same(cache.get(key_of(str(pcm))), take)


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_other_parts_are_another_key(one: list[str], two: list[str]) -> None:
    assert (key_of(*one) == key_of(*two)) == (one == two)


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_only_its_owner_can_read_it(cache: ClipCache, tmp_path: Path) -> None:
    cache.put(key_of("a"), TAKE)

    folder = tmp_path / "cache" / "clips"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize("harm", ["truncate", "flip", "empty"])
def test_a_damaged_take_is_not_given_back(cache: ClipCache, tmp_path: Path, harm: str) -> None:
    cache.put(key_of("a"), TAKE)
    [path] = (tmp_path / "cache").rglob("*.take")
    content = bytearray(path.read_bytes())
    if harm == "flip":
        content[60] ^= 1
    path.write_bytes(content[:100] if harm == "truncate" else b"" if harm == "empty" else content)

    assert cache.get(key_of("a")) is None
    cache.put(key_of("a"), TAKE)
    assert same(cache.get(key_of("a")), TAKE)


def test_a_take_of_an_earlier_form_is_not_given_back(cache: ClipCache, tmp_path: Path) -> None:
    cache.put(key_of("a"), TAKE)
    [path] = (tmp_path / "cache").rglob("*.take")
    payload = path.read_bytes()[hashlib.sha256().digest_size :]
    path.write_bytes(hashlib.sha256(payload).digest() + payload)

    assert cache.get(key_of("a")) is None


def test_what_was_never_kept_is_not_there(cache: ClipCache) -> None:
    assert key_of("a") not in cache
    assert cache.get(key_of("a")) is None


def test_it_counts_and_clears(cache: ClipCache) -> None:
    for name in "abc":
        cache.put(key_of(name), TAKE)

    assert cache.usage().entries == 3
    assert cache.clear().entries == 3
    assert cache.usage().bytes == 0


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, largest=5000)
    for age, name in enumerate("abc"):
        cache.put(key_of(name), TAKE)
        os.utime(next(tmp_path.glob(f"{key_of(name)[:2]}/{key_of(name)[2:]}*")), (age, age))
    cache.get(key_of("a"))
    cache.prune()

    assert cache.get(key_of("a")) is not None
    assert cache.get(key_of("b")) is None


def test_what_an_ended_process_left_behind_goes_and_what_is_being_written_stays(
    cache: ClipCache, tmp_path: Path
) -> None:
    cache.put(key_of("a"), TAKE)
    shard = next((tmp_path / "cache" / "clips").iterdir())
    for name in ("old", "new"):
        (shard / f".cft-audio-{name}.part").write_bytes(b"half")
    os.utime(shard / ".cft-audio-old.part", (0, 0))
    cache.prune()

    assert {path.name for path in shard.glob("*.part")} == {".cft-audio-new.part"}
    assert same(cache.get(key_of("a")), TAKE)


def test_what_cannot_be_cleared_is_said(cache: ClipCache, tmp_path: Path) -> None:
    """A folder in a take's place cannot be removed as a file, by root neither."""
    (tmp_path / "cache" / "clips" / "aa" / "b.take").mkdir(parents=True)

    with pytest.raises(CacheError, match="cannot be cleared"):
        cache.clear()


@pytest.fixture
def unwritable(tmp_path: Path) -> Path:
    """A place that no folder can be made at, by root neither."""
    (tmp_path / "file").write_text("not a folder")
    return tmp_path / "file"


def test_what_a_cache_does_not_take_is_kept_while_it_is_used(
    unwritable: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = Take(TAKE.pcm[::-1].copy(), ())
    cache = ClipCache(unwritable)
    cache.put(key_of("a"), TAKE)
    cache.put(key_of("b"), other)

    assert same(cache.get(key_of("a")), TAKE)
    assert same(cache.get(key_of("b")), other)
    assert key_of("b") in cache
    assert cache.get(key_of("c")) is None
    assert len(caplog.records) == 1
    assert ClipCache(unwritable).get(key_of("a")) is None


def test_a_folder_that_cannot_be_looked_into_holds_nothing(tmp_path: Path) -> None:
    """A name too long for any file system stands in for the folder of another user."""
    cache = ClipCache(tmp_path / ("x" * 300))

    assert key_of("a") not in cache
    assert cache.get(key_of("a")) is None
    cache.put(key_of("a"), TAKE)
    assert key_of("a") in cache


@pytest.mark.skipif(os.name == "nt", reason="such a file has a name on Windows")
def test_what_a_cache_does_not_take_has_no_name_on_any_disk(
    unwritable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    cache = ClipCache(unwritable)
    cache.put(key_of("a"), TAKE)

    assert same(cache.get(key_of("a")), TAKE)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_take_that_can_be_kept_nowhere_is_an_error(
    unwritable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    with pytest.raises(CacheError, match="can be kept neither in"):
        ClipCache(unwritable).put(key_of("a"), TAKE)


def test_several_processes_share_it(tmp_path: Path) -> None:
    program = (
        "import sys, numpy as np; from pathlib import Path;"
        "from cft_audio.speech.takes.cache import ClipCache, key_of;"
        "from cft_audio.speech.takes.take import Take;"
        "c = ClipCache(Path(sys.argv[1]));"
        "t = Take(np.arange(20000, dtype=np.int16), (1,));"
        "[c.put(key_of(str(n % 7)), t) for n in range(200)];"
        "assert all(len(c.get(key_of(str(n))).pcm) == 20000 for n in range(7))"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(3)]

    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert not list(tmp_path.rglob("*.part"))
