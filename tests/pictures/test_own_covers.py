"""A picture of one's own as a cover: whatever it is, players show it, or it is said why not."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from jpegs import is_baseline
from mutagen.id3 import ID3
from PIL import Image
from program_runs import HELLO, Machine

from cft_audio.errors import RequestError
from cft_audio.pictures.own_cover import read_own_cover

if TYPE_CHECKING:
    from pathlib import Path

RED, BLUE = (200, 30, 30), (30, 30, 200)


def plain(size: tuple[int, int] = (600, 600), mode: str = "RGB") -> Image.Image:
    """Return a picture of one colour."""
    return Image.new("RGB", size, RED).convert(mode)


def used(picture: Image.Image, file: Path, **saved: object) -> tuple[Image.Image, str]:
    """Return what comes of a picture as a cover, and what is said of it."""
    picture.save(file, **saved)
    jpeg, done = read_own_cover(file)
    assert is_baseline(jpeg)
    assert len(jpeg) <= 200_000
    return Image.open(BytesIO(jpeg)), " ".join(done)


def refusal(file: Path) -> str:
    """Return why a file cannot be a cover, and what to do."""
    with pytest.raises(RequestError) as caught:
        read_own_cover(file)
    assert caught.value.field == "cover"
    assert caught.value.remedy
    return caught.value.message


def is_like(colour: object, other: tuple[int, int, int]) -> bool:
    return bool(np.abs(np.asarray(colour, int) - other).max() < 12)


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "bmp", "tiff", "gif"])
def test_any_usual_kind_of_picture_will_do(ending: str, tmp_path: Path) -> None:
    shown, _ = used(plain(), tmp_path / f"mine.{ending}")

    assert shown.size == (600, 600)
    assert is_like(shown.getpixel((300, 300)), RED)


def test_its_kind_is_told_by_what_is_in_it_and_not_by_its_name(tmp_path: Path) -> None:
    plain().save(tmp_path / "mine.png")
    (tmp_path / "mine.png").rename(tmp_path / "mine.jpg")

    jpeg, _ = read_own_cover(tmp_path / "mine.jpg")

    assert is_baseline(jpeg)


def test_a_large_one_is_made_as_large_as_every_player_shows(tmp_path: Path) -> None:
    shown, _ = used(plain((3000, 3000)), tmp_path / "mine.png")

    assert shown.size == (1000, 1000)


@pytest.mark.slow
def test_one_of_20_mb_is_made_small_and_told_of(tmp_path: Path) -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    noise = Image.fromarray(rng.integers(0, 256, (2600, 2600, 3), np.uint8))

    _, said = used(noise, tmp_path / "mine.png", compress_level=0)

    assert (tmp_path / "mine.png").stat().st_size > 20_000_000
    assert "kB in place of 20" in said


def test_the_colours_of_print_become_those_of_screens(tmp_path: Path) -> None:
    shown, said = used(plain(mode="CMYK"), tmp_path / "mine.jpg")

    assert shown.mode == "RGB"
    assert is_like(shown.getpixel((300, 300)), RED)
    assert said == "its colours were CMYK, and are RGB now"


@pytest.mark.parametrize("ending", ["gif", "webp", "png"])
def test_of_one_that_moves_the_first_frame_is_shown(ending: str, tmp_path: Path) -> None:
    second = Image.new("RGB", (600, 600), BLUE)

    shown, said = used(
        plain(), tmp_path / f"mine.{ending}", save_all=True, append_images=[second], duration=500
    )

    assert is_like(shown.getpixel((300, 300)), RED)
    assert "its first frame is shown" in said


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white(mode: str, tmp_path: Path) -> None:
    picture = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (0, 0, 600, 300))

    shown, _ = used(picture.convert(mode), tmp_path / "mine.png")

    assert is_like(shown.getpixel((300, 100)), (0, 0, 0))
    assert is_like(shown.getpixel((300, 500)), (255, 255, 255))


@pytest.mark.parametrize("size", [(900, 600), (600, 900)])
def test_of_one_that_is_not_square_the_middle_is_shown(
    size: tuple[int, int], tmp_path: Path
) -> None:
    picture = Image.new("RGB", size, BLUE)
    middle = (size[0] - 600) // 2, (size[1] - 600) // 2
    picture.paste(RED, (*middle, middle[0] + 600, middle[1] + 600))

    shown, said = used(picture, tmp_path / "mine.png")

    assert shown.size == (600, 600)
    assert all(is_like(shown.getpixel(at), RED) for at in ((5, 5), (594, 594)))
    assert said == "its middle is shown as a square"


def test_a_telephone_held_upright_gives_an_upright_cover_without_where_and_when(
    tmp_path: Path,
) -> None:
    picture = plain()
    picture.paste(BLUE, (0, 0, 600, 100))
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: the top is at the right
    exif[0x0110] = "Telephone of Zoe"
    exif.get_ifd(0x8825)[2] = (53.0, 22.0, 46.5)  # GPS latitude

    shown, _ = used(picture, tmp_path / "mine.jpg", exif=exif, comment="by Zoe")

    assert is_like(shown.getpixel((590, 300)), BLUE)
    assert not shown.getexif()
    jpeg = read_own_cover(tmp_path / "mine.jpg")[0]
    assert b"Zoe" not in jpeg
    assert b"Exif" not in jpeg


def test_sixteen_bits_of_grey_stay_grey(tmp_path: Path) -> None:
    grey = np.full((600, 600), 128 * 257, np.uint16)

    shown, _ = used(Image.fromarray(grey), tmp_path / "mine.png")

    assert is_like(shown.convert("RGB").getpixel((300, 300)), (128, 128, 128))


def _bomb(side: int) -> bytes:
    """Return a PNG of a few hundred bytes that says it has ``side`` by ``side`` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(100_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [12_000, 60_000])
def test_one_that_would_fill_the_memory_is_refused(side: int, tmp_path: Path) -> None:
    file = tmp_path / "mine.png"
    file.write_bytes(_bomb(side))

    assert refusal(file) == "it has too many pixels"


def _bytes_of(picture: Image.Image, kind: str) -> bytes:
    written = BytesIO()
    picture.save(written, kind)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"Only some words.", "it is no picture that can be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it is no picture that can be read"),
        (b"%PDF-1.7", "it is no picture that can be read"),
        (_bytes_of(plain(), "PNG")[:200], "it is no picture that can be read"),
        (_bytes_of(plain(), "JPEG")[:900], "it is no picture that can be read"),
        (
            _bytes_of(plain((100, 400)), "PNG"),
            "it has 100 by 400 pixels, which is a blur on most screens",
        ),
    ],
    ids=["empty", "words", "SVG", "PDF", "half a PNG", "half a JPEG", "small"],
)
def test_what_is_no_picture_is_refused_with_a_reason(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    file = tmp_path / "mine.png"
    file.write_bytes(content)

    assert refusal(file) == reason


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.truncate(101_000_000)

    assert refusal(tmp_path / "none.png") == "it cannot be read: no such file or directory"
    assert refusal(tmp_path) == "it cannot be read: is a directory"
    assert refusal(huge) == "it has 101 MB"


def test_it_is_refused_before_anything_is_said(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO, encoding="utf-8")
    (machine.folder / "mine.png").write_text("No picture.", encoding="utf-8")
    asked = ("build", "./hello.md", "--name", "Sam", "--cover", "mine.png")

    error = machine.run(*asked, status=2).stderr
    machine.run(*asked, "--dry-run", status=2)

    assert "--cover, " in error
    assert "mine.png: it is no picture that can be read" in error
    assert machine.left_behind() == ["hello.md", "mine.png"]


def test_it_stands_in_the_recording_and_a_line_says_what_was_done(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO, encoding="utf-8")
    plain((900, 600)).save(machine.folder / "mine.png")

    done = machine.run("build", "./hello.md", "--name", "Sam", "--cover", "mine.png", "-o", "h.mp3")

    assert "The cover is your picture: its middle is shown as a square." in done.stderr
    (held,) = ID3(machine.folder / "h.mp3").getall("APIC")
    assert Image.open(BytesIO(held.data)).size == (600, 600)


def test_a_recording_may_have_none(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO, encoding="utf-8")

    machine.run("build", "./hello.md", "--name", "Sam", "--cover", "none", "-o", "h.mp3")

    assert not ID3(machine.folder / "h.mp3").getall("APIC")
