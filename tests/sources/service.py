"""A local server that speaks both official interfaces, and fails in the ways that they do."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit
from xml.sax.saxutils import escape

from search.sources import Client, SourceSettings

__all__ = [
    "NAVIGATION",
    "PROPERTIES",
    "Answer",
    "Asked",
    "FakeTime",
    "Publication",
    "Service",
    "kst",
    "page_of",
    "serving",
]

NAMES = {"I": "Eerste Kamer der Staten-Generaal", "II": "Tweede Kamer der Staten-Generaal"}

_CHANGED = "GewijzigdOp ApiGewijzigdOp Verwijderd"
PROPERTIES = {
    name: f"Id {own} {_CHANGED}".split()
    for name, own in {
        "Document": "Soort DocumentNummer Titel Onderwerp Datum Vergaderjaar Kamer Volgnummer "
        "Citeertitel Alias DatumRegistratie DatumOntvangst Aanhangselnummer KenmerkAfzender "
        "Organisatie ContentType ContentLength HuidigeDocumentVersie_Id",
        "DocumentVersie": "Status Versienummer Bestandsgrootte Extensie Datum Document_Id "
        "ExterneIdentifier",
        "Kamerstukdossier": "Titel Citeertitel Alias Nummer Toevoeging HoogsteVolgnummer "
        "Afgesloten Kamer",
        "Zaak": "Nummer Soort Titel Citeertitel Alias Status Onderwerp GestartOp Organisatie "
        "Grondslagvoorhang Termijn Vergaderjaar Volgnummer HuidigeBehandelstatus Afgedaan "
        "GrootProject Kabinetsappreciatie",
        "Besluit": "Agendapunt_Id StemmingsSoort BesluitSoort BesluitTekst Opmerking Status "
        "AgendapuntZaakBesluitVolgorde",
        "Stemming": "Besluit_Id Soort FractieGrootte ActorNaam ActorFractie Vergissing "
        "SidActorLid SidActorFractie Persoon_Id Fractie_Id",
        "Agendapunt": "Nummer Onderwerp Aanvangstijd Eindtijd Volgorde Rubriek Noot Status "
        "Activiteit_Id",
        "Activiteit": "Soort Nummer Onderwerp DatumSoort Datum Aanvangstijd Eindtijd Locatie "
        "Besloten Status Vergaderjaar Kamer Noot VRSNummer SidVoortouw Voortouwnaam "
        "Voortouwafkorting Voortouwkortenaam Voortouwcommissie_Id Aanvraagdatum "
        "DatumVerzoekEersteVerlenging DatumMededelingEersteVerlenging "
        "DatumVerzoekTweedeVerlenging DatumMededelingTweedeVerlenging Vervaldatum",
    }.items()
}
"""The properties of the Tweede Kamer's entities, as its `$metadata` names them."""
NAVIGATION = {
    "Document": {
        "Kamerstukdossier": "Kamerstukdossier",
        "HuidigeDocumentVersie": "DocumentVersie",
        "Zaak": "Zaak",
    },
    "Zaak": {"Document": "Document", "Besluit": "Besluit", "Kamerstukdossier": "Kamerstukdossier"},
    "Besluit": {"Stemming": "Stemming", "Agendapunt": "Agendapunt"},
    "Agendapunt": {"Activiteit": "Activiteit"},
}
"""Of each entity, which others it leads to, and their types."""


def kst(text: str = "Het kabinet reageert.") -> bytes:
    """Write a small official publication in XML."""
    return f"<officiele-publicatie><al>{escape(text)}</al></officiele-publicatie>".encode()


def page_of(identifier: str) -> bytes:
    """Write the official web page of a publication."""
    return (
        f'<!DOCTYPE html><html><head><meta name="DC.identifier" content="{identifier}">'
        "</head><body><p>Tekst</p></body></html>"
    ).encode()


@dataclass
class Answer:
    """What the server says next at an address."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    broken: bool = False
    """Announce all of the body, send half and hang up."""
    unsized: bool = False
    """Do not announce how long the body is."""


@dataclass
class Publication:
    """A publication that SRU knows."""

    id: str
    date: str = "2021-03-24"
    kind: str = "Brief regering"
    dossier: str = "29861"
    chamber: str = "II"
    files: dict[str, bytes] = field(default_factory=lambda: {"xml": kst()})
    title: str = ""
    main: str = ""
    """The publication that it is an annex to."""

    def record(self, base: str) -> str:
        """Write its SRU record, with the namespaces that the service uses."""
        title = self.title or f"Integratiebeleid; {self.kind}; Over {self.id}"
        items = "".join(
            f'<gzd:itemUrl manifestation="{form}">{base}/frbr/{self.id}.{form}</gzd:itemUrl>'
            for form in self.files
        )
        return (
            "<sru:record><sru:recordData><gzd:gzd><gzd:originalData><w:meta><w:owmskern>"
            f"<dcterms:identifier>{escape(self.id)}</dcterms:identifier>"
            f"<dcterms:title>{escape(title)}</dcterms:title>"
            '<dcterms:type scheme="OVERHEID.Informatietype">officiële publicatie</dcterms:type>'
            '<dcterms:type scheme="OVERHEIDop.Parlementair">Kamerstuk</dcterms:type>'
            f'<dcterms:type scheme="OVERHEIDop.KamerstukTypen">{escape(self.kind)}</dcterms:type>'
            f"<dcterms:creator>{NAMES[self.chamber]}</dcterms:creator></w:owmskern><w:owmsmantel>"
            f"<dcterms:date>{self.date}</dcterms:date>"
            '<dcterms:subject scheme="OVERHEID.TaxonomieBeleidsagenda">'
            "Migratie en integratie | Integratie</dcterms:subject>"
            "</w:owmsmantel></w:meta></gzd:originalData><gzd:enrichedData>"
            f"<gzd:preferredUrl>https://zoek.officielebekendmakingen.nl/{self.id}.html"
            f"</gzd:preferredUrl>{items}</gzd:enrichedData></gzd:gzd></sru:recordData></sru:record>"
        )


@dataclass(frozen=True)
class Asked:
    """A request that the server got."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


class FakeTime:
    """A clock that goes on only when someone sleeps."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.sleeps: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        self.sleeps.append(seconds)
        self.passed += seconds

    def clock(self) -> float:
        """Return the seconds that passed."""
        return self.passed

    def now(self) -> datetime:
        """Return a fixed moment."""
        return datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Service:
    """What the server knows, what it was told to say, and what it was asked."""

    def __init__(self) -> None:
        self.base = ""
        self.publications: list[Publication] = []
        self.documents: list[dict[str, Any]] = []
        self.cases: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.told: dict[str, list[Answer]] = {}
        self.asked: list[Asked] = []
        self.page = 2
        self.linked = True

    def tell(self, path: str, *answers: Answer) -> None:
        """Return these answers, one a request, and then go on as usual."""
        self.told[path] = list(answers)

    def always(self, path: str, answer: Answer) -> None:
        """Return the same answer for ever."""
        self.told[path] = [answer] * 1000

    def paths(self) -> list[str]:
        """Return the addresses that were asked, without their queries."""
        return [each.path for each in self.asked]

    def settings(self) -> SourceSettings:
        """Return the settings that lead to this server."""
        return SourceSettings(
            sru=f"{self.base}/sru", odata=f"{self.base}/odata/", repository=f"{self.base}/repo/"
        )

    def client(self, time: FakeTime, settings: SourceSettings | None = None) -> Client:
        """Make a client for which no time passes really."""
        chosen = settings or self.settings()
        return Client(chosen, sleep=time.sleep, clock=time.clock, now=time.now)

    def answer(self, path: str, query: dict[str, str]) -> Answer:
        """Return what the server says to a request."""
        told = self.told.get(path)
        if told:
            return told.pop(0)
        if path == "/sru":
            return Answer(body=self._sru(query).encode())
        if path in ("/odata/Document", "/odata/Zaak"):
            try:
                return Answer(body=json.dumps(self._odata(path[7:], query)).encode())
            except (KeyError, ValueError) as error:
                return Answer(400, json.dumps({"error": {"message": str(error)}}).encode())
        known = {
            f"/frbr/{p.id}.{form}": body
            for p in self.publications
            for form, body in p.files.items()
        } | self.files
        return Answer(body=known[path]) if path in known else Answer(404, b"<html>404</html>")

    def _sru(self, query: dict[str, str]) -> str:
        terms = dict(re.findall(r'([\w.]+)(?:==|>=)"([^"]*)"', query["query"]))
        dossiers = re.findall(r'w\.dossiernummer=="([^"]*)"', query["query"])
        until = re.findall(r'dt\.date<="([^"]*)"', query["query"])
        found = [
            each
            for each in self.publications
            if each.id == terms.get("dt.identifier", each.id)
            and each.dossier in (dossiers or [each.dossier])
            and each.main == terms.get("w.hoofddocument", each.main)
            and each.kind == terms.get("dt.type", each.kind)
            and NAMES[each.chamber] == terms.get("dt.creator", NAMES[each.chamber])
            and terms.get("dt.date", "") <= each.date <= (until[0] if until else "9999")
        ]
        start = int(query["startRecord"]) - 1
        shown = "".join(each.record(self.base) for each in found[start : start + self.page])
        return (
            '<?xml version="1.0" encoding="UTF-8"?><sru:searchRetrieveResponse'
            ' xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse"'
            ' xmlns:gzd="http://standaarden.overheid.nl/sru"'
            ' xmlns:w="http://standaarden.overheid.nl/wetgeving/"'
            ' xmlns:dcterms="http://purl.org/dc/terms/"><sru:version>2.0</sru:version>'
            f"<sru:numberOfRecords>{len(found)}</sru:numberOfRecords>"
            f"<sru:records>{shown}</sru:records></sru:searchRetrieveResponse>"
        )

    def _odata(self, kind: str, query: dict[str, str]) -> dict[str, Any]:
        entities = self.documents if kind == "Document" else self.cases
        wanted = query["$filter"]
        found = [each for each in entities if _meets(each, wanted)]
        start = int(query.get("$skip", "0"))
        options = {name: text for name, text in query.items() if name in ("$select", "$expand")}
        shown = [_entity(kind, each, options) for each in found[start : start + self.page]]
        answer: dict[str, Any] = {
            "@odata.context": f"{self.base}/odata/$metadata#{kind}",
            "value": shown,
        }
        if self.linked and start + self.page < len(found):
            rest = {**query, "$skip": str(start + self.page)}
            answer["@odata.nextLink"] = f"{self.base}/odata/{kind}?{urlencode(rest)}"
        return answer


def _meets(entity: dict[str, Any], wanted: str) -> bool:
    kind = re.search(r"Soort eq '([^']*)'", wanted)
    since, until = re.search(r"Datum ge (\S+)", wanted), re.search(r"Datum lt (\S+)", wanted)
    numbers = re.findall(r"(?<!/)DocumentNummer eq '([^']*)'", wanted)
    cases = re.findall(r"z/Nummer eq '([^']*)'", wanted)
    named = re.findall(r"d/(?:DocumentNummer|\w+/ExterneIdentifier) eq '([^']*)'", wanted)
    moment = _moment(entity.get("Datum") or "2001-01-01T00:00:00Z")
    return (
        (not kind or entity["Soort"] == kind[1])
        and (not since or _moment(since[1]) <= moment)
        and (not until or moment < _moment(until[1]))
        and (not numbers or entity["DocumentNummer"] in numbers)
        and (not cases or any(each["Nummer"] in cases for each in entity.get("Zaak", [])))
        and (not named or any(_names(each) & set(named) for each in entity["Document"]))
    )


def _names(document: dict[str, Any]) -> set[str | None]:
    version = document.get("HuidigeDocumentVersie") or {}
    return {document.get("DocumentNummer"), version.get("ExterneIdentifier")}


def _entity(kind: str, known: dict[str, Any], options: dict[str, str]) -> dict[str, Any]:
    """Return an entity as the service would: every property, and what leads elsewhere if asked.

    Raises KeyError for a property that its kind does not have.
    """
    there = dict.fromkeys(PROPERTIES[kind]) | {"Verwijderd": False}
    chosen = options["$select"].split(",") if "$select" in options else list(there)
    shown = {name: known.get(name, there[name]) for name in chosen}
    for name, inner in _expanded(options.get("$expand", "")):
        other, value = NAVIGATION[kind][name], known.get(name)
        if isinstance(value, list):
            shown[name] = [_entity(other, each, inner) for each in value]
        else:
            shown[name] = _entity(other, value, inner) if isinstance(value, dict) else value
    return shown


def _expanded(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what `$expand` names, with the options in its brackets; raises ValueError."""
    for each in _parts(text, ","):
        name, _, rest = each.partition("(")
        options = dict(part.split("=", 1) for part in _parts(rest.removesuffix(")"), ";"))
        if not options.keys() <= {"$select", "$expand"}:
            raise ValueError(each)
        yield name, options


def _parts(text: str, separator: str) -> list[str]:
    """Split a text at separators that are outside brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == separator and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [each for each in parts if each]


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, service: Service, *arguments: Any) -> None:
        self.service = service
        super().__init__(*arguments)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = unquote(parts.path)
        self.service.asked.append(Asked(path, query, dict(self.headers)))
        answer = self.service.answer(path, query)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if not answer.unsized:
            self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        half = len(answer.body) // 2
        # A client that has had enough hangs up.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(answer.body[:half] if answer.broken else answer.body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Keep quiet."""


@contextmanager
def serving() -> Iterator[Service]:
    """Run a server on this machine while the block runs."""
    service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, service))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    service.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
