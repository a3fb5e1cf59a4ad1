"""Variants differ: each place draws for itself, the same on every machine."""

from __future__ import annotations

from itertools import combinations, pairwise

from cft_audio.script.draw import Draw
from cft_audio.script.places import unmarked
from cft_audio.script.practice import DRAW
from cft_audio.script.templates import Templates

PLACES = 12
WORDINGS = "".join(
    f"{{% vary %}}{place}a{{% or %}}{place}b{{% or %}}{place}c{{% endvary %}}\n"
    for place in range(PLACES)
)


def rendered(text: str, seed: int, practice: str = "a") -> str:
    environment = Templates(()).environment
    code = environment.compile(text, "a.md", "a.md")
    template = environment.template_class.from_code(environment, code, {})
    return unmarked(template.render({DRAW: Draw(practice, seed)}))


def wordings(seed: int, practice: str = "a") -> str:
    return "".join(part[-1] for part in rendered(WORDINGS, seed, practice).split())


def alike(one: str, other: str) -> float:
    return sum(a == b for a, b in zip(one, other, strict=True)) / PLACES


def test_no_two_of_many_variants_are_alike() -> None:
    told = [wordings(seed) for seed in range(40)]

    assert all(alike(one, other) <= 0.85 for one, other in combinations(told, 2))


def test_neighbouring_variants_share_little() -> None:
    told = [wordings(seed) for seed in range(40)]

    assert sum(alike(one, other) for one, other in pairwise(told)) / 39 <= 0.2


def test_as_many_variants_as_there_are_wordings_say_each_once() -> None:
    for first in (0, 3, 6, 99):
        three = zip(*(wordings(seed) for seed in range(first, first + 3)), strict=True)
        assert all(set(place) == set("abc") for place in three)


def test_two_practices_with_one_frame_say_it_in_other_words() -> None:
    shared = [alike(wordings(seed), wordings(seed, "another")) for seed in range(40)]

    assert sum(shared) / len(shared) <= 0.45


def test_a_line_added_above_changes_no_wording_below() -> None:
    assert "".join(rendered("Hello.\n\n" + WORDINGS, 7).split()).endswith(
        "".join(rendered(WORDINGS, 7).split())
    )


def test_a_variant_is_the_same_on_every_machine() -> None:
    assert (wordings(1), wordings(4)) == ("ccbaaaabacbb", "abcbccbaacaa")
