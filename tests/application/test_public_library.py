"""The library: what the command line does, as functions for programs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import cft_audio
from cft_audio.errors import LengthError, RequestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio import SessionRequest

MANY_PLANS = Path(__file__).with_name("many_plans.py")


def test_it_lists_what_there_is(at_home: Path) -> None:
    del at_home
    practices = {practice.id for practice in cft_audio.practices()}

    assert {"short", "soothing-rhythm-breathing"} <= practices
    assert "wise-elder" in cft_audio.figures()
    assert "joe" in {voice.name for voice in cft_audio.voices()}
    assert "first-week" in {programme.id for programme in cft_audio.programmes()}
    assert cft_audio.choose("anxiety", 5, "new").practice.id in practices
    assert [problem.warning for problem in cft_audio.check("short")] == [True]


def test_a_recording_is_as_long_and_as_loud_as_asked(request_for_robin: SessionRequest) -> None:
    recording = cft_audio.build(request_for_robin, "output")

    assert recording.file == Path("output/short-robin-1m30s.mp3")
    assert recording.file.is_file()
    assert recording.duration_s == pytest.approx(90, abs=0.001)
    assert recording.voice_lufs == pytest.approx(-18, abs=0.2)


def test_a_plan_is_told_about_while_it_is_made(request_for_robin: SessionRequest) -> None:
    told: list[tuple[str, float]] = []
    warned: list[str] = []
    request = replace(
        request_for_robin,
        session=replace(request_for_robin.session, answers={"name": "Xiomara"}),
    )

    cft_audio.plan(
        request,
        progress=lambda stage, fraction: told.append((stage, fraction)),
        warn=lambda warnings: warned.extend(warning.word for warning in warnings),
    )

    assert "Xiomara" in warned
    assert all(stage == "speaking" and 0 <= fraction <= 1 for stage, fraction in told)


def test_a_length_that_cannot_be_is_refused_before_anything_is_spoken(
    at_home: Path, tmp_path: Path
) -> None:
    del at_home
    cache = tmp_path / "empty-cache"
    folders = replace(cft_audio.default_folders(), cache=cache)
    for minutes in (999, "0:10"):
        request = cft_audio.request("short", name="Robin", minutes=minutes)
        with pytest.raises(LengthError) as caught:
            cft_audio.plan(request, folders=folders)
        assert caught.value.field == "minutes"
        assert "from 1:1" in caught.value.remedy
    assert not cache.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"minutes": -5}, "minutes"),
        ({"minutes": "soon"}, "minutes"),
        ({"minutes": [5]}, "minutes"),
        ({"pace": "brisk"}, "pace"),
        ({"pace": 3}, "pace"),
        ({"breaths_per_minute": 40}, "breaths_per_minute"),
        ({"ratio": "4:x"}, "ratio"),
        ({"loudness": "loud"}, "loudness"),
        ({"bitrate": 17}, "bitrate"),
        ({"seed": 1.5}, "seed"),
        ({"for_": ["grief"]}, "for"),
        ({"with_": 5}, "with"),
        ({"pronounce": {"": "x"}}, "pronounce"),
        ({"voices": "joe"}, "voices"),
        ({"name": ["Sam"]}, "name"),
    ],
)
def test_a_wrong_value_is_refused_with_its_field(
    at_home: Path, wrong: dict[str, Any], field: str
) -> None:
    del at_home
    with pytest.raises(RequestError) as caught:
        cft_audio.request("short", **{"name": "Robin", **wrong})

    assert caught.value.field == field
    assert caught.value.as_object()["field"] == field
    assert caught.value.message
    assert "--" not in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: cft_audio.request("no-such-practice", name="Robin"),
        lambda: cft_audio.request("short"),
        lambda: cft_audio.plan("short"),  # type: ignore[arg-type]
        lambda: cft_audio.build(None),  # type: ignore[arg-type]
        lambda: cft_audio.build(cft_audio.request("short", name="R"), "song.ogg"),
        lambda: cft_audio.preview(cft_audio.request("short", name="R"), "x.wav", chapter="9"),
        lambda: cft_audio.preview(cft_audio.request("short", name="R"), "x.wav", seconds=-1),
        lambda: cft_audio.preview(cft_audio.request("short", name="R"), "x.wav", chapter="1", at=1),
        lambda: cft_audio.say("Hello.", "x.ogg"),
        lambda: cft_audio.say("Hello.", "x.wav", voice="nobody"),
        lambda: cft_audio.say("...", "x.wav"),
        lambda: cft_audio.choose("hunger", 5, "new"),
        lambda: cft_audio.choose("anxiety", -5, "new"),
        lambda: cft_audio.from_object({"error": 3}),
    ],
)
def test_everything_that_goes_wrong_is_an_error_of_ours(
    at_home: Path, wrong: Callable[[], object]
) -> None:
    with pytest.raises(cft_audio.CftAudioError) as caught:
        wrong()

    assert caught.value.message
    assert not list(at_home.glob("x.*"))


def test_a_person_s_settings_and_words_count_only_if_asked_for(
    at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = replace(
        cft_audio.default_folders(), config=at_home / "config.toml", data=at_home / "data"
    )
    monkeypatch.setenv("CFT_AUDIO_BUILD_PACE", "fours")
    folders.config.write_text('name = "Robin"\nbed = "rain"\n[pronounce]\nRobin = "ROB-in"\n')

    mine = cft_audio.request("short", as_person=True, folders=folders)
    plain = cft_audio.request("short", name="Sam", folders=folders)

    assert mine.session.answers == {"name": "Robin"}
    assert (mine.sound.bed, plain.sound.bed) == ("rain", "brown")
    assert (mine.voicing.pronounce, plain.voicing.pronounce) == ({"Robin": "ROB-in"}, {})
    assert mine.session.pace == plain.session.pace, "a library does not read the environment"


def test_two_threads_plan_at_once_and_each_gets_its_own(at_home: Path) -> None:
    del at_home
    requests = [cft_audio.request("short", name=name, minutes="1:30") for name in ("Ann", "Bo")]
    alone = [cft_audio.plan(request) for request in requests]
    together: dict[int, cft_audio.Plan] = {}
    threads = [
        threading.Thread(target=lambda n=n: together.update({n: cft_audio.plan(requests[n])}))
        for n in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [together[0], together[1]] == alone


def test_folders_stay_where_they_were_when_the_current_folder_changes(
    request_for_robin: SessionRequest, tmp_path: Path
) -> None:
    folders = cft_audio.default_folders()
    before = cft_audio.plan(request_for_robin, folders=folders)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    os.chdir(elsewhere)

    assert cft_audio.plan(request_for_robin, folders=folders) == before


@pytest.mark.slow
def test_a_damaged_take_is_spoken_again(request_for_robin: SessionRequest, tmp_path: Path) -> None:
    folders = replace(cft_audio.default_folders(), cache=tmp_path / "cache")
    before = cft_audio.plan(request_for_robin, folders=folders)
    for take in folders.cache.rglob("*.take"):
        take.write_bytes(take.read_bytes()[:-2] + b"xx")

    assert cft_audio.plan(request_for_robin, folders=folders) == before
    shutil.rmtree(folders.cache)
    assert cft_audio.plan(request_for_robin, folders=folders) == before


@pytest.mark.needs("espeak-ng")
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
@pytest.mark.slow
def test_one_process_plans_for_many_and_keeps_neither_memory_nor_names(at_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(MANY_PLANS), "short", "espeak-gb", "40"],
        cwd=at_home,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["is_found"], "the search finds the name of a plan that is still there"
    assert found["left"] == []
    assert max(found["memory_mb"]) - found["memory_mb"][0] < 20


@pytest.mark.parametrize("wrong", [{"bed": "no-such-bed"}, {"tone": "gong"}])
def test_a_plan_of_a_sound_that_there_is_not_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(RequestError):
        cft_audio.plan(cft_audio.request("loving-kindness", name="Robin", **wrong))
