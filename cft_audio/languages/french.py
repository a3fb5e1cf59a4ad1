"""French."""

from __future__ import annotations

from cft_audio.languages.pack import Abbreviations, Language, Numbers, words_of

FRENCH = Language(
    tag="fr",
    name="French",
    abbreviations=Abbreviations(
        titles={
            "M.": "Monsieur",
            "MM.": "Messieurs",
            "Mme": "Madame",
            "Mlle": "Mademoiselle",
            "Dr": "Docteur",
            "Pr": "Professeur",
        },
        phrases={"p. ex.": "par exemple", "c.-à-d.": "c'est-à-dire", "env.": "environ"},
        last_words={"etc.": "et cetera"},
    ),
    openers=words_of(
        """
        Ainsi Alors Au Avec Bien C'est Ce Ceci Cela Ces Cet Cette Chaque Comme Comment D'abord
        Dans De Depuis Des Doucement Du Elle Elles En Encore Ensuite Est Et Eux Fais Faites Il Ils
        Imagine Imaginez Inspire Inspirez J'ai Je Juste L'air L'attention La Laisse Laissez Le Les
        Leur Lui Ma Maintenant Mais Mes Mon N'essayez N'oubliez Ne Non Nos Notez Notre Nous On Or
        Ou Oui Par Parfois Pas Pendant Peut Peut-être Plus Pour Pourquoi Prends Prenez Puis Quand
        Que Quel Quelle Qui Quoi Rappelez Remarquez Respire Respirez Restez Rien S'il Sa Sans Se
        Sentez Ses Si Soyez Son Sur Ta Tes Ton Tous Tout Toute Trop Très Tu Un Une Vers Voici
        Votre Vos Vous Y À Ça
        """
    ),
    numbers=Numbers(range_joint="à", times="fois"),
    symbols={"&": "et", "@": "arobase", "+": "plus", "=": "égale", "×": "fois"},
    point_in_word="point",
    name_beginnings=("l", "d", "j", "m", "n", "s", "t", "c", "qu"),
    breath_in=("Inspirez maintenant…", "Inspirez doucement…"),
    breath_out=("et expirez maintenant…", "et expirez doucement…"),
)
