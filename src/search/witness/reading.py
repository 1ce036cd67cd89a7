"""Opens a file for a witness, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType
from typing import Protocol

from search.errors import ReadingError
from search.witness.comparing import CONFIRMED, Reason, finding
from search.witness.folding import Folded, fold_text
from search.witness.matching import Streams
from search.witness.records import Allowance, Stream, WitnessFinding, WitnessVerdict

__all__ = ["Witness", "WitnessUnavailable", "read_witness"]

_USUAL = Allowance()


class _Searched(Protocol):
    """What texts can be looked up in."""

    def find(self, text: Folded, *, whole: bool) -> WitnessFinding: ...


class Witness:
    """What a second reading of a file saw. Use it from one thread at a time."""

    def __init__(self, streams: tuple[Stream, ...], searched: _Searched, ignored: str = "") -> None:
        """Keep the streams of a file; characters that are `ignored` count on neither side."""
        self.streams = streams
        self._searched = searched
        self._ignored = str.maketrans("", "", ignored) if ignored else None

    def check(self, text: str, *, whole: bool = False) -> WitnessFinding:
        """Return whether the file says what a text says, character for character.

        Lines are looked up one by one when they do not follow each other. `whole` says that
        the text is a sentence, paragraph or cell as a whole, so that a first or last word that is
        missing shows too.
        """
        said = text.translate(self._ignored) if self._ignored else text
        found = self._look_up(said, whole=whole)
        if found.confirmed or not said.strip():
            return found
        if "\t" in said and (once := _unmerged(said)) != said:
            found = self._look_up(once, whole=whole)
        lines = [line for line in said.splitlines() if line.strip()]
        if found.confirmed or len(lines) < 2:
            return found
        parts = (self._look_up(line, whole=whole) for line in lines)
        return next((part for part in parts if not part.confirmed), CONFIRMED)

    def _look_up(self, said: str, *, whole: bool) -> WitnessFinding:
        folded = fold_text(said)
        if folded.text:
            return self._searched.find(folded, whole=whole)
        # A line of signs alone says nothing that can be looked up.
        return finding(Reason.EMPTY)


def _unmerged(said: str) -> str:
    """Write a cell of words once that takes several columns and is written in each of them."""
    rows = []
    for row in said.split("\n"):
        cells: list[str] = []
        for cell in row.split("\t"):
            same = bool(cells) and cell == cells[-1] and sum(map(str.isalpha, cell)) > 2
            if not same:
                cells.append(cell)
        rows.append("\t".join(cells))
    return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class WitnessUnavailable:
    """Stands for a file that can't be read a second time; it confirms nothing."""

    reason: str

    def check(self, text: str, *, whole: bool = False) -> WitnessFinding:  # noqa: ARG002 - as a Witness
        """Return that a text can't be checked."""
        return WitnessFinding(WitnessVerdict.UNCONFIRMED, self.reason)


def read_witness(
    content: bytes, name: str, allowed: Allowance = _USUAL
) -> Witness | WitnessUnavailable:
    """Return the witness of a file, which is read by the ending of its `name`.

    A file that can't be read, or that asks more than is `allowed`, has none; the reason says why.
    """
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        return WitnessUnavailable(f"{name} heeft een formaat dat niet kan worden nagelezen.")
    try:
        return reader(content, name, allowed)
    except ReadingError as error:
        return WitnessUnavailable(str(error))
    except Exception as error:
        # Whatever a library makes of a file that it can't read, there is no witness then.
        return WitnessUnavailable(
            f"{name} kan geen tweede keer worden gelezen ({type(error).__name__})."
        )


def _streamed(
    content: bytes,
    name: str,
    allowed: Allowance,
    read: Callable[[bytes, str, Allowance], tuple[Stream, ...]],
    ignored: str = "",
) -> Witness:
    streams = read(content, name, allowed)
    return Witness(streams, Streams(streams), ignored)


# The readers are imported when the first file of their kind is read.


def _xml(content: bytes, name: str, allowed: Allowance) -> Witness:
    from search.witness.markup import read_xml

    return _streamed(content, name, allowed, read_xml)


def _html(content: bytes, name: str, allowed: Allowance) -> Witness:
    from search.witness.markup import read_html

    return _streamed(content, name, allowed, read_html)


def _markdown(content: bytes, name: str, allowed: Allowance) -> Witness:
    from search.witness.texts import MARKUP, read_markdown

    return _streamed(content, name, allowed, read_markdown, MARKUP)


def _text(content: bytes, name: str, allowed: Allowance) -> Witness:
    from search.witness.texts import read_text

    return _streamed(content, name, allowed, read_text)


def _word(content: bytes, name: str, allowed: Allowance) -> Witness:
    from search.witness.word import read_word

    return _streamed(content, name, allowed, read_word)


def _opendocument(content: bytes, name: str, allowed: Allowance) -> Witness:
    from search.witness.opendocument import read_opendocument

    return _streamed(content, name, allowed, read_opendocument)


def _pdf(content: bytes, name: str, allowed: Allowance) -> Witness:
    from search.witness.pdf import read_pdf

    streams, pages = read_pdf(content, name, allowed)
    return Witness(streams, pages)


_READERS: Mapping[str, Callable[[bytes, str, Allowance], Witness]] = MappingProxyType(
    {
        ".pdf": _pdf,
        ".docx": _word,
        ".odt": _opendocument,
        ".xml": _xml,
        ".html": _html,
        ".htm": _html,
        ".md": _markdown,
        ".markdown": _markdown,
        ".txt": _text,
    }
)
