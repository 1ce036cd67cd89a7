"""The command line's `add`: files, folders and addresses into the corpus."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from search.cli.index import rebuild_unless
from search.cli.output import print_json
from search.cli.parser import DutchParser
from search.errors import KamerwijzerError, ReadingError, SourceError
from search.progress import message
from search.records import Limits
from search.settings import Settings

if TYPE_CHECKING:
    from search.corpus.adding import Addition
    from search.sources import Client

__all__ = ["add_add"]

_SCHEMES = ("http://", "https://")


def add_add(parser: DutchParser) -> None:
    """Add the arguments of `add`."""
    parser.add_argument(
        "what",
        metavar="BESTAND",
        nargs="+",
        help="bestanden, mappen met bestanden, of adressen bij de officiële bronnen (https://…)",
    )
    parser.add_argument("--no-index", action="store_true", help="werk de index nog niet bij")
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=_add)


def _add(options: argparse.Namespace, settings: Settings) -> None:
    from search.corpus.adding import AddOutcome

    found = []
    for each in _added(options.what, settings):
        found.append(each)
        if not options.json:
            reason = f". {each.reason}" if each.reason else ""
            print(f"{each.name}: {each.outcome}{reason}", flush=True)
    if options.json:
        print_json(
            {"files": [{"name": e.name, "outcome": e.outcome, "reason": e.reason} for e in found]}
        )
    if not found:
        message("Er is geen bestand gevonden dat kan worden gelezen.")
    if any(each.taken for each in found):
        rebuild_unless(options.no_index, settings)
    refused = sum(each.outcome is AddOutcome.REFUSED for each in found)
    if refused or not found:
        raise KamerwijzerError(f"Niet toegevoegd: {refused} van {len(found)}.")


def _added(what: Sequence[str], settings: Settings) -> Iterator[Addition]:
    """Add each file, folder or address and yield the outcome."""
    from search.corpus.adding import add_path
    from search.storage import corpus_of

    corpus, limits = corpus_of(settings), settings.limits
    with ExitStack() as stack:
        client: Client | None = None
        for each in what:
            if not each.lower().startswith(_SCHEMES):
                yield from add_path(Path(each), corpus, limits)
                continue
            if client is None:
                from search.sources import Client, source_settings

                client = stack.enter_context(Client(source_settings(settings)))
            yield _add_address(client, each, corpus, limits)


def _add_address(client: Client, url: str, corpus: Path, limits: Limits) -> Addition:
    """Fetch the file at an address of an official source, and add it under its own name."""
    from search.corpus.adding import Addition, AddOutcome, add_content, plain, safe_name
    from search.corpus.folder import sidecar_text
    from search.reading import READERS, sidecar_of
    from search.records import Metadata

    try:
        reply = client.get(client.admit(url))
        name = safe_name(unquote(PurePosixPath(urlsplit(reply.url).path).name))
        if not name:
            raise ReadingError("Dit adres noemt geen bestand.")
    except (SourceError, ReadingError) as error:
        return Addition(plain(url[:200]), AddOutcome.REFUSED, str(error))
    if PurePosixPath(name).suffix.lower() not in READERS:
        name += ".pdf" if reply.content.startswith(b"%PDF-") else ".html"
    # What the user has written there already is worth more than the address.
    held = sidecar_of(corpus / name).exists()
    beside = b"" if held else sidecar_text(Metadata(url=reply.url)).encode()
    return add_content(name, reply.content, corpus, limits, sidecar=beside)
