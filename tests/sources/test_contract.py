"""What is asked of the Tweede Kamer, and what the local server answers, is what the Kamer has.

The real answers and the service's own `$metadata` are in ../shared/odata.
"""

from __future__ import annotations

import inspect
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.paths import SHARED
from tests.sources.service import NAVIGATION, PROPERTIES, Service, _expanded
from tests.sources.test_motions import case
from tests.sources.test_odata import LETTERS, document

from search.sources import Client, ListedPublication, motions, odata
from search.sources.motions import MotionRecords
from search.sources.odata import list_documents, list_numbered

ODATA = SHARED / "odata"
EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
Types = dict[str, dict[str, str]]
KINDS = {
    "Edm.String": str,
    "Edm.Guid": str,
    "Edm.DateTimeOffset": str,
    "Edm.Int32": int,
    "Edm.Boolean": bool,
}


@pytest.fixture(scope="module")
def types() -> Types:
    """Return the type of every property of every entity, by `$metadata`."""
    file = ODATA / "metadata.xml"
    if not file.is_file():
        pytest.skip("../shared/odata is not here")
    return {
        entity.get("Name", ""): {
            each.get("Name", ""): each.get("Type", "").replace("TK.DA.GGM.OData.", "")
            for each in entity
            if each.tag in (f"{EDM}Property", f"{EDM}NavigationProperty")
        }
        for entity in ElementTree.parse(file).iter(f"{EDM}EntityType")
    }


def paths(kind: str, options: dict[str, str], types: Types) -> Iterator[tuple[str, str]]:
    """Yield each property that `$select` and `$expand` name, with the entity that it is of."""
    for name in filter(None, options.get("$select", "").split(",")):
        yield kind, name
    for name, inner in _expanded(options.get("$expand", "")):
        yield kind, name
        yield from paths(other(types[kind][name]), inner, types)


def other(kind: str) -> str:
    return kind.removeprefix("Collection(").removesuffix(")")


def filtered(kind: str, wanted: str, types: Types) -> Iterator[tuple[str, str]]:
    """Yield each property that a `$filter` names, with the entity that it is of."""
    started = {}
    for name, letter in re.findall(r"(\w+)/any\((\w):", wanted):
        yield kind, name
        started[letter] = other(types[kind][name])
    for path in re.findall(r"([A-Za-z/]+) (?:eq|ge|lt) ", wanted):
        first, *rest = path.split("/")
        at, names = (started[first], rest) if first in started else (kind, [first, *rest])
        for name in names:
            yield at, name
            at = other(types[at].get(name, ""))


def ask_everything(service: Service, client: Client) -> None:
    """Make every kind of request that the fetcher makes of the Tweede Kamer."""
    list(list_documents(client, LETTERS))
    list(list_numbered(client, ["2021D10001", "2021Z04774"]))
    MotionRecords(client).find(ListedPublication("kst-1-1"), [ListedPublication("2021D10001")])
    assert [each.path for each in service.asked] == [*["/odata/Document"] * 3, "/odata/Zaak"]


def test_every_field_that_is_asked_for_exists(
    service: Service, client: Client, types: Types
) -> None:
    ask_everything(service, client)
    named = [
        each
        for asked in service.asked
        for kind in [asked.path.rpartition("/")[2]]
        for each in (
            *paths(kind, asked.query, types),
            *filtered(kind, asked.query["$filter"], types),
            *((kind, word) for word in asked.query.get("$orderby", "").split(" ")[:1] if word),
        )
    ]
    assert {("Besluit", "Stemming"), ("DocumentVersie", "ExterneIdentifier")} <= set(named)
    assert [each for each in named if each[1] not in types[each[0]]] == []


def test_no_request_expands_deeper_than_a_real_answer(service: Service, client: Client) -> None:
    # Real answers have Zaak, Document, HuidigeDocumentVersie, DocumentPublicatie: three deep. A
    # service of this kind limits the depth, and how many terms a filter has.
    def depth(options: dict[str, str]) -> int:
        inner = [depth(each) for _, each in _expanded(options.get("$expand", ""))]
        return 1 + max(inner) if inner else 0

    ask_everything(service, client)
    assert max(depth(each.query) for each in service.asked) == 3


def test_every_field_that_is_read_exists(types: Types) -> None:
    read = {
        name
        for module in (odata, motions)
        for name in re.findall(
            r'(?:\.get\(|said\[|_entities\(\w+, )"(\w+)"', inspect.getsource(module)
        )
    }
    assert {"Kabinetsappreciatie", "FractieGrootte", "Kamer", "Volgnummer"} <= read
    asked = ("Document", "DocumentVersie", "Kamerstukdossier", "Zaak", "Besluit", "Stemming")
    known = {name for kind in (*asked, "Agendapunt", "Activiteit") for name in types[kind]}
    assert read - known == set()


def test_local_server_has_the_fields_of_the_service(types: Types) -> None:
    for kind, names in PROPERTIES.items():
        properties = {name for name, each in types[kind].items() if each.startswith("Edm.")}
        assert set(names) == properties, kind
    for kind, leads in NAVIGATION.items():
        for name, to in leads.items():
            assert other(types[kind][name]) == to


def shapes(entities: Iterable[dict[str, Any]]) -> dict[str, set[type]]:
    """Return the types that each key has."""
    found: dict[str, set[type]] = defaultdict(set)
    for entity in entities:
        for key, value in entity.items():
            found[key].add(type(value))
    return found


def real(name: str) -> list[dict[str, Any]]:
    path = ODATA / name
    if not path.exists():
        pytest.skip("../shared/odata is not here")
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    read = [json.loads(Path(each).read_text("utf-8")) for each in files]
    return [each for one in read for each in (one if isinstance(one, list) else [one])]


def answered(client: Client, kind: str, expand: str) -> list[dict[str, Any]]:
    """Return what the local server answers without `$select`."""
    return list(odata.read_entities(client, kind, "Verwijderd eq false", expand))


def test_local_server_answers_in_the_form_of_the_real_answers(
    service: Service, client: Client, types: Types
) -> None:
    service.documents, service.cases = [document(70)], [case()]
    documents = answered(client, "Document", "Kamerstukdossier,HuidigeDocumentVersie")
    cases = answered(
        client, "Zaak", "Document($expand=HuidigeDocumentVersie),Besluit($expand=Stemming)"
    )
    deep = real("zaak-with-documents")
    decisions = [each for one in cases for each in one["Besluit"]]
    pairs = {
        "Document": (
            documents + [each for one in cases for each in one["Document"]],
            real("document-60.json") + [each for one in deep for each in one["Document"]],
        ),
        "Zaak": (cases, real("zaak-60.json") + deep),
        "DocumentVersie": (
            [each["HuidigeDocumentVersie"] for one in cases for each in one["Document"]],
            [each["HuidigeDocumentVersie"] for one in deep for each in one["Document"]],
        ),
        "Besluit": (decisions, real("besluit-60.json")),
        "Stemming": (
            [each for one in decisions for each in one["Stemming"]],
            real("stemming-60.json"),
        ),
    }
    for kind, (ours, theirs) in pairs.items():
        got, true = shapes(ours), shapes(theirs)
        # What the real ones have expanded and ours have not, and the other way round.
        leads = {name for name, each in types[kind].items() if not each.startswith("Edm.")}
        hidden = {name for name in types[kind] if name.endswith("_Id")}
        assert got.keys() - leads - hidden == true.keys() - leads - hidden, kind
        for key in got.keys() - leads:
            allowed = {KINDS[types[kind][key]], type(None)}
            assert got[key] <= allowed, (kind, key)
            assert true.get(key, set()) <= allowed, (kind, key)


def test_real_documents_are_read(service: Service, client: Client) -> None:
    for said in real("document-60.json"):
        listed = odata._read_document(client, said)
        assert listed.id == said["DocumentNummer"]
        assert (listed.metadata.chamber, listed.metadata.kind) == ("II", said["Soort"])
        assert listed.metadata.date == said["Datum"][:10]
        assert listed.metadata.subject == " ".join(said["Onderwerp"].split())
        assert listed.places[0].url == f"{service.base}/odata/Document({said['Id']})/resource"


def test_real_motions_are_read(service: Service, client: Client) -> None:
    service.cases = real("zaak-with-documents")
    listed = [
        odata._read_document(client, document)
        for one in service.cases
        for document in one["Document"]
    ]
    assert all(motions.may_be_motion(each.metadata) for each in listed)
    records = MotionRecords(client)
    service.page = 250
    found = [records.find(each, listed[at + 1 :]) for at, each in enumerate(listed)]
    assert [each.appreciation if each else None for each in found] == [
        one["Kabinetsappreciatie"] for one in service.cases
    ]
    assert [each.number if each else None for each in found] == [
        one["Nummer"] for one in service.cases
    ]
    assert len(service.asked) == 4  # of forty motions
