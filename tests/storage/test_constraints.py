"""Which documents meet the constraints of a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from search.records import Document, DocumentConstraints, Dossier, Metadata, SourceMap
from search.storage import FORMAT, Index, Indexable, LocalStore, Manifest, StoredDocument

DOCUMENTS = {
    "brief": Metadata(
        kind="Brief regering", date="2021-03-24", dossiers=(Dossier("29861"),), ondernummer="70"
    ),
    "begroting": Metadata(
        kind="Brief  Regering",
        date="2020-10-01",
        ondernummer="a",
        dossiers=(Dossier("35570-VIII"), Dossier("29861")),
    ),
    "nieuws": Metadata(kind="Nieuwsbericht", date="2021"),
    "los": Metadata(),
}


def indexable(identifier: str, metadata: Metadata) -> Indexable:
    """Return a document without words."""
    document = Document(identifier, f"{identifier}.md", "", metadata, (), (), (), (), SourceMap(()))
    none = np.zeros((0, 2), dtype=np.float32)
    stored = StoredDocument(document, (), (), (), ())
    return Indexable(stored, (), (), none, none, lambda: "")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Index the documents."""
    folder: Path = tmp_path_factory.mktemp("index")
    store = LocalStore(folder)
    with store.new_generation(2) as writer:
        for identifier, metadata in DOCUMENTS.items():
            writer.add(indexable(identifier, metadata))
        writer.finish(Manifest(FORMAT, "", "", "", 2, 0, 0, 0, {}, {}), lambda *_: None)
    opened = store.open()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        (DocumentConstraints(dossier="29861"), ["brief", "begroting"]),
        (DocumentConstraints(dossier="29861", ondernummer="70"), ["brief"]),
        (DocumentConstraints(dossier="29861", ondernummer="A"), ["begroting"]),
        (DocumentConstraints(dossier="35570"), []),
        (DocumentConstraints(dossier="35570-VIII"), ["begroting"]),
        (DocumentConstraints(kind="brief"), ["brief", "begroting"]),
        (DocumentConstraints(kind="regering"), ["brief", "begroting"]),
        (DocumentConstraints(kind="bericht"), []),
        (DocumentConstraints(kind="nieuwsbericht"), ["nieuws"]),
        (DocumentConstraints(date_from="2021"), ["brief", "nieuws"]),
        (DocumentConstraints(date_to="2020"), ["begroting"]),
        (DocumentConstraints(date_from="2020", date_to="2020"), ["begroting"]),
        (DocumentConstraints(date_from="2020", date_to="2021"), ["brief", "begroting", "nieuws"]),
        (DocumentConstraints(date_from="2022"), []),
        (DocumentConstraints(), ["brief", "begroting", "nieuws", "los"]),
        (DocumentConstraints(dossier="' OR 1=1 --"), []),
        (DocumentConstraints(kind="%"), []),
    ],
)
def test_documents_of(index: Index, constraints: DocumentConstraints, expected: list[str]) -> None:
    assert index.documents_of(constraints) == expected
