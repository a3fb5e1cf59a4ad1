"""A client's file in a person's editor: what is right takes its place, and nothing else does."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from pathlib import Path

import pytest
from program_runs import PATIENCE, Machine, wait_until

from cft_audio.cli.program import INTERRUPTED

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the editors played here are for a shell")

NAME = "Xiomara"


@pytest.fixture
def desk(bare: Machine) -> Machine:
    """A machine on which something is kept of the client K7."""
    bare.run("client", "new", "K7", "--name", NAME, "--pace", "slow")
    return bare


def file_of(machine: Machine) -> Path:
    return Path(machine.json("config")["data"]) / "clients" / "K7" / "client.toml"


def edit_by(machine: Machine, script: str) -> None:
    """Let the person's editor be a script for a shell, which is given an option and the file."""
    file = machine.folder.parent / "my editor"
    file.write_text(f"#!/bin/sh\nset -e\n{script}\n")
    file.chmod(0o755)
    machine.environment["VISUAL"] = f"{shlex.quote(str(file))} --wait"


def beside(machine: Machine) -> list[str]:
    folder = file_of(machine).parent
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_an_editor_makes_of_it_takes_its_place(desk: Machine) -> None:
    edit_by(desk, 'test "$1" = --wait; sed -i s/slow/gentle/ "$2"; cp "$2" "$2~"; pwd > where')
    done = desk.run("client", "edit", "K7")

    assert done.stdout == f"{file_of(desk)}\n"
    assert desk.json("client", "show", "K7")["fields"] == {"name": NAME, "pace": "gentle"}
    assert beside(desk) == ["client.toml"]
    assert file_of(desk).stat().st_mode & 0o777 == 0o600


def test_what_it_edits_is_a_copy_that_nobody_else_can_read(desk: Machine) -> None:
    edit_by(desk, 'stat -c "%a %n" "$2" "$(dirname "$2")" > seen')
    desk.run("client", "edit", "K7")
    seen = (desk.folder / "seen").read_text().splitlines()

    assert [line.split()[0] for line in seen] == ["600", "700"]
    assert str(file_of(desk)) not in seen[0]
    assert NAME not in "".join(seen)


def test_closing_it_as_it_was_changes_nothing(desk: Machine) -> None:
    edit_by(desk, ":")
    done = desk.run("client", "edit", "K7")

    assert done.stdout == "Nothing was changed.\n"
    assert "EDITOR='code --wait'" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ('pcae = "slow"', "5: 'pcae' is not kept of a client. Did you mean 'pace'?"),
        ('bed = "rian"', "5: bed: there is no bed and no sound file 'rian'"),
        ('name = "Sam', "5: it is not valid TOML"),
    ],
)
def test_what_is_wrong_is_told_and_edited_again_until_it_is_right(
    desk: Machine, wrong: str, message: str
) -> None:
    before = file_of(desk).read_text()
    lines = before.count("\n")
    message = message.replace("5:", f"{lines + 1}:")
    edit_by(desk, f'echo {shlex.quote(wrong)} >> "$2"')
    refused = desk.run("client", "edit", "K7", status=2).stderr
    assert f"{file_of(desk)}:{message}" in refused
    assert file_of(desk).read_text() == before

    left = desk.run_at_terminal("n\n", "client", "edit", "K7", status=1).stderr
    assert "nothing was changed" in left
    assert file_of(desk).read_text() == before

    # The first time it spoils the file, the second time it mends it.
    mend = f'sed -i "{lines + 1}s/.*/tone = \\"ocean\\"/" "$2"'
    edit_by(
        desk,
        f'if [ -e once ]; then {mend}; else touch once; echo {shlex.quote(wrong)} >> "$2"; fi',
    )
    mended = desk.run_at_terminal("y\n", "client", "edit", "K7")
    assert f":{message}" in mended.stderr
    assert desk.json("client", "show", "K7")["fields"]["tone"] == "ocean"
    assert beside(desk) == ["client.toml"]


def test_a_file_that_is_wrong_already_can_be_mended(desk: Machine) -> None:
    file_of(desk).write_text('code = "K7"\npace = "quick"\n')
    assert "'quick'" in desk.run("client", "show", "K7", status=2).stderr
    edit_by(desk, 'sed -i s/quick/slow/ "$2"')
    desk.run("client", "edit", "K7")

    assert desk.json("client", "show", "K7")["fields"] == {"pace": "slow"}


@pytest.mark.parametrize(
    ("script", "message"),
    [("echo x >> $2; exit 3", "ended with status 3"), ("echo x >> $2; kill -9 $$", "by signal 9")],
)
def test_an_editor_that_fails_changes_nothing(desk: Machine, script: str, message: str) -> None:
    before = file_of(desk).read_bytes()
    edit_by(desk, script)

    assert message in desk.run("client", "edit", "K7", status=1).stderr
    assert file_of(desk).read_bytes() == before
    assert beside(desk) == ["client.toml"]


def test_an_editor_that_is_not_there_is_told(desk: Machine) -> None:
    desk.environment["VISUAL"] = "none-such"
    told = desk.run("client", "edit", "K7", status=1).stderr
    assert "the editor none-such does not start" in told
    del desk.environment["VISUAL"]
    desk.environment |= {"PATH": str(desk.folder), "EDITOR": " "}
    assert (
        "no editor is named, and nobody is at a terminal"
        in desk.run("client", "edit", "K7", status=1).stderr
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_editing_leaves_the_file_as_it_was(desk: Machine, number: int) -> None:
    before = file_of(desk).read_bytes()
    edit_by(desk, 'echo "pace = 3" >> "$2"; touch open; sleep 60')
    process = desk.start("client", "edit", "K7", start_new_session=True)
    wait_until((desk.folder / "open").exists, process)
    os.killpg(process.pid, number)
    _, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == 128 + number
    assert "Stopped" in err
    assert "Traceback" not in err
    assert file_of(desk).read_bytes() == before
    assert beside(desk) == ["client.toml"]


def test_an_editor_that_takes_ctrl_c_for_its_own_goes_on(desk: Machine) -> None:
    edit_by(desk, "trap : INT; touch open; sleep 1 || :; sed -i s/slow/gentle/ $2")
    process = desk.start("client", "edit", "K7", start_new_session=True)
    wait_until((desk.folder / "open").exists, process)
    time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, INTERRUPTED) == (0, 130), err
    assert desk.json("client", "show", "K7")["fields"]["pace"] == "gentle"


def test_what_another_program_changed_meanwhile_is_not_lost_nor_what_was_written(
    desk: Machine,
) -> None:
    program = f"{shlex.quote(sys.executable)} -m cft_audio"
    edit_by(desk, f'{program} client edit K7 --bed rain; echo "tone = \\"ocean\\"" >> "$2"')
    told = desk.run("client", "edit", "K7", status=1).stderr
    edited = file_of(desk).with_name("edited.toml")

    assert "another program changed the file meanwhile" in told
    assert str(edited) in told
    assert desk.json("client", "show", "K7")["fields"]["bed"] == "rain"
    assert 'tone = "ocean"' in edited.read_text()
    assert edited.stat().st_mode & 0o777 == 0o600
    desk.run("client", "forget", "K7", "--yes")
    assert not edited.exists()
