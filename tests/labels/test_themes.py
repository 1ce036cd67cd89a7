"""Theme labels and where they come from."""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pytest
from tests.paths import ROOT, SHARED

from search.embedding import Encoder
from search.engine import Engine
from search.labels import ThemeEstimator, label_themes, official_themes
from search.labels.themes import _chapter as chapter_of
from search.passages import make_passages
from search.records import Document, Kind, Theme, ThemeOrigin

LISTS = SHARED / "reference" / "themes.tsv"
CHAPTERS = {
    "Inleiding",
    "Het rapport",
    "Appreciatie",
    "Thema 1: Verbeter de ontvangst en inburgering",
    "Thema 2: Samenhang versterken",
    "Thema 3: Arbeidsdeelname vergroten",
    "Thema 4: Migratiebeleid",
    "Tot slot",
}


@pytest.fixture(scope="module")
def estimator(builtin: Encoder) -> ThemeEstimator:
    """Make the estimator with the real model."""
    return ThemeEstimator(builtin)


def labelled(
    document: Document, builtin: Encoder, estimator: ThemeEstimator
) -> tuple[tuple[Theme, ...], dict[str, set[Theme]]]:
    """Return a document's themes and those of its passages by kind."""
    passages = make_passages(document, builtin.count_tokens)[:12]
    vectors = builtin.encode_passages([p.text for p in passages])
    themes, with_theme = label_themes(document, passages, vectors, estimator)
    found: dict[str, set[Theme]] = {}
    for passage in with_theme:
        found.setdefault("/".join(passage.section), set()).add(passage.theme)
    return themes, found


def test_official_list_has_16_themes_and_76_sub_themes() -> None:
    themes = official_themes()
    assert len([t for t in themes if t.label == t.parent]) == 16
    assert len([t for t in themes if t.label != t.parent]) == 76
    assert len({t.uri for t in themes}) == 92
    base = "https://identifier.overheid.nl/tooi/def/thes/top/"
    assert all(t.uri.startswith(base) for t in themes)


@pytest.mark.skipif(not LISTS.exists(), reason="../shared/reference/themes.tsv is not here")
def test_official_list_is_the_one_of_the_reference() -> None:
    text = LISTS.read_text("utf-8")
    for theme in official_themes():
        assert theme.uri.rpartition("/")[2] in text
        assert theme.label in text


def test_passages_of_the_letter_have_their_chapter_as_theme(engine: Engine) -> None:
    themes = [t for t in engine.themes() if t in CHAPTERS]
    assert set(themes) == CHAPTERS
    assert themes.index("Thema 1: Verbeter de ontvangst en inburgering") < themes.index("Tot slot")


def test_each_passage_carries_a_theme_and_its_origin(engine: Engine) -> None:
    hits = engine.ask("gemeenten migratie WRR kabinet", top=100).hits
    assert len(hits) > 50
    for hit in hits:
        theme, section = hit.passage.theme, hit.passage.section
        assert theme.label
        if section:
            assert theme == Theme(section[0], ThemeOrigin.STRUCTURE)
        else:
            assert theme.origin is ThemeOrigin.ESTIMATED
            assert theme.uri


def test_footnote_has_the_theme_of_the_place_of_its_mark(engine: Engine) -> None:
    hits = engine.ask("Bestendige definitie Taskforce Werk & Integratie SER MBO Raad", top=50).hits
    note = next(h for h in hits if h.passage.text.startswith("In de Taskforce"))
    assert note.passage.kind is Kind.FOOTNOTE
    assert note.passage.theme.label == "Thema 3: Arbeidsdeelname vergroten"


def test_every_document_has_official_themes_marked_as_estimated(engine: Engine) -> None:
    known = {t.uri for t in official_themes()}
    for entry in engine.documents():
        assert entry.themes
        assert all(t.origin is ThemeOrigin.ESTIMATED for t in entry.themes)
        assert {t.uri for t in entry.themes} <= known
        assert entry.themes[0].label == "integratie"


def test_themes_of_the_metadata_go_before_estimated_ones(
    news: Document, builtin: Encoder, estimator: ThemeEstimator
) -> None:
    named = ("Migratie en integratie | Integratie", "Iets eigens")
    document = replace(news, metadata=replace(news.metadata, themes=named))
    themes, found = labelled(document, builtin, estimator)
    assert [t.origin for t in themes] == [ThemeOrigin.METADATA] * 2
    assert [t.label.lower() for t in themes] == ["integratie", "iets eigens"]
    assert themes[0].uri
    assert themes[1].uri == ""
    assert found[""] == {themes[0]}


def test_nothing_is_estimated_of_no_passages(estimator: ThemeEstimator, builtin: Encoder) -> None:
    assert estimator.estimate(np.zeros((0, builtin.dimensions), dtype=np.float32)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De minister verhoogt de accijns op tabak en de btw voor bedrijven.", "belasting"),
        ("Huisartsen en ziekenhuizen krijgen meer geld voor de zorg aan patiënten.", None),
    ],
)
def test_estimated_theme_is_at_most_two_of_the_list(
    builtin: Encoder, estimator: ThemeEstimator, text: str, expected: str | None
) -> None:
    themes = estimator.estimate(builtin.encode_passages([text]))
    assert 1 <= len(themes) <= 2
    assert all(t.origin is ThemeOrigin.ESTIMATED and t.uri for t in themes)
    if expected:
        assert expected in themes[0].label


def test_data_file_is_well_formed() -> None:
    path = ROOT / "src" / "search" / "labels" / "top.tsv"
    rows = list(csv.reader(path.read_text("utf-8").splitlines(), delimiter="\t"))
    assert {len(row) for row in rows} == {4}


def test_the_number_of_a_question_is_no_theme() -> None:
    assert chapter_of(("Antwoord op vraag 2",)) is None
    chapter = chapter_of(("Vraag 2", "Wonen"))
    assert chapter is not None
    assert chapter.label == "Wonen"
