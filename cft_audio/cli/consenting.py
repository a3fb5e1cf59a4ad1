"""Asking a person, once, before anything is sent to a service that speaks online."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import click

from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders
from cft_audio.people.consent import consent_file, has_agreed, remember, service_of, statement_of

if TYPE_CHECKING:
    from cft_audio.application.request import SessionRequest


def consented(request: SessionRequest, *, ask: bool) -> SessionRequest:
    """Return ``request``, allowed to speak online if the person agrees to that.

    Unchanged if its voices speak on this machine, or if nobody has agreed and nobody can be asked:
    an online voice is then refused where it would speak.

    Args:
        request: What is wanted.
        ask: Whether somebody is there to be asked.

    Raises:
        RequestError: If they say no.
        VoiceError: If a voice is not there.
        ConfigError: If what was agreed to cannot be read or kept.
    """
    if request.allow_online:
        return request
    engines = _online_engines(request)
    if not engines or not all(_agrees(voice, engine, ask=ask) for engine, voice in engines.items()):
        return request
    return replace(request, allow_online=True)


def allowed_by_configuration() -> bool:
    """Return whether the configuration file allows every voice to speak online."""
    from cft_audio.cli.build import configured

    return bool(configured(default_folders().config).get("allow_online", False))


def _online_engines(request: SessionRequest) -> dict[str, str]:
    """Return the engines of the request that speak online, each with one of its voices."""
    from cft_audio.speech.voices.profiles import load_profile

    names = [name for name in (request.voice, request.figure_voice) if name is not None]
    profiles = [load_profile(name, default_folders().voices) for name in names]
    return {profile.engine: profile.name for profile in profiles if profile.kind.online}


def _agrees(voice: str, engine: str, *, ask: bool) -> bool:
    file = consent_file(default_folders())
    if has_agreed(engine, file):
        return True
    if not ask:
        return False
    click.echo(f"The voice '{voice}' speaks online.\n{statement_of(engine)}", err=True)
    if not click.confirm(f"Send the lines to {service_of(engine)}?", default=False, err=True):
        raise RequestError(
            f"nothing was sent: you did not agree that the voice '{voice}' speaks online",
            remedy="Choose one that speaks on this machine, such as --voice joe",
        )
    remember(engine, datetime.now().astimezone(), file)
    click.echo("You will not be asked again. To withdraw: cft-audio consent withdraw", err=True)
    return True
