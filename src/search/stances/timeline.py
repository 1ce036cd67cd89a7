"""The views on a topic in order of date, with the cabinet and the ministers then in office."""

from __future__ import annotations

from search.cabinets import cabinet_on, ministers_of
from search.records import Moment, StanceOverview, Timeline, View
from search.stances.changes import changes_in
from search.storage import Index

__all__ = ["timeline_of"]


def timeline_of(index: Index, overview: StanceOverview) -> Timeline:
    """Return the views of an overview in order of date, and where the cabinet may have changed.

    Views of one document keep the order of its text. Those without a date come apart: the date of
    a file alone does not tell when something was said.
    """
    views = sorted(
        (*overview.cabinet, *overview.others),
        key=lambda view: (view.metadata.date, view.quote.document, view.quote.start),
    )
    moments = [_moment(view) for view in views]
    dated = tuple(moment for moment in moments if moment.date)
    undated = tuple(moment for moment in moments if not moment.date)
    return Timeline(overview.topic, dated, undated, changes_in(index, dated))


def _moment(view: View) -> Moment:
    date = view.metadata.date
    cabinet = cabinet_on(date)
    return Moment(view, date, cabinet.name if cabinet else "", ministers_of(view.metadata))
