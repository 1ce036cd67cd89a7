"""What a question says beside its subject: a document, a time, a holder, the document itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from search.answers import answer_question
from search.embedding import load_encoder
from search.indexing import build_index
from search.records import Answer, Filters, HintKind, Kind
from search.retrieval import Retriever
from search.settings import Settings
from search.storage import Index, store_of

LETTER = """---
titel: Brief over {subject}
datum: {date}
---

De Voorzitter van de Tweede Kamer der Staten-Generaal
Postbus 20018
2500 EA DEN HAAG

Datum {date}
Betreft {subject}

Geachte voorzitter,

Het kabinet vindt {subject} van groot belang voor kleine dorpen. Het kabinet geeft dit jaar {amount}
miljoen euro uit aan {subject}.

De Minister van Onderwijs,

{signed}
"""
ADVICE = """# Advies van de VNG

De VNG vindt de zwembaden te duur voor gemeenten. De VNG wil dat het Rijk meer betaalt.
"""
TODAY = date(2024, 6, 14)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Index letters on two subjects and an advice."""
    corpus, folder = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    letters = (
        ("bussen-2019", "bussen", "2019-06-14", "vijf", "J. de Boer"),
        ("bussen-2024", "bussen", "2024-05-20", "negen", "K. Smit"),
        ("boeken-2023", "boeken", "2023-02-01", "drie", "K. Smit"),
    )
    for name, subject, day, amount, signed in letters:
        text = LETTER.format(subject=subject, date=day, amount=amount, signed=signed)
        (corpus / f"{name}.md").write_text(text, "utf-8")
    (corpus / "advies.md").write_text(ADVICE, "utf-8")
    build_index(Settings(corpus, folder))
    opened = store_of(folder).open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def retriever(index: Index) -> Retriever:
    """Return what searches the index."""
    return Retriever(index, load_encoder(index.manifest.model))


def ask(index: Index, retriever: Retriever, question: str) -> Answer:
    """Answer a question as on a fixed day."""
    return answer_question(index, retriever, question, Filters(), 10, (), TODAY)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Hoe belangrijk vond het kabinet bussen op 14 juni 2019?", "bussen-2019"),
        ("Wat schreef het kabinet in juni 2019 over bussen?", "bussen-2019"),
        ("Wat schreef het kabinet onder Rutte III over bussen?", "bussen-2019"),
        ("Wat schreef het kabinet vorige maand over bussen?", "bussen-2024"),
        ("Wat schreef het kabinet dit jaar over bussen?", "bussen-2024"),
        ("Wat staat er in de nieuwste brief over bussen?", "bussen-2024"),
    ],
)
def test_the_time_that_is_asked_for_goes_first(
    index: Index, retriever: Retriever, question: str, document: str
) -> None:
    answer = ask(index, retriever, question)
    assert answer.hits[0].passage.document == document
    assert HintKind.PERIOD in [hint.kind for hint in answer.hints]
    assert answer.absent == ()


def test_words_of_a_period_do_not_count_against_an_answer(
    index: Index, retriever: Retriever
) -> None:
    plain = ask(index, retriever, "Wat vindt het kabinet van boeken?")
    dated = ask(index, retriever, "Wat vindt het kabinet in februari 2023 van boeken?")
    assert dated.features["coverage"] == plain.features["coverage"]


def test_letterheads_and_signatures_answer_only_about_the_letter(
    index: Index, retriever: Retriever
) -> None:
    furniture = {Kind.LETTERHEAD, Kind.SIGNATURE}
    subject = ask(index, retriever, "Wie geeft geld uit aan boeken voor onderwijs?")
    assert subject.hits[0].passage.kind not in furniture
    signed = ask(index, retriever, "Wie heeft de brief over boeken ondertekend?")
    assert "K. Smit" in signed.hits[0].passage.text


def test_a_view_that_is_not_there_is_said_to_be_absent(index: Index, retriever: Retriever) -> None:
    found = ask(index, retriever, "Wat vindt de VNG van de zwembaden?")
    assert found.hits[0].passage.document == "advies"
    assert found.absent == ()
    missing = ask(index, retriever, "Wat vindt de WRR van de zwembaden?")
    assert missing.absent == ("Geen standpunt van de WRR hierover gevonden.",)
    act = ask(index, retriever, "Wat doet de WRR voor de zwembaden?")
    assert act.absent == ()


def test_what_is_absent_is_said_beside_the_hits(index: Index, retriever: Retriever) -> None:
    answer = ask(index, retriever, "Wat staat in Kamerstuk 12 345, nr. 6 over bussen?")
    assert answer.absent == ("Kamerstuk 12 345, nr. 6 zit niet in deze documenten.",)
    assert answer.hits


def test_an_id_opens_its_document(index: Index, retriever: Retriever) -> None:
    answer = ask(index, retriever, "bussen-2019")
    (opened,) = answer.opens
    assert opened.document == "bussen-2019"
    assert opened.title == "Brief over bussen"
    assert {hit.passage.document for hit in answer.hits} == {"bussen-2019"}


def test_each_of_several_questions_is_answered(index: Index, retriever: Retriever) -> None:
    answer = ask(index, retriever, "Wat vindt de VNG van zwembaden? Hoe belangrijk zijn boeken?")
    assert {hit.passage.document for hit in answer.hits[:2]} == {"advies", "boeken-2023"}
