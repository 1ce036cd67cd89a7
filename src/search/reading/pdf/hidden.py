"""Text of a PDF page that a reader doesn't see: invisible, outside the page, white on white.

Text that is drawn without ink lies over most scans, as what a program recognised there; on a page
that is an image it is kept.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Visibility", "covered_by_images"]

_INVISIBLE = 3  # PDF 32000-1, table 106: neither filled nor stroked
_WHITE = 250
"""Least red, green and blue of what passes for white, of 255."""
_SCAN = 0.6
"""Share of a page that an image covers where the page is a scan."""
_SLACK = 1.0
"""Points that a character may be outside the page."""


def covered_by_images(page: Any) -> float:
    """Return the largest share of a page that one image covers, from 0 to 1."""
    from pypdfium2 import raw

    area = max(page.get_width() * page.get_height(), 1.0)
    covered = 0.0
    for drawn in page.get_objects(max_depth=3):
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            covered = max(covered, (right - left) * (top - bottom) / area)
    return covered


@dataclass(slots=True)
class Visibility:
    """What can be seen of a page; `page` is pdfium's (a `PdfPage`)."""

    page: Any
    _box: tuple[float, float, float, float] = field(init=False)
    _is_scan: bool | None = None
    _grounds: list[tuple[float, float, float, float]] | None = None

    def __post_init__(self) -> None:
        self._box = self.page.get_cropbox()

    def is_outside(self, x: float, y: float) -> bool:
        """Return whether a place is outside the part of the page that is shown."""
        left, bottom, right, top = self._box
        return not (left - _SLACK <= x <= right + _SLACK and bottom - _SLACK <= y <= top + _SLACK)

    def is_inkless(self, text: Any, x: float, y: float) -> bool:
        """Return whether a text object of pdfium is drawn without ink at a place, or in white."""
        from pypdfium2 import raw

        if not text:
            return False
        if raw.FPDFTextObj_GetTextRenderMode(text) == _INVISIBLE:
            if self._is_scan is None:
                self._is_scan = covered_by_images(self.page) >= _SCAN
            return not self._is_scan
        colours = [ctypes.c_uint() for _ in range(4)]
        drawn = ctypes.cast(text, raw.FPDF_PAGEOBJECT)
        if raw.FPDFTextObj_GetTextRenderMode(text) != 0:
            return False
        if not raw.FPDFPageObj_GetFillColor(drawn, *colours):
            return False
        red, green, blue, opacity = (colour.value for colour in colours)
        if opacity == 0:
            return True
        return min(red, green, blue) >= _WHITE and not self._has_ground(x, y)

    def _has_ground(self, x: float, y: float) -> bool:
        """Return whether something other than white may lie under a place."""
        if self._grounds is None:
            self._grounds = list(self._find_grounds())
        return any(g[0] <= x <= g[2] and g[1] <= y <= g[3] for g in self._grounds)

    def _find_grounds(self) -> Any:
        from pypdfium2 import raw

        for drawn in self.page.get_objects(max_depth=1):
            if drawn.type == raw.FPDF_PAGEOBJ_TEXT:
                continue
            if drawn.type == raw.FPDF_PAGEOBJ_PATH and self._is_white(drawn.raw):
                continue
            # A form may hold anything.
            yield drawn.get_bounds()

    @staticmethod
    def _is_white(path: Any) -> bool:
        from pypdfium2 import raw

        colours = [ctypes.c_uint() for _ in range(4)]
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        if not fill.value or not raw.FPDFPageObj_GetFillColor(path, *colours):
            return not fill.value
        return min(colour.value for colour in colours[:3]) >= _WHITE
