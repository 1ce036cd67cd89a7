"""Words that a text quotes from another are those of who is quoted, not of the text's author."""

from __future__ import annotations

import re
from dataclasses import replace

from search.labels.parties import Mention, Role, find_mentions
from search.labels.voice import Voice
from search.records import Holder

__all__ = ["QUOTED_CABINET", "Quotations"]

QUOTED_CABINET = "kabinet (aangehaald)"
"""The name of the cabinet where another's text quotes it."""
_OPENING, _CLOSING, _EITHER = "«“„", "»”", '"'
_SAYS = re.compile(
    r":\s*(?:[«“„\"]|$)|\b(?:schrijft|schreef|schrijven|stelt|stelde|antwoordt|antwoordde|zegt|zei"
    r"|luidt|meldt|meldde|merkt|staat|opgemerkt|geschreven|gesteld|geantwoord|toegezegd)\b",
    re.IGNORECASE,
)
_ITS_TEXT = re.compile(
    r"\b(?:brief|kamerbrief|reactie|antwoord\w*|nota|rapport|advies|standpunt)\b[^,;:.]{0,30}"
    r"\bvan\s+(?:(?:de|het)\s+)?$",
    re.IGNORECASE,
)
_REACTION = re.compile(r"\bkabinetsreactie$", re.IGNORECASE)
_LONGEST = 12
"""Sentences after which a quotation that nothing closes was none."""
_REMEMBERED = 2
"""Sentences before a quotation in which who is quoted may have been named."""


class Quotations:
    """Follows the quotation marks of a document, sentence by sentence."""

    def __init__(self) -> None:
        """Begin outside any quotation."""
        self._path: tuple[str, ...] = ()
        self._quoted: Mention | None = None
        self._length = 0
        self._named: list[list[Mention]] = []
        self._announced: Mention | None = None
        """Who is quoted next, where the sentence before ends in a colon."""

    def voice(self, path: tuple[str, ...], text: str, own: Voice) -> Voice:
        """Return the voice of the next sentence, given the one that it would have unquoted."""
        if path != self._path:
            self._path, self._quoted, self._named, self._announced = path, None, [], None
        if self._quoted:
            said, balance = self._quoted, _balance(text, is_inside=True)
            self._length += 1
            if balance < 0 or self._length > _LONGEST:
                self._quoted = None
            return _quoted_voice(said, own) if self._length <= _LONGEST else own
        announced, self._announced = self._announced, None
        mentions = [m for m in find_mentions(text) if _may_say(m, text)]
        opened = _opened(text)
        if announced and opened == 0:
            self._begin(announced if _balance(text) > 0 else None)
            return _quoted_voice(announced, own)
        source = self._source(text, mentions, opened)
        if opened is not None and opened > 0 and _balance(text) > 0:
            self._begin(source)
        elif text.endswith(":"):
            self._announced = source
        self._named = [*self._named[1 - _REMEMBERED :], mentions]
        return own

    def _begin(self, source: Mention | None) -> None:
        self._quoted, self._length = source, 0

    def _source(self, text: str, mentions: list[Mention], opened: int | None) -> Mention | None:
        """Return who is quoted: the party named last before the words that announce a quotation."""
        before = text if opened is None else text[:opened]
        if not _SAYS.search(text if opened is None else text[: opened + 1]):
            return None
        own = [mention for mention in mentions if mention.span.start < len(before)]
        earlier = [mention for named in self._named for mention in named]
        return next(reversed(own or earlier), None)


def _may_say(mention: Mention, text: str) -> bool:
    """Return whether a party is named as one who says something: not as whom it is sent to."""
    if mention.role in (Role.SUBJECT, Role.SOURCE, Role.AGENT):
        return True
    said = text[: mention.span.end]
    return bool(_ITS_TEXT.search(said[: mention.span.start]) or _REACTION.search(said))


def _balance(text: str, *, is_inside: bool = False) -> int:
    """Return how many more quotations a sentence opens than it closes.

    A mark that may do both closes one where the sentence is inside a quotation.
    """
    balance = sum(map(text.count, _OPENING)) - sum(map(text.count, _CLOSING))
    either = text.count(_EITHER) % 2
    return balance - either if is_inside else balance + either


def _opened(text: str) -> int | None:
    """Return where the last quotation opens that a sentence begins, or None."""
    marks = _OPENING + _EITHER * (text.count(_EITHER) % 2)
    places = [at for mark in marks if (at := text.rfind(mark)) >= 0]
    return max(places, default=None)


def _quoted_voice(said: Mention, own: Voice) -> Voice:
    """Return the voice of words that are quoted from a party."""
    if own.only or own.stance is not None:
        return own
    if said.holder is not Holder.CABINET:
        return Voice(said.holder, said.name, owns_all=True, is_quoted=True)
    if not own.quotes_cabinet:
        return own
    if own.holder is Holder.CABINET:
        return replace(own, is_quoted=True)
    return Voice(Holder.CABINET, QUOTED_CABINET, owns_all=True, is_quoted=True)
