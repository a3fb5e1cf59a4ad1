"""The breathing tones, a module each: what marks a turn, what tells one phase from another."""
