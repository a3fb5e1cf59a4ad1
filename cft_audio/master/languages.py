"""Three-letter language codes, as ID3 wants them."""

from __future__ import annotations

import re

_PAIRS = (
    "ar:ara bg:bul bn:ben ca:cat cs:ces cy:cym da:dan de:deu el:ell en:eng es:spa et:est eu:eus "
    "fa:fas fi:fin fr:fra ga:gle gl:glg he:heb hi:hin hr:hrv hu:hun id:ind is:isl it:ita ja:jpn "
    "ka:kat kk:kaz ko:kor lb:ltz lt:lit lv:lav ml:mal mr:mar ms:msa nb:nob ne:nep nl:nld nn:nno "
    "no:nor pl:pol pt:por ro:ron ru:rus sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel "
    "th:tha tr:tur uk:ukr ur:urd vi:vie zh:zho"
)
"""ISO 639-1 and ISO 639-2/T, for the languages that offline and online voices speak."""

_ISO_639_2 = dict(pair.split(":") for pair in _PAIRS.split())


def iso_639_2(tag: str) -> str:
    """Return the ISO 639-2 code of an IETF language tag such as ``en-GB``, ``und`` if unknown."""
    primary = tag.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return primary if re.fullmatch("[a-z]{3}", primary) else _ISO_639_2.get(primary, "und")
