"""Sets as files: what is read, and what is said of a file that is off."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from search.errors import UsageError
from search.evaluation import read_abstention, read_questions, read_retrieval_set, read_sentences
from search.evaluation.sets import Question, SentenceChoice


def test_a_retrieval_set_is_read(retrieval_set: Path) -> None:
    data = read_retrieval_set(retrieval_set)
    assert data.name == "klein"
    assert list(data.documents) == ["fiets", "melk", "brug", "school", "lang"]
    assert data.documents["brug"] == (
        "Bruggen",
        "De oude brug over de IJssel wordt vervangen door een tunnel.",
    )
    assert data.queries["q1"] == "Waar komt een fietsenstalling?"
    assert data.relevance["q5"] == {"brug": 1, "school": 1}
    assert data.relevance["q6"] == {"brug": 0}


def test_what_may_differ_between_sets(retrieval_set: Path) -> None:
    # A byte order mark, Windows line ends, empty lines, numbers for ids, scores as 1.0, no title.
    (retrieval_set / "corpus.jsonl").write_bytes(
        b'\xef\xbb\xbf{"id": 7, "text": "Een."}\r\n\r\n{"id": "8", "title": null, "text": "Twee."}'
    )
    (retrieval_set / "queries.jsonl").write_text('\n{"id": 1, "text": "Een?", "answers": []}\n')
    (retrieval_set / "qrels.tsv").write_bytes(b"qid\tdocid\tscore\r\n\r\n1\t7\t1.0\r\n")
    data = read_retrieval_set(retrieval_set)
    assert data.documents == {"7": ("", "Een."), "8": ("", "Twee.")}
    assert data.queries == {"1": "Een?"}
    assert data.relevance == {"1": {"7": 1}}


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "geen JSON-object"),
        ("tekst", "geen JSON-object"),
        ("7", "geen JSON-object"),
        ("null", "geen JSON-object"),
        ('"id text"', "geen JSON-object"),
        ('["id", "text"]', "geen JSON-object"),
        ('{"id": "a"}', "ontbreekt text"),
        ('{"text": "a"}', "ontbreekt id"),
        ("{}", "ontbreekt id, text"),
    ],
)
def test_a_line_that_is_off_is_named(retrieval_set: Path, name: str, line: str, said: str) -> None:
    path = retrieval_set / name
    first = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{first}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=f"{re.escape(str(path))}, regel 3: .*{said}"):
        read_retrieval_set(retrieval_set)


@pytest.mark.parametrize(
    "line", ["q1\tfiets", "q1 fiets 1", "q1\tfiets\tja", "q1\t0\tfiets\t1", "q1\tfiets\tinf"]
)
def test_a_judgement_that_is_off_is_named(retrieval_set: Path, line: str) -> None:
    path = retrieval_set / "qrels.tsv"
    path.write_text(f"qid\tdocid\tscore\nq1\tfiets\t1\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=f"{re.escape(str(path))}, regel 3: .*docid"):
        read_retrieval_set(retrieval_set)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_file_that_is_missing_or_no_text_is_named(retrieval_set: Path, name: str) -> None:
    path = retrieval_set / name
    path.write_bytes(b'{"id": "\xff"}')
    with pytest.raises(UsageError, match=re.escape(str(path))):
        read_retrieval_set(retrieval_set)
    path.unlink()
    with pytest.raises(UsageError, match=re.escape(str(path))):
        read_retrieval_set(retrieval_set)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_set_without_an_answered_question_can_not_be_measured(
    retrieval_set: Path, name: str
) -> None:
    (retrieval_set / name).write_text("")
    with pytest.raises(UsageError, match=re.escape(str(retrieval_set))):
        read_retrieval_set(retrieval_set)


def test_status_follows_from_what_is_removed(abstention_set: Path) -> None:
    # melk and brug are out. q2 had melk alone; q5 still has school; q6 has nothing either way.
    split = read_abstention(abstention_set, read_retrieval_set(abstention_set))
    assert split.removed == {"melk", "brug"}
    assert split.unanswerable == {"q2", "q6"}
    assert split.partial == {"q5"}


def test_a_status_that_the_file_gives_goes_before(abstention_set: Path) -> None:
    told = {
        "removed_docs": ["melk", "brug"],
        "questions": [{"qid": "q1", "status": "partial"}, {"qid": "q6", "status": "answerable"}],
    }
    (abstention_set / "abstain.json").write_text(json.dumps(told))
    split = read_abstention(abstention_set, read_retrieval_set(abstention_set))
    assert split.unanswerable == {"q2"}
    assert split.partial == {"q1", "q5"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"removed_docs": null}',
        '{"removed_docs": [], "questions": 7}',
        '{"removed_docs": ["melk"], "questions": [{"qid": "q1"}]}',
        '{"removed_docs": ["melk"], "questions": ["q1"]}',
    ],
)
def test_an_abstention_file_that_is_off_is_named(abstention_set: Path, text: str) -> None:
    path = abstention_set / "abstain.json"
    path.write_text(text)
    with pytest.raises(UsageError, match=re.escape(str(path))):
        read_abstention(abstention_set, read_retrieval_set(abstention_set))


def test_abstention_takes_questions_of_both_kinds(abstention_set: Path) -> None:
    path = abstention_set / "abstain.json"
    data = read_retrieval_set(abstention_set)
    path.write_text(json.dumps({"removed_docs": list(data.documents)}))
    with pytest.raises(UsageError, match=re.escape(str(path))):
        read_abstention(abstention_set, data)


def test_questions_are_read(questions_file: Path) -> None:
    asked = read_questions(questions_file)
    assert asked[0] == Question(
        "v1",
        "Wat is de titel van het rapport van de WRR?",
        answerable=True,
        evidence=("Samenleven in Verscheidenheid",),
    )
    assert [q.answerable for q in asked] == [True, True, False]
    assert asked[2].evidence == ()


def test_sentences_are_read(sentences_file: Path) -> None:
    asked = read_sentences(sentences_file)
    assert [each.gold for each in asked] == [1, 2, 1, 0]
    assert asked[3] == SentenceChoice(
        "Steeg de prijs van melk?",
        ("De prijs van melk steeg.", "De kaas bleef even duur.", "Boter werd goedkoper."),
        0,
    )


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": "a"}',
        '{"question": "a"}',
        '{"id": "a", "question": "b", "evidence": "los"}',
    ],
)
def test_a_question_that_is_off_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "vragen.jsonl"
    path.write_text(f'{{"id": "a", "question": "b"}}\n{line}\n')
    with pytest.raises(UsageError, match=f"{re.escape(str(path))}, regel 2: "):
        read_questions(path)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"question": "a", "sentences": ["b"]}',
        '{"question": "a", "sentences": "los", "gold": 0}',
        '{"question": "a", "sentences": ["b"], "gold": 1}',
        '{"question": "a", "sentences": ["b"], "gold": -1}',
        '{"question": "a", "sentences": ["b"], "gold": "b"}',
        '{"question": "a", "sentences": ["b"], "gold": null}',
        '{"question": "a", "sentences": [], "gold": 0}',
    ],
)
def test_a_sentence_that_is_off_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "answer_sentence.jsonl"
    path.write_text(f'{{"question": "a", "sentences": ["b"], "gold": 0}}\n{line}\n')
    with pytest.raises(UsageError, match=f"{re.escape(str(path))}, regel 2: "):
        read_sentences(path)


def test_files_without_questions_are_named(tmp_path: Path) -> None:
    path = tmp_path / "leeg.jsonl"
    path.write_text("\n")
    for read in (read_questions, read_sentences):
        with pytest.raises(UsageError, match=f"{re.escape(str(path))} bevat geen vragen"):
            read(path)
        with pytest.raises(UsageError, match=r"weg\.jsonl"):
            read(tmp_path / "weg.jsonl")
