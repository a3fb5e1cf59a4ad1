"""A sound that is heard otherwise has another revision, so that recordings are made anew."""

import pytest
from sound_levels import levels, read

from cft_audio.sound.revision import REVISION


def test_the_sounds_are_those_of_their_revision() -> None:
    """After a change: raise ``REVISION``, and python tests/sound/write_sound_levels.py."""
    kept = read()
    assert kept.pop("revision") == REVISION
    found = levels()
    assert list(found) == list(kept)
    for name, heard in found.items():
        assert heard == pytest.approx(kept[name], abs=0.3), name
