"""Spanish."""

from __future__ import annotations

from cft_audio.languages.pack import Abbreviations, FigureGrammar, Language, Numbers, words_of

SPANISH = Language(
    tag="es",
    name="Spanish",
    marks="¿¡ºª",
    abbreviations=Abbreviations(
        titles={
            "Sr": "señor",
            "Sra": "señora",
            "Srta": "señorita",
            "Sres": "señores",
            "Dr": "doctor",
            "Dra": "doctora",
            "Prof": "profesor",
            "Dña": "doña",
            "Sta": "santa",
            "Sto": "santo",
        },
        phrases={"p. ej.": "por ejemplo", "aprox.": "aproximadamente", "vs.": "versus"},
        last_words={
            "etc.": "etcétera",
            "EE. UU.": "Estados Unidos",
            "Ud.": "usted",
            "Uds.": "ustedes",
        },
        before_numbers={"núm.": "número", "n.º": "número", "N.º": "número", "pág.": "página"},
    ),
    openers=words_of(
        """
        A Ahora Al Algo Alguien Así Aunque Cada Como Cómo Con Cuando Cuándo Cualquier De Deja Del
        Desde Después Donde Dónde El Ella Ellos En Entonces Era Es Esa Ese Eso Esta Este Esto Está
        Estás Están Fíjate Ha Has Hasta Hay Haz Imagina Inspira La Las Le Lo Los Luego Mantén Me
        Mi Mientras Mira Nada Nadie Ni No Nos Nota Nunca O Para Permite Pero Piensa Por Porque
        Puede Puedes Pues Que Quizá Quizás Qué Quién Recuerda Respira Se Sea Sentir Si Siempre
        Siente Sin Sobre Solo Suelta Su Sus Sí También Tal Te Tienes Todo Todos Toma Trae Tu Tus
        Tú Un Una Uno Vuelve Y Ya Yo
        """
    ),
    numbers=Numbers(
        # espeak-ng says ½ in English. Of its genders this is that of an hour.
        fractions={"½": "media", "⅓": "un tercio", "¼": "un cuarto", "¾": "tres cuartos"},
        fraction_joint="y",
        range_joint="a",
        times="por",
    ),
    symbols={"&": "y", "@": "arroba", "+": "más", "=": "igual a", "×": "por"},
    point_in_word="punto",
    breath_in=("Toma aire ahora…", "Despacio, toma aire…"),
    breath_out=("y suelta el aire ahora…", "y suéltalo despacio…"),
    figure=FigureGrammar(
        to_listener={"mi": "tu", "mis": "tus", "mí": "ti", "me": "te", "conmigo": "contigo"}
    ),
)
