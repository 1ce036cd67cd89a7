"""Where a quote stands: word for word, nearly, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from tests.quoting.conftest import Constant

from search.corpus import corpus_files
from search.indexing import index_documents
from search.quoting import FoundQuote, QuoteFinder
from search.reading import read_document
from search.records import Document
from search.storage import LocalStore

FILES = {
    "brief.md": (
        "# Opvang\n\nDe raad zegt dat het *Rijk* de opvang betaalt.[^1]\n\nDe gemeente regelt de "
        "rest van het beleid voor alle nieuwkomers.\n\n[^1]: Zie ook het rapport van de WRR.\n"
    ),
    "verslag.md": (
        "# Schiphol\n\nHet rapport ‘Verkenning van de haalbaarheid’[^1] is gisteren ontvangen, "
        "en de overschrijving[^2] is gedaan bij 3 µg m⁻³ stof.\n\n"
        "[^1]: Van het RIVM.\n\n[^2]: Naar de bank.\n"
    ),
    "bericht.txt": "In de brief staat dat het Rijk de opvang betaalt. Verder is er niets nieuws.\n",
    "nota.txt": "Niemand weet waar de wolven op de Veluwe ’s nachts heen gaan, en waarom.\n",
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """Read three small documents."""
    corpus = tmp_path_factory.mktemp("klein") / "corpus"
    corpus.mkdir()
    for name, text in FILES.items():
        (corpus / name).write_text(text, "utf-8")
    read = [read_document(path, corpus) for path in corpus_files(corpus)]
    return {each.id: each for each in read}


@pytest.fixture(scope="module")
def finder(
    documents: dict[str, Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[QuoteFinder]:
    """Index them without a model."""
    folder = tmp_path_factory.mktemp("klein-index")
    index_documents(list(documents.values()), folder, Constant())
    index = LocalStore(folder).open()
    yield QuoteFinder(index)
    index.close()


def said(found: FoundQuote, documents: Mapping[str, Document]) -> list[str]:
    text = documents[found.document].text
    return [text[part.start : part.end] for part in found.parts]


@pytest.mark.parametrize(
    ("quote", "document", "wanted"),
    [
        ("De raad zegt dat het Rijk", "brief", ["De raad zegt dat het Rijk"]),
        ("de raad zegt dat het Rijk", "brief", ["De raad zegt dat het Rijk"]),
        ("opvang betaalt. De gemeente regelt", "brief", ["opvang betaalt.\n\nDe gemeente regelt"]),
        ("opvang betaalt.1 De gemeente", "brief", ["opvang betaalt.\n\nDe gemeente"]),
        (
            "rapport ‘Verkenning van de haalbaarheid’1 is gisteren",
            "verslag",
            ["rapport ‘Verkenning van de haalbaarheid’ is gisteren"],
        ),
        ("[1] Van het RIVM.", "verslag", ["Van het RIVM."]),
        ("bij 3 µg m-3 stof", "verslag", ["bij 3 µg m⁻³ stof"]),
        ("de overschrijving 2 is gedaan", "verslag", ["de overschrijving is gedaan"]),
        ("het rapport van de WRR", "brief", ["het rapport van de WRR"]),
        ("De raad zegt […] de opvang betaalt", "brief", ["De raad zegt", "de opvang betaalt"]),
        ("De raad (…) opvang [...] beleid", "brief", ["De raad", "opvang", "beleid"]),
        ("wolven op de Veluwe 's nachts", "nota", ["wolven op de Veluwe ’s nachts"]),
    ],
)
def test_word_for_word(
    finder: QuoteFinder,
    documents: dict[str, Document],
    quote: str,
    document: str,
    wanted: list[str],
) -> None:
    (found,) = finder.find(quote)
    assert (found.document, found.differences) == (document, ())
    assert said(found, documents) == wanted


def test_a_quote_in_two_documents_has_two_places(finder: QuoteFinder) -> None:
    found = finder.find("dat het Rijk de opvang betaalt")
    assert sorted(each.document for each in found) == ["bericht", "brief"]
    assert not any(each.differences for each in found)


@pytest.mark.parametrize(
    ("quote", "typed", "wanted"),
    [
        ("wolven op de Veluwe 's avonds heen gaan", "avonds", "nachts"),
        ("waar de wolven op de Veluwe nachts heen gaan", "", "s"),
        ("wolven op de veluwe 's nachts heen gaan", "veluwe", "Veluwe"),
        ("waar de grote wolven op de Veluwe", "grote", ""),
        ("De gemeente regelt de rest van beleid", "", "het"),
        ("en de overschrijving 3 is gedaan", "3", ""),
    ],
)
def test_words_are_never_forgiven(
    finder: QuoteFinder, documents: dict[str, Document], quote: str, typed: str, wanted: str
) -> None:
    assert finder.find_exact(quote) == []
    (found,) = finder.find(quote)
    (difference,) = found.differences
    assert quote[difference.quoted.start : difference.quoted.end] == typed
    text = documents[found.document].text
    assert text[difference.source.start : difference.source.end] == wanted


@pytest.mark.parametrize(
    "quote",
    [
        "de minister bakt pannenkoeken met stroop",
        "opvang Rijk het dat",
        "wolven nachts",
        "",
        "«…»",
        "[…]",
        "?!",
        "\u202e\u202c",
    ],
)
def test_nothing_is_found_of_what_stands_nowhere(finder: QuoteFinder, quote: str) -> None:
    assert finder.find(quote) == []


def test_parts_in_another_order_are_not_word_for_word(finder: QuoteFinder) -> None:
    assert finder.find_exact("de opvang betaalt […] De raad zegt") == []
