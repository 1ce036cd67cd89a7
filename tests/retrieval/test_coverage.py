"""How much of a question a text covers, by numbers worked out by hand."""

from __future__ import annotations

import pytest

from search.retrieval import coverage

WEIGHTS = {"zon": 3.0, "zee": 1.0, "financier": 2.0, "migratie": 2.0, "strand": 4.0}


@pytest.mark.parametrize(
    ("terms", "found", "share"),
    [
        pytest.param(("zon", "zee"), {"zon", "maan"}, 0.75, id="three-of-four"),
        pytest.param(("zon", "zee"), {"zon", "zee"}, 1.0, id="all"),
        pytest.param(("zon", "zee"), set(), 0.0, id="empty-text"),
        pytest.param(("zon", "zee"), {"zonder", "zeer"}, 0.0, id="short-terms-only-whole"),
        pytest.param((), {"zon"}, 0.0, id="no-terms"),
        pytest.param(("financier",), {"financiering"}, 0.75, id="begins-alike"),
        pytest.param(("migratie",), {"arbeidsmigratie"}, 0.6, id="part-of-a-compound"),
        pytest.param(("strand", "migratie"), {"migratie"}, 1 / 3, id="weighed"),
    ],
)
def test_coverage_by_hand(terms: tuple[str, ...], found: set[str], share: float) -> None:
    assert coverage(terms, WEIGHTS, found) == pytest.approx(share)
    assert coverage(terms, WEIGHTS, sorted(found)) == pytest.approx(share)


def test_a_whole_match_goes_before_a_part() -> None:
    assert coverage(("migratie",), WEIGHTS, {"arbeidsmigratie", "migratie"}) == 1.0


def test_weights_of_nought_cover_nothing() -> None:
    assert coverage(("x",), {"x": 0.0}, {"x"}) == 0.0
