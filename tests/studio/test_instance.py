"""One studio at a time: a second start finds the first, and what a killed one left does no harm."""

from __future__ import annotations

import json
import os
import socket
import stat
import threading
from typing import TYPE_CHECKING

import pytest
from studio_here import INVITATION, studio_here

from cft_audio.errors import CftAudioError, RequestError
from cft_audio.studio import instance
from cft_audio.studio.address import HOST, listen, port_of
from cft_audio.studio.instance import announce, only_studio

if TYPE_CHECKING:
    from pathlib import Path

FILE = "running.json"


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "_PATIENCE_S", 0.5)
    monkeypatch.setattr(instance, "_ANSWER_S", 0.2)


def test_the_first_is_the_only_one_and_leaves_nothing_but_its_lock(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "studio"
    with only_studio(folder) as running:
        assert running == ""
        announce(folder, 4711)
        if os.name != "nt":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["studio.lock"]


def test_a_second_start_is_given_a_link_to_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "studio"
    with only_studio(folder):
        opened = listen(0)
        password = announce(folder, port_of(opened))
        opened.close()
        with studio_here(tmp_path) as here:
            # It listens where tests let it.
            (folder / FILE).write_text(json.dumps({**vars(password), "port": here.port}))
            object.__setattr__(here.studio, "password", password)
            with only_studio(folder) as link, only_studio(folder) as other:
                code = link.split("code=")[1]
                assert link.startswith(f"{here.origin}/enter?code=")
                assert link != other
            assert here.stranger().post("/enter", {"code": code}).status == 303
        assert (folder / FILE).exists()


@pytest.mark.parametrize("key", ["", "Bearer ", "Bearer x", "Bearer é", "x" * 1000])
def test_nobody_else_is_given_one(tmp_path: Path, key: str) -> None:
    with studio_here(tmp_path) as here:
        for visitor in (here.stranger(), here.visitor()):
            header = key.encode().decode("latin-1")
            answer = visitor.post("/enter/again", {}, authorization=header)
            assert (answer.status, answer.text) == (403, INVITATION)


@pytest.mark.usefixtures("hasty")
def test_another_program_at_its_port_is_not_taken_for_it(tmp_path: Path) -> None:
    """It could show a page that looks like the studio's."""

    def pretend(listening: socket.socket) -> None:
        told = json.dumps({"code": "x", "answer": "y"})
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.recv(4096)
                head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(told)}\r\n\r\n"
                connection.sendall((head + told).encode())

    with only_studio(tmp_path), socket.create_server((HOST, 0)) as listening:
        thread = threading.Thread(target=pretend, args=(listening,))
        thread.start()
        announce(tmp_path, port_of(listening))
        try:
            with (
                pytest.raises(CftAudioError, match="does not answer"),
                only_studio(tmp_path),
            ):
                pytest.fail("it was taken for the studio")
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"port": 1, "key": "x", "answer": "y"}', '{"port": "x"}', "\x00"],
)
def test_what_a_killed_one_left_does_no_harm(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    with only_studio(tmp_path) as running:
        assert running == ""
        assert not (tmp_path / FILE).exists()
        (tmp_path / FILE).write_text(content)
        with pytest.raises(CftAudioError, match="does not answer"), only_studio(tmp_path):
            pytest.fail("it was taken for the studio")


def test_a_second_start_waits_for_one_that_is_ending(tmp_path: Path) -> None:
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with only_studio(tmp_path):
            inside.set()
            leave.wait()

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait()
    threading.Timer(0.3, leave.set).start()
    with only_studio(tmp_path) as running:
        assert running == ""
    thread.join()


def test_a_port_that_is_taken_is_an_error_that_says_so() -> None:
    with listen(0) as opened, pytest.raises(RequestError, match="is used by another") as error:
        listen(port_of(opened))
    assert error.value.field == "port"


def test_it_listens_to_this_machine_alone() -> None:
    with listen(0) as opened:
        assert opened.getsockname()[0] == "127.0.0.1"
