"""The command line's `stance`: what the cabinet and others think of a topic."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from search.cli.filters import add_filters, filters_of
from search.cli.output import print_json, terminal_width, wrap
from search.cli.parser import DutchParser
from search.cli.timeline import print_timeline
from search.progress import message
from search.records import Label, Stance, StanceOverview, View
from search.settings import Settings
from search.wording import STANCES, holder_label

__all__ = ["add_stance", "print_views", "views_line"]


def add_stance(parser: DutchParser) -> None:
    """Add the arguments of `stance`."""
    parser.add_argument("topic", metavar="ONDERWERP", help="het onderwerp, tussen aanhalingstekens")
    add_filters(parser)
    parser.add_argument(
        "--timeline", action="store_true", help="op datum, met het kabinet en de bewindspersoon"
    )
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=_stance)


def views_line(labels: Iterable[Label]) -> str:
    """Return in one line whose views a passage gives: "Kabinet: steun · WRR: aanbeveling"."""
    views: dict[str, dict[str, None]] = {}
    for label in labels:
        if holder := holder_label(label):
            views.setdefault(holder, {})[STANCES[label.stance]] = None
    return " · ".join(f"{holder}: {', '.join(stances)}" for holder, stances in views.items())


def _stance(options: argparse.Namespace, settings: Settings) -> None:
    from search.engine import Engine
    from search.exports import overview_json, timeline_json
    from search.quoting import withheld_line

    filters = filters_of(options)
    with Engine.open(settings, message=message) as engine:
        overview = engine.stances(options.topic, filters)
        timeline = engine.timeline(overview) if options.timeline else None
    if options.json:
        print_json(overview_json(overview) | (timeline_json(timeline) if timeline else {}))
    elif timeline:
        print_timeline(overview, timeline)
    else:
        _print_overview(overview)
    if overview.withheld:
        message(withheld_line(overview.withheld))


def _print_overview(overview: StanceOverview) -> None:
    columns = terminal_width()
    print("\n".join(wrap(overview.line, "", columns)))
    # A next or previous cabinet speaks for itself.
    for stance in Stance:
        views = [view for view in overview.cabinet if view.label.stance is stance]
        for holder in dict.fromkeys(holder_label(view.label) for view in views):
            own = [view for view in views if holder_label(view.label) == holder]
            print(f"\n{holder}: {STANCES[stance]} ({len(own)})")
            print_views(own, columns)
    if overview.others:
        print("\nWat anderen zeggen")
        for view in overview.others:
            print(f"  {holder_label(view.label)}: {STANCES[view.label.stance]}")
            print_views([view], columns)


def print_views(views: Sequence[View], columns: int, indent: str = "  ") -> None:
    for view in views:
        print("\n".join(wrap(f"«{view.quote.text}»", indent, columns)))
        print(f"{indent}    {view.quote.citation}")
