"""Checks a quote against the file it comes from, on its way out.

The check spells the quote out of the file itself by walking the source map, and then looks at
what the walk steps over: that may be markup, a footnote's mark, page furniture or a broken line,
or words that stand elsewhere in the document's text (a footnote block). It takes nothing else
from the readers, so that a mistake of theirs, a damaged index and a changed file all show.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from search.errors import ReadingError
from search.reading import read_source
from search.reading.running_heads import recurring_lines
from search.records import Document, Limits, Passage, Quote, Segment, Span
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
"""What a walk may step over. Each of these but a comment and an image ends with its line, so that
no furniture hides the words under it."""
_WORD = re.compile(r"[^\W_]")
"""What a word has; an underscore is markup, as a star is."""
_KEPT_FILES, _KEPT_PATHS = 32, 4096
_OTHER_WORDS = "de woorden staan niet zo in het bestand"
_LEFT_OUT = "er ontbreken woorden die in het bestand staan"
_ORDER = "de woorden staan in het bestand in een andere volgorde"
_NO_PLACE = "de plaats bestaat niet in de tekst"


def fault_of(document: Document, source: str, span: Span, text: str) -> str:
    """Say in Dutch what is wrong with a quote, or give an empty text when nothing is.

    `source` is the decoded file of the document and `text` what is said to stand at `span` of its
    canonical text.
    """
    return _Walk(document, source).fault(span, text)


class _Walk:
    """One document beside its file, with the parts of the file that its text takes."""

    def __init__(self, document: Document, source: str) -> None:
        self._document = document
        self._source = source
        self._map = document.source_map
        read = ((s.source_start, s.source_start + s.source_length) for s in self._map.segments)
        # A running head or foot is no text that a quote leaves out.
        runs = sorted([*read, *((line.start, line.end) for line in recurring_lines(source))])
        self._starts = [start for start, _ in runs]
        self._runs = runs

    def fault(self, span: Span, text: str) -> str:
        if not 0 <= span.start < span.end <= len(self._document.text):
            return _NO_PLACE
        segments = [_clipped(each, span) for each in self._map.within(span)]
        if not self._spells(segments, span, text):
            return _OTHER_WORDS
        return self._fault_between(segments)

    def _spells(self, segments: list[Segment], span: Span, text: str) -> bool:
        """Tell whether the file's own characters, with white space between, are the quote."""
        at = span.start
        for each in segments:
            inserted = text[at - span.start : each.start - span.start]
            if inserted.strip() or len(inserted) != each.start - at:
                return False
            at = each.start + each.length
            written = self._source[each.source_start : each.source_start + each.source_length]
            said = text[each.start - span.start : at - span.start]
            if said != written and said != html.unescape(written):
                return False
        return not text[at - span.start :].strip() and len(text) == span.end - span.start

    def _fault_between(self, segments: list[Segment]) -> str:
        """Look at what the walk steps over from each run of the file to the next."""
        for before, after in pairwise(segments):
            start = before.source_start + before.source_length
            if after.source_start < start:
                between = self._document.text[before.start + before.length : after.start]
                if "\n" not in between:
                    return _ORDER
                # A footnote block: moved behind the text, as the head of a file may be before it.
                continue
            if _WORD.search(self._unread(start, after.source_start)):
                return _LEFT_OUT
        return ""

    def _unread(self, start: int, end: int) -> str:
        """Give what no part of the document's text was read from, less markup and furniture."""
        if not _WORD.search(self._source[start:end]):
            return ""
        pieces, at = [], start
        for first, last in self._runs[max(0, bisect_right(self._starts, start) - 1) :]:
            if first >= end:
                break
            if last > at:
                pieces.append(self._source[at : max(at, first)])
                at = last
        pieces.append(self._source[at : max(at, end)])
        # Markup may have been cut in two by the words within it, so it is taken out first. What
        # is left may write white space as an entity ("&nbsp;"), which holds letters but no word.
        return html.unescape("\n".join(_SKIPPED.sub("", piece) for piece in pieces))


def _clipped(segment: Segment, span: Span) -> Segment:
    """Give the part of a segment within a span; an entity is one character and stays whole."""
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
    ) -> None:
        """Check against the files in `corpus`, read within the limits.

        `path_of` gives the file of a document by id, and nothing where there is no such document;
        `document` gives the document itself. `source` gives the words of a file where they are
        kept elsewhere: then those count, and there need be no file.
        """
        self._limits = limits
        self._corpus = corpus
        self._path_of = lru_cache(maxsize=_KEPT_PATHS)(path_of)
        self._document = document
        self._source = source
        self._walk = lru_cache(maxsize=_KEPT_FILES)(self._open)

    @classmethod
    def of_index(cls, corpus: Path, index: Index, limits: Limits = Limits()) -> SourceCheck:
        """Check the documents of an index against the files in `corpus`."""
        return cls(corpus, index.path_of, index.document, limits, index.source)

    def fault(self, document: str, span: Span, text: str) -> str:
        """Say in Dutch what is wrong with a quote, or give an empty text when nothing is.

        The file is read again whenever its size or time has changed.
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
        kept = self._source(document)
        if kept is None:
            kept = read_source(self._corpus / found.path, self._limits)
        return _Walk(found, kept)

    def holds(self, quote: Quote) -> bool:
        """Tell whether a quote is what its file says, word for word."""
        return not self.fault(quote.document, Span(quote.start, quote.end), quote.text)

    def passage_holds(self, passage: Passage) -> bool:
        """Tell whether a passage is what its file says, word for word."""
        return not self.fault(passage.document, Span(passage.start, passage.end), passage.text)


def _stamp(path: Path) -> tuple[int, int]:
    """Give the size of a file and when it was changed, in nanoseconds; -1 where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return -1, -1
    return stat.st_size, stat.st_mtime_ns
