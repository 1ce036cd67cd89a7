"""OpenDocument texts: spaces, heights, hidden and deleted text, numbers, notes and headers."""

from __future__ import annotations

import pytest
from tests.witness.making import check, odt, witness

from search.witness import Flag


def _style(properties: str, family: str = "text", name: str = "T1") -> str:
    return (
        f"<style:style style:name='{name}' style:family='{family}'>"
        f"<style:text-properties {properties}/></style:style>"
    )


def _said(body: str, text: str, styles: str = "") -> bool:
    return check(odt(body, styles), "brief.odt", text).confirmed


def _span(text: str) -> str:
    return f"<text:span text:style-name='T1'>{text}</text:span>"


def test_white_space_has_elements_of_its_own() -> None:
    body = "<text:p>Een<text:s text:c='3'/>twee<text:tab/>drie<text:line-break/>vier</text:p>"
    assert _said(body, "Een twee\tdrie\nvier")


@pytest.mark.parametrize("place", ["super 58%", "33% 58%"])
def test_raised_span(place: str) -> None:
    styles = _style(f"style:text-position='{place}'")
    body = f"<text:p>Ongeveer 10{_span('6')} liter.</text:p>"
    assert _said(body, "Ongeveer 10⁶ liter.", styles)
    assert not _said(body, "Ongeveer 106 liter.", styles)


@pytest.mark.parametrize(
    ("properties", "flag"),
    [
        ("text:display='none'", Flag.HIDDEN),
        ("style:text-line-through-style='solid'", Flag.DELETED),
    ],
)
def test_span_that_is_hidden_or_struck_out(properties: str, flag: Flag) -> None:
    file = odt(f"<text:p>Dit is {_span('niet ')}waar.</text:p>", _style(properties))
    for text in ("Dit is waar.", "Dit is niet waar."):
        found = check(file, "brief.odt", text)
        assert not found.confirmed
        assert found.flags is flag


@pytest.mark.parametrize(
    "body",
    [
        "<text:p><text:hidden-paragraph text:is-hidden='true'/>Verborgen alinea.</text:p>",
        "<text:section text:display='none'><text:p>Verborgen alinea.</text:p></text:section>",
        "<text:p text:style-name='P1'>Verborgen alinea.</text:p>",
        "<text:p><text:hidden-text>Verborgen alinea.</text:hidden-text></text:p>",
    ],
)
def test_paragraph_that_is_hidden(body: str) -> None:
    styles = _style("text:display='none'", "paragraph", "P1")
    file = odt("<text:p>Zichtbaar.</text:p>" + body, styles)
    assert check(file, "brief.odt", "Zichtbaar.").confirmed
    assert check(file, "brief.odt", "Verborgen alinea.").flags is Flag.HIDDEN


def test_tracked_deletion_and_comment_are_no_text() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Weg ermee.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Het blijft<office:annotation><text:p>Klopt dit?</text:p></office:annotation>"
        " zo.</text:p>"
    )
    assert _said(body, "Het blijft zo.")
    assert not _said(body, "Weg ermee.")
    assert not _said(body, "Klopt dit?")


def test_note_is_a_text_of_its_own() -> None:
    body = (
        "<text:p>Het kabinet steunt dit<text:note text:note-class='footnote'>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Zie bijlage.</text:p>"
        "</text:note-body></text:note>.</text:p>"
    )
    for text in ("Het kabinet steunt dit.", "Zie bijlage."):
        assert _said(body, text)
    assert not _said(body, "Het kabinet steunt dit1.")


def test_number_of_a_list_may_be_there_or_not() -> None:
    styles = (
        "<text:list-style style:name='L1'><text:list-level-style-number text:level='1' "
        "style:num-format='1' style:num-suffix='.'/></text:list-style>"
    )
    items = "".join(
        f"<text:list-item><text:p>{each}</text:p></text:list-item>"
        for each in ("De boot is veilig.", "De steiger is sterk.")
    )
    body = f"<text:list text:style-name='L1'>{items}</text:list>"
    for text in ("1. De boot is veilig.", "2. De steiger is sterk.", "De steiger is sterk."):
        assert _said(body, text, styles)
    assert not _said(body, "3. De steiger is sterk.", styles)


def test_text_of_a_symbol_font_is_what_is_seen() -> None:
    styles = _style("style:font-name='Symbol'")
    body = f"<text:p>Gratis voor {_span('&#xF0B3;')} 65 jaar.</text:p>"
    assert _said(body, "Gratis voor ≥ 65 jaar.", styles)
    assert not _said(body, "Gratis voor 65 jaar.", styles)


def test_page_header_and_text_box_are_texts_of_their_own() -> None:
    body = (
        "<text:p>Het kabinet <draw:frame><draw:text-box><text:p>In het kader.</text:p>"
        "</draw:text-box></draw:frame>steunt dit.</text:p>"
    )
    page = "<style:header><text:p>Ministerie van Proeven</text:p></style:header>"
    read = witness(odt(body, page=page), "brief.odt")
    for text in ("Het kabinet steunt dit.", "In het kader.", "Ministerie van Proeven"):
        assert read.check(text).confirmed
