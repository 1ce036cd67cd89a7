"""The command line's `cite`: a publication cited as it should be, in the form that is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from search.cli.output import print_json
from search.cli.parser import DutchParser
from search.errors import UsageError
from search.progress import message
from search.records import Dossier, Metadata
from search.settings import Settings

if TYPE_CHECKING:
    from search.citing import CitedSource
    from search.references import Reference

__all__ = ["add_cite"]

_FORMS = ("tekst", "markdown", "html", "ris", "bibtex", "csl")


def add_cite(parser: DutchParser) -> None:
    """Add the arguments of `cite`."""
    parser.add_argument(
        "reference",
        metavar="VERWIJZING",
        help="een id of verwijzing, zoals kst-29861-70 of ‘Kamerstuk 29 861, nr. 70’",
    )
    parser.add_argument("--page", metavar="P", default="", help="de bladzijde, zoals 3 of 3-5")
    parser.add_argument(
        "--form", choices=_FORMS, default="tekst", help=f"{', '.join(_FORMS)} (anders: tekst)"
    )
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=_cite)


def _cite(options: argparse.Namespace, settings: Settings) -> None:
    from search.citing import CitedSource, cite, official_url
    from search.references import parse_citation
    from search.storage import store_of

    index = store_of(settings.index).open()
    known = index.metadata
    if options.reference in known:
        sources = [CitedSource(options.reference, known[options.reference], page=options.page)]
    else:
        named = parse_citation(options.reference)
        sources = list(dict.fromkeys(_source(each, known, options.page) for each in named))
    held = {each.document for each in sources if each.document in known}
    index.close()
    if not sources:
        raise UsageError(
            f"‘{options.reference}’ wijst geen publicatie aan. Schrijf bijvoorbeeld "
            "kst-29861-70, of ‘Kamerstuk 29 861, nr. 70’."
        )
    if options.json:
        print_json(
            {
                "citations": [
                    {
                        "id": each.document,
                        "citation": cite(each.metadata, (), each.page, each.document),
                        "url": official_url(each.document, each.metadata),
                        "in_corpus": each.document in held,
                    }
                    for each in sources
                ]
            }
        )
        return
    print(_writers()[options.form](sources).rstrip())
    missing = [each.document for each in sources if each.document not in held]
    if missing:
        message(f"Niet in de index, dus zonder titel en datum: {', '.join(missing)}.")


def _source(reference: Reference, known: Mapping[str, Metadata], page: str) -> CitedSource:
    """Return what a typed citation names, with its year, number and page where we know no other."""
    from search.citing import CitedSource

    typed = reference.identifier
    # A document of the collection is the piece itself, not an annex to it.
    held = Metadata(kind="Bijlage") if reference.is_annex else known.get(typed.id, Metadata())
    metadata = replace(
        held,
        vergaderjaar=held.vergaderjaar or typed.vergaderjaar,
        chamber=held.chamber or typed.chamber,
        dossiers=held.dossiers or tuple(map(Dossier, typed.dossiers)),
        ondernummer=held.ondernummer or typed.number,
    )
    return CitedSource(typed.id, metadata, page=page or reference.page)


def _writers() -> Mapping[str, Callable[[Sequence[CitedSource]], str]]:
    from search.citing import as_bibtex, as_csl, as_html, as_markdown, as_ris, as_text

    def lines(write: Callable[[CitedSource], str]) -> Callable[[Sequence[CitedSource]], str]:
        return lambda sources: "\n".join(map(write, sources))

    return {
        "tekst": lines(as_text),
        "markdown": lines(as_markdown),
        "html": lines(as_html),
        "ris": as_ris,
        "bibtex": as_bibtex,
        "csl": as_csl,
    }
