"""The reservation that follows an answer and takes something back of it."""

from __future__ import annotations

from search.dutch.anaphora import takes_back
from search.records import Holder, Kind, Passage, Sentence, Span

__all__ = ["reservation_after"]

_KINDS = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.FOOTNOTE})


def reservation_after(passage: Passage, mark: Span) -> Span | None:
    """Return the sentence right after a mark that takes something back of it, or None.

    It must be of the passage and of the same holder, unless one of the two gives nobody's view. A
    sentence that can't be quoted is none.
    """
    if passage.kind not in _KINDS:
        return None
    marked = [s for s in passage.sentences if mark.start <= s.start < mark.end]
    following = next((s for s in passage.sentences if s.start >= mark.end), None)
    if not marked or following is None or following.doubt:
        return None
    holders = {_holder(marked[-1]), _holder(following)}
    if len(holders - {Holder.NONE}) > 1:
        return None
    text = passage.text_of(following)
    return Span(following.start, following.end) if takes_back(text) else None


def _holder(sentence: Sentence) -> Holder:
    return sentence.label.holder if sentence.label else Holder.NONE
