"""Voices in the studio: who speaks where is told, each is heard, and nothing is fetched unasked."""

from __future__ import annotations

import re
import time
import wave
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from catalogue_server import Service, catalogue, serving
from own_pages import errors_of, fields_of, folders_in, opened

from cft_audio.application.settings import load_settings
from cft_audio.speech.voices.catalogue_source import VARIABLE
from cft_audio.speech.voices.profiles import profile_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from cft_audio.files.folders import Folders


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A catalogue on this machine, which the studio knows as its mirror."""
    with serving(catalogue()) as served, pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, served.url)
        yield served


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, warm_clips: Path) -> Folders:
    return folders_in(tmp_path_factory.mktemp("home"), warm_clips)


@pytest.fixture(scope="module")
def studio(folders: Folders, service: Service) -> Iterator[TestClient]:
    assert service.url
    with opened(folders) as browser:
        yield browser


def of_voice(page: str, name: str) -> str:
    """Return what the page of voices says of one."""
    parts = re.split(r"<li><h2>", page)
    return next(part for part in parts if f'value="{name}"' in part)


def test_each_voice_tells_where_it_speaks_and_under_which_terms(studio: TestClient) -> None:
    page = studio.get("/voices").text

    assert "Speaks on this computer." in of_voice(page, "joe")
    assert 'href="/voices/joe/hear"' in of_voice(page, "joe")
    online = of_voice(page, "google-gb")
    assert "Speaks online: every line, names included, is sent to a service." in online
    assert "/hear" not in online
    assert page.count("Licence: ") > 5


def test_a_voice_that_speaks_online_is_not_heard_from_here(studio: TestClient) -> None:
    for name in ("google-gb", "no-such-voice", "..%2fjoe", "joe.toml"):
        assert studio.get(f"/voices/{name}/hear").status_code == 404


@pytest.mark.slow
def test_a_voice_says_its_name_and_two_lines(studio: TestClient) -> None:
    answer = studio.get("/voices/joe/hear")

    with wave.open(BytesIO(answer.content)) as sound:
        assert 5 < sound.getnframes() / sound.getframerate() < 20
    began = time.monotonic()
    assert studio.get("/voices/joe/hear").content == answer.content
    assert time.monotonic() - began < 0.5


def test_a_voice_is_made_the_usual_one(studio: TestClient, folders: Folders) -> None:
    assert "the usual one" in of_voice(studio.get("/voices").text, "joe").split("</h2>")[0]
    studio.post("/voices", data={"do": "usual", "voice": "espeak-gb"})

    page = studio.get("/voices").text
    assert "the usual one" in of_voice(page, "espeak-gb").split("</h2>")[0]
    assert load_settings(folders, {}).values["voice"] == "espeak-gb"
    studio.post("/voices", data={"do": "usual", "voice": "/etc/passwd"})
    assert load_settings(folders, {}).values["voice"] == "espeak-gb"
    studio.post("/voices", data={"do": "usual", "voice": "joe"})


def test_nothing_is_connected_to_until_a_button_says_so(
    studio: TestClient, service: Service
) -> None:
    service.asked.clear()
    page = studio.get("/voices/more").text
    assert service.asked == []
    assert "Ask 127.0.0.1 what there is" in page
    assert "Kokoro" in page
    assert "Apache-2.0" in page

    listed = studio.post("/voices/more", data={"language": "en-GB"}).text
    assert service.asked == ["voices.json"]
    assert "en_GB-alba-medium" in listed
    assert "tugão" not in listed


def test_a_language_that_has_none_is_told(studio: TestClient) -> None:
    answer = studio.post("/voices/more", data={"language": "Klingon"})

    assert answer.status_code == 422
    assert "There is no voice to install for 'Klingon'" in errors_of(answer.text)[0]


def test_its_licence_is_shown_before_a_voice_is_fetched(
    studio: TestClient, service: Service
) -> None:
    service.asked.clear()
    page = studio.post("/voices/more", data={"voice": "en_GB-alba-medium"}).text

    assert "Licence: <strong>CC BY 4.0</strong>" in page
    assert "https://example.org/alba" in page
    assert fields_of(page)["voice"] == "en_GB-alba-medium"
    assert [path.rpartition("/")[2] for path in service.asked] == ["voices.json", "MODEL_CARD"]


def until_over(studio: TestClient, address: str) -> str:
    """Return the page of a job once it is over."""
    for _ in range(600):
        page = studio.get(address).text
        if 'data-over="yes"' in page:
            return page
        time.sleep(0.1)
    raise AssertionError(page)


@pytest.mark.slow
def test_a_voice_is_installed_and_removed(studio: TestClient, folders: Folders) -> None:
    offered = studio.post("/voices/more", data={"voice": "en_GB-alba-medium"}).text
    answer = studio.post("/voices", data={**fields_of(offered), "do": "install"})
    assert answer.url.path.startswith("/jobs/")
    assert "It is made: the voice en_GB-alba-medium" in until_over(studio, answer.url.path)
    assert "en_GB-alba-medium" in profile_files(folders.voices)

    remove = {"do": "remove", "voice": "en_GB-alba-medium", "sure": "yes"}
    assert "en_GB-alba-medium" not in studio.post("/voices", data=remove).text
    assert "en_GB-alba-medium" not in profile_files(folders.voices)


@pytest.mark.slow
def test_no_other_licence_is_agreed_to_than_the_one_that_was_shown(studio: TestClient) -> None:
    wanted = {"voice": "en_GB-alba-medium", "agreed": "0" * 64, "do": "install"}
    answer = studio.post("/voices", data=wanted)

    page = until_over(studio, answer.url.path)
    assert "Its licence is not the one that was shown. Look at it again." in page


@pytest.mark.slow
def test_an_installation_is_stopped_and_leaves_nothing(
    studio: TestClient, service: Service, folders: Folders
) -> None:
    offered = studio.post("/voices/more", data={"voice": "en_GB-alba-medium"}).text
    model = next(path for path in service.files if path.endswith("alba-medium.onnx"))
    service.cut[model] = 1_000_000
    answer = studio.post("/voices", data={**fields_of(offered), "do": "install"})
    assert service.reached.wait(60)
    studio.post(f"{answer.url.path}/stop")
    del service.cut[model]

    assert "It was stopped, and nothing half made is left" in until_over(studio, answer.url.path)
    assert "en_GB-alba-medium" not in profile_files(folders.voices)


def test_what_is_no_voice_of_ones_own_is_not_removed(studio: TestClient) -> None:
    for name in ("joe", "../joe", "google-gb", ""):
        answer = studio.post("/voices", data={"do": "remove", "voice": name, "sure": "yes"})
        assert answer.status_code == 422
        assert errors_of(answer.text)
