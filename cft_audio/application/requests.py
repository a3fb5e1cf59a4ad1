"""From choices, a person's settings, kept words and consents to a session request."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cft_audio.application.edits import read_edits
from cft_audio.application.pacing import pace_for
from cft_audio.application.presets import PRESETS
from cft_audio.application.request import Beside, Output, SessionRequest, SoundChoice
from cft_audio.errors import NotInstalledError, RequestError
from cft_audio.files.folders import expanded, is_path
from cft_audio.master.formats import USUAL
from cft_audio.people.consent import consent_file, has_agreed
from cft_audio.people.lexicons.layers import Scope, kept_layers
from cft_audio.planning.session import Session
from cft_audio.script.bells import STROKES, Bells
from cft_audio.script.form import Form
from cft_audio.speech.text.lexicon import Lexicon, merge_tables
from cft_audio.speech.voices.profiles import load_profile
from cft_audio.speech.voicing import DEFAULT_VOICE, Voicing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cft_audio.application.answering import Answered
    from cft_audio.application.choices import Choices
    from cft_audio.files.folders import Folders


def request_for(
    practice: str,
    choices: Choices,
    answered: Answered,
    voicing: Voicing,
    made_on: date | None = None,
) -> SessionRequest:
    """Return the session that ``choices`` ask for.

    Args:
        practice: A practice's id, or the path of its file.
        choices: What was chosen, over a person's settings.
        answered: The answers to its slots.
        voicing: Who says it, and how: see ``voicing_for``.
        made_on: The date for its tags; None for none.

    Raises:
        RequestError: If the pace could not be breathed safely.
        EditsError: If edits of lines cannot be read.
    """
    session = Session(
        str(expanded(practice)) if is_path(practice) else practice,
        answered.answers,
        choices["figure_pronouns"],
        length_s=choices["minutes"],
        adaptations=choices["for"],
        pace=pace_for(choices),
        seed=choices["seed"],
        form=Form(
            choices["core"] or "",
            choices["returning"],
            choices["self_led"],
            choices["first_words"] or "",
        ),
        bells=Bells(STROKES[choices["bells"]], choices["bells_at"]),
        edits=read_edits(choices["edits"]),
        letters=answered.letters,
    )
    sound = SoundChoice(
        choices["tone"],
        choices["bed"],
        choices["ticks"],
        choices["bell"],
        choices["bell_every"],
        choices["bed_level"],
        choices["tone_level"],
        choices["bell_level"],
        choices["loudness"],
    )
    beside = Beside(choices["with_text"], choices["with_handout"])
    output = _output(choices, made_on)
    return SessionRequest(session, voicing, sound, output, beside, choices["avoid"])


def _output(choices: Choices, made_on: date | None) -> Output:
    kbps, preset = choices["bitrate"] or USUAL, choices["preset"]
    # The bit rate that a person prefers counts where the format has it, one that they type always.
    is_chosen = choices.is_chosen("bitrate")
    return Output(
        choices["format"] or "",
        kbps if is_chosen else USUAL,
        USUAL if is_chosen else kbps,
        choices["channels"],
        choices["sample_rate"] or USUAL,
        PRESETS[preset].most_bytes if preset else 0,
        choices["split_chapters"],
        title=choices["title"] or "",
        album=choices["album"],
        artist=choices["artist"],
        comment=choices["comment"] or "",
        cover=choices["cover"],
        name_in_tags=not choices["no_name"],
        code=choices.code,
        made_on=made_on,
    )


def voicing_for(choices: Choices, folders: Folders) -> Voicing:
    """Return who speaks, and how words are said, by choices, kept words and consents.

    A voice that speaks online is allowed if it was chosen, or if there is consent for its service.

    Raises:
        RequestError: If a word or a sound cannot be read, or the client's name cannot be one.
        LexiconError: If a lexicon cannot be read.
        VoiceError: If a voice is not there.
        ConfigError: If consents cannot be read.
    """
    chosen = choices.chosen.get("pronounce") or {}
    Lexicon.of(chosen)  # what cannot be read is refused before anything is done
    kept = kept_layers(scope_of(choices), folders)
    pronounce = merge_tables(*(layer.table for layer in kept), chosen)
    voice = _voice_that_can_speak(choices, "voice", folders) or DEFAULT_VOICE
    figure = _voice_that_can_speak(choices, "figure_voice", folders)
    voicing = Voicing(voice, figure, pronounce, choices["allow_online"])
    if voicing.allow_online:
        return voicing
    online, file = online_voices(voicing, folders), consent_file(folders)
    agreed = bool(online) and all(has_agreed(engine, file) for engine in online)
    return replace(voicing, allow_online=agreed)


def _voice_that_can_speak(choices: Choices, field: str, folders: Folders) -> str | None:
    """Return the voice of ``field``, unless it is a setting's and is not installed any more.

    A recording that is made all the same says so: see ``notes.request_notes``.
    """
    name: str | None = choices[field]
    if name is None or choices.is_chosen(field) or name == DEFAULT_VOICE:
        return name
    try:
        load_profile(name, folders.voices, field).make_engine()
    except NotInstalledError:
        return None
    return name


def scope_of(choices: Choices) -> Scope:
    """Return whose kept words count."""
    return Scope(choices.settings.get("pronounce") or {}, choices["lexicon"], choices["client"])


def online_voices(voicing: Voicing, folders: Folders) -> dict[str, str]:
    """Return the voices of ``voicing`` that speak online, by their engine; one of each.

    Consent for an engine counts for all its voices.

    Raises:
        VoiceError: If a voice is not there.
    """
    profiles = [load_profile(v, folders.voices, field) for field, v in voicing.voices.items()]
    return {profile.engine: profile.name for profile in profiles if profile.kind.online}


def recording_date(environ: Mapping[str, str]) -> date:
    """Return the date for tags: today's, or that of ``SOURCE_DATE_EPOCH`` where it is set.

    Raises:
        RequestError: If the variable holds no time.
    """
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now().astimezone().date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        message, remedy = f"'{epoch}' is not a time", "Give whole seconds since 1970"
        raise RequestError(message, remedy=remedy, where="SOURCE_DATE_EPOCH") from error
