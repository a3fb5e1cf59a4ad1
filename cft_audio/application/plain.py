"""Requests, plans, recordings and errors as plain JSON objects, and back."""

from __future__ import annotations

from typing import Any

from cft_audio.application.plan_lines import PlannedLine
from cft_audio.application.plans import Plan
from cft_audio.application.request import Beside, Output, SessionRequest, SoundChoice
from cft_audio.errors import CftAudioError, RequestError
from cft_audio.library.letters import Letter
from cft_audio.master.mastering import Recording
from cft_audio.mix.dips import Dip
from cft_audio.mix.plan import MixPlan, Sounds, VoiceSteps
from cft_audio.planning.session import Session
from cft_audio.schema.plain import from_plain, to_plain
from cft_audio.script.bells import Bells
from cft_audio.script.cues import Line, Span
from cft_audio.script.edits import Edits, LineEdit
from cft_audio.script.form import Form
from cft_audio.script.practice import About, BreathWords, Limits, Practice, Slot
from cft_audio.signal.balance import Balance
from cft_audio.speech.takes.clips import ClipLayout, SpokenSentence
from cft_audio.speech.text.warnings import PronunciationWarning
from cft_audio.speech.voicing import Voicing
from cft_audio.timeline import events
from cft_audio.timeline.breath_patterns import Pattern
from cft_audio.timeline.pace import Pace

_CLASSES = (
    *(SessionRequest, Session, Letter, Voicing, SoundChoice, Output, Beside, Pace, Pattern),
    *(Plan, Practice, Slot, Limits, About, BreathWords, ClipLayout, SpokenSentence),
    *(PronunciationWarning, Bells, Form, MixPlan, Sounds, Balance, Dip, VoiceSteps),
    *(events.Timeline, events.Chapter, events.Breath, events.Placed),
    *(events.SayEvent, events.PauseEvent, events.BreatheEvent, events.ChimeEvent),
    *(Line, Span, Recording, Edits, LineEdit, PlannedLine),
)
"""Every class that a request, a plan or a recording may hold."""


def as_object(value: SessionRequest | Plan | Recording | CftAudioError) -> Any:
    """Return ``value`` as objects, lists, text, numbers, truth values and None, for JSON.

    It holds everything, personal words too.
    """
    return value.as_object() if isinstance(value, CftAudioError) else to_plain(value)


def from_object(plain: Any) -> Any:
    """Return the value that ``as_object`` made ``plain`` of.

    Raises:
        RequestError: If it is no such value.
    """
    try:
        if "error" in plain:
            return CftAudioError.from_object(plain)
        return from_plain(plain, _CLASSES)
    except (KeyError, TypeError, ValueError) as error:
        message = f"it is no request, plan, recording or error: {error}"
        raise RequestError(message, remedy="Give what as_object returned") from error
