"""From what the services list to files in the corpus: one publication after another."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO

from search.corpus.folder import CorpusFolder, is_safe
from search.errors import SourceError
from search.reading.markup.xml_text import local_name
from search.records import Metadata
from search.references import read_id
from search.sources.client import Client
from search.sources.listing import (
    MANIFESTATIONS,
    FileAddress,
    ListedPublication,
    Wanted,
    in_order,
    merge,
)
from search.sources.markup import names_identifier, parse_reply
from search.sources.odata import list_documents
from search.sources.sru import list_publications, look_up

__all__ = ["FetchOutcome", "Fetched", "Listing", "Silence", "fetch", "list_ids", "list_wanted"]

_MARK = b"<officiele-publicatie"
_PARTS = {"odt": "content.xml", "docx": "[Content_Types].xml"}


class FetchOutcome(StrEnum):
    """What became of a publication; the values are shown."""

    FETCHED = "opgehaald"
    RENEWED = "vernieuwd"
    PRESENT = "was er al"
    FAILED = "mislukt"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one publication."""

    id: str
    outcome: FetchOutcome
    path: str = ""
    """The file within the corpus, with forward slashes."""
    url: str = ""
    """Where the file came from."""
    reason: str = ""
    """Why it failed, or what else the user should know, in Dutch."""
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True)
class Silence:
    """A service that gave no list, or not all of it, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the services list, each publication once, and which of them fell silent."""

    listed: tuple[ListedPublication, ...]
    silences: tuple[Silence, ...] = ()


def list_wanted(
    client: Client,
    wanted: Wanted,
    *,
    known: Callable[[ListedPublication], bool] = lambda _: False,
    most: int | None = None,
) -> Listing:
    """List what is wanted at all services; one that fails is named, and the others are used.

    Those that are `known` are listed as well; with `most`, listing stops after so many others.
    A dossier is asked of the official publications alone, which have both chambers.
    """
    sources: dict[str, Callable[[Client, Wanted], Iterator[ListedPublication]]] = {
        "Officiële publicaties (SRU)": list_publications
    }
    if not wanted.dossier:
        sources["Tweede Kamer (OData)"] = list_documents
    found: list[ListedPublication] = []
    silences = []
    for name, source in sources.items():
        try:
            _take(source(client, wanted), found, known, most)
        except SourceError as error:
            silences.append(Silence(name, str(error)))
    listed: list[ListedPublication] = []
    _take(merge(found), listed, known, most)
    return Listing(tuple(listed), tuple(silences))


def list_ids(
    ids: Iterable[str],
    *,
    known: Callable[[ListedPublication], bool] = lambda _: False,
    most: int | None = None,
) -> Listing:
    """List publications by their ids, without asking anyone yet; see `list_wanted`."""
    listed: list[ListedPublication] = []
    _take(merge(map(ListedPublication, ids)), listed, known, most)
    return Listing(tuple(listed))


def _take(
    source: Iterable[ListedPublication],
    into: list[ListedPublication],
    known: Callable[[ListedPublication], bool],
    most: int | None,
) -> None:
    """Move what a source lists into a list, until `most` of it are new; what came stays there."""
    new = 0
    for each in source:
        into.append(each)
        new += not known(each)
        if most is not None and new >= most:
            return


def fetch(
    client: Client,
    shelf: CorpusFolder,
    listed: Sequence[ListedPublication],
    forms: Sequence[str],
    *,
    refresh: bool = False,
) -> Iterator[Fetched]:
    """Fetch publications into the corpus one by one, and say of each what became of it.

    Of each the first of `MANIFESTATIONS` is taken that is there, is what it should be and is one
    of `forms`. What is in the corpus is not asked for again, but with `refresh`: then a file that
    was fetched earlier is replaced where the source's has changed. Raises UsageError when the
    corpus can't be written.
    """
    for each in listed:
        yield _fetch_one(client, shelf, each, forms, refresh)


def _fetch_one(
    client: Client,
    shelf: CorpusFolder,
    listed: ListedPublication,
    forms: Sequence[str],
    refresh: bool,
) -> Fetched:
    result = Fetched(listed.id, FetchOutcome.FAILED, metadata=listed.metadata)
    if not is_safe(listed.id):
        return replace(result, reason="De bron geeft geen bruikbaar id.")
    found = shelf.find(listed.names)
    if found:
        result = replace(result, outcome=FetchOutcome.PRESENT, path=shelf.name(found))
        form = found.suffix.lower().removeprefix(".")
        if not refresh:
            return result
        if form not in MANIFESTATIONS:
            return replace(result, reason="Dit bestand komt niet van de bron en is niet vervangen.")
        forms = (form,)
    silence = ""
    if not listed.places:
        listed, silence = _looked_up(client, listed)
    listed = replace(listed, metadata=_trusted(client, listed.metadata))
    got, refusals = _download(client, listed, forms)
    if got is None:
        reason = _no_file(listed, forms, [*filter(None, [silence]), *refusals])
        return replace(result, outcome=FetchOutcome.FAILED, reason=reason, metadata=listed.metadata)
    place, content = got
    remark = f"Zonder titel en datum: {silence}" if silence else ""
    result = replace(result, reason=remark, url=place.url, metadata=listed.metadata)
    if not found:
        path = shelf.put(listed.id, place.form, content, listed.metadata)
        return replace(result, outcome=FetchOutcome.FETCHED, path=shelf.name(path))
    changed = shelf.renew(found, content, listed.metadata)
    return replace(result, outcome=FetchOutcome.RENEWED if changed else FetchOutcome.PRESENT)


def _looked_up(client: Client, listed: ListedPublication) -> tuple[ListedPublication, str]:
    """Ask where a publication's files are; where that is not said, they are at the usual place.

    The text says why the service did not say it, when it was the service that failed.
    """
    silence = ""
    try:
        found = look_up(client, listed.id)
    except SourceError as error:
        found, silence = None, str(error)
    if found and found.places:
        return replace(found, id=listed.id), ""
    identifier = read_id(listed.id)
    # Old names have no XML.
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
    return ListedPublication(listed.id, metadata, places), silence


def _trusted(client: Client, metadata: Metadata) -> Metadata:
    """Leave out an official page that is on no official host: the app links to it."""
    try:
        return replace(metadata, url=client.admit(metadata.url) if metadata.url else "")
    except SourceError:
        return replace(metadata, url="")


def _download(
    client: Client, listed: ListedPublication, forms: Sequence[str]
) -> tuple[tuple[FileAddress, bytes] | None, list[str]]:
    """Give the first form that is there and is what it says, and else why none is."""
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
    """Check that a file is a whole one of its form.

    A service may answer "not found" as a web page with status 200, so neither the status nor the
    media type is believed. Raises SourceError that says what is wrong.
    """
    if form == "xml":
        if _MARK not in content:
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
    elif not _is_package(content, _PARTS[form]):
        raise SourceError(f"Het antwoord is geen {form}-bestand.")


def _is_package(content: bytes, part: str) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return part in package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _no_file(listed: ListedPublication, forms: Sequence[str], refusals: Sequence[str]) -> str:
    """Say why there is no file: what was refused, or that there is none that can be read."""
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
