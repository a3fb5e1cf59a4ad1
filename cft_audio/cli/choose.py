"""``cft-audio choose``: a few kind questions, and one practice to begin with."""

import shlex

import click

from cft_audio.application.choices import Choices
from cft_audio.application.fields import FIELDS
from cft_audio.application.figure_voices import voices_beside
from cft_audio.application.recommending import (
    DIFFICULTIES,
    EXPERIENCE,
    Recommendation,
    Wish,
    recommend,
)
from cft_audio.cli import options as option
from cft_audio.cli.face import Face, complain
from cft_audio.cli.terminal import confirm, prompt
from cft_audio.errors import RequestError
from cft_audio.script.practice import Practice


@click.command("choose")
@click.option("--hard", type=click.Choice(list(DIFFICULTIES)), help="What is hard just now.")
@option.field_option("minutes", "How long you have.")
@click.option("--practised", type=click.Choice(list(EXPERIENCE)), help="How used to it you are.")
@option.field_option("client")
@option.as_json
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    hard: str | None,
    minutes: str | None,
    practised: str | None,
    client: str | None,
) -> None:
    """Find a practice to begin with: three questions, one proposal, the smallest first.

    At a terminal it then asks for what the practice needs, makes it and plays it, if you like. With
    --client, the length is that of the client's file, where it has one.

    \b
    Examples:
      cft-audio choose
      cft-audio choose --hard anxiety --minutes 5 --practised new
    """
    from cft_audio.cli.build import command as build
    from cft_audio.languages.registry import ENGLISH

    face: Face = ctx.obj
    choices = face.choices({"client": client})
    minutes = minutes or _kept_minutes(choices)
    if None in (hard, minutes, practised) and not face.can_ask:
        remedy = "Give --hard, --minutes and --practised"
        raise RequestError("there is no one here to ask", remedy=remedy, where="choose")
    wish = Wish.of(
        hard or _ask("What is hard just now?", DIFFICULTIES),
        minutes or _ask_minutes(),
        practised or _ask("How used to practices like these are you?", EXPERIENCE),
    )
    proposal = recommend(wish, face.folders)
    first, command = proposal.practice, _command(proposal, client)
    advice = [ENGLISH.safety.therapist_advised] if first.about.therapist_advised else []
    advice += first.about.not_alone
    why = [first.summary, f"Why this one: {proposal.reason}", *advice, proposal.note]
    face.tell(f"\n{first.title}\n", *filter(None, why), "")
    others = ", ".join(practice.id for practice in proposal.others)
    if face.can_ask and confirm("Shall I make it now?", default=True):
        face.play = confirm("Play it once it is made?", default=True)
        options = {"minutes": f"{proposal.minutes:g}", "for": (proposal.adaptation,)}
        options |= {"client": client or ""}
        ctx.invoke(build, practice=first.id, **{k: v for k, v in options.items() if any(v)})
        return
    face.tell(
        "Make it:",
        f"  {command}",
        *_figure_voices(face, choices["voice"], first),
        f"Or look at: {others}",
    )
    value = {"practice": first.id, "command": command, "reason": proposal.reason}
    face.show(value | {"note": proposal.note}, ())


def _kept_minutes(choices: Choices) -> str | None:
    """Return the length that a client's file has."""
    length_s = choices.client.get("minutes")
    return None if length_s is None else str(FIELDS["minutes"].plain(length_s))


def _figure_voices(face: Face, guide: str, practice: Practice) -> list[str]:
    """Return a line about voices for the figure of ``practice``, if there are any for it."""
    if not any(slot.type == "figure" for slot in practice.slots.values()):
        return []
    beside = ", ".join(f"{v.name} ({v.description})" for v in voices_beside(guide, face.folders))
    told = f"The figure can have a voice beside the guide's, --figure-voice: {beside}"
    return [told] if beside else []


def _ask_minutes() -> str:
    def read(typed: str) -> str:
        try:
            FIELDS["minutes"].parse(typed)
        except RequestError as error:
            raise click.UsageError(str(error)) from error
        return typed

    question = "How many minutes do you have?"
    return prompt(question, value_proc=read, default="5", prompt_suffix=" ")


def _ask(question: str, answers: dict[str, str]) -> str:
    complain(f"\n{question}")
    for number, text in enumerate(answers.values(), start=1):
        complain(f"  {number}  {text}")
    by_text = {str(number): word for number, word in enumerate(answers, start=1)}
    by_text |= {word: word for word in answers}

    def read(typed: str) -> str:
        word = by_text.get(typed.strip().lower().lstrip("0"))
        if word is None:
            raise click.UsageError(f"Type a number from 1 to {len(answers)}.")
        return word

    return prompt("Number", value_proc=read)


def _command(proposal: Recommendation, client: str | None) -> str:
    """Return the command that makes it, and asks for the name: none stands for it, to be spoken."""
    parts = ["cft-audio", "build", proposal.practice.id, "--minutes", f"{proposal.minutes:g}"]
    parts += ("--for", proposal.adaptation) if proposal.adaptation else ()
    return shlex.join([*parts, *(("--client", client) if client else ())])
