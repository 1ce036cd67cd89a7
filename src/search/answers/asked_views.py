"""Questions for somebody's own view: whether a passage gives it, and that nothing does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from search.labels import Mention, asked_party
from search.records import Holder, Metadata, Passage

__all__ = ["gives_asked_view", "missing_view"]

_ASKS_VIEW = re.compile(
    r"\b(?:vind(?:t|en)?|vond(?:en)?|denk(?:t|en)?|dacht(?:en)?|oordeel(?:t|de|den)|kijkt"
    r"|(?:standpunt|mening|oordeel|visie|opvatting)\s+van)\b",
    re.IGNORECASE,
)
_WHOLE_KINDS = frozenset({"Kamer", "Raad"})
_NO_NAMES = frozenset({"ik", "wij"})


def gives_asked_view(question: str, passage: Passage, metadata: Metadata) -> bool:
    """Return whether a passage has a sentence with the view that a question asks somebody for.

    False for a question that asks for nobody's view ("Wat vindt de WRR van …?" asks for one).
    """
    party = _asked(question)
    if party is None:
        return False
    # A name such as "WRR" is one body of several; "gemeenten" and "kabinet" are all of their kind.
    is_one = party.holder is not Holder.CABINET and party.name[0].isupper()
    is_one = is_one and party.name not in _WHOLE_KINDS
    return any(
        label.holder is party.holder
        and (
            not is_one
            or label.holder_name == party.name
            or (not label.holder_name[:1].isupper() and party.name in metadata.issuer)
        )
        for label in passage.labels
    )


def missing_view(
    question: str, passages: Iterable[Passage], names: Mapping[str, Metadata]
) -> tuple[str, ...]:
    """Return a Dutch line that nobody's asked view was found in passages, or nothing."""
    party = _asked(question)
    if party is None:
        return ()
    if any(gives_asked_view(question, each, names[each.document]) for each in passages):
        return ()
    words = question[party.span.start : party.span.end]
    words = re.sub(r"^(?:De|Het)\b", lambda found: found.group().lower(), words)
    return (f"Geen standpunt van {words} hierover gevonden.",)


@lru_cache(maxsize=64)
def _asked(question: str) -> Mention | None:
    """Return whose view a question asks for; kept, since each passage is held against it."""
    party = asked_party(question) if _ASKS_VIEW.search(question) else None
    return None if party is None or party.name in _NO_NAMES else party
