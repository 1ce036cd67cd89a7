"""The command line's `index`, `add` and `remove`: what is searched."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from search.cli.output import DutchParser, ProgressLine, message, print_json
from search.errors import KamerwijzerError, ReadingError, SourceError
from search.records import IndexLocation, read_location

if TYPE_CHECKING:
    from search.corpus.adding import Addition
    from search.records import Limits
    from search.sources import Client

__all__ = ["add_add", "add_index", "add_remove", "rebuild"]

_BUILT_IN = "ingebouwd"
_SCHEMES = ("http://", "https://")


def add_index(parser: DutchParser) -> None:
    """Give the parser of `index` its arguments."""
    parser.add_argument(
        "--model",
        metavar="NAAM_OF_MAP",
        default=_wanted_model() or _BUILT_IN,
        help="een ander sentence-transformers-model dan het ingebouwde",
    )
    parser.add_argument(
        "--to",
        metavar="DATABASE",
        dest="index",
        type=read_location,
        default=argparse.SUPPRESS,
        help="bouw de index in PostgreSQL: postgresql://gebruiker@server/database",
    )
    parser.add_argument("--if-needed", action="store_true", help="doe niets als de index nog klopt")
    parser.set_defaults(run=_index)


def add_add(parser: DutchParser) -> None:
    """Give the parser of `add` its arguments."""
    parser.add_argument(
        "what",
        metavar="BESTAND",
        nargs="+",
        help="bestanden, mappen met bestanden, of adressen bij de officiële bronnen (https://…)",
    )
    parser.add_argument("--no-index", action="store_true", help="werk de index nog niet bij")
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=_add)


def add_remove(parser: DutchParser) -> None:
    """Give the parser of `remove` its arguments."""
    parser.add_argument("documents", metavar="ID", nargs="+", help="documenten om te verwijderen")
    parser.add_argument("--no-index", action="store_true", help="werk de index nog niet bij")
    parser.set_defaults(run=_remove)


def _wanted_model() -> str:
    return os.environ.get("KAMERWIJZER_MODEL", "")


def _index(options: argparse.Namespace) -> None:
    from search.engine import Engine

    if options.if_needed:
        try:
            engine = Engine.open(options.corpus, options.index)
        except KamerwijzerError:
            pass
        else:
            same = engine.model == options.model
            engine.close()
            if same:
                message("De index klopt nog met de documenten.")
                return
    rebuild(options.corpus, options.index, options.model)


def rebuild(corpus: Path, index: IndexLocation, model: str = "") -> None:
    """Build the index and say what came of it.

    Without a model it is the one of the settings, else the one that the index has.
    """
    from search.corpus.adding import plain
    from search.indexing import build_index, model_of
    from search.settings import limits_of
    from search.storage import store_of

    manifest = build_index(
        corpus,
        index,
        model or _wanted_model() or model_of(index),
        limits=limits_of(),
        message=message,
        progress=ProgressLine(),
    )
    message(
        f"De index staat klaar in {store_of(index)}: {manifest.documents} documenten, "
        f"{manifest.passages} passages (vectoren: {manifest.vectors})."
    )
    if manifest.failed:
        message(f"Niet gelezen: {len(manifest.failed)}. De andere documenten doen wel mee.")
    for reason in manifest.failed.values():
        message(f"  {plain(reason)}")


def _add(options: argparse.Namespace) -> None:
    from search.corpus.adding import AddOutcome
    from search.settings import limits_of

    found = []
    for each in _added(options.what, options.corpus, limits_of()):
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
        _rebuild_unless(options)
    refused = sum(each.outcome is AddOutcome.REFUSED for each in found)
    if refused or not found:
        raise KamerwijzerError(f"Niet toegevoegd: {refused} van {len(found)}.")


def _added(what: Sequence[str], corpus: Path, limits: Limits) -> Iterator[Addition]:
    """Add each file, folder or address, and say what became of it."""
    from search.corpus.adding import add_path

    with ExitStack() as stack:
        client: Client | None = None
        for each in what:
            if not each.lower().startswith(_SCHEMES):
                yield from add_path(Path(each), corpus, limits)
                continue
            if client is None:
                from search.sources import Client, source_settings

                client = stack.enter_context(Client(source_settings()))
            yield _add_address(client, each, corpus, limits)


def _add_address(client: Client, url: str, corpus: Path, limits: Limits) -> Addition:
    """Fetch what an address of an official source gives, and add it under its own name."""
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


def _remove(options: argparse.Namespace) -> None:
    from search.corpus.adding import plain, remove_documents

    for path in remove_documents(options.documents, options.corpus):
        message(f"Verwijderd: {plain(str(path))}.")
    _rebuild_unless(options)


def _rebuild_unless(options: argparse.Namespace) -> None:
    if options.no_index:
        message("De index is nog niet bijgewerkt. Doe dat met: kamerwijzer index")
    else:
        rebuild(options.corpus, options.index)
