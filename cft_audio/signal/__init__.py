"""Samples and how they are measured: rates, frames, loudness, true peak, limiter."""
