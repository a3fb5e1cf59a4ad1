"""The revision of all sounds that are made here."""

REVISION = 2
"""Goes up when a tone, a bed, a bell or the room is to be heard otherwise than before.

A recording of the same request is then made anew, though it is asked for in the same words: it
would not sound the same. ``tests/sound/test_revision.py`` notices what was forgotten.
"""
