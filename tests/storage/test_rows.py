"""Metadata come back from the column of JSON as they were written."""

from __future__ import annotations

import json
from dataclasses import asdict

from search.records import AuthorKind, Dossier, Metadata, MotionRecord, Person, Vote
from search.storage.rows import metadata_from_json

VOTES = (Vote("D66", "Voor", 24), Vote("SGP", "Tegen", 3, mistaken=True))


def test_metadata_come_back_whole() -> None:
    metadata = Metadata(
        dossiers=(Dossier("29861", "Integratiebeleid"),),
        author_kind=AuthorKind.PARLIAMENT,
        people=(Person("Van der Sloot", "indiener"),),
        motion=MotionRecord("2021Z04774", "Motie", decision="Aangenomen.", votes=VOTES),
    )
    for each in (metadata, Metadata()):
        assert metadata_from_json(json.dumps(asdict(each))) == each
