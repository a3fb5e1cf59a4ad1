"""Scripts to lay out, with clip lengths that no engine had to make."""

from hypothesis import strategies as st

from cft_audio.script.breath_cues import breath_cues_of
from cft_audio.script.cues import (
    Breathe,
    Chime,
    Cue,
    ElasticBreathe,
    ElasticPause,
    Line,
    Pause,
    Say,
    Script,
    Section,
    Span,
)
from cft_audio.script.practice import Limits, Practice
from cft_audio.signal.audio import samples
from cft_audio.timeline.events import Timeline
from cft_audio.timeline.fit import fit
from cft_audio.timeline.laying_out import lay_out
from cft_audio.timeline.pace import PRESETS, Pace

LIMITS = Limits(silence=30.0, breathing=240.0)


CUES = breath_cues_of(Practice("a", "a.md", "", "A", "loving-kindness"), 3.0, 4.5)


def script_of(*sections: Section) -> Script:
    return Script(sections, CUES)


def line(number: int, seconds: float) -> Line:
    return Line((Span(f"{number} {seconds}"),))


def planned(
    script: Script, pace: Pace, length_s: float | None, limits: Limits = LIMITS
) -> Timeline:
    """Return the timeline of a script whose lines say their own length."""
    lengths = {
        said: samples(1.4 if said.fill else float(said.text.split()[1])) for said in script.lines
    }
    layout = lay_out(script, lengths, pace, limits)
    length = None if length_s is None else samples(length_s)
    return fit(layout, length)


_CUES: st.SearchStrategy[Cue] = st.one_of(
    st.builds(
        lambda n, s: Say(line(n, s)),
        st.integers(0, 99),
        st.floats(0.3, 25).map(lambda s: round(s, 2)),
    ),
    st.builds(Pause, st.floats(0.1, 20)),
    st.builds(ElasticPause, st.floats(0.1, 10)),
    st.builds(Breathe, st.integers(1, 12)),
    st.just(ElasticBreathe()),
    st.just(Chime()),
)


def scripts() -> st.SearchStrategy[Script]:
    """Any script at all."""
    sections = st.builds(
        lambda title, cues: Section(f"Chapter {title}", tuple(cues)),
        st.integers(0, 9),
        st.lists(_CUES, min_size=1, max_size=14),
    )
    return st.lists(sections, min_size=1, max_size=5).map(lambda chapters: script_of(*chapters))


def paces() -> st.SearchStrategy[Pace]:
    return st.sampled_from(sorted(PRESETS)).map(PRESETS.__getitem__)
