"""``cft-audio choose``: a few kind questions, and one practice to begin with."""

from __future__ import annotations

import json
import shlex
import sys

import click

from cft_audio.application.recommending import Wish, ranked
from cft_audio.cli.options import Minutes
from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.answers import missing_slots
from cft_audio.script.practice import DIFFICULTIES, EXPERIENCE, Practice
from cft_audio.script.safety import THERAPIST_ADVISED

_HARD = {
    "self-criticism": "I'm hard on myself",
    "shame": "I feel ashamed",
    "anxiety": "I'm worried or on edge",
    "low-mood": "I feel low and heavy",
    "sleep": "I can't settle at night",
    "avoidance": "There's something I keep putting off or away from",
    "inner-conflict": "Parts of me pull in different ways",
    "anger": "I'm angry, at someone or at myself",
    "nothing-in-particular": "Nothing special; I'd like to practise",
}
_SHORTEST, _LONGEST = 3.0, 60.0
"""Minutes that every practice can be made for."""

_PRACTISED = {"new": "It's new to me", "some": "I've done some", "steady": "I practise often"}


@click.command("choose")
@click.option("--hard", type=click.Choice(DIFFICULTIES), help="What is hard just now.")
@click.option("-m", "--minutes", "length_s", type=Minutes(), help="How long you have.")
@click.option("--practised", type=click.Choice(EXPERIENCE), help="How used to it you are.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    *, hard: str | None, length_s: float | None, practised: str | None, as_json: bool
) -> None:
    """Find a practice to begin with: three questions, one proposal, the smallest first.

    \b
    Examples:
      cft-audio choose
      cft-audio choose --hard anxiety --minutes 5 --practised new
    """
    if None in (hard, length_s, practised) and (as_json or not sys.stdin.isatty()):
        raise RequestError(
            "there is no one here to ask",
            remedy="Give --hard, --minutes and --practised",
            where="choose",
        )
    hard = hard or _asked("What is hard just now?", _HARD)
    if length_s is None:
        length_s = click.prompt(
            "How many minutes do you have?",
            type=Minutes(),
            default="5",
            err=True,
            prompt_suffix=" ",
        )
    practised = practised or _asked("How used to practices like these are you?", _PRACTISED)
    wish = Wish(hard, min(max(length_s / 60, _SHORTEST), _LONGEST), practised)
    found, _ = Library(default_folders().scripts).practices()
    first, *others = ranked(wish, found)
    build = _command(first, wish)
    if as_json:
        click.echo(json.dumps({"practice": first.id, "command": build}, ensure_ascii=False))
        return
    click.echo(f"\n{first.title}\n{click.wrap_text(first.summary, 78)}\n")
    if first.about.therapist_advised:
        click.echo(f"{THERAPIST_ADVISED}\n")
    click.echo(f"  {build}\n")
    click.echo(f"Or look at: {', '.join(practice.id for practice in others[:2])}")


def _asked(question: str, answers: dict[str, str]) -> str:
    click.echo(f"\n{question}", err=True)
    for number, text in enumerate(answers.values(), start=1):
        click.echo(f"  {number}  {text}", err=True)
    words = list(answers)

    def chosen(typed: str) -> str:
        if typed.isdecimal() and 1 <= int(typed) <= len(words):
            return words[int(typed) - 1]
        if typed.strip().lower() in words:
            return typed.strip().lower()
        raise click.UsageError(f"Type a number from 1 to {len(words)}.")

    return str(click.prompt("Number", value_proc=chosen, err=True))


def _command(practice: Practice, wish: Wish) -> str:
    parts = ["cft-audio", "build", practice.id]
    for slot in missing_slots(practice, {}):
        parts += ["--name", "NAME"] if slot.name == "name" else ["--with", f"{slot.name}=…"]
    parts += ["--minutes", f"{wish.minutes:g}"]
    if wish.hard in ADAPTATIONS:
        parts += ["--for", wish.hard]
    return shlex.join(parts)
