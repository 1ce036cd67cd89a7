"""The command line's `remove`: documents out of the corpus."""

from __future__ import annotations

import argparse

from search.cli.index import rebuild_unless
from search.cli.parser import DutchParser
from search.progress import message
from search.settings import Settings

__all__ = ["add_remove"]


def add_remove(parser: DutchParser) -> None:
    """Add the arguments of `remove`."""
    parser.add_argument("documents", metavar="ID", nargs="+", help="documenten om te verwijderen")
    parser.add_argument("--no-index", action="store_true", help="werk de index nog niet bij")
    parser.set_defaults(run=_remove)


def _remove(options: argparse.Namespace, settings: Settings) -> None:
    from search.corpus.adding import plain, remove_documents
    from search.storage import corpus_of

    for path in remove_documents(options.documents, corpus_of(settings)):
        message(f"Verwijderd: {plain(str(path))}.")
    rebuild_unless(options.no_index, settings)
