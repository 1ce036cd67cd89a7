"""Readers of the sets on which quality is measured."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.errors import UsageError

__all__ = [
    "AbstentionSplit",
    "Question",
    "RetrievalSet",
    "SentenceChoice",
    "read_abstention",
    "read_questions",
    "read_retrieval_set",
    "read_sentences",
]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents (id to title and text), questions (id to text) and relevance grades."""

    name: str
    documents: dict[str, tuple[str, str]]
    queries: dict[str, str]
    relevance: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class AbstentionSplit:
    """Which documents to remove, and which questions then have no answer or only part of it."""

    removed: frozenset[str]
    unanswerable: frozenset[str]
    partial: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """A question on the corpus with the words that answer it, if it has an answer."""

    id: str
    question: str
    answerable: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentenceChoice:
    """A question, the sentences of a passage, and the index of the one that answers."""

    question: str
    sentences: tuple[str, ...]
    gold: int


def read_retrieval_set(folder: Path) -> RetrievalSet:
    """Return the set of `corpus.jsonl`, `queries.jsonl` and `qrels.tsv` in a folder.

    Raises UsageError that names the file and the line.
    """
    documents = {
        str(row["id"]): (str(row.get("title") or ""), str(row["text"]))
        for _, row in _rows(folder / "corpus.jsonl", ("id", "text"))
    }
    queries = {
        str(row["id"]): str(row["text"])
        for _, row in _rows(folder / "queries.jsonl", ("id", "text"))
    }
    relevance: dict[str, dict[str, int]] = {}
    lines = _lines(folder / "qrels.tsv")
    next(lines, None)
    for number, line in enumerate(csv.reader(lines, delimiter="\t"), start=2):
        if not line:
            continue
        try:
            query, document, score = line
            relevance.setdefault(query, {})[document] = int(float(score))
        except (ValueError, OverflowError):
            raise UsageError(
                f"{folder / 'qrels.tsv'}, regel {number}: verwacht qid, docid en score."
            ) from None
    if not documents or not any(
        grade > 0 for query in queries for grade in relevance.get(query, {}).values()
    ):
        raise UsageError(f"{folder} bevat geen vraag met een document dat antwoordt.")
    return RetrievalSet(folder.resolve().name, documents, queries, relevance)


def read_abstention(folder: Path, data: RetrievalSet) -> AbstentionSplit:
    """Return the split of `abstain.json`: `removed_docs`, and the status of questions, if any.

    Without a status, a question is unanswerable if all relevant documents are removed, and
    partial if some are.
    """
    path = folder / "abstain.json"
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        removed = frozenset(map(str, values["removed_docs"]))
        status = {str(row["qid"]): row["status"] for row in values.get("questions", ())}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} kan niet worden gelezen ({error!r}).") from error
    for query in data.queries:
        status.setdefault(query, _status(data.relevance.get(query, {}), removed))
    kinds = {status[query] for query in data.queries}
    if not {"answerable", "unanswerable"} <= kinds:
        raise UsageError(f"{path}: er moeten vragen zijn met en zonder antwoord.")
    return AbstentionSplit(
        removed,
        frozenset(query for query, value in status.items() if value == "unanswerable"),
        frozenset(query for query, value in status.items() if value == "partial"),
    )


def _status(relevance: dict[str, int], removed: Collection[str]) -> str:
    relevant = [document for document, grade in relevance.items() if grade > 0]
    gone = sum(document in removed for document in relevant)
    if gone == len(relevant):
        return "unanswerable"
    return "partial" if gone else "answerable"


def read_questions(path: Path) -> list[Question]:
    """Return questions with their evidence from a file with a JSON object on each line."""
    questions = [
        Question(
            str(row["id"]),
            str(row["question"]),
            bool(row.get("answerable", True)),
            tuple(map(str, row.get("evidence", ()))),
        )
        for _, row in _rows(path, ("id", "question"), lists=("evidence",))
    ]
    if not questions:
        raise UsageError(f"{path} bevat geen vragen.")
    return questions


def read_sentences(path: Path) -> list[SentenceChoice]:
    """Return sentences to choose from, from a file with a JSON object on each line."""
    choices = []
    for line, row in _rows(path, ("question", "sentences", "gold"), lists=("sentences",)):
        gold, sentences = row["gold"], tuple(map(str, row["sentences"]))
        if not isinstance(gold, int) or not 0 <= gold < len(sentences):
            raise UsageError(f"{line}: gold is geen plaats in sentences.")
        choices.append(SentenceChoice(str(row["question"]), sentences, gold))
    if not choices:
        raise UsageError(f"{path} bevat geen vragen.")
    return choices


def _rows(
    path: Path, wanted: Collection[str], lists: Collection[str] = ()
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the place of each line, for messages, and its object."""
    for number, text in enumerate(_lines(path), start=1):
        if not text.strip():
            continue
        line = f"{path}, regel {number}"
        try:
            row = json.loads(text)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise UsageError(f"{line}: dit is geen JSON-object.")
        if missing := [key for key in wanted if key not in row]:
            raise UsageError(f"{line}: er ontbreekt {', '.join(missing)}.")
        if wrong := [key for key in lists if not isinstance(row.get(key, []), list)]:
            raise UsageError(f"{line}: {', '.join(wrong)} is geen lijst.")
        yield line, row


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from file
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} kan niet worden gelezen ({error}).") from error
