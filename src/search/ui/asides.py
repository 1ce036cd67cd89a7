"""HTML of what stands beside a quote: whose words they are, what was asked, what follows them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from search.records import Hit, Kind, Label, Span, Stance
from search.wording import STANCES, holder_label, kind_label

__all__ = [
    "asked_html",
    "chips_html",
    "context_html",
    "labels_within",
    "reservation_html",
    "speaker_of",
]

_DEBATE = "Handelingen"
_SPEAKER = re.compile(
    r"(?:De heer|Mevrouw|Het lid|Minister(?:-president)?|Staatssecretaris"
    r"|De (?:fungerend )?voorzitter)\b"
)


def speaker_of(hit: Hit) -> str:
    """Return who speaks in a passage of a debate, as its heading names them; else nothing."""
    heading = hit.passage.section[-1] if hit.passage.section else ""
    if hit.metadata.kind != _DEBATE or not heading:
        return ""
    named = any(person.name in heading for person in hit.metadata.people)
    return heading.rstrip(" :") if named or _SPEAKER.match(heading) else ""


def labels_within(hit: Hit, span: Span) -> list[Label]:
    """Return the labels of the sentences of a hit that lie within a span of its document."""
    sentences = (s for s in hit.passage.sentences if s.start < span.end and span.start < s.end)
    return [sentence.label for sentence in sentences if sentence.label]


def chips_html(kind: Kind, labels: Iterable[Label], speaker: str = "") -> Markup:
    """Return what a passage is, who speaks and whose view it gives.

    Each holder has its stances in order.
    """
    name = kind_label(kind)
    chips = [Markup('<span class="kw-chip">{}</span>').format(name)] if name else []
    if speaker:
        chips.append(Markup('<span class="kw-chip">Aan het woord: {}</span>').format(speaker))
    stances_of: dict[str, list[str]] = {}
    holders = {}
    for label in labels:
        name = holder_label(label)
        if name:
            holders[name] = label.holder
            # An explanation is the ordinary case and is not named.
            words = [] if label.stance is Stance.EXPLANATION else [STANCES[label.stance]]
            known = stances_of.setdefault(name, [])
            known.extend(word for word in words if word not in known)
    for name, stances in stances_of.items():
        text = f"{name}: {', '.join(stances)}" if stances else name
        chip = Markup('<span class="kw-chip kw-who" data-holder="{}">{}</span>')
        chips.append(chip.format(holders[name], text))
    return Markup('<p class="kw-chips">{}</p>').format(Markup().join(chips)) if chips else Markup()


def context_html(kind: Kind, context: str) -> Markup:
    """Return the sentence that introduces a passage or carries a footnote's mark."""
    return _named("Voetnoot bij:" if kind is Kind.FOOTNOTE else "Ingeleid door:", context)


def asked_html(question: str) -> Markup:
    """Return the MP's question to which a quote is the answer."""
    return _named("Gevraagd was:", question)


def _named(label: str, text: str) -> Markup:
    if not text:
        return Markup()
    return Markup('<p class="kw-context"><span>{}</span> {}</p>').format(label, text)


def reservation_html(hit: Hit) -> Markup:
    """Return the sentence after the marks of a hit that takes something back, if there is one."""
    span = hit.reservation
    if span is None:
        return Markup()
    start = hit.passage.start
    text = hit.passage.text[span.start - start : span.end - start]
    return Markup(
        '<div class="kw-reservation"><p>Let op, hierna staat:</p>'
        '<blockquote class="kw-quote"><p>{}</p></blockquote></div>'
    ).format(text)
