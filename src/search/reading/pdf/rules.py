"""The straight lines that are drawn on a page: those of tables are among them."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["Rule", "read_rules"]

_THICKEST = 2.5
"""Points; what is thicker is a picture or a coloured ground."""
_SHORTEST = 4.0
_MOST = 4000
"""Paths of a page with tables; a map or a chart has more."""


class Rule(NamedTuple):
    """A line, or a thin rectangle; in points, counted down from the top of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Whether it goes from left to right."""
        return self.right - self.left > self.bottom - self.top


def read_rules(page: Any, height: float) -> tuple[Rule, ...]:
    """Return the level and upright lines of a page; none of a page that is a drawing."""
    from pypdfium2 import raw

    rules: list[Rule] = []
    for number, drawn in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if number == _MOST:
            return ()
        left, bottom, right, top = drawn.get_bounds()
        sides = sorted((right - left, top - bottom))
        if sides[0] <= _THICKEST and sides[1] >= _SHORTEST:
            rules.append(Rule(left, height - top, right, height - bottom))
    return tuple(rules)
