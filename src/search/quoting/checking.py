"""Checks a quote against the file that it comes from, before it is shown.

The check spells the quote from the file itself by walking the source map, and then looks at what
the walk skips: that may be markup, a footnote's mark, a running head or a line break, or words
that are elsewhere in the document's text (a footnote block). It takes nothing else from the
readers, so that it detects their mistakes, a damaged index and a changed file.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from search.errors import ReadingError
from search.reading import read_source
from search.reading.raised_digits import lowered_digits, raised_digits
from search.reading.running_heads import recurring_lines
from search.records import Document, Limits, Passage, Quote, Segment, Sentence, Span
from search.storage import Index

__all__ = ["SourceCheck", "fault_of"]

_SKIPPED = re.compile(
    r"""<sup>\s*\w{1,5}\s*</sup>|\[\^[^\]\s]{1,12}\]:?|[⁰¹²³⁴-⁹]+    # footnote marks
    |<!--[\s\S]*?-->|</?[A-Za-z][^<>]*>                          # tags and comments
    |!\[[^\]]*\]\([^)]*\)                                        # images
    |\]\((?:[^()\\]|\\.|\([^()]*\))*\)                           # the target of a link
    |^(?:[ \t>]|[-*+•][ \t]|\d{1,9}[.)][ \t])*(?:```|~~~).*$     # the fence of a block
    |^.*(?:Tweede|Eerste)\ Kamer,\ vergaderjaar\ .*$             # running foot
    |^SIGNS*kst-?\d[\w-]*(?:\s+ISSN.*)?SIGNS*$|ISSN\ \d{4}\s?[-–]\s?\d{3}[\dX]
    |^SIGNS*['’‘]s-Gravenhage\ \d{4}SIGNS*$
    |^SIGNS*(?:(?:pagina|blad|blz\.)[^\S\n]?)?\d{1,4}(?:\s(?:van|/)\s\d{1,4})?SIGNS*$""".replace(
        "SIGNS", r"(?:[^\w\n]|_)"
    ),
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
"""What a walk may skip. Each of these but a comment and an image ends with its line, so that no
running head hides the words under it."""
_WORD_CHARACTER = re.compile(r"[^\W_]")
"""An underscore is markup, as a star is."""
_SHIFT_TAG = re.compile(r"</?su[bp]>", re.IGNORECASE)
_SHIFTED = re.compile(r"<su([bp])>[^<>]*\Z", re.IGNORECASE)
_LONGEST_SHIFTED = 20
_CACHED_FILES, _CACHED_PATHS = 32, 4096
_OTHER_WORDS = "de woorden staan niet zo in het bestand"
_LEFT_OUT = "er ontbreken woorden die in het bestand staan"
_ORDER = "de woorden staan in het bestand in een andere volgorde"
_NO_PLACE = "de plaats bestaat niet in de tekst"
_UNKNOWN = "in het bestand staat hier een teken dat niet kon worden gelezen"


def fault_of(document: Document, source: str, span: Span, text: str) -> str:
    """Return in Dutch what is wrong with a quote, or an empty text if it is sound.

    `source` is the decoded file of the document, and `text` the words claimed for `span` of its
    canonical text.
    """
    return _Walk(document, source).fault(span, text)


class _Walk:
    """A document with its file, and the parts of the file that its text was read from."""

    def __init__(self, document: Document, source: str) -> None:
        self._document = document
        self._source = source
        self._map = document.source_map
        read = ((s.source_start, s.source_start + s.source_length) for s in self._map.segments)
        # A quote that skips a running head or foot leaves nothing out.
        runs = sorted([*read, *((line.start, line.end) for line in recurring_lines(source))])
        self._starts = [start for start, _ in runs]
        self._runs = runs

    def fault(self, span: Span, text: str) -> str:
        if not 0 <= span.start < span.end <= len(self._document.text):
            return _NO_PLACE
        if "\ufffd" in text:
            return _UNKNOWN
        segments = [_clipped(each, span) for each in self._map.within(span)]
        if not self._spells(segments, span, text):
            return _OTHER_WORDS
        return self._fault_between(segments)

    def _spells(self, segments: list[Segment], span: Span, text: str) -> bool:
        """Return whether the quote is the characters of the file, with white space between."""
        at = span.start
        for each in segments:
            inserted = text[at - span.start : each.start - span.start]
            if inserted.strip() or len(inserted) != each.start - at:
                return False
            at = each.start + each.length
            written = self._source[each.source_start : each.source_start + each.source_length]
            quoted = text[each.start - span.start : at - span.start]
            if quoted not in (written, html.unescape(written)) and not self._is_shifted(
                quoted, written, each.source_start
            ):
                return False
        return not text[at - span.start :].strip() and len(text) == span.end - span.start

    def _is_shifted(self, quoted: str, written: str, start: int) -> bool:
        """Return whether a text is what the file writes between <sup> or <sub>, raised or lowered.

        A piece that ends at one of the tags holds the tag too.
        """
        number = _SHIFT_TAG.sub("", written)
        at = start + written.index(number)
        opened = _SHIFTED.search(self._source, max(0, at - _LONGEST_SHIFTED), at)
        if not number or opened is None:
            return False
        shift = lowered_digits if opened[1] in "bB" else raised_digits
        # A sign alone is no number to those.
        return quoted == shift(f"{number}0")[:-1]

    def _fault_between(self, segments: list[Segment]) -> str:
        """Return what is wrong with what the walk skips between runs of the file."""
        for before, after in pairwise(segments):
            start = before.source_start + before.source_length
            if after.source_start < start:
                between = self._document.text[before.start + before.length : after.start]
                if "\n" not in between:
                    return _ORDER
                # A footnote block was moved after the text, or the head of a file before it.
                continue
            if _WORD_CHARACTER.search(self._unread(start, after.source_start)):
                return _LEFT_OUT
        return ""

    def _unread(self, start: int, end: int) -> str:
        """Return what no part of the text was read from, without markup and running heads."""
        if not _WORD_CHARACTER.search(self._source[start:end]):
            return ""
        pieces, at = [], start
        for first, last in self._runs[max(0, bisect_right(self._starts, start) - 1) :]:
            if first >= end:
                break
            if last > at:
                pieces.append(self._source[at : max(at, first)])
                at = last
        pieces.append(self._source[at : max(at, end)])
        # Words within markup may cut it in two, so markup is removed from each piece. The rest
        # may write white space as an entity ("&nbsp;"), which has letters but is no word.
        return html.unescape("\n".join(_SKIPPED.sub("", piece) for piece in pieces))


def _clipped(segment: Segment, span: Span) -> Segment:
    """Return the part of a segment within a span; an entity is one character and stays whole."""
    if segment.length != segment.source_length:
        return segment
    start = max(segment.start, span.start)
    length = min(segment.start + segment.length, span.end) - start
    return Segment(start, length, segment.source_start + start - segment.start, length)


class SourceCheck:
    """Checks quotes against the files of a corpus. Safe to use from several threads."""

    def __init__(
        self,
        corpus: Path,
        path_of: Callable[[str], str],
        document: Callable[[str], Document | None],
        limits: Limits = Limits(),
        source: Callable[[str], str | None] = lambda _: None,
        sentences: Callable[[str], Iterable[Sentence]] = lambda _: (),
    ) -> None:
        """Check against the files in `corpus`, read within the limits.

        `path_of` returns the file of a document by id, or an empty text if there is no such
        document; `document` returns the document itself. `source` returns the decoded file if it
        is stored elsewhere: then the file itself is not read and need not exist. `sentences`
        returns those of a document, with what its second reading found when it was indexed.
        """
        self._limits = limits
        self._corpus = corpus
        self._path_of = lru_cache(maxsize=_CACHED_PATHS)(path_of)
        self._document = document
        self._source = source
        self._sentences = sentences
        self._doubts = lru_cache(maxsize=_CACHED_FILES)(self._doubtful)
        self._walk = lru_cache(maxsize=_CACHED_FILES)(self._open)

    @classmethod
    def of_index(cls, corpus: Path, index: Index, limits: Limits = Limits()) -> SourceCheck:
        """Return a check of the documents of an index against the files in `corpus`."""

        def sentences(document: str) -> Iterable[Sentence]:
            return (s for p in index.passages_of(document) for s in p.sentences)

        return cls(corpus, index.path_of, index.document, limits, index.source, sentences)

    def fault(self, document: str, span: Span, text: str) -> str:
        """Return in Dutch what is wrong with a quote, or an empty text if it is sound.

        The file is read again if its size or time has changed.
        """
        name = self._path_of(document)
        if not name:
            return "het document staat niet in de index"
        try:
            walk = self._walk(document, *_stamp(self._corpus / name))
        except (OSError, ReadingError):
            return "het bestand kan niet worden gelezen"
        return walk.fault(span, text)

    def _open(self, document: str, size: int, modified: int) -> _Walk:  # noqa: ARG002 - the key
        found = self._document(document)
        if found is None:
            raise ReadingError(f"Het document {document} staat niet in de index.")
        source = self._source(document)
        if source is None:
            source = read_source(self._corpus / found.path, self._limits)
        return _Walk(found, source)

    def doubt(self, document: str, span: Span) -> str:
        """Return in Dutch why words can't be quoted that the index has, or an empty text.

        That is what the second reading of the file found of one of the sentences that they touch.
        """
        found = (
            s.doubt for s in self._doubts(document) if s.start < span.end and span.start < s.end
        )
        return next(found, "")

    def _doubtful(self, document: str) -> tuple[Sentence, ...]:
        return tuple(each for each in self._sentences(document) if each.doubt)

    def holds(self, quote: Quote) -> bool:
        """Return whether a quote is word for word what its file says, by both readings of it."""
        span = Span(quote.start, quote.end)
        return not (
            self.doubt(quote.document, span) or self.fault(quote.document, span, quote.text)
        )

    def passage_holds(self, passage: Passage) -> bool:
        """Return whether a passage is what its file says; its doubtful sentences carry a remark."""
        return not self.fault(passage.document, Span(passage.start, passage.end), passage.text)


def _stamp(path: Path) -> tuple[int, int]:
    """Return the size of a file and when it was changed, in nanoseconds; -1 if there is none."""
    try:
        stat = path.stat()
    except OSError:
        return -1, -1
    return stat.st_size, stat.st_mtime_ns
