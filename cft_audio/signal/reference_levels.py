"""How loud everything of a session is, each against the others: what the mix is decided by.

Decisions need these figures and no samples, so nothing here imports numpy.
"""

from __future__ import annotations

TAKE_LUFS = -20.0
"""Loudness of every take as it is heard from both speakers: its peaks then lie below full
scale, and the level of a session lies near it."""

LOUDEST_TONE_LUFS = -35.0
"""Loudest 400 ms of a tone, 15 LU below the voice: heard without being listened to."""

BED_LUFS = -43.0
"""Loudness of a bed: 23 LU below the voice, there in the silences, masking nothing."""

DUCKING_DB = -7.0
"""Level of bed and tone under the voice. Both lie far below it already; this much more frees
the band of consonants without the ear noticing that something left."""

MIX_LUFS = -20.6
"""Loudness of a whole session before its master, which makes it what was asked: -20.4 to -20.8 for
sessions of 3 to 60 minutes in every tone and bed. An excerpt by itself would tell less: one of mere
breathing would be turned up."""
