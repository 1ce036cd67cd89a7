"""The command line's `reactions`: each advice with what the cabinet says of it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from search.cli.output import print_json, save_file, terminal_width
from search.cli.parser import DutchParser
from search.cli.stance import print_views
from search.progress import message
from search.records import Reaction
from search.settings import Settings
from search.wording import STANCES, adviser_label, holder_label

__all__ = ["add_reactions"]


def add_reactions(parser: DutchParser) -> None:
    """Add the arguments of `reactions`."""
    parser.add_argument(
        "document", metavar="ID", help="het document, zoals ‘kamerwijzer documents’ het noemt"
    )
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.add_argument("--csv", metavar="BESTAND", type=Path, help="bewaar als CSV voor Excel")
    parser.add_argument("--word", metavar="BESTAND", type=Path, help="bewaar als Word-tabel")
    parser.set_defaults(run=_reactions)


def _reactions(options: argparse.Namespace, settings: Settings) -> None:
    from search.engine import Engine
    from search.exports import reaction_json

    with Engine.open(settings, message=message) as engine:
        reactions = engine.reactions(options.document)
        if options.csv:
            save_file(options.csv, engine.reactions_csv(options.document))
        if options.word:
            save_file(options.word, engine.reactions_docx(options.document))
    if options.json:
        print_json(
            {
                "document": options.document,
                "reactions": [reaction_json(reaction) for reaction in reactions],
            }
        )
    elif not (options.csv or options.word):
        _print_reactions(reactions)


def _print_reactions(reactions: Sequence[Reaction]) -> None:
    columns = terminal_width()
    if not reactions:
        print("In dit document zijn geen aanbevelingen gevonden.")
    for number, reaction in enumerate(reactions, start=1):
        advice = reaction.advice
        print(f"{number}. {adviser_label(advice.label)}: {reaction.status.value}")
        print_views([advice], columns, "   ")
        for view in reaction.reactions:
            print(f"   – {holder_label(view.label)}: {STANCES[view.label.stance]}")
            print_views([view], columns, "     ")
        print()
