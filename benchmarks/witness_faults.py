"""Faults as readers make them: what a faulty reader would give in the place of a sentence."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from search.records import Document, Span

__all__ = ["FAULTS", "Read", "Said"]

_SIGNS = "≥≤<>±×÷=%‰€$£°§&+/½¼¾µ→–"
_RAISED = re.compile("[⁰¹²³⁴-⁹]+")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NEGATION = re.compile(r"\s(?:niet|geen|nooit|niets|zonder|noch|niemand)\b", re.IGNORECASE)
_LONGEST_ASIDE = 70
"""Characters of a line in a margin or at a page's edge."""
_NEAR_BLOCKS = 8


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as the reader gave it, and where its lines end."""

    text: str
    span: Span
    page: int
    """The page of the source that it begins on, from 0."""
    lines: tuple[str, ...]
    """Its parts on each line of the file, where the file has lines."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document with its sentences, and the lines of its pages where the file has any."""

    document: Document
    sentences: tuple[Said, ...]
    pages: tuple[tuple[str, ...], ...]


Fault = Callable[[Read, int, random.Random], str | None]
"""Gives a document's sentence, by its number, as a faulty reader would; None where it can't."""


def _sign_dropped(read: Read, number: int, chance: random.Random) -> str | None:
    text = read.sentences[number].text
    places = [i for i, character in enumerate(text) if character in _SIGNS]
    if not places:
        return None
    at = chance.choice(places)
    return " ".join((text[:at] + text[at + 1 :]).split())


def _superscript_lost(read: Read, number: int, chance: random.Random) -> str | None:
    """Lose a raised number, or write it, or a note's mark, as a plain one."""
    said = read.sentences[number]
    raised = list(_RAISED.finditer(said.text))
    if raised:
        found = chance.choice(raised)
        plain = chance.choice(("", found.group().translate(_PLAIN)))
        return said.text[: found.start()] + plain + said.text[found.end() :]
    marks = [
        (note.anchor - said.span.start, note.mark)
        for note in read.document.footnotes
        if note.anchor is not None and said.span.start < note.anchor <= said.span.end
    ]
    if not marks:
        return None
    at, mark = chance.choice(marks)
    return said.text[:at] + mark + said.text[at:] if mark.isdigit() else None


def _digit_changed(read: Read, number: int, chance: random.Random) -> str | None:
    text = read.sentences[number].text
    places = [i for i, character in enumerate(text) if character in "0123456789"]
    if not places:
        return None
    at = chance.choice(places)
    other = chance.choice([digit for digit in "0123456789" if digit != text[at]])
    return text[:at] + other + text[at + 1 :]


def _word_dropped(read: Read, number: int, chance: random.Random) -> str | None:
    words = read.sentences[number].text.split(" ")
    if len(words) < 4:
        return None
    del words[chance.randrange(len(words))]
    return " ".join(words)


def _negation_dropped(read: Read, number: int, chance: random.Random) -> str | None:
    text = read.sentences[number].text
    found = list(_NEGATION.finditer(text))
    if not found:
        return None
    one = chance.choice(found)
    return text[: one.start()] + text[one.end() :]


def _line_dropped(read: Read, number: int, chance: random.Random) -> str | None:
    lines = list(read.sentences[number].lines)
    if len(lines) < 3:
        return None
    del lines[chance.randrange(1, len(lines) - 1)]
    return " ".join(lines)


def _columns_joined(read: Read, number: int, chance: random.Random) -> str | None:
    """Read across: after each line one of another column, or of elsewhere on the page."""
    said = read.sentences[number]
    others = [line for line in _page(read, said) if not _is_in(line, said) and len(line) > 15]
    if len(said.lines) < 2 or len(others) < len(said.lines):
        return None
    first = chance.randrange(len(others) - len(said.lines) + 1)
    beside = others[first:]
    woven = [part for pair in zip(said.lines, beside, strict=False) for part in pair]
    return " ".join(woven[:-1])


def _margin_let_in(read: Read, number: int, chance: random.Random) -> str | None:
    """Put a short line of the page, or one of its edges, where a line of the sentence ends."""
    said = read.sentences[number]
    page = _page(read, said)
    asides = [line for line in page if len(line) <= _LONGEST_ASIDE and not _is_in(line, said)]
    asides += [line for line in (*page[:3], *page[-3:]) if not _is_in(line, said)]
    if len(said.lines) < 2 or not asides:
        return None
    lines = list(said.lines)
    lines.insert(chance.randrange(1, len(lines)), chance.choice(asides))
    return " ".join(lines)


def _note_let_in(read: Read, number: int, chance: random.Random) -> str | None:
    """Put the text of a note at its mark, or where a line of the sentence ends."""
    said, document = read.sentences[number], read.document
    notes = [document.text[note.start : note.end] for note in document.footnotes]
    own = [
        (note.anchor - said.span.start, document.text[note.start : note.end])
        for note in document.footnotes
        if note.anchor is not None and said.span.start < note.anchor < said.span.end
    ]
    if own:
        at, note = chance.choice(own)
        return f"{said.text[:at]} {note} {said.text[at:]}"
    if not notes or len(said.lines) < 2:
        return None
    lines = list(said.lines)
    lines.insert(chance.randrange(1, len(lines)), chance.choice(notes))
    return " ".join(lines)


def _halves_joined(read: Read, number: int, chance: random.Random) -> str | None:
    """Join the beginning of a sentence with the end of one in another paragraph near by."""
    said = read.sentences[number]
    near = [
        other
        for other in read.sentences[max(0, number - _NEAR_BLOCKS) : number + _NEAR_BLOCKS]
        if "\n\n"
        in read.document.text[
            min(said.span.end, other.span.end) : max(said.span.start, other.span.start)
        ]
    ]
    if not near:
        return None
    other = chance.choice(near)
    head, tail = _half(said, chance)[0], _half(other, chance)[1]
    return f"{head} {tail}" if head and tail else None


def _half(said: Said, chance: random.Random) -> tuple[str, str]:
    """Cut a sentence in two, where a line ends if it has lines."""
    parts: Sequence[str] = said.lines if len(said.lines) > 1 else said.text.split(" ")
    if len(parts) < 2:
        return "", ""
    at = chance.randrange(1, len(parts))
    return " ".join(parts[:at]), " ".join(parts[at:])


def _page(read: Read, said: Said) -> tuple[str, ...]:
    return read.pages[said.page] if said.page < len(read.pages) else ()


def _is_in(line: str, said: Said) -> bool:
    return any(line in each or each in line for each in said.lines)


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "sign dropped": _sign_dropped,
        "superscript lost": _superscript_lost,
        "digit changed": _digit_changed,
        "word dropped": _word_dropped,
        "negation dropped": _negation_dropped,
        "line dropped": _line_dropped,
        "columns joined": _columns_joined,
        "margin line let in": _margin_let_in,
        "note let in": _note_let_in,
        "halves joined": _halves_joined,
    }
)
"""The faults that are made in what the reader gave of a real file."""
