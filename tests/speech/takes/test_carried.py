"""Takes that travel: every sample as it was, fewer bytes, and nothing of them shown."""

import pickle

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from speech_cases import CALM, line

from cft_audio.errors import LostTakeError
from cft_audio.speech.takes.cache import ClipCache
from cft_audio.speech.takes.caches import Caches
from cft_audio.speech.takes.carried import CarriedTakes, carry
from cft_audio.speech.takes.recipes import ClipRecipe, Entries, KeptTake
from cft_audio.speech.takes.rests import Rests
from cft_audio.speech.takes.speaker import Speaker
from cft_audio.speech.takes.take import Take


def of_one_take(key: str, *, personal: bool = False) -> ClipRecipe:
    return ClipRecipe((KeptTake("Hello Zoë.", key, personal),), Rests(((),), ()))


@given(
    arrays.arrays(np.int16, st.integers(0, 300)),
    st.lists(st.integers(0, 2**32 - 1), max_size=5),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_a_take_arrives_as_it_was(cache: ClipCache, pcm: np.ndarray, breaks: list[int]) -> None:
    cache.put("take", Take(pcm, tuple(breaks)))
    carried = carry([of_one_take("take")], Caches(cache, cache))

    arrived = pickle.loads(pickle.dumps(carried)).get("take")  # noqa: S301 -- our own
    assert np.array_equal(arrived.pcm, pcm)
    assert arrived.pcm.dtype == np.int16
    assert arrived.breaks == tuple(breaks)


@pytest.mark.slow
def test_clips_are_those_of_a_voice_in_less_than_half_of_their_bytes(
    speaker: Speaker, warm_cache: ClipCache
) -> None:
    lines = [line(text) for text in CALM]
    recipes = [spoken.recipe for spoken in speaker.speak(lines).values()]

    carried = carry([*recipes, *recipes], Caches(warm_cache, warm_cache))
    entries = Entries()
    made, again = ([recipe.make(carried, entries) for recipe in recipes] for _ in range(2))
    for clip, same, spoken in zip(made, again, lines, strict=True):
        assert np.array_equal(clip.pcm, speaker.clip(spoken).pcm)
        assert np.array_equal(same.pcm, clip.pcm)
    said = sum(clip.pcm.nbytes for clip in made)
    assert sum(map(len, carried.packed.values())) < 0.5 * said


def test_what_is_kept_apart_travels_along(cache: ClipCache, warm_cache: ClipCache) -> None:
    take = Take(np.arange(5000, dtype=np.int16))
    cache.put("own", take)
    recipe = of_one_take("own", personal=True)

    carried = carry([recipe], Caches(shared=warm_cache, personal=cache))
    assert len(recipe.make(carried, Entries())) == len(take.pcm)


def test_a_line_that_is_gone_is_told_before_anything_travels(cache: ClipCache) -> None:
    with pytest.raises(LostTakeError):
        carry([of_one_take("gone")], Caches(cache, cache))


def test_a_line_that_was_not_taken_along_is_not_there() -> None:
    with pytest.raises(LostTakeError):
        of_one_take("a").make(CarriedTakes({}), Entries())


def test_nothing_of_them_is_shown() -> None:
    assert repr(CarriedTakes({"a": b"Sam"})) == "CarriedTakes()"
