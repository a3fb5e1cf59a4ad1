"""Italian."""

from __future__ import annotations

from cft_audio.languages.pack import Abbreviations, Language, Numbers, words_of

ITALIAN = Language(
    tag="it",
    name="Italian",
    marks="ºª",
    abbreviations=Abbreviations(
        phrases={
            "ad es.": "ad esempio",
            "ca.": "circa",
            "dott.": "dottor",
            "dott.ssa": "dottoressa",
            "dr.": "dottor",
            "p. es.": "per esempio",
            "prof.": "professor",
            "prof.ssa": "professoressa",
            "sig.": "signor",
            "sig.na": "signorina",
            "sig.ra": "signora",
            "sigg.": "signori",
        },
        last_words={"ecc.": "eccetera"},
        before_numbers={"n.": "numero"},
    ),
    openers=words_of(
        """
        A Ad Adesso Al Alla Allora Anche Ancora Che Chi Ci Com'è Come Con Così Cosa Da Dal Del
        Dell Della Di Dopo Dove E Ecco Ed Era Forse Fai Gli Ha Hai I Il Immagina In Inspira Io
        L'aria La Lascia Le Lei Lo Lui Ma Mentre Mi Nel Nella Niente Noi Non Nota Nulla O Ogni Ora
        Osserva Per Perché Più Poi Porta Potete Prendi Prova Puoi Qualche Quale Quando Quanto
        Quella Quello Questa Queste Questi Questo Qui Respira Ricorda Rimani Se Sei Semplicemente
        Senti Senza Si Sia Sono Su Sul Ti Tu Tua Tue Tuo Tuoi Tutta Tutto Un Una Uno Va Vi Voi È
        """
    ),
    numbers=Numbers(range_joint="a", times="per"),
    symbols={"&": "e", "@": "chiocciola", "+": "più", "=": "uguale a", "×": "per"},
    point_in_word="punto",
    name_beginnings=("l", "d", "un", "all", "dell", "dall", "nell", "sull", "c", "s"),
    breath_in=("Inspira adesso…", "Inspira piano…"),
    breath_out=("ed espira adesso…", "ed espira piano…"),
)
