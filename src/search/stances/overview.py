"""What is thought of a topic: the cabinet's stances, and beside them what others say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from search.dutch import analyse
from search.labels import asks_for_research
from search.quoting.verification import only_verified_views
from search.records import Filters, Holder, Label, Quote, Stance, StanceOverview, View
from search.retrieval import Ranking, Retriever, coverage
from search.retrieval.answerability import ANSWERED, load_answerability, read_features
from search.stances.labelled_text import LabelledText
from search.storage import Index
from search.wording import HOLDERS, STANCES

__all__ = ["overview_of", "points_back"]

_PASSAGES = 40
"""Passages of the ranking that are looked at, each with the one before and behind it."""
_WORDS = 0.6
"""Share of the words in a sentence's relevance; the rest is nearness of meaning."""
_FAR = 0.08
"""A cosine so far behind the best counts as not near at all; E5's cosines lie close together."""
_REACH = 5
"""So many sentences away, in its paragraph, a sentence may find its topic."""
_LINKED, _UNLINKED, _APART = 0.9, 0.55, 0.35
"""What a topic counts one sentence on: where that one points back, where it does not, and where
it opens a paragraph."""
_SAME_WORDS = 0.8
"""Two sentences that share so much of their terms say the same."""
_LEAST, _OF_BEST = 0.42, 0.6
_QUIET = (Stance.EXPLANATION, Stance.PROCEDURE)
_POINTS_BACK = re.compile(
    r"^\W*(?:Dit|Dat|Deze|Die|Hier|Daar|Hier\w+|Daar\w+|Desalniettemin|Niettemin|Echter|Ook d\w+"
    r"|Tegelijkertijd|Wel|Toch|Maar|Daarom|Daarbij|Mede|Zij|Hij|Met name|Besluitvorming)\b"
    r"|\b(?:deze|dit|die|dat|genoemde|eerste|tweede|derde|laatste) (?:laatste )?(?:optie|advies"
    r"|aanbeveling\w*|voorstel\w*|suggestie|punt|vraag|wens|oproep|werkwijze|analyse|adviezen)\b"
    r"|\b(?:dergelijk|dergelijke|zulk|zulke|hierover|hiervoor|daarvoor|hierop|daarop|hiertoe|daartoe|hiermee|daarmee)\b"
)
_NEUTER = (
    "adviesorgaan",
    "rapport",
    "adviescollege",
    "PBL",
    "CBS",
    "CPB",
    "SCP",
    "RIVM",
    "COA",
    "OM",
    "UWV",
    "NIDI",
    "ATR",
    "college",
    "Rijk",
    "ministerie",
    "onderzoek",
)
"""Names that take "het"."""
_ASKED = re.compile(
    r"^\s*(?:wat (?:vindt|vond|is|zegt|doet|wil|denkt)|hoe (?:denkt|kijkt|staat)|vindt|steunt)\b"
    r"(?:\s+(?:het|de|is|er|standpunt|mening|oordeel|van))*\s+(?:kabinet|minister|regering|"
    r"staatssecretaris)\b(?:\s+(?:over|van|tegenover|naar|ten aanzien van|met betrekking tot|om|"
    r"dat|er|vindt))*\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Scored:
    """A sentence of a document and how much it is about the topic, from 0 to 1."""

    document: str
    place: int
    score: float


def points_back(sentence: str) -> bool:
    """Tell whether a sentence takes up what was said before ("Dit vraagt om ...")."""
    return bool(_POINTS_BACK.search(sentence))


def overview_of(
    index: Index,
    retriever: Retriever,
    topic: str,
    filters: Filters = Filters(),
    holds: Callable[[Quote], bool] = lambda _: True,
) -> StanceOverview:
    """Find what the cabinet and others think of a topic, most relevant first.

    A sentence counts when it is about the topic itself, or takes up what the sentences before it
    said of it. When the corpus says nothing of the topic, both lists are empty. A sentence for
    which `holds` is false is left out and counted.
    """
    asked = _ASKED.sub("", topic).strip(" ?.") or topic
    ranking = retriever.search(asked, filters)
    passages = index.passages([each.passage for each in ranking.ranked[:_PASSAGES]])
    best = [passages[each.passage] for each in ranking.ranked[:_PASSAGES]]
    judge = load_answerability(index.manifest.model)
    if not best or judge.confidence(read_features(index, ranking, best)) < ANSWERED:
        return StanceOverview(topic, (), (), {}, _nothing(asked))
    running: dict[str, LabelledText] = {}
    for name in dict.fromkeys(passage.document for passage in best):
        document = index.document(name)
        if document is not None:
            running[name] = LabelledText(document, index.passages_of(name))
    views = [
        running[each.document].view(each.place, each.score)
        for each in _relevant(index, ranking, running, {p.id for p in best})
    ]
    passed = [view for view in views if _passes(view.label, filters)]
    sound = only_verified_views(passed, holds)
    return replace(_overview(topic, asked, sound), withheld=len(passed) - len(sound))


def _passes(label: Label, filters: Filters) -> bool:
    return (not filters.holders or label.holder in filters.holders) and (
        not filters.stances or label.stance in filters.stances
    )


def _relevant(
    index: Index, ranking: Ranking, running: Mapping[str, LabelledText], found: set[int]
) -> list[_Scored]:
    """Score the sentences near the passages that were found, and keep those about the topic."""
    scored: list[_Scored] = []
    near = found | {i - 1 for i in found} | {i + 1 for i in found}
    for name, document in running.items():
        places = [i for i, s in enumerate(document.sentences) if s.passage.id in near]
        own = dict(zip(places, _own_relevance(index, ranking, document, places), strict=True))
        scored += [_Scored(name, i, _with_context(document, own, i)) for i in places]
    if not scored:
        return []
    least = max(_LEAST, _OF_BEST * max(each.score for each in scored))
    kept = [each for each in scored if each.score >= least]
    return sorted(kept, key=lambda each: (-each.score, each.document, each.place))


def _own_relevance(
    index: Index, ranking: Ranking, document: LabelledText, places: Sequence[int]
) -> NDArray[np.float64]:
    """Give how much each sentence is about the topic by itself, from 0 to 1."""
    spoken = [document.sentences[i] for i in places]
    vectors = index.sentence_rows({s.passage.id: s.passage for s in spoken}.values())
    cosines = np.array([float(vectors[s.passage.id][s.number] @ ranking.vector) for s in spoken])
    best = max((each.dense for each in ranking.ranked), default=0.0)
    near = np.clip(1 - (best - cosines) / _FAR, 0, 1)
    words = [
        coverage(ranking.terms, ranking.weights, set(analyse(document.text(i)))) for i in places
    ]
    return np.asarray(_WORDS * np.array(words) + (1 - _WORDS) * near)


def _with_context(document: LabelledText, own: Mapping[int, float], place: int) -> float:
    """Give a sentence's relevance: its own, or what it takes over from those it is linked to.

    A paragraph argues in a row: "deze laatste optie", "met name de tweede", "desalniettemin" are
    about what their neighbours are about, before them and behind.
    """
    best = own[place]
    for step in (-1, 1):
        strength = 1.0
        for other in range(place + step, place + step * (_REACH + 1), step):
            if other not in own or not document.same_section(place, other):
                break
            strength *= _link(document, max(other, other - step))
            best = max(best, own[other] * strength)
    return best


def _link(document: LabelledText, place: int) -> float:
    """Give how firmly a sentence is linked to the one before it."""
    if document.block(place) != document.block(place - 1):
        return _APART
    before, here = (document.sentences[i].label for i in (place - 1, place))
    if before.stance is Stance.ADVICE and here.holder is Holder.CABINET:
        # What the cabinet says right behind an advice is about it.
        return _LINKED
    return _LINKED if points_back(document.text(place)) else _UNLINKED


def _overview(topic: str, asked: str, views: Sequence[View]) -> StanceOverview:
    by_cabinet = [view for view in views if view.label.holder is Holder.CABINET]
    stances = [view for view in by_cabinet if view.label.stance not in _QUIET]
    cabinet = _once(stances or by_cabinet)
    others = _once(view for view in views if view.label.holder not in (Holder.CABINET, Holder.NONE))
    counted = Counter(view.label.stance for view in cabinet)
    summary = {stance: counted[stance] for stance in Stance if counted[stance]}
    line = _line(asked, summary, others) if cabinet or others else _nothing(asked)
    return StanceOverview(topic, tuple(cabinet), tuple(others), summary, line)


def _once(views: Iterable[View]) -> list[View]:
    """Leave out a sentence that another document repeats, but for a word or two."""
    kept: list[tuple[View, frozenset[str]]] = []
    for view in views:
        terms = frozenset(analyse(view.quote.text))
        repeats = any(
            view.quote.document != other.quote.document
            and len(terms & known) >= _SAME_WORDS * len(terms | known)
            for other, known in kept
        )
        if not repeats:
            kept.append((view, terms))
    return [view for view, _ in kept]


def _nothing(asked: str) -> str:
    return f"Over {asked} is in de bronnen geen standpunt gevonden."


def _line(asked: str, summary: Mapping[Stance, int], others: Sequence[View]) -> str:
    """Say what was found in one sentence, by counting labels."""
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
    return f"Over {asked}: {'; '.join(parts)}."


def _name(label: Label) -> str:
    """Return the holder of a label as it is called within a sentence."""
    return label.holder_name or HOLDERS[label.holder].lower()


def _with_article(name: str) -> str:
    if name in _NEUTER:
        return f"het {name}"
    return name if name[:1].islower() and name.endswith("en") else f"de {name}"
