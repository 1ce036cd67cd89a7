"""A topic in time as HTML: the picture, the same as a list, and possible changes of position."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from search.dutch import write_date
from search.records import Metadata, Moment, PositionChange, Timeline
from search.ui.links import reader_link
from search.ui.markup import external_link, page_link, quote_actions, source_html
from search.ui.timeline_marks import Mark, OfficialVerdict, marks_of
from search.ui.timeline_picture import picture_html
from search.ui.views import label_html, sentence_html
from search.wording import (
    STANCES,
    cabinet_label,
    count,
    holder_label,
    likelihood,
    ministers_label,
)

__all__ = ["changes_html", "timeline_html"]

_SHOWN = 5
"""Documents of the list that are shown at once; the others unfold."""
_SENTENCES = 3
"""Sentences of a document that are shown at once."""
_LEGEND = (
    ("kabinet", "nee", "kabinet"),
    ("ander", "nee", "anderen"),
    ("kabinet", "ja", "officieel oordeel over een motie"),
)


def timeline_html(
    timeline: Timeline, verdicts: Iterable[tuple[str, str, str, str, str, str]] = ()
) -> Markup:
    """Return the section with the timeline: the picture, and below it the same as a list.

    `verdicts` are the official verdicts on motions about the topic, each a tuple in the order of
    `OfficialVerdict`. Empty if nothing has a date.
    """
    official = [OfficialVerdict(*each) for each in verdicts if each[0]]
    marks = marks_of(timeline.dated, official)
    if not marks:
        return Markup()
    return Markup(
        '<section class="kw kw-timeline" aria-labelledby="tijdlijn"><h2 id="tijdlijn" '
        'class="kw-part">Tijdlijn</h2>{picture}{listed}</section>'
    ).format(
        picture=_figure(marks),
        listed=_listed(timeline, official),
    )


def _figure(marks: Sequence[Mark]) -> Markup:
    """Return the picture with what it means, or nothing where there is none."""
    picture = picture_html(marks)
    if not picture:
        return Markup()
    return Markup('<p class="kw-lede">{}</p>{}{}<h3>Dezelfde uitspraken als lijst</h3>').format(
        "Open tekens zijn automatisch herkend en kunnen fout zijn. Kies er een om de zin te lezen; "
        "een getal telt zinnen of moties.",
        picture,
        _legend({_kind(mark) for mark in marks}),
    )


def _kind(mark: Mark) -> tuple[str, str]:
    return "kabinet" if mark.is_cabinet else "ander", "ja" if mark.is_official else "nee"


def _legend(used: Container[tuple[str, str]]) -> Markup:
    """Return what the marks mean that the picture has."""
    items = (
        Markup(
            '<li><span class="kw-time-key" data-holder="{}" data-official="{}"></span>{}</li>'
        ).format(holder, official, text)
        for holder, official, text in _LEGEND
        if (holder, official) in used
    )
    return Markup('<ul class="kw-time-legend">{}</ul>').format(Markup().join(items))


def _listed(timeline: Timeline, verdicts: Iterable[OfficialVerdict]) -> Markup:
    """Return what the picture shows as a list in order of time, and after it what has no date."""
    items = [(m[0].date, _document(m)) for m in _by_document(timeline.dated)]
    items += [(verdict.date, _verdict(verdict)) for verdict in verdicts]
    ordered = [html for _, html in sorted(items, key=lambda item: item[0])]
    shown, more = ordered[:_SHOWN], ordered[_SHOWN:]
    parts = [_list(shown)]
    if more:
        parts.append(
            Markup("<details><summary>Toon ook {}</summary>{}</details>").format(
                count(len(more), "later stuk", "latere stukken"), _list(more)
            )
        )
    if timeline.undated:
        undated = [_document(moments) for moments in _by_document(timeline.undated)]
        parts.append(Markup("<h3>Zonder datum</h3>{}").format(_list(undated)))
    return Markup().join(parts)


def _by_document(moments: Sequence[Moment]) -> Iterator[Sequence[Moment]]:
    for _, group in groupby(moments, key=lambda moment: moment.view.quote.document):
        yield list(group)


def _list(items: Sequence[Markup]) -> Markup:
    return Markup('<ol class="kw-time-list">{}</ol>').format(
        Markup().join(map(Markup("<li>{}</li>").format, items))
    )


def _document(moments: Sequence[Moment]) -> Markup:
    """Return the sentences of one document, under when it was, who signed and what it is."""
    first = moments[0]
    document = first.view.quote.document
    name = first.view.metadata.name or document
    sentences = _sentences(moments[:_SENTENCES])
    if more := moments[_SENTENCES:]:
        sentences += Markup("<details><summary>Toon nog {}</summary>{}</details>").format(
            count(len(more), "zin", "zinnen"), _sentences(more)
        )
    return Markup("{}<p>{}</p>{}{}").format(
        _when(first), page_link(reader_link(document), name), _who(first), sentences
    )


def _sentences(moments: Sequence[Moment]) -> Markup:
    items = (sentence_html(moment.view, _said(moment)) for moment in moments)
    return Markup("<ul>{}</ul>").format(Markup().join(map(Markup("<li>{}</li>").format, items)))


def _said(moment: Moment) -> str:
    """Return who says it and which stance it is: "Kabinet · steun"."""
    label = moment.view.label
    return " · ".join(filter(None, (holder_label(label), STANCES[label.stance])))


def _when(moment: Moment) -> Markup:
    """Return the day and the cabinet of a moment."""
    if not moment.date:
        return Markup()
    cabinet = cabinet_label(moment.cabinet)
    return Markup('<p class="kw-time-when"><time datetime="{}">{}</time>{}</p>').format(
        moment.date, write_date(moment.date), f" · {cabinet}" if cabinet else ""
    )


def _who(moment: Moment) -> Markup:
    line = ministers_label(moment.ministers)
    return (
        Markup('<p class="kw-time-who">{}</p>').format(line[:1].upper() + line[1:])
        if line
        else Markup()
    )


def _verdict(verdict: OfficialVerdict) -> Markup:
    """Return an official verdict on a motion, with what the Kamer did."""
    link = (
        page_link(reader_link(verdict.document), verdict.title)
        if verdict.document
        else external_link(verdict.link, verdict.title) or verdict.title
    )
    said = ". ".join(part.rstrip(".") for part in (verdict.verdict, verdict.result) if part)
    return Markup(
        '<p class="kw-time-when"><time datetime="{}">{}</time></p><p>{}</p>'
        '<p class="kw-time-who">Officieel oordeel: {}.</p>'
    ).format(verdict.date, write_date(verdict.date), link, said)


def changes_html(changes: Sequence[PositionChange]) -> Markup:
    """Return the section with possible changes of position, side by side; nothing without any."""
    if not changes:
        return Markup()
    return Markup(
        '<section class="kw kw-changes" aria-labelledby="gewijzigd"><h2 id="gewijzigd" '
        'class="kw-part">Mogelijk gewijzigd standpunt</h2><p class="kw-lede">{}</p>{}</section>'
    ).format(
        "Deze zinnen van het kabinet lijken over hetzelfde te gaan, maar wijzen een andere kant "
        "op. Of het standpunt echt is gewijzigd, ziet u pas als u beide stukken leest.",
        Markup().join(map(_change, changes)),
    )


def _change(change: PositionChange) -> Markup:
    name = " en ".join(
        f"{write_date(each.date)}: {STANCES[each.view.label.stance]}"
        for each in (change.earlier, change.later)
    )
    return Markup(
        '<article class="kw-change"><h3 class="kw-hidden">{}</h3><div class="kw-change-sides">{}{}'
        '</div><p class="kw-strength">Zekerheid: {}</p></article>'
    ).format(name, _side(change.earlier), _side(change.later), likelihood(change.probability))


def _side(moment: Moment) -> Markup:
    """Return one side of a change: when, who, the quote and where it is from."""
    view, quote = moment.view, moment.view.quote
    return Markup(
        '<div>{when}{who}<p class="kw-chips">{label}</p><blockquote class="kw-quote"><p>{quote}</p>'
        "</blockquote><footer>{source}{actions}</footer></div>"
    ).format(
        when=_when(moment),
        who=_who(moment),
        label=label_html(view.label),
        quote=quote.text,
        source=source_html(quote.citation, Metadata()),
        actions=quote_actions(quote, view.metadata, view.url),
    )
