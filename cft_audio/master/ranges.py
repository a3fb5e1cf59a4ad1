"""How loud a recording can be, and at which bit rates, without the weight of making one."""

from __future__ import annotations

QUIETEST_LUFS = -30.0
"""Below this a telephone's loudspeaker at full volume no longer carries a quiet voice; broadcast
sits at -23 (EBU R 128)."""

LOUDEST_LUFS = -14.0
"""Above this the limiter would work on every syllable of calm speech, whose peaks stand 15 to
20 dB over its loudness; the streaming services play at -14 and turn louder recordings down."""

DEFAULT_LUFS = -18.0

LEVELS = {96: 0.95, 128: 0.95, 160: 0.95, 192: 0.97, 256: 1.0, 320: 1.0}
"""What LAME multiplies the audio by at each bit rate in kb/s that is offered (libmp3lame/presets.c,
column ``scale``; measured on steady tones: within 0.03 dB). It does so against clipping, which our
limiter has seen to, and ffmpeg has no option for it."""

DEFAULT_KBPS = 128
