"""The stances of a document in one view: how many sentences of each stance under each theme.

A table of links, drawn by style alone: it needs no script, reads aloud, prints, and each cell
says its number. The colours differ in lightness, not only in hue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from search.records import Holder, Stance, StanceCount
from search.ui.links import Standpoints, standpoints_link
from search.wording import STANCES, theme_name

__all__ = ["stance_matrix_html"]

_STEPS = 4
"""Colours of the cells, from few sentences to many."""
_COLUMNS = (
    Stance.SUPPORT,
    Stance.PARTIAL,
    Stance.RESERVATION,
    Stance.RESEARCH,
    Stance.REJECTION,
    Stance.COMMITMENT,
    Stance.DEFERRED,
    Stance.EXISTING,
)
"""Stances of the cabinet; without explanations, which would outnumber all others."""


def stance_matrix_html(counts: Sequence[StanceCount], document: str, name: str) -> Markup:
    """Return the heatmap of a document's stances by theme, each cell a link to its sentences."""
    own = [c for c in counts if c.document == document and c.holder is Holder.CABINET]
    cells: Counter[tuple[str, Stance]] = Counter()
    for each in own:
        cells[each.theme, each.stance] += each.number
    shown = [s for s in _COLUMNS if any(stance is s for _, stance in cells)]
    themes = [t for t in dict.fromkeys(c.theme for c in own) if any(cells[t, s] for s in shown)]
    if not shown:
        return Markup(
            '<p class="kw">In dit document is geen standpunt van het kabinet gevonden.</p>'
        )
    most = max(cells[t, s] for t in themes for s in shown)
    rows = (
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            theme_name(theme),
            Markup().join(_cell(document, theme, s, cells[theme, s], most) for s in shown),
        )
        for theme in themes
    )
    return Markup(
        '<div class="kw kw-picture" role="region" tabindex="0" aria-label="Standpunten per thema">'
        "<table><caption>Standpunten van het kabinet per thema in {}: het aantal "
        'zinnen. Kies een getal om ze te lezen.</caption><thead><tr><th scope="col">Thema</th>'
        "{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(
        name,
        Markup().join(Markup('<th scope="col">{}</th>').format(STANCES[s]) for s in shown),
        Markup().join(rows),
    )


def _cell(document: str, theme: str, stance: Stance, number: int, most: int) -> Markup:
    if not number:
        return Markup('<td data-step="0"><span aria-hidden="true">·</span></td>')
    where = Standpoints(
        document=document, theme=theme, holders=(Holder.CABINET,), stances=(stance,)
    )
    return Markup('<td data-step="{}"><a href="{}" data-kw-nav aria-label="{}">{}</a></td>').format(
        max(1, round(_STEPS * number / most)),
        standpoints_link(where),
        f"{number} keer {STANCES[stance]} bij {theme_name(theme)}",
        number,
    )
