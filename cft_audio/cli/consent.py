"""``cft-audio consent``: what may be sent to services that speak online, and an end to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from cft_audio.cli.consenting import allowed_by_configuration
from cft_audio.cli.options import print_json
from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders
from cft_audio.people.consent import consent_file, consents, has_agreed, service_of, withdraw
from cft_audio.schema.suggest import did_you_mean

if TYPE_CHECKING:
    from cft_audio.people.consent import Consent


@click.group("consent", invoke_without_command=True)
@print_json
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Show what you agreed may be sent to services that speak online.

    You are asked the first time you choose a voice that speaks online, and a yes is kept here.

    \b
    Examples:
      cft-audio consent
      cft-audio consent withdraw
    """
    if ctx.invoked_subcommand:
        return
    folders = default_folders()
    file = consent_file(folders)
    found = consents(file)
    in_config = allowed_by_configuration()
    if as_json:
        rows = [_object(consent) for consent in found]
        shown = {"file": str(file), "consents": rows, "allowed_by_configuration": in_config}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for consent in found:
        again = "" if _counts(consent) else "  (to other words than today's: you will be asked)"
        click.echo(f"{service_of(consent.engine)}, since {consent.given:%d %B %Y, %H:%M}{again}\n")
        click.echo(f"{consent.statement}\n")
    if in_config:
        click.echo(f"Every online voice is allowed by 'allow-online' in {folders.config}")
    elif not found:
        click.echo("Nothing may be sent: you have not agreed to any service.")
    if found:
        click.echo(f"Kept in {file}. To withdraw: cft-audio consent withdraw")


@command.command("withdraw")
@click.argument("engine", required=False)
@print_json
def withdraw_consent(*, engine: str | None, as_json: bool) -> None:
    """Withdraw what you agreed to: for ENGINE, such as google, or for all."""
    file = consent_file(default_folders())
    kept = [consent.engine for consent in consents(file)]
    if engine is not None and engine not in kept:
        raise RequestError(
            f"you have not agreed to anything for '{engine}'",
            remedy=did_you_mean(engine, kept) if kept else "There is nothing to withdraw",
            where="consent withdraw",
        )
    gone = kept if engine is None else [engine]
    for name in gone:
        withdraw(name, file)
    if as_json:
        click.echo(json.dumps({"withdrawn": gone}))
    elif not gone:
        click.echo("There is nothing to withdraw.")
    else:
        names = " and ".join(service_of(name) for name in gone)
        click.echo(
            f"Withdrawn: nothing more is sent to {names}. What was spoken before is still in the "
            "cache on this machine (cft-audio cache clear), and may be kept by the service."
        )
    if allowed_by_configuration() and not as_json:
        config = default_folders().config
        click.echo(f"Every online voice is still allowed by 'allow-online' in {config}: remove it.")


def _counts(consent: Consent) -> bool:
    return has_agreed(consent.engine, consent_file(default_folders()))


def _object(consent: Consent) -> dict[str, object]:
    return {
        "engine": consent.engine,
        "service": service_of(consent.engine),
        "given": consent.given.isoformat(timespec="seconds"),
        "statement": consent.statement,
        "counts": _counts(consent),
    }
