"""What a person should know of a session that is made all the same, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.application.presets import PRESETS
from cft_audio.errors import NotInstalledError, sentences
from cft_audio.languages.registry import language_of
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.mix.intervals import interval_bells
from cft_audio.schema.durations import clock
from cft_audio.signal.audio import samples
from cft_audio.speech.voices.profiles import load_profile
from cft_audio.timeline.pace import seconds_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.application.choices import Choices
    from cft_audio.application.request import Output, SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.timeline.events import Timeline


def request_notes(choices: Choices, request: SessionRequest, folders: Folders) -> Iterator[str]:
    """Yield what follows from a request, and may not be what was meant.

    Args:
        choices: What the request was made of.
        request: The request.
        folders: Where practices and voices are kept.

    Raises:
        RequestError: If there is no such figure.
        ScriptError: If a figure cannot be read.
    """
    session = request.session
    yield from _voice_notes(choices, request, folders)
    yield from _figure_notes(request, folders)
    asked, adapted = session.pace, session.adapted_pace
    if asked.pattern != adapted.pattern:
        rate = adapted.breaths_per_minute
        yield (
            f"Told for {' and '.join(session.adaptations)}, no breath is held: each is "
            f"{seconds_words(adapted)}, {rate:.3g} breaths a minute."
        )


def _voice_notes(choices: Choices, request: SessionRequest, folders: Folders) -> Iterator[str]:
    """Yield which voice that was not chosen now cannot speak, and who does in its place."""
    spoken = request.voicing
    for field, instead in {"voice": spoken.voice, "figure_voice": spoken.figure_voice}.items():
        name = choices[field]
        if name is None or name == instead:
            continue
        whose = "the client's file names" if choices.client.get(field) else "your settings name"
        speaks = f"'{instead}' speaks" if instead else "the guide's voice says the figure's words"
        try:
            load_profile(name, folders.voices, field).make_engine()
        except NotInstalledError as error:
            yield sentences(
                f"{speaks[0].upper()}{speaks[1:]} in the place of '{name}', which {whose}: "
                f"{error.message}",
                error.remedy,
            )


def _figure_notes(request: SessionRequest, folders: Folders) -> Iterator[str]:
    """Yield how a figure in a person's own words is spoken of, if they did not say."""
    session = request.session
    file = Library(folders.scripts).open(session.practice)
    practice = file.practice()
    grammar = language_of(practice.language).figure
    for slot in practice.slots.values():
        answer = session.answers.get(slot.name, "")
        if slot.type != "figure" or not answer.strip():
            continue
        figure = find_figure(answer, file.library, session.figure_pronouns)
        if figure.name == answer and not figure.pronouns and grammar.usual:
            usual = grammar.usual.partition("/")[0]
            others = f"For others, give ‹figure_pronouns›: {', '.join(grammar.pronouns)}"
            yield sentences(f"'{answer}' is spoken of as '{usual}'", others)


def format_notes(output: Output, suffix: str, choices: Choices) -> Iterator[str]:
    """Yield what the format of a file cannot hold, or a well-known device cannot play.

    Args:
        output: What was asked of the file.
        suffix: How its name ends.
        choices: What was chosen.
    """
    yield from filter(None, [output.coding(suffix).format.told])
    if preset := choices["preset"]:
        yield from filter(None, [PRESETS[preset].told])


def plan_notes(request: SessionRequest, timeline: Timeline) -> Iterator[str]:
    """Yield what was asked for and is not heard in a session."""
    if request.sound.tone not in (None, "none") and not timeline.breaths:
        yield (
            f"Nothing of the tone '{request.sound.tone}' is heard: no breath is guided in this "
            "session."
        )
    every_s = request.sound.bell_every_s
    if every_s is not None and not interval_bells(timeline, samples(every_s)):
        yield (
            f"No bell is struck every {clock(every_s)}: the session ends before the first, or has "
            "a bell of its own there."
        )
    bells = request.session.bells
    last_word = max((said.start for said in timeline.speech), default=0)
    is_rung = any(chime >= last_word for chime in timeline.chimes)
    if bells.strokes and "end" in bells.places and not is_rung:
        yield "No bell is struck at the end: told for sleep, the session ends in quiet."
