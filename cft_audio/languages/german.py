"""German."""

from __future__ import annotations

from cft_audio.languages.pack import Abbreviations, FigureGrammar, Language, Numbers, words_of

GERMAN = Language(
    tag="de",
    name="German",
    abbreviations=Abbreviations(
        titles={"Dr": "Doktor", "Prof": "Professor", "Hr.": "Herr", "Fr.": "Frau", "St.": "Sankt"},
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
        Aber Alle Alles Als Also Am An Atme Auch Auf Aus Beginn Begrüß Bei Beim Bemerk Beobachte
        Bleib Bleiben Bring Da Damit Danach Dann Darum Das Dass Dein Deine Deinem Deinen Deiner
        Den Denk Der Deshalb Die Dies Diese Dieser Dieses Doch Dort Du Ein Eine Einen Einer Er
        Erinnere Erlaub Erlaube Es Etwas Euer Eure Finde Frag Fühl Fühle Für Geh Genau Gib Gut Hab
        Halt Heb Hier Hör Ich Ihr Im Immer In Ist Ja Jede Jeder Jedes Jetzt Kannst Kein Keine Komm
        Lächle Langsam Lass Lassen Lausche Leg Lockere Mach Manchmal Mein Merk Mit Mögest Nach
        Nein Nicht Nichts Nimm Noch Nun Nur Ob Oder Öffne Ohne Richte Ruh Sag Schau Schenk Schließ
        Sei Sein Sende Senk Setz Sie Sieh Sitz So Sobald Solange Später Spür Spüre Stell Streck
        Trotzdem Über Und Unser Versuch Vertrau Vielleicht Vom Von Vor Während Wann Warte Warum
        Was Weil Welche Wenn Wer Wie Wieder Wiederhole Wir Wo Wünsch Zähl Zu Zum Zur
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
