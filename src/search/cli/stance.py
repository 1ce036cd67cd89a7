"""The command line's `stance` and `reactions`: whose view, and what became of an advice."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from search.cli.filters import add_filters, filters_of
from search.cli.output import DutchParser, message, print_json, save_file, terminal_width, wrap
from search.records import Holder, Label, Reaction, Stance, StanceOverview, View

__all__ = ["add_reactions", "add_stance", "views_line"]


def add_stance(parser: DutchParser) -> None:
    """Give the parser of `stance` its arguments."""
    parser.add_argument("topic", metavar="ONDERWERP", help="het onderwerp, tussen aanhalingstekens")
    add_filters(parser)
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=_stance)


def add_reactions(parser: DutchParser) -> None:
    """Give the parser of `reactions` its arguments."""
    parser.add_argument(
        "document", metavar="ID", help="het document, zoals ‘kamerwijzer documents’ het noemt"
    )
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.add_argument("--csv", metavar="BESTAND", type=Path, help="bewaar als CSV voor Excel")
    parser.add_argument("--word", metavar="BESTAND", type=Path, help="bewaar als Word-tabel")
    parser.set_defaults(run=_reactions)


def views_line(labels: Iterable[Label]) -> str:
    """Say in one line whose views a passage gives: "kabinet: steun · WRR: aanbeveling"."""
    from search.stances import name_of

    views: dict[str, list[str]] = {}
    for label in labels:
        if label.holder is not Holder.NONE:
            stances = views.setdefault(_who(label), [])
            if name_of(label.stance) not in stances:
                stances.append(name_of(label.stance))
    return " · ".join(f"{who}: {', '.join(stances)}" for who, stances in views.items())


def _who(label: Label) -> str:
    """Name whose view it is; the cabinet calls itself by many names."""
    return label.holder.value if label.holder is Holder.CABINET else _named(label)


def _named(label: Label) -> str:
    return label.holder_name or label.holder.value


def _stance(options: argparse.Namespace) -> None:
    from search.engine import Engine
    from search.exports import overview_json
    from search.quoting import withheld_line

    filters = filters_of(options)
    engine = Engine.open(options.corpus, options.index, message=message)
    overview = engine.stances(options.topic, filters)
    if options.json:
        print_json(overview_json(overview))
    else:
        _print_overview(overview)
    if overview.withheld:
        message(withheld_line(overview.withheld))


def _print_overview(overview: StanceOverview) -> None:
    from search.stances import name_of

    columns = terminal_width()
    print("\n".join(wrap(overview.line, "", columns)))
    for stance in Stance:
        views = [view for view in overview.cabinet if view.label.stance is stance]
        if not views:
            continue
        print(f"\nKabinet: {name_of(stance)} ({len(views)})")
        _print_views(views, columns)
    if overview.others:
        print("\nWat anderen zeggen")
        for view in overview.others:
            print(f"  {_named(view.label)}: {name_of(view.label.stance)}")
            _print_views([view], columns)


def _print_views(views: Sequence[View], columns: int, indent: str = "  ") -> None:
    for view in views:
        print("\n".join(wrap(f"«{view.quote.text}»", indent, columns)))
        print(f"{indent}    {view.quote.citation}")


def _reactions(options: argparse.Namespace) -> None:
    from search.engine import Engine
    from search.exports import reaction_json

    engine = Engine.open(options.corpus, options.index, message=message)
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
    from search.stances import name_of

    columns = terminal_width()
    if not reactions:
        print("In dit document zijn geen aanbevelingen gevonden.")
    for number, reaction in enumerate(reactions, start=1):
        advice = reaction.advice
        print(f"{number}. {_named(advice.label)}: {reaction.status.value}")
        _print_views([advice], columns, "   ")
        for view in reaction.reactions:
            print(f"   – kabinet: {name_of(view.label.stance)}")
            _print_views([view], columns, "     ")
        print()
