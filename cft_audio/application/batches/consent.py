"""What a roster would send to services, and that it is not sent unless a run carries consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.people.consent import service_of
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cft_audio.application.batches.estimates import Estimates
    from cft_audio.application.batches.orders import Order
    from cft_audio.script.cues import Line

GOOGLE = "google"
"""The engine for which a run can carry the consent of all its people; for others nothing does."""

_PARTS = {"voice": "guide", "figure_voice": "figure"}
"""Whose lines the voice of a field says."""


@dataclass(frozen=True)
class Sent:
    """What a roster sends to a service.

    Attributes:
        engine: The engine that sends it.
        voice: A voice that does.
        people: How many people's lines.
        lines: How many lines; what is the same for several people is sent once.
    """

    engine: str
    voice: str
    people: int
    lines: int

    @property
    def told(self) -> str:
        """It in words."""
        who = "one person" if self.people == 1 else f"{self.people} people"
        what = "one line" if self.lines == 1 else f"{self.lines} lines"
        return f"{what} for {who}, names included"


def lines_sent(orders: Iterable[Order], estimates: Estimates) -> list[Sent]:
    """Return what would be sent to each service."""
    voices: dict[str, str] = {}
    people: dict[str, set[str]] = {}
    lines: dict[str, set[tuple[Line, str]]] = {}
    for order in (order for order in orders if order.online):
        said = estimates.of(order.request, order.folders).lines
        for engine, voice in order.online.items():
            voices.setdefault(engine, voice)
            people.setdefault(engine, set()).add(order.code)
            parts = _parts_of(order, engine)
            lines.setdefault(engine, set()).update(
                (line, order.code if any(span.personal for span in line.spans) else "")
                for line in said
                if line.speaker in parts
            )
    return [Sent(e, voice, len(people[e]), len(lines[e])) for e, voice in voices.items()]


def refuse_online(
    orders: Iterable[Order], estimates: Estimates, agreed: Collection[str] = ()
) -> None:
    """Check that nothing is sent to a service without consent.

    Args:
        orders: What a roster asks for.
        estimates: What it would say.
        agreed: The engines for which the run carries consent.

    Raises:
        RequestError: If something would be, with how much of how many people, and the ways out.
    """
    for sent in lines_sent(orders, estimates):
        if sent.engine in agreed:
            continue
        would = f"the voice '{sent.voice}' speaks online: {sent.told}, would be sent to"
        service, here = service_of(sent.engine), "choose a voice that speaks on this machine"
        if sent.engine == GOOGLE:
            message = f"{would} {service}, and this run carries no consent to that"
            remedy = f"Add ‹send_names_to_google› if they may be, or {here}, such as ‹voice:joe›"
        else:
            message = f"{would} {service}, to which no consent can be given for a whole roster"
            remedy = (
                f"Build their recordings one by one, where you are asked about that service, or "
                f"{here}, such as ‹voice:joe›"
            )
        raise RequestError(message, remedy=remedy, field="voice")


def _parts_of(order: Order, engine: str) -> set[str]:
    """Return whose lines an engine says."""
    voices, folders = order.request.voicing.voices, order.folders.voices
    parts = {
        _PARTS[field]
        for field, voice in voices.items()
        if load_profile(voice, folders, field).engine == engine
    }
    one_voice = "figure_voice" not in voices
    return parts | ({"figure"} if one_voice and parts else set())
