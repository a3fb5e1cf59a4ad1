"""A language without a pack: its text is only cleaned, and nothing is assumed of it."""

from __future__ import annotations

from cft_audio.languages.pack import Language

NEUTRAL = Language(tag="und", name="a language that is not known", script="", marks="¿¡。、؟،؛۔।॥")
"""``und`` is the tag of an undetermined language (BCP 47, RFC 5646, section 4.1)."""
