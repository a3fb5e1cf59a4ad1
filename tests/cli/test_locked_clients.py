"""Clients that are locked: nothing of them in any file, one question a run, and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_runs import HELLO, PATIENCE, Machine, digest, terminal, wait_until

from cft_audio.application.clients.files import COPY
from cft_audio.files.whole_file import PREFIX
from cft_audio.people.clients import key_files
from cft_audio.people.clients.sealing import is_closed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME, SOUND, NOTE = "Xiomara", "see-oh-MAR-ah", "Panicked at Zanzibar"
MARKED = (NAME, SOUND, "Zanzibar", "Quillfeather")

PASSPHRASE = "correct horse battery"  # noqa: S105 -- it opens what tests lock

COURSE = (
    'title = "A week"\nsummary = "Hello."\n'
    '[[session]]\npractice = "hello"\ntitle = "One"\nminutes = "0:15"\nplan = "Daily."\n'
)


@pytest.fixture
def desk(bare: Machine, quick_passphrases: Callable[[bytes, str], bytes]) -> Machine:
    """A machine where something is kept of two clients, and nothing is locked."""
    (bare.folder / "hello.md").write_text(HELLO)
    (bare.home / "passphrase").write_text(f"{PASSPHRASE}\n")
    bare.run("client", "new", "K7", "--name", NAME, "--pronounce", f"{NAME}={SOUND}")
    bare.run("client", "edit", "K7", "--notes", NOTE)
    bare.run("client", "new", "W1", "--name", "Quillfeather")
    return bare


def passphrase_file(machine: Machine) -> str:
    return str(machine.home / "passphrase")


def lock(machine: Machine) -> None:
    machine.run("client", "lock", "--passphrase-file", passphrase_file(machine))


def know_passphrase(machine: Machine) -> None:
    machine.environment["CFT_AUDIO_PASSPHRASE_FILE"] = passphrase_file(machine)


def data(machine: Machine) -> Path:
    return Path(machine.json("config")["data"])


def everything_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the content and the time of every file."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def files_with_marked(folder: Path) -> list[str]:
    """Return the files in whose name or content something marked stands."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if any(mark in path.name or mark.encode() in content for mark in MARKED):
            found.append(str(path))
    return found


@pytest.mark.slow
def test_nothing_of_a_client_can_be_read_in_any_file_and_recordings_are_the_same(
    desk: Machine,
) -> None:
    make = ("build", "hello.md", "--client", "K7", "--with-text", "vtt", "--no-name", "-q")
    desk.run(*make)
    [recording] = desk.folder.glob("output/*.mp3")
    before, kept = digest(recording), data(desk)
    plain = everything_in(kept / "clients")
    takes = [content for name, (content, _) in plain.items() if name.endswith(".take")]
    assert takes
    assert files_with_marked(kept)

    lock(desk)

    assert files_with_marked(kept) == []
    locked = everything_in(kept / "clients")
    assert locked.keys() == plain.keys()
    assert all(is_closed(content) for content, _ in locked.values())
    sounds = b"".join(content for content, _ in locked.values())
    assert not any(take[place : place + 32] in sounds for take in takes for place in (100, 2000))
    know_passphrase(desk)
    desk.run(*make, "--force")
    assert digest(recording) == before
    after = everything_in(kept / "clients")
    assert after.keys() == locked.keys()  # nothing was spoken anew
    desk.run(*make, "--force", "--variant", "3", "-o", "another.mp3", "--name", "Quillfeather")
    desk.run("pronounce", "add", "Zanzibar", "zan-zi-bar", "--client", "W1")
    desk.run("client", "new", "B2", "--name", "Zanzibar")
    (desk.folder / "week.toml").write_text(COURSE)
    (desk.folder / "scripts").mkdir()
    shutil.copy(desk.folder / "hello.md", desk.folder / "scripts")
    desk.run("programme", "build", "./week.toml", "--client", "K7", "-q")
    desk.run("preview", "hello.md", "--client", "K7", "--no-play", "-q")
    desk.run("client", "pack", "K7")
    assert desk.json("client", "pack", "K7")["state"] == "kept"
    assert files_with_marked(kept) == []
    assert len(everything_in(kept / "clients")) > len(after)
    assert all(is_closed(content) for content, _ in everything_in(kept / "clients").values())


@pytest.mark.slow
def test_the_passphrase_is_asked_for_once_and_never_shown(desk: Machine) -> None:
    typed = f"short\n{PASSPHRASE}\nanother one\n{PASSPHRASE}\n{PASSPHRASE}\n"
    told = desk.run_at_terminal(typed, "client", "lock").stderr
    assert "A lost passphrase is final" in told
    assert told.index("is final") < told.index("New passphrase")
    assert "at least 8 characters" in told
    assert "two different" in told

    with terminal() as (person, program):
        command = [sys.executable, "-m", "cft_audio", "build", "hello.md", "--client", "K7"]
        process = subprocess.Popen(
            command,
            cwd=desk.folder,
            env=desk.environment,
            stdin=program,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        said = b""
        assert process.stderr
        while not said.endswith(b"clients: "):
            said += os.read(process.stderr.fileno(), 1)
        os.write(person, f"{PASSPHRASE}\n".encode())
        _, more = process.communicate(timeout=PATIENCE)
        os.write(program, b"end")
        shown = b""
        while b"end" not in shown:
            shown += os.read(person, 1000)
    assert process.returncode == 0, said + more
    assert (said + more).count(b"Passphrase") == 1
    assert PASSPHRASE.encode() not in shown + said + more


@pytest.mark.slow
def test_a_wrong_passphrase_has_three_tries(desk: Machine) -> None:
    lock(desk)
    shown = desk.run_at_terminal(f"wrong one\n{PASSPHRASE}\n", "client", "show", "K7")
    assert NAME in shown.stdout
    assert shown.stderr.count("That is not it") == 1

    told = desk.run_at_terminal("wrong one\n" * 4, "client", "show", "K7", status=1).stderr

    assert told.count("assphrase of your clients:") == 3
    assert "none of 3 passphrases opens what is kept of clients" in told
    (desk.home / "wrong").write_text("wrong one\n")
    desk.environment["CFT_AUDIO_PASSPHRASE_FILE"] = str(desk.home / "wrong")
    told = desk.run("client", "show", "K7", status=1).stderr
    assert told.startswith("cft-audio: CFT_AUDIO_PASSPHRASE_FILE: the passphrase in ")
    (desk.home / "wrong").write_text(f"{PASSPHRASE}\nand more\n")
    assert "has one line, and this one has 2" in desk.run("client", "show", "K7", status=1).stderr


def test_with_nobody_there_reading_is_one_sentence_and_keeping_needs_none(desk: Machine) -> None:
    lock(desk)

    for command in (("client", "show", "K7"), ("build", "hello.md", "--client", "K7")):
        told = desk.run(*command, status=1).stderr
        assert "locked, and nobody is there to be asked" in told
        assert len(told.splitlines()) == 1
    rows = desk.json("client", "list")
    assert [(row["code"], row["since"], row["words"]) for row in rows] == [
        ("K7", "locked", None),
        ("W1", "locked", None),
    ]
    desk.run("client", "list", "--names", status=1)
    assert "K7" not in desk.run("pronounce", "list").stdout
    desk.run("client", "new", "B2", "--name", NAME)
    assert files_with_marked(data(desk)) == []
    told = json.loads(desk.run("doctor", "--json").stdout)
    [finding] = [each for each in told if each["what"] == "locked clients"]
    assert finding["ok"]
    assert "asked for once a run" in finding["found"]


def test_a_locked_client_is_forgotten_without_the_passphrase(desk: Machine) -> None:
    lock(desk)

    told = desk.run("client", "forget", "K7", "--recordings", "-y", status=1).stderr
    assert "nobody is there to be asked" in told
    receipt = desk.run("client", "forget", "K7", "-y").stdout

    assert "Not looked into, since it is locked" in receipt
    assert "which files were made for them" in receipt
    assert not (data(desk) / "clients" / "K7").exists()
    assert desk.json("client", "forget", "W1", "-y")["not_looked_into"]


@pytest.mark.slow
def test_locking_that_is_killed_goes_on_and_nothing_is_lost(desk: Machine) -> None:
    """At the key, in the middle of files, and back; every file is whole, closed or not."""
    kept = data(desk) / "clients"
    for number in range(3000):
        file = kept / "K7" / "takes" / f"{number % 100:02}" / f"{number}.take"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(f"{NAME} {number}".encode() * 20)
    plain = everything_in(kept)
    know_passphrase(desk)
    begin = ("client", "lock", "--passphrase-file", passphrase_file(desk))

    def closed() -> int:
        files = (p for p in kept.rglob("*.*") if p.is_file() and not p.name.startswith(PREFIX))
        return sum(is_closed(p.read_bytes()) for p in files)

    def kill_once(arguments: tuple[str, ...], happened: Callable[[], object]) -> None:
        process = desk.start(*arguments)
        wait_until(happened, process)
        process.kill()
        process.communicate()
        assert NAME in desk.run("client", "show", "K7").stdout

    kill_once(begin, (data(desk) / "clients.key").exists)
    for share in (0.1, 0.4, 0.7):
        kill_once(begin, lambda share=share: closed() > share * len(plain))
    left = kept / "K7" / ".cft-audio-0123456789ab.part"
    left.write_text(NAME)
    desk.run("client", "lock")

    assert closed() == len(plain)
    assert files_with_marked(data(desk)) == []
    for share in (0.6, 0.2):
        kill_once(("client", "unlock"), lambda share=share: closed() < share * len(plain))
    desk.run("client", "unlock")
    assert everything_in(kept) == plain
    assert not [*data(desk).glob("clients.*")]


@pytest.mark.slow
def test_another_passphrase_opens_what_was_closed_before(desk: Machine) -> None:
    lock(desk)
    before = everything_in(data(desk) / "clients")
    typed = f"{PASSPHRASE}\nanother passphrase\nanother passphrase\n"
    told = desk.run_at_terminal(typed, "client", "change-passphrase").stderr
    assert "A lost passphrase is final" in told

    assert everything_in(data(desk) / "clients") == before
    know_passphrase(desk)
    desk.run("client", "show", "K7", status=1)
    (desk.home / "passphrase").write_text("another passphrase")
    assert NAME in desk.run("client", "show", "K7").stdout


@pytest.mark.slow
@pytest.mark.needs("age")
def test_the_program_age_opens_it_without_us(
    desk: Machine, quick_passphrases: Callable[[bytes, str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_files.age().passphrase, "encrypt", quick_passphrases)
    pty = pytest.importorskip("pty", reason="a terminal cannot be played on this system")
    lock(desk)
    kept, opened = data(desk), desk.folder / "opened.toml"
    client = kept / "clients" / "K7" / "client.toml"
    age = ["age", "-d", "-i", str(kept / "clients.key"), "-o", str(opened), str(client)]
    process, person = pty.fork()
    if not process:
        os.execvp("age", age)  # noqa: S606, S607 -- a program that asks at its terminal
    said = b""
    while b"passphrase" not in said:
        said += os.read(person, 100)
    os.write(person, f"{PASSPHRASE}\n".encode())
    _, status = os.waitpid(process, 0)
    os.close(person)

    assert status == 0
    assert NOTE in opened.read_text()
    added = desk.folder / "added.toml"
    added.write_text('code = "K7"\nname = "Quillfeather"\n')
    subprocess.run(["age", "-R", kept / "clients.pub", "-o", client, added], check=True)  # noqa: S607
    know_passphrase(desk)
    assert "Quillfeather" in desk.run("client", "show", "K7").stdout


def processes_of(parent: int) -> Iterator[Path]:
    """Yield what Linux tells of a process and of all it has started."""
    for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        yield from processes_of(int(child))
    yield Path(f"/proc/{parent}")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells of processes")
def test_a_batch_asks_once_and_hands_the_key_on_by_pipes_alone(desk: Machine) -> None:
    rows = ["client,code,name,practice", "K7,,,hello.md", "W1,,,hello.md", ",N3,Zanzibar,hello.md"]
    (desk.folder / "roster.csv").write_text("\n".join(rows))
    lock(desk)
    know_passphrase(desk)
    passing = desk.home / "passing"
    passing.mkdir()
    desk.environment["TMPDIR"] = str(passing)
    process = desk.start("batch", "roster.csv", "-o", "made", "--workers", "2")
    told, count = b"", 0
    while process.poll() is None:
        try:
            for each in processes_of(process.pid):
                told += (each / "cmdline").read_bytes() + (each / "environ").read_bytes()
                count += 1
        except OSError:  # it has ended
            continue
        time.sleep(0.02)
    _, errors = process.communicate()

    assert process.returncode == 0, errors
    assert len([*(desk.folder / "made").rglob("*.mp3")]) == 3
    assert count > 10
    for secret in ("AGE-SECRET-KEY", PASSPHRASE, *MARKED):
        assert secret.encode() not in told
    kept = data(desk)
    assert len([*kept.glob("clients/*/takes/??/*.take")]) >= 3
    assert files_with_marked(kept) == []
    files = [p for place in (kept, passing, desk.folder) for p in place.rglob("*") if p.is_file()]
    assert not [path for path in files if b"AGE-SECRET-KEY" in path.read_bytes()]
    del desk.environment["CFT_AUDIO_PASSPHRASE_FILE"]
    told_again = desk.run_at_terminal(f"{PASSPHRASE}\n", "batch", "roster.csv", "-o", "made")
    assert "3 kept" in told_again.stdout
    assert told_again.stderr.count("Passphrase") == 1


@pytest.mark.skipif(os.name == "nt", reason="the editor played here is for a shell")
def test_an_editor_has_a_plain_copy_for_as_long_as_it_is_open(desk: Machine) -> None:
    lock(desk)
    know_passphrase(desk)
    passing = desk.home / "passing"
    passing.mkdir()
    editor = desk.home / "editor"
    editor.write_text('#!/bin/sh\nsed -i s/Panicked/Wept/ "$1"\ncp "$1" "$1~"\necho "$1" > where\n')
    editor.chmod(0o755)
    desk.environment |= {"VISUAL": str(editor), "TMPDIR": str(passing)}
    # What this process took for the place of passing files is not the program's.
    desk.run_apart("client", "edit", "K7")

    assert str(passing) in (desk.folder / "where").read_text()
    assert [*passing.iterdir()] == []
    assert files_with_marked(data(desk)) == []
    assert "Wept at Zanzibar" in desk.run("client", "show", "K7").stdout


def test_without_what_it_takes_one_sentence_names_it(
    desk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "pyrage", None)
        told = desk.run("client", "lock", status=1).stderr
        assert "pip install 'cft-audio[private]'" in told
    lock(desk)
    monkeypatch.setitem(sys.modules, "pyrage", None)
    for command in (("show", "K7"), ("new", "B2"), ("unlock",)):
        told = desk.run("client", *command, status=1).stderr
        assert "pip install 'cft-audio[private]'" in told
        assert len(told.splitlines()) == 1
    assert not (data(desk) / "clients" / "B2" / "client.toml").exists()
    assert desk.json("client", "forget", "K7", "-y")["not_looked_into"]


def test_what_is_not_locked_cannot_be_unlocked_and_a_short_passphrase_not_set(
    desk: Machine,
) -> None:
    assert "is not locked" in desk.run("client", "unlock", status=1).stderr
    assert "is not locked" in desk.run("client", "change-passphrase", status=1).stderr
    assert "nobody is there to set" in desk.run("client", "lock", status=1).stderr
    (desk.home / "passphrase").write_text("short\n")
    told = desk.run("client", "lock", "--passphrase-file", passphrase_file(desk), status=2).stderr
    assert "at least 8 characters" in told
    assert not [*data(desk).glob("clients.*")]


def test_a_copy_in_an_editor_is_never_taken_away_and_nothing_is_locked_beside_it(
    desk: Machine,
) -> None:
    copy = data(desk) / "clients" / "K7" / f"{COPY}0123" / "client.toml"
    copy.parent.mkdir()
    copy.write_text(NAME)
    given = passphrase_file(desk)

    told = desk.run("client", "lock", "--passphrase-file", given, status=2).stderr

    assert "a client's file is open in an editor" in told
    assert copy.read_text() == NAME
    assert not [*data(desk).glob("clients.*")]


def test_a_damaged_file_is_named_and_the_keys_stay(desk: Machine) -> None:
    lock(desk)
    know_passphrase(desk)
    file = data(desk) / "clients" / "W1" / "client.toml"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)

    told = desk.run("client", "unlock", status=1).stderr

    assert f"{file}: 1 file is damaged, or closed to another key, and stays closed" in told
    assert "it cannot be opened" in desk.run("client", "show", "W1", status=2).stderr
    assert NAME in desk.run("client", "show", "K7").stdout
    file.unlink()
    desk.run("client", "unlock")
    assert not [*data(desk).glob("clients.*")]


def test_a_key_is_never_replaced(desk: Machine) -> None:
    lock(desk)
    kept = data(desk)
    key = (kept / "clients.key").read_bytes()
    (kept / "clients.pub").unlink()

    told = desk.run("client", "lock", "--passphrase-file", passphrase_file(desk), status=1).stderr

    assert "nobody is there to be asked" in told
    assert (kept / "clients.key").read_bytes() == key
    know_passphrase(desk)
    desk.run("client", "lock")
    assert (kept / "clients.key").read_bytes() == key
    shutil.move(kept / "clients.key", kept / "elsewhere")
    told = desk.run("client", "show", "K7", status=1).stderr
    assert "clients.key is not there" in told
