"""The timeline as a picture: time with a band for each cabinet, and three lanes of marks.

It is HTML that timeline.css draws, because Streamlit takes every SVG out of a page. Time runs to
the right on a wide screen and down on a phone; the places for both are in the style of each
element. Each mark is a link with a name. An open mark is an estimated label, a filled one an
official verdict; the cabinet's marks are round, those of others are square.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from search.ui.timeline_marks import LANES, Mark
from search.ui.timeline_scale import Band, Scale, Tick, place_apart

__all__ = ["picture_html"]

_SIZE = 24
"""Pixels from mark to mark: what a finger can hit."""
_LANE_EDGE, _LEAST_LANE = 16, 52
"""Pixels that a lane keeps free beside its marks, and of an empty lane."""
_WIDE, _LEAST_TALL = 520, 380
"""Pixels of time on the narrowest of wide screens, and the fewest on a phone."""
_LEVELS, _LEVELS_TALL = 8, 3
"""Marks that fit beside each other in a lane; more of them move on in time."""
_TICKS = 7
_LETTER, _LINE = 6.4, 18
"""Pixels of a letter of a cabinet's name, and of a line of text."""
_NAME = "Uitspraken op datum, met het kabinet dat toen in functie was"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark with its places: `along` time in percent and `across` in pixels on a wide screen.

    On a phone `down` is in percent of time, and `aside` in marks from the middle of its lane.
    """

    mark: Mark
    along: float
    across: float
    down: float
    aside: float


@dataclass(frozen=True, slots=True)
class _Lane:
    """A lane, from `top` to `top + height` in pixels on a wide screen."""

    name: str
    top: int
    height: int
    marks: tuple[_Placed, ...]


def picture_html(marks: Sequence[Mark]) -> Markup:
    """Return the picture of the marks, or nothing if they are all of one day."""
    if len({mark.day for mark in marks}) < 2:
        return Markup()
    fullest = max(sum(mark.lane is lane for mark in marks) for lane in LANES)
    # On a phone time takes as much room as the fullest lane needs.
    tall = max(_LEAST_TALL, round(fullest / _LEVELS_TALL * _SIZE * 1.5))
    scale = Scale((mark.day for mark in marks), 0, 100)
    lanes = list(_lanes(marks, scale, tall))
    bands, ticks = scale.bands(), scale.ticks(_TICKS)
    # The order of the marks is that in which a keyboard reaches them.
    placed = sorted((each for lane in lanes for each in lane.marks), key=lambda each: each.along)
    return Markup(
        '<div class="kw-time" role="group" aria-label="{name}" '
        'style="--wide:{wide}px;--tall:{tall}px">'
        '<div class="kw-time-bands" aria-hidden="true">{bands}</div>'
        '<div class="kw-time-ticks" aria-hidden="true">{ticks}</div>'
        '<div class="kw-time-lanes" aria-hidden="true">{lanes}</div>'
        '<div class="kw-time-marks">{marks}</div></div>'
    ).format(
        name=_NAME,
        wide=lanes[-1].top + lanes[-1].height,
        tall=tall,
        bands=Markup().join(_band(band, i % 2, tall) for i, band in enumerate(bands)),
        ticks=Markup().join(_tick(tick, bands, tall) for tick in ticks),
        lanes=Markup().join(_lane(lane, i) for i, lane in enumerate(lanes)),
        marks=Markup().join(map(_mark, placed)),
    )


def _lanes(marks: Sequence[Mark], scale: Scale, tall: int) -> Iterator[_Lane]:
    """Yield the lanes, each below the one before it."""
    top = 0
    for direction, name in LANES.items():
        own = [mark for mark in marks if mark.lane is direction]
        places = [scale.at(mark.day) for mark in own]
        wide, levels = place_apart(places, 100 * _SIZE / _WIDE, _LEVELS)
        down, abreast = place_apart(places, 100 * _SIZE / tall, _LEVELS_TALL)
        height = max(_LEAST_LANE, levels * _SIZE + _LANE_EDGE)
        first = top + height / 2 - (levels - 1) * _SIZE / 2
        placed = (
            _Placed(
                mark,
                # Where more marks are of one time than fit, the last lie on one another.
                min(along, 100),
                first + level * _SIZE,
                min(below, 100),
                beside - (abreast - 1) / 2,
            )
            for mark, (along, level), (below, beside) in zip(own, wide, down, strict=True)
        )
        yield _Lane(name, top, height, tuple(placed))
        top += height


def _band(band: Band, odd: int, tall: int) -> Markup:
    """Return the ground of a cabinet's time, with its name where there is room for it."""
    size = band.end - band.start
    letters = (size * _WIDE / 100 - 8) / _LETTER
    names = (name for name in (band.name, _abbreviated(band.name)) if len(name) <= letters)
    return Markup(
        '<span data-odd="{}" style="--from:{:.2f};--size:{:.2f}" title="Kabinet-{}">'
        '<b class="kw-time-wide">{}</b><b class="kw-time-tall">{}</b></span>'
    ).format(
        odd,
        band.start,
        size,
        band.name,
        next(names, ""),
        band.name if size * tall / 100 >= _LINE else "",
    )


def _abbreviated(name: str) -> str:
    """Return a shorter form of a cabinet's name: "Balkenende II" is "Balk. II"."""
    leader, _, figure = name.partition(" ")
    return f"{leader[:4]}. {figure}" if figure and len(leader) > 6 else name


def _tick(tick: Tick, bands: Sequence[Band], tall: int) -> Markup:
    """Return a line through the lanes at a date, with the date at its end."""
    # On a phone names of cabinets and dates share a column.
    taken = any(abs((band.start - tick.at) * tall / 100 + _LINE / 2) < _LINE - 2 for band in bands)
    return Markup('<span style="--at:{:.2f}"{}><i>{}</i></span>').format(
        tick.at, Markup(" data-taken") if taken else "", tick.label
    )


def _lane(lane: _Lane, place: int) -> Markup:
    return Markup('<span style="--top:{}px;--deep:{}px;--lane:{}">{}</span>').format(
        lane.top, lane.height, place, lane.name
    )


def _mark(placed: _Placed) -> Markup:
    """Return a mark as a link; the number of its sentences is in it if there are more."""
    mark = placed.mark
    return Markup(
        '<a class="kw-time-mark"{link} aria-label="{name}" title="{name}" data-holder="{holder}" '
        'data-official="{official}" style="--along:{along:.2f};--across:{across:.0f}px;'
        '--down:{down:.2f};--aside:{aside:g};--lane:{lane}"><span aria-hidden="true">{number}'
        "</span></a>"
    ).format(
        link=_link(mark),
        name=mark.name,
        holder="kabinet" if mark.is_cabinet else "ander",
        official="ja" if mark.is_official else "nee",
        along=placed.along,
        across=placed.across,
        down=placed.down,
        aside=placed.aside,
        lane=list(LANES).index(mark.lane),
        number=mark.number if mark.number > 1 else "",
    )


def _link(mark: Mark) -> Markup:
    """Return the attributes by which a mark leads to its source; none for an unsafe address."""
    if mark.is_inside:
        return Markup(' href="{}" data-kw-nav').format(mark.href)
    if not mark.href.startswith(("https://", "http://")):
        return Markup()
    return Markup(' href="{}" target="_blank" rel="noopener noreferrer"').format(mark.href)
