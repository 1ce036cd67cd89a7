"""How many real documents are known for what they are: kind, title, date, issuer, author, people.

    .venv/bin/python -m benchmarks.reading.metadata ../shared/real/documents

The right values were read off the documents by hand (tests/reading/real_documents.tsv). `|`
separates answers that are right, `-` is "not said". White space, punctuation and case are left
aside; a title or an issuer is right that holds a right one, or is held by it.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.errors import ReadingError
from search.reading import read_document
from search.records import Metadata

__all__ = ["COLUMNS", "TABLE", "Checked", "check_documents", "faults_of", "read_table"]

TABLE = Path(__file__).parents[2] / "tests" / "reading" / "real_documents.tsv"
COLUMNS = ("kind", "title", "date", "issuer", "author_kind", "people")
_SAME_KINDS = {"Kamerbrief": "Brief regering"}
_MIN_CONTAINED = 8
"""Characters from which a value may be right by being part of a right one."""
_LOOSE = ("title", "issuer")


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows of the table that could be checked, and what is wrong, by column."""

    rows: int
    faults: Mapping[str, tuple[str, ...]]

    def share(self, column: str) -> float:
        """Return the part of the documents of which a column is right, from 0 to 1."""
        return 1 - len(self.faults[column]) / self.rows if self.rows else 1.0


def read_table(path: Path = TABLE) -> list[dict[str, str]]:
    """Read the table of right values, one row a document."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def check_documents(folder: Path, rows: Sequence[Mapping[str, str]]) -> Checked:
    """Read the documents of the table in a folder, and compare what is known of each."""
    faults: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for row in rows:
        try:
            metadata = read_document(folder / row["file"], folder).metadata
        except ReadingError as error:
            found = dict.fromkeys(COLUMNS, f"niet gelezen: {str(error)[:80]}")
        else:
            found = faults_of(metadata, row)
        for column, fault in found.items():
            faults[column].append(f"{row['file']}: {fault}")
    return Checked(len(rows), {column: tuple(each) for column, each in faults.items()})


def faults_of(metadata: Metadata, row: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong in the metadata of a document, by column, with the right value."""
    read = {
        "kind": metadata.kind,
        "title": metadata.name,
        "date": metadata.date,
        "issuer": metadata.issuer,
        "author_kind": str(metadata.author_kind),
    }
    faults = {
        column: f"{value or '-'!r}, niet {row[column][:120]!r}"
        for column, value in read.items()
        if not _is_right(column, value, row[column].split("|"))
    }
    missing = _missing(row["people"], [each.name for each in metadata.people])
    if missing:
        faults["people"] = f"zonder {', '.join(missing)}"
    return faults


def _is_right(column: str, value: str, right: Iterable[str]) -> bool:
    found = _plain(value)
    for each in right:
        wanted = "" if each == "-" else _plain(_SAME_KINDS.get(each, each))
        if found == wanted:
            return True
        is_part = wanted in found or (len(found) > _MIN_CONTAINED and found in wanted)
        if column in _LOOSE and wanted and found and is_part:
            return True
    return False


def _missing(people: str, names: Sequence[str]) -> list[str]:
    """Return the names that a row asks for and that are not known, of the best alternative."""
    known = [_plain(name) for name in names]
    shortest: list[str] | None = None
    for alternative in people.split("|"):
        wanted = [] if alternative == "-" else alternative.split("; ")
        bare = [re.sub(r"\s*\(.*", "", each) for each in wanted]
        lost = [each for each in bare if not any(_plain(each) in name for name in known)]
        if shortest is None or len(lost) < len(shortest):
            shortest = lost
    return shortest or []


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _print(checked: Checked) -> None:
    for column in COLUMNS:
        right = checked.rows - len(checked.faults[column])
        print(f"{column}: {right} van {checked.rows} goed ({checked.share(column):.1%})")
        for fault in checked.faults[column]:
            print(f"    {fault}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of the documents")
    _print(check_documents(parser.parse_args().folder, read_table()))
