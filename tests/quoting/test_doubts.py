"""What a second reading of a file does not confirm is shown, but never as a quote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search.engine import Engine
from search.exports.json_output import _hit as _hit_json
from search.indexing import build_index
from search.records import Span
from search.settings import Settings
from search.ui.markup import card_html
from search.witness import Witness, WitnessFinding, WitnessUnavailable, WitnessVerdict

WHOLE = "De veerdienst vaart vier keer per dag naar het eiland."
DOUBTFUL = "De kaart is gratis voor wie ouder is dan vijfenzestig jaar."
REASON = "in het bestand staat hier een teken dat in de tekst ontbreekt"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of an index in which one sentence is in doubt."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "veer.md").write_text(f"# Veerdienst\n\n{WHOLE} {DOUBTFUL}\n", "utf-8")

    def check(self: Witness, text: str, *, whole: bool = False) -> WitnessFinding:
        found = DOUBTFUL in text
        return (
            WitnessFinding(WitnessVerdict.UNCONFIRMED, REASON)
            if found
            else WitnessFinding(WitnessVerdict.CONFIRMED)
        )

    monkeypatch.setattr(Witness, "check", check)
    made = Settings(corpus, tmp_path / "index")
    build_index(made)
    return made


def test_a_sentence_in_doubt_is_a_hit_but_no_quote(settings: Settings) -> None:
    with Engine.open(settings) as engine:
        text = engine.document("veer").text
        answer = engine.ask("Voor wie is de kaart gratis?")
        assert any(DOUBTFUL in hit.passage.text for hit in answer.hits)
        assert answer.quote is None or DOUBTFUL not in answer.quote.text
        start = text.index(DOUBTFUL)
        assert engine.quote("veer", Span(start, start + len(DOUBTFUL))) is None
        assert engine.quote("veer", Span(start + 3, start + 20)) is None
        (checked,) = engine.check_quotes(f"“{DOUBTFUL}”")
        assert checked.verdict.value != "exact"


def test_the_sentence_before_it_can_be_quoted(settings: Settings) -> None:
    with Engine.open(settings) as engine:
        start = engine.document("veer").text.index(WHOLE)
        quote = engine.quote("veer", Span(start, start + len(WHOLE)))
        assert quote is not None
        assert quote.quote.text == WHOLE


def test_the_reason_is_kept_with_the_sentence(settings: Settings) -> None:
    with Engine.open(settings) as engine:
        (hit, *_) = engine.ask("Voor wie is de kaart gratis?").hits
        doubts = [s.doubt for s in hit.passage.sentences]
        assert REASON in doubts
        assert "" in doubts


def test_a_file_without_a_second_reading_confirms_nothing() -> None:
    found = WitnessUnavailable("geen tweede lezing").check("tekst")
    assert not found.confirmed
    assert found.reason == "geen tweede lezing"


def test_a_hit_in_doubt_says_so_and_can_not_be_copied(settings: Settings) -> None:
    with Engine.open(settings) as engine:
        hit = next(h for h in engine.ask("Voor wie is de kaart gratis?").hits)
    shown = card_html(hit)
    assert f"Niet te controleren: 1 zin ({REASON})." in shown
    assert "data-kw-copy" not in shown
    assert "data-kw-add" not in shown
    sound = replace(hit, passage=replace(hit.passage, sentences=()))
    assert "data-kw-copy" in card_html(sound)
    assert "Niet te controleren" not in card_html(sound)
    assert [each["reason"] for each in _hit_json(hit)["doubts"]] == [REASON]
