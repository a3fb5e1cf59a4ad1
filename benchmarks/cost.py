"""What a recording costs, over the least it could, all figures from one run on this machine.

    python benchmarks/cost.py            everything, some five minutes
    python benchmarks/cost.py --quick    without the 60- and 180-minute sessions

(a) CPU of a cold build over the floor: speaking its lines alone, and encoding its samples alone.
(b) CPU of a warm rebuild with only the name changed, less what speaking the changed lines takes,
    over encoding alone.
(c) Peak memory of 10, 60 and 180 minutes: the largest single process, ffmpeg's own as well.
(d) CPU of the same ten minutes mixed the obvious pydub way, over ours.
(e) `cft-audio --help` over `python -c "import click"`.

CPU is user and system time of a process and everything it started.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from cft_audio.speech.voicing import DEFAULT_VOICE

PRACTICE = "soothing-rhythm-breathing"
HERE = Path(__file__).parent
LONG = "compassionate-mind-training"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="leave out 60 and 180 minutes")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        bench.cold_and_warm()
        bench.memory((3,) if quick else (3, 60))
        bench.obvious()
        bench.start_up()


class Bench:
    """One run's measurements in a folder of its own, with an empty home.

    Args:
        folder: The folder.
        voice: Who speaks.
    """

    def __init__(self, folder: Path, voice: str = DEFAULT_VOICE) -> None:
        self.folder = folder
        self.voice = voice
        self.recording = folder / "cold.mp3"
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "CFT_"))
        } | {"HOME": str(folder / "home"), "SOURCE_DATE_EPOCH": "1800000000"}
        (folder / "home").mkdir()

    def cold_and_warm(self) -> None:
        """Measure (a) and (b)."""
        cold, _ = self.cpu("build", "--name", "Sam", "-o", str(self.recording))
        encode = self.encoding()
        speak = self.speaking("Sam", "")
        print(f"cold build                 {cold:6.2f} s CPU")
        print(f"  speaking its lines alone {speak:6.2f} s CPU")
        print(f"  encoding alone           {encode:6.2f} s CPU")
        print(f"(a) cold build over the floor: {cold / (speak + encode):.2f} (at most 1.25)\n")
        changed = self.speaking("Robin", "Sam")
        warm, _ = self.cpu("build", "--name", "Robin", "-o", str(self.folder / "warm.mp3"))
        ratio = (warm - changed) / encode
        print(f"warm rebuild, another name {warm:6.2f} s CPU")
        print(f"  speaking changed lines   {changed:6.2f} s CPU")
        print(f"(b) the rest over encoding alone: {ratio:.2f} (at most 2.0)\n")

    def memory(self, lengths: tuple[int, ...]) -> None:
        """Measure (c)."""
        peaks = []
        for minutes in lengths:
            # A home of its own for each: the voice is loaded every time, or none would compare.
            home = self.folder / f"home-{minutes}"
            home.mkdir()
            self.environment["HOME"] = str(home)
            out = str(self.folder / "long.mp3")
            _, peak = self.cpu("build", "-m", str(minutes), "-o", out, "-f", practice=LONG)
            peaks.append(peak)
            print(f"peak memory, {minutes:3} minutes   {peak:6.0f} MB")
        print(f"(c) spread: {max(peaks) - min(peaks):.0f} MB (at most 60)\n")

    def obvious(self) -> None:
        """Measure (d)."""
        clips = self.folder / "clips"
        clips.mkdir()
        ours = self.measured([sys.executable, str(HERE / "mixing.py"), "blocks"])[0]
        theirs = self.measured([sys.executable, str(HERE / "mixing.py"), "overlay"])[0]
        print(f"(d) the obvious pydub mix over ours, ten minutes: {theirs / ours:.1f}\n")

    def start_up(self) -> None:
        """Measure (e)."""
        program = [sys.executable, "-m", "cft_audio", "--help"]
        click = [sys.executable, "-c", "import click"]
        pairs = [(self.measured(program)[0], self.measured(click)[0]) for _ in range(15)]
        ratio = statistics.median(ours / theirs for ours, theirs in pairs)
        print(f"(e) --help over importing click: {ratio:.2f} (at most 3)")

    def cpu(self, command: str, *arguments: str, practice: str = PRACTICE) -> tuple[float, float]:
        """Return CPU seconds and peak megabytes of a command of the program."""
        if "-m" not in arguments:
            arguments = (*arguments, "-m", "10")
        spoken = (*arguments, "--voice", self.voice)
        program = [sys.executable, "-m", "cft_audio", command, practice, *spoken]
        return self.measured(program)

    def encoding(self) -> float:
        """Return the CPU seconds of encoding the recording's own samples at level 7."""
        from imageio_ffmpeg import get_ffmpeg_exe

        ffmpeg, pcm = get_ffmpeg_exe(), self.folder / "samples.pcm"
        form = ("-f", "s16le", "-ar", "44100", "-ac", "2")
        self.measured([ffmpeg, "-v", "error", "-i", str(self.recording), *form, str(pcm)])
        out = self.folder / "floor.mp3"
        encode = [ffmpeg, "-v", "error", "-y", *form, "-i", str(pcm)]
        encode += ["-c:a", "libmp3lame", "-b:a", "128k", "-compression_level", "7", str(out)]
        return statistics.median(self.measured(encode)[0] for _ in range(3))

    def speaking(self, name: str, after: str) -> float:
        """Return the CPU seconds of speaking the lines for ``name`` that ``after`` has not."""
        lines = [self.lines(name), self.lines(after) if after else []]
        file = self.folder / "lines.json"
        file.write_text(json.dumps([line for line in lines[0] if line not in lines[1]]))
        return self.measured([sys.executable, str(HERE / "speaking.py"), str(file), self.voice])[0]

    def lines(self, name: str) -> list[list[object]]:
        """Return each line of the session and how much a breath cue of it is drawn out."""
        command = [sys.executable, str(HERE / "lines.py"), PRACTICE, name, self.voice]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        found: list[list[object]] = json.loads(done.stdout)
        return found

    def measured(self, command: list[str]) -> tuple[float, float]:
        """Return CPU seconds and peak megabytes of a command and its children."""
        watcher = (
            "import json, resource, subprocess, sys\n"
            "status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode\n"
            "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
            "print(json.dumps([status, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", watcher, *command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        )
        status, cpu, peak = json.loads(done.stdout)
        if status:
            sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
        return float(cpu), float(peak)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
