"""Material to master, and ffmpeg as the independent judge of what came of it."""

from __future__ import annotations

import gc
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from hypothesis import settings
from imageio_ffmpeg import get_ffmpeg_exe
from leaving_out import leave_out
from program_runs import Machine
from quick_passphrase import close_quickly

from cft_audio.library import practices
from cft_audio.people.clients.key_files import age

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cft_audio.signal.audio import Mono, Stereo

RATE = 44_100

# A shell starts what runs in its background with Ctrl-C ignored, nohup what it runs with a closed
# terminal ignored, and whatever these start in turn inherits it. The programs under test are
# interrupted on purpose.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# To look through all that a worker has loaded for what nobody needs takes a twentieth of the time.
gc.set_threshold(50_000, 20, 20)

# A property holds on a slow machine, and on one that does something else meanwhile.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# The ONNX runtime reports to its maker unless it is asked not to before it is imported. A program
# that a test starts is not given this, so that it has to ask by itself.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a test out where a program that it needs is missing; in CI, none may be missing."""
    for mark in item.iter_markers("needs"):
        for program in mark.args:
            if shutil.which(program) is None:
                leave_out(f"the program {program} is not installed")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all tests of this run share, whichever worker they run in."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def warm_home(shared: Path) -> Path:
    """A home whose clip cache all tests share, as a person's own would be.

    Several runs share it too, where CFT_AUDIO_TEST_HOME names it.
    """
    named = os.environ.get("CFT_AUDIO_TEST_HOME")
    home = Path(named) if named else shared / "home"
    home.mkdir(exist_ok=True)
    return home


@pytest.fixture
def machine(tmp_path: Path, warm_home: Path) -> Machine:
    """A machine on which clips are kept already, and an empty folder to work in."""
    return Machine(tmp_path, warm_home)


@pytest.fixture(scope="session")
def warm_clips(warm_home: Path) -> Path:
    """The folder of that clip cache."""
    return warm_home / ".cache" / "cft-audio" / "clips"


@pytest.fixture(scope="session", autouse=True)
def programs_are_compiled_once(shared: Path) -> Iterator[None]:
    """Let the programs that tests start find each module compiled, as where it is installed."""
    with pytest.MonkeyPatch.context() as patch:
        if sys.dont_write_bytecode:
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
            patch.setenv("PYTHONPYCACHEPREFIX", str(shared / "compiled"))
        yield


@pytest.fixture(scope="session", autouse=True)
def models_are_loaded_once() -> Iterator[None]:
    """Let the engines of this process share each voice model: loading one takes half a second."""
    # First, as in the program: it keeps onnxruntime from sending reports.
    import cft_audio.speech.engines.piper  # noqa: F401, I001
    import onnxruntime

    load = onnxruntime.InferenceSession
    loaded: dict[int, onnxruntime.InferenceSession] = {}

    def load_once(model: bytes | str, *arguments: Any, **options: Any) -> Any:
        if not isinstance(model, bytes):
            return load(model, *arguments, **options)
        key = hash(model)
        if key not in loaded:
            loaded[key] = load(model, *arguments, **options)
        return loaded[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(onnxruntime, "InferenceSession", load_once)
        yield


@pytest.fixture
def own_scripts_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render a person's own scripts in this process, as those that ship.

    Starting a process for each plan would take most of the time of the tests that plan. What that
    process is for, and that a script is written there as here, is held by
    ``tests/application/test_scripts_apart.py``; programs that tests start have it all the same.
    """
    monkeypatch.setattr(practices, "is_shipped", lambda *_: True)


@pytest.fixture
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes, str], bytes]:
    """Close private keys so that trying a passphrase takes a moment, and not seconds, as age means.

    ``tests/people/test_sealing.py`` closes and opens one as it is.

    Returns:
        What closes them otherwise.
    """
    ages_own: Callable[[bytes, str], bytes] = age().passphrase.encrypt
    monkeypatch.setattr(age().passphrase, "encrypt", close_quickly)
    return ages_own


class Verdict(NamedTuple):
    """Integrated loudness and true peak."""

    lufs: float
    dbtp: float


def _ffmpeg(*arguments: str, audio: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [get_ffmpeg_exe(), "-hide_banner", "-nostats", *arguments],
        input=audio,
        capture_output=True,
        check=True,
    )


def _verdict(*source: str, audio: bytes | None = None) -> Verdict:
    judged = _ffmpeg(
        *source, "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-", audio=audio
    )
    said = judged.stderr.decode()
    lufs = re.search(r"I:\s+(\S+) LUFS", said)
    dbtp = re.search(r"Peak:\s+(\S+) dBFS", said)
    assert lufs
    assert dbtp
    return Verdict(float(lufs[1]), float(dbtp[1]))


@pytest.fixture(scope="session")
def judge() -> Callable[[Stereo], Verdict]:
    """Loudness and true peak of samples, by ffmpeg."""
    raw = ("-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
    return lambda audio: _verdict(*raw, audio=np.ascontiguousarray(audio, np.float32).tobytes())


@pytest.fixture(scope="session")
def judge_file() -> Callable[[Path], Verdict]:
    """Loudness and true peak of a file as decoded, by ffmpeg."""
    return lambda file: _verdict("-i", str(file))


@pytest.fixture(scope="session")
def decode() -> Callable[[Path], Stereo]:
    def decoded(file: Path) -> Stereo:
        raw = _ffmpeg("-i", str(file), "-f", "f32le", "-").stdout
        return np.frombuffer(raw, np.float32).reshape(-1, 2)

    return decoded


@pytest.fixture(scope="session")
def metadata() -> Callable[[Path], str]:
    """Tags and chapters as ffmpeg reads them."""
    return lambda file: _ffmpeg("-i", str(file), "-f", "ffmetadata", "-").stdout.decode()


@pytest.fixture(scope="session")
def listing() -> Callable[[Path], str]:
    """What ffmpeg says of a file it opens."""
    return lambda file: subprocess.run(
        [get_ffmpeg_exe(), "-hide_banner", "-i", str(file)], capture_output=True, check=False
    ).stderr.decode()


def _voice(seconds: float, seed: int = 0) -> Mono:
    """Glottal pulses through three formants, in phrases: peaks stand 20 dB over the loudness."""
    rng = np.random.Generator(np.random.PCG64(seed))
    count = int(seconds * RATE)
    time = np.arange(2048) / RATE
    pulse = sum(
        np.exp(-time * width * np.pi) * np.sin(2 * np.pi * formant * time)
        for formant, width in ((500, 80), (1500, 120), (2800, 200))
    )
    pitch = np.cumsum(rng.normal(0, 2e-4, count)) + 110
    strikes = np.flatnonzero(np.diff(np.floor(np.cumsum(pitch / RATE))))
    train = np.zeros(count)
    at = np.arange(count) / RATE
    syllables = np.maximum(0, np.sin(2 * np.pi * 2.3 * at)) ** 2 * (
        np.sin(2 * np.pi * at / 7) > -0.4
    )
    train[strikes] = syllables[strikes] * rng.uniform(0.3, 1.0, len(strikes)) ** 3
    size = 1 << (count + len(time)).bit_length()
    sound = np.fft.irfft(np.fft.rfft(train, size) * np.fft.rfft(pulse, size), size)[:count]
    return np.asarray(sound / np.abs(sound).max(), np.float32)


@pytest.fixture(scope="session")
def voice() -> Callable[[float], Mono]:
    return _voice


@pytest.fixture(scope="session")
def noise() -> Callable[[float], Stereo]:
    """Pink-like noise, each channel its own, in bursts."""

    def bursts(seconds: float) -> Stereo:
        rng = np.random.Generator(np.random.PCG64(5))
        count = int(seconds * RATE)
        spectrum = np.fft.rfft(rng.standard_normal((count, 2)), axis=0)
        spectrum /= np.sqrt(np.arange(len(spectrum)) + 1.0)[:, np.newaxis]
        sound = np.fft.irfft(spectrum, count, axis=0)
        sound *= (np.sin(2 * np.pi * 0.7 * np.arange(count) / RATE) > 0)[:, np.newaxis]
        return np.asarray(sound / np.abs(sound).max(), np.float32)

    return bursts


@pytest.fixture(scope="session")
def session_mix(voice: Callable[[float], Mono], noise: Callable[[float], Stereo]) -> Stereo:
    """Forty seconds of voice over a breathing tone and a bed, an odd number of samples."""
    said = voice(40)[:, np.newaxis]
    at = np.arange(len(said)) / RATE
    tone = 0.02 * np.sin(2 * np.pi * 140 * at) * (0.5 - 0.5 * np.cos(2 * np.pi * at / 10))
    mixed = 0.9 * said + tone[:, np.newaxis] + 0.02 * noise(40)
    return np.asarray(mixed[:-7], np.float32)
