"""The sounds of a session that are not speech: breathing tones, beds and bells."""
