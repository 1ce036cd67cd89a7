"""The command line's `fetch`: publications from the official services into the corpus folder."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from search.cli.output import print_json, progress_line, terminal_width, wrap
from search.cli.parser import DutchParser
from search.errors import SourceError, UsageError
from search.progress import message
from search.settings import Settings

if TYPE_CHECKING:
    from search.corpus import CorpusFolder
    from search.sources import Client, FetchResult, ListedPublication, Listing, PublicationFilter

__all__ = ["add_fetch"]

_DEFAULT_KIND = "Brief regering"
_MOST_PRESENT = 20
"""Of what was there already, so many are named; --json names all."""
_CHAMBERS = {"eerste": "I", "ek": "I", "i": "I", "tweede": "II", "tk": "II", "ii": "II"}
_ID = re.compile(r"[a-z]{1,8}(?:-[A-Za-z0-9]+)+")
_NUMBER = re.compile(r"(?<![A-Za-z0-9])\d{4}[DZ]\d{5}(?![A-Za-z0-9])", re.IGNORECASE)
"""What the Tweede Kamer calls a document (2021D10001) or a case (2021Z04774)."""


def add_fetch(parser: DutchParser) -> None:
    """Add the arguments of `fetch`."""
    parser.epilog = (
        "Voorbeelden:\n  kamerwijzer fetch kst-29861-70\n  kamerwijzer fetch --dossier 29861\n"
        f'  kamerwijzer fetch --since 2021-03-01 --until 2021-03-31 --kind "{_DEFAULT_KIND}"'
    )
    parser.add_argument(
        "references",
        metavar="VERWIJZING",
        nargs="*",
        default=(),
        help="ids, verwijzingen, nummers of adressen van de Tweede Kamer, zoals kst-29861-70, "
        "‘Kamerstuk 29 861, nr. 70’ of 2021D10001",
    )
    parser.add_argument("--dossier", metavar="NR", default="", help="alle stukken van een dossier")
    parser.add_argument("--since", metavar="DATUM", default="", help="vanaf, als 2021-03-01")
    parser.add_argument("--until", metavar="DATUM", default="", help="tot en met, als 2021-03-31")
    parser.add_argument(
        "--kind",
        metavar="SOORT",
        help=f"de soort, zoals Motie (bij --since zonder --dossier anders: {_DEFAULT_KIND})",
    )
    parser.add_argument(
        "--from-chamber", metavar="KAMER", default="", help="alleen van de eerste of tweede Kamer"
    )
    parser.add_argument(
        "--limit", metavar="N", type=int, help="haal er hoogstens N op; wat er al is telt niet mee"
    )
    parser.add_argument(
        "--dry-run", "--toon", action="store_true", help="toon alleen wat er opgehaald zou worden"
    )
    parser.add_argument(
        "--refresh",
        action="store_true",
        help="haal ook op wat er al is, en vervang wat bij de bron is veranderd",
    )
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=_fetch)


def _fetch(options: argparse.Namespace, settings: Settings) -> None:
    from search.corpus import CorpusFolder
    from search.reading.readers import READERS
    from search.sources import MANIFESTATIONS, Client, list_matching, list_named, source_settings
    from search.storage import corpus_of

    (names, annexes), wanted = _names(options.references), _wanted(options)
    readable = [ending.removeprefix(".") for ending in READERS]
    shelf = CorpusFolder(corpus_of(settings), {*readable, *MANIFESTATIONS})

    def known(listed: ListedPublication) -> bool:
        return not options.refresh and shelf.find(listed.names) is not None

    with Client(source_settings(settings), message=_interrupt) as client:
        if wanted:
            message("De lijst wordt opgevraagd …")
            listing = list_matching(client, wanted, known=known, most=options.limit)
        else:
            listing = list_named(client, names, annexes, known=known, most=options.limit)
        if options.dry_run:
            _show(listing, shelf, options.json)
            failed = 0
        else:
            forms = [form for form in MANIFESTATIONS if form in readable]
            failed = _bring(client, shelf, listing, forms, options)
    unheard = [f"{each.source}: {each.reason}" for each in listing.failures]
    if failed or unheard:
        counted = [f"Niet gelukt: {failed} van {len(listing.listed)}."] if failed else []
        raise SourceError("\n".join([*counted, *unheard]))


def _interrupt(text: str) -> None:
    # A progress bar may be on this line.
    message(f"\n{text}" if sys.stderr.isatty() else text)


def _names(references: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the ids and numbers that the references name, and the ids whose annexes are wanted.

    Each is given once. Raises UsageError for a reference that names nothing.
    """
    from search.references import parse_citation

    names: list[str] = []
    annexes: list[str] = []
    for text in references:
        cited = parse_citation(text)
        annexes += [each.id for each in cited if each.is_annex]
        named = [each.id for each in cited if not each.is_annex]
        # There are more series than can be cited, as Gemeenteblad: gmb-2023-174296.
        if not cited and _ID.fullmatch(text) and any(map(str.isdigit, text)):
            named = [text]
        if not cited and not named and not (named := _numbers(text)):
            raise UsageError(
                f"‘{text}’ wijst geen publicatie aan. Schrijf bijvoorbeeld kst-29861-70, "
                "‘Kamerstuk 29 861, nr. 70’, 2021D10001, of een adres van tweedekamer.nl."
            )
        names += named
    return list(dict.fromkeys(names)), list(dict.fromkeys(annexes))


def _numbers(text: str) -> list[str]:
    """Return the number that a text is, or that the address of a page of the Kamer has.

    Such an address names a document (`did`), and with it the case that it belongs to (`id`).
    """
    if _NUMBER.fullmatch(text.strip()):
        return [text.strip().upper()]
    try:
        address = urlsplit(text.strip() if "://" in text else f"https://{text.strip()}")
    except ValueError:
        return []
    host = address.hostname or ""
    if host != "tweedekamer.nl" and not host.endswith(".tweedekamer.nl"):
        return []
    fields = parse_qs(address.query)
    values = [*fields.get("did", []), *fields.get("id", [])]
    return [each.upper() for each in values if _NUMBER.fullmatch(each)][:1]


def _wanted(options: argparse.Namespace) -> PublicationFilter | None:
    """Read which publications are asked for other than by id; None when that is not so."""
    from search.references import read_rijkswet
    from search.sources import PublicationFilter

    if options.limit is not None and options.limit < 1:
        raise UsageError("--limit moet 1 of meer zijn.")
    narrowing = [options.dossier, options.since, options.until, options.kind, options.from_chamber]
    if options.references:
        if any(narrowing):
            raise UsageError("Geef ids, of --dossier of --since; niet beide.")
        return None
    if not options.dossier and not options.since:
        raise UsageError("Zeg wat u wilt ophalen: een id, --dossier of --since.")
    since, until = _day(options.since, "--since"), _day(options.until, "--until")
    if since and until and until < since:
        raise UsageError(f"--until ({until}) ligt voor --since ({since}).")
    kind = options.kind
    if kind is None:
        kind = "" if options.dossier else _DEFAULT_KIND
    return PublicationFilter(
        dossier=_dossier(options.dossier),
        rijkswet=read_rijkswet(options.dossier),
        since=since,
        until=until,
        kind=" ".join(kind.split()),
        chamber=_chamber(options.from_chamber),
    )


def _dossier(text: str) -> str:
    from search.references import read_dossier

    number = read_dossier(text)
    if text and not number:
        raise UsageError(
            f"‘{text}’ is geen dossiernummer. Schrijf bijvoorbeeld 29861 of 36600-VII."
        )
    return number


def _day(text: str, option: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise UsageError(f"{option}: ‘{text}’ is geen datum; schrijf jjjj-mm-dd.") from None


def _chamber(text: str) -> str:
    words = text.lower().replace("-", " ").split()
    if words and words[0] not in _CHAMBERS:
        raise UsageError(f"Er is geen Kamer ‘{text}’. Kies eerste of tweede.")
    return _CHAMBERS[words[0]] if words else ""


def _bring(
    client: Client,
    shelf: CorpusFolder,
    listing: Listing,
    forms: Sequence[str],
    options: argparse.Namespace,
) -> int:
    """Fetch what is listed, and report, also when it is broken off; give how many failed."""
    from search.sources import FetchOutcome, fetch

    done: list[FetchResult] = []
    total = len(listing.listed)
    if total:
        show = progress_line()
        show("Ophalen", 0, total)
    try:
        for each in fetch(client, shelf, listing.listed, forms, refresh=options.refresh):
            done.append(each)
            show("Ophalen", len(done), total)
    finally:
        if options.json:
            print_json(_report_json(done, listing))
        else:
            _print_report(done)
        if len(done) < total:
            message(f"Nog niet gedaan: {total - len(done)}. Dezelfde opdracht gaat daar verder.")
    if any(each.outcome in (FetchOutcome.FETCHED, FetchOutcome.RENEWED) for each in done):
        message("Neem de bestanden op in de index met: kamerwijzer index")
    return sum(each.outcome is FetchOutcome.FAILED for each in done)


def _print_report(done: Sequence[FetchResult]) -> None:
    from search.sources import FetchOutcome

    columns = terminal_width()
    for outcome in FetchOutcome:
        these = [each for each in done if each.outcome is outcome]
        if these:
            print(f"{outcome.value.capitalize()} ({len(these)}):")
        most = _MOST_PRESENT if outcome is FetchOutcome.PRESENT else len(these)
        for each in these[:most]:
            name = " – ".join(filter(None, [each.path or each.id, each.metadata.name]))
            print("\n".join(wrap(name, "  ", columns)))
            if each.reason:
                print("\n".join(wrap(each.reason, "    ", columns)))
        if len(these) > most:
            print(f"  en nog {len(these) - most}")
    if not done:
        print("Er is niets gevonden om op te halen.")


def _report_json(done: Sequence[FetchResult], listing: Listing) -> dict[str, object]:
    from search.sources import FetchOutcome

    keys = {
        FetchOutcome.FETCHED: "fetched",
        FetchOutcome.RENEWED: "renewed",
        FetchOutcome.PRESENT: "present",
        FetchOutcome.FAILED: "failed",
    }
    return {
        **{
            key: [
                {
                    "id": each.id,
                    "path": each.path,
                    "source": each.url,
                    "title": each.metadata.name,
                    "date": each.metadata.date,
                    "reason": each.reason,
                }
                for each in done
                if each.outcome is outcome
            ]
            for outcome, key in keys.items()
        },
        "not_done": [each.id for each in listing.listed[len(done) :]],
        "silent": _silent_json(listing),
    }


def _show(listing: Listing, shelf: CorpusFolder, as_json: bool) -> None:
    """Print what would be fetched."""
    there = [shelf.find(each.names) is not None for each in listing.listed]
    if as_json:
        pieces = [
            {
                "id": each.id,
                "title": each.metadata.name,
                "date": each.metadata.date,
                "kind": each.metadata.kind,
                "present": present,
            }
            for each, present in zip(listing.listed, there, strict=True)
        ]
        print_json({"listed": pieces, "silent": _silent_json(listing)})
        return
    columns = terminal_width()
    for each, present in zip(listing.listed, there, strict=True):
        print(f"{each.id}{' (is er al)' if present else ''}")
        about = " · ".join(filter(None, [each.metadata.date, each.metadata.kind]))
        for line in filter(None, [each.metadata.name, about]):
            print("\n".join(wrap(line, "    ", columns)))
    print(f"Op te halen: {there.count(False)}; is er al: {there.count(True)}.")


def _silent_json(listing: Listing) -> list[dict[str, str]]:
    return [{"source": each.source, "reason": each.reason} for each in listing.failures]
