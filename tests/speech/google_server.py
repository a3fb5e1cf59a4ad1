"""Google's service played on this machine, for the real gTTS, requests and TLS.

It is a proxy as HTTPS_PROXY names one: asked for ``translate.google.co.uk:443`` it becomes that
host itself, with a certificate of an authority of its own. So a program under test sends what it
would send to Google, over the encryption that it would use, and nothing reaches a network.
"""

from __future__ import annotations

import base64
import json
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import numpy as np
import trustme
from imageio_ffmpeg import get_ffmpeg_exe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HOSTS = ("translate.google.co.uk", "translate.google.com", "translate.google.us")
RATE = 24_000
LETTERS_PER_SECOND = 14


@dataclass(frozen=True)
class Sent:
    """What arrived."""

    host: str
    text: str
    language: str
    slow: bool | None
    at: float


@dataclass(frozen=True)
class Reply:
    """What is answered: a status, headers and a body; some of it late, or never."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    before: float = 0.0
    length: int | None = None


@cache
def mp3_of(text: str) -> bytes:
    """Return something like speech, as long as ``text`` would take, as Google encodes it."""
    rng = np.random.Generator(np.random.PCG64(list(text.encode())))
    length = int(RATE * (0.3 + sum(map(str.isalnum, text)) / LETTERS_PER_SECOND))
    at = np.arange(length) / RATE
    voiced = sum(np.sin(2 * np.pi * 120 * n * at) / n for n in range(1, 20))
    syllables = np.abs(np.sin(2 * np.pi * rng.uniform(2, 4) * at))
    sound = voiced * syllables + 0.02 * rng.standard_normal(length)
    sound[: RATE // 10] = sound[-RATE // 10 :] = 0
    pcm = np.asarray(sound / np.abs(sound).max() * 16_000, "<i2").tobytes()
    raw = ("-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-")
    plain = ("-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "-")
    return subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", *raw, "-b:a", "32k", *plain],
        input=pcm,
        capture_output=True,
        check=True,
    ).stdout


def answer_with(mp3: bytes) -> bytes:
    """Return the answer that has ``mp3`` in it, as batchexecute writes it."""
    return _batch(json.dumps([base64.b64encode(mp3).decode()]))


def _batch(result: str | None) -> bytes:
    call = ["wrb.fr", "jQ1olc", result, None, None, None, "generic"]
    table = [call, ["di", 61], ["af.httprm", 61, "-123456789", 5]]
    return (")]}'\n\n" + json.dumps(table, separators=(",", ":"))).encode()


NO_SOUND = _batch(None)
CAPTCHA = b"<html><head><title>Sorry...</title></head><body>unusual traffic from your computer"
LOGIN = b"<!doctype html><html><body>Welcome to our hotel. Room number?</body></html>"


def success(sent: Sent) -> Reply:
    return Reply(body=answer_with(mp3_of(sent.text)))


class Google:
    """What the service answers, and what it was sent.

    Attributes:
        replies: What it answers next, one each, and after them success; a reply, or what makes
            one of what was sent.
        sent: Everything that arrived, in order.
        connects: What the proxy was asked to connect to, in order.
        always: What it answers when ``replies`` are used up.
    """

    def __init__(self) -> None:
        self.replies: list[Reply | Callable[[Sent], Reply]] = []
        self.always: Reply | Callable[[Sent], Reply] = success
        self.sent: list[Sent] = []
        self.connects: list[str] = []
        self.port = 0
        self.authority = b""
        self._lock = threading.Lock()

    @property
    def texts(self) -> list[str]:
        """What was to be said, in order."""
        return [sent.text for sent in self.sent]

    @property
    def gaps(self) -> list[float]:
        """Seconds between each request and the one before."""
        return [later.at - sent.at for sent, later in zip(self.sent, self.sent[1:], strict=False)]

    def environment(self, folder: Path) -> dict[str, str]:
        """Return the variables by which programs find this service, and trust it."""
        authority = folder / "authority.pem"
        authority.write_bytes(self.authority)
        proxy = f"http://127.0.0.1:{self.port}"
        variables = {"HTTPS_PROXY": proxy, "https_proxy": proxy, "NO_PROXY": "", "no_proxy": ""}
        return variables | {"REQUESTS_CA_BUNDLE": str(authority)}

    def reply_to(self, sent: Sent) -> Reply:
        """Take note of what was sent, and return what is answered."""
        with self._lock:
            self.sent.append(sent)
            reply = self.replies.pop(0) if self.replies else self.always
        return reply if isinstance(reply, Reply) else reply(sent)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    google: Google
    context: ssl.SSLContext

    def do_CONNECT(self) -> None:
        self.google.connects.append(self.path)
        self.host = self.path.partition(":")[0]
        self.send_response(200, "Connection established")
        self.end_headers()
        try:
            self.connection = self.context.wrap_socket(self.connection, server_side=True)
        except OSError:  # whoever asks does not trust us
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        reply = self.google.reply_to(self._sent(body))
        time.sleep(reply.before)
        try:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            length = len(reply.body) if reply.length is None else reply.length
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(reply.body)
        except OSError:  # nobody waits for it any more
            self.close_connection = True
        if reply.length is not None:
            self.close_connection = True

    def _sent(self, body: str) -> Sent:
        call = json.loads(parse_qs(body)["f.req"][0])[0][0]
        text, language, slow, _ = json.loads(call[1])
        return Sent(self.host, text, language, slow, time.monotonic())

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing: connections are broken on purpose."""


@contextmanager
def google_here() -> Iterator[Google]:
    """Give the service for as long as it is used."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS).configure_cert(context)
    google = Google()
    google.authority = authority.cert_pem.bytes()
    handler = type("Handler", (_Handler,), {"google": google, "context": context})
    with _Server(("127.0.0.1", 0), handler) as server:
        google.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield google
        finally:
            server.shutdown()
            thread.join()
