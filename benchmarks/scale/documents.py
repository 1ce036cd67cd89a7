"""A corpus of any size, one document after another: first the real files, then made ones.

A made document is a letter, a report or a memorandum of 50 to 90 passages in Markdown with a
sidecar. Its head gives dossier, number and date, its chapters are on a main subject and a few
others, and its sentences are real ones, shuffled within a subject. The file is written; the
records are put together beside it from what the pool knows of each sentence, in a twentieth of
the time that reading, cutting and analysing take, and are exactly what those give.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import numpy as np
from benchmarks.scale.pool import Pool, Topic, Unit
from benchmarks.scale.putting import Made, Putting

from search.dutch import analyse, words_of, write_date
from search.embedding import Encoder
from search.labels import ThemeEstimator, label_passages, label_themes, load_labeller
from search.passages import TokenCounter, make_passages, surroundings
from search.reading import read_document

__all__ = ["Maker", "read_real", "stream"]

_FEWEST, _MOST = 50, 90
"""Passages of a made document."""
_SUBJECTS = 4
_PER_DOSSIER = 50
_FIRST_DOSSIER = 30_001
_FIRST_DAY, _DAYS = date(2008, 1, 7), 6_500
_LIST_SHARE = 0.1
_MOST_TOKENS = 200
_OFFICES = (
    "Binnenlandse Zaken en Koninkrijksrelaties",
    "Justitie en Veiligheid",
    "Asiel en Migratie",
    "Sociale Zaken en Werkgelegenheid",
    "Onderwijs, Cultuur en Wetenschap",
    "Financiën",
    "Volksgezondheid, Welzijn en Sport",
    "Infrastructuur en Waterstaat",
    "Economische Zaken",
    "Landbouw, Visserij, Voedselzekerheid en Natuur",
    "Defensie",
    "Buitenlandse Zaken",
)
_TITLES = (
    *("BRIEF VAN DE MINISTER VAN {}",) * 7,
    *("VERSLAG VAN EEN SCHRIFTELIJK OVERLEG",) * 2,
    "MEMORIE VAN TOELICHTING",
)


def read_real(pool: Pool, folder: Path, encoder: Encoder) -> Iterator[Made]:
    """Write the real files into a corpus folder, and read, cut and label each.

    The vectors by which passages would get a theme of no chapter are the mean of their sentences'.
    """
    labels, themes = load_labeller(encoder), ThemeEstimator(encoder)
    for file in pool.files:
        path = folder / f"{file.name}{file.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        if file.sidecar:
            path.with_suffix(".toml").write_text(file.sidecar, "utf-8")
        document = read_document(path, folder)
        cut = make_passages(document, encoder.count_tokens, together=0)
        rows = [pool.rows[document.text[s.start : s.end]] for p in cut for s in p.sentences]
        vectors = pool.vectors[rows].astype(np.float32)
        ends = np.cumsum([len(p.sentences) for p in cut])
        means = [part.mean(axis=0) for part in np.split(vectors, ends[:-1])]
        own, themed = label_themes(document, cut, np.array(means), themes)
        passages = label_passages(document, themed, labels)
        sizes = encoder.count_tokens([p.text for p in passages])
        yield Made(
            document,
            own,
            tuple(passages),
            tuple(surroundings(passages, sizes)),
            tuple(tuple(analyse(p.text)) for p in passages),
            tuple(words_of(document.text)),
            tuple(rows),
            (-1,) * len(passages),
        )


class Maker:
    """Makes documents of the pool's sentences; the n-th is the same for the same seed."""

    def __init__(self, pool: Pool, folder: Path, seed: int, count_tokens: TokenCounter) -> None:
        """Prepare to write into the corpus folder `folder`."""
        self._pool = pool
        self._count_tokens = count_tokens
        self._folder = folder
        self._seed = seed
        self._numbers = range(len(pool.topics))
        self._full = [n for n in self._numbers if len(pool.topics[n].sentences) >= 10]
        self._listing = [n for n in self._numbers if pool.topics[n].leads and pool.topics[n].items]
        self._headings = tuple(h for topic in pool.topics for h in topic.headings)

    def document(self, number: int) -> Made:
        """Make document `number` and write its file and its sidecar."""
        chance = random.Random(f"{self._seed}/{number}")
        topics = chance.sample(self._full, min(_SUBJECTS, len(self._full)))
        office = chance.choice(_OFFICES)
        putting = self._head(chance, number, topics[0], office)
        wanted = chance.randint(_FEWEST, _MOST)
        while len(putting.passages) < wanted:
            topic = topics[0] if chance.random() < 0.6 else chance.choice(topics[1:] or topics)
            self._chapter(chance, putting, topic, topics, wanted)
        return putting.finish(self._folder)

    def _head(self, chance: random.Random, number: int, topic: int, office: str) -> Putting:
        main = self._pool.topics[topic]
        dossier, piece = divmod(number, _PER_DOSSIER)
        dossier += _FIRST_DOSSIER
        day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
        first_year = day.year if day.month >= 9 else day.year - 1
        title = chance.choice(_TITLES).format(office.upper())
        lines = (
            "Tweede Kamer der Staten-Generaal",
            f"Vergaderjaar {first_year}–{first_year + 1}",
            f"{str(dossier)[:2]} {str(dossier)[2:]} {main.name}",
            f"Nr. {piece + 1} {title}",
            "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
            f"Den Haag, {write_date(day.isoformat())}",
        )
        path = f"kst/{dossier}/kst-{dossier}-{piece + 1}.md"
        sidecar = {
            "subject": f"{main.name}, {dossier} nr. {piece + 1}",
            "issuer": f"Ministerie van {office}",
            "url": f"https://zoek.officielebekendmakingen.nl/kst-{dossier}-{piece + 1}.html",
            "themes": [main.theme],
        }
        head = list(zip(lines, self._pool.head_rows(), strict=True))
        return Putting(path, head, sum(self._count_tokens(lines)), sidecar)

    def _chapter(
        self,
        chance: random.Random,
        putting: Putting,
        topic: int,
        others: Sequence[int],
        wanted: int,
    ) -> None:
        """Add a chapter on a subject, of one or two sections."""
        putting.heading(self._pool.topics[topic].name, 1)
        for _ in range(chance.randint(1, 2)):
            own = self._pool.topics[topic].headings or self._headings
            putting.heading(chance.choice(own), 2)
            for _ in range(chance.randint(2, 7)):
                if len(putting.passages) >= wanted:
                    return
                if chance.random() < _LIST_SHARE:
                    self._list(chance, putting, topic)
                else:
                    self._paragraph(chance, putting, topic, others)

    def _paragraph(
        self, chance: random.Random, putting: Putting, topic: int, others: Sequence[int]
    ) -> None:
        """Add a paragraph with as many sentences as real ones have, most of one subject."""
        sentences: list[Unit] = []
        held = 0
        for _ in range(chance.choice(self._pool.lengths)):
            at = topic if chance.random() < 0.8 else chance.choice(others)
            unit = chance.choice(self._pool.topics[at].sentences)
            if held + unit.tokens > _MOST_TOKENS:
                break
            held += unit.tokens
            sentences.append(unit)
        putting.paragraph(sentences, topic)

    def _list(self, chance: random.Random, putting: Putting, topic: int) -> None:
        listing = topic if topic in self._listing else chance.choice(self._listing)
        own: Topic = self._pool.topics[listing]
        lead = chance.choice(own.leads)
        items: list[Unit] = []
        held = lead.tokens
        for _ in range(chance.randint(2, 6)):
            item = chance.choice(own.items)
            if held + item.tokens > _MOST_TOKENS:
                break
            held += item.tokens
            items.append(item)
        if items:
            putting.list(lead, items, listing)


def stream(pool: Pool, folder: Path, encoder: Encoder, seed: int) -> Iterator[Made]:
    """Yield documents endlessly: real ones, then generated ones; each is written when yielded."""
    yield from read_real(pool, folder, encoder)
    maker = Maker(pool, folder, seed, encoder.count_tokens)
    yield from map(maker.document, count())
