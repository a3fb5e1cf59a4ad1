"""One of several readings is chosen; a voice on disk changes as a whole, and only when asked."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from cft_audio.errors import RequestError, VoiceError
from cft_audio.files.folders import default_folders
from cft_audio.own_voice.best_readings import LineOutcome, choose_readings, find_recordings
from cft_audio.own_voice.hum import Hum
from cft_audio.own_voice.one_recording import OtherSpeech, Reading, RecordingContents
from cft_audio.own_voice.sheet import Sheet, SheetLine
from cft_audio.own_voice.voice_files import check_fallback, kept_takes, profile_of, write_voice
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.engines.recorded import read_takes
from cft_audio.speech.takes.take import Take
from cft_audio.speech.voices.profiles import load_profile

SHIPPED = default_folders().voices[-1]


def line(number: int, text: str = "", most_s: float = 5.0) -> SheetLine:
    return SheetLine(
        number=number,
        fragments=(Fragment(text or f"Line {number}."),),
        chapter="Arriving",
        paragraph=number,
        about_s=2.0,
        most_s=most_s,
        personal=False,
    )


LINES = [line(number) for number in range(1, 7)]


def reading(index: int, *doubts: str, likeness: float = 5.0, length_s: float = 1.0) -> Reading:
    tone = np.sin(np.arange(int(length_s * 44_100)) * 0.05 * (index + 1))
    take = Take(np.asarray(8000 * tone, np.int16))
    return Reading(index, 1.0, likeness, doubts, take)


def recording(
    name: str, *readings: Reading, named: int | None = None, other: tuple[OtherSpeech, ...] = ()
) -> RecordingContents:
    return RecordingContents(Path(name), named, 60.0, Hum(), 40.0, readings, other)


def outcome(*recordings: RecordingContents, index: int = 0) -> LineOutcome:
    return choose_readings(LINES, recordings)[index]


def test_the_last_good_reading_is_used() -> None:
    first, last, clicked = reading(0), reading(0), reading(0, "there is a click in it")
    chosen = outcome(recording("a.wav", first, last, clicked))

    assert chosen.reading is last
    assert (chosen.state, chosen.times) == ("good", 3)


def test_a_file_named_by_its_line_comes_before_the_long_recording() -> None:
    again = reading(0)
    chosen = outcome(recording("01.wav", again, named=0), recording("b.wav", reading(0)))

    assert chosen.reading is again


def test_a_named_file_that_may_be_another_line_comes_after_a_sure_reading() -> None:
    sure = reading(0)
    unsure = reading(0, "it may not be this line", likeness=1.0)

    assert outcome(recording("01.wav", unsure, named=0), recording("b.wav", sure)).reading is sure
    assert outcome(recording("01.wav", unsure, named=0)).state == "doubtful"


def test_other_speech_in_the_place_of_a_line_is_reported() -> None:
    other = OtherSpeech(start_s=83.0, after=0, before=2)
    chosen = outcome(recording("a.wav", reading(0), reading(2), other=(other,)), index=1)

    assert chosen.state == "wrong"
    assert chosen.why == ("something else is said in its place, at 1:23 in a.wav",)


def test_a_file_that_holds_another_line_is_reported() -> None:
    chosen = outcome(recording("02.wav", reading(4, "it is named as line 2"), named=1), index=1)

    assert (chosen.state, chosen.why) == ("wrong", ("what 02.wav holds sounds like line 5",))


def test_a_line_that_takes_far_too_long_is_doubtful() -> None:
    chosen = outcome(recording("a.wav", reading(0, length_s=9.0)))

    assert chosen.why == ("it takes 9.0 s, and may take 5 s",)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        *[("01.wav", 0), ("3.MP3", 2), ("line-04.m4a", 3), ("Line 5.flac", 4), ("06b.wav", 5)],
        *[("2 again.wav", 1), ("003_second.wav", 2)],
        *[("New Recording 3.m4a", None), ("20261103_101500.m4a", None), ("2nd.wav", None)],
        *[("99.wav", None), ("0.wav", None), ("session.wav", None)],
    ],
)
def test_a_recording_may_be_named_by_the_number_of_its_line(
    tmp_path: Path, name: str, named: int | None
) -> None:
    (tmp_path / name).touch()

    assert find_recordings(tmp_path, 6) == {tmp_path / name: named}


def test_recordings_are_read_in_the_order_of_their_numbers_and_other_files_are_not(
    tmp_path: Path,
) -> None:
    for name in ("take 10.wav", "take 9.wav", "lines.json", "notes.txt", ".hidden.wav"):
        (tmp_path / name).touch()

    assert [path.name for path in find_recordings(tmp_path, 6)] == [
        "take 9.wav",
        "take 10.wav",
    ]


def sheet_of_lines(*lines: SheetLine) -> Sheet:
    return Sheet('Say "hello"', "joe", "", "en-US", lines)


FIRST, OTHER = sheet_of_lines(*LINES), sheet_of_lines(line(1, "Another."), line(2, "Line 2."))


def make(place: Path, sheet: Sheet, *indices: int, fallback: str = "", **how: bool) -> None:
    options = {"add": False, "overwrite": False} | how
    kept = kept_takes(place, sheet, [place.parent, SHIPPED], **options)
    read = choose_readings(sheet.lines, [recording("a.wav", *map(reading, indices))])
    write_voice(place, sheet, read, kept, fallback)


def texts(place: Path) -> set[str]:
    return {take.text for take in read_takes(place.with_suffix(""))}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return profile_of("anna", tmp_path / "voices")


def test_a_voice_says_what_was_read(place: Path) -> None:
    make(place, FIRST, 0, 2)
    profile = load_profile("anna", [place.parent])
    spoken = profile.make_engine().speak(Sentence((Fragment("line 3"),)), 1.0)

    assert profile.description == 'Recorded: Say "hello"'
    assert profile.cue_tempo == 1.0
    assert np.allclose(spoken.samples * 32768, reading(2).take.pcm, atol=1)
    assert [path.name for path in place.parent.iterdir() if path.name.startswith(".")] == []


def test_the_same_recordings_make_the_same_voice(place: Path, tmp_path: Path) -> None:
    other = profile_of("anna", tmp_path / "other")
    make(place, FIRST, 0, 2)
    make(other, FIRST, 0, 2)

    assert [path.read_bytes() for path in sorted(place.with_suffix("").iterdir())] == [
        path.read_bytes() for path in sorted(other.with_suffix("").iterdir())
    ]


def test_a_voice_is_made_anew_from_its_own_sheet(place: Path) -> None:
    make(place, FIRST, 0, 2)
    make(place, FIRST, 1, 2)

    assert texts(place) == {"Line 2.", "Line 3."}


def test_another_sheet_is_added_only_when_asked(place: Path) -> None:
    make(place, FIRST, 0, 1)
    with pytest.raises(RequestError, match="made from another sheet") as raised:
        make(place, OTHER, 0)
    assert "‹add to it›" in raised.value.remedy.lower()
    assert texts(place) == {"Line 1.", "Line 2."}

    make(place, OTHER, 0, add=True)
    assert texts(place) == {"Line 1.", "Line 2.", "Another."}
    make(place, FIRST, 0)
    assert texts(place) == {"Line 1.", "Another."}
    make(place, OTHER, 1, overwrite=True)
    assert texts(place) == {"Line 2."}


def test_the_newest_reading_of_a_line_on_two_sheets_is_used(place: Path) -> None:
    make(place, FIRST, 1)
    make(place, OTHER, 1, add=True)
    [take] = read_takes(place.with_suffix(""))

    assert take.sheet == OTHER.identity


def test_a_profile_that_was_changed_by_hand_stays(place: Path) -> None:
    make(place, FIRST, 0)
    text = place.read_text().replace("sentence = 1.3", "sentence = 2.0")
    place.write_text(text)
    make(place, FIRST, 0, fallback="joe")

    assert place.read_text() == text.replace('fallback = ""', 'fallback = "joe"')


@pytest.mark.parametrize("name", ["joe", "Anna", "../anna", "an na", ""])
def test_a_name_that_is_taken_or_cannot_be_a_voices_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RequestError, match=r"is taken|cannot be a voice's name"):
        make(profile_of(name, tmp_path), FIRST, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_a_voice_is_not_replaced(place: Path) -> None:
    place.with_suffix("").mkdir(parents=True)
    (place.with_suffix("") / "letters.txt").write_text("mine")
    with pytest.raises(RequestError, match="taken"):
        make(place, FIRST, 0, overwrite=True)

    assert (place.with_suffix("") / "letters.txt").read_text() == "mine"


@pytest.mark.parametrize("renamed", [1, 2])
def test_a_voice_that_is_there_outlives_an_interrupt(
    place: Path, monkeypatch: pytest.MonkeyPatch, renamed: int
) -> None:
    """Whichever of the two renames that put a new one in its place it follows."""
    make(place, FIRST, 0, 2)
    rename = Path.rename
    done: list[Path] = []

    def interrupted(self: Path, target: Path) -> Path:
        moved = rename(self, target)
        done.append(target)
        if len(done) == renamed:
            raise KeyboardInterrupt
        return moved

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make(place, FIRST, 0, 2)
    monkeypatch.undo()

    assert texts(place) == {"Line 1.", "Line 3."}
    assert [path.name for path in place.parent.iterdir() if path.suffix in (".old", ".part")] == []


def test_a_fallback_may_be_any_path(place: Path) -> None:
    for path in ("joe", "C:\\voices\\x.onnx", 'a "quoted" one.onnx'):
        make(place, FIRST, 0, fallback=path)
        profile = tomllib.loads(place.read_text(encoding="utf-8"))
        assert profile["recorded"]["fallback"] == path


def test_a_recorded_voice_cannot_stand_in_for_another(place: Path) -> None:
    make(place, FIRST, 0)
    with pytest.raises(VoiceError, match="stand in"):
        check_fallback("anna", [place.parent, SHIPPED])
    check_fallback("joe", [place.parent, SHIPPED])
