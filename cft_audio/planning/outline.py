"""Which content of a practice suits a length, and the timeline that is exactly as long.

The largest content is chosen whose silences keep their natural length: a listener who was asked
something needs the time to answer more than a further paragraph. Everything is decided by estimates
before a line is spoken: a length that no content of the practice can have is refused at once. Lines
are then spoken for the content that was chosen, and in the rare case that their true lengths don't
fit, for the next one.
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.errors import LengthError
from cft_audio.planning.draft import WIDER, Draft, Fitted
from cft_audio.schema.durations import clock
from cft_audio.signal.audio import samples, seconds
from cft_audio.timeline.fit import Range, one_length_remedy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cft_audio.planning.writer import ScriptWriter
    from cft_audio.script.cues import Line, Script

LengthsOf: TypeAlias = "Callable[[Sequence[Line]], Mapping[Line, int]]"
"""Gives the length in samples of each line's clip, spoken, recorded or estimated."""

Check: TypeAlias = "Callable[[Script], None]"
"""Told each script that may become the session's, before its lines are spoken; raises to refuse."""

ESTIMATE_ERROR = 0.03
"""How far an estimated length of a whole session may be off, as a share; measured: under 2 %."""

_ABOUT = 0.1
"""How far a session may be from the length that it says it has, as a share: it says it roundly."""

_LESS, _MORE = 0.25, 2.0
"""How much less or more content than its thresholds name a session may take, as factors on its
length: a practice states roughly how long each part is meant for, and what it comes to depends
on the pace, the voice and the names in it."""

_EXTREMES = (1.0, 36_000.0)
"""Seconds of content that are less and more than any practice has."""

_BETWEEN = tuple(60.0 * minutes for minutes in (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 45, 60))
"""Seconds of content between these that are looked at to tell which lengths there are."""

_HALVINGS = 5
"""Steps of the search between them: it ends within 7 % of the best amount of content."""

_FEWER_STEPS, _MORE_STEPS = (0.8, 0.6, 0.4, 0.25), (1.25, 1.6, 2.0)
"""Factors on the nearest content that are tried where it turns out too long, or too short."""


def pass_all(_: Script) -> None:
    """Refuse no script."""


def check_within(length: int, estimated: Range) -> None:
    """Raise LengthError if ``length`` lies outside a range by more than the estimate's error.

    Raises:
        LengthError: Without a remedy.
    """
    too_short = length < estimated.shortest * (1 - ESTIMATE_ERROR)
    if too_short or length > estimated.longest * (1 + ESTIMATE_ERROR):
        message = f"the practice cannot be {clock(seconds(length))} long at this pace"
        raise LengthError(message, remedy="", too_short=too_short)


class Outline:
    """The drafts of one session's script, and the search for the one that fits.

    Args:
        writer: Writes its scripts, and knows its length.
        cues: How many breath cues take turns at most; None for all that the language has.
        check: What a script has to pass.
    """

    def __init__(
        self, writer: ScriptWriter, cues: int | None = None, check: Check = pass_all
    ) -> None:
        length_s = writer.session.length_s
        self.writer = writer
        self._check = check
        self._length = None if length_s is None else samples(length_s)
        self._wanted_s = length_s or writer.practice.natural_s
        self._shortest = samples(writer.practice.shortest_s)

        def few_cues(script: Script) -> Script:
            if cues is None:
                return script
            return replace(script, breath_cues=script.breath_cues.first(cues))

        @cache
        def equal_draft(script: Script, _: tuple[tuple[bool, bool], ...]) -> Draft:
            return Draft(script, writer, script)

        def draft_of(script: Script) -> Draft:
            # Lines that sound the same are equal, whatever their author marks of them.
            marks = tuple((said.line.is_kept, said.line.is_refrain) for said in script.said)
            return equal_draft(script, marks)

        def unedited_draft(content_s: float) -> Draft:
            return draft_of(few_cues(writer.write_unedited(content_s)))

        def told_draft(content_s: float) -> tuple[Draft, float]:
            """Return a draft, and the seconds that it says it lasts; 0 for what was asked for."""
            draft = self._unedited_draft(content_s)
            if length_s is not None:
                return draft, 0.0
            lasts_s = self._lasts_s(draft)
            told = draft_of(few_cues(writer.write_unedited(content_s, lasts_s)))
            # A script may say less where it has less time, and is no longer as long then.
            is_so = abs(self._lasts_s(told) - lasts_s) <= _ABOUT * lasts_s
            return (told, lasts_s) if is_so else (draft, 0.0)

        def draft(content_s: float) -> Draft:
            unedited, lasts_s = told_draft(content_s)
            if not writer.session.edits:
                return unedited
            return replace(unedited, script=few_cues(writer.write(content_s, lasts_s)))

        self._unedited_draft, self._draft = cache(unedited_draft), cache(draft)

    @cached_property
    def range(self) -> Range:
        """The lengths that the practice can have, by estimate, whatever its content."""
        # A script may say more where there is less time, so no end is taken for granted.
        ranges = [self._draft(content).range for content in (*_EXTREMES, self._wanted_s)]
        shortest = max(self._shortest, min(r.shortest for r in ranges))
        return Range(shortest, max(r.longest for r in ranges))

    @cached_property
    def natural_s(self) -> float:
        """About how many seconds it lasts where no length is asked for, by estimate."""
        return self._lasts_s(self._draft(self._contents()[0]))

    def _lasts_s(self, draft: Draft) -> float:
        return max(draft.natural_s, self.writer.practice.shortest_s)

    def estimate(self) -> Fitted:
        """Return what ``fit`` does, by estimates: nothing is spoken.

        Raises:
            LengthError: If the practice cannot be as long as was asked.
            CftAudioError: If a script does not pass.
        """
        return self.fit(lambda lines: {n: self.writer.estimate_length(n) for n in lines})

    def check_length(self) -> None:
        """Raise LengthError if the practice cannot be as long as was asked, by its estimates.

        Raises:
            LengthError: With the range that is possible.
        """
        self._check_offered()
        if self._length is not None:
            try:
                check_within(self._length, self.range)
            except LengthError as error:
                raise self._with_range(error) from error

    def fit(self, lengths_of: LengthsOf) -> Fitted:
        """Return the script with the largest content that has time, and its timeline.

        Args:
            lengths_of: Asked once for each draft that may fit, as a rule for one.

        Raises:
            LengthError: If the practice cannot be as long as was asked.
            CftAudioError: If a script does not pass.
        """
        self._check_offered()
        near = self._contents()
        tried: dict[Script, LengthError] = {}
        if fitted := self._fit_first(near, lengths_of, tried):
            return fitted
        # The least and the most it can say take longest to render, and are hardly ever asked for.
        self.check_length()
        failure = next(iter(tried.values()))
        steps = _FEWER_STEPS if failure.too_short else _MORE_STEPS
        if fitted := self._fit_first([near[0] * step for step in steps], lengths_of, tried):
            return fitted
        draft = self._draft(near[0])
        self._check(draft.script)
        lengths = lengths_of(draft.script.lines)
        for wider in (1.0, *WIDER):  # by true lengths, whatever its estimate says
            with suppress(LengthError):
                return self._fit_draft(draft, lengths, wider)
        raise self._with_range(failure, draft.shortest(lengths)) from failure

    def _check_offered(self) -> None:
        if self._length is not None:
            self.writer.check_offered(seconds(self._length))

    def _fit_first(
        self, contents: Iterable[float], lengths_of: LengthsOf, tried: dict[Script, LengthError]
    ) -> Fitted | None:
        """Return the first draft that fits; note in ``tried`` why those before it did not."""
        for draft in map(self._draft, contents):
            if draft.script in tried:
                continue
            try:
                if self._length is not None:
                    check_within(self._length, draft.range)
                self._check(draft.script)
                return self._fit_draft(draft, lengths_of(draft.script.lines))
            except LengthError as error:
                tried[draft.script] = error
        return None

    def _fit_draft(self, draft: Draft, lengths: Mapping[Line, int], wider: float = 1.0) -> Fitted:
        """Return a draft at the asked length, or at its own, which is not below the shortest.

        Raises:
            LengthError: If it cannot be as long.
        """
        fitted = draft.fit(lengths, self._length, wider)
        if self._length is None and fitted.timeline.length < self._shortest:
            return draft.fit(lengths, self._shortest, wider)
        return fitted

    def _contents(self) -> tuple[float, float]:
        """Return the most content, in seconds, that has time, and the next that has not quite.

        Edits change nothing of that, so that all other lines stay, unless they take more time than
        the silences have to give, or leave them more than they can take.
        """
        near = self._most_content(self._unedited_draft)
        if self._length is None or not self.writer.session.edits:
            return near
        edited = self._draft(near[0])
        if edited.at_ease_s <= self._wanted_s and self._length <= edited.range.longest:
            return near
        return self._most_content(self._draft)

    def _most_content(self, draft: Callable[[float], Draft]) -> tuple[float, float]:
        low, high = self._wanted_s * _LESS, self._wanted_s * _MORE
        for _ in range(_HALVINGS):
            middle = math.sqrt(low * high)
            if draft(middle).at_ease_s <= self._wanted_s:
                low = middle
            else:
                high = middle
        return low, high

    @cached_property
    def offered(self) -> tuple[Range, ...]:
        """The lengths that can be promised, by estimate; none where it has one length only.

        There are several where a script has more content at some length and nothing between.
        """
        drafts = sorted(
            map(self._draft, (*_EXTREMES, *_BETWEEN, self._wanted_s)),
            key=lambda draft: (draft.range.shortest, draft.range.longest),
        )
        merged, reach = [drafts[0].range], drafts[0].widest
        for draft in drafts[1:]:
            one = draft.range
            if one.shortest <= reach * (1 - ESTIMATE_ERROR):
                longest = max(one.longest, merged[-1].longest)
                merged[-1] = Range(merged[-1].shortest, longest)
            else:
                merged.append(one)
            reach = max(reach, draft.widest)
        # Estimated, so a little inside: what is offered has to hold.
        inside = (
            Range(
                max(
                    samples(math.ceil(seconds(one.shortest) * (1 + ESTIMATE_ERROR))),
                    self._shortest,
                ),
                samples(math.floor(seconds(one.longest) * (1 - ESTIMATE_ERROR))),
            )
            for one in merged
        )
        return tuple(one for one in inside if one.shortest <= one.longest)

    def _with_range(self, failure: LengthError, least: int = 0) -> LengthError:
        """Return ``failure`` with the range of the practice, whatever its content.

        Args:
            failure: Why it cannot be as long as was asked.
            least: The samples that it takes at least, if its lines were spoken.
        """
        if not failure.out_of_range:
            return failure
        offered = [
            replace(one, shortest=least) if one.shortest < least <= one.longest else one
            for one in self.offered
        ]
        remedy = f"Ask for a length from {', or from '.join(map(str, offered))}"
        if not offered:
            remedy = one_length_remedy(self.natural_s)
        return LengthError(failure.message, remedy=remedy, too_short=failure.too_short)
