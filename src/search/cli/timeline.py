"""What `stance --timeline` prints: the views by date, and possible changes of position."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from search.cli.output import terminal_width, wrap
from search.dutch import write_date
from search.records import Moment, PositionChange, StanceOverview, Timeline
from search.wording import STANCES, cabinet_label, holder_label, likelihood, ministers_label

__all__ = ["print_timeline"]


def print_timeline(overview: StanceOverview, timeline: Timeline) -> None:
    """Write the views by date with cabinet and ministers, those without a date, the changes."""
    columns = terminal_width()
    print("\n".join(wrap(overview.line, "", columns)))
    _print_moments(timeline.dated, columns)
    if timeline.undated:
        print("\nZonder datum")
        _print_moments(timeline.undated, columns)
    if timeline.changes:
        print("\nMogelijk gewijzigd standpunt")
        print("Of het standpunt echt is gewijzigd, ziet u pas als u beide stukken leest.")
        for change in timeline.changes:
            _print_change(change, columns)


def _print_moments(moments: Iterable[Moment], columns: int) -> None:
    for _, group in groupby(moments, key=lambda moment: moment.view.quote.document):
        own = list(group)
        print("\n" + "\n".join(wrap(_head(own[0]), "", columns)))
        for moment in own:
            _print_sentence(moment, columns, "  ")


def _head(moment: Moment) -> str:
    """Return when a document was and of whom: "24 maart 2021 · kabinet-Rutte III · …"."""
    parts = (
        write_date(moment.date),
        cabinet_label(moment.cabinet),
        ministers_label(moment.ministers),
    )
    return " · ".join(filter(None, parts)) or moment.view.metadata.name


def _print_sentence(moment: Moment, columns: int, indent: str) -> None:
    view = moment.view
    said = (holder_label(view.label), STANCES[view.label.stance])
    lines: Sequence[str] = (
        f"{indent}{': '.join(filter(None, said))}",
        *wrap(f"«{view.quote.text}»", f"{indent}  ", columns),
        f"{indent}      {view.quote.citation}",
    )
    print("\n".join(lines))


def _print_change(change: PositionChange, columns: int) -> None:
    print(f"\n  Zekerheid: {likelihood(change.probability)}")
    for moment in (change.earlier, change.later):
        print("\n".join(wrap(_head(moment), "  ", columns)))
        _print_sentence(moment, columns, "    ")
