"""The cover of a recording: readable on a telephone, the same each time, and nobody's name."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import every_page
import pytest
from jpegs import contrast_of_title, is_baseline, letters_of, read_letters
from PIL import Image
from practice_cases import LIBRARY, PRACTICES, practice
from program_runs import HELLO, Machine

from cft_audio.application.beside.covers import kept_cover
from cft_audio.files.folders import default_folders
from cft_audio.library.programmes import find_programme
from cft_audio.pictures.cover import LARGEST_BYTES, CoverDesign, draw_cover
from cft_audio.pictures.palettes import palette_of

if TYPE_CHECKING:
    from pathlib import Path

ON_A_TELEPHONE = 128
"""Pixels a side at which a telephone lists recordings."""

TECHNIQUES = sorted({practice(name).technique for name in PRACTICES})


def cover(machine: Machine, *asked: str) -> bytes:
    """Return the cover of a practice."""
    machine.run("cover", *asked, "-o", "cover.jpg", "--force")
    return (machine.folder / "cover.jpg").read_bytes()


@pytest.mark.slow
@pytest.mark.needs("tesseract")
@pytest.mark.parametrize("name", PRACTICES)
def test_the_title_of_a_practice_can_be_read_on_a_telephone(name: str, machine: Machine) -> None:
    read = read_letters(cover(machine, name), ON_A_TELEPHONE)

    assert letters_of(practice(name).title) in read


@pytest.mark.slow
@pytest.mark.needs("tesseract")
@pytest.mark.parametrize("name", every_page.PROGRAMMES)
def test_the_title_of_a_course_can_be_read_on_a_telephone(name: str, tmp_path: Path) -> None:
    drawn = every_page.course_files(name, tmp_path)["cover.jpg"]

    title = find_programme(name, LIBRARY).title
    assert letters_of(title) in read_letters(drawn, ON_A_TELEPHONE)


@pytest.mark.parametrize("technique", [*TECHNIQUES, "course", "a technique of one's own"])
def test_a_title_stands_out_seven_to_one(technique: str) -> None:
    drawn = draw_cover(CoverDesign(palette_of(technique), "How it is read"))

    assert contrast_of_title(drawn) >= 7


@pytest.mark.parametrize("name", PRACTICES)
def test_every_cover_is_a_small_plain_jpeg_that_says_nothing_of_a_machine(
    name: str, machine: Machine
) -> None:
    drawn = cover(machine, name)
    picture = Image.open(BytesIO(drawn))

    assert picture.format == "JPEG"
    assert picture.size == (1000, 1000)
    assert len(drawn) <= LARGEST_BYTES == 200_000
    assert is_baseline(drawn)
    assert {sampling[1:3] for sampling in picture.layer} == {(1, 1)}, "colours are halved"
    assert not picture.getexif()


def test_it_has_the_same_bytes_each_time(machine: Machine) -> None:
    assert cover(machine, "loving-kindness") == cover(machine, "loving-kindness")


@pytest.mark.slow
def test_it_is_the_one_that_a_recording_holds(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO, encoding="utf-8")
    machine.run("build", "./hello.md", "--name", "Sam", "-o", "hello.flac")

    assert cover(machine, "./hello.md") in (machine.folder / "hello.flac").read_bytes()


@pytest.mark.parametrize("name", ["Sam", "Loving", "Zoë"])
def test_a_name_changes_nothing_of_it(name: str, machine: Machine) -> None:
    assert cover(machine, "loving-kindness", "--name", name) == cover(machine, "loving-kindness")


@pytest.mark.parametrize("title", ["For Zoë", "zoë's hour", "ZOË"])
def test_a_title_with_the_name_in_it_gives_way_to_the_practices(
    title: str, machine: Machine
) -> None:
    drawn = cover(machine, "loving-kindness", "--name", "Zoë", "--title", title)

    assert drawn == cover(machine, "loving-kindness")


def test_a_title_of_ones_own_stands_on_it(machine: Machine) -> None:
    own = cover(machine, "loving-kindness", "--title", "Evening wishes")

    assert own != cover(machine, "loving-kindness")
    assert own == cover(machine, "loving-kindness", "--title", "Evening wishes", "--name", "Sam")


def test_a_course_named_after_its_listener_has_no_title_on_its_cover(tmp_path: Path) -> None:
    def drawn(title: str) -> bytes:
        course = f'title = "{title}"\n[[session]]\ntitle = "One"\npractice = "loving-kindness"\n'
        (tmp_path / "mine.toml").write_text(course + "minutes = 3\n", encoding="utf-8")
        return every_page.course_files(str(tmp_path / "mine.toml"), tmp_path)["cover.jpg"]

    assert drawn("Sam's week") == drawn("A week for Sam")
    assert drawn("Sam's week") != drawn("A week")


def test_a_title_in_letters_that_the_font_has_not_is_left_out(machine: Machine) -> None:
    drawn = cover(machine, "loving-kindness", "--title", "慈悲")

    assert drawn == cover(machine, "loving-kindness", "--no-title")


def test_a_title_of_any_length_has_room(machine: Machine) -> None:
    for title in ("Kind " * 60, "Supercalifragilistic" * 5):
        drawn = Image.open(BytesIO(cover(machine, "loving-kindness", "--title", title)))
        edge = drawn.convert("L").crop((0, 500, 60, 1000))
        assert edge.getextrema()[1] < 128, "letters run over the edge"


def test_it_shows_the_pace_of_its_session(machine: Machine) -> None:
    paces = {cover(machine, "loving-kindness", "--pace", pace) for pace in ("fours", "slow")}
    alone = cover(machine, "loving-kindness", "--for", "trauma-sensitive")

    assert len({*paces, alone}) == 3


def test_it_can_be_had_in_any_size_and_without_its_title(machine: Machine) -> None:
    drawn = cover(machine, "loving-kindness", "--size", "1600", "--no-title")

    assert Image.open(BytesIO(drawn)).size == (1600, 1600)


@pytest.mark.parametrize("size", ["63", "4001", "-1", "large"])
def test_a_size_that_no_cover_has_is_refused(size: str, machine: Machine) -> None:
    machine.run("cover", "loving-kindness", "--size", size, status=2)

    assert machine.left_behind() == []


def test_it_is_drawn_once_and_again_only_if_the_kept_one_is_spoilt(tmp_path: Path) -> None:
    folders = replace(default_folders(), cache=tmp_path / "clips")
    design = CoverDesign(palette_of("loving-kindness"), "Kept")
    drawn = kept_cover(design, folders)
    (kept,) = (tmp_path / "covers").iterdir()

    kept.write_bytes(b"kept\xff\xd9")
    taken = kept_cover(design, folders)
    kept.write_bytes(drawn[:5000])

    assert taken == b"kept\xff\xd9"
    assert kept_cover(design, folders) == drawn
    assert kept.read_bytes() == drawn


def test_a_folder_that_cannot_keep_it_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "covers").write_text("in the way", encoding="utf-8")
    folders = replace(default_folders(), cache=tmp_path / "clips")

    assert kept_cover(CoverDesign(palette_of("")), folders).startswith(b"\xff\xd8")
