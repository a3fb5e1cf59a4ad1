"""Sound files decoded into a file, from memory and as a stream, with the network closed."""

from __future__ import annotations

import io
import socket
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cft_audio.files.decoding import decode, decode_bytes, open_as_wav, probe
from cft_audio.files.processes import run_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def tone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of a tone as an MP3 at another sample rate."""
    from imageio_ffmpeg import get_ffmpeg_exe

    file = tmp_path_factory.mktemp("tone") / "12:30 tone.mp3"
    source = "sine=frequency=440:duration=2:sample_rate=24000"
    done = run_program([get_ffmpeg_exe(), "-f", "lavfi", "-i", source, f"file:{file}"])
    assert done.returncode == 0, done.stderr
    return file


def decode_to_memory(path: Path, channels: int = 1) -> tuple[str, bytes]:
    file = path.parent / "samples.pcm"
    with file.open("wb") as into:
        reason = decode(path, into, "s16le", channels)
    return reason, file.read_bytes()


def test_from_memory_as_from_a_file(tone: Path) -> None:
    """But for the last frame: its padding is known only where the file can be read to and fro."""
    reason, pcm = decode_to_memory(tone)
    second = 2 * 44_100

    assert reason == ""
    assert decode_bytes(tone.read_bytes(), "mp3", "s16le", 1)[:second] == pcm[:second]
    assert len(pcm) / 2 == pytest.approx(2 * 44_100, abs=4_000)
    assert np.abs(np.frombuffer(pcm, "<i2")).max() > 1_000


def test_as_a_stream_of_wav(tone: Path) -> None:
    _, pcm = decode_to_memory(tone, channels=2)
    with open_as_wav(tone) as stream:
        content = stream.read()
    with wave.open(io.BytesIO(content)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 44_100)

    assert content.endswith(pcm)


def test_a_stream_that_is_left_early_ends_the_decoder(tone: Path) -> None:
    with open_as_wav(tone) as stream:
        assert stream.read(4) == b"RIFF"


def test_what_is_no_sound_is_named_and_gives_no_samples(tmp_path: Path) -> None:
    (tmp_path / "page.mp3").write_text("<html>")
    reason, pcm = decode_to_memory(tmp_path / "page.mp3")

    assert reason
    assert pcm == b""
    assert decode_bytes(b"<html>", "mp3", "s16le", 1) == b""


def test_a_video_without_sound_is_said_to_have_none(tmp_path: Path) -> None:
    from imageio_ffmpeg import get_ffmpeg_exe

    film = tmp_path / "film.mp4"
    source = ("-f", "lavfi", "-i", "testsrc=d=1:s=64x64:r=5")
    assert run_program([get_ffmpeg_exe(), *source, str(film)]).returncode == 0

    assert decode_to_memory(film) == ("there is no sound in it", b"")
    assert probe(film).problem == "there is no sound in it"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mp3", b""),
        ("a.wav", b"RIFF"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.mp3", b"<html>"),
        ("a.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42"),
        ("a.m3u8", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"),
        ("a.flac", b"fLaC" + bytes(40)),
        ("a.ogg", b"OggS" + bytes(40)),
    ],
)
def test_why_a_file_is_no_sound_is_said_in_words_for_a_person(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    reason, pcm = decode_to_memory(tmp_path / name)

    assert pcm == b""
    for reason_given in (reason, probe(tmp_path / name).problem):
        assert reason_given.startswith(("it ", "there is "))
        for jargon in ("rror", "nvalid", "stream", "codec", "0x", "moov", "ffmpeg"):
            assert jargon not in reason_given


def test_a_look_at_a_sound_gives_its_length(tone: Path) -> None:
    assert probe(tone).problem == ""
    assert probe(tone).length_s == pytest.approx(2.0, abs=0.1)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A service on this machine that notes whether anyone connects."""
    with socket.create_server(("127.0.0.1", 0)) as service:
        service.setblocking(False)
        yield service


def test_a_file_that_names_an_address_connects_to_nothing(
    tmp_path: Path, listener: socket.socket
) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/a.ts"
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}\n#EXT-X-ENDLIST\n"
    (tmp_path / "list.m3u8").write_text(playlist)

    decode_to_memory(tmp_path / "list.m3u8")
    decode_bytes(playlist.encode(), "hls", "s16le", 1)
    with open_as_wav(tmp_path / "list.m3u8") as stream:
        stream.read()
    with pytest.raises(BlockingIOError):
        listener.accept()
