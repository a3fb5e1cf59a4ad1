"""The pages of voices: who can speak, how each sounds, more to install, and some to remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import FileResponse
from starlette.routing import Route

from cft_audio.application import more_voices
from cft_audio.application.reading_aloud import make_read_voice
from cft_audio.application.saying import introduce_one
from cft_audio.errors import CftAudioError
from cft_audio.files.remote import host_of
from cft_audio.own_voice.voice_files import lines_of
from cft_audio.people.clients.records import FOLDER, NoRecordError
from cft_audio.people.settings import keep_setting
from cft_audio.running.making import Making
from cft_audio.speech.voices.catalogue import clean_card, read_licence
from cft_audio.speech.voices.catalogue_source import choose_source
from cft_audio.speech.voices.kokoro.installing import is_installed
from cft_audio.speech.voices.kokoro.pieces import LICENCES
from cft_audio.speech.voices.listing import list_voices
from cft_audio.speech.voicing import DEFAULT_VOICE
from cft_audio.studio.hearing import heard_once
from cft_audio.studio.pages import all_typed, go_to, page, posted, told, workroom_of

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cft_audio.application.jobs import Job
    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders


INSTALLING, OWN_VOICE = "voice", "own-voice"
"""The kinds of job that install a voice, and that make one of what was read aloud."""

READINGS = "readings"
"""What is kept of each sheet that is read aloud: a record, and its recordings beside it."""


def folder_of(reading: str, folders: Folders) -> Path:
    """Return where a sheet that is read aloud lies, with its recordings."""
    return folders.data / FOLDER / READINGS / reading


def making_of(job: Job, _: Settings, folders: Folders, __: Path) -> Making:
    """Return the process that installs a voice, or makes one of what was read aloud."""
    wanted = job.wanted
    if job.kind == INSTALLING:
        return Making(more_voices.install_agreed, wanted["voice"], wanted["agreed"], folders)
    place = folder_of(wanted["reading"], folders)
    return Making(make_read_voice, place, wanted["voice"], wanted["fallback"], folders)


def listing(request: Request, error: str = "") -> Response:
    """List the voices."""
    room = workroom_of(request)
    own, voices = room.folders.own_voices, list_voices(room.folders.voices)
    values = {"voices": voices, "has_kokoro": is_installed(own), "error": error}
    values["usual"] = room.settings.values.get("voice") or DEFAULT_VOICE
    values["read"] = {v.name: lines_of(v.name, [own]) for v in voices if v.file.parent == own}
    return page(request, "voices", status=422 if error else 200, **values)


def listen(request: Request) -> Response:
    """Give what a voice says to be chosen by; one that speaks online is not heard from here."""
    room, name = workroom_of(request), request.path_params["name"]
    voices = {voice.name: voice for voice in list_voices(room.folders.voices)}
    if name not in voices or voices[name].online is not False:
        raise NoRecordError(name)
    file = heard_once(
        ("voice", name, voices[name].file.stat().st_mtime_ns),
        room.passing,
        lambda file: room.speaker.ask(introduce_one, name, room.folders, file),
    )
    return FileResponse(file, media_type="audio/wav")


def change(request: Request, form: FormData) -> Response:
    """Make a voice the usual one, remove one, or have one installed whose licence was shown."""
    room = workroom_of(request)
    do, voice, agreed, sure = all_typed(form, "do", "voice", "agreed", "sure")
    try:
        if do == "install":
            job = room.queue.add(INSTALLING, {"voice": voice, "agreed": agreed}, "")
            return go_to(f"/jobs/{job}")
        if do == "remove":
            more_voices.remove_voice(voice, room.folders, lambda _: sure == "yes")
        elif voice in {one.name for one in list_voices(room.folders.voices)}:
            keep_setting(room.folders.config, "voice", voice)
    except CftAudioError as error:
        return listing(request, told(error))
    return go_to("/voices")


def more(request: Request, error: str = "", **found: Any) -> Response:
    """Show what can be installed, without connecting to anything, and what was found."""
    kokoro = more_voices.kokoro_to_install(workroom_of(request).folders)
    values = {"offered": None, "listed": None, "language": "en", "licences": LICENCES} | found
    values |= {"kokoro": kokoro, "host": host_of(choose_source()), "error": error}
    return page(request, "more_voices", status=422 if error else 200, **values)


def look(request: Request, form: FormData) -> Response:
    """Connect, as was asked for: list what there is, or show the licence of one voice."""
    (language, name), folders = all_typed(form, "language", "voice"), workroom_of(request).folders
    try:
        if not name:
            listed = more_voices.list_catalogue(language or None, folders)
            return more(request, listed=listed, language=language)
        voice, content = more_voices.offer_voice(name, folders)
    except CftAudioError as error:
        return more(request, told(error), language=language)
    card, agreed = clean_card(content), more_voices.card_digest(content)
    about = {"voice": voice, "card": card, "licence": read_licence(card), "agreed": agreed}
    return more(request, offered=about)


ROUTES = (
    Route("/voices", listing),
    Route("/voices", posted(change), methods=["POST"]),
    Route("/voices/more", more),
    Route("/voices/more", posted(look), methods=["POST"]),
    Route("/voices/{name}/hear", listen),
)
