"""What a language pack holds: everything the program has to know of one language, as data.

A pack is a TOML file in ``packs``, which ``registry`` reads into these classes; the ``metadata`` of
their fields says how they are written there (``schema.reader``). The stages that use a part
interpret it: ``speech/text`` spells text out, and estimates its length, by it, ``script`` reviews
scripts and agrees the figure's verbs by it. An empty part switches off what needs it. Patterns are
regular expressions as text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.languages.directions import Directions
from cft_audio.languages.kinds import LineKinds
from cft_audio.languages.letters import Letter, Opening
from cft_audio.languages.readings import Readings
from cft_audio.languages.sayings import Abbreviations, Initialisms, Numbers, Saying
from cft_audio.languages.word_forms import WordForms
from cft_audio.languages.written import pattern_in, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping


_PATTERN = {"parse": pattern_in}


@dataclass(frozen=True)
class Pronouns:
    """A set of pronouns.

    Attributes:
        name: What a person types.
        forms: Each form by the name that scripts have for it: ``{{ figure.them }}``.
        plural: Whether verbs after it are in the plural.
    """

    name: str = ""
    forms: Mapping[str, str] = field(default_factory=dict)
    plural: bool = True


@dataclass(frozen=True)
class FigureGrammar:
    """The grammar of the sentences that speak of the compassionate figure.

    Attributes:
        pronouns: The pronouns a figure can have, by what a person types.
        usual: The pronouns of a figure for which none were given, one of ``pronouns``.
        irregular: Verbs in the third person singular, by how they follow a plural pronoun.
        endings: Patterns of the end of any other verb, and what replaces it in the third person
            singular; the first that matches counts.
        to_listener: Words a listener says of themselves, in small letters, and how they are said to
            the listener: my, your.
    """

    pronouns: Mapping[str, Pronouns] = field(default_factory=dict, metadata={"tables": Pronouns})
    usual: str = ""
    irregular: Mapping[str, str] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    to_listener: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tic:
    """A turn of phrase that is good once and tires an ear that hears it all the time.

    Attributes:
        name: What it is called in a message.
        pattern: A pattern of it, in any case.
        most: How often it may be said in a thousand words.
        most_in_five_minutes: How often it may be said in five minutes; 0 for no such budget.
    """

    name: str
    pattern: str = field(metadata=_PATTERN)
    most: float = 0.0
    most_in_five_minutes: float = 0.0


@dataclass(frozen=True)
class ScriptChecks:
    """What the review of a script looks for, in any case.

    Attributes:
        absolutes: A pattern of words that leave the listener no choice; empty for none.
        invitation: What an author is advised to write instead.
        way_to_stop: A pattern of words that let the listener stop; empty if it is not looked for.
        stop_advice: What an author is advised to do where nothing matches it.
        longest_line: Words of a paragraph beyond which it is a lecture: over half a minute without
            a rest.
        longest_sentence: Words of a sentence beyond which a tired listener has lost its beginning;
            plain-language guides advise 15 to 20 on average and 25 to 30 at most.
        directions: Words of stage directions in brackets.
        tics: Turns of phrase that have a budget over a whole rendering.
    """

    absolutes: str = field(default="", metadata=_PATTERN)
    invitation: str = ""
    way_to_stop: str = field(default="", metadata=_PATTERN)
    stop_advice: str = ""
    longest_line: int = 60
    longest_sentence: int = 28
    directions: Directions = field(default=Directions(), metadata={"table": Directions})
    tics: tuple[Tic, ...] = field(default=(), metadata={"key": "tic", "entries": Tic})


@dataclass(frozen=True)
class Spelling:
    """What a voice that reads this language can make of a name, by its letters alone.

    All of it is in small letters without accents, unless it says otherwise.

    Attributes:
        consonants: A pattern of a consonant.
        onsets: Runs of two and three consonants that a word may begin with.
        open_onsets: Beginnings that any further consonant may follow.
        lone_onsets: A pattern of words of consonants alone that are read as initials.
        known: Words that are read well against these rules.
        misread: A pattern of the beginnings of words that have no reading in this language.
        spelled_out: A pattern of words, accents included and in any case, whose letters the voice
            names.
        apart: A pattern of the beginning of words, in any case, whose first letter it names.
        numbers: A pattern of words with digits, in any case, that are said as people say them.
        initials: A pattern of words in capitals that are said letter by letter.
    """

    consonants: str = field(metadata=_PATTERN)
    onsets: tuple[str, ...] = field(metadata={"parse": words_of})
    open_onsets: tuple[str, ...]
    lone_onsets: str = field(metadata=_PATTERN)
    known: tuple[str, ...] = field(metadata={"parse": words_of})
    misread: str = field(metadata=_PATTERN)
    spelled_out: str = field(metadata=_PATTERN)
    apart: str = field(metadata=_PATTERN)
    numbers: str = field(metadata=_PATTERN)
    initials: str = field(metadata=_PATTERN)


@dataclass(frozen=True)
class Variety:
    """A variety of a language.

    Attributes:
        name: The beginning of the tag of its espeak-ng voices.
        typed: Patterns of symbols that espeak-ng never gives in it, and what it gives in their
            place, in their order.
    """

    name: str
    typed: Mapping[str, str]


@dataclass(frozen=True)
class Ending:
    """What an ending of words sounds like.

    Attributes:
        name: How it is written.
        sounds: Phonemes that the word before it may end with, empty for any, and the phonemes of
            the ending; the first that fits counts.
    """

    name: str
    sounds: Mapping[str, str]


@dataclass(frozen=True)
class Sounds:
    """The phonemes of the language as espeak-ng gives them, in the International Phonetic Alphabet.

    Attributes:
        typed: Symbols that espeak-ng never gives in this language, so that no voice learnt them,
            and what it gives in their place.
        typed_in: Varieties that have further ones.
        endings: Endings whose sound depends on what comes before them.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    typed_in: Mapping[str, Variety] = field(default_factory=dict, metadata={"tables": Variety})
    endings: Mapping[str, Ending] = field(default_factory=dict, metadata={"tables": Ending})


@dataclass(frozen=True)
class Safety:
    """What these recordings are not, and where to turn: said plainly, in few places.

    Attributes:
        therapist_advised: Said of practices that are not for everyone alone.
        not_treatment: What a recording is not.
        emergency: What to do if a life is in danger.
        helplines: Free lines that answer at any hour, by country.
    """

    therapist_advised: str
    not_treatment: str
    emergency: str
    helplines: Mapping[str, str]


@dataclass(frozen=True)
class Handout:
    """What a handout and a transcript say in every practice.

    Attributes:
        handout: What a handout is called.
        transcript: What the words of a session are called.
        quiet: Told of a silence; ``{}`` is its length.
        what: The heading over what it needs and brings.
        needs: What it needs; ``{}`` are the practice's words.
        brings: What it may bring, likewise.
        how: The heading over how to practise.
        why: The heading over why it works.
        lengths: The heading over which length is for when.
        short: When the shortest are for; ``{}`` is how many minutes.
        usual: When the usual length is for, likewise.
        long: When long ones are for.
        stop: The heading over how to stop.
        stopping: How to stop, and what to do then.
        not_alone: The heading over whom it is not for alone.
        limits: The heading over what it is not, and whom to call.
        notes: The heading over room for notes.
    """

    handout: str
    transcript: str
    quiet: str
    what: str
    needs: str
    brings: str
    how: str
    why: str
    lengths: str
    short: str
    usual: str
    long: str
    stop: str
    stopping: str
    not_alone: str
    limits: str
    notes: str


@dataclass(frozen=True)
class Language:
    """One language. Two languages are told apart by their tags.

    Attributes:
        tag: Its IETF language tag; a pack has the primary subtag alone, such as ``en``.
        name: What it is called in English.
        safety: What is said of the limits of these recordings.
        handout: What handouts say in every practice.
        letter: What the letter with a client's recordings says.
        opening: How a locked ZIP is opened.
        script: The first word of the Unicode names of its letters, such as LATIN; letters of
            others are written in Latin ones. Empty if every letter is left to the voice.
        marks: Punctuation and signs that its voices know beside those of English.
        abbreviations: Its abbreviations; None if they are not known, so that a full stop before a
            small letter, or after a single capital one, ends no sentence.
        openers: Words that mostly begin a sentence. Punkt (Kiss and Strunk, "Unsupervised
            Multilingual Sentence Boundary Detection", 2006) tells initials from the ends of
            sentences the same way. Without them a sentence begins with any letter but a small one.
        clause_words: Words that begin a clause, before which a reader of a long sentence breathes.
        ordinal_point: Whether digits with a full stop are an ordinal: der 2. Schritt.
        numbers: How numbers are said.
        symbols: Symbols that are words in speech, and the words.
        point_in_word: The word for a point inside a word.
        web: What is said for signs and for parts of addresses of the web, in small letters; without
            it they are read as other text is.
        writing: What people write and do not say so, in order: kisses, faces, "w/".
        initialisms: Names in capitals.
        name_endings: What may follow a name and an apostrophe: Sam's.
        name_beginnings: What may precede a name and an apostrophe: l'ami d'Élise.
        anybody: Words by which anybody may be addressed, in small letters, in a name's place.
        breath_in: The cues of guided breaths, which take turns.
        breath_out: Likewise, for breathing out.
        kinds: How a line shows what it asks of a listener.
        figure: The grammar of the figure.
        checks: What the review of a script looks for.
        spelling: What a voice makes of names; None if names are not looked at.
        sounds: Its phonemes.
        readings: Its words that are written alike and said in several ways.
        forms: How its words change.
        character_s: About how many seconds of speech a character is.
        sentence_s: About how many seconds of rest a sentence after the first is.
    """

    tag: str
    name: str
    safety: Safety = field(metadata={"table": Safety})
    handout: Handout = field(metadata={"table": Handout})
    letter: Letter = field(metadata={"table": Letter})
    opening: Opening = field(metadata={"table": Opening})
    script: str = "LATIN"
    marks: str = ""
    abbreviations: Abbreviations | None = field(default=None, metadata={"table": Abbreviations})
    openers: tuple[str, ...] = field(default=(), metadata={"parse": words_of})
    clause_words: tuple[str, ...] = field(default=(), metadata={"parse": words_of})
    ordinal_point: bool = False
    numbers: Numbers = field(default_factory=Numbers, metadata={"table": Numbers})
    symbols: Mapping[str, str] = field(default_factory=dict)
    point_in_word: str = ""
    web: Mapping[str, str] = field(default_factory=dict)
    writing: tuple[Saying, ...] = field(default=(), metadata={"entries": Saying})
    initialisms: Initialisms = field(default_factory=Initialisms, metadata={"table": Initialisms})
    name_endings: tuple[str, ...] = ()
    name_beginnings: tuple[str, ...] = ()
    anybody: tuple[str, ...] = ()
    breath_in: tuple[str, ...] = ("…",)
    breath_out: tuple[str, ...] = ("…",)
    kinds: LineKinds = field(default=LineKinds(), metadata={"table": LineKinds})
    figure: FigureGrammar = field(default_factory=FigureGrammar, metadata={"table": FigureGrammar})
    checks: ScriptChecks = field(default_factory=ScriptChecks, metadata={"table": ScriptChecks})
    spelling: Spelling | None = field(default=None, metadata={"table": Spelling})
    sounds: Sounds = field(default_factory=Sounds, metadata={"table": Sounds})
    readings: Readings = field(default_factory=Readings)
    forms: WordForms = field(default_factory=WordForms, metadata={"table": WordForms})
    character_s: float = 0.07
    sentence_s: float = 1.45

    @property
    def without_readings(self) -> Language:
        """The language for who reads its words right alone, or knows none of its sounds."""
        return replace(self, readings=Readings())

    def __hash__(self) -> int:
        return hash(self.tag)
