"""The command line's `documents`: what is in the index."""

from __future__ import annotations

import argparse

from search.cli.output import print_json
from search.cli.parser import DutchParser
from search.progress import message
from search.settings import Settings
from search.wording import count, date_label

__all__ = ["add_documents"]


def add_documents(parser: DutchParser) -> None:
    """Add the arguments of `documents`."""
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=_documents)


def _documents(options: argparse.Namespace, settings: Settings) -> None:
    from search.engine import Engine
    from search.exports import entry_json

    with Engine.open(settings, message=message) as engine:
        entries = engine.documents()
    if options.json:
        print_json([entry_json(entry) for entry in entries])
        return
    for entry in entries:
        themes = ", ".join(f"{t.label} ({t.origin})" for t in entry.themes)
        about = [
            entry.metadata.date or date_label(entry.metadata),
            entry.metadata.issuer,
            f"thema: {themes}" if themes else "",
        ]
        print(f"{entry.id}\n    {entry.metadata.name}\n    {entry.citation}")
        print(f"    {' · '.join(part for part in about if part)}")
        passages = count(entry.passages, "passage", "passages")
        print(f"    {passages}, {count(entry.words, 'woord', 'woorden')}\n")
