"""Markdown: structure and inline markup of small documents."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from search.records import Document, Kind

Read = Callable[..., Document]
LONG = "Dit is een gewone alinea met genoeg woorden om als lopende tekst te tellen in een brief."


def texts(document: Document, *kinds: Kind) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kinds or b.kind in kinds]


def paths(document: Document) -> list[tuple[str, ...]]:
    """Return the heading path of each paragraph."""
    return [document.sections[b.section].path for b in document.blocks if b.kind is Kind.PARAGRAPH]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("Een *schuin* en **vet** woord.", "Een schuin en vet woord.", id="stars"),
        pytest.param("Een _schuin_ en __vet__ woord.", "Een schuin en vet woord.", id="lines"),
        pytest.param("***Beide*** en **een *in* ander**.", "Beide en een in ander.", id="nested"),
        pytest.param(
            "Het bestand_naam_lang.txt telt.",
            "Het bestand_naam_lang.txt telt.",
            id="underscores-in-words",
        ),
        pytest.param(
            "Dit is **vet over\ntwee regels** en *half.",
            "Dit is vet over twee regels en *half.",
            id="emphasis-over-a-line-end",
        ),
        pytest.param("```\nregel een\nregel twee", "regel een regel twee", id="fence-left-open"),
        pytest.param("```\nregel een\n```\n", "regel een", id="fence"),
        pytest.param("<!-- niet\nvoor lezers -->\n\nTekst.", "Tekst.", id="comment-of-two-lines"),
        pytest.param("- > een citaat", "een citaat", id="quote-in-an-item"),
        pytest.param("- - een punt", "een punt", id="item-in-an-item"),
        pytest.param(
            "Een *half woord en 5 * 3 = 15.", "Een *half woord en 5 * 3 = 15.", id="unmatched-star"
        ),
        pytest.param(
            "Een woningen van 80 m<sup>2</sup> en 5 km<sup>2</sup>.",
            "Een woningen van 80 m² en 5 km².",
            id="square-metre",
        ),
        pytest.param(
            "De 21<sup>ste</sup> eeuw en CO<sub>2</sub>.", "De 21ste eeuw en CO₂.", id="ordinal"
        ),
        pytest.param(
            "Werk &amp; Inkomen &lt;5 &euro; &#8211; nu.",
            "Werk & Inkomen <5 € – nu.",
            id="entities",
        ),
        pytest.param(
            "R&D, AT&T en &onbekend; blijven.", "R&D, AT&T en &onbekend; blijven.", id="no-entities"
        ),
        pytest.param("Zie [de *site*](https://a.nl/x_(y)) nu.", "Zie de site nu.", id="link"),
        pytest.param("Zie <https://b.nl/a_b_c> nu.", "Zie https://b.nl/a_b_c nu.", id="autolink"),
        pytest.param(
            "Zie https://c.nl/een_twee_drie nu.",
            "Zie https://c.nl/een_twee_drie nu.",
            id="bare-link",
        ),
        pytest.param("Voor ![een plaatje](x.png) na.", "Voor na.", id="image"),
        pytest.param("Tekst <b>vet</b>, x < y en y > z.", "Tekst vet, x < y en y > z.", id="tags"),
        pytest.param("Voor<!-- weg -->na.", "Voorna.", id="comment"),
        pytest.param(
            r"Escape \*geen nadruk\* en \[1\].", "Escape *geen nadruk* en [1].", id="escapes"
        ),
        pytest.param(
            "Eerste regel  \ntweede regel\ndaarna.",
            "Eerste regel tweede regel daarna.",
            id="line-ends",
        ),
    ],
)
def test_inline_markup(read: Read, source: str, expected: str) -> None:
    assert read(source + "\n").text == expected


def test_script_tag_leaves_no_tag(read: Read) -> None:
    text = read(f"{LONG} <script>alert(1)</script>\n\n<script src='x'>\nalert(2)\n</script>\n").text
    assert "<" not in text
    assert "script" not in text
    assert LONG in text


def test_headings_by_depth(read: Read) -> None:
    source = "\n\n".join(
        f"{hashes} {name}\n\n{LONG}"
        for hashes, name in [("#", "A"), ("##", "B"), ("###", "C"), ("##", "D"), ("#", "E")]
    )
    assert paths(read(source)) == [("A",), ("A", "B"), ("A", "B", "C"), ("A", "D"), ("E",)]


def test_single_top_heading_is_the_title(read: Read) -> None:
    document = read(f"# Titel\n\n{LONG}\n\n## Kop\n\n{LONG}\n")
    assert document.metadata.title == "Titel"
    assert paths(document) == [(), ("Kop",)]


@pytest.mark.parametrize(
    "form",
    ["# {}", "**{}**", "{}"],
    ids=["hashes", "bold", "bare"],
)
def test_numbered_headings(read: Read, form: str) -> None:
    names = ["1. Inleiding", "1.1 Aanleiding", "1.2 Doel", "2. Beleid"]
    document = read("\n\n".join(f"{form.format(name)}\n\n{LONG}" for name in names))
    assert paths(document) == [
        ("1. Inleiding",),
        ("1. Inleiding", "1.1 Aanleiding"),
        ("1. Inleiding", "1.2 Doel"),
        ("2. Beleid",),
    ]


def test_numbered_heading_with_its_first_subheading_right_under_it(read: Read) -> None:
    source = f"1. Inleiding en leeswijzer\n\n1.1 Doel\n\n{LONG}\n\n2. Beleid\n\n{LONG}\n"
    assert paths(read(source)) == [("1. Inleiding en leeswijzer", "1.1 Doel"), ("2. Beleid",)]


def test_number_that_opens_a_sentence_is_no_heading(read: Read) -> None:
    document = read(f"{LONG}\n\n4.3 miljoen mensen wonen er\n\n{LONG}\n")
    assert not texts(document, Kind.HEADING)


def test_bold_paragraph_is_a_heading_but_a_bold_sentence_is_not(read: Read) -> None:
    document = read(f"**Kop een**\n\n{LONG}\n\n**Dit is een vette zin.**\n\n{LONG}\n")
    assert texts(document, Kind.HEADING) == ["Kop een"]
    assert "Dit is een vette zin." in texts(document, Kind.PARAGRAPH)


def test_italic_heading_stands_under_a_bold_one(read: Read) -> None:
    document = read(f"**Boven**\n\n*Onder*\n\n{LONG}\n\n**Volgende**\n\n{LONG}\n")
    assert paths(document) == [("Boven", "Onder"), ("Volgende",)]


def test_rule_right_under_a_text_makes_no_heading_of_it(read: Read) -> None:
    document = read(f"{LONG}\n---\n{LONG}\n")
    assert texts(document) == [LONG, LONG]
    assert not texts(document, Kind.HEADING)


def test_double_underline_makes_a_heading(read: Read) -> None:
    document = read(f"Eerste kop\n==========\n\n{LONG}\n\nTweede kop\n===\n\n{LONG}\n")
    assert paths(document) == [("Eerste kop",), ("Tweede kop",)]
    assert "=" not in document.text


def test_list_keeps_each_item_and_nested_items(read: Read) -> None:
    document = read(
        f"{LONG}\n\nDe maatregelen zijn:\n\n- eerste *maatregel*;\n  - onderdeel a;\n"
        f"  - onderdeel b;\n- tweede maatregel.\n\n{LONG}\n"
    )
    assert texts(document, Kind.LIST_ITEM) == [
        "eerste maatregel;",
        "onderdeel a;",
        "onderdeel b;",
        "tweede maatregel.",
    ]
    assert texts(document, Kind.PARAGRAPH) == [LONG, "De maatregelen zijn:", LONG]


def test_table_keeps_its_rows(read: Read) -> None:
    document = read(f"{LONG}\n\n| Jaar | Aantal |\n|------|-------:|\n| 2020 | *4,3* mln. |\n")
    (table,) = texts(document, Kind.TABLE)
    rows = [row.split("\t") for row in table.split("\n")]
    assert rows == [["Jaar", "Aantal"], ["2020", "4,3 mln."]]


@pytest.mark.parametrize(
    ("mark", "opening"),
    [("[^1]", "[^1]: "), ("<sup>1</sup>", "<sup>1</sup> "), ("¹", "¹ ")],
    ids=["caret", "sup", "superscript"],
)
def test_footnote_is_attached_and_moved_out(read: Read, mark: str, opening: str) -> None:
    document = read(f"De raad stelt{mark} dit vast.\n\n{opening}Zie de *bijlage*.\n\nVolgende.\n")
    assert texts(document, Kind.PARAGRAPH) == ["De raad stelt dit vast.", "Volgende."]
    (note,) = document.footnotes
    assert (note.mark, document.text[note.start : note.end]) == ("1", "Zie de bijlage.")
    assert note.anchor is not None
    assert document.text[: note.anchor].endswith("De raad stelt")


def test_footnotes_on_lines_under_each_other_are_parted(read: Read) -> None:
    document = read("Een[^1] en twee[^2].\n\n[^1]: Noot een.\n[^2]: Noot twee,\nvervolgd.\n")
    assert texts(document, Kind.FOOTNOTE) == ["Noot een.", "Noot twee, vervolgd."]


def test_footnote_without_a_mark_has_no_anchor(read: Read) -> None:
    (note,) = read(f"{LONG}\n\n[^7]: Nergens genoemd.\n").footnotes
    assert note.anchor is None


def test_mark_without_a_footnote_is_out_of_the_text(read: Read) -> None:
    document = read("De raad stelt<sup>9</sup> dit vast.\n")
    assert document.text == "De raad stelt dit vast."
    assert document.footnotes == ()


def test_same_mark_twice_goes_to_the_notes_in_order(read: Read) -> None:
    source = "Een[^1] zin.\n\n[^1]: Noot A.\n\nTwee[^1] zinnen.\n\n[^1]: Noot B.\n"
    document = read(source)
    ends = [document.text[: n.anchor].split()[-1] for n in document.footnotes]
    assert ends == ["Een", "Twee"]


def test_very_long_sentence_is_read_whole(read: Read) -> None:
    words = [f"woord{i}" for i in range(10_000)]
    text = read("# Kop\n\n" + " ".join(words) + ".\n").text
    assert text == "Kop\n\n" + " ".join(words) + "."


@pytest.mark.parametrize("hostile", ["*" * 5000, "[[" * 3000, "<" * 3000, "_a" * 3000, "*a " * 900])
def test_runs_of_markup_characters_are_survived(read: Read, hostile: str) -> None:
    assert read(f"Begin {hostile} eind.\n").text.startswith("Begin ")


def test_front_matter_is_no_text(read: Read) -> None:
    front = "---\ntitle: Intern\ntags:\n  - bijen\n---\n"
    document = read(f"{front}# Bijen\n\n{LONG}\n", "brief.md")
    assert "Intern" not in document.text
    assert document.text.endswith(LONG)
    kept = read(f"---\n\n{LONG}\n\n---\n\nNog een zin.\n", "brief.md")
    assert LONG in kept.text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Er stroomt 10<sup>6</sup> liter.", "Er stroomt 10⁶ liter."),
        ("Er stroomt 10<sup>12</sup> liter.", "Er stroomt 10¹² liter."),
        ("Een kans van 10<sup>-4</sup> per jaar.", "Een kans van 10⁻⁴ per jaar."),
        ("Er stroomt 10⁶ liter door 40 m².", "Er stroomt 10⁶ liter door 40 m²."),
        ("Het is 10⁻⁶ gram en 3 µg m⁻³.", "Het is 10⁻⁶ gram en 3 µg m⁻³."),
        ("Er is H<sub>2</sub>O en CO<sub>2</sub>.", "Er is H₂O en CO₂."),
    ],
)
def test_a_power_is_no_mark_of_a_note(read: Read, source: str, expected: str) -> None:
    document = read(source + "\n")
    assert document.text == expected
    assert document.footnotes == ()


def test_a_number_after_a_figure_is_a_mark_where_a_note_has_it(read: Read) -> None:
    document = read(
        "Het waren er 35.<sup>1</sup> Of 25<sup>1</sup>, in 2019².\n\n"
        "<sup>1</sup> Een noot.\n\n² Nog een noot.\n"
    )
    assert document.text.startswith("Het waren er 35. Of 25, in 2019.")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("| a | b | c |\n|---|---|---|\n| d |   | f |", ["a\tb\tc", "d\t\tf"]),
        ("a | b | c\n--|---|--\nd || f", ["a\tb\tc", "d\t\tf"]),
        ("|  | b |\n|--|--|\n| c | d \\| e |", ["\tb", "c\td | e"]),
    ],
)
def test_empty_cells_keep_the_others_in_their_columns(
    read: Read, table: str, expected: list[str]
) -> None:
    (found,) = texts(read(f"{LONG}\n\n{table}\n"), Kind.TABLE)
    assert found.split("\n") == expected


@pytest.mark.parametrize("heading", ["##Kop", "###Kop", "## Kop", "##Kop ##"])
def test_a_heading_needs_no_space(read: Read, heading: str) -> None:
    document = read(f"# Titel\n\n{LONG}\n\n{heading}\n{LONG}\n")
    assert texts(document, Kind.HEADING) == ["Titel", "Kop"]
    assert paths(document)[-1] == ("Kop",)


def test_a_hashtag_is_no_heading(read: Read) -> None:
    assert texts(read(f"#sloten zijn mooi\n\n{LONG}\n"), Kind.HEADING) == []


FRONT = """---
title: "Zorg voor schone sloten: een handreiking"
datum: 3 mei 2021   # de dag van de vergadering
auteurs:
  - A. Dijk
  - B. Vaart
tags: [sloot, water]
url: https://example.org/sloten
toelichting: een lange
  regel die doorgaat
sources:

hide:
- toc
---
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_is_metadata_and_no_text(read: Read, end: str) -> None:
    document = read((FRONT + f"\n## Maatregel\n\n{LONG}\n").replace("\n", end))
    assert document.text == f"Maatregel\n\n{LONG}"
    found = document.metadata
    assert found.title == "Zorg voor schone sloten: een handreiking"
    assert (found.date, found.url) == ("2021-05-03", "https://example.org/sloten")
    assert [(each.name, each.role) for each in found.people] == [
        ("A. Dijk", "auteur"),
        ("B. Vaart", "auteur"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "---\n\nEen alinea na een streep.\n\n---\n",
        "---\ntitel zonder dubbele punt\n---\n",
        "---\ntitle: zonder einde\n",
        "Tekst.\n\n---\ntitle: niet aan het begin\n---\n",
    ],
)
def test_what_is_no_front_matter_stays_text(read: Read, source: str) -> None:
    words = [word for word in source.split() if word.strip("-")]
    assert [word for word in words if word not in read(source).text.split()] == []


def test_long_front_matter_is_read_fast(read: Read) -> None:
    began = time.process_time()
    read("---\n" + " a: b - c: d\n" * 3_000 + "einde\n" + LONG)
    assert time.process_time() - began < 2
