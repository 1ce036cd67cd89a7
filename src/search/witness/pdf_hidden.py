"""Which text of a PDF's page can't be seen: beyond its edges, invisible, or white on white."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from search.witness.records import Flag

__all__ = ["hider_of"]

_INVISIBLE, _CLIP = 3, 7  # PDF 32000-1, table 106
_NEARLY_WHITE = 250
_ENOUGH = 400
"""Shapes of a page that are looked at; a page with more is a drawing."""

_Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def hider_of(page: Any) -> Callable[[int, _Box], Flag]:
    """Return what says of a text object, by its address and a box in it, whether it is seen."""
    from pypdfium2 import raw

    left, bottom, right, top = _edges(page)
    colours = [ctypes.c_uint() for _ in range(4)]
    grounds: list[tuple[_Box, bool]] | None = None

    def is_on(box: _Box, *, picture: bool) -> bool:
        """Return whether something that is not white, or a picture, lies under the text."""
        nonlocal grounds
        if grounds is None:
            grounds = _grounds(page)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(
            g[0] <= x <= g[2] and g[1] <= y <= g[3]
            for g, is_picture in grounds
            if is_picture or not picture
        )

    def hidden(address: int, box: _Box) -> Flag:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not (left <= x <= right and bottom <= y <= top):
            return Flag.HIDDEN
        drawn = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
        if mode in (_INVISIBLE, _CLIP):
            # Over a picture it says what the picture shows: the page was scanned and recognised.
            return Flag.NONE if is_on(box, picture=True) else Flag.HIDDEN
        if not raw.FPDFPageObj_GetFillColor(drawn, *colours):
            return Flag.NONE
        red, green, blue, opaque = (each.value for each in colours)
        white = min(red, green, blue) >= _NEARLY_WHITE or not opaque
        if mode == 0 and white and not is_on(box, picture=False):
            return Flag.HIDDEN
        return Flag.NONE

    return hidden


def _edges(page: Any) -> _Box:
    """Return the part of a page that is shown, and a little more."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    return (
        max(media[0], crop[0]) - 1,
        max(media[1], crop[1]) - 1,
        min(media[2], crop[2]) + 1,
        min(media[3], crop[3]) + 1,
    )


def _grounds(page: Any) -> list[tuple[_Box, bool]]:
    """Return the boxes of what white letters may be seen on, and whether each is a picture."""
    from pypdfium2 import raw

    found: list[tuple[_Box, bool]] = []
    colours = [ctypes.c_uint() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for drawn in page.get_objects(max_depth=1):
        if drawn.type == raw.FPDF_PAGEOBJ_TEXT:
            continue
        if len(found) >= _ENOUGH:
            # No telling what lies where.
            return [*found, ((-1e9, -1e9, 1e9, 1e9), True)]
        if drawn.type == raw.FPDF_PAGEOBJ_PATH:
            raw.FPDFPath_GetDrawMode(drawn.raw, fill, stroke)
            seen = raw.FPDFPageObj_GetFillColor(drawn.raw, *colours)
            red, green, blue, opaque = (each.value for each in colours)
            if not fill.value or (seen and (min(red, green, blue) >= _NEARLY_WHITE or not opaque)):
                continue
        found.append((drawn.get_bounds(), drawn.type == raw.FPDF_PAGEOBJ_IMAGE))
    return found
