"""Guided Compassion Focused Therapy recordings, made for one particular person."""
