"""How loud everything of a session is, each against the others: what the mix is decided by.

Decisions need these figures and no samples, so nothing here imports numpy.
"""

from __future__ import annotations

TAKE_LUFS = -20.0
"""Loudness of every take as it is heard from both speakers: its peaks then lie below full
scale, and the level of a session lies near it."""

LOUDEST_TONE_LUFS = -32.3
"""Loudest 400 ms of a tone, 12 LU below the voice: a breath that can be followed on a phone, which
takes most of it away (``benchmarks/sound.py``)."""

BED_LUFS = -36.6
"""Loudness of a bed, 16.6 LU below the voice: silence is a place to be in, and not a hole."""

VOICE_LUFS = -20.3
"""Loudness of a session's voice, its cues that fade away among it, before its master makes it what
was asked: measured on sessions of 3 to 60 minutes. Where there is no voice to go by, in an excerpt
or a session of mere breathing, the level is set as if there were one."""
