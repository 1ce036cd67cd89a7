"""Repair of broken pages, on small documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search.records import Document, Kind

Read = Callable[..., Document]
LONG = "Dit is een gewone alinea met genoeg woorden om als lopende tekst te tellen in een brief."
CUT = "De raad waarschuwt in het advies dat in maart is verschenen voor het grote risico van"
FOOT = "Tweede Kamer, vergaderjaar 2020–2021, 29 861, nr. 70 3"


def paragraphs(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is Kind.PARAGRAPH]


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize("before", [1, 14], ids=["first-page", "later-page"])
def test_sentence_cut_by_a_running_foot_is_whole(read: Read, name: str, before: int) -> None:
    source = "\n\n".join([*[LONG] * before, CUT, FOOT, "fragmentatie van de samenleving."])
    document = read(source, name)
    assert paragraphs(document) == [*[LONG] * before, f"{CUT} fragmentatie van de samenleving."]


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_running_foot_on_a_line_within_a_paragraph_is_dropped(read: Read, name: str) -> None:
    document = read(f"{LONG}\n\n{CUT}\n{FOOT}\nfragmentatie van de samenleving.\n", name)
    assert paragraphs(document)[-1] == f"{CUT} fragmentatie van de samenleving."


@pytest.mark.parametrize(
    "line",
    ["kst-29861-70", "ISSN 0921 - 7371", "’s-Gravenhage 2021", "Pagina 3 van 12", "– 4 –", "12"],
)
def test_running_head_is_dropped(read: Read, line: str) -> None:
    document = read("\n\n".join([*[LONG] * 14, line, LONG]))
    assert paragraphs(document) == [LONG] * 15


def test_text_that_names_a_kamerstuk_is_no_furniture(read: Read) -> None:
    sentence = "Tweede Kamer en Eerste Kamer zijn op 3 maart geïnformeerd over dit besluit."
    assert sentence in paragraphs(read(f"{LONG}\n\n{sentence}\n\n{LONG}\n"))


@pytest.mark.parametrize("between", ["---", "[^1]: Een noot.", FOOT, "\f"])
def test_sentence_is_joined_over(read: Read, between: str) -> None:
    name = "a.txt" if between == "\f" else "a.md"
    document = read(f"{LONG}\n\n{CUT}\n\n{between}\n\nfragmentatie.\n\n{LONG}\n", name)
    assert paragraphs(document) == [LONG, f"{CUT} fragmentatie.", LONG]


def test_whole_sentences_around_a_rule_stay_apart(read: Read) -> None:
    assert paragraphs(read(f"{LONG}\n\n---\n\n{LONG}\n")) == [LONG, LONG]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("onder-", "wijsbeleid", "onderwijsbeleid"),
        ("onderwijs-", "en integratiebeleid", "onderwijs- en integratiebeleid"),
        ("onderwijs-/beleid", "hoort", "onderwijs-/beleid hoort"),
        ("in- of", "uitstroom", "in- of uitstroom"),
        ("het WRR-", "rapport", "het WRR-rapport"),
        ("in Zuid-", "Holland", "in Zuid-Holland"),
        ("na COVID-", "19", "na COVID-19"),
        ("het onder\u00ad", "wijs", "het onderwijs"),
    ],
)
def test_word_broken_at_a_line_end(read: Read, before: str, after: str, whole: str) -> None:
    document = read(f"De Minister werkt aan {before}\n{after} in het hele land.\n")
    assert document.text == f"De Minister werkt aan {whole} in het hele land."


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("onder-", "wijsbeleid", "onderwijsbeleid"),
        ("onderwijs-", "en integratiebeleid", "onderwijs- en integratiebeleid"),
    ],
)
def test_word_broken_at_a_page_break(read: Read, before: str, after: str, whole: str) -> None:
    start = "De Minister werkt al enige jaren met overtuiging en met succes aan een beter en breder"
    document = read(f"{LONG}\n\n{start} {before}\n\n---\n\n{after} in het land.\n")
    assert paragraphs(document)[-1] == f"{start} {whole} in het land."


def test_hyphen_stays_in_a_word_that_has_it_elsewhere(read: Read) -> None:
    document = read("Een sociaal-economisch plan.\n\nOver het sociaal-\neconomisch beleid nu.\n")
    assert document.text.endswith("Over het sociaal-economisch beleid nu.")
