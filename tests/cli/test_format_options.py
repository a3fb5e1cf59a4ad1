"""The kind of a recording: by name, by option, by settings and by preset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_runs import HELLO, ffmpeg

from cft_audio.application.presets import MAIL_BYTES
from cft_audio.master.formats import FORMATS

if TYPE_CHECKING:
    from program_runs import Machine

ASKED = ("build", "hello.md", "--name", "Sam")


@pytest.fixture
def hello(bare: Machine) -> Machine:
    """A machine with a practice of a few seconds, and settings of its own."""
    (bare.folder / "hello.md").write_text(HELLO)
    return bare


def kind(machine: Machine, *arguments: str) -> str:
    """Return what ffmpeg says of the recording that a command makes."""
    file = machine.folder / machine.json(*ASKED, *arguments)["file"]
    (line,) = [one for one in ffmpeg("-i", str(file)).splitlines() if "Audio:" in one]
    return f"{file.name}: {line.partition('Audio: ')[2]}"


@pytest.mark.parametrize("name", FORMATS)
def test_the_ending_of_a_name_says_the_format(hello: Machine, name: str) -> None:
    codecs = {"m4a": "aac", "m4b": "aac", "wav": "pcm_s16le"}

    assert kind(hello, "-o", f"a.{name}").startswith(f"a.{name}: {codecs.get(name, name)}")


def test_an_option_says_it_for_a_folder(hello: Machine) -> None:
    assert kind(hello, "--format", ".FLAC").startswith("hello-sam.flac: flac")


def test_a_setting_says_it_and_gives_way_to_an_option(hello: Machine) -> None:
    hello.configure('format = "opus"\n')

    assert kind(hello).startswith("hello-sam.opus: opus, 48000 Hz")
    assert kind(hello, "--format", "m4a").startswith("hello-sam.m4a: aac")


def test_a_bit_rate_of_the_settings_counts_only_where_the_format_has_it(hello: Machine) -> None:
    hello.configure("bitrate = 192\n")

    assert "192 kb/s" in kind(hello)
    assert kind(hello, "-o", "a.flac").startswith("a.flac: flac")
    assert kind(hello, "-o", "a.opus").startswith("a.opus: opus")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("-o", "a.ogg"), "Choose .opus"),
        (("-o", "a.aiff"), "a name ending in .mp3, .m4a, .m4b, .opus, .flac or .wav"),
        (("--format", "ogg"), "Choose .opus"),
        (("--format", "mp4"), "there is no format 'mp4'"),
        (("--format", "falc"), "Did you mean 'flac'?"),
        (("--format", "flac", "-o", "a.mp3"), "ends in .mp3, and --format flac was asked"),
        (("--preset", "archive", "-o", "a.opus"), "ends in .opus, and --format flac was asked"),
        (("--bitrate", "192", "-o", "a.flac"), "keeps everything, and has no bit rate"),
        (("--bitrate", "320", "-o", "a.m4a"), "Choose one of 64, 96, 128, 160, 192, 256"),
        (("--bitrate", "111"), "'111' is not one of"),
        (("--sample-rate", "44100", "-o", "a.opus"), ".opus always has 48000"),
        (("--preset", "telephone"), "phone"),
    ],
)
def test_what_no_format_can_be_is_told_before_any_work(
    hello: Machine, options: tuple[str, ...], told: str
) -> None:
    refused = hello.run(*ASKED, *options, status=2)

    assert told in refused.stderr
    assert hello.left_behind() == ["hello.md"]


@pytest.mark.parametrize(
    ("preset", "told"),
    [
        ("phone", "mp3, 44100 Hz, mono, fltp, 64 kb/s"),
        ("insight-timer", "mp3, 48000 Hz, stereo, fltp, 128 kb/s"),
        ("archive", "flac, 44100 Hz, stereo"),
        ("mail", "mp3, 44100 Hz, stereo, fltp, 128 kb/s"),
    ],
)
def test_a_preset_is_what_its_place_asks_for(hello: Machine, preset: str, told: str) -> None:
    made = kind(hello, "--preset", preset).replace("mp3 (mp3float)", "mp3")

    assert told in made


def test_what_is_typed_counts_over_a_preset_and_a_preset_over_settings(hello: Machine) -> None:
    hello.configure('bitrate = 192\nchannels = "stereo"\n')

    assert "mono, fltp, 64 kb/s" in kind(hello, "--preset", "phone")
    assert "mono, fltp, 96 kb/s" in kind(hello, "--preset", "phone", "--bitrate", "96")


def test_a_place_that_asks_for_more_is_told_of(hello: Machine) -> None:
    told = hello.run(*ASKED, "--preset", "insight-timer").stderr

    assert "picture without words" in told
    assert "cft-audio cover PRACTICE --size 1600 --no-title" in told


@pytest.mark.parametrize(
    ("minutes", "kbps", "channels"),
    [(10, 128, "stereo"), (18, 96, "stereo"), (25, 64, "mono"), (36, 48, "mono"), (55, 32, "mono")],
)
def test_a_mail_gets_the_best_that_fits(minutes: int, kbps: int, channels: str) -> None:
    from cft_audio import request
    from cft_audio.master.formats import BYTES_PER_KBIT

    asked = request("soothing-rhythm-breathing", name="Sam", minutes=minutes, preset="mail")
    coding = asked.output.coding(length_s=minutes * 60)

    assert (coding.bitrate_kbps, coding.channels) == (kbps, channels)
    assert kbps * BYTES_PER_KBIT * minutes * 60 < MAIL_BYTES < 20e6 * 3 / 4


def test_what_fits_into_no_mail_is_told_with_what_does(hello: Machine) -> None:
    refused = hello.run(
        *("build", "soothing-rhythm-breathing", "--name", "Sam"),
        *("--preset", "mail", "-m", "75"),
        status=2,
    )

    assert "are larger than 15 MB" in refused.stderr
    assert "or one file for each chapter" in refused.stderr
    assert hello.left_behind() == ["hello.md"]


def test_tags_are_those_that_were_asked_for(hello: Machine) -> None:
    options = {
        "title": "Tonight",
        "album": "Evenings",
        "artist": "Dr Lee",
        "comment": "For the train.",
    }
    hello.configure('artist = "Somebody else"\nalbum = "Evenings"\n')
    given = [
        part for name in ("title", "artist", "comment") for part in (f"--{name}", options[name])
    ]
    for ending in ("mp3", "m4b", "opus", "flac", "wav"):
        hello.run(*ASKED, *given, "-o", f"a.{ending}")
        tags = ffmpeg("-i", str(Path(hello.folder, f"a.{ending}")))
        for words in ("Tonight, for Sam", "Evenings", "Dr Lee", "For the train."):
            assert words in tags
        assert "Somebody else" not in tags
