"""A run of a document's text as HTML, with elements around spans that need not nest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from search.records import Span

__all__ = ["Layer", "SpanElement", "annotate", "interleave", "trim"]


@dataclass(frozen=True, slots=True)
class SpanElement:
    """An HTML element around a span of the text."""

    span: Span
    opening: Markup
    closing: Markup


class Layer:
    """Elements of one sort, in order; one that begins within another is left out."""

    def __init__(self, elements: Iterable[SpanElement] = ()) -> None:
        kept: list[SpanElement] = []
        for element in sorted(elements, key=lambda e: (e.span.start, e.span.end)):
            span = element.span
            if span.start < span.end and (not kept or kept[-1].span.end <= span.start):
                kept.append(element)
        self._elements = kept
        self._starts = [element.span.start for element in kept]

    def within(self, start: int, end: int) -> Sequence[SpanElement]:
        """Return the elements that overlap a run of the text, in order."""
        first = bisect_right(self._starts, start)
        if first and self._elements[first - 1].span.end > start:
            first -= 1
        return self._elements[first : bisect_left(self._starts, end)]


def annotate(text: str, start: int, marks: Iterable[Span] = ()) -> Markup:
    """Return a run of a document's text as HTML, with <mark> around `marks`.

    `start` is the offset of the run in the document; `marks` are spans of the document too. Those
    that touch or overlap become one mark.
    """
    joined: list[Span] = []
    for span in sorted(marks, key=lambda s: (s.start, s.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    opening, closing = Markup("<mark>"), Markup("</mark>")
    layer = Layer(SpanElement(trim(span, text, start), opening, closing) for span in joined)
    return interleave(text, start, (layer,))


def trim(span: Span, text: str, start: int) -> Span:
    """Return the part of a span within a run of text, without the white space around it.

    `start` is the offset of the run in the document. The result is empty where nothing is left.
    """
    first, last = max(span.start, start), min(span.end, start + len(text))
    words = text[first - start : last - start] if first < last else ""
    first += len(words) - len(words.lstrip())
    return Span(first, first + len(words.strip()))


def interleave(
    text: str, start: int, layers: Sequence[Layer], inserts: Mapping[int, Markup] | None = None
) -> Markup:
    """Return a run of a document's text as HTML, with the elements of `layers` around their spans.

    `start` is the offset of the run in the document; spans and the keys of `inserts` are offsets
    of the document too. The layers go from the outside in: an element that crosses the edge of
    an outer one is closed there and opened again. `inserts` is HTML that goes in at an offset,
    before what begins or ends there, and never inside an element of the innermost layer: a link
    cannot hold a link.
    """
    end = start + len(text)
    found = [layer.within(start, end) for layer in layers]
    added = {at: html for at, html in (inserts or {}).items() if start <= at <= end}
    edges = {edge for row in found for e in row for edge in (e.span.start, e.span.end)}
    cuts = sorted({start, end, *added, *(edge for edge in edges if start < edge < end)})
    pieces: list[Markup] = []
    opened: list[tuple[int, SpanElement]] = []
    following = [0] * len(found)
    for number, at in enumerate(cuts):
        if at in added:
            _close(pieces, opened, [each for each in opened if each[0] < len(layers) - 1])
            pieces.append(added[at])
        wanted: list[tuple[int, SpanElement]] = []
        for depth, row in enumerate(found):
            while following[depth] < len(row) and row[following[depth]].span.end <= at:
                following[depth] += 1
            if at < end and following[depth] < len(row):
                element = row[following[depth]]
                wanted += [(depth, element)] if element.span.start <= at else []
        _close(pieces, opened, wanted)
        for each in wanted[len(opened) :]:
            pieces.append(each[1].opening)
            opened.append(each)
        if at < end:
            pieces.append(escape(text[at - start : cuts[number + 1] - start]))
    return Markup().join(pieces)


def _close(
    pieces: list[Markup],
    opened: list[tuple[int, SpanElement]],
    wanted: Sequence[tuple[int, SpanElement]],
) -> None:
    """Close, from the inside out, the elements that are not wanted and those within them."""
    same = 0
    while same < min(len(opened), len(wanted)) and opened[same] == wanted[same]:
        same += 1
    while len(opened) > same:
        pieces.append(opened.pop()[1].closing)
