"""Files of every kind, spoilt at random, given to the commands that read them.

Usage: fuzz.py [--seed NUMBER] [--case NUMBER] [--cases NUMBER] [--clock SECONDS]

Each command runs in a process of its own, forked from this one. Whatever the file, it has to end
with status 0, 1 or 2, some fifteen seconds of processor time, and 300 MB of memory more than this
process has; it shows no traceback, no fault in the program itself, and no control character. The
seconds go by the machine: they are sixty times what starting a process for strangers' scripts
takes, which is measured first, and a little more than the budget of a script that is looked
through. What a seed gives is the same on every machine; ``--case`` runs one case and prints what
it showed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
STARTS, MEMORY_MB = 60, 300
SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
DRY = ("--name", "Sam", "--dry-run")

LETTER = "Dear Sam,\n\nYou are not alone. It was hard, and you stayed.\n\nWarmly, your friend\n"
LEXICON = '# Words\nXiomara = "see-oh-MAR-ah"\n"Mary Ann" = "MAIR-ee an"\nAoife = "/ˈiːfə/"\n'
CONFIG = """name = "Sam"
pace = "slow"
minutes = 10
bed = "rain"
for = ["sleep"]
ratio = "4:0:6:0"
[with]
loved_one = "Rex"
[pronounce]
Sam = "sam"
"""
CLIENT = f"""# hers
code = "K7"
since = 2026-11-27
avoid = ["sea", "waves"]
notes = '''
Two
lines'''
{CONFIG}"""
OWN = """---
title: A kind morning
technique: loving-kindness
summary: A few minutes of warmth before the day.
natural: 5
slots:
  name: {ask: "What would you like to be called?"}
  mood: {ask: "How is it today?", type: choice, choices: [light, heavy], default: light}
limits: {silence: 20s}
about:
  helps: [shame]
  guidelines: ["Sit down.", "Listen."]
---
## Arriving

Hello, {{ name }}. You may stop at any time.

[4s]

{% if minutes >= 5 %}
There is a little more time. {% vary %}Good.{% or %}How good.{% endvary %}
{% endif %}

## Breathing

[breathe 4]

(Aoife)[ipa:"ˈiːfə"] is here. [pause x2]

> You are welcome here.

[chime]
"""

HOSTILE = tuple(
    part.encode()
    for part in (
        '{{ "a" * 10**9 }}',
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        '{{ "%1000000000d" % 3 }}',
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'own.md' %}",
        "{% extends 'own.md' %}",
        "{{ 7**(7**9) }}",
        "{{ ''.__class__ }}",
        "{{ self }}{{ loop }}{{ cycler() }}{{ namespace(a=1).b }}",
        "{{ " + "(" * 3000,
        "{% if 1 %}" * 120,
        "[" * 3000,
        "(" * 3000,
        " " * 9000 + "x",
        "…" * 5000 + "\n",
        "p.m." * 1500,
        "*a" * 4000,
        "9" * 6000,
        "[breathe 99999999999]\n[pause x0]\n[999m]\n",
        "\x1b[2J\x07\x00\x9b31m",
        "\u202eevil\u2066",
        'title: "A\\e[31mB"\n',
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n"
            for old, new in zip("abcdef", "bcdefg", strict=True)
        ),
        "a: &x [*x]\n",
        "? [a, b]\n: c\n",
        "- " * 2000,
        "{a: " * 2000,
        "[a.b.c]\n" * 50,
        "x = " + "[" * 2000 + "\n",
        'minutes = 1e400\nseed = 99999999999999999999\nname = ["a"]\n',
        "\ue000own.md\ue0029\ue001\U000f0041",
        "---\n",
        "\r\r\n\r",
        "<!-- note --> <b>bold</b>",
        "😀é\u200d\u0301" * 300,
    )
)


@dataclass(frozen=True)
class Kind:
    """A kind of file: good ones, where one lies in the folder of a run, and who reads it."""

    good: tuple[bytes, ...]
    file: str
    commands: tuple[tuple[str, ...], ...]


def shipped(pattern: str) -> tuple[bytes, ...]:
    """Return the files of the checkout that match ``pattern``."""
    return tuple(path.read_bytes() for path in sorted(CHECKOUT.glob(pattern)))


def kinds() -> tuple[Kind, ...]:
    """Return every kind of file that people write."""
    scripts = (OWN.encode(), *shipped("scripts/*.md"))
    build = ("build", "compassionate-imagery", *DRY)
    return (
        Kind(
            scripts, "own.md", (("check", "own.md"), ("show", "own.md"), ("build", "own.md", *DRY))
        ),
        Kind(scripts, "scripts/own.md", (("list",), ("check", "own"), ("choose", "--json"))),
        Kind(
            shipped("scripts/partials/*.md"),
            "scripts/partials/words.md",
            (("check", "loving-kindness"), ("build", "loving-kindness", *DRY)),
        ),
        Kind(
            (LETTER.encode(), OWN.encode()),
            "letter.txt",
            (("build", "compassionate-letter-reading", "--letter", "letter.txt", *DRY),),
        ),
        Kind((CONFIG.encode(),), "config.toml", (("config",), build, ("pronounce", "list"))),
        Kind(
            (CLIENT.encode(),),
            "data/clients/K7/client.toml",
            (
                ("client", "list"),
                ("client", "edit", "K7", "--pace", "slow"),
                ("pronounce", "add", "Ann", "ANN", "--client", "K7"),
                ("client", "forget", "K7", "--yes"),
                (*build, "--client", "K7"),
            ),
        ),
        Kind(
            (LEXICON.encode(),),
            "words.toml",
            (("pronounce", "list", "--lexicon", "words.toml"), (*build, "--lexicon", "words.toml")),
        ),
        Kind(
            shipped("scripts/figures/*.toml"),
            "scripts/figures/mine.toml",
            (("list", "--figures"), (*build, "--figure", "mine")),
        ),
        Kind(
            shipped("scripts/programmes/*.toml"),
            "scripts/programmes/mine.toml",
            (("programme", "list"), ("programme", "show", "mine")),
        ),
        Kind(
            shipped("voices/*.toml"), "voices/mine.toml", (("voices",), (*build, "--voice", "mine"))
        ),
    )


def spoil(good: bytes, others: tuple[bytes, ...], chance: random.Random) -> bytes:
    """Return ``good`` after one to four changes at random."""
    text = good
    for _ in range(chance.randint(1, 4)):
        lines = text.splitlines(keepends=True) or [b"\n"]
        at, other = (chance.randrange(len(lines)) for _ in range(2))
        match chance.randrange(7):
            case 0:
                changed = bytearray(text or b"\n")
                for _ in range(chance.randint(1, 5)):
                    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
                text = bytes(changed)
                continue
            case 1:
                lines[at:at] = [lines[at]] * chance.choice((1, 3, 2000))
            case 2:
                lines.insert(other, lines.pop(at))
            case 3:
                del lines[min(at, other) : max(at, other)]
            case 4:
                donor = chance.choice(others).splitlines(keepends=True)
                start = chance.randrange(len(donor) or 1)
                lines[at:at] = donor[start : start + chance.randint(1, 20)]
            case 5:
                line, part = lines[at], chance.choice(HOSTILE)
                cut = chance.randrange(len(line) + 1)
                lines[at] = line[:cut] + part + line[cut:]
            case _:
                lines.insert(at, chance.choice(HOSTILE) + b"\n")
        text = b"".join(lines)
    return text


def prepare(seed: int, number: int, folder: Path) -> tuple[str, ...]:
    """Write the file of a case into ``folder`` and return the command that reads it."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 -- repeatable on purpose
    every = kinds()
    kind = every[number % len(every)]
    others = tuple(good for each in every for good in each.good)
    path = folder / kind.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(spoil(chance.choice(kind.good), others, chance))
    return kind.commands[(number // len(every)) % len(kind.commands)]


def run_command(command: tuple[str, ...], folder: Path) -> None:
    """Run the program in ``folder``, its output in files there; it ends this process."""
    os.chdir(folder)
    for number, name in enumerate(("out", "err"), start=1):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ["HOME"] = str(folder)
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    from cft_audio.cli import program
    from cft_audio.cli.face import Face

    folders = program_folders(folder)
    program.program.callback = program.click.pass_context(
        lambda ctx: setattr(ctx, "obj", Face(folders))
    )
    status = program.run(list(command))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def program_folders(folder: Path) -> object:
    """Return the folders of the program in ``folder``, where its configuration lies too."""
    from dataclasses import replace

    from cft_audio.files.folders import default_folders

    return replace(
        default_folders(),
        config=folder / "config.toml",
        cache=folder / "clips",
        data=folder / "data",
    )


@dataclass(frozen=True)
class Allowance:
    """What a case may take: seconds of processor time, and memory from where this process is."""

    cpu_s: float
    base_kb: int


def measure_allowance() -> Allowance:
    """Return the allowance on this machine, from the middle one of five starts."""
    program = [sys.executable, "-c", "import cft_audio.application.scripts_apart"]
    starts = []
    for _ in range(5):
        child = subprocess.Popen(program, cwd=CHECKOUT)
        used = os.wait4(child.pid, 0)[2]
        child.returncode = 0
        starts.append(used.ru_utime + used.ru_stime)
    return Allowance(STARTS * sorted(starts)[2], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def faults_of(
    folder: Path, status: int, used: resource.struct_rusage, allowed: Allowance
) -> list[str]:
    """Return what a finished case did that no file may bring about."""
    shown = (folder / "out").read_text("utf-8") + (folder / "err").read_text("utf-8")
    faults = []
    if os.waitstatus_to_exitcode(status) not in (0, 1, 2):
        faults.append(f"it ended with {os.waitstatus_to_exitcode(status)}")
    if "Traceback" in shown or "fault in the program itself" in shown:
        faults.append("it shows a fault of the program")
    if found := SHOWN.search(shown):
        faults.append(f"it shows the control character U+{ord(found[0]):04X}")
    if (spent := used.ru_utime + used.ru_stime) > allowed.cpu_s:
        faults.append(f"it took {spent:.1f} s, and {allowed.cpu_s:.1f} are allowed here")
    if (more := (used.ru_maxrss - allowed.base_kb) / 1000) > MEMORY_MB:
        faults.append(f"it took {more:.0f} MB")
    return faults


def speak_nothing() -> None:
    """Let the voices of this machine hum: to speak a session takes them seconds."""
    import numpy as np

    from cft_audio.speech.engines.engine import Spoken
    from cft_audio.speech.engines.espeak import EspeakEngine
    from cft_audio.speech.engines.piper import PiperEngine

    def hum(self: object, sentence: object, tempo: float) -> Spoken:  # noqa: ARG001 -- an engine's
        count = 1000 + 60 * len(sentence.text)  # type: ignore[attr-defined]
        return Spoken(np.sin(np.arange(count) / 20).astype(np.float32) / 3, 22_050, ())

    PiperEngine.speak = EspeakEngine.speak = hum  # type: ignore[method-assign,assignment]


def main() -> int:
    """Run the cases, several at a time, and return 1 if any of them shows a fault."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    asked.add_argument("--case", type=int)
    asked.add_argument("--cases", type=int, default=270)
    asked.add_argument("--clock", type=float, default=55.0)
    given = asked.parse_args()
    sys.path.insert(0, str(CHECKOUT))
    speak_nothing()
    import cft_audio.application.recordings
    import cft_audio.cli.program  # noqa: F401

    allowed = measure_allowance()
    numbers = iter(range(given.cases) if given.case is None else [given.case])
    work = Path(tempfile.mkdtemp(prefix="cft-audio-fuzz-"))
    print(f"seed {given.seed}; {allowed.cpu_s:.1f} s of processor time a case", flush=True)
    running: dict[int, tuple[int, tuple[str, ...], Path]] = {}
    done, failed, deadline = 0, 0, time.monotonic() + given.clock
    while True:
        while len(running) < (os.cpu_count() or 1) and time.monotonic() < deadline:
            if (number := next(numbers, None)) is None:
                break
            folder = work / str(number)
            folder.mkdir()
            command = prepare(given.seed, number, folder)
            if (child := os.fork()) == 0:
                run_command(command, folder)
            running[child] = number, command, folder
        if not running:
            break
        child, status, used = os.wait4(-1, 0)
        number, command, folder = running.pop(child)
        done += 1
        faults = faults_of(folder, status, used, allowed)
        if given.case is not None:
            print((folder / "out").read_text("utf-8"), (folder / "err").read_text("utf-8"))
        if faults or given.case is not None:
            failed += bool(faults)
            print(f"case {number}: cft-audio {' '.join(command)}: {'; '.join(faults) or 'well'}")
            print(f"  in {folder}; again: python .ci/fuzz.py --seed {given.seed} --case {number}")
        else:
            shutil.rmtree(folder)
    if not any(work.iterdir()):
        work.rmdir()
    print(f"{done} cases, {failed} of them with a fault")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
