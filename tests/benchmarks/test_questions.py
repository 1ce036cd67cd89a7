"""The set of questions: whole, split by document, and joined with its sentences again."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.questions.gather import Source, gather, read_sources
from benchmarks.questions.joining import (
    Joined,
    Place,
    by_checksum,
    checksum_of,
    find_place,
    read_questions,
)

from search.passages import make_passages
from search.reading import read_text
from search.records import Span

RESERVED = Path("../shared/eval/reserved-sha1.txt")


@pytest.fixture(scope="module")
def questions() -> list[Joined]:
    """Read the set."""
    return read_questions()


def test_set_is_as_large_as_its_page_says(questions: list[Joined]) -> None:
    page = Path("benchmarks/questions/README.md").read_text("utf-8")
    numbers = [int(n.replace(",", "")) for n in re.findall(r"\| ([\d,]+) \|$", page, re.M)]
    answerable = sum(each.answerable for each in questions)
    documents = len({each.document for each in questions})
    assert numbers == [answerable, len(questions) - answerable, documents]


def test_every_question_has_a_document_and_a_place(questions: list[Joined]) -> None:
    known = {source.id for source in read_sources()}
    assert {each.document for each in questions} == known
    assert all(answer for each in questions for answer in each.answers)
    assert len({each.id for each in questions}) == len(questions)


def test_no_question_is_asked_twice_of_a_document(questions: list[Joined]) -> None:
    asked = Counter((each.document, each.question.lower()) for each in questions)
    assert asked.most_common(1)[0][1] == 1


def test_a_document_is_in_one_fold_and_folds_are_about_equal() -> None:
    sources = read_sources()
    assert len({source.sha1 for source in sources}) == len(sources)
    sizes = Counter(source.fold for source in sources)
    assert sorted(sizes) == [0, 1, 2, 3, 4]
    assert max(sizes.values()) - min(sizes.values()) <= 1


def test_no_document_is_kept_apart_for_judging() -> None:
    if not RESERVED.exists():
        pytest.skip("the list of documents that are kept apart is not here")
    reserved = set(RESERVED.read_text().split())
    assert not [source.id for source in read_sources() if source.sha1 in reserved]


def test_sentence_is_found_by_its_checksum_where_the_text_has_moved() -> None:
    text = "Een zin vooraf.\n\nDe minister zegt ja.\n\nNog een zin.\n\nDe minister zegt ja.\n"
    document = read_text(text, "d")
    passages = make_passages(document, lambda texts: [len(t.split()) for t in texts])
    sentences = by_checksum(document.text, passages)
    last = document.text.rindex("De minister")
    place = Place(last + 3, checksum_of("de minister zegt  ja"))
    assert find_place(place, sentences) == Span(last, last + len("De minister zegt ja."))
    assert find_place(Place(0, "00000000"), sentences) is None


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints."""
    command = ["git", "-C", str(folder), "-c", "user.name=n", "-c", "user.email=e@x", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def published(tmp_path: Path) -> tuple[Path, Source]:
    """Make a folder of mirrors with one repository that holds one document."""
    repo = tmp_path / "mirrors" / "some+one" / "repo"
    repo.mkdir(parents=True)
    (repo / "brief.txt").write_text("Een brief.", "utf-8")
    git(repo, "init", "--quiet")
    git(repo, "add", ".")
    git(repo, "commit", "--quiet", "-m", "brief")
    digest = hashlib.sha1(b"Een brief.").hexdigest()
    source = Source("d1", "some/one", git(repo, "rev-parse", "HEAD"), "brief.txt", digest, 0)
    return tmp_path / "mirrors", source


def test_document_is_gathered_by_its_checksum(
    published: tuple[Path, Source], tmp_path: Path
) -> None:
    mirrors, source = published
    assert list(gather([source], tmp_path / "out", mirrors, ())) == []
    assert (tmp_path / "out" / f"{source.sha1}.txt").read_text("utf-8") == "Een brief."


def test_document_that_is_kept_apart_is_refused(
    published: tuple[Path, Source], tmp_path: Path
) -> None:
    mirrors, source = published
    with pytest.raises(ValueError, match="kept apart"):
        list(gather([source], tmp_path / "out", mirrors, {source.sha1}))
    assert not list((tmp_path / "out").iterdir())


def test_document_that_has_changed_is_told(published: tuple[Path, Source], tmp_path: Path) -> None:
    mirrors, source = published
    other = Source(source.id, source.repo, source.commit, source.path, "0" * 40, 0)
    (line,) = gather([other], tmp_path / "out", mirrors, ())
    assert line.startswith("d1: some/one")
