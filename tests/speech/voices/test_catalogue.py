"""Piper's catalogue: read, and its voices installed whole, checked, or not at all."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from catalogue_server import CARD, Service, catalogue, entry_of, files_of_voice, serving

from cft_audio.errors import CftAudioError, RequestError, VoiceError
from cft_audio.files.remote import host_of
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.voices.catalogue import (
    clean_card,
    find_voice,
    read_catalogue,
    read_licence,
    select_language,
)
from cft_audio.speech.voices.catalogue_source import (
    HOME,
    VARIABLE,
    choose_source,
    fetch_card,
    fetch_catalogue,
)
from cft_audio.speech.voices.installing import check_free, install, remove
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ALBA = "en/en_GB/alba/medium/en_GB-alba-medium.onnx"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return catalogue()


@pytest.fixture
def service(files: dict[str, bytes]) -> Iterator[Service]:
    with serving(files) as served:
        yield served


def installed(service: Service, name: str, folder: Path) -> Path:
    return install_from(service.url, name, folder)


def install_from(
    url: str,
    name: str,
    folder: Path,
    progress: Callable[[int], object] = lambda _: None,
) -> Path:
    voice = find_voice(fetch_catalogue(url), name)
    return install(
        voice,
        fetch_card(voice),
        folder=folder,
        downloads=downloads_of(folder),
        progress=progress,
    )


def downloads_of(folder: Path) -> Path:
    """Return where downloads for the voices in ``folder`` are kept until they are whole."""
    return folder.with_name(f"{folder.name}-downloads")


def refused(service: Service, folder: Path, name: str = "en_GB-alba-medium") -> str:
    """Return what is said when ``name`` cannot be installed, and see that nothing is left."""
    with pytest.raises(CftAudioError) as caught:
        installed(service, name, folder)
    assert not folder.exists() or not list(folder.iterdir())
    return str(caught.value)


@dataclass(frozen=True)
class Done:
    """An installation that went well."""

    folder: Path
    profile: Path
    told: list[int]
    asked: list[str]


@pytest.fixture(scope="module")
def alba(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = tmp_path_factory.mktemp("own") / "voices"
    told: list[int] = []
    with serving(files) as service:
        profile = install_from(service.url, "en_GB-alba-medium", folder, told.append)
        return Done(folder, profile, told, service.asked)


def test_a_voice_is_installed_and_speaks(alba: Done, files: dict[str, bytes]) -> None:
    found = load_profile("en_GB-alba-medium", [alba.folder])
    spoken = found.make_engine().speak(Sentence((Fragment("Hello."),)), 1.0)

    assert alba.profile == alba.folder / "en_GB-alba-medium.toml"
    assert (found.language, found.licence) == ("en-GB", "CC BY 4.0")
    assert found.description == "Alba, English (Great Britain), medium"
    assert float(np.abs(spoken.samples).max()) > 0.05
    assert alba.told[-1] == len(files[ALBA]) + len(files[f"{ALBA}.json"])
    assert (alba.folder / "en_GB-alba-medium" / "MODEL_CARD").read_bytes() == CARD


def test_its_pace_is_the_default_voices(alba: Done) -> None:
    """The voice that is served is the default one, whose profile says 1.5."""
    found = load_profile("en_GB-alba-medium", [alba.folder])

    assert found.settings.length_scale == pytest.approx(1.5, abs=0.02)


def test_only_what_is_needed_is_asked_for(alba: Done) -> None:
    folder = ALBA.rpartition("/")[0]

    assert alba.asked == ["voices.json", f"{folder}/MODEL_CARD", ALBA, f"{ALBA}.json"]


def test_nothing_else_stays_in_the_folder(alba: Done) -> None:
    assert sorted(path.name for path in alba.folder.iterdir()) == [
        "en_GB-alba-medium",
        "en_GB-alba-medium.toml",
    ]


def test_a_name_beyond_ascii_is_installed(service: Service, tmp_path: Path) -> None:
    installed(service, "pt_PT-tugão-medium", tmp_path)
    found = load_profile("pt_PT-tugão-medium", [tmp_path])

    assert found.licence == "not stated"
    assert found.settings.length_scale == 1.5
    assert found.make_engine().fingerprint


def test_a_speaker_of_an_installed_voice_is_chosen_by_name(
    service: Service, tmp_path: Path
) -> None:
    profile = installed(service, "en_GB-many-medium", tmp_path)
    text = profile.read_text()
    assert '# speaker = "name"' in text
    profile.write_text(text.replace('# speaker = "name"', 'speaker = "loud"'))

    assert "4 speakers" in text
    assert (
        load_profile("en_GB-many-medium", [tmp_path])
        .make_engine()
        .fingerprint.endswith("speaker 2")
    )


@pytest.mark.parametrize("ending", ["", ".json"])
def test_a_damaged_file_is_found_out(service: Service, tmp_path: Path, ending: str) -> None:
    content = service.files[ALBA + ending]
    service.files[ALBA + ending] = content[:-1] + bytes([content[-1] ^ 1])

    assert "came damaged from 127.0.0.1: its checksum is not" in refused(service, tmp_path)


def test_a_file_cut_short_is_found_out(service: Service, tmp_path: Path) -> None:
    service.files[ALBA] = service.files[ALBA][:10_000]

    assert "it has 10000 bytes instead of" in refused(service, tmp_path)


def test_a_damaged_model_card_is_found_out(service: Service, tmp_path: Path) -> None:
    service.files["en/en_GB/alba/medium/MODEL_CARD"] = CARD + b"* License: free\n"

    assert "MODEL_CARD came damaged" in refused(service, tmp_path)


def test_a_model_that_cannot_speak_is_not_installed(service: Service, tmp_path: Path) -> None:
    assert "cannot be loaded" in refused(service, tmp_path, "en_US-noise-low")


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("voices.json", 404, "does not have that file"),
        ("voices.json", 503, "answered '503 Service Unavailable'"),
        (ALBA, 404, "answered '404 Not Found'"),
        (f"{ALBA}.json", 429, "Try again later"),
    ],
)
def test_a_service_that_refuses_is_named(
    service: Service, tmp_path: Path, path: str, status: int, message: str
) -> None:
    service.status[path] = status
    said = refused(service, tmp_path)

    assert message in said
    assert "127.0.0.1 answered" in said


def test_a_sign_in_page_is_no_catalogue(service: Service, tmp_path: Path) -> None:
    service.files["voices.json"] = b"<html>Welcome to the hotel</html>"

    assert "sign-in page" in refused(service, tmp_path)


def test_a_service_that_falls_silent_is_given_up(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cft_audio.files.remote.PATIENCE_S", 0.5)
    service.cut[ALBA] = 5000
    with pytest.raises(VoiceError, match=r"127\.0\.0\.1 cannot be reached: timed out"):
        install_from(service.url, "en_GB-alba-medium", tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_download_is_continued_where_the_connection_broke(
    service: Service, tmp_path: Path
) -> None:
    service.broken[ALBA] = 5_000_000
    said = refused(service, tmp_path)
    service.broken.clear()
    installed(service, "en_GB-alba-medium", tmp_path)

    assert "127.0.0.1 cannot be reached" in said
    assert "what has come is kept" in said
    assert 4_900_000 < service.begun[-2] <= 5_000_000
    assert load_profile("en_GB-alba-medium", [tmp_path]).make_engine().fingerprint
    assert not list(downloads_of(tmp_path).iterdir())


def test_without_a_network_it_says_so_and_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = Service({}, f"http://127.0.0.1:{taken.getsockname()[1]}")
    said = refused(closed, tmp_path)

    assert "cannot be reached" in said
    assert VARIABLE in said
    assert "voices that are installed need no network" in said


def test_an_interrupt_leaves_nothing(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the worst moment: when model and config are in place and the profile is not."""

    def interrupt(*_: object, **__: object) -> None:
        assert (tmp_path / "en_GB-alba-medium").is_dir()
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", interrupt)
    with pytest.raises(KeyboardInterrupt):
        installed(service, "en_GB-alba-medium", tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_disk_without_room_is_told_before_anything_is_fetched(
    service: Service, tmp_path: Path
) -> None:
    listed = json.loads(service.files["voices.json"])
    listed["en_GB-alba-medium"]["files"][ALBA]["size_bytes"] = 10**18
    service.files["voices.json"] = json.dumps(listed).encode()

    assert "MB free" in refused(service, tmp_path)
    assert ALBA not in service.asked


def test_a_folder_that_cannot_be_written_is_told(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(VoiceError, match="cannot be kept in"):
        installed(service, "en_GB-alba-medium", tmp_path / "file" / "voices")


def test_what_a_killed_process_left_is_swept(service: Service, tmp_path: Path) -> None:
    old, new = tmp_path / ".cft-audio-old.part", tmp_path / ".cft-audio-new.part"
    for left in (old, new):
        left.mkdir()
        (left / "x.onnx").write_bytes(b"x")
    os.utime(old, (0, 0))
    installed(service, "en_GB-alba-medium", tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *(new.name, "en_GB-alba-medium", "en_GB-alba-medium.toml")
    ]


def test_nothing_of_a_persons_own_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "en_GB-alba-medium.toml").write_text("mine")
    (tmp_path / "en_GB-many-medium").mkdir()

    with pytest.raises(VoiceError, match="is installed already"):
        check_free("en_GB-alba-medium", tmp_path)
    with pytest.raises(VoiceError, match="a folder of the voice's name already"):
        check_free("en_GB-many-medium", tmp_path)


def test_remove_takes_what_install_brought_and_nothing_else(
    service: Service, tmp_path: Path
) -> None:
    installed(service, "en_GB-alba-medium", tmp_path)
    note = tmp_path / "en_GB-alba-medium" / "note.txt"
    note.write_text("lovely")
    (tmp_path / "mine.toml").write_text("")
    remove("en_GB-alba-medium", tmp_path)

    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "mine.toml",
        "note.txt",
    ]
    for name in ("mine", "../mine", "en_GB-alba-medium", ""):
        with pytest.raises(VoiceError, match="is no voice that"):
            remove(name, tmp_path)


def test_nothing_of_the_whole_process_is_changed(service: Service, tmp_path: Path) -> None:
    from piper import download_voices

    before = download_voices.URL_FORMAT
    refused(service, tmp_path, "en_US-noise-low")

    assert before == download_voices.URL_FORMAT
    assert socket.getdefaulttimeout() is None


def test_a_mirror_may_be_a_folder(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror = tmp_path / "a mirror"
    for path, content in files.items():
        (mirror / path).parent.mkdir(parents=True, exist_ok=True)
        (mirror / path).write_bytes(content)
    monkeypatch.setenv(VARIABLE, f"{mirror.as_uri()}/")

    assert install_from(choose_source(), "en_GB-alba-medium", tmp_path / "v").exists()


@pytest.mark.parametrize("wrong", ["mirror.example.org", "ftp://x.example.org", "javascript:1"])
def test_a_mirror_without_an_address_is_told(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv(VARIABLE, wrong)
    with pytest.raises(RequestError, match="is not the address of a mirror"):
        choose_source()


def test_without_a_mirror_it_is_the_home_of_piper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)

    assert choose_source() == HOME
    assert host_of(HOME) == "huggingface.co"


def listed(**changes: Any) -> bytes:
    name = "en_GB-alba-medium"
    entry = entry_of(name, files_of_voice(name, b"m", b"c")) | changes
    good = entry_of("en_US-noise-low", files_of_voice("en_US-noise-low", b"m", b"c"))
    return json.dumps({name: entry, "en_US-noise-low": good}).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"files": {}},
        {"files": None},
        {"language": "en"},
        {"quality": None, "num_speakers": "many"},
        {"files": {"a.onnx": {"size_bytes": 1, "md5_digest": "zz"}}},
    ],
)
def test_an_entry_that_is_not_whole_is_left_out_and_the_rest_stay(changes: dict[str, Any]) -> None:
    assert list(read_catalogue(listed(**changes), "")) == ["en_US-noise-low"]


def test_no_word_of_a_catalogue_can_command_a_terminal() -> None:
    language = {"code": "en_\x1bGB", "name_english": "Eng\x1b[2Jlish", "country_english": "\x07"}
    voice = read_catalogue(listed(language=language), "")["en_GB-alba-medium"]

    assert (voice.language, voice.language_name, voice.country) == ("en-GB", "Eng[2Jlish", "")


@pytest.mark.parametrize("name", ["../../x", "en_GB-../x-low", "en_GB-a/b-low", "CON", "en_GB-x-"])
def test_a_name_that_is_none_cannot_become_a_file(name: str) -> None:
    entry = json.loads(listed())["en_GB-alba-medium"]
    with pytest.raises(VoiceError, match="no list of Piper voices"):
        read_catalogue(json.dumps({name: entry}).encode(), "")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"3", b"\xff\xfe", b'{"a": 1}'])
def test_what_is_no_catalogue_is_told(content: bytes) -> None:
    with pytest.raises(VoiceError, match="no list of Piper voices"):
        read_catalogue(content, "")


def test_voices_are_chosen_by_name_and_near_misses_are_named(files: dict[str, bytes]) -> None:
    voices = read_catalogue(files["voices.json"], "")
    for wrong, remedy in {
        "alba": "Did you mean 'en_GB-alba-medium'?",
        "en_GB-alba": "Did you mean 'en_GB-alba-medium'?",
        "EN_gb": "Did you mean 'en_GB-alba-medium' or 'en_GB-many-medium'?",
        "en_GB-abla-medium": "Did you mean 'en_GB-alba-medium'?",
        "Zzz": "See ‹list installable voices›",
    }.items():
        with pytest.raises(RequestError) as caught:
            find_voice(voices, wrong)
        assert remedy in caught.value.remedy
    assert find_voice(voices, "pt_PT-tuga\u0303o-medium").language == "pt-PT"


@pytest.mark.parametrize(
    ("language", "count"),
    [("en", 3), ("en_GB", 2), ("en-gb", 2), ("Portuguese", 1), ("portugal", 1)],
)
def test_a_language_is_a_tag_or_a_name(files: dict[str, bytes], language: str, count: int) -> None:
    assert len(select_language(read_catalogue(files["voices.json"], ""), language)) == count


def test_a_language_without_voices_is_told(files: dict[str, bytes]) -> None:
    with pytest.raises(RequestError, match="There are some for: en, pt"):
        select_language(read_catalogue(files["voices.json"], ""), "tlh")


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        (CARD.decode(), "CC BY 4.0"),
        ("* Licence: https://example.org/x\r\n* More: y", "https://example.org/x"),
        ("License:CC0", "CC0"),
        ("## License\n\nsee the data set", "not stated"),
        ("", "not stated"),
    ],
)
def test_the_licence_is_read_from_the_model_card(card: str, licence: str) -> None:
    assert read_licence(card) == licence


def test_a_model_card_cannot_command_a_terminal() -> None:
    card = clean_card(b"* License: \x1b]0;mine\x07 CC0\x1b[2J\r\n\xff" + b"x" * 100_000)

    assert "\x1b" not in card
    assert "\x07" not in card
    assert len(card) <= 4000
