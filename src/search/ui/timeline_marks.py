"""The marks of a timeline: what was said on which day, which way it points, where to read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from search.cabinets import days_of
from search.dutch import write_date
from search.records import Direction, Holder, Moment, Span
from search.ui.links import reader_link
from search.wording import STANCES, cabinet_label, count, holder_label

__all__ = ["LANES", "Mark", "OfficialVerdict", "marks_of", "middle_day"]

LANES = {Direction.FOR: "Voor", Direction.NEUTRAL: "Neutraal", Direction.AGAINST: "Tegen"}
"""The lanes of the picture from the top down, with their names."""
_VERDICTS = {
    "overgenomen": Direction.FOR,
    "ontraden": Direction.AGAINST,
    "ontraden, tenzij gewijzigd": Direction.AGAINST,
}
"""Which way a verdict on a motion points. "Oordeel Kamer" leaves it to the Kamer, so it is neither,
as are all that this does not name."""


class OfficialVerdict(NamedTuple):
    """The cabinet's official verdict on a motion, and what the Kamer did with it.

    `date` is ISO 8601; `verdict` and `result` are in official words ("Ontraden", "Aangenomen.").
    `document` is the id of the motion in the corpus; if that is empty, `link` is its page.
    """

    date: str
    verdict: str
    result: str
    title: str
    link: str
    document: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the picture: the sentences of one document that point one way, or a verdict."""

    day: int
    """As `date.toordinal` counts."""
    lane: Direction
    is_cabinet: bool
    is_official: bool
    number: int
    """How many sentences or verdicts it stands for."""
    href: str
    is_inside: bool
    """Whether the link is to a page of the app."""
    name: str
    """In Dutch: when, who, what."""


def marks_of(
    moments: Sequence[Moment], verdicts: Iterable[OfficialVerdict] = ()
) -> tuple[Mark, ...]:
    """Return the marks of dated moments and of verdicts, in order of time.

    Sentences of one document and one holder that point the same way are one mark: it leads to the
    most relevant of them. So are verdicts of one day that do: it leads to the first.
    """

    def together(moment: Moment) -> tuple[str, str, str, str]:
        label = moment.view.label
        return moment.date, moment.view.quote.document, moment.direction, label.holder

    ordered = sorted(moments, key=together)
    marks = [_mark(list(group)) for _, group in groupby(ordered, key=together)]
    of_one_day = sorted(verdicts, key=lambda verdict: (verdict.date, _lane_of(verdict)))
    marks += [
        _official(list(group))
        for _, group in groupby(of_one_day, key=lambda each: (each.date, _lane_of(each)))
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.day, mark.lane, mark.href)))


def middle_day(iso: str) -> int:
    """Return the day of an ISO date as `date.toordinal` counts; the middle of a month or year."""
    first, last = days_of(iso)
    if len(iso) < len(first):
        last = f"{last[:7]}-28"
    return (date.fromisoformat(first).toordinal() + date.fromisoformat(last).toordinal()) // 2


def _mark(moments: Sequence[Moment]) -> Mark:
    best = max(moments, key=lambda moment: moment.view.score)
    view = best.view
    stances = dict.fromkeys(STANCES[moment.view.label.stance] for moment in moments)
    parts = [write_date(best.date), cabinet_label(best.cabinet), holder_label(view.label)]
    said = ", ".join(stances)
    sentences = f" ({count(len(moments), 'zin', 'zinnen')})" if len(moments) > 1 else ""
    title = view.metadata.name or view.quote.citation
    return Mark(
        day=middle_day(best.date),
        lane=best.direction,
        is_cabinet=view.label.holder is Holder.CABINET,
        is_official=False,
        number=len(moments),
        href=reader_link(
            view.quote.document, Span(view.quote.start, view.quote.end), view.quote.text
        ),
        is_inside=True,
        name=f"{', '.join(filter(None, parts))}: {said}{sentences}. {title}",
    )


def _lane_of(verdict: OfficialVerdict) -> Direction:
    return _VERDICTS.get(verdict.verdict.rstrip(".").lower(), Direction.NEUTRAL)


def _official(verdicts: Sequence[OfficialVerdict]) -> Mark:
    first, more = verdicts[0], len(verdicts) - 1
    parts = (first.verdict.rstrip("."), first.result.rstrip(".").lower())
    others = f". En nog {count(more, 'motie', 'moties')} van deze dag" if more else ""
    return Mark(
        day=middle_day(first.date),
        lane=_lane_of(first),
        is_cabinet=True,
        is_official=True,
        number=len(verdicts),
        href=reader_link(first.document) if first.document else first.link,
        is_inside=bool(first.document),
        name=f"{write_date(first.date)}, officieel oordeel: {'; '.join(filter(None, parts))}. "
        f"{first.title}{others}",
    )
