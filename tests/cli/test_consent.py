"""Nothing is sent to a service before a person has agreed to it, and a yes can be taken back."""

from __future__ import annotations

import signal
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from google_server import Google, Reply
from program_runs import HELLO, PATIENCE, Machine, decoded_seconds, wait_for_line, wait_until

BUILD = ("build", "hello.md", "--name", "Xiomara", "-o", "hello.mp3", "--bed", "none", "--force")
ONLINE = (*BUILD, "--voice", "google-gb")


@pytest.fixture
def own(cold: Machine, google: Google) -> Machine:
    """A machine whose home nobody else uses, and whose Google is played here."""
    (cold.folder / "hello.md").write_text(HELLO)
    return cold


def consents_file(machine: Machine) -> Path:
    """Return where it is kept what a person agreed to."""
    return Path(machine.json("config")["file"]).with_name("consent.toml")


# Without a yes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ONLINE,
        (*ONLINE, "--dry-run"),
        (*BUILD, "--figure-voice", "google-gb"),
        ("preview", "hello.md", "--name", "Xiomara", "--voice", "google-gb", "--no-play"),
        ("programme", "build", "first-week", "--name", "Xiomara", "--voice", "google-us"),
        ("voices", "hear", "google-gb", "--no-play"),
        ("pronounce", "hear", "Xiomara", "--voice", "google-gb"),
    ],
    ids=" ".join,
)
def test_without_a_yes_nothing_is_sent_and_the_error_says_how_to_agree(
    own: Machine, google: Google, command: tuple[str, ...]
) -> None:
    done = own.run(*command, status=1)

    assert "names included" in done.stderr
    assert "--allow-online" in done.stderr
    assert not google.connects
    assert own.left_behind() == ["hello.md"]


def test_json_is_never_interrupted_by_a_question(own: Machine, google: Google) -> None:
    done = own.run_at_terminal("y\n", *ONLINE, "--json", status=1)

    assert "--allow-online" in done.stderr
    assert not google.connects


def test_the_default_voice_asks_nothing(own: Machine, google: Google) -> None:
    done = own.run_at_terminal("", *BUILD)

    assert "online" not in done.stderr
    assert not google.connects


# Agreeing ------------------------------------------------------------------------------------


def test_an_option_agrees_for_one_build(own: Machine, google: Google) -> None:
    own.run(*ONLINE, "--allow-online")

    assert "Hello, Xiomara." in google.texts
    assert decoded_seconds(own.folder / "hello.mp3") > 2
    assert own.json("consent")["consents"] == []
    sent = len(google.sent)
    own.run("cache", "clear")
    own.run(*ONLINE, status=1)
    assert len(google.sent) == sent


def test_the_configuration_agrees_and_shows_where_that_comes_from(
    own: Machine, google: Google
) -> None:
    own.configure("allow-online = true\n")

    shown = own.json("config")["values"]["allow-online"]
    assert (shown["value"], shown["origin"]) == (True, "configuration file")
    assert own.json("consent")["allowed_by_configuration"] is True
    assert "still allowed by 'allow-online'" in own.run("consent", "withdraw").stdout
    own.run(*ONLINE)
    own.run("voices", "hear", "google-gb", "--text", "Good evening.", "--no-play")
    assert {"Hello, Xiomara.", "Good evening."} <= set(google.texts)


@pytest.mark.parametrize("value", ['"false"', '"true"', "0", "1"])
def test_only_a_plain_true_in_the_configuration_agrees(
    own: Machine, google: Google, value: str
) -> None:
    own.configure(f"allow-online = {value}\n")
    own.run(*ONLINE, status=2)
    own.run("voices", "hear", "google-gb", "--no-play", status=2)

    assert google.sent == []


def test_a_yes_on_the_terminal_is_asked_for_in_plain_words_and_kept(
    own: Machine, google: Google
) -> None:
    done = own.run_at_terminal("y\n", *ONLINE)

    for words in ("names", "sent over the internet to Google", "duty of confidentiality"):
        assert words in done.stderr
    assert "Hello, Xiomara." in google.texts

    sent = len(google.sent)
    own.run("cache", "clear")
    again = own.run(*ONLINE)  # nobody is there to be asked
    assert "confidentiality" not in again.stderr
    assert len(google.sent) == 2 * sent


def test_what_is_kept_says_what_was_agreed_to_and_when_for_its_owners_eyes_only(
    own: Machine,
) -> None:
    began = datetime.now().astimezone()
    own.run_at_terminal("y\n", "voices", "hear", "google-gb", "--no-play")
    kept = own.json("consent")
    (consent,) = kept["consents"]
    file = consents_file(own)

    assert kept["file"] == str(file)
    assert consent["service"] == "Google"
    assert "names and all that is personal" in consent["statement"]
    given = datetime.fromisoformat(consent["given"])
    assert given.tzinfo is not None
    assert began - timedelta(seconds=1) < given <= datetime.now().astimezone()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Removing an entry withdraws it." in file.read_text()


def test_a_yes_counts_for_all_voices_of_the_service(own: Machine, google: Google) -> None:
    own.run_at_terminal("y\n", "voices", "hear", "google-gb", "--no-play")
    own.run("voices", "hear", "google-us", "--no-play")

    assert {sent.host for sent in google.sent} == {
        "translate.google.co.uk",
        "translate.google.us",
    }


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_a_no_sends_nothing_and_is_not_kept(own: Machine, google: Google, answer: str) -> None:
    done = own.run_at_terminal(answer, *ONLINE, status=2)

    assert "nothing was sent" in done.stderr
    assert "--voice joe" in done.stderr
    assert not google.connects
    assert own.json("consent")["consents"] == []
    assert "confidentiality" in own.run_at_terminal("n\n", *ONLINE, status=2).stderr


# Taking it back ------------------------------------------------------------------------------


def test_a_yes_can_be_withdrawn(own: Machine, google: Google) -> None:
    own.run_at_terminal("y\n", "voices", "hear", "google-gb", "--no-play")
    assert "Google, since" in own.run("consent").stdout

    said = own.run("consent", "withdraw").stdout

    assert "nothing more is sent to Google" in said
    assert not consents_file(own).exists()
    sent = len(google.sent)
    own.run(*ONLINE, status=1)
    assert len(google.sent) == sent
    assert "not agreed to any" in own.run("consent").stdout


def test_only_what_was_agreed_to_can_be_withdrawn(own: Machine) -> None:
    own.run_at_terminal("y\n", "voices", "hear", "google-gb", "--no-play")

    assert "Did you mean 'google'" in own.run("consent", "withdraw", "goggle", status=2).stderr
    assert own.json("consent", "withdraw", "google") == {"withdrawn": ["google"]}
    assert "nothing to withdraw" in own.run("consent", "withdraw").stdout


def test_a_yes_to_other_words_does_not_count(own: Machine, google: Google) -> None:
    own.run_at_terminal("y\n", "voices", "hear", "google-gb", "--no-play")
    file = consents_file(own)
    file.write_text(file.read_text().replace("Every line", "Some lines"))
    google.connects.clear()

    assert own.json("consent")["consents"][0]["counts"] is False
    assert "you will be asked" in own.run("consent").stdout
    own.run(*ONLINE, status=1)
    assert not google.connects


@pytest.mark.parametrize("content", ["google = yes", "[google]\nto = 3\n", "\x00", "google = 1"])
def test_a_damaged_file_is_no_yes(own: Machine, google: Google, content: str) -> None:
    file = consents_file(own)
    file.parent.mkdir(parents=True)
    file.write_text(content)

    done = own.run(*ONLINE, status=2)

    assert "consent.toml" in done.stderr
    assert "Remove it" in done.stderr
    assert not google.connects


# On the way ----------------------------------------------------------------------------------


def test_ctrl_c_is_prompt_while_google_asks_to_wait(own: Machine, google: Google) -> None:
    google.always = Reply(429, headers={"Retry-After": "90"})
    process = own.start(*ONLINE, "--allow-online")
    wait_for_line(process, "Asking again in 90 s")

    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)  # a third less than Google asks to wait

    assert process.returncode == 130
    assert "Traceback" not in err
    assert own.left_behind() == ["hello.md"]
    assert len(google.sent) == 1


def test_what_was_spoken_before_ctrl_c_is_kept(own: Machine, google: Google) -> None:
    google.replies = [google.always, google.always]
    google.always = Reply(429, headers={"Retry-After": "60"})
    process = own.start(*ONLINE, "--allow-online")
    wait_until(lambda: len(google.sent) == 3, process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    given = set(google.texts[:2])

    google.replies = []
    google.always = Reply(403)
    google.sent.clear()
    done = own.run(*ONLINE, "--allow-online", status=1)

    assert "refuses requests" in done.stderr
    assert given.isdisjoint(google.texts)
    assert len(google.sent) == 1


def test_all_voices_are_heard_without_those_online_whatever_was_agreed_to(
    own: Machine, google: Google
) -> None:
    own.run("voices", "hear", "google-gb", "--allow-online", "--no-play", "--text", "Hello.")
    own.run_at_terminal("y\n", *ONLINE)
    google.connects.clear()
    shown = own.json("voices", "hear", "--all", "--allow-online", "--no-play", "--text", "Hello.")

    assert "joe" in shown["voices"]
    assert not [voice for voice in shown["voices"] if voice.startswith("google")]
    assert not google.connects

    named = own.json("voices", "hear", "--all", "google-us", "--no-play", "--text", "Hello.")
    assert named["voices"][0] == "google-us"
    assert [voice for voice in named["voices"] if voice.startswith("google")] == ["google-us"]
