"""``cft-audio choose``: a few kind questions, and one practice to begin with."""

from __future__ import annotations

import shlex

import click

from cft_audio.application.recommending import DIFFICULTIES, EXPERIENCE, Recommendation, Wish
from cft_audio.cli import options as option
from cft_audio.cli.face import Face, complain, show, somebody_is_here, wrap
from cft_audio.errors import RequestError
from cft_audio.schema.durations import parse_minutes


@click.command("choose")
@click.option("--hard", type=click.Choice(list(DIFFICULTIES)), help="What is hard just now.")
@click.option("-m", "--minutes", help="How long you have.")
@click.option("--practised", type=click.Choice(list(EXPERIENCE)), help="How used to it you are.")
@option.as_json
@click.pass_obj
def command(
    face: Face, /, *, hard: str | None, minutes: str | None, practised: str | None, as_json: bool
) -> None:
    """Find a practice to begin with: three questions, one proposal, the smallest first.

    \b
    Examples:
      cft-audio choose
      cft-audio choose --hard anxiety --minutes 5 --practised new
    """
    from cft_audio.application.recommending import recommend
    from cft_audio.languages.english import SAFETY

    if None in (hard, minutes, practised) and not somebody_is_here(as_json=as_json):
        raise RequestError(
            "there is no one here to ask",
            remedy="Give --hard, --minutes and --practised",
            where="choose",
        )
    hard = hard or _ask("What is hard just now?", DIFFICULTIES)
    length_s = _minutes(minutes) if minutes else _ask_minutes()
    practised = practised or _ask("How used to practices like these are you?", EXPERIENCE)
    proposal = recommend(Wish(hard, length_s, practised), face.folders)
    first, build = proposal.practice, _command(proposal)
    advice = [f"{SAFETY.therapist_advised}\n"] if first.about.therapist_advised else []
    others = ", ".join(practice.id for practice in proposal.others)
    lines = [
        f"\n{first.title}\n{wrap(first.summary)}\n",
        *advice,
        f"  {build}\n",
        f"Or look at: {others}",
    ]
    show({"practice": first.id, "command": build}, lines, as_json=as_json)


def _minutes(text: str) -> float:
    try:
        return parse_minutes(text)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="--minutes") from error


def _ask_minutes() -> float:
    question = "How many minutes do you have?"
    return float(
        click.prompt(question, value_proc=_minutes, default="5", err=True, prompt_suffix=" ")
    )


def _ask(question: str, answers: dict[str, str]) -> str:
    complain(f"\n{question}")
    for number, text in enumerate(answers.values(), start=1):
        complain(f"  {number}  {text}")
    words = list(answers)

    def read(typed: str) -> str:
        if typed.isdecimal() and 1 <= int(typed) <= len(words):
            return words[int(typed) - 1]
        if typed.strip().lower() in words:
            return typed.strip().lower()
        raise click.UsageError(f"Type a number from 1 to {len(words)}.")

    return str(click.prompt("Number", value_proc=read, err=True))


def _command(proposal: Recommendation) -> str:
    parts = ["cft-audio", "build", proposal.practice.id]
    for slot in proposal.missing:
        parts += ["--name", "NAME"] if slot.name == "name" else ["--with", f"{slot.name}=…"]
    parts += ["--minutes", f"{proposal.minutes:g}"]
    return shlex.join([*parts, *(("--for", proposal.adaptation) if proposal.adaptation else ())])
