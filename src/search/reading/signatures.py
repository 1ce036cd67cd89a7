"""The signature block at the end of a letter: who signed, and as what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.sourced_text import SourcedText

__all__ = ["RawSignatory", "read_signatures"]

_OFFICE = re.compile(
    r"(?:(?:Mede )?[Nn]amens )?(?:[Dd]e |[Hh]et )?"
    r"(?:(?:vice|plaatsvervangend)[ -])?"
    r"(?:[Mm]inister(?:[ -][Pp]resident)?|[Ss]taatssecretaris|[Vv]oorzitter|[Gg]riffier"
    r"|[Ss]ecretaris(?:-generaal)?|[Dd]irecteur(?:-generaal)?|[Bb]urgemeester|[Ww]ethouder)\b"
)
_NAME = re.compile(
    r"(?:(?:drs|mr|dr|ir|ing|prof|jhr|jkvr|mw|dhr)\.?\s?)*"
    r"(?:(?:[A-Z][a-z]?\.[\s-]?){1,6}(?:\s?[A-Z][a-zà-ÿ]+\s)?"
    r"|[A-ZÀ-Þ][a-zà-ÿ]+(?:[- ][A-ZÀ-Þ][a-zà-ÿ]+)?\s)"
    r"(?:(?:van|de|der|den|het|’t|'t|ter|ten|te|in|op|el|von|la|le)\s)*"
    # Possessive, since a name with many hyphens would be split in every way.
    r"[A-ZÀ-Þ][\w’'-]++(?:[ -](?:(?:van|de|der|den)\s)*[A-ZÀ-Þ][\w’'-]++)*"
)
_CLOSING = re.compile(r"(?:Hoogachtend|Met vriendelijke groet(?:en)?),?")
_LONGEST_LINE = 200
_MOST_LINES = 5
_MOST_BLOCKS = 40


@dataclass(frozen=True, slots=True)
class RawSignatory:
    """A signatory: name, function without article, and the lines that they were read from."""

    name: str
    function: str
    lines: tuple[SourcedText, ...]


def read_signatures(blocks: Sequence[RawBlock]) -> tuple[int, list[RawSignatory]]:
    """Read the signatures at the end of the running text.

    Returns how many of the last blocks they take (0 when there are none) and the signatories in
    order. The name may follow the office, go before it, or end the same line.
    """
    first = max(0, len(blocks) - _MOST_BLOCKS)
    earliest = len(blocks)
    while earliest > first and _may_be_signature(blocks[earliest - 1]):
        earliest -= 1
    for start in range(earliest, len(blocks)):
        lines = [line.squeeze().strip() for block in blocks[start:] for line in block.lines]
        signatories = _read_lines([line for line in lines if line.text])
        if signatories:
            return len(blocks) - start, signatories
    return 0, []


def _may_be_signature(block: RawBlock) -> bool:
    return block.kind is RawKind.TEXT and all(len(line) <= _LONGEST_LINE for line in block.lines)


def _read_lines(lines: Sequence[SourcedText]) -> list[RawSignatory]:
    """Read lines as signatories; return none unless every line is part of one."""
    signatories: list[RawSignatory] = []
    at = 0
    while at < len(lines):
        if not signatories and _CLOSING.fullmatch(lines[at].text):
            at += 1
            continue
        signatory = _read_one(lines[at : at + _MOST_LINES])
        if signatory is None:
            return []
        signatories.append(signatory)
        at += len(signatory.lines)
    return signatories


def _read_one(lines: Sequence[SourcedText]) -> RawSignatory | None:
    first = lines[0].text
    if _OFFICE.match(first):
        office, _, name = first.rpartition(", ")
        if office and _NAME.fullmatch(name):
            return RawSignatory(name, _function(office), (lines[0],))
        for number, line in enumerate(lines[1:], start=1):
            if _NAME.fullmatch(line.text) and not _OFFICE.match(line.text):
                office = " ".join(each.text for each in lines[:number])
                return RawSignatory(line.text, _function(office), tuple(lines[: number + 1]))
    elif len(lines) > 1 and _NAME.fullmatch(first) and _OFFICE.match(lines[1].text):
        return RawSignatory(first, _function(lines[1].text), tuple(lines[:2]))
    return None


def _function(office: str) -> str:
    return re.sub(r"^(?:(?:Mede )?[Nn]amens )?(?:[Dd]e|[Hh]et) ", "", office).rstrip(" ,")
