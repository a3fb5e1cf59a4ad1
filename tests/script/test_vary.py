"""Variants differ: each place draws for itself, the same on every machine."""

from __future__ import annotations

from itertools import combinations

from cft_audio.script.places import unmarked
from cft_audio.script.practice import SEED
from cft_audio.script.templates import Templates

PLACES = 12
WORDINGS = "{% vary %}a{% or %}b{% or %}c{% endvary %}\n"


def wordings(seed: int) -> str:
    environment = Templates(()).environment
    code = environment.compile(WORDINGS * PLACES, "a.md", "a.md")
    template = environment.template_class.from_code(environment, code, {})
    return "".join(unmarked(template.render({SEED: seed})).split())


def test_seed_nought_says_the_first_everywhere() -> None:
    assert wordings(0) == "a" * PLACES


def test_no_two_of_many_variants_are_alike() -> None:
    told = [wordings(seed) for seed in range(40)]

    for one, other in combinations(told, 2):
        alike = sum(a == b for a, b in zip(one, other, strict=True))
        assert alike <= 0.85 * PLACES


def test_as_many_variants_as_there_are_wordings_say_each_once() -> None:
    for first in (1, 4, 7, 100):
        three = zip(*(wordings(seed) for seed in range(first, first + 3)), strict=True)
        assert all(set(place) == set("abc") for place in three)


def test_a_variant_is_the_same_on_every_machine() -> None:
    assert (wordings(1), wordings(4)) == ("aaaccaccbbac", "aaaabbacccbc")
