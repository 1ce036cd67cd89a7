"""What every contender is given: the passages of a set, its questions, and the files themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli_w

from search.embedding import Encoder, load_encoder
from search.evaluation.measures.ndcg import ndcg
from search.evaluation.sets import RetrievalSet, read_retrieval_set
from search.passages import make_passages, search_text
from search.reading import read_text

__all__ = ["Prepared", "prepare"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A set as files in a folder, and how long it is."""

    name: str
    folder: Path
    passages: int
    tokens: int
    """Of the passages with their headings and prefix, as all embed them."""
    sentence_tokens: int
    """Of the passages' sentences with their prefix, which Kamerwijzer embeds besides."""
    data: RetrievalSet
    asked: tuple[str, ...]
    """The ids of the questions, in the order in which they are asked."""

    def quality(self, ranked: Sequence[Sequence[str]]) -> float:
        """Return the mean nDCG@10 of documents ranked for each question, from 0 to 1."""
        values = [
            ndcg(found, self.data.relevance[question], 10)
            for question, found in zip(self.asked, ranked, strict=True)
        ]
        return sum(values) / len(values)


def prepare(source: Path, folder: Path, most: int) -> Prepared:
    """Write a retrieval set into a folder: passages, questions, and a corpus of text files.

    Of the questions at most `most` are asked, evenly chosen. The passages are those that
    Kamerwijzer cuts, with their headings, so that no text is cut off at the model's length and all
    embed the same; Kamerwijzer itself is given the files.
    """
    data = read_retrieval_set(source)
    encoder = load_encoder()
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    lines: list[str] = []
    texts: list[str] = []
    sentences: list[str] = []
    for identifier, (title, text) in data.documents.items():
        (corpus / f"{identifier}.txt").write_text(text, "utf-8")
        if title:
            (corpus / f"{identifier}.toml").write_text(tomli_w.dumps({"subject": title}), "utf-8")
        document = read_text(text, identifier, title)
        for number, passage in enumerate(make_passages(document, encoder.count_tokens)):
            words = search_text(passage, document).for_encoder
            texts.append(words)
            sentences += [document.text[s.start : s.end] for s in passage.sentences]
            name = f"{identifier}#{number}"
            lines.append(json.dumps({"id": name, "text": words}, ensure_ascii=False))
    able = [q for q in data.queries if any(data.relevance.get(q, {}).values())]
    asked = tuple(able[:: -(-len(able) // most)])
    (folder / "passages.jsonl").write_text("\n".join(lines), "utf-8")
    questions = [data.queries[each] for each in asked]
    (folder / "questions.json").write_text(json.dumps(questions, ensure_ascii=False), "utf-8")
    own, besides = (sum(_lengths(encoder, each)) for each in (texts, sentences))
    return Prepared(source.name, folder, len(lines), own, besides, data, asked)


def _lengths(encoder: Encoder, texts: Sequence[str]) -> list[int]:
    """Count the tokens that the model reads: with the prefix and the marks of begin and end."""
    counted = encoder.count_tokens([f"passage: {text}" for text in texts])
    return [min(count + 2, encoder.max_tokens) for count in counted]
