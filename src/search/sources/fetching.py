"""Fetches the publications that the services list into the corpus, one after another."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from io import BytesIO

from search.corpus.folder import CorpusFolder, is_safe
from search.errors import SourceError
from search.reading.markup.xml_text import local_name
from search.records import Metadata, MotionRecord
from search.references import read_id
from search.sources.client import Client
from search.sources.listing import (
    MANIFESTATIONS,
    FileAddress,
    ListedPublication,
    PublicationFilter,
    in_order,
    merge,
)
from search.sources.markup import names_identifier, parse_reply
from search.sources.motions import MotionRecords, may_be_motion
from search.sources.odata import is_case, is_number, list_documents, list_numbered
from search.sources.sru import list_annexes, list_publications, look_up

__all__ = [
    "FailedService",
    "FetchOutcome",
    "FetchResult",
    "Listing",
    "fetch",
    "list_matching",
    "list_named",
]

_SRU = "Officiële publicaties (SRU)"
_ODATA = "Tweede Kamer (OData)"
_XML_ROOT = b"<officiele-publicatie"
_PACKAGE_PARTS = {"odt": "content.xml", "docx": "[Content_Types].xml"}


class FetchOutcome(StrEnum):
    """The outcome of fetching a publication; the values are shown."""

    FETCHED = "opgehaald"
    RENEWED = "vernieuwd"
    PRESENT = "was er al"
    FAILED = "mislukt"


@dataclass(frozen=True, slots=True)
class FetchResult:
    """The result of fetching one publication."""

    id: str
    outcome: FetchOutcome
    path: str = ""
    """The file within the corpus, with forward slashes."""
    url: str = ""
    """The address that the file came from."""
    reason: str = ""
    """Why it failed, or a remark for the user, in Dutch."""
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True)
class FailedService:
    """A service that returned no list, or an incomplete one, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the services list, each publication once, and which services failed."""

    listed: tuple[ListedPublication, ...]
    failures: tuple[FailedService, ...] = ()


def list_matching(
    client: Client,
    wanted: PublicationFilter,
    *,
    known: Callable[[ListedPublication], bool] = lambda _: False,
    most: int | None = None,
) -> Listing:
    """Return what is wanted from all services; one that fails is named, and the others are used.

    Publications that are `known` are listed as well; with `most`, listing stops after that many
    others. A dossier is only looked up in the official publications, which cover both chambers.
    """
    sources: dict[str, Callable[[Client, PublicationFilter], Iterator[ListedPublication]]] = {
        _SRU: list_publications
    }
    if not wanted.dossier:
        sources[_ODATA] = list_documents
    found: list[ListedPublication] = []
    failures = []
    for name, source in sources.items():
        try:
            _take(source(client, wanted), found, known, most)
        except SourceError as error:
            failures.append(FailedService(name, str(error)))
    listed: list[ListedPublication] = []
    _take(merge(found), listed, known, most)
    return Listing(tuple(listed), tuple(failures))


def list_named(
    client: Client,
    names: Sequence[str],
    annexes_of: Sequence[str] = (),
    *,
    known: Callable[[ListedPublication], bool] = lambda _: False,
    most: int | None = None,
) -> Listing:
    """Return publications by id, and by the Kamer's number of a document or case; see
    `list_matching`.

    Only for those numbers, and for the annexes to the publications of `annexes_of`, the services
    are asked. What they do not know is named among the failures.
    """
    numbers = [each for each in names if is_number(each) and not known(ListedPublication(each))]
    documents = [each for each in numbers if not is_case(each)]
    sources = [(_ODATA, list_numbered(client, documents), documents)] if documents else []
    sources += [
        (_ODATA, list_numbered(client, [each]), [each]) for each in filter(is_case, numbers)
    ]
    sources += [(_SRU, list_annexes(client, each), [f"Bijlage bij {each}"]) for each in annexes_of]
    found = [ListedPublication(each) for each in names if each not in numbers]
    failures = []
    for service, source, wanted in sources:
        try:
            these = list(source)
        except SourceError as error:
            failures.append(FailedService(service, str(error)))
            continue
        found += these
        there = {name for each in these for name in each.names}
        # What is found of a case or a publication has other names than what was asked for.
        lost = [each for each in wanted if each not in there] if len(wanted) > len(these) else []
        failures += [FailedService(service, f"{each} is daar niet bekend.") for each in lost]
    listed: list[ListedPublication] = []
    _take(merge(found), listed, known, most)
    return Listing(tuple(listed), tuple(failures))


def _take(
    source: Iterable[ListedPublication],
    into: list[ListedPublication],
    known: Callable[[ListedPublication], bool],
    most: int | None,
) -> None:
    """Append what a source lists until `most` are new; if the source fails, `into` keeps them."""
    new = 0
    for each in source:
        into.append(each)
        new += not known(each)
        if most is not None and new >= most:
            return


def fetch(
    client: Client,
    folder: CorpusFolder,
    listed: Sequence[ListedPublication],
    forms: Sequence[str],
    *,
    refresh: bool = False,
) -> Iterator[FetchResult]:
    """Fetch publications into the corpus one by one, and yield the result of each.

    Of each, the first of `MANIFESTATIONS` is taken that exists, is valid and is one of `forms`.
    What is in the corpus is not fetched again, except with `refresh`: then a file that was fetched
    earlier is replaced if it has changed at the source. A motion's sidecar gets what the Kamer did
    with it. Raises UsageError if the corpus can't be written.
    """
    records = MotionRecords(client)
    for number, each in enumerate(listed):
        upcoming = (
            later
            for later in listed[number + 1 :]
            if may_be_motion(later.metadata) and (refresh or not folder.find(later.names))
        )
        find = partial(records.find, upcoming=upcoming)
        yield _fetch_one(client, folder, each, forms, refresh, find)


def _fetch_one(
    client: Client,
    folder: CorpusFolder,
    listed: ListedPublication,
    forms: Sequence[str],
    refresh: bool,
    find_record: Callable[[ListedPublication], MotionRecord | None],
) -> FetchResult:
    result = FetchResult(listed.id, FetchOutcome.FAILED, metadata=listed.metadata)
    if not is_safe(listed.id):
        return replace(result, reason="De bron geeft geen bruikbaar id.")
    found = folder.find(listed.names)
    if found:
        result = replace(result, outcome=FetchOutcome.PRESENT, path=folder.name(found))
        form = found.suffix.lower().removeprefix(".")
        if not refresh:
            return result
        if form not in MANIFESTATIONS:
            return replace(result, reason="Dit bestand komt niet van de bron en is niet vervangen.")
        forms = (form,)
    failure = ""
    if not listed.places:
        listed, failure = _with_addresses(client, listed)
    listed = replace(listed, metadata=_without_unknown_host(client, listed.metadata))
    got, refusals = _download(client, listed, forms)
    if got is None:
        reason = _no_file(listed, forms, [*filter(None, [failure]), *refusals])
        return replace(result, outcome=FetchOutcome.FAILED, reason=reason, metadata=listed.metadata)
    place, content = got
    remarks = [f"Zonder titel en datum: {failure}"] if failure else []
    listed = _with_motion(listed, find_record, remarks)
    result = replace(result, reason=" ".join(remarks), url=place.url, metadata=listed.metadata)
    if not found:
        path = folder.put(listed.id, place.form, content, listed.metadata)
        return replace(result, outcome=FetchOutcome.FETCHED, path=folder.name(path))
    changed = folder.renew(found, content, listed.metadata)
    return replace(result, outcome=FetchOutcome.RENEWED if changed else FetchOutcome.PRESENT)


def _with_motion(
    listed: ListedPublication,
    find_record: Callable[[ListedPublication], MotionRecord | None],
    remarks: list[str],
) -> ListedPublication:
    """Return a publication with its verdict and vote if it is a motion; a failure is a remark."""
    if not may_be_motion(listed.metadata):
        return listed
    try:
        return replace(listed, metadata=replace(listed.metadata, motion=find_record(listed)))
    except SourceError as error:
        remarks.append(f"Zonder appreciatie en stemming: {error}")
        return listed


def _with_addresses(client: Client, listed: ListedPublication) -> tuple[ListedPublication, str]:
    """Return a publication with the addresses of its files, by default the usual ones.

    The text says why the service did not give them, if the service failed.
    """
    failure = ""
    try:
        found = look_up(client, listed.id)
    except SourceError as error:
        found, failure = None, str(error)
    if found and found.places:
        return replace(found, id=listed.id), ""
    identifier = read_id(listed.id)
    # Old ids have no XML.
    usual = ("xml", "html", "pdf") if not identifier or identifier.xml_url else ("html", "pdf")
    base = f"{client.settings.repository}{listed.id}"
    metadata = found.metadata if found else Metadata()
    if identifier:
        metadata = replace(
            metadata,
            url=metadata.url or identifier.page_url,
            chamber=metadata.chamber or identifier.chamber,
        )
    places = tuple(FileAddress(form, f"{base}.{form}") for form in usual)
    return ListedPublication(listed.id, metadata, places), failure


def _without_unknown_host(client: Client, metadata: Metadata) -> Metadata:
    """Return metadata without a page on an unknown host, because the app links to that page."""
    try:
        return replace(metadata, url=client.admit(metadata.url) if metadata.url else "")
    except SourceError:
        return replace(metadata, url="")


def _download(
    client: Client, listed: ListedPublication, forms: Sequence[str]
) -> tuple[tuple[FileAddress, bytes] | None, list[str]]:
    refusals: dict[str, list[str]] = {}
    for place in in_order(listed.places):
        if place.form not in forms:
            continue
        try:
            reply = client.get(place.url)
            check_content(place.form, reply.content, listed.id)
        except SourceError as error:
            refusals.setdefault(str(error), []).append(place.form)
        else:
            return (replace(place, url=reply.url), reply.content), []
    return None, [f"{', '.join(forms)}: {reason}" for reason, forms in refusals.items()]


def check_content(form: str, content: bytes, identifier: str) -> None:
    """Raise SourceError, which says what is wrong, unless a file is a complete one of its form.

    A service may answer "not found" as a web page with status 200, so status and media type are
    not trusted.
    """
    if form == "xml":
        if _XML_ROOT not in content:
            raise SourceError("Het antwoord is geen officiële publicatie.")
        if local_name(parse_reply(content, "De bron")) != "officiele-publicatie":
            raise SourceError("Het antwoord is geen officiële publicatie.")
    elif form == "html":
        if not names_identifier(content, identifier):
            raise SourceError("Het antwoord is een andere webpagina.")
    elif form == "pdf":
        # Other bytes may come before the header: PDF 1.7, Annex H, implementation note 13.
        if b"%PDF-" not in content[:1024]:
            raise SourceError("Het antwoord is geen PDF.")
    elif not _is_package(content, _PACKAGE_PARTS[form]):
        raise SourceError(f"Het antwoord is geen {form}-bestand.")


def _is_package(content: bytes, part: str) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return part in package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _no_file(listed: ListedPublication, forms: Sequence[str], refusals: Sequence[str]) -> str:
    """Return why there is no file: what was refused, or that no form can be read."""
    if any(place.form in forms for place in listed.places):
        return " ".join(refusals)
    there = dict.fromkeys(place.form for place in listed.places)
    return " ".join(
        [
            *refusals,
            f"De bron heeft het alleen als {', '.join(there) or 'niets'}; "
            f"gelezen worden: {', '.join(forms) or 'geen van de vormen van de bron'}.",
        ]
    )
