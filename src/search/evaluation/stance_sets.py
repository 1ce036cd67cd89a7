"""Reader of sentences that were labelled by hand with holder and stance."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from search.errors import UsageError
from search.labels import Statement, goes_together
from search.records import Holder, Stance

__all__ = ["GoldSentence", "by_document", "read_labels", "read_stances"]

_REQUIRED_COLUMNS = ("doc", "section", "sentence", "holder", "label")
_ALTERNATIVE = re.compile(r"\bof:\s*(?:(?P<holder>\w+)/)?(?P<stance>\w+)")


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with its true labels, and an alternative that can be defended, if any."""

    document: str
    statement: Statement
    holder: Holder
    stance: Stance
    alternative: tuple[Holder, Stance] | None


def read_stances(path: Path) -> list[GoldSentence]:
    """Return the labelled sentences of a tab-separated file without quoting, in document order.

    Columns are doc, section (a path with " / "), sentence, holder, label, and optionally question
    and note ("of: holder/label" or "of: label" gives the alternative). Raises UsageError that
    names the file and the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} kan niet worden gelezen: {error}.") from error
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [name for name in _REQUIRED_COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise UsageError(f"{path}: de kolom {', '.join(missing)} ontbreekt.")
    found = []
    for number, row in enumerate(reader, start=2):
        try:
            found.append(_sentence(row))
        except (ValueError, AttributeError) as error:
            raise UsageError(f"{path}, regel {number}: {error}.") from None
    if not found:
        raise UsageError(f"{path} bevat geen zinnen.")
    return found


def _sentence(row: dict[str, str]) -> GoldSentence:
    section = tuple(part for part in row["section"].split(" / ") if part)
    statement = Statement(row["sentence"], section, row.get("question") or "")
    labels = read_labels(row["holder"], row["label"], row.get("note") or "")
    return GoldSentence(row["doc"], statement, *labels)


def read_labels(
    holder: str, label: str, note: str
) -> tuple[Holder, Stance, tuple[Holder, Stance] | None]:
    """Return the labels of a row, and the alternative that its note gives, if any.

    Raises ValueError for names that are unknown or do not go together.
    """
    own = Holder(holder.strip()), Stance(label.strip())
    if not goes_together(*own):
        raise ValueError(f"{holder} en {label} gaan niet samen")
    return *own, _alternative(note, own[0])


def _alternative(note: str, holder: Holder) -> tuple[Holder, Stance] | None:
    """Return the alternative labels of a note, by default with the same holder."""
    found = _ALTERNATIVE.search(note)
    if not found:
        return None
    try:
        stance = Stance(found["stance"])
        other = Holder(found["holder"]) if found["holder"] else holder
    except ValueError:
        return None
    if stance is Stance.FACT:
        other = Holder.NONE
    return (other, stance) if goes_together(other, stance) else None


def by_document(sentences: Sequence[GoldSentence]) -> dict[str, list[GoldSentence]]:
    """Return the sentences of each document, in order."""
    documents: dict[str, list[GoldSentence]] = {}
    for sentence in sentences:
        documents.setdefault(sentence.document, []).append(sentence)
    return documents
