"""``cft-audio consent``: what may be sent to services that speak online, and an end to it."""

from collections.abc import Iterator

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face
from cft_audio.people.consent import Consent, consent_file, consents, service_of, withdraw


@click.group("consent", invoke_without_command=True)
@option.as_json
@click.pass_context
@click.pass_obj
def command(face: Face, ctx: click.Context, /) -> None:
    """Show what you agreed may be sent to services that speak online.

    You are asked the first time you choose a voice that speaks online, and a yes is kept here.

    \b
    Examples:
      cft-audio consent
      cft-audio consent withdraw
    """
    if ctx.invoked_subcommand:
        return
    file = consent_file(face.folders)
    kept = consents(file)
    in_config = bool(face.settings.configured.get("allow_online"))
    shown = [consent.as_object() for consent in kept]
    value = {"file": str(file), "consents": shown, "allowed_by_configuration": in_config}
    face.show(value, _lines(face, kept, in_config=in_config))


def _lines(face: Face, kept: tuple[Consent, ...], *, in_config: bool) -> Iterator[str]:
    for consent in kept:
        again = "" if consent.is_current else "  (to other words than today's: you will be asked)"
        yield f"{service_of(consent.engine)}, since {consent.given:%d %B %Y, %H:%M}{again}\n"
        yield f"{consent.statement}\n"
    if in_config:
        yield f"Every online voice is allowed by 'allow-online' in {face.folders.config}"
    elif not kept:
        yield "Nothing may be sent: you have not agreed to any service."
    if kept:
        yield f"Kept in {consent_file(face.folders)}. To withdraw: cft-audio consent withdraw"


@command.command("withdraw")
@click.argument("engine", required=False)
@option.as_json
@click.pass_obj
def withdraw_consent(face: Face, /, *, engine: str | None) -> None:
    """Withdraw what you agreed to: for ENGINE, such as google, or for all."""
    gone = withdraw(engine, consent_file(face.folders))
    names = " and ".join(service_of(name) for name in gone)
    line = (
        f"Withdrawn: nothing more is sent to {names}. What was spoken before is still in the "
        "cache on this machine (cft-audio cache clear), and may be kept by the service."
    )
    face.show({"withdrawn": gone}, [line if gone else "There is nothing to withdraw."])
    if face.settings.configured.get("allow_online"):
        allowed = f"allowed by 'allow-online' in {face.folders.config}"
        face.tell(f"Every online voice is still {allowed}: remove it.")
