"""Loudness (interim name for the meter until it moves here)."""

from cft_audio.master.loudness import LoudnessMeter as LoudnessMeter
from cft_audio.master.loudness import clip_loudness as clip_loudness
