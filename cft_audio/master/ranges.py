"""How loud a recording can be, without the weight of making one."""

from __future__ import annotations

QUIETEST_LUFS = -30.0
"""Below this a telephone's loudspeaker at full volume no longer carries a quiet voice; broadcast
sits at -23 (EBU R 128)."""

LOUDEST_LUFS = -14.0
"""Above this the limiter would work on every syllable of calm speech, whose peaks stand 15 to
20 dB over its loudness; the streaming services play at -14 and turn louder recordings down."""

DEFAULT_LUFS = -18.0
