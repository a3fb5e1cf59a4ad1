"""A manifest: what is written is read again, and whatever else stands in it does no harm."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.application.batches.manifests import Manifest, ManifestRow, read_manifest

ROW = ManifestRow(
    "K01/hello.mp3",
    2,
    "K01",
    "hello",
    plan="a",
    sound="b",
    files={"K01/hello.mp3": "c"},
    length_s=10.2,
    loudness_lufs=-18.3,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def read(text: str) -> list[ManifestRow]:
    return read_manifest(text.encode(errors="surrogatepass")).rows


def test_rows_come_back_as_they_were_in_the_order_of_their_numbers() -> None:
    other = ManifestRow("K00/hello.mp3", 1, "K00", "hello", outcome="failed")
    text = Manifest([ROW, other]).as_text()

    assert read(text) == [other, ROW]
    assert Manifest(read(text)).as_text() == text


def test_nothing_is_an_empty_manifest() -> None:
    assert read_manifest(None).rows == read_manifest(b"").rows == []


@pytest.mark.parametrize(
    "change",
    [
        {"row": "two"},
        {"name": 5},
        {"name": "../../elsewhere.mp3"},
        {"name": ""},
        {"files": ["K01/hello.mp3"]},
        {"files": {"../secret": "c"}},
        {"files": {"/etc/passwd": "c"}},
        {"files": {"K01/hello.mp3": 5}},
        {"files": None},
        {"length_s": "long"},
        {"voice_lufs": "loud"},
        {"code": None},
    ],
)
def test_a_row_that_leads_elsewhere_or_is_none_is_left_out(change: dict[str, object]) -> None:
    table = json.loads(Manifest([ROW]).as_text()) | change

    assert read(json.dumps(table)) == []


@given(st.dictionaries(st.sampled_from(sorted(vars(ROW))), JSON), st.text(max_size=30))
def test_whatever_stands_in_it_can_be_read_and_written(
    changes: dict[str, object], rest: str
) -> None:
    table = json.loads(Manifest([ROW]).as_text()) | changes
    manifest = Manifest(read(f"{rest}\n{json.dumps(table)}\n"))

    assert isinstance(manifest.as_text(), str)
