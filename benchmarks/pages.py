"""Draw what the docs show: all covers, a handout, a letter, three sessions.

    python benchmarks/pages.py docs/pages          draw them
    python benchmarks/pages.py docs/pages --check  fail where one shows what is so no more

Drawing needs a browser that prints and poppler's pdftoppm; checking needs neither. A check lets a
picture differ a little, since another machine rounds otherwise and has other letters: the handout
and the letter say by a hash which page they show, and of a session's numbers each may be a few
units off.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import desk
import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import cft_audio
from cft_audio.application.albums.files import AlbumSubject, course_design
from cft_audio.application.beside.covers import design_of
from cft_audio.application.beside.files import handout_pages
from cft_audio.application.beside.handouts import request_about
from cft_audio.application.beside.pictures import picture_of_request
from cft_audio.application.choices import Choices
from cft_audio.application.progress import ignore_progress, ignore_warnings
from cft_audio.files.folders import default_folders
from cft_audio.files.printing import print_page
from cft_audio.library.practices import Library
from cft_audio.papers.letter import LetterEntry, letter_page
from cft_audio.pictures.cover import draw_cover
from cft_audio.pictures.drawing import draw_session

if TYPE_CHECKING:
    from collections.abc import Iterator

COVERS, HANDOUT, LETTER = "covers.jpg", "handout.png", "letter.png"
SESSIONS = {
    "breathing.svg": {"practice": "soothing-rhythm-breathing", "minutes": 5},
    "company.svg": {"practice": "compassionate-imagery", "minutes": 5, "figure": "wise-elder"},
    "sleep.svg": {"practice": "loving-kindness", "minutes": 5, "for_": ["sleep"], "bed": "rain"},
}
"""What is asked of each session that is drawn, by its picture's file."""

FOLDERS = default_folders()
LIBRARY = Library(FOLDERS.scripts[-1:])

_COLUMNS, _SIDE, _GAP = 5, 240, 12
_DPI = 80
_SHOWS = "page sha256"
MOST_DIFFERENT = 0.02
"""Share of the pixels of the covers that may be other than those that are drawn now."""

_FAR = 24
"""Of 255: how far a colour is off to be another."""

_UNITS = 6.0
"""How far a number of a session's picture may be off; all of its length is some 1,100."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def main() -> None:
    """Draw, or check."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="where they are")
    parser.add_argument("--check", action="store_true", help="compare, and draw nothing")
    options = parser.parse_args()
    folder = options.folder
    if options.check:
        if stale := list(stale_files(folder)):
            drawn = f"Draw them anew: python benchmarks/pages.py {folder}"
            sys.exit(f"They show what is so no more: {', '.join(stale)}.\n{drawn}")
        return
    folder.mkdir(parents=True, exist_ok=True)
    sheet_of_covers().save(folder / COVERS, quality=88, subsampling=0)
    write_page(handout(), folder / HANDOUT)
    write_page(letter(), folder / LETTER)
    for name, drawn in session_pictures():
        (folder / name).write_text(drawn, encoding="utf-8", newline="\n")


def stale_files(folder: Path) -> Iterator[str]:
    """Yield the files that are missing or show something else."""
    if not (folder / COVERS).is_file() or not is_like(folder / COVERS, sheet_of_covers()):
        yield COVERS
    for name, page in ((HANDOUT, handout()), (LETTER, letter())):
        if not (folder / name).is_file() or shown_in(folder / name) != digest(page):
            yield name
    for name, drawn in session_pictures():
        file = folder / name
        if not file.is_file() or not is_nearly(file.read_text(encoding="utf-8"), drawn):
            yield name


def sheet_of_covers() -> Image.Image:
    """Return the covers of all practices and programmes on one sheet."""
    covers = list(all_covers())
    step = _SIDE + _GAP
    rows = -(-len(covers) // _COLUMNS)
    sheet = Image.new("RGB", (_COLUMNS * step + _GAP, rows * step + _GAP), "white")
    for number, cover in enumerate(covers):
        row, column = divmod(number, _COLUMNS)
        small = Image.open(BytesIO(cover)).resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
        sheet.paste(small, (_GAP + column * step, _GAP + row * step))
    return sheet


def all_covers() -> Iterator[bytes]:
    """Yield the cover of each practice and each programme."""
    for name in LIBRARY.practice_files():
        request = request_about(name, Choices({}, {}), FOLDERS)
        yield draw_cover(design_of(request, LIBRARY.open(name).practice()))
    for programme in cft_audio.programmes():
        first = request_about(programme.sessions[0].practice, Choices({}, {}), FOLDERS)
        yield draw_cover(course_design(AlbumSubject(programme, "", [first], [])))


def handout() -> str:
    """Return the handout that is shown, as HTML."""
    request = request_about("soothing-rhythm-breathing", Choices({}, {}), FOLDERS)
    practice = LIBRARY.open(request.session.practice).practice()
    return handout_pages(request, practice, 0.0, FOLDERS)["handout"]


def letter() -> str:
    """Return the letter that is shown, as HTML: that of the first client of docs/desk.md."""
    rows = [row for row in desk.rows() if row["code"] == "K01"]
    entries = []
    for number, row in enumerate(rows, start=1):
        practice = LIBRARY.open(row["practice"]).practice()
        file, length_s = f"{number:02} practice {row['minutes']}min.mp3", 60.0 * int(row["minutes"])
        entry = LetterEntry(practice.title, file, length_s, practice, beside=("handout",))
        entries.append(entry)
    return letter_page(entries, "en-GB", name=rows[0]["name"], made_by=rows[0]["artist"])


def write_page(page: str, file: Path) -> None:
    """Draw a page as it is printed, and note which it is."""
    noted = PngInfo()
    noted.add_text(_SHOWS, digest(page))
    with tempfile.TemporaryDirectory() as folder:
        pdf, drawn = Path(folder, "page.pdf"), Path(folder, "page")
        print_page(page, pdf, file)
        subprocess.run(["pdftoppm", "-r", str(_DPI), "-png", "-singlefile", pdf, drawn], check=True)
        with Image.open(drawn.with_suffix(".png")) as picture:
            grey = picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=32)
            grey.save(file, pnginfo=noted, optimize=True)


def session_pictures() -> Iterator[tuple[str, str]]:
    """Yield the file and the picture of each session."""
    for name, asked in SESSIONS.items():
        request = cft_audio.request(**asked, name="Sam")
        picture = picture_of_request(request, FOLDERS, ignore_progress, ignore_warnings)
        yield name, draw_session(picture)


def digest(page: str) -> str:
    """Return what a page is known by."""
    return hashlib.sha256(page.encode()).hexdigest()


def shown_in(file: Path) -> str:
    """Return what the page that a PNG shows is known by."""
    with Image.open(file) as picture:
        return str(picture.info.get(_SHOWS, ""))


def is_like(file: Path, picture: Image.Image) -> bool:
    """Whether the picture in ``file`` is the one given, but for rounding."""
    with Image.open(file) as kept:
        there, drawn = (np.asarray(image.convert("RGB"), int) for image in (kept, picture))
    if there.shape != drawn.shape:
        return False
    return bool((np.abs(there - drawn).max(axis=2) > _FAR).mean() <= MOST_DIFFERENT)


def is_nearly(there: str, drawn: str) -> bool:
    """Whether two drawings say the same, and have their lines at about the same places."""
    if _NUMBER.sub("0", there) != _NUMBER.sub("0", drawn):
        return False
    numbers = (np.array(_NUMBER.findall(text), float) for text in (there, drawn))
    return bool(np.allclose(*numbers, rtol=0, atol=_UNITS))


if __name__ == "__main__":
    main()
