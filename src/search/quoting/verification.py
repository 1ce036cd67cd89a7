"""Filters that keep only what is word for word in its file; nothing else is shown as a quote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from search.records import Answer, Hit, Passage, Quote, Reaction, View

__all__ = [
    "ANSWER_WITHHELD",
    "only_verified_answer",
    "only_verified_reactions",
    "only_verified_views",
    "withheld_line",
]

Holds = Callable[[Quote], bool]
"""Returns whether a quote is word for word what its file says."""

ANSWER_WITHHELD = (
    "Er is een antwoord gevonden, maar de woorden staan niet (meer) zo in het bestand. Het wordt "
    "daarom niet getoond. Werk de index bij: kamerwijzer index"
)
"""What is said in place of an answer whose quote failed the check against its file."""


def only_verified_answer(
    answer: Answer, holds: Holds, passage_holds: Callable[[Passage], bool]
) -> Answer:
    """Return an answer without the quote and the passages that are not what their files say.

    Places that say nearly the same are left out likewise, since their words are shown.
    """
    verified = [_with_verified_places(h, holds) for h in answer.hits if passage_holds(h.passage)]
    quote = answer.quote if answer.quote and holds(answer.quote) else None
    withheld = len(answer.hits) - len(verified)
    if not withheld and quote is answer.quote:
        return answer if tuple(verified) == answer.hits else replace(answer, hits=tuple(verified))
    hits = tuple(replace(hit, rank=rank) for rank, hit in enumerate(verified, start=1))
    return replace(answer, hits=hits, quote=quote, withheld=max(1, withheld))


def _with_verified_places(hit: Hit, holds: Holds) -> Hit:
    places = tuple(
        near
        for near in hit.nearly_in
        if holds(
            Quote(
                near.text,
                near.place.document,
                near.place.start,
                near.place.end,
                near.place.citation,
            )
        )
    )
    return hit if places == hit.nearly_in else replace(hit, nearly_in=places)


def only_verified_views(views: Iterable[View], holds: Holds) -> tuple[View, ...]:
    """Return the labelled sentences that are what their files say.

    A neighbouring sentence that is not is left out; the sentence itself stays.
    """

    def verified(neighbour: Quote | None) -> Quote | None:
        return neighbour if neighbour and holds(neighbour) else None

    return tuple(
        replace(view, before=verified(view.before), after=verified(view.after))
        for view in views
        if holds(view.quote)
    )


def only_verified_reactions(reactions: Iterable[Reaction], holds: Holds) -> tuple[Reaction, ...]:
    """Return advice and reactions without the sentences that are not what their files say."""
    return tuple(
        replace(each, advice=advice, reactions=only_verified_views(each.reactions, holds))
        for each in reactions
        for advice in only_verified_views([each.advice], holds)
    )


def withheld_line(number: int) -> str:
    """Return in Dutch how many results are not shown; an empty text if all are shown."""
    if not number:
        return ""
    what = "Eén vindplaats is" if number == 1 else f"{number} vindplaatsen zijn"
    return (
        f"{what} weggelaten: de tekst ervan komt niet woord voor woord overeen met het bestand. "
        "Wat er aan de hand is, zegt: kamerwijzer doctor"
    )
