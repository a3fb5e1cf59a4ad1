"""What rows ask for: everything wrong in them at once, each with its cell, and nobody's name."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from batch_cases import COLUMNS, Desk

from cft_audio.application.batches.checks import check_orders, plan_rows
from cft_audio.application.batches.estimates import Estimates
from cft_audio.application.batches.file_names import USUAL
from cft_audio.application.batches.roster_columns import ROSTER_COLUMNS
from cft_audio.errors import RequestError, RosterError
from cft_audio.people.clients.places import place_of, write_private_text
from cft_audio.rosters.reading import read_roster

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Xiomara"
"""A name that is to be shown nowhere."""


@pytest.mark.parametrize(
    ("columns", "row", "told"),
    [
        ("practice", "helo", "row 2, column practice (C2): there is no practice called 'helo'"),
        ("minutes", "300", "row 2, column minutes (D2): the practice cannot be 5:00:00 long"),
        ("minutes", "0:02", "row 2, column minutes (D2): the practice cannot be 0:02 long"),
        ("code", "../x", "row 2, column code (A2): '../x' cannot be a client's code"),
        ("code", "C:\\x", "row 2, column code (A2): 'C:\\x' cannot be a client's code"),
        ("code", "CON", "row 2, column code (A2): Windows keeps the name 'CON' for a device"),
        ("code", "a.", "row 2, column code (A2): 'a.' cannot be a client's code"),
        ("code", "", "row 2, column code (A2): it does not say whom the recording is for. Fill in"),
        ("practice", "", "row 2, column practice (C2): no practice is named"),
        ("name", "", "row 2, column name (B2): the practice also needs column name"),
        ("client", "K99", "row 2, column code (A2): a client is known by the code of their file"),
        ("avoid", "ocean;stop", "row 2, column avoid (D2): the session holds what is to be"),
        ("bed", "rainn", "row 2, column bed (D2): there is no bed and no sound file 'rainn'"),
        ("voice", "jo", "row 2, column voice (D2): there is no voice called 'jo'"),
        ("slot.pet", "a dog", "row 2, column slot.pet (D2): "),
        ("loudness", "-2", "row 2, column loudness (D2): "),
        ("letter", "none.txt", "row 2, column letter (D2): "),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_cell(
    desk: Desk, columns: str, row: str, told: str
) -> None:
    cells = dict(zip(COLUMNS, ("K01", NAME, "hello"), strict=True)) | {columns: row}
    [problem] = desk.told([tuple(cells.values())], tuple(cells))

    assert problem.startswith(told)
    assert NAME not in problem


def test_a_practice_that_was_nearly_meant_is_named(desk: Desk) -> None:
    [told] = desk.told([("K01", NAME, "helo")])

    assert told.endswith("Did you mean 'hello'?")


def test_everything_wrong_in_all_rows_is_one_error_in_their_order(desk: Desk) -> None:
    told = desk.told(
        [
            ("K01", "Sam", "hello", "", "perhaps"),
            ("K02", "Bea", "helo", "", ""),
            ("../x", "Tom", "hello", "", ""),
            ("K04", "Ann", "hello", "300", ""),
            ("K01", "Una", "hello", "", ""),
        ],
        (*COLUMNS, "minutes", "ticks"),
    )

    assert [line.partition(":")[0] for line in told] == [
        "row 2, column ticks (E2)",
        "row 3, column practice (C3)",
        "row 4, column code (A4)",
        "row 5, column minutes (D5)",
        "row 6, column code (A6)",
    ]


@pytest.mark.parametrize("other", ["K-1", "k-1", "K_1"])
def test_two_people_have_two_codes_that_every_system_tells_apart(desk: Desk, other: str) -> None:
    [told] = desk.told([("K-1", "Sam", "hello"), (other, "Bea", "hello")])

    assert told.startswith(f"row 3, column code (A3): the code {other} is somebody else's: row 2")


def test_one_person_may_have_many_rows(desk: Desk) -> None:
    orders = desk.orders([("K1", "Sam", "hello"), ("K1", "Sam", "short")])

    assert [order.name for order in orders] == ["K1/hello.mp3", "K1/short.mp3"]


def kept(desk: Desk, more: str = "") -> None:
    text = f'code = "K7"\nname = "{NAME}"\n{more}'
    place = place_of("K7", desk.folders.data)
    write_private_text(place.file, text, place.seal)


def test_a_client_has_what_their_file_says_and_the_row_comes_before_it(desk: Desk) -> None:
    kept(desk, 'bed = "rain"\ntone = "none"')
    [order] = desk.orders([("K7", "hello", "stream")], ("client", "practice", "bed"))

    assert order.code == "K7"
    assert order.request.session.answers["name"] == NAME
    assert (order.request.sound.bed, order.request.sound.tone) == ("stream", "none")
    assert order.folders.personal == place_of("K7", desk.folders.data).personal


def test_a_client_of_whom_a_file_is_kept_is_no_code_of_somebody_else(desk: Desk) -> None:
    """Their file would count for nothing, and what they are to be spared neither."""
    kept(desk, 'avoid = ["ocean"]')
    [told] = desk.told([("k7", "Sam", "hello")])

    assert told.startswith("row 2, column code (A2): a file is kept of a client whose code is K7")
    assert "column client" in told


def test_a_client_of_whom_nothing_is_kept_is_told(desk: Desk) -> None:
    [told] = desk.told([("K99", "hello")], ("client", "practice"))

    assert told.startswith("row 2, column client (A2): nothing is kept for a client called 'K99'")


def test_a_row_names_a_client_or_gives_a_code(desk: Desk) -> None:
    kept(desk)
    [told] = desk.told([("K8", "hello", "K7")], ("code", "practice", "client"))

    assert "column code (A2): a client is known by the code of their file already" in told


def test_what_a_clients_file_says_wrong_names_the_file_and_not_the_client(desk: Desk) -> None:
    kept(desk, 'avoid = ["stop"]')
    [told] = desk.told([("K7", "hello")], ("client", "practice"))

    assert "client.toml" in told
    assert "the session holds what is to be avoided" in told
    assert NAME not in told


@pytest.mark.parametrize(
    ("more", "practice"),
    [
        (f'avoid = ["stop", "{NAME}"]', "hello"),
        ('avoid = ["Rosalind"]\nfirst-words = "Hello from Rosalind."', "hello"),
        (f'[with]\nloved_one = "{"Rosalind " * 40}"', "loving-kindness"),
        (f'avoid = ["wish"]\n[pronounce]\n{NAME} = "/kwɒ/"', "loving-kindness"),
    ],
)
def test_nothing_that_a_clients_file_says_of_somebody_is_in_an_error(
    desk: Desk, more: str, practice: str
) -> None:
    kept(desk, more)
    [told] = desk.told([("K7", practice)], ("client", "practice"))

    assert "client.toml" in told
    assert NAME not in told
    assert "Rosalind" not in told


def test_names_are_shown_to_whoever_asks_for_them(desk: Desk) -> None:
    row = [("K01", "Sam", "hello", f"{NAME}=/??/")]
    columns = (*COLUMNS, "pronounce")
    [hidden], [shown] = desk.told(row, columns), desk.told(row, columns, shows=True)

    assert "is not a way to say '…'" in hidden
    assert f"is not a way to say '{NAME}'" in shown


def test_nothing_of_a_letter_is_shown(desk: Desk) -> None:
    (desk.folder / "letter.txt").write_text("Dear Rosa, it hurts.\n" * 1000)
    row = ("K01", NAME, "compassionate-letter-reading", "letter.txt")
    [told] = desk.told([row], (*COLUMNS, "letter"))

    assert "letter" in told
    assert "Rosa" not in told


ONLINE = (("K1", "Sam", "hello", "google-us"), ("K2", "Bea", "hello", "google-us"))


def test_a_script_that_is_wrong_is_named_with_its_line(desk: Desk) -> None:
    (desk.folder / "scripts" / "broken.md").write_text("---\ntitle: [\n---\n## Hello\n\nHello.\n")
    [told] = desk.told([("K01", NAME, "broken")])

    assert "broken.md:2: the front matter is not valid YAML" in told


def test_an_online_voice_is_refused_with_how_much_of_whom_would_be_sent(desk: Desk) -> None:
    read = desk.read(ONLINE, (*COLUMNS, "voice"))
    with pytest.raises(RequestError) as refused:
        check_orders(read, desk.reader(), Estimates(), USUAL, lambda _: None)

    said = Estimates().of(read.each[0].request, read.each[0].folders).lines
    # One greets each of them, and the others are the same for both.
    assert f"{len(said) + 1} lines for 2 people, names included" in refused.value.message
    assert "‹send_names_to_google›" in refused.value.remedy
    assert refused.value.exit_code == 2


def test_a_run_can_carry_the_consent_of_all_its_people(desk: Desk) -> None:
    reader = desk.reader(sends=True)
    path = desk.roster(ONLINE, (*COLUMNS, "voice"))
    read = reader.read(read_roster(path, ROSTER_COLUMNS))
    orders = check_orders(read, reader, Estimates(), USUAL, lambda _: None)

    assert all(order.request.voicing.allow_online for order in orders)


def test_a_roster_without_a_row_is_refused(desk: Desk) -> None:
    with pytest.raises((RequestError, RosterError)) as refused:
        desk.orders([])

    assert refused.value.exit_code == 2


def test_a_session_for_nobody_by_name_is_estimated_by_itself(desk: Desk) -> None:
    (desk.folder / "scripts" / "nobody.md").write_text(
        "---\ntitle: Nobody\ntechnique: loving-kindness\n"
        "slots: {name: {ask: 'Who?', default: ''}}\n---\n## Hello\n\n"
        "{% if name %}Hello, {{ name }}.{% else %}Welcome to this moment.{% endif %}\n"
    )
    orders = desk.orders(
        [("K1", "", "nobody"), ("K2", "Sam", "nobody"), ("K3", "Bea", "nobody")], COLUMNS
    )
    estimates = Estimates()
    said = (estimates.of(order.request, order.folders).lines for order in orders)

    assert [lines[0].text for lines in said] == [
        "Welcome to this moment.",
        "Hello, Sam.",
        "Hello, Bea.",
    ]


def test_an_estimate_for_one_name_is_that_for_another(desk: Desk) -> None:
    orders = desk.orders([("K1", "Sam", "short"), ("K2", "Bea", "short"), ("K3", "Bea", "short")])
    shared, alone = Estimates(), Estimates()
    foretold = [shared.of(order.request, order.folders).lines for order in orders]

    assert foretold[1] == foretold[2] == alone.of(orders[1].request, orders[1].folders).lines
    assert foretold[0] != foretold[1]


def test_a_name_that_is_to_be_avoided_is_no_other_persons_error(desk: Desk) -> None:
    rows = [("K1", "Sam", "hello", "wave"), ("K2", "Waves", "hello", "wave")]
    [told] = desk.told(rows, (*COLUMNS, "avoid"))

    assert told.startswith("row 3, column avoid (D3)")


def test_the_lines_that_all_have_are_counted_once(desk: Desk) -> None:
    nothing_said = replace(desk, folders=replace(desk.folders, cache=desk.folder / "clips"))
    orders = nothing_said.orders([("K1", "Sam", "short"), ("K2", "Bea", "short")])
    first, second = plan_rows(nothing_said.batch(orders), Estimates(), anew=False)

    assert 0 < second.unspoken_s < first.unspoken_s / 2


@pytest.mark.parametrize("ending", ["csv", "xlsx", "yaml"])
def test_a_roster_asks_for_the_same_in_every_format(
    desk: Desk, tmp_path: Path, ending: str
) -> None:
    from roster_files import write_workbook, yaml_text

    columns = (*COLUMNS, "minutes", "bed", "for", "with_text")
    rows = [
        ("K01", "Sam", "short", "1:30", "rain", "anxiety, sleep", ""),
        ("K02", "Zoë", "hello", "", "none", "", "lrc"),
    ]
    expected = desk.orders(rows, columns)
    path = tmp_path / f"again.{ending}"
    match ending:
        case "csv":
            path = desk.roster(rows, columns, path.name)
        case "xlsx":
            write_workbook(path, [columns, *rows])
        case _:
            tables = (dict(zip(columns, row, strict=True)) for row in rows)
            filled = ({name: text for name, text in row.items() if text} for row in tables)
            path.write_text(yaml_text(filled), encoding="utf-8")
    read = desk.reader().read(read_roster(path, ROSTER_COLUMNS))
    orders = check_orders(read, desk.reader(), Estimates(), USUAL, lambda _: None)

    assert [order.request for order in orders] == [order.request for order in expected]
    assert [order.name for order in orders] == [order.name for order in expected]


def test_nothing_of_an_order_is_shown(desk: Desk) -> None:
    read = desk.read([("K01", NAME, "hello")])

    assert NAME not in repr(read) + repr(read.each) + repr(copy.copy(read.each[0]))


def test_a_practice_that_there_is_not_is_told_beside_another_fault_of_its_row(desk: Desk) -> None:
    columns = (*COLUMNS, "minutes")
    told = desk.told([("K1", "Sam", "helo", "long")], columns)

    assert len(told) == 2
    assert any("(C2)" in each and "helo" in each for each in told)
    assert any("(D2)" in each for each in told)
