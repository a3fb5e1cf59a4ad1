"""German."""

from __future__ import annotations

from cft_audio.languages.english import SAFETY
from cft_audio.languages.pack import Abbreviations, FigureGrammar, Language, Numbers, words_of

GERMAN = Language(
    tag="de",
    name="German",
    safety=SAFETY,
    abbreviations=Abbreviations(
        titles={
            "Dr": "Doktor",
            "Prof": "Professor",
            "Hr.": "Herr",
            "Fr.": "Frau",
            "St.": "Sankt",
        },
        phrases={
            "bzw.": "beziehungsweise",
            "ca.": "circa",
            "d. h.": "das heißt",
            "evtl.": "eventuell",
            "ggf.": "gegebenenfalls",
            "i. d. R.": "in der Regel",
            "s. o.": "siehe oben",
            "u. a.": "unter anderem",
            "v. a.": "vor allem",
            "vgl.": "vergleiche",
            "z. B.": "zum Beispiel",
            "z. T.": "zum Teil",
        },
        last_words={
            "etc.": "und so weiter",
            "o. ä.": "oder Ähnliches",
            "u. ä.": "und Ähnliches",
            "usw.": "und so weiter",
        },
        before_numbers={"Nr.": "Nummer"},
    ),
    openers=words_of(
        """
        Aber Alle Alles Als Also Am An Atme Auch Auf Aus Bei Beim Bleib Bleiben Bring Da Damit
        Dann Das Dass Dein Deine Deinem Deinen Deiner Den Denk Der Die Dies Diese Dieser Dieses
        Doch Du Ein Eine Einen Einer Er Erinnere Erlaube Es Etwas Finde Fühl Fühle Für Geh Gib Gut
        Hab Halt Hier Hör Ich Ihr Im Immer In Ist Ja Jede Jeder Jedes Jetzt Kannst Kein Keine Komm
        Lass Lassen Leg Manchmal Mein Mit Mögest Nach Nein Nicht Nichts Nimm Noch Nun Nur Ob Oder
        Ohne Richte Ruh Schau Schließ Sei Sein Sie Sieh Sitz So Spür Spüre Stell Und Unser Versuch
        Vielleicht Vom Von Vor Wann Warum Was Weil Wenn Wer Wie Wieder Wir Wo Zu Zum Zur Öffne
        Über
        """
    ),
    ordinal_point=True,
    # espeak-ng says "fünf Strich sechs" for 5-6.
    numbers=Numbers(range_joint="bis", times="mal"),
    symbols={"&": "und", "@": "at", "+": "plus", "=": "gleich", "×": "mal"},
    point_in_word="Punkt",
    breath_in=("Jetzt einatmen…", "Langsam einatmen…"),
    breath_out=("und jetzt ausatmen…", "und langsam ausatmen…"),
    figure=FigureGrammar(
        to_listener={
            "ich": "du",
            "mein": "dein",
            "meine": "deine",
            "meinem": "deinem",
            "meinen": "deinen",
            "meiner": "deiner",
            "meines": "deines",
            "mich": "dich",
            "mir": "dir",
        }
    ),
)
