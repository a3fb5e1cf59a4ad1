"""Voice models on the ONNX runtime: loaded for one thread, with one more of their tensors read."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from cft_audio.errors import VoiceError

if TYPE_CHECKING:
    from pathlib import Path

    from onnxruntime import InferenceSession


def keep_to_this_machine() -> None:
    """Keep the ONNX runtime from reporting; to be called before anything imports it.

    The runtime (1.32, measured) keeps a device number under the user's cache and reports the
    program's path and the machine to its maker. Nothing leaves this machine.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def load_model(path: Path, output: bytes) -> InferenceSession:
    """Return the model ``path``, which gives its tensor ``output`` as well if it has one.

    One thread each: several sentences are said at once, and none depends on how many cores there
    are. The last two models stay loaded: whoever speaks for many people needs them again.

    Raises:
        VoiceError: If it cannot be loaded.
    """
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise VoiceError(f"the voice model {path} cannot be loaded: {error}") from error
    return _load(path, changed, output)


@lru_cache(maxsize=2)
def _load(path: Path, changed: int, output: bytes) -> InferenceSession:  # noqa: ARG001 -- a key
    keep_to_this_machine()
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Memory planned ahead for one length of sentence fits no other (measured: 100 MB and
    # 30,000 page faults more in a cold build, for nothing).
    options.enable_mem_pattern = False
    try:
        model = _with_output(path.read_bytes(), output)
        return onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
    except Exception as error:
        raise VoiceError(f"the voice model {path} cannot be loaded: {error}") from error


def _with_output(model: bytes, name: bytes) -> bytes:
    """Return the ONNX ``model`` with its tensor ``name`` as a further output, if it has it.

    Protocol Buffers merge a message field that occurs twice (encoding specification, "Last One
    Wins"), so ``ModelProto{graph{output{name}}}`` written after the model adds one output to its
    graph; no second ONNX library is needed.
    """
    if name not in model:
        return model
    return model + _field(7, _field(12, _field(1, name)))


def _field(number: int, content: bytes) -> bytes:
    """Return a length-delimited field; ``content`` is shorter than 128 bytes."""
    return bytes([number << 3 | 2, len(content)]) + content
