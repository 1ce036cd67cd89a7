"""The main clause of a sentence: its words without those of the clauses that depend on it.

"Het kabinet onderschrijft het advies dat niet is opgevolgd" has its negation in a clause of its
own, which says nothing of what the cabinet thinks. A comma ends such a clause; this is no parser,
but in the officialese of letters that holds nearly always.
"""

from __future__ import annotations

import re

__all__ = ["main_clause"]

_PIECE = re.compile(r"[^,;:()]+")
_OPENS = re.compile(
    r"\s*(?:(?:en|maar|want|dus)\s+)?"
    r"(?:dat|die|wat(?!\s+betreft)|wie|wiens|welke|of|indien|omdat|doordat|zodat|opdat|wanneer|hoewel"
    r"|ofschoon|terwijl|zolang|zodra|nadat|voordat|totdat|tenzij|mits|hoe|om(?=\s)(?!\s+die\s+reden)"
    r"|als(?!\s+(?:minister|staatssecretaris|kabinet|gevolg|eerste|laatste|reactie|onderdeel))"
    r"|waar\w*)(?![\w-])",
    re.IGNORECASE,
)
"""What opens a clause after a comma."""
_FIRST_OPENS = re.compile(
    r"\W*(?:indien|omdat|doordat|zodat|wanneer|hoewel|ofschoon|terwijl|zolang|zodra|nadat|voordat"
    r"|tenzij|mits|mocht(?:en)?|als(?!\s+(?:minister|staatssecretaris|kabinet|gevolg|eerste|laatste"
    r"|reactie|onderdeel)))(?![\w-])",
    re.IGNORECASE,
)
"""What opens one at the beginning of a sentence, where "Dat" and "Die" are pronouns."""
_INSIDE = re.compile(
    r"(?<=\s)(?:dat|omdat|doordat|zodat|opdat|indien|wanneer|hoewel|terwijl|zolang|zodra|nadat"
    r"|voordat|totdat|tenzij|mits|of(?=\s+(?:en|de|het|er|dit|dat|een|deze|ik|wij)\s)|om\s+te"
    r"|om(?=\s[^,;:]*\ste\s)(?!\s+die\s+reden)|waar(?:aan|bij|binnen|door|in|mee|na|naar|onder|op"
    r"|over|toe|uit|van|voor)|hoe)(?![\w-])",
    re.IGNORECASE,
)
"""What opens one in the middle of a clause, without a comma."""
_WHICH = re.compile(r"(?P<before>[^\s,;:]+)\s+(?P<die>die)(?![\w-])", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"(?:[\ue000-\ue0ff]+|in|op|van|met|aan|bij|voor|tot|naar|over|tegen|onder|uit|door|om|na|sinds"
    r"|wegens|vanwege|gelet|binnen|buiten|per|ter|ten|ook|dan|hier"
    r"|\w+(?:t|ft|kt|gt)|deel|neem|ontraad|steun|zie|vind|acht|wil|ga|zal|kan|moet|en|of)$",
    re.IGNORECASE,
)
"""A word before "die" that makes it a demonstrative: "deel ik die mening"."""


def main_clause(sentence: str) -> str:
    """Return a sentence with blanks for the words of its subordinate clauses.

    It keeps its length, so that spans in it remain valid. Names may be marked (`parties.mask`).
    """
    kept = list(sentence)
    for piece in _PIECE.finditer(sentence):
        start, words = piece.start(), piece[0]
        is_first = not sentence[:start].strip()
        if (_FIRST_OPENS if is_first else _OPENS).match(words):
            opened = 0
        else:
            opened = min(_inside(words), _which(words))
        kept[start + opened : piece.end()] = " " * (len(words) - opened)
    return "".join(kept)


def _inside(words: str) -> int:
    found = _INSIDE.search(words)
    return found.start() if found else len(words)


def _which(words: str) -> int:
    """Return where a relative clause with "die" opens that no comma parts from its noun."""
    for found in _WHICH.finditer(words):
        if not _NO_NOUN.match(found["before"]):
            return found.start("die")
    return len(words)
