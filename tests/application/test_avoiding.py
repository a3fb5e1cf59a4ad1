"""What is to be avoided belongs to a request, and to nothing that is made of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import cft_audio
from cft_audio.application.avoiding import Avoidance
from cft_audio.application.choices import Choices
from cft_audio.application.made_from import digest_request
from cft_audio.application.rendering import master_settings
from cft_audio.application.tags import options_of
from cft_audio.errors import AvoidedError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.sound.beds.about import ABOUT_BEDS
from cft_audio.sound.catalogue import SOUNDS
from cft_audio.sound.tones.about import ABOUT_TONES

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio import SessionRequest
    from cft_audio.sound.sound_info import SoundInfo


def test_a_program_gives_it_as_a_field(at_home: Path) -> None:
    del at_home
    for given in ("deep water, sea", ["deep water", "sea"]):
        request = cft_audio.request("short", name="Robin", avoid=given)
        assert request.avoid == ("deep water", "sea")


def test_it_is_in_no_repr_no_digest_and_no_options(request_for_robin: SessionRequest) -> None:
    avoiding = replace(request_for_robin, avoid=("zebra",))
    library = Library(default_folders().scripts)
    practice = library.open("short").practice()
    coding = master_settings(avoiding).coding

    assert "zebra" not in repr(avoiding)
    assert digest_request(avoiding, library) == digest_request(request_for_robin, library)
    assert "zebra" not in json.dumps(options_of(avoiding, practice, (), coding))
    assert cft_audio.from_object(cft_audio.as_object(avoiding)) == avoiding


def test_plan_build_and_preview_refuse_alike(request_for_robin: SessionRequest) -> None:
    avoiding = replace(request_for_robin, avoid=("shoulder",))
    refusals = []
    for make in (
        cft_audio.plan,
        cft_audio.build,
        lambda request: cft_audio.preview(request, chapter="2", seconds=1),
    ):
        with pytest.raises(AvoidedError) as caught:
            make(avoiding)
        refusals.append(str(caught.value))

    assert len(set(refusals)) == 1
    assert "'shoulders' (for 'shoulder') is said in 'Arriving'" in refusals[0]


def test_what_is_typed_is_added_to_settings() -> None:
    choices = Choices({"avoid": ("sea", "fire")}, {"avoid": ("dog", "sea")})

    assert choices["avoid"] == ("dog", "sea", "fire")
    assert Choices({}, {})["avoid"] == ()


@pytest.mark.parametrize("sound", SOUNDS, ids=lambda sound: f"{sound.kind} {sound.name}")
def test_a_sound_is_found_by_its_name_its_title_and_each_of_its_words(sound: SoundInfo) -> None:
    for word in (
        sound.name,
        sound.title,
        *sound.words,
        *(f"the sound of {w}" for w in sound.words if w != "noise"),
    ):
        assert Avoidance((word,), "en-GB").in_sound(sound.kind, sound.name), word
        assert Avoidance((word,), "de").in_sound(sound.kind, sound.name), word


@pytest.mark.parametrize(
    ("words", "tones", "beds"),
    [
        (("sea", "waves"), {"ocean", "wind"}, {"rain"}),
        (("water",), {"ocean"}, {"brown", "rain", "stream"}),
        (("fire", "smoke"), set(), {"fire"}),
        (("dark",), set(), {"night"}),
        (("birds", "insects"), set(), {"forest", "night"}),
        (("storms",), {"wind"}, {"rain"}),
        (("bells",), {"bowls"}, set()),
        (("voices",), {"swell", "hum"}, set()),
        (("mother", "knife"), set(), set()),
    ],
)
def test_sounds_collide_with_what_they_are_heard_as(
    words: tuple[str, ...], tones: set[str], beds: set[str]
) -> None:
    avoidance = Avoidance(words, "en-GB")

    assert {t.name for t in ABOUT_TONES if avoidance.in_sound("tone", t.name)} == tones
    assert {b.name for b in ABOUT_BEDS if avoidance.in_sound("bed", b.name)} == beds
