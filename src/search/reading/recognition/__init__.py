"""Recognition: what a document is, whose, of when and about what, from its own words."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from search.reading.letters import ANSWERS
from search.reading.recognition.answers import name_askers, recognise_annex, recognise_answers
from search.reading.recognition.bodies import kind_of_body
from search.reading.recognition.correspondence import (
    GOVERNMENT_LETTER,
    recognise_letter,
    signatories_of,
)
from search.reading.recognition.evidence import Evidence, gather
from search.reading.recognition.motions import recognise_motion
from search.reading.recognition.papers import (
    author_of,
    has_further_report,
    kind_of_title,
    recognise_paper,
)
from search.reading.recognition.sittings import recognise_sitting
from search.reading.recognition.titles import find_title, site_of
from search.records import AuthorKind, Document, Metadata

__all__ = ["recognise"]

_CABINET_KINDS = frozenset(
    {
        GOVERNMENT_LETTER,
        ANSWERS,
        "Memorie van toelichting",
        "Nota naar aanleiding van het verslag",
        "Memorie van antwoord",
        "Nota van wijziging",
        "Voorstel van wet",
        "Koninklijke boodschap",
    }
)
_BILL_KINDS = frozenset(
    {
        "Memorie van toelichting",
        "Nota naar aanleiding van het verslag",
        "Memorie van antwoord",
        "Nota van wijziging",
        "Voorstel van wet",
        "Initiatiefnota",
    }
)
_BY_MEMBERS = re.compile(
    r"(?:voorstel van (?:rijks)?wet|initiatiefnota|initiatiefwetsvoorstel)\s.*?\b(?:lid|leden)\b",
    re.IGNORECASE,
)
"""The title of a dossier of a bill or a paper that MPs brought in."""
_CHAMBER_KINDS = frozenset(
    {
        "Verslag",
        "Verslag van een schriftelijk overleg",
        "Lijst van vragen en antwoorden",
        "Lijst van vragen",
        "Kamervragen",
        "Initiatiefnota",
        "Voorlopig verslag",
        "Brief Kamer",
    }
)


def recognise(document: Document, source: str, name: str) -> Metadata:
    """Return the metadata of a document, completed from its own words.

    `source` holds the words of its file in order, `name` is the file's name. What the metadata of
    an official publication say stays. The title is never empty.
    """
    evidence = gather(document, source, name)
    for family in (recognise_motion, recognise_annex, recognise_sitting):
        if (found := family(evidence)).kind:
            return _completed(evidence, _over(evidence.metadata, found))
    known = evidence.metadata
    if _is_kamerstuk(known):
        return _completed(evidence, _of_kamerstuk(evidence))
    letter = _over(recognise_letter(evidence), recognise_answers(evidence))
    if letter.kind:
        return _completed(evidence, _letter(known, letter))
    title = find_title(evidence)
    paper = recognise_paper(evidence, title)
    metadata = _over(replace(known, title=title), paper)
    if metadata.kind == "BNC-fiche":
        # The dates in its head are those of the Commission's proposal.
        metadata = replace(metadata, date="")
    if name.lower().endswith((".html", ".htm")) and not metadata.issuer:
        metadata = replace(metadata, issuer=site_of(known.title))
    return _completed(evidence, metadata)


def _is_kamerstuk(known: Metadata) -> bool:
    return bool(known.dossiers and known.ondernummer) or known.kind == "Kamerstuk"


def _of_kamerstuk(evidence: Evidence) -> Metadata:
    """Return what is known of a printed Kamerstuk, with the issuer who signed it."""
    known = evidence.metadata
    if has_further_report(known.title):
        paper = recognise_paper(evidence, known.title)
        issuer, day = known.issuer or paper.issuer, known.date or paper.date
        return replace(known, kind=kind_of_title(known.title), issuer=issuer, date=day)
    people = signatories_of(evidence)
    offices = [each.role for each in people if kind_of_body(each.role) is AuthorKind.CABINET]
    issuer = known.issuer or "; ".join(dict.fromkeys(offices))
    return replace(known, issuer=issuer, people=known.people or tuple(people))


def _letter(known: Metadata, letter: Metadata) -> Metadata:
    """Return the metadata of a letter: its own fields, then what the format says."""
    kept = replace(known, title="" if letter.title else known.title)
    if known.kind:
        letter = replace(letter, kind=known.kind)
    if known.kind == ANSWERS:
        # The line above the answers says more than the field of the letter.
        letter = replace(
            letter, title=known.title, subject=known.subject, issuer=known.issuer or letter.issuer
        )
    return _over(kept, letter)


def _completed(evidence: Evidence, metadata: Metadata) -> Metadata:
    """Return the metadata with a title, whose document it is, and its people."""
    title = metadata.title or metadata.subject
    if not title:
        title = find_title(
            replace(evidence, document=replace(evidence.document, metadata=metadata))
        )
    people = metadata.people or tuple(signatories_of(evidence))
    if metadata.askers and not any("vraagsteller" in each.role for each in people):
        people = (*people, *name_askers(metadata.askers))
    author = metadata.author_kind
    if author is AuthorKind.UNKNOWN:
        author = _author_of(metadata)
    return replace(metadata, title=title, author_kind=author, people=people)


def _author_of(metadata: Metadata) -> AuthorKind:
    if any(map(_BY_MEMBERS.match, (each.title for each in metadata.dossiers))) and (
        metadata.kind in _BILL_KINDS
    ):
        return AuthorKind.PARLIAMENT
    if metadata.kind in _CABINET_KINDS:
        return AuthorKind.CABINET
    if metadata.kind in _CHAMBER_KINDS and _is_kamerstuk(metadata):
        return AuthorKind.PARLIAMENT
    found = author_of(metadata.issuer, metadata.kind, metadata.title)
    if found is AuthorKind.UNKNOWN and re.search(
        r"(?i)^programma van (?:de )?\w*partij\b", metadata.title
    ):
        return AuthorKind.PARTY
    return found


def _over(known: Metadata, found: Metadata) -> Metadata:
    """Return `known` with the fields of `found` that are not empty."""
    said = {
        each.name: value
        for each in fields(Metadata)
        if (value := getattr(found, each.name)) and value is not AuthorKind.UNKNOWN
    }
    return replace(known, **said)
