"""Tiny sets, and the real model in a cache folder of these tests' own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from search.embedding import Encoder, prepare_builtin

DOCUMENTS = {
    "fiets": ("Fietsen", "De gemeente bouwt een fietsenstalling bij het station van Zwolle."),
    "melk": ("Zuivel", "De prijs van melk steeg in het voorjaar van 2019 met drie cent."),
    "brug": ("Bruggen", "De oude brug over de IJssel wordt vervangen door een tunnel."),
    "school": ("Onderwijs", "Op basisscholen in Drenthe zijn te weinig leraren voor de klas."),
    # Many paragraphs, of which the last but one answers.
    "lang": (
        "Natuur",
        "\n\n".join(
            [
                f"In natuurgebied nummer {i} groeien bomen en planten van soort {i}. " * 2
                for i in range(8)
            ]
            + ["De otter keerde in 2002 terug in het moeras van De Wieden.", "Einde van het stuk."]
        ),
    ),
}
QUERIES = {
    "q1": "Waar komt een fietsenstalling?",
    "q2": "Hoeveel steeg de prijs van melk?",
    "q3": "Wanneer keerde de otter terug?",
    # No word of it stands in a document, so the lexical arm finds nothing.
    "q4": "rijwielparkeervoorziening treinhalte",
    "q5": "Wordt de oude brug vervangen, en zijn er leraren genoeg?",
    "q6": "Zonder oordeel?",
}
JUDGED = [
    ("q1", "fiets", 1),
    ("q2", "melk", 1),
    ("q3", "lang", 1),
    ("q4", "fiets", 1),
    ("q5", "brug", 1),
    ("q5", "school", 1),
    ("q6", "brug", 0),
]


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write a JSONL file."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def retrieval_set(tmp_path: Path) -> Path:
    """Write a retrieval set of five documents and six questions, five of them judged."""
    folder = tmp_path / "klein"
    folder.mkdir()
    write_lines(
        folder / "corpus.jsonl",
        [{"id": i, "title": title, "text": text} for i, (title, text) in DOCUMENTS.items()],
    )
    write_lines(folder / "queries.jsonl", [{"id": i, "text": t} for i, t in QUERIES.items()])
    lines = ["qid\tdocid\tscore", *("\t".join(map(str, row)) for row in JUDGED)]
    (folder / "qrels.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def abstention_set(retrieval_set: Path) -> Path:
    """Take melk and brug out: q2 has no answer, q5 half of one, and q6 never had one."""
    text = json.dumps({"protocol": "zonder removed_docs", "removed_docs": ["melk", "brug"]})
    (retrieval_set / "abstain.json").write_text(text, encoding="utf-8")
    return retrieval_set


@pytest.fixture
def questions_file(tmp_path: Path) -> Path:
    """Write three questions on the real corpus; the last has no answer in it."""
    return write_lines(
        tmp_path / "vragen.jsonl",
        [
            {
                "id": "v1",
                "question": "Wat is de titel van het rapport van de WRR?",
                "type": "feit",
                "answerable": True,
                "evidence": ["Samenleven in Verscheidenheid"],
            },
            {
                "id": "v2",
                "question": "Welke rol ziet de WRR voor gemeenten?",
                "answerable": True,
                "evidence": ["dit staat er vast niet", "nergens"],
            },
            {
                "id": "v3",
                "question": "Hoe bak ik pannenkoeken?",
                "answerable": False,
                "evidence": [],
            },
        ],
    )


@pytest.fixture
def sentences_file(tmp_path: Path) -> Path:
    """Write four questions on two passages; the first sentence answers one of them."""
    beasts = [
        "De otter leeft in het moeras.",
        "In 2002 keerde hij terug.",
        "Jan Bakker telde veertig dieren.",
    ]
    trade = ["De prijs van melk steeg.", "De kaas bleef even duur.", "Boter werd goedkoper."]
    folder = tmp_path / "zinnen"
    folder.mkdir()
    return write_lines(
        folder / "answer_sentence.jsonl",
        [
            {"question": "In welk jaar keerde de otter terug?", "sentences": beasts, "gold": 1},
            {"question": "Wie telde veertig dieren?", "sentences": beasts, "gold": 2},
            {"question": "Bleef de kaas even duur?", "sentences": trade, "gold": 1},
            {"question": "Steeg de prijs van melk?", "sentences": trade, "gold": 0},
        ],
    )


@pytest.fixture(scope="session")
def environment(builtin: Encoder, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of a process with a cache of its own that holds the model."""
    assert builtin
    prepared = prepare_builtin()
    cache = tmp_path_factory.mktemp("evaluatiecache")
    (cache / prepared.name).symlink_to(prepared)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KAMERWIJZER_")}
    return {**kept, "KAMERWIJZER_CACHE": str(cache)}
