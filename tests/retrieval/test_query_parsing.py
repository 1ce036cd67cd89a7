"""What a question says about where to look, and questions that ask two things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.records import (
    DocumentConstraints,
    Dossier,
    Filters,
    Hint,
    HintKind,
    Holder,
    Metadata,
    Stance,
)
from search.retrieval import parse_question

LETTER = Metadata(
    kind="Brief regering",
    date="2021-03-24",
    dossiers=(Dossier("29861"),),
    ondernummer="70",
)
BUDGET = Metadata(
    kind="Brief regering", date="2020-10-01", dossiers=(Dossier("35570-VIII"),), ondernummer="174"
)
NEWS = Metadata(kind="Nieuwsbericht", date="2021-03-26")


@dataclass
class Count:
    """The number of documents, as in a manifest."""

    documents: int


class MemoryDocuments:
    """Documents in memory, searched one by one."""

    def __init__(self, documents: Mapping[str, Metadata]) -> None:
        self._documents = documents
        self.manifest = Count(len(documents))
        self.metadata = documents

    def documents_of(self, constraints: DocumentConstraints) -> list[str]:
        """Return the documents that meet the constraints."""
        return [name for name, each in self._documents.items() if meets(constraints, each)]


def meets(constraints: DocumentConstraints, document: Metadata) -> bool:
    """Return whether a document meets the constraints."""
    first, last = constraints.date_from, constraints.date_to
    dated = not (first or last) or (first or "0") <= document.date < f"{last or 9999}."
    return (
        dated
        and constraints.dossier in ("", *(each.number for each in document.dossiers))
        and constraints.ondernummer.upper() in ("", document.ondernummer.upper())
        and constraints.kind in ("", *document.kind.lower().split())
    )


BY_ID = {"kst-29861-70": LETTER, "kst-35570-VIII-174": BUDGET, "nieuws": NEWS}
DOCUMENTS = MemoryDocuments(BY_ID)


def look(question: str, **more: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the parts of a question and the documents that it is narrowed to."""
    parsed = parse_question(question, Filters(), DOCUMENTS, **more)  # type: ignore[arg-type]
    return parsed.parts, parsed.filters.documents


@pytest.mark.parametrize(
    ("reference", "document"),
    [
        ("in Kamerstuk 29 861", "kst-29861-70"),
        ("in Kamerstuk 29 861, nr. 70,", "kst-29861-70"),
        ("in kst-29861-70", "kst-29861-70"),
        ("volgens Kamerstukken II 2020/21, 29861, nr. 70", "kst-29861-70"),
        ("in Kamerstuk 35 570 VIII, nr. 174", "kst-35570-VIII-174"),
        ("uit dossier 29861", "kst-29861-70"),
        ("in het nieuwsbericht", "nieuws"),
    ],
)
def test_a_reference_becomes_a_filter_and_leaves_the_question(
    reference: str, document: str
) -> None:
    parts, documents = look(f"Wat staat {reference} over huisvesting?")
    assert documents == (document,)
    assert "huisvesting" in parts[0]
    assert "861" not in parts[0]
    assert "nieuwsbericht" not in parts[0]


@pytest.mark.parametrize(
    "question",
    [
        "Wat staat in Kamerstuk 29 862 over huisvesting?",  # not in the corpus
        "Wat staat in Kamerstuk 29 861, nr. 71 over huisvesting?",  # nor this number of it
        "Wie schreef de brief over huisvesting?",  # the letter is what is asked of
        "Hoeveel mensen wonen er in de gemeente?",
    ],
)
def test_other_words_narrow_nothing(question: str) -> None:
    assert look(question) == ((question,), ())


def test_a_kind_that_all_documents_have_narrows_nothing() -> None:
    letters = {name: each for name, each in BY_ID.items() if each is not NEWS}
    parsed = parse_question("Wat staat in de brief over taal?", Filters(), MemoryDocuments(letters))
    assert parsed.hints == ()


def test_the_users_own_filter_wins() -> None:
    own = Filters(documents=("nieuws",))
    parsed = parse_question("Wat staat in Kamerstuk 29 861 over taal?", own, DOCUMENTS)
    assert parsed.filters == own
    assert parsed.hints == ()


def test_a_hint_keeps_the_filters_of_the_user() -> None:
    own = Filters(
        themes=("taal",),
        date_from="2021-01-01",
        holders=(Holder.CABINET,),
        stances=(Stance.SUPPORT,),
    )
    parsed = parse_question("Wat staat in Kamerstuk 29 861 over taal?", own, DOCUMENTS)
    assert parsed.filters == replace(own, documents=("kst-29861-70",))


FILTERS = st.builds(
    Filters,
    themes=st.sampled_from([(), ("taal",)]),
    documents=st.sampled_from([(), ("nieuws",), ("nieuws", "kst-29861-70")]),
    date_from=st.sampled_from(["", "2020-01-01"]),
    date_to=st.sampled_from(["", "2021-12-31"]),
    holders=st.lists(st.sampled_from(Holder), max_size=2, unique=True).map(tuple),
    stances=st.lists(st.sampled_from(Stance), max_size=2, unique=True).map(tuple),
)
QUESTIONS = st.lists(
    st.sampled_from(
        [
            "Wat vindt het kabinet van taal",
            "in Kamerstuk 29 861",
            "uit dossier 35 570 VIII, nr. 174",
            "in het nieuwsbericht",
            "in de brief",
            "sinds 2021",
            "vorige maand",
            "de nieuwste",
            "onder Rutte III",
            "kst-35570-VIII-174",
            "? Hoeveel; en",
            "en wat doet de VNG?",
            "huisvesting",
        ]
    ),
    max_size=6,
).map(" ".join)


@given(
    question=QUESTIONS | st.text(max_size=60),
    own=FILTERS,
    ignored=st.sets(st.sampled_from(HintKind)),
)
def test_parsing_a_question_only_narrows(
    question: str, own: Filters, ignored: set[HintKind]
) -> None:
    parsed = parse_question(question, own, DOCUMENTS, ignored)
    for field in fields(Filters):
        if given_by_user := getattr(own, field.name):
            assert getattr(parsed.filters, field.name) == given_by_user
    assert set(parsed.filters.documents) <= set(own.documents or BY_ID)
    hinted = {name for hint in parsed.hints for name in hint.documents}
    if not own.documents:
        assert set(parsed.filters.documents) <= hinted
    assert replace(parsed.filters, documents=own.documents) == own


def test_a_hint_can_be_taken_back() -> None:
    question = "Wat staat in Kamerstuk 29 861 over taal?"
    assert look(question, ignored=(HintKind.DOCUMENT,)) == ((question,), ())


@pytest.mark.parametrize(
    ("question", "preferred"),
    [
        ("Wat schreef het kabinet in 2020 over taal?", {"kst-35570-VIII-174"}),
        ("Wat schreef het kabinet sinds 2021 over taal?", {"kst-29861-70", "nieuws"}),
        ("Wat schreef het kabinet na 2020 over taal?", {"kst-29861-70", "nieuws"}),
        ("Hoeveel mensen zijn er in 2050?", set()),
        ("Wat schreef het kabinet in 2020 en 2021 over taal?", set()),  # all documents: no use
    ],
)
def test_a_year_is_a_preference_and_no_filter(question: str, preferred: set[str]) -> None:
    parsed = parse_question(question, Filters(), DOCUMENTS)
    assert parsed.preferred == preferred
    assert parsed.filters == Filters()


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("Wat schreef het kabinet in 2020 over taal?", "Wat schreef het kabinet over taal?"),
        ("Wat schreef het kabinet in maart 2021 over taal?", "Wat schreef het kabinet over taal?"),
        ("Wat staat in de brief van 24 maart 2021 over taal?", "Wat staat in de brief over taal?"),
        ("Wat is op 24-03-2021 besloten over taal?", "Wat is besloten over taal?"),
        ("Wat deed het kabinet vorig jaar voor taal?", "Wat deed het kabinet voor taal?"),
        ("Wat zei het kabinet eergisteren over taal?", "Wat zei het kabinet over taal?"),
    ],
)
def test_words_of_a_period_are_not_searched(question: str, searched: str) -> None:
    letters = MemoryDocuments(
        {name: BY_ID[name] for name in ("kst-29861-70", "kst-35570-VIII-174")}
    )
    today = date(2021, 3, 26) if "eergisteren" in question else date(2022, 1, 5)
    parsed = parse_question(question, Filters(), letters, (HintKind.DOCUMENT,), today)
    assert parsed.parts == (searched,)
    assert [hint.kind for hint in parsed.hints] == [HintKind.PERIOD]
    assert len(parsed.preferred) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel mensen leerden in 2020 de taal?",  # a figure stands beside its year
        "Wat is het aantal leerlingen in maart 2021?",
        "Wie leren er in 2050 de taal?",  # no document is of that year
        "Wat vindt het kabinet van de verkiezingen van maart 2021?",  # no date of a document
        "in 2020?",  # nothing else is asked
    ],
)
def test_a_period_that_is_asked_stays_in_the_question(question: str) -> None:
    assert look(question)[0] == (question,)


def test_the_newest_is_a_preference() -> None:
    parsed = parse_question("Wat is het nieuwste advies over taal?", Filters(), DOCUMENTS)
    assert parsed.newest
    assert parsed.parts == ("Wat is het advies over taal?",)
    assert parsed.hints == (Hint(HintKind.PERIOD, "nieuwste", ()),)
    ignored = parse_question(
        "Wat is het nieuwste advies over taal?", Filters(), DOCUMENTS, (HintKind.PERIOD,)
    )
    assert not ignored.newest
    assert not parse_question("Wie heeft het laatste woord?", Filters(), DOCUMENTS).newest


@pytest.mark.parametrize(
    ("question", "opened"),
    [
        ("Kamerstuk 29 861, nr. 70", ("kst-29861-70",)),
        ("kst-29861-70", ("kst-29861-70",)),
        ("Wat staat in Kamerstuk 29 861?", ("kst-29861-70",)),
        ("open kst-35570-viii-174", ("kst-35570-VIII-174",)),
        ("kst-29861-71", ()),  # not in the corpus
        ("nieuws", ()),  # a word that is an id by chance
        ("Wat staat in Kamerstuk 29 861 over taal?", ()),
    ],
)
def test_a_number_and_nothing_else_opens_its_document(
    question: str, opened: tuple[str, ...]
) -> None:
    parsed = parse_question(question, Filters(), DOCUMENTS)
    assert parsed.opens == opened
    if opened:
        assert parsed.filters.documents == opened
        assert parsed.parts == (question,)


def test_a_dossier_of_many_documents_is_only_searched() -> None:
    many = MemoryDocuments({f"kst-29861-{i}": LETTER for i in range(6)} | {"nieuws": NEWS})
    assert parse_question("Kamerstuk 29 861", Filters(), many).opens == ()


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Wat vindt het kabinet van richtgetallen en wat doet de VNG?",
            ("Wat vindt het kabinet van richtgetallen", "wat doet de VNG?"),
        ),
        (
            "Wat kost de opvang? Wie betaalt de opvang?",
            ("Wat kost de opvang?", "Wie betaalt de opvang?"),
        ),
        (
            "kosten van opvang; taken van gemeenten",
            ("kosten van opvang", "taken van gemeenten"),
        ),
        (
            "Wat kost de opvang? Graag weten. Wie betaalt; en wat doet de VNG?",
            ("Wat kost de opvang?", "Graag weten. Wie betaalt", "en wat doet de VNG?"),
        ),
        (
            "Wat is taal? Wat is opvang? Wat is werk? Wat is zorg? Wat is wonen?",
            ("Wat is taal?", "Wat is opvang?", "Wat is werk?", "Wat is zorg? Wat is wonen?"),
        ),
    ],
)
def test_several_questions_are_several_parts(question: str, parts: tuple[str, ...]) -> None:
    assert look(question)[0] == parts


@pytest.mark.parametrize(
    "question",
    [
        "Wat is de rol van Rijk en gemeenten?",
        "Wat gebeurt er en hoe dan?",
        "Wat kost de opvang? Graag weten.",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert look(question)[0] == (question,)
