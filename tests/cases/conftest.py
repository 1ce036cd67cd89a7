"""The small files of ../shared/cases, each read and labelled once.

Each stands for a kind of document that used to go wrong; its README says what is right.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from search.embedding import Encoder
from search.indexing.stages import Read, prepared
from search.labels import Labeller
from search.reading import read_document, read_source
from search.records import Document, Label

CASES = Path(__file__).parents[3] / "shared" / "cases"

Case = Callable[[str], Document]
Labelled = Callable[[str], list[tuple[str, Label]]]
Changed = Callable[..., Document]


@pytest.fixture(scope="session")
def cases() -> Path:
    """Give the folder of the case files."""
    if not CASES.is_dir():
        pytest.skip("../shared/cases is not here: no case files to read")
    return CASES


@pytest.fixture(scope="session")
def case(cases: Path) -> Case:
    """Give a function that reads a case file, each once."""
    return cache(lambda name: read_document(cases / name, cases))


@pytest.fixture(scope="session")
def labelled(cases: Path, case: Case, builtin: Encoder, labeller: Labeller) -> Labelled:
    """Give a function that labels a case file as an index would, each once.

    It gives the sentences that have a label, on one line each, in order of the text.
    """

    def label(name: str) -> list[tuple[str, Label]]:
        document = case(name)
        read = Read(document, lambda: read_source(cases / name))
        (made,) = prepared([read], builtin, labeller, lambda *_: None)
        return [
            (" ".join(document.text[each.start : each.end].split()), each.label)
            for passage in made.stored.passages
            for each in passage.sentences
            if each.label
        ]

    return cache(label)


@pytest.fixture
def changed(cases: Path, tmp_path: Path) -> Changed:
    """Give a function that reads a case file of which something is replaced.

    `part` names the part of a packed file in which that is done; `name` renames the file.
    """

    def change(
        case: str, old: str = "", new: str = "", *, part: str = "", name: str = ""
    ) -> Document:
        content = (cases / case).read_bytes()
        replaced = _repacked(content, part, old, new) if part else _replaced(content, old, new)
        path = tmp_path / (name or case)
        path.write_bytes(replaced)
        return read_document(path, tmp_path)

    return change


def _replaced(content: bytes, old: str, new: str) -> bytes:
    assert old.encode() in content, f"the case file has no {old!r}"
    return content.replace(old.encode(), new.encode())


def _repacked(content: bytes, part: str, old: str, new: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as file:
        for each in packed.namelist():
            inner = packed.read(each)
            file.writestr(each, _replaced(inner, old, new) if each == part else inner)
    return out.getvalue()
