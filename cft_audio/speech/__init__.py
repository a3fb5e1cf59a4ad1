"""The speech stage: from a line to a clip, through an engine and the clip cache."""
