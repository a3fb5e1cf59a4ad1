"""A studio of its own in an empty home, asked as a browser asks, and what its processes take."""

from __future__ import annotations

import html
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from batch import children_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCRIPT = """---
title: Hello
technique: loving-kindness
slots: {name: {ask: "Your name?"}}
---
## Hello

Hello, {{ name }}. Stop at any time.

May you be well.

> I am glad that you are here, {{ name }}.
"""
"""A practice of a few seconds."""

WAIT_S = 120.0


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds its first byte."""

    status: int
    to: str
    body: bytes
    first_s: float

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Studio:
    """A studio that runs.

    Attributes:
        home: The home of whoever has it.
        process: Its own process.
        began: When it was started.
        linked_s: Seconds until its link was printed.
        port: Where it listens.
        cookie: What lets its visitor in.
    """

    home: Path
    process: subprocess.Popen[str]
    began: float
    linked_s: float
    port: int
    cookie: str = ""

    def get(self, path: str) -> Answer:
        """Ask for something, and read all of it."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str], accept: str = "text/html") -> Answer:
        """Send a form, as a page does."""
        return self._ask("POST", path, urlencode(fields), accept)

    def begin(self, practice: str, **fields: str) -> str:
        """Begin a session of a practice, and return the address of its page."""
        path = self.post("/begin", {"practice": practice}).to
        if fields:
            self.post(path, fields)
        return path

    def live(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Change a session as its page does while one types; the picture is in the answer."""
        answer = self.post(path, fields, "application/json")
        assert "data:image/svg+xml," in answer.text, answer.text
        return answer

    def build(self, path: str, fields: Mapping[str, str]) -> str:
        """Make the recording of a session, and return the address of its page."""
        job = self.post(path, {**fields, "do": "make"})
        assert job.to, job.text
        until = time.monotonic() + WAIT_S
        while not (shown := self.get(job.to)).to:
            assert time.monotonic() < until, shown.text
            assert "could not" not in shown.text, shown.text
            time.sleep(0.1)
        return shown.to

    @property
    def megabytes(self) -> dict[str, float]:
        """What each of its processes has in memory: its own, and its hands together."""
        own = self.process.pid
        return {"own": resident(own), "hands": sum(map(resident, children_of(own)))}

    @property
    def passing(self) -> list[Path]:
        """The files that are only listened to."""
        return [file for folder in self.home.rglob("passing") for file in folder.rglob("*")]

    def _ask(self, method: str, path: str, body: str = "", accept: str = "text/html") -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT_S)
        headers = {"Cookie": self.cookie, "Accept": accept}
        if method == "POST":
            headers |= {"Origin": f"http://127.0.0.1:{self.port}"}
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        began = time.monotonic()
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            first = answer.read(1)
            first_s = time.monotonic() - began
            told: Any = answer.getheader("location") or ""
            return Answer(answer.status, told, first + answer.read(), first_s)
        finally:
            connection.close()


@contextmanager
def open_studio() -> Iterator[Studio]:
    """Give a studio in an empty home, whose visitor has come in; it is killed at the end."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "tmp").mkdir()
        given = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
        # What a shell starts in the background ignores Ctrl-C, and so would the studio.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "cft_audio", "studio", "--no-open"],
            env=given | {"HOME": folder, "TMPDIR": str(home / "tmp")},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            link = re.match(
                r"http://127\.0\.0\.1:(\d+)/enter\?code=(.+)", process.stdout.readline()
            )
            assert link
            studio = Studio(home, process, began, time.monotonic() - began, int(link[1]))
            studio.cookie = _come_in(studio, link[2])
            yield studio
        finally:
            process.kill()
            process.communicate()


def end(studio: Studio) -> float:
    """End a studio as Ctrl-C does, and return how many seconds that took."""
    began = time.monotonic()
    studio.process.send_signal(signal.SIGINT)
    assert studio.process.wait(WAIT_S) == 0
    return time.monotonic() - began


def keep_script(studio: Studio, name: str, text: str = SCRIPT) -> Path:
    """Keep a practice among those of the person."""
    file = studio.home / ".local/share/cft-audio/scripts" / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def lines_of(page: str) -> list[str]:
    """Return where each line of a session is heard."""
    heard = re.findall(r'<a href="(/make/[^"]+/hear/[^"]+)"', page)
    return [html.unescape(path) for path in heard]


def left_of(home: Path) -> list[int]:
    """Return the processes that were started in a home and still run."""
    found = []
    for file in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"HOME={home}".encode() in file.read_bytes().split(b"\0"):
                found.append(int(file.parent.name))
    return found


def resident(process: int) -> float:
    """Return how many MB a process has in memory; 0 if it has ended."""
    with suppress(OSError, IndexError):
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1000
    return 0.0


@contextmanager
def busy(cores: int) -> Iterator[None]:
    """Keep so many cores busy during the block."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(cores)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def _come_in(studio: Studio, code: str) -> str:
    """Trade the code as the page of the link does, and return the cookie."""
    studio.get(f"/enter?code={code}")
    connection = HTTPConnection("127.0.0.1", studio.port)
    kind = "application/x-www-form-urlencoded"
    headers = {"Origin": f"http://127.0.0.1:{studio.port}", "Content-Type": kind}
    connection.request("POST", "/enter", urlencode({"code": code}), headers)
    return str(connection.getresponse().getheader("set-cookie")).split(";")[0]
