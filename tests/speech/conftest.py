"""One loaded voice for all tests of the speech stage."""

from pathlib import Path

import pytest
from speech_cases import speaker_with

from cft_audio.files.folders import default_folders
from cft_audio.speech.engines.engine import Engine
from cft_audio.speech.takes.cache import ClipCache
from cft_audio.speech.takes.speaker import Speaker
from cft_audio.speech.voices.profiles import Profile, load_profile


@pytest.fixture(scope="session")
def joe() -> Profile:
    """The default voice's profile."""
    return load_profile("joe", default_folders().voices)


@pytest.fixture(scope="session")
def engine(joe: Profile) -> Engine:
    """The default voice, loaded once."""
    return joe.make_engine()


@pytest.fixture(scope="session")
def warm_cache(warm_clips: Path) -> ClipCache:
    """A cache that the tests share."""
    return ClipCache(warm_clips)


@pytest.fixture
def speaker(joe: Profile, engine: Engine, warm_cache: ClipCache) -> Speaker:
    """A speaker with the default voice and no lexicon."""
    return speaker_with(joe, engine, warm_cache)


@pytest.fixture
def cache(tmp_path: Path) -> ClipCache:
    return ClipCache(tmp_path / "cache" / "clips")
