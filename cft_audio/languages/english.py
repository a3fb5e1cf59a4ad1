"""English, the language that this program's own practices are written in."""

from __future__ import annotations

from cft_audio.languages.pack import (
    Abbreviations,
    FigureGrammar,
    Language,
    Numbers,
    Pronouns,
    ScriptChecks,
    Sounds,
    Spelling,
    words_of,
)

_CURRENCIES = {
    "£": ("pound", "pounds"),
    "$": ("dollar", "dollars"),
    "€": ("euro", "euros"),
    "¥": ("yen", "yen"),
    "₹": ("rupee", "rupees"),
}

_FORMS = ("they", "them", "their", "theirs", "themself", "are", "have")


def _pronouns(words: str, *, plural: bool = False) -> Pronouns:
    return Pronouns(dict(zip(_FORMS, words.split(), strict=True)), plural)


_FIGURE = FigureGrammar(
    pronouns={
        "she/her": _pronouns("she her her hers herself is has"),
        "he/him": _pronouns("he him his his himself is has"),
        "they/them": _pronouns("they them their theirs themself are have", plural=True),
        "it/its": _pronouns("it it its its itself is has"),
    },
    usual="they/them",
    irregular={"are": "is", "were": "was", "have": "has", "do": "does", "go": "goes"},
    endings=(("(?<=[^aeiou])y$", "ies"), ("(?:(?<=[sxz])|(?<=ch)|(?<=sh))$", "es"), ("$", "s")),
    to_listener={"my": "your", "myself": "yourself", "me": "you"},
)

# The names were found by what espeak-ng, which the default voice reads with, makes of some 700
# first names of twenty languages, and of every pair of consonants a word can begin with.
_SPELLING = Spelling(
    consonants="[bcdfghjklmnpqrstvwxz]",
    # Of all 400 pairs, those that espeak-ng begins a word with; before any other (Nk, Zb, Mw) it
    # names the letters: "en-kay". Left out is ng: it says Ngozi, but not Nguyen.
    onsets=words_of(
        """
        bh bj bl br ch cl cr dh dj dr dw fj fl fr gh gl gn gr gw hr jh kh kj kl kn kr kw lh ll mc
        pf ph pl pr ps pt rh sc sh sk sl sm sn sp sq sr st sv sw sz th tr ts tw vl vr wh wr zh zs
        zw chl chr khr phl phr sch scl scr shl shr skl skr sph spl spr str thr thw
        """
    ),
    open_onsets=("mc", "sch"),  # McDonald, Schwarz
    lone_onsets=".j",  # Cj, Tj
    known=words_of(
        """
        dmitri dmitrij dmitriy dmitry krzysztof xhosa mr mrs dr ms mx st jr sr hm hmm mm mmm sh
        shh psst tsk
        """
    ),
    # Xiomara, Qiang, Nguyen, Agnieszka, Niamh, Tadhg
    misread="x[iou]|q[hi]|ng[aeiouy]|.+(?:[cs]z|rz[ey]|[bm]h$|dhg$)",
    # "in, E acute, S"; the accents of 80 other names espeak-ng passed over.
    spelled_out="in[éê]s",
    # N'Golo; D', L' and O' are read as they sound.
    apart="[bcfghjkmnpqrstvwxz]['’‘ʼʻ]",
    # 2nd, 3pm, Covid-19
    numbers=r"\d+(?:st|nd|rd|th|s|am|pm|m|km|kg|k|h|x)?|[a-z]+-\d+(?:th|st|nd|rd)?",
    # US, IT; an AJ is said so too. Longer names in capitals are read as names.
    initials="(?=.*[AEIOUY])[A-Z][A-IK-Z]",
)

ENGLISH = Language(
    tag="en",
    name="English",
    abbreviations=Abbreviations(
        titles={
            "Dr": "Doctor",
            "Mr": "Mister",
            "Mrs": "Missus",
            "Ms": "Miz",
            "Mx": "Mix",
            "Prof": "Professor",
            "Rev": "Reverend",
            "St": "Saint",
            "Jr": "Junior",
            "Sr": "Senior",
        },
        phrases={"e.g.": "for example", "i.e.": "that is", "vs.": "versus", "approx.": "about"},
        last_words={"etc.": "and so on", "ph.d.": "P H D"},
        before_numbers={"No.": "Number"},
        letter_names={"A": "eigh"},  # a lone A would be read as the article
    ),
    openers=words_of(
        """
        A After All An And As At Be Because Before Bring But By Come Do Each Even Every Feel Find
        For From Go Have He Her Here His How I If Imagine In Is It It's Just Keep Let Let's Like
        Maybe My No Not Nothing Notice Now Of On Once One Or Our Perhaps Rest See She So Some Stay
        Take That That's The Their Then There There's These They This To Try We What Whatever When
        Whenever Where Whether While Who Why With Yes Yet You You're Your
        """
    ),
    # espeak-ng says "pound five" for £5, "four dash seven dash eight" for 4-7-8.
    numbers=Numbers(
        fractions={"½": "a half", "⅓": "a third", "¼": "a quarter", "¾": "three quarters"},
        fraction_joint="and",
        amount=rf"([{''.join(_CURRENCIES)}])\s*(\d+(?:,\d{{3}})*)(?:\.(\d\d))?(?!\d)",
        currencies=_CURRENCIES,
        range_joint="to",
        times="times",
    ),
    symbols={"&": "and", "@": "at", "+": "plus", "=": "equals", "×": "times"},
    point_in_word="dot",
    name_endings=("s", "d", "m", "ll", "re", "ve"),
    # A word after "in" and "out" lets them be heard: at the end of a phrase a recogniser never
    # heard "in", and often lost the end of "out".
    breath_in=("Breathing in now…", "Slowly in now…"),
    breath_out=("and breathing out now…", "and slowly out now…"),
    figure=_FIGURE,
    checks=ScriptChecks(
        absolutes=(
            r"(?<!nothing )\b(you must|you have to|you should|you will feel|you'll feel"
            r"|just relax|empty your mind|clear your mind|don't think)\b"
        ),
        invitation='Invite instead: "you might", "if that feels all right"',
        way_to_stop=r"\bstop|\bpause the recording|\bleave (?:it|this)\b",
        stop_advice='Extend partials/session.md, or say early on: "You may stop at any time"',
    ),
    spelling=_SPELLING,
    sounds=Sounds(
        typed={"r": "ɹ", "ɫ": "l"},
        typed_in={"en-us": {"ɒ": "ɑ"}},
        # Alex's, Pat's, Sam's
        endings={"'s": (("szʃʒ", "ᵻz"), ("ptkfθ", "s"), ("", "z"))},
    ),
    # Fitted to 60 lines of the default voice; the mean error is under a second a line and cancels
    # out over a session.
    character_s=0.07,
    sentence_s=1.45,
)
