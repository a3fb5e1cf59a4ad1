"""Kokoro's model and voices: what they are, found on this machine or fetched, and installed."""
