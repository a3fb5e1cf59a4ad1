"""What else to ask for where a session holds what is to be avoided: only what really does without.

Other words are looked for by estimates; nothing is spoken.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cft_audio.application.avoiding import Avoidance
from cft_audio.application.scripts_apart import try_script
from cft_audio.errors import CftAudioError
from cft_audio.planning.outline import Outline
from cft_audio.planning.writer import ScriptWriter
from cft_audio.script.cues import Chime
from cft_audio.script.sample import sample_answers
from cft_audio.sound.names import BEDS, BELLS, TONES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.application.avoiding import AvoidedLine
    from cft_audio.application.request import SessionRequest
    from cft_audio.library.practices import Library
    from cft_audio.planning.session import Session
    from cft_audio.script.cues import Script

_VARIANTS = 20
"""Variants that are tried."""

_FEW_WORDS = 0.25
"""Content that no session has less of, as a share of its length."""

_NAMES = {"tone": TONES, "bed": BEDS, "bell": BELLS}


def other_sound(field: str, request: SessionRequest, avoidance: Avoidance, script: Script) -> str:
    """Return what to ask for in the place of the sound that ``field`` chooses, as a sentence."""
    if field == "ticks":
        return "Leave ‹ticks› out"
    others = [name for name in _NAMES[field] if not avoidance.in_sound(field, name)]
    if others:
        return f"For ‹{field}›, choose one of {', '.join(others)}"
    own = "for ‹bell›, choose a sound file of your own"
    chimes = [cue for part in script.sections for cue in part.cues if isinstance(cue, Chime)]
    if any(chime.soft for chime in chimes):  # it is struck whatever is asked of bells
        return f"F{own[1:]}"
    silent = ["let no bell be struck (‹bells:none›)"] * bool(chimes)
    silent += ["leave ‹bell_every› out"] * (request.sound.bell_every_s is not None)
    told = f"{' and '.join(silent)}; or, {own}"
    return told[0].upper() + told[1:]


@dataclass(frozen=True)
class OtherWords:
    """The search for words that do without what a session avoids.

    Attributes:
        request: The session.
        avoidance: What it avoids.
        writer: Writes its scripts.
        library: Where practices are found.
    """

    request: SessionRequest
    avoidance: Avoidance
    writer: ScriptWriter
    library: Library

    def told(self, lines: Sequence[AvoidedLine]) -> Iterator[str]:
        """Yield what to ask for in the place of ``lines``, as sentences."""
        given = [line for line in lines if line.is_given]
        if given:
            fields = " and ".join(f"‹{name}›" for name in self.avoidance.given_in(self.writer))
            yield f"Change what was given for {fields or 'it'}"
        if len(given) == len(lines):
            return
        if self.request.output.course:
            yield "Make a course of your own without this session"
            return
        ways = [*self._variant(), *self._core(), *self._practice()]
        if ways:
            *others, last = ways
            yield f"Choose {', '.join(others)}{' or ' * bool(others)}{last}: there it is not said"
        else:
            yield (
                "No other variant, core or practice of this technique was found that does without "
                "it at this length: write a script of your own"
            )

    def _variant(self) -> Iterator[str]:
        """Yield the next variant that does without, if there is one."""
        session = self.request.session
        seeds = range(session.seed + 1, session.seed + 1 + _VARIANTS)
        others = [replace(session, seed=seed) for seed in seeds]
        if found := self._first_without(others):
            yield f"‹seed:{found.seed}›"

    def _core(self) -> Iterator[str]:
        """Yield another core that does without, if there is one."""
        session = self.request.session
        others = [
            replace(session, form=replace(session.form, core=core))
            for core in self.writer.practice.cores
            if core != session.form.core
        ]
        if found := self._first_without(others):
            yield f"‹core:{found.form.core}›"

    def _practice(self) -> Iterator[str]:
        """Yield another practice of the technique that does without, if there is one."""
        practice, session = self.writer.practice, self.request.session
        alike = [p for p in self.library.practices()[0] if p.technique == practice.technique]
        for other in sorted(alike, key=lambda other: (other.about.therapist_advised, other.id)):
            answers = {n: a for n, a in session.answers.items() if n in other.slots}
            needed = sample_answers(other, full=False)
            asked = replace(
                session,
                practice=other.id,
                answers=needed | answers,
                form=replace(session.form, core=""),
                letters=(),
            )
            if other.id != practice.id and self._first_without([asked]):
                yield f"the practice '{other.id}'"
                return

    def _first_without(self, sessions: Sequence[Session]) -> Session | None:
        """Return the first of sessions of one practice that does without."""
        for session in sessions[:1]:
            file = self.library.open(session.practice)
            plain = [replace(each, answers=dict(each.answers)) for each in sessions]
            with suppress(CftAudioError):  # a script of one's own may take too long to be tried
                return try_script(
                    file, _first_without, self.library, session.practice, plain, self.request.avoid
                )
        return None


def _first_without(
    library: Library, name: str, sessions: Sequence[Session], words: tuple[str, ...]
) -> Session | None:
    """Return the first of the sessions of a practice in which none of ``words`` is said."""
    avoidance = Avoidance(words, library.open(name).practice().language)
    for session in sessions:
        with suppress(CftAudioError):  # it cannot be told like this
            writer = ScriptWriter(session, library)
            length_s = session.length_s or writer.practice.natural_s
            # Most that cannot do without say it in few words, too, which are written soon.
            if avoidance.lines(writer.write(length_s * _FEW_WORDS)):
                continue
            if not avoidance.lines(Outline(writer).estimate().script):
                return session
    return None
