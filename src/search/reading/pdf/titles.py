"""The title of a PDF: the largest lines of its first page with words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from search.reading.pdf.lines import LineFragment, PageText

__all__ = ["largest_lines", "says"]

_PAGES = 4
"""A title is on one of the first pages with words."""
_MIN_RATIO = 1.15
"""Times the size of the running text: a title is at least this large."""
_SAME_SIZE = 0.06
_MAX_LENGTH = 220
_NOT_TITLES = re.compile(
    r"(?:tweede|eerste) kamer der staten-generaal|\d+|inhoud(?:sopgave)?|colofon|.{0,2}",
    re.IGNORECASE,
)
_NO_TITLE_LINE = re.compile(r".*\|.*|(?:ministerie van|rijksoverheid|www\.).*", re.IGNORECASE)


def largest_lines(pages: Sequence[PageText]) -> str:
    """Return the largest lines of the first page with words, as one line, or an empty text.

    They are larger than the running text, which is that of most characters.
    """
    body = _body_size(pages)
    filled = [page for page in pages if any(c.isalpha() for c in page.text)][:_PAGES]
    for page in filled[:1]:
        if page.scanned or not body:
            return ""
        return next((title for title in _by_size(page, body) if title), "")
    return ""


def _body_size(pages: Sequence[PageText]) -> float:
    counts: Counter[float] = Counter()
    for page in pages:
        for fragment in page.fragments:
            counts[round(fragment.size * 2) / 2] += fragment.end - fragment.start
    return counts.most_common(1)[0][0] if counts else 0.0


def _by_size(page: PageText, body: float) -> Iterator[str]:
    """Yield the runs of lines of one size that may be a title, the largest first."""
    upright = [f for f in page.fragments if not f.rotation and f.end > f.start]
    start = min((f.start for f in upright), default=0)
    lines = sorted(upright, key=lambda f: (round(f.baseline), f.left))
    large = [f for f in lines if f.size >= _MIN_RATIO * body]
    for size in sorted({f.size for f in large}, reverse=True):
        run: list[str] = []
        last: LineFragment | None = None
        for fragment in large:
            if abs(fragment.size - size) > _SAME_SIZE * size:
                continue
            if last is not None and fragment.baseline - last.baseline > 2.6 * size:
                break
            run.append(page.text[fragment.start - start : fragment.end - start].strip())
            last = fragment
        kept = [line for line in run if not _NO_TITLE_LINE.fullmatch(line)]
        title = _joined(kept)
        letters = sum(c.isalpha() for c in title)
        if letters >= 4 and len(title) <= _MAX_LENGTH and not _NOT_TITLES.fullmatch(title):
            yield title


def _joined(lines: Sequence[str]) -> str:
    text = ""
    for line in lines:
        cut = text.endswith("-") and line[:1].islower() and not line.startswith(("en ", "of "))
        text = text[:-1] + line if cut else f"{text} {line}" if text else line
    return " ".join(text.split())


def says(pages: Sequence[PageText], title: str) -> bool:
    """Return whether the words of a title are on the first page with words."""
    first = next((page.text for page in pages if any(c.isalpha() for c in page.text)), "")
    words = re.findall(r"\w+", title.casefold())
    on_page = set(re.findall(r"\w+", re.sub(r"-\s*\n\s*", "", first).casefold()))
    on_page |= set(re.findall(r"\w+", first.casefold()))
    return bool(words) and all(word in on_page for word in words)
