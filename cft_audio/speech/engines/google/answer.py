"""What Google answers: a line of JSON with an MP3 in it, as a rule."""

from __future__ import annotations

import base64
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.errors import EngineError
from cft_audio.files.decoding import decode_bytes
from cft_audio.signal.audio import seconds
from cft_audio.speech.engines.google.faults import BROWSE, PassingError, check_status, robot
from cft_audio.speech.takes.take import Take

if TYPE_CHECKING:
    from requests import Response

_SOUND = re.compile(r'"jQ1olc"\s*,\s*(null|"(?:[^"\\]|\\.)*")')
"""The result of the call that gTTS makes (``gTTS.GOOGLE_TTS_RPC``): JSON inside JSON."""

_SIGNS_OF_A_CAPTCHA = ("captcha", "unusual traffic", "/sorry/")

_FASTEST = 40
"""Letters per second that no speech reaches, at which an answer is taken for cut short. Fast
conversation has twenty."""

_SILENT = 33
"""Largest sample, of 32767, of what has no speech in it: -60 dBFS."""

_KBPS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""Layer III by the two version bits of a frame's header: ISO/IEC 11172-3 and 13818-3, 2.4.2.3."""


def sound_in(response: Response, text: str) -> Take:
    """Return the sound of ``response`` as it came: not trimmed, at its own level.

    Args:
        response: What was answered.
        text: What was to be said.

    Raises:
        PassingError: If there is no sound in it that is whole.
        EngineError: If there won't be one at another try either.
    """
    check_status(response)
    mp3 = _mp3_in(response.content.decode("utf-8", errors="replace"), text)
    if is_cut_off(mp3):
        raise PassingError("the sound in Google's answer is cut off")
    pcm = decode_bytes(mp3, "mp3", "s16le", channels=1)
    if not pcm:
        raise PassingError("the sound in Google's answer is damaged")
    sound = Take(np.frombuffer(pcm, "<i2").astype(np.int16))
    letters = sum(letter.isalnum() for letter in text)
    if seconds(len(sound.pcm)) * _FASTEST < letters:
        raise PassingError("the sound in Google's answer is too short for what it should say")
    if int(np.abs(sound.pcm.astype(np.int32)).max()) <= _SILENT:
        raise PassingError("the sound in Google's answer is silent")
    return sound


def is_cut_off(mp3: bytes) -> bool:
    """Return whether the last frame of a Layer III stream ends before its header says it does.

    A decoder says nothing of it. What is no frame is left to the decoder to judge.
    """
    place = 0
    while place + 4 <= len(mp3):
        size = _frame_size(int.from_bytes(mp3[place : place + 4], "big"))
        if size == 0:
            return False
        place += size
    return place > len(mp3)


def _mp3_in(body: str, text: str) -> bytes:
    if body.lstrip().startswith("<"):
        if any(sign in body.lower() for sign in _SIGNS_OF_A_CAPTCHA):
            raise robot()
        raise EngineError("a web page came in the place of Google's answer", remedy=BROWSE)
    found = _SOUND.search(body)
    if found and found[1] == "null":
        remedy = "Write it otherwise, or choose another voice"
        raise EngineError(f"Google has no sound for '{text}'", remedy=remedy)
    mp3 = b""
    with suppress(ValueError, TypeError, LookupError):
        mp3 = base64.b64decode(json.loads(json.loads(found[1]))[0] if found else "", validate=True)
    if not mp3:
        raise PassingError(
            "Google's answer is empty, cut short, or not of the kind known",
            remedy="Try again later; if it stays so, update gTTS: pip install --upgrade gtts",
        )
    return mp3


def _frame_size(header: int) -> int:
    """Return the bytes of a Layer III frame with its header; 0 if it is none."""
    version, layer = header >> 19 & 3, header >> 17 & 3
    kbps, rate, padding = header >> 12 & 15, header >> 10 & 3, header >> 9 & 1
    if header >> 21 != 0x7FF or layer != 1 or version == 1 or kbps in (0, 15) or rate == 3:  # noqa: PLR2004 -- what the standard reserves
        return 0
    is_first = version == 3  # noqa: PLR2004 -- MPEG-1
    bits = 144_000 * _KBPS_1[kbps] if is_first else 72_000 * _KBPS_2[kbps]
    return bits // _RATES[version][rate] + padding
