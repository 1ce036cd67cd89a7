"""Everything that the app and the command line ask of a corpus, behind one object."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self

from search.answers import answer_question, check_quotes, question_above, quote_at
from search.citing import cite_in
from search.embedding import Encoder, Reranker, load_encoder, load_reranker
from search.errors import IndexOutdated, QuestionError, UsageError
from search.exports import reactions_csv, reactions_docx
from search.quoting import (
    QuoteFinder,
    SourceCheck,
    only_verified_answer,
    only_verified_reactions,
    only_verified_views,
)
from search.reader import Reader, load_reader
from search.records import (
    Answer,
    CheckedQuote,
    Document,
    Entry,
    Filters,
    HintKind,
    Hit,
    Holder,
    Limits,
    ListedQuote,
    Passage,
    Reaction,
    Span,
    Stance,
    StanceCount,
    StanceOverview,
    Timeline,
    View,
)
from search.retrieval import Retriever
from search.settings import Settings
from search.stances import (
    LabelledText,
    labelled_sentences,
    overview_of,
    reactions_of,
    timeline_of,
)
from search.storage import Index, Store, corpus_of, store_of

__all__ = ["LONGEST_QUESTION", "LONGEST_TEXT", "Engine"]

LONGEST_TEXT = 500_000
"""Characters of a draft whose quotes are checked; some 150 pages."""
LONGEST_QUESTION = 2_000
"""Characters; the model reads some 2,000 at most, so the rest of a longer text would not count."""
MOST_HITS = 100
MOST_CHOICES = 40
"""Themes or documents that a message names, of a corpus that may have thousands."""


class Engine:
    """An open index with the model that it was built with. Safe to use from several threads."""

    def __init__(
        self,
        corpus: Path,
        store: Store,
        index: Index,
        encoder: Encoder,
        reranker: Reranker | None = None,
        limits: Limits = Limits(),
        reader: Reader | None = None,
    ) -> None:
        self._corpus = corpus
        self._store = store
        self._index = index
        self._retriever = Retriever(index, encoder, reranker, reader)
        self._source = SourceCheck.of_index(corpus, index, limits)
        self._finder = QuoteFinder(index)

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        reranker: str = "",
        reader: bool = True,
        message: Callable[[str], None] | None = None,
    ) -> Engine:
        """Open the index of the settings and load the model that it was built with.

        `reranker` names a cross-encoder that orders the best passages anew, if there is one. The
        reader reads the best passages, unless `reader` is false.

        Raises IndexMissing, IndexDamaged, IndexOutdated or ModelError, each with what to do.
        """
        corpus, store = corpus_of(settings), store_of(settings.index)
        opened = store.open()
        try:
            _check(opened, corpus, store)
            model = opened.manifest.model
            encoder = load_encoder(model, cache=settings.cache, message=message)
            if encoder.fingerprint != opened.manifest.fingerprint:
                raise IndexOutdated(
                    f"De index is gebouwd met een andere versie van het model ‘{model}’. "
                    "Bouw hem opnieuw met: kamerwijzer index"
                )
            judge = load_reranker(reranker) if reranker else None
            reads = load_reader(encoder, cache=settings.cache, message=message) if reader else None
        except BaseException:
            opened.close()
            raise
        return cls(corpus, store, opened, encoder, judge, settings.limits, reads)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def generation(self) -> str:
        """The name of the generation that is open; it changes when the index is rebuilt."""
        return self._index.generation

    @property
    def model(self) -> str:
        """The model that the index was built with."""
        return self._index.manifest.model

    def is_current(self) -> bool:
        """Return whether the generation that is open is still the one in use."""
        return self._store.current() == self.generation

    def check(self) -> None:
        """Raise IndexOutdated when the corpus has changed since the index was built.

        While a build is at work the index in use goes on answering: what it says is checked
        against the files, so that nothing is quoted that has changed. Raises IndexDamaged when
        a file of the index itself is no longer what was written.
        """
        self._index.check()
        _check(self._index, self._corpus, self._store)

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def ask(
        self,
        question: str,
        filters: Filters = Filters(),
        top: int = 10,
        ignored: Collection[HintKind] = (),
    ) -> Answer:
        """Answer a question with at most `top` hits (1 to 100).

        What the question says of where to look ("in Kamerstuk 29 861") narrows the search, but
        for the kinds of hint in `ignored`; `Answer.hints` tells.

        Raises QuestionError for an empty question or one of over 2,000 characters, UsageError
        for a filter that names no theme or document of the index, or a date that is none, and
        IndexDamaged when a file of the index is no longer what was written.
        """
        asked = _checked(
            question, "Stel een vraag, bijvoorbeeld: Welke rol ziet de WRR voor gemeenten?"
        )
        if not 1 <= top <= MOST_HITS:
            raise UsageError(
                f"Het aantal treffers moet tussen 1 en {MOST_HITS} liggen, niet {top}."
            )
        # Much of the index is mapped into memory: to read on in a file that was cut off would
        # end the process.
        self._index.check()
        resolved = self._resolved(filters)
        answer = answer_question(self._index, self._retriever, asked, resolved, top, ignored)
        return only_verified_answer(answer, self._source.holds, self._source.passage_holds)

    def stances(self, topic: str, filters: Filters = Filters()) -> StanceOverview:
        """Return what the cabinet and others think of a topic, from the sentences' labels.

        Raises QuestionError and UsageError as `ask` does.
        """
        asked = _checked(
            topic, "Noem een onderwerp, bijvoorbeeld: richtgetallen voor asielmigratie"
        )
        resolved = self._resolved(filters)
        return overview_of(self._index, self._retriever, asked, resolved, self._source.holds)

    def timeline(self, overview: StanceOverview) -> Timeline:
        """Return the views of an overview in order of date, with the cabinet and ministers then.

        Pairs of stances by which the cabinet may have changed its position come with it.
        """
        return timeline_of(self._index, overview)

    def stance_counts(self) -> tuple[StanceCount, ...]:
        """Count the labelled sentences by document, theme, holder and stance."""
        return self._stance_counts

    @cached_property
    def _stance_counts(self) -> tuple[StanceCount, ...]:
        return self._index.stance_counts()

    def sentences_with(
        self, document: str, theme: str, stance: Stance, holder: Holder
    ) -> tuple[View, ...]:
        """Return a document's sentences with a holder and stance, in order of the text.

        Only those under a theme; an empty one means any. Raises UsageError as `document` does.
        """
        text = LabelledText(self.document(document), self._index.passages_of(document))
        return only_verified_views(
            labelled_sentences(text, theme, stance, holder), self._source.holds
        )

    def reactions(self, document: str) -> tuple[Reaction, ...]:
        """Pair each recommendation in a document with the cabinet's reactions to it.

        Raises UsageError as `document` does.
        """
        found = reactions_of(self._index, self.document(document))
        return only_verified_reactions(found, self._source.holds)

    def reactions_csv(self, document: str) -> bytes:
        """Return the same as CSV for a spreadsheet."""
        return reactions_csv(self.reactions(document))

    def reactions_docx(self, document: str) -> bytes:
        """Return the same as a Word document with a table."""
        about = self.document(document).metadata
        name = about.name or document
        return reactions_docx(self.reactions(document), name, cite_in(document, about))

    def check_quotes(self, text: str) -> tuple[CheckedQuote, ...]:
        """Check a quote, or each quote in a text, against the documents.

        Raises QuestionError for a text without words or one of over 500,000 characters.
        """
        if not any(character.isalnum() for character in text):
            raise QuestionError(
                "Plak een citaat, of een tekst met citaten tussen aanhalingstekens."
            )
        if len(text) > LONGEST_TEXT:
            raise QuestionError(
                f"De tekst is {len(text)} tekens lang; hooguit {LONGEST_TEXT} kan. "
                "Controleer hem in delen."
            )
        return check_quotes(text, self._finder, self.document, self._source.holds, self._nearest)

    def _nearest(self, text: str) -> Hit | None:
        """Return the passage that comes nearest to a text in meaning and words."""
        asked = " ".join(text.split())[:LONGEST_QUESTION]
        # Of several, since one that is not what its file says is left out.
        return next(iter(self.ask(asked, top=3, ignored=tuple(HintKind)).hits), None)

    def quote(self, document: str, span: Span) -> ListedQuote | None:
        """Return a span of a document as a quote; None when it is not what its file says.

        Raises UsageError as `document` does, and when the span lies outside the text.
        """
        found = self.document(document)
        if not 0 <= span.start < span.end <= len(found.text):
            raise UsageError(
                f"De plaats {span.start}–{span.end} bestaat niet in ‘{document}’ "
                f"(0–{len(found.text)})."
            )
        listed = quote_at(found, span)
        return listed if self._source.holds(listed.quote) else None

    def asked_in(self, passage: Passage) -> str:
        """Return what MPs asked that a passage answers, some 300 characters of it, or nothing."""
        return question_above(passage, self.document(passage.document), self._source.holds)

    def documents(self) -> tuple[Entry, ...]:
        """List the documents, the newest first."""
        return self._entries

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        # Made once: a generation never changes, and every page of the app lists its documents.
        entries = [
            Entry(
                id=each.id,
                path=each.path,
                metadata=each.metadata,
                citation=cite_in(each.id, each.metadata),
                themes=each.themes,
                passages=each.passages,
                words=each.words,
            )
            for each in self._index.listed()
        ]
        return tuple(sorted(entries, key=lambda entry: entry.metadata.date, reverse=True))

    def document(self, document: str) -> Document:
        """Return one document whole; raises UsageError when there is none of that id."""
        found = self._index.document(document)
        if found is None:
            known = ", ".join(entry.id for entry in self.documents()[:10])
            raise UsageError(f"Er is geen document ‘{document}’. Wel bijvoorbeeld: {known}.")
        return found

    def sentences(self, document: str) -> tuple[Span, ...]:
        """Return the spans of a document's sentences that can be quoted, in order of its text."""
        passages = self._index.passages_of(document)
        found = (s for p in passages for s in p.sentences if not s.doubt)
        return tuple(sorted((Span(s.start, s.end) for s in found), key=lambda span: span.start))

    def themes(self) -> tuple[str, ...]:
        """List the theme labels of the passages, in order of the documents."""
        return self._index.theme_labels()

    def _resolved(self, filters: Filters) -> Filters:
        """Return the filters with labels and ids as the index has them."""
        if not filters:
            return filters
        themes = (*self.themes(), *self._index.document_theme_labels()) if filters.themes else ()
        resolved = replace(
            filters,
            themes=tuple(
                label for name in filters.themes for label in _matching(name, themes, "thema")
            ),
            documents=tuple(
                label for name in filters.documents for label in self._documents_named(name)
            ),
        )
        for value in (filters.date_from, filters.date_to):
            _check_date(value)
        if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
            raise UsageError(
                f"De begindatum {filters.date_from} ligt na de einddatum {filters.date_to}. "
                "Draai ze om."
            )
        return resolved

    def _documents_named(self, name: str) -> list[str]:
        """Return the ids that a user means; a whole one needs no look at all the others."""
        known = self._index.metadata
        return [name] if name in known else _matching(name, list(known), "document")


def _check(index: Index, corpus: Path, store: Store) -> None:
    if not store.beside_corpus:
        return
    try:
        index.manifest.check_corpus(corpus)
    except IndexOutdated:
        if not store.is_building():
            raise


def _checked(text: str, advice: str) -> str:
    """Return what was asked on one line; raises QuestionError for nothing or too much of it."""
    asked = " ".join(text.split())
    if not any(character.isalnum() for character in asked):
        raise QuestionError(advice)
    if len(asked) > LONGEST_QUESTION:
        raise QuestionError(
            f"De vraag is {len(asked)} tekens lang; hooguit {LONGEST_QUESTION} kan. "
            "Maak de vraag korter."
        )
    return asked


def _matching(name: str, known: Sequence[str], what: str) -> list[str]:
    """Return the known labels that a user means: the very one, else those that hold the words."""
    wanted = " ".join(name.lower().split())
    exact = [label for label in known if label.lower() == wanted]
    found = exact or [label for label in known if wanted and wanted in label.lower()]
    if not found:
        choices = list(dict.fromkeys(known))
        more = f" (en {len(choices) - MOST_CHOICES} andere)" if len(choices) > MOST_CHOICES else ""
        listed = "; ".join(choices[:MOST_CHOICES])
        raise UsageError(f"Er is geen {what} ‘{name}’. Kies uit: {listed}{more}.")
    return list(dict.fromkeys(found))


def _check_date(value: str) -> None:
    if not value:
        return
    try:
        # Python takes "20210324" too, but the index compares dates as texts.
        is_date = date.fromisoformat(value).isoformat() == value
    except ValueError:
        is_date = False
    if not is_date:
        raise UsageError(f"‘{value}’ is geen datum. Schrijf jaar-maand-dag, zoals 2021-03-24.")
