"""Places in laws: article, member and items."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from search.citing import cite, with_item
from search.records import Block, Document, Kind, Metadata, Section, SourceMap

LAW = Metadata(title="Rietwet", kind="Wet", date="2020-01-01", url="https://wetten.overheid.nl/X")


@pytest.mark.parametrize(
    ("section", "citation"),
    [
        (("Artikel 5 Het riet", "lid 2", "onder a"), "art. 5 lid 2 onder a Rietwet"),
        (("Artikel 5. Het riet", "lid 2"), "art. 5 lid 2 Rietwet"),
        (("Hoofdstuk 2 Riet", "Artikel 2.3a", "Lid 1"), "art. 2.3a lid 1 Rietwet"),
        (("Artikel 3:40",), "art. 3:40 Rietwet"),
        (("Artikel IV", "Onderdeel B"), "art. IV onder B Rietwet"),
        (("Artikel I", "Artikel 5 van de Slotenwet"), "art. I Rietwet"),
        (
            ("Hoofdstuk 2 Riet",),
            "‘Rietwet’, wetten.overheid.nl, 1 januari 2020, par. ‘Hoofdstuk 2 Riet’",
        ),
        ((), "‘Rietwet’, wetten.overheid.nl, 1 januari 2020"),
    ],
)
def test_place_is_before_the_name_of_the_law(section: Sequence[str], citation: str) -> None:
    assert cite(LAW, section) == citation


def test_articles_of_what_is_no_law_are_headings() -> None:
    letter = Metadata(title="Brief over riet", kind="Brief regering")
    assert cite(letter, ("Artikel 5",)) == "‘Brief over riet’, par. ‘Artikel 5’"


ITEMS = (
    "1. Het riet wordt gemaaid.",
    "2. De maaier:",
    "a. maait voor het broeden;",
    "b. ruimt op:",
    "1°. het riet;",
    "2°. de paden.",
)


def law() -> Document:
    """Return an article of a law whose members and items have no headings of their own."""
    text = "\n".join([*ITEMS, "Dit geldt overal."])
    starts = [text.index(item) for item in (*ITEMS, "Dit geldt")]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    kinds = [*(Kind.LIST_ITEM for _ in ITEMS), Kind.PARAGRAPH]
    blocks = (Block(*each, 0) for each in zip(kinds, starts, ends, strict=True))
    return Document(
        id="rietwet",
        path="rietwet.xml",
        text=text,
        metadata=LAW,
        sections=(Section(("Artikel 1",), 0, len(text)),),
        blocks=tuple(blocks),
        footnotes=(),
        signatories=(),
        source_map=SourceMap(()),
    )


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Het riet", "art. 1 lid 1 Rietwet"),
        ("De maaier", "art. 1 lid 2 Rietwet"),
        ("het broeden", "art. 1 lid 2 onder a Rietwet"),
        ("de paden", "art. 1 lid 2 onder b onder 2° Rietwet"),
        ("Dit geldt", "art. 1 Rietwet"),
    ],
)
def test_members_and_items_are_read_off_the_text(words: str, place: str) -> None:
    document = law()
    at = document.text.index(words)
    assert cite(LAW, with_item(document, document.section_path(at), at)) == place
