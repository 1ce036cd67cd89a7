"""Sources for word processors and reference managers, read back by other people's readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from search.citing.bibliography import (
    CitedSource,
    as_bibtex,
    as_csl,
    as_html,
    as_markdown,
    as_ris,
    as_text,
)
from search.records import Dossier, Metadata

LETTER = Metadata(
    title="Brief van de minister: 100% & {méér}",
    subject="Kabinetsreactie",
    kind="Brief regering",
    issuer="Minister van SZW, mede namens anderen",
    date="2021-03-24",
    chamber="II",
    vergaderjaar="2020-2021",
    dossiers=(Dossier("29861"),),
    ondernummer="70",
)
QUOTED = CitedSource(
    "kst-29861-70", LETTER, ("Thema 4",), quote="Een Staat van migratie.", note="Mooi"
)
PAGED = CitedSource("kst-29861-70", LETTER, page="p. 3", quote="Nog een")
NEWS = CitedSource(
    "nieuwsbericht",
    Metadata(title="Een bericht", issuer="WRR", url="https://www.wrr.nl/x", date="2021-03"),
)
SITTING = CitedSource("h-tk-20072008-7909-7943", Metadata(title="Debat over bijen"))
STATUTE = CitedSource("stb-2011-35", Metadata(title="Wet op de bijen", date="2011-02-01"))
URL = "https://zoek.officielebekendmakingen.nl/kst-29861-70.html"


def read_ris(text: str) -> list[dict[str, Any]]:
    return list(rispy.loads(text))


def csl_items(sources: Iterable[CitedSource]) -> list[dict[str, Any]]:
    return list(json.loads(as_csl(sources)))


def read_bibtex(text: str) -> list[Entry]:
    library = parse_string(text)
    assert library.failed_blocks == []
    assert [block for block in library.blocks if not isinstance(block, Entry)] == []
    return library.entries


def test_as_text() -> None:
    assert as_text(QUOTED) == (
        "«Een Staat van migratie.» (Kamerstukken II 2020/21, 29861, nr. 70, par. ‘Thema 4’)\nMooi"
    )
    assert as_text(CitedSource("kst-29861-70", LETTER)) == "Kamerstukken II 2020/21, 29861, nr. 70"
    assert as_text(CitedSource("notitie", Metadata())) == "notitie"


def test_as_markdown_and_html_say_the_same() -> None:
    markdown = as_markdown(PAGED)
    assert markdown == (f"«Nog een» ([*Kamerstukken II* 2020/21, 29861, nr. 70, p. 3](<{URL}>))")
    html = as_html(PAGED)
    assert html == (
        f'«Nog een» (<a href="{URL}"><i>Kamerstukken II</i> 2020/21, 29861, nr. 70, p. 3</a>)'
    )
    assert as_html(QUOTED).endswith("</a>)<br>Mooi")


def test_ris_is_read_back() -> None:
    (record,) = read_ris(as_ris([QUOTED, PAGED]))
    assert record == {
        "type_of_reference": "GOVDOC",
        "id": "kst-29861-70",
        "authors": ["Minister van SZW; mede namens anderen"],
        "title": "Brief van de minister: 100% & {méér}",
        "short_title": "Kabinetsreactie",
        "secondary_title": "Kamerstukken II 2020/21",
        "issn": "29861, nr. 70",
        "type_of_work": "Brief regering",
        "year": "2021",
        "date": "2021/03/24/",
        "publisher": "Minister van SZW, mede namens anderen",
        "language": "nl",
        "urls": [URL],
        "accession_number": "kst-29861-70",
        "notes": [
            "Kamerstukken II 2020/21, 29861, nr. 70",
            "«Een Staat van migratie.» (par. ‘Thema 4’) – Mooi",
            "«Nog een» (p. 3)",
        ],
    }


def test_ris_of_other_publications() -> None:
    news, sitting, statute = read_ris(as_ris([NEWS, SITTING, STATUTE]))
    assert (news["type_of_reference"], news["secondary_title"]) == ("ELEC", "wrr.nl")
    assert news["date"] == "2021/03//"
    assert sitting["type_of_reference"] == "HEAR"
    assert (sitting["start_page"], sitting["end_page"]) == ("7909", "7943")
    assert statute["type_of_reference"] == "STAT"
    assert (statute["secondary_title"], statute["volume"]) == ("Stb.", "2011")
    assert as_ris([]) == ""


def test_every_line_of_ris_is_a_tag() -> None:
    text = as_ris([QUOTED, NEWS])
    lines = text.split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert "\n" not in text.replace("\r\n", "")


def test_bibtex_is_read_back() -> None:
    (entry,) = read_bibtex(as_bibtex([QUOTED, PAGED]))
    assert (entry.entry_type, entry.key) == ("techreport", "kst-29861-70")
    assert {name: field.value for name, field in entry.fields_dict.items()} == {
        "author": "{Minister van SZW, mede namens anderen}",
        "title": r"{Brief van de minister: 100\% \& \textbraceleft{}méér\textbraceright{}}",
        "shorttitle": "Kabinetsreactie",
        "institution": "Minister van SZW, mede namens anderen",
        "type": "Kamerstukken II 2020/21",
        "number": "29861, nr. 70",
        "year": "2021",
        "month": "3",
        "date": "2021-03-24",
        "url": URL,
        "language": "dutch",
        "langid": "dutch",
        "note": "Kamerstukken II 2020/21, 29861, nr. 70",
        "annote": "«Een Staat van migratie.» (par. ‘Thema 4’) – Mooi «Nog een» (p. 3)",
    }


def test_bibtex_of_other_publications() -> None:
    news, sitting, statute = read_bibtex(as_bibtex([NEWS, SITTING, STATUTE]))
    assert (news.entry_type, news["howpublished"], news["publisher"]) == ("misc", "wrr.nl", "WRR")
    assert (sitting["type"], sitting["pages"]) == ("Handelingen II 2007/08", "7909--7943")
    assert (statute["type"], statute["number"]) == ("Stb. 2011", "35")


def test_csl() -> None:
    (item,) = csl_items([QUOTED, PAGED])
    assert item == {
        "id": "kst-29861-70",
        "type": "report",
        "title": "Brief van de minister: 100% & {méér}",
        "title-short": "Kabinetsreactie",
        "author": [{"literal": "Minister van SZW, mede namens anderen"}],
        "publisher": "Minister van SZW, mede namens anderen",
        "collection-title": "Kamerstukken II 2020/21",
        "number": "29861, nr. 70",
        "genre": "Brief regering",
        "issued": {"date-parts": [[2021, 3, 24]]},
        "URL": URL,
        "language": "nl",
        "note": "Kamerstukken II 2020/21, 29861, nr. 70",
        "annote": "«Een Staat van migratie.» (par. ‘Thema 4’) – Mooi\n«Nog een» (p. 3)",
    }


def test_csl_of_other_publications() -> None:
    news, sitting, statute = csl_items([NEWS, SITTING, STATUTE])
    assert (news["type"], news["container-title"]) == ("webpage", "wrr.nl")
    assert news["issued"] == {"date-parts": [[2021, 3]]}
    assert (sitting["type"], sitting["page"]) == ("hearing", "7909-7943")
    assert (statute["type"], statute["volume"], statute["number"]) == ("legislation", "2011", "35")
    assert json.loads(json.dumps([news, sitting, statute])) == [news, sitting, statute]


@pytest.mark.parametrize(
    ("number", "written"),
    [(("31700-VI", "4"), "31700 VI, nr. 4"), (("33802", "C"), "33802, C")],
)
def test_number_of_a_kamerstuk(number: tuple[str, str], written: str) -> None:
    metadata = Metadata(dossiers=(Dossier(number[0]),), ondernummer=number[1])
    assert csl_items([CitedSource("x", metadata)])[0]["number"] == written


def test_keys_are_unique_and_do_not_depend_on_the_others() -> None:
    names = ["a b", "a-b", "map/a-b", "é", "è", "{", "kst-29861-70"]
    together = [item["id"] for item in csl_items(CitedSource(name, Metadata()) for name in names)]
    alone = [csl_items([CitedSource(name, Metadata())])[0]["id"] for name in names]
    assert together == alone
    assert len(set(together)) == len(names)
    assert all(re.fullmatch(r"[0-9A-Za-z-]+", key) for key in together)
    assert together[1] == "a-b"
    assert together[-1] == "kst-29861-70"


def test_only_an_http_address_becomes_a_link() -> None:
    source = CitedSource("x", Metadata(title="Een bericht", url="javascript:alert(1)"))
    assert "javascript" not in as_html(source) + as_markdown(source) + as_ris([source])
    source = CitedSource("x", Metadata(title="Een bericht", url='https://a.nl/"><b>x) }'))
    assert 'href="https://a.nl/%22%3E%3Cb%3Ex)%20%7D"' in as_html(source)


HOSTILE = st.text(max_size=40) | st.sampled_from(
    [
        "\nER  - \r\nTY  - JOUR",
        "}}\n@book{x,",
        "\\",
        "{",
        "}",
        "\x00",
        "%",
        "a\u2028ER  - ",
        "<b>*x*</b>",
        "](x)",
        "&amp;",
        "\ud800",
        "~^#$_",
        '"',
        "= {",
        "@",
        "1. x",
        "- x",
        "\x85TI  - ",
    ]
)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
@example("\nER  - \n\nTY  - JOUR\n", "}}\n@book{x, title = {y}}", "\x00", "\\")
def test_no_text_breaks_a_record(title: str, issuer: str, quote: str, name: str) -> None:
    metadata = Metadata(
        title=title, issuer=issuer, kind=quote, date=name, url=f"https://a.nl/{title}"
    )
    hostile = CitedSource(name, metadata, (issuer,), title, quote, issuer)
    sources = [hostile, CitedSource("kst-1-na", LETTER, quote="Heel")]
    ris, bibtex = as_ris(sources), as_bibtex(sources)
    (ris + bibtex + as_csl(sources)).encode()
    records = read_ris(ris)
    assert [record["type_of_reference"] for record in records] == ["ELEC", "GOVDOC"]
    assert records[1]["title"] == LETTER.title
    entries = read_bibtex(bibtex)
    assert [entry.entry_type for entry in entries] == ["misc", "techreport"]
    assert entries[1]["annote"] == "«Heel»"
    assert bibtex.count("{") == bibtex.count("}")


@given(HOSTILE, HOSTILE, HOSTILE)
@example("1. x", "<script>", "*a*")
def test_markdown_and_html_show_the_text_as_it_is(title: str, quote: str, note: str) -> None:
    metadata = Metadata(title=title, issuer=title, url="https://a.nl/x")
    source = CitedSource("document", metadata, (quote,), "", quote, note)
    shown = MarkdownIt().render(as_markdown(source))
    for html in (shown, as_html(source)):
        assert set(re.findall(r"</?(\w+)", html)) <= {"p", "a", "br"}
    assert squeeze(shown) == squeeze(as_html(source))
    assert squeeze(shown) == squeeze(MarkdownIt("zero").render(as_text(source)))


def squeeze(html: str) -> str:
    """Take the text of HTML, with characters that a Markdown reader replaces left out."""
    text = re.sub(r"<[^>]*>", "", html.replace("<br>", " ")).replace("&#x27;", "'")
    return "".join(text.split()).replace("\ufffd", "")
