"""The records are frozen, and their small helpers do what they say."""

from __future__ import annotations

import dataclasses

import pytest

from search import records
from search.records import (
    Filters,
    Holder,
    Metadata,
    Section,
    Span,
    Stance,
    answers,
    documents,
    labels,
    limits,
    motions,
    passages,
    quotes,
    timeline,
    views,
)


def test_everything_exported_is_there_and_frozen() -> None:
    for name in records.__all__:
        each = getattr(records, name)
        if dataclasses.is_dataclass(each):
            assert vars(each)["__dataclass_params__"].frozen, name
            assert "__slots__" in vars(each), name


def test_every_record_of_the_module_is_exported() -> None:
    modules = (answers, documents, labels, limits, motions, passages, quotes, timeline, views)
    own = {
        name
        for module in modules
        for name, each in vars(module).items()
        if isinstance(each, type) and each.__module__ == module.__name__
    }
    assert own == {name for name in records.__all__ if isinstance(getattr(records, name), type)}


def test_frozen_means_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Span(1, 2).start = 3  # type: ignore[misc]


def test_heading_is_the_last_of_the_path() -> None:
    assert Section(("A", "B"), 0, 1).heading == "B"
    assert Section((), 0, 1).heading == ""


def test_name_is_the_subject_else_the_title() -> None:
    assert Metadata(title="T", subject="S").name == "S"
    assert Metadata(title="T").name == "T"


def test_filters_are_true_when_they_filter() -> None:
    assert not Filters()
    for filters in (
        Filters(themes=("a",)),
        Filters(documents=("a",)),
        Filters(date_from="x"),
        Filters(date_to="x"),
        Filters(holders=(Holder.CABINET,)),
        Filters(stances=(Stance.SUPPORT,)),
    ):
        assert filters
