"""What the rows of a roster ask for: one recording each, and everything that is wrong in them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cft_audio.application.answering import answer_slots
from cft_audio.application.batches.roster_columns import read_values
from cft_audio.application.batches.roster_problems import hidden, problem_of, told_by_file
from cft_audio.application.clients.kept import kept_client
from cft_audio.application.recordings import check_settings
from cft_audio.application.requests import online_voices, request_for, voicing_for
from cft_audio.application.settings import Settings
from cft_audio.errors import CftAudioError, RequestError
from cft_audio.library.letters import read_letter
from cft_audio.library.practices import Library
from cft_audio.people.clients.client import Client
from cft_audio.people.clients.codes import check_code
from cft_audio.people.clients.places import place_of
from cft_audio.script.inert import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from cft_audio.application.batches.roster_columns import RowValues
    from cft_audio.application.request import SessionRequest
    from cft_audio.errors import Problem
    from cft_audio.files.folders import Folders
    from cft_audio.library.letters import Letter
    from cft_audio.people.clients.places import ClientPlace
    from cft_audio.rosters.roster import Roster, RosterRow


@dataclass(frozen=True)
class Order:
    """What one row asks for.

    Attributes:
        row: The row.
        code: What the files of its client are called by.
        request: The session.
        folders: Where everything is found; what is personal is kept in the client's own place.
        online: The voices that would speak online, by their engine; one of each.
        settings: What holds where the row says nothing.
        chosen: What the row says, by the names of fields.
        name: The name of its file, or of its folder of chapters, where recordings go; a path with
            ``/`` in it. Empty until it has one.
    """

    row: RosterRow = field(repr=False)
    code: str
    request: SessionRequest = field(repr=False)
    folders: Folders = field(repr=False)
    online: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings, repr=False)
    chosen: Mapping[str, Any] = field(default_factory=dict, repr=False)
    name: str = ""

    @property
    def practice(self) -> str:
        """The practice."""
        return self.request.session.practice

    def name_in(self, error: CftAudioError) -> None:
        """Name the setting, or the line of a client's file, in an error about what no cell says."""
        self.settings.name_in(error, self.chosen)

    @property
    def is_of_client(self) -> bool:
        """Whether it is for a client whose file was read."""
        return "client" in self.row.cells

    @property
    def told_of_somebody(self) -> tuple[str, ...]:
        """What it says of somebody, wherever that was written."""
        session, output = self.request.session, self.request.output
        titles = (output.title, output.album or "", output.comment)
        said = (*session.answers.values(), session.form.first_words, *titles, *self.request.avoid)
        return (*said, *self.request.voicing.pronounce, *told_by_file(self.settings.client))


@dataclass(frozen=True)
class Orders:
    """What a roster asks for.

    Attributes:
        roster: The roster.
        each: What its rows ask for, in their order; of rows that cannot be meant, nothing.
        problems: Everything wrong in them.
        warnings: What was read otherwise than it may be meant, in sentences.
    """

    roster: Roster
    each: tuple[Order, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class RosterReader:
    """Reads what rows ask for.

    Attributes:
        settings: What holds where a row, and the file of its client, say nothing.
        folders: Where everything is found and kept.
        made_on: The date for tags; None for none.
        sends_to: The engines for which this run carries the consent that lines, names included,
            are sent to a service by a voice that speaks online.
        shows_names: Whether errors may show what a row says of somebody.
        read_letter: What reads a letter.
    """

    settings: Settings = field(repr=False)
    folders: Folders
    made_on: date | None = None
    sends_to: frozenset[str] = frozenset()
    shows_names: bool = False
    read_letter: Callable[[Path], Letter] = read_letter

    def read(self, roster: Roster) -> Orders:
        """Return what ``roster`` asks for, with everything that is wrong in its rows."""
        orders, problems, warnings = list[Order](), [*roster.problems], [*roster.warnings]
        meant = [(row, read_values(row)) for row in roster.rows]
        others = dict(_same_codes(meant))
        for row, known in meant:
            warnings += known.warnings
            told = [*known.problems, *([others[row.number]] if row.number in others else [])]
            problems += (self._shown(problem, row, Client()) for problem in told)
            if told or row.unreadable:
                problems += self._unknown_practice(row, known.values.get("practice"))
                continue
            settings = self.settings
            try:
                code, settings, folders = self._whose(known.values)
                orders.append(self._order(row, known.values, code, settings, folders))
            except CftAudioError as error:
                problems.append(self.problem(row, error, settings.client))
        return Orders(roster, tuple(orders), tuple(problems), tuple(warnings))

    def _unknown_practice(self, row: RosterRow, practice: str | None) -> Iterator[Problem]:
        """Yield what is wrong with the practice of a row in which other cells are wrong."""
        if practice is not None:
            try:
                Library(self.folders.scripts).known_as(practice)
            except CftAudioError as error:
                yield self.problem(row, error, Client())

    def may_send(self, online: Iterable[str]) -> bool:
        """Return whether this run carries consent for each of these engines."""
        return self.sends_to.issuperset(online)

    def problem(self, row: RosterRow, error: CftAudioError, client: Client) -> Problem:
        """Return an error about what a row asks for as a problem of its cell.

        Args:
            row: The row.
            error: What is wrong with it.
            client: What is kept of whom it is for.
        """
        return self._shown(problem_of(row, error), row, client)

    def _shown(self, problem: Problem, row: RosterRow, client: Client) -> Problem:
        return problem if self.shows_names else hidden(problem, row, client)

    def _whose(self, values: Mapping[str, Any]) -> tuple[str, Settings, Folders]:
        """Return the code of whom a row is for, and the settings and folders for them.

        Raises:
            CftAudioError: If that cannot be told, or what is kept of them cannot be read.
        """
        settings, folders, code = self.settings, self.folders, values.get("code")
        if client := values.get("client"):
            if code:
                message = "a client is known by the code of their file already"
                raise RequestError(message, remedy="Leave ‹code› out", field="code")
            kept = kept_client(client, folders)
            return kept.place.called, settings.for_client(kept.client), kept.folders(folders)
        if code is None:
            message = "it does not say whom the recording is for"
            remedy = "Fill in ‹code›, or ‹client› for somebody whose file is kept"
            raise RequestError(message, remedy=remedy, field="code")
        return code, settings, replace(folders, personal=_place_for(code, folders).personal)

    def _order(
        self,
        row: RosterRow,
        values: Mapping[str, Any],
        code: str,
        settings: Settings,
        folders: Folders,
    ) -> Order:
        """Return what a row asks for.

        Raises:
            CftAudioError: If that cannot be meant.
        """
        chosen = {n: v for n, v in values.items() if n not in ("client", "code", "practice")}
        practice = values.get("practice")
        if practice is None:
            remedy = "Write the name of one: ‹list practices›"
            raise RequestError("no practice is named", remedy=remedy, field="practice")
        try:
            request, online = self._request(code, practice, chosen, settings, folders)
        except CftAudioError as error:
            settings.name_in(error, chosen)
            raise
        return Order(row, code, request, folders, online, settings, chosen)

    def _request(
        self,
        code: str,
        practice: str,
        chosen: Mapping[str, Any],
        settings: Settings,
        folders: Folders,
    ) -> tuple[SessionRequest, Mapping[str, str]]:
        choices = replace(settings.choices(chosen), code=code)
        library = Library(folders.scripts)
        wanted = [(practice, choices)]
        answers = answer_slots(wanted, library, "the practice", self.read_letter)
        (answered,) = answers.complete({})
        voicing = voicing_for(choices, folders)
        online = online_voices(voicing, folders)
        # An earlier consent was for one person's lines, and not for those of everybody here.
        voicing = replace(voicing, allow_online=bool(online) and self.may_send(online))
        known = library.known_as(practice)
        request = request_for(known, choices, answered, voicing, self.made_on)
        check_settings(request)
        return request, online


def _place_for(code: str, folders: Folders) -> ClientPlace:
    """Return where the things of somebody without a file are kept.

    Raises:
        RequestError: If nobody can be called so, or there is a file of a client of that code: what
            it says, and whom it spares, would count for nothing.
    """
    check_code(code)
    place = place_of(code, folders.data, folders.keys)
    if place.file.exists():
        message = f"a file is kept of a client whose code is {place.called}"
        remedy = "Write it under ‹client› if it is the same person, and choose another code if not"
        raise RequestError(message, remedy=remedy, field="code")
    return place


def _same_codes(meant: Iterable[tuple[RosterRow, RowValues]]) -> Iterator[tuple[int, Problem]]:
    """Yield the number of each row that gives somebody else the code of another, and the problem.

    Codes are the same that some file system, or ``people.clients.places``, takes for the same.
    """
    named: dict[str, tuple[str, RosterRow]] = {}
    for row, known in meant:
        column = "client" if "client" in known.values else "code"
        code, name = known.values.get(column), clean(known.values.get("name") or "")
        if not (code and name):
            continue
        other, first = named.setdefault(code.casefold().replace("_", "-"), (name, row))
        if name != other:
            message = (
                f"the code {code} is somebody else's: row {first.number} has another name for it"
            )
            remedy = "Give each person a code of their own, or correct the name"
            yield row.number, row.cell(column).problem(message, remedy)
