"""Care goes by what a practice touches, and never by its length."""

from __future__ import annotations

import re

import pytest
from practice_cases import ADAPTED, PRACTICES, offered, planned, words

TOUCHES_NOTHING_SORE = {
    "compassionate-attention",  # below eight minutes; above, it is told like the others
    "soothing-rhythm-breathing",
    "soothing-rhythm-breathing-acute",
}
SORE = [name for name in PRACTICES if name not in TOUCHES_NOTHING_SORE]
BREATH = [
    "soothing-rhythm-breathing",
    "compassionate-imagery",
    "inner-compassionate-other",
    "multiple-selves",
]
KINDNESS = [
    "compassion-from-another",
    "compassion-to-oneself",
    "compassionate-imagery",
    "compassionate-imagery-ideal-self",
    "compassionate-imagery-safe-place",
    "compassionate-letter-reading",
    "inner-compassionate-other",
    "inner-compassionate-other-parts",
    "fears-of-compassion",
    "loving-kindness",
    "multiple-selves",
    "working-with-shame",
]

AFTERCARE = re.compile(
    r"\b(?:tell|talk to|let) (?:(?:to )?(?:some|any)(?:body|one)|one person|your therapist)"
    r"|with (?:some|any)(?:body|one)"
    r"|(?:someone|somebody|one person) (?:know|about it)"
    r"|to tell to someone"
)
FEARS = re.compile(
    r"\b(?:kindness|kindly|kind|it).{0,90}\b(?:strange|odd|sad|sadness|sting|stings|frighten\w*|sore"
    r"|tears|trust|far away)\b",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?:call it|That's|Let your feet be|Choose one of them to be) your steady place"
    r"|Choose one steady place to come back to. Your feet, your hands, or a sound"
    r"|Where you're pressing can be your steady place"
)
"""How a steady place is named when it has been chosen."""

DIZZY = re.compile(r"dizzy|head feels light|grows tight|air runs short|own pace|uneasy")


IN_EVERY_WAY = pytest.mark.parametrize(
    "adapted",
    [ADAPTED[:1], pytest.param(ADAPTED[1:], marks=pytest.mark.slow)],
    ids=["plain", "adapted"],
)
"""A practice told plainly, and told for each difficulty."""


@pytest.mark.slow
@pytest.mark.parametrize("name", SORE)
def test_there_is_aftercare_at_every_length(name: str) -> None:
    missing = [
        (minutes, adaptations)
        for minutes in offered(name)
        for adaptations in ADAPTED
        if not AFTERCARE.search(words(planned(name, minutes, adaptations=adaptations)))
    ]
    assert missing == []


@IN_EVERY_WAY
@pytest.mark.parametrize("name", BREATH)
def test_dizziness_is_met_wherever_the_breath_is_slowed(
    name: str, adapted: list[tuple[str, ...]]
) -> None:
    missing = [
        (minutes, adaptations)
        for minutes in offered(name)
        for adaptations in adapted
        if "trauma-sensitive" not in adaptations
        and not DIZZY.search(words(planned(name, minutes, adaptations=adaptations)))
    ]
    assert missing == []


@IN_EVERY_WAY
@pytest.mark.parametrize("name", KINDNESS)
def test_the_fears_of_kindness_are_met_where_kindness_is_received(
    name: str, adapted: list[tuple[str, ...]]
) -> None:
    missing = [
        (minutes, adaptations)
        for minutes in offered(name)
        for adaptations in adapted
        if not FEARS.search(words(planned(name, minutes, adaptations=adaptations)))
    ]
    assert missing == []


@pytest.mark.parametrize("name", PRACTICES)
def test_a_trauma_sensitive_telling_has_one_steady_place_and_returns_to_it(name: str) -> None:
    for minutes in offered(name):
        said = words(planned(name, minutes, adaptations=("trauma-sensitive",)))
        named = NAMED.findall(said)
        assert len(named) == 1, (minutes, named)
        later = said.partition(named[0])[2]
        assert re.search(r"steady place|the one thing that you chose", later), minutes
