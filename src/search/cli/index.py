"""The command line's `index`: what is searched."""

from __future__ import annotations

import argparse
from dataclasses import replace

from search.cli.output import progress_line
from search.cli.parser import DutchParser
from search.errors import KamerwijzerError
from search.progress import message
from search.settings import Settings
from search.wording import count

__all__ = ["add_index", "rebuild", "rebuild_unless"]


def add_index(parser: DutchParser) -> None:
    """Add the arguments of `index`."""
    parser.add_argument(
        "--model",
        metavar="NAAM_OF_MAP",
        help="een ander sentence-transformers-model dan het ingebouwde",
    )
    parser.add_argument(
        "--to",
        metavar="DATABASE",
        dest="index",
        default=argparse.SUPPRESS,
        help="bouw de index in PostgreSQL: postgresql://gebruiker@server/database",
    )
    parser.add_argument("--if-needed", action="store_true", help="doe niets als de index nog klopt")
    parser.set_defaults(run=_index)


def _index(options: argparse.Namespace, settings: Settings) -> None:
    from search.embedding import BUILT_IN

    wanted = replace(settings, model=settings.model or BUILT_IN)
    if options.if_needed and _is_current(wanted):
        message("De index klopt nog met de documenten.")
    else:
        rebuild(wanted)


def _is_current(settings: Settings) -> bool:
    from search.engine import Engine

    try:
        with Engine.open(settings) as engine:
            return engine.model == settings.model
    except KamerwijzerError:
        return False


def rebuild(settings: Settings) -> None:
    """Build the index and print what it holds and what could not be read."""
    from search.corpus.adding import plain
    from search.indexing import build_index
    from search.storage import store_of

    manifest = build_index(settings, message=message, progress=progress_line())
    message(
        f"De index staat klaar in {store_of(settings.index)}: "
        f"{count(manifest.documents, 'document', 'documenten')}, "
        f"{count(manifest.passages, 'passage', 'passages')} (vectoren: {manifest.vectors})."
    )
    if manifest.failed:
        message(f"Niet gelezen: {len(manifest.failed)}. De andere documenten doen wel mee.")
    for reason in manifest.failed.values():
        message(f"  {plain(reason)}")


def rebuild_unless(later: bool, settings: Settings) -> None:
    """Bring the index up to date after a change of the corpus, unless that is to be done later.

    Without a model in the settings it keeps the one that it has.
    """
    from search.indexing import model_of

    if later:
        message("De index is nog niet bijgewerkt. Doe dat met: kamerwijzer index")
    else:
        rebuild(replace(settings, model=settings.model or model_of(settings.index)))
