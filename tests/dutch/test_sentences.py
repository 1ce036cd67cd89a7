"""Sentence splitting of Dutch officialese; "|" marks the end of a sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from search.dutch import split_sentences
from search.passages import make_passages
from search.records import Document, Kind


def parts(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    "marked",
    [
        "Zie Kamerstuk 29 861, nr. 53 voor meer.| Daarna volgt dit.",
        "Kamerstuk 35 510, nr. 4 en Kamerstuk 30 950, nrs. 185 en 216.| Meer niet.",
        "Het staat in Kamerstuk 29 861, nr. 53.| De rest volgt.",
        "Dit geldt bijv. voor gemeenten.| Dat is zo.",
        "Het gaat om migranten, d.w.z. Europeanen en anderen.| Zo is het.",
        "De heer mr. drs. De Vries kwam.| Hij sprak.",
        "De heer J.P. Balkenende sprak.| Mw. A.B. de Vries ook.",
        "De Minister, K.H. Ollongren, sprak.| Drs. Van Dam ook.",
        "Op grond van art. 3 van de wet mag dit.| Zo niet, dan niet.",
        "Scholen, zorg, enz. Het kabinet gaat verder.".replace("enz. ", "enz.| "),
        "Het Rijk betaalt € 5 mln.| De gemeenten betalen de rest.",
        "Dat kost € 5 mln. per jaar.| Meer niet.",
        "De brief van 3 mei jl.| De Kamer is geïnformeerd.",
        "Zoals o.a. De Nederlandsche Bank stelt.| Zo is het.",
        "Overleg m.b.t. Europa loopt.| Het eind is in zicht.",
        "Zie Stb. 2020, 35 en Stcrt. 2015, 10247.| Daarna niet.",
        "Het groeit van 4,3 miljoen naar 1.600.| In 2020 was dat anders.",
        "Op 24 maart 2021 ging de brief uit.| 5 gemeenten deden mee.",
        "Dat was in 2020.| Gemeenten deden mee.",
        "Hij zei: «Dat is goed.»| Daarna ging hij.",
        "Hij zei: “Dat is goed.”| Daarna ging hij.",
        "Dat klopt (zie hierboven).| Verder niets.",
        "(Dat klopt volgens hem.)| Verder niets.",
        "De vraag «Hoe gaan we met elkaar om?» leeft sterk.| Zo is het.",
        "‘Waarom?’ vroeg hij.| Dat weet niemand.",
        "Vraagt u zich dat af?| Ja!| Zeker.",
        "1. Verbeter de ontvangst.| Stimuleer de samenhang.",
        "Zie www.tweedekamer.nl.| Daarna verder.",
        "De onderneming X B.V. betaalt.| Zo niet, dan niet.",
        "het kabinet wil dat niet.| dat bleek o.a. gisteren.| waarom?| dat is de vraag.",
    ],
)
def test_sentence_ends(marked: str) -> None:
    assert parts(marked.replace("|", "")) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_no_text_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


def test_spans_hold_all_but_white_space_in_order() -> None:
    text = "  Een zin.  Nog een zin!\u00a0En een (derde).  "
    spans = split_sentences(text)
    at = 0
    for span in spans:
        assert not text[at : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        at = span.end
    assert not text[at:].strip()


def test_ten_thousand_words_without_a_full_stop_are_one_sentence() -> None:
    text = " ".join(f"woord{i}" for i in range(10_000))
    assert parts(text) == [text]


def test_nr_in_the_letter_ends_no_sentence(letter: Document) -> None:
    passages = make_passages(letter, lambda texts: [len(t.split()) for t in texts])
    sentences = [letter.text[s.start : s.end] for p in passages for s in p.sentences]
    assert any("(Bijlage bij Kamerstuk 29 861, nr. 53)." in s for s in sentences)
    assert any(s == "Bijlage bij Kamerstuk 35 300, nr. 81." for s in sentences)
    running = [
        letter.text[s.start : s.end]
        for p in passages
        for s in p.sentences
        if p.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM)
    ]
    assert not [s for s in running if s.endswith(("nr.", "nrs.", "art.", "K.H."))]
    assert not [s for s in running if not s[0].isupper() and not s[0].isdigit()]


@pytest.mark.slow
def test_nothing_is_downloaded_or_looked_up(tmp_path: str) -> None:
    """Punkt must work where NLTK has no data at all."""
    code = (
        "import nltk; nltk.data.path[:] = []\n"
        "from search.dutch import split_sentences\n"
        "print(len(split_sentences('Zie nr. 3. Dan nr. 4.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.strip() == "2"
