"""The master stage: loudness, true peak, MP3 and its tags."""
