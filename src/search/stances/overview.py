"""The views on a topic: the cabinet's stances, and what others say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from search.dutch import analyse
from search.dutch.anaphora import points_back
from search.labels import asks_for_research
from search.quoting.verification import only_verified_views
from search.records import (
    Filters,
    Holder,
    Label,
    Quote,
    Stance,
    StanceOverview,
    View,
    direction_of,
)
from search.retrieval import Ranking, Retriever, coverage
from search.retrieval.answerability import ON_TOPIC, load_answerability, read_features
from search.stances.labelled_text import LabelledText
from search.storage import Index
from search.wording import HOLDERS, STANCES

__all__ = ["overview_of"]

_PASSAGES = 40
"""Passages of the ranking that are used, each with the ones before and after it."""
_WORD_SHARE = 0.6
"""Share of the words in a sentence's relevance; the rest is its cosine."""
_COSINE_RANGE = 0.25
"""Difference from the best cosine at which a sentence is not near at all. Half of the sentences of
a letter are nearer to a topic than that."""
_MOST_STEPS = 5
"""Sentences over which relevance is passed on within a section."""
_LINKED, _UNLINKED, _APART = 0.9, 0.55, 0.35
"""Share of relevance that is passed on to the next sentence if that points back, if it does not,
and if it opens a paragraph."""
_REPEATED_SHARE = 0.8
"""Share of common terms from which two sentences say the same."""
_LEAST_RELEVANCE, _LEAST_SHARE_OF_BEST = 0.42, 0.6
_NO_STANCES = (Stance.EXPLANATION, Stance.PROCEDURE)
_NEUTER = frozenset(
    "adviesorgaan rapport adviescollege PBL CBS CPB SCP RIVM COA OM UWV NIDI ATR college Rijk "
    "ministerie onderzoek".split()
)
"""Names that take "het"."""
_QUESTION_START = re.compile(
    r"^\s*(?:wat (?:vindt|vond|is|zegt|doet|wil|denkt)|hoe (?:denkt|kijkt|staat)|vindt|steunt)\b"
    r"(?:\s+(?:het|de|is|er|standpunt|mening|oordeel|van))*\s+(?:kabinet|minister|regering|"
    r"staatssecretaris)\b(?:\s+(?:over|van|tegenover|naar|ten aanzien van|met betrekking tot|om|"
    r"dat|er|vindt))*\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _RelevantSentence:
    """A sentence of a document and its relevance to the topic, from 0 to 1."""

    document: str
    place: int
    score: float


def overview_of(
    index: Index,
    retriever: Retriever,
    topic: str,
    filters: Filters = Filters(),
    holds: Callable[[Quote], bool] = lambda _: True,
) -> StanceOverview:
    """Return what the cabinet and others think of a topic, most relevant first.

    A sentence counts if it is about the topic itself, or is linked to sentences that are. Both
    lists are empty if the corpus has nothing on the topic. Sentences for which `holds` is false
    are left out and counted.
    """
    subject = _QUESTION_START.sub("", topic).strip(" ?.") or topic
    ranking = retriever.search(subject, filters, read=False)
    passages = index.passages([each.passage for each in ranking.ranked[:_PASSAGES]])
    best = [passages[each.passage] for each in ranking.ranked[:_PASSAGES]]
    model = load_answerability(index.manifest.model)
    if not best or model.confidence(read_features(ranking, best)) < ON_TOPIC:
        return StanceOverview(topic, (), (), {}, _nothing(subject))
    texts: dict[str, LabelledText] = {}
    for name in dict.fromkeys(passage.document for passage in best):
        document = index.document(name)
        if document is not None:
            texts[name] = LabelledText(document, index.passages_of(name))
    views = [
        texts[each.document].view(each.place, each.score)
        for each in _relevant(index, ranking, texts, {p.id for p in best})
    ]
    passed = [view for view in views if _passes(view.label, filters)]
    verified = only_verified_views(passed, holds)
    overview = _overview(topic, subject, verified)
    return replace(overview, withheld=len(passed) - len(verified))


def _passes(label: Label, filters: Filters) -> bool:
    return (not filters.holders or label.holder in filters.holders) and (
        not filters.stances or label.stance in filters.stances
    )


def _relevant(
    index: Index, ranking: Ranking, texts: Mapping[str, LabelledText], found: set[int]
) -> list[_RelevantSentence]:
    """Return the relevant sentences in and next to the passages that were found, best first."""
    scored: list[_RelevantSentence] = []
    near = found | {i - 1 for i in found} | {i + 1 for i in found}
    for name, text in texts.items():
        places = [i for i, s in enumerate(text.sentences) if s.passage.id in near]
        own = dict(zip(places, _own_relevance(index, ranking, text, places), strict=True))
        scored += [_RelevantSentence(name, i, _with_context(text, own, i)) for i in places]
    if not scored:
        return []
    least = max(_LEAST_RELEVANCE, _LEAST_SHARE_OF_BEST * max(each.score for each in scored))
    kept = [each for each in scored if each.score >= least]
    return sorted(kept, key=lambda each: (-each.score, each.document, each.place))


def _own_relevance(
    index: Index, ranking: Ranking, text: LabelledText, places: Sequence[int]
) -> NDArray[np.float64]:
    """Return the relevance of each sentence by itself, from 0 to 1."""
    sentences = [text.sentences[i] for i in places]
    vectors = index.sentence_rows({s.passage.id: s.passage for s in sentences}.values())
    cosines = np.array([float(vectors[s.passage.id][s.number] @ ranking.vector) for s in sentences])
    best = max((each.dense for each in ranking.ranked), default=0.0)
    near = np.clip(1 - (best - cosines) / _COSINE_RANGE, 0, 1)
    words = [coverage(ranking.terms, ranking.weights, set(analyse(text.text(i)))) for i in places]
    return np.asarray(_WORD_SHARE * np.array(words) + (1 - _WORD_SHARE) * near)


def _with_context(text: LabelledText, own: Mapping[int, float], place: int) -> float:
    """Return a sentence's relevance: its own, or what linked sentences pass on to it.

    Sentences such as "deze laatste optie" or "desalniettemin" are about the same as those before
    and after them.
    """
    best = own[place]
    for step in (-1, 1):
        strength = 1.0
        for other in range(place + step, place + step * (_MOST_STEPS + 1), step):
            if other not in own or not text.same_section(place, other):
                break
            strength *= _link(text, max(other, other - step))
            best = max(best, own[other] * strength)
    return best


def _link(text: LabelledText, place: int) -> float:
    """Return the share of relevance that a sentence passes to the one before it, and back."""
    if not text.same_block(place, place - 1):
        return _APART
    before, here = (text.sentences[i].label for i in (place - 1, place))
    if before.stance is Stance.ADVICE and here.holder is Holder.CABINET:
        # What the cabinet says right after an advice is about that advice.
        return _LINKED
    return _LINKED if points_back(text.text(place)) else _UNLINKED


def _overview(topic: str, subject: str, views: Sequence[View]) -> StanceOverview:
    by_cabinet = [view for view in views if view.label.holder is Holder.CABINET]
    stances = [view for view in by_cabinet if view.label.stance not in _NO_STANCES]
    cabinet = _without_repeats(stances or by_cabinet)
    others = _without_repeats(
        view for view in views if view.label.holder not in (Holder.CABINET, Holder.NONE)
    )
    counted = Counter(view.label.stance for view in cabinet)
    summary = {stance: counted[stance] for stance in Stance if counted[stance]}
    line = _line(subject, summary, others) if cabinet or others else _nothing(subject)
    return StanceOverview(topic, tuple(cabinet), tuple(others), summary, line)


def _without_repeats(views: Iterable[View]) -> list[View]:
    """Return the views without those that nearly repeat one of another document.

    With and without "niet" the terms are the same, so a repeat must also point the same way.
    """
    kept: list[tuple[View, frozenset[str]]] = []
    for view in views:
        terms = frozenset(analyse(view.quote.text))
        repeats = any(
            view.quote.document != other.quote.document
            and direction_of(view.label.stance) is direction_of(other.label.stance)
            and len(terms & known) >= _REPEATED_SHARE * len(terms | known)
            for other, known in kept
        )
        if not repeats:
            kept.append((view, terms))
    return [view for view, _ in kept]


def _nothing(subject: str) -> str:
    return f"Over {subject} is in de bronnen geen standpunt gevonden."


def _line(subject: str, summary: Mapping[Stance, int], others: Sequence[View]) -> str:
    """Return one sentence that counts the labels of what was found."""
    parts = [", ".join(f"{STANCES[stance]} ({n})" for stance, n in summary.items())]
    if not summary:
        parts = ["geen standpunt van het kabinet gevonden"]
    advice: dict[str, Counter[str]] = {}
    for view in others:
        if view.label.stance is Stance.ADVICE:
            kind = "nader onderzoeken" if asks_for_research(view.quote.text) else "overig"
            advice.setdefault(_name(view.label), Counter())[kind] += 1
    for name, kinds in advice.items():
        if set(kinds) == {"overig"}:
            parts.append(f"advies van {_with_article(name)} ({kinds['overig']})")
        else:
            listed = ", ".join(f"{kind} ({n})" for kind, n in sorted(kinds.items()))
            parts.append(f"advies van {_with_article(name)}: {listed}")
    return f"Over {subject}: {'; '.join(parts)}."


def _name(label: Label) -> str:
    """Return the holder of a label as it is called within a sentence."""
    return label.holder_name or HOLDERS[label.holder].lower()


def _with_article(name: str) -> str:
    if name in _NEUTER:
        return f"het {name}"
    return name if name[:1].islower() and name.endswith("en") else f"de {name}"
