"""The picture of a document: how many sentences of each stance under each theme.

A table of links, drawn by style alone: it needs no script, reads aloud, prints, and each cell
says its number. The colours differ in lightness, not only in hue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from search.records import Holder, Stance, StanceCount
from search.ui.links import Standpoints, standpoints_link
from search.wording import STANCES, theme_name

__all__ = ["picture_html"]

_STEPS = 4
_SHOWN = (
    Stance.SUPPORT,
    Stance.PARTIAL,
    Stance.RESERVATION,
    Stance.RESEARCH,
    Stance.REJECTION,
    Stance.COMMITMENT,
    Stance.DEFERRED,
    Stance.EXISTING,
)
"""Stances of the cabinet, in the order of the columns; explanations would drown them."""


def picture_html(counts: Sequence[StanceCount], document: str, name: str) -> str:
    """Write the heatmap of a document's stances by theme, each cell a link to its sentences."""
    own = [c for c in counts if c.document == document and c.holder is Holder.CABINET]
    cells: Counter[tuple[str, Stance]] = Counter()
    for each in own:
        cells[each.theme, each.stance] += each.number
    shown = [s for s in _SHOWN if any(stance is s for _, stance in cells)]
    themes = [t for t in dict.fromkeys(c.theme for c in own) if any(cells[t, s] for s in shown)]
    if not shown:
        return '<p class="kw">In dit document is geen standpunt van het kabinet gevonden.</p>'
    most = max(cells[t, s] for t in themes for s in shown)
    heads = "".join(f'<th scope="col">{STANCES[stance]}</th>' for stance in shown)
    rows = "".join(
        f'<tr><th scope="row">{escape(theme_name(theme))}</th>'
        + "".join(_cell(document, theme, stance, cells[theme, stance], most) for stance in shown)
        + "</tr>"
        for theme in themes
    )
    return (
        '<div class="kw kw-picture" role="region" tabindex="0" aria-label="Standpunten per thema">'
        f"<table><caption>Standpunten van het kabinet per thema in {escape(name)}: het aantal "
        f'zinnen. Kies een getal om ze te lezen.</caption><thead><tr><th scope="col">Thema</th>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(document: str, theme: str, stance: Stance, number: int, most: int) -> str:
    if not number:
        return '<td data-step="0"><span aria-hidden="true">·</span></td>'
    step = max(1, round(_STEPS * number / most))
    where = Standpoints(
        document=document, theme=theme, holders=(Holder.CABINET,), stances=(stance,)
    )
    what = f"{number} keer {STANCES[stance]} bij {theme_name(theme)}"
    return (
        f'<td data-step="{step}"><a href="{escape(standpoints_link(where))}" data-kw-nav '
        f'aria-label="{escape(what)}">{number}</a></td>'
    )
