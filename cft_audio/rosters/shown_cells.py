"""What a person sees in a cell of a workbook, and what the spreadsheet made of what they typed.

"7.5" typed in a German spreadsheet is 7 May, "12:30" half past twelve, "007" the number 7, and
"True" a truth value.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from cft_audio.rosters.grid import RawCell, text_cell

FORMULA_WITHOUT_VALUE = RawCell(
    "?",
    fault=(
        "it is a formula whose value was not saved with it",
        "Open the file in a spreadsheet and save it, or type the value itself",
    ),
)
MERGED = RawCell(
    "",
    fault=(
        "it is merged with other cells, so that nothing stands in it by itself",
        "Take the merged cells apart, and fill in each row",
    ),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_TEXT_FORMAT = "set the format of the column to Text, and type it again"
_AS_TEXT = f"S{_TEXT_FORMAT[1:]}"
_ZEROS = re.compile("0{2,30}")
_MINUTES_FIRST = re.compile(r"(?:\[\$[^\]]*\])?\[?mm?\]?:ss", re.IGNORECASE)
_LONG_HOURS = 3
"""From so many hours on, a time without seconds is not meant as hours, as no practice lasts them:
Excel shows 27:30:00 where 27:30 was typed, and LibreOffice 12:30:00 for 12:30."""


def shown_cell(cell: Any) -> RawCell | None:
    """Return what a person sees in one of openpyxl's cells; None for nothing."""
    match cell.data_type, cell.value:
        case "e", error:
            remedy = "See to its formula, or type the value itself"
            return RawCell("?", fault=(f"the spreadsheet shows the error {error} there", remedy))
        case _, bool(truth):
            return RawCell("TRUE" if truth else "FALSE", "truth")
        case _, int() | float():
            return RawCell(_number(cell.value, cell.number_format or ""), "number")
        case _, time() | timedelta():
            return _time(cell.value, cell.number_format or "")
        case _, datetime() | date():
            return RawCell("?", fault=_date(cell.value))
    return text_cell(str(cell.value).replace("_x000D_", ""))


def _number(value: float, number_format: str) -> str:
    """Return a number as a spreadsheet shows it that has no format but zeros in front."""
    text = f"{value:.15g}"
    is_whole = text.isdigit()
    zeros = _ZEROS.fullmatch(number_format)
    return text.zfill(len(number_format)) if is_whole and zeros else text


def _time(value: time | timedelta, number_format: str) -> RawCell:
    """Return a time as it is shown; one that a person cannot have meant so has a note."""
    if isinstance(value, time):
        value = timedelta(
            hours=value.hour,
            minutes=value.minute,
            seconds=value.second,
            microseconds=value.microsecond,
        )
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, left = divmod(minutes, 60)
    shows_seconds = "s" in number_format.lower()
    if _MINUTES_FIRST.match(number_format) and not hours:
        return RawCell(f"{left}:{seconds:02}", "time")
    shown = f"{hours}:{left:02}" + f":{seconds:02}" * bool(shows_seconds or seconds)
    if not (hours and shows_seconds) or seconds:
        return RawCell(shown, "time")
    without = f"{hours}:{left:02}"
    if hours < _LONG_HOURS:
        note = f"It is hours as the spreadsheet has it; if minutes are meant, {_TEXT_FORMAT}"
        return RawCell(shown, "time", note)
    note = f"The spreadsheet shows {shown}, which was read as {without}; else, {_TEXT_FORMAT}"
    return RawCell(without, "time", note)


def _date(value: date) -> tuple[str, str]:
    """Return what is wrong with a date, and how to type what was perhaps meant."""
    shown = f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    typed = f"{value.day}.{value.month}"
    perhaps = f"perhaps {typed} or {value.month}/{value.day} was typed"
    message = f"the spreadsheet has made a date of it, {shown}: {perhaps}"
    if value.month < 10:  # noqa: PLR2004 -- one digit behind the point
        return message, f"{_AS_TEXT}; as a length, {typed} is {value.day}:{value.month * 6:02}"
    return message, _AS_TEXT
