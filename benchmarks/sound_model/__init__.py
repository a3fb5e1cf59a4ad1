"""How a session's sounds are heard, measured on MP3s as the program makes them, decoded.

``sessions`` has what is measured: whole recordings, and voice, tone, bed and chime alone, each
mixed by the program's own mixer at its level in the session, encoded as a recording is, and
decoded.
``measuring`` measures them:

- ``audibility``, ``phases``: how much of each phase of a breath is heard over a bed, in a room, on
  headphones or a phone; every assumption about listeners is told there. The breath is a steady one
  of 12 s at 4:2:6:2, at the levels that a session has, where nobody speaks and nothing is ducked;
  the figures are the mean of four breaths, so that what rings on from the breath before counts.
- ``mono``: what the sum of both channels loses against stereo.
- ``likeness``: how much neighbouring steady breaths are alike.
- ``levels``: loudness, its range and the true peak, by ffmpeg; loudness of stems, by our meter.
- ``speech``: how lines stand over tone and bed while they are said, and ESTOI. ESTOI is that of the
  narration, against the voice as it is spoken, in no room; breath cues fade on purpose, and with
  them it is given as well.
- ``ducking``: how often the bed falls and comes back at the pitches where it does so most,
  and how low the tone is at turns.
- ``turns``: where turns of the breath are found again.
"""
