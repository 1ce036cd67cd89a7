"""Dutch counts and names."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from html import unescape
from io import StringIO

import pytest

from search.cli.stance import views_line
from search.exports import reactions_csv
from search.records import (
    Holder,
    Kind,
    Label,
    Metadata,
    Quote,
    Reaction,
    Stance,
    Status,
    Theme,
    ThemeOrigin,
    Verdict,
    View,
)
from search.ui.views import label_html, reactions_html
from search.wording import (
    HOLDERS,
    STANCES,
    VERDICTS,
    count,
    kind_label,
    theme_label,
)


def test_counts_agree_with_their_noun() -> None:
    assert count(1, "passage", "passages") == "1 passage"
    assert count(0, "passage", "passages") == "0 passages"
    assert count(12345, "woord", "woorden") == "12.345 woorden"


def test_only_unusual_kinds_are_named() -> None:
    assert kind_label(Kind.PARAGRAPH) == ""
    assert kind_label(Kind.FOOTNOTE) == "Voetnoot"
    assert kind_label(Kind.SIGNATURE) == "Ondertekening"


def test_themes_say_where_they_come_from() -> None:
    assert theme_label(Theme("integratie", ThemeOrigin.ESTIMATED)) == "integratie (geschat)"
    assert theme_label(Theme("integratie", ThemeOrigin.METADATA)) == "integratie (officieel)"
    numbered = Theme("Thema 4: Migratiebeleid", ThemeOrigin.STRUCTURE)
    assert theme_label(numbered) == "Migratiebeleid (uit het document)"
    assert theme_label(Theme("", ThemeOrigin.ESTIMATED)) == ""


def test_everything_has_a_name() -> None:
    assert set(STANCES) == set(Stance)
    assert set(HOLDERS) == {*Holder} - {Holder.NONE}
    assert set(VERDICTS) == set(Verdict)


@pytest.mark.parametrize("name", ["", "kabinet", "volgend kabinet", "vorig kabinet", "WRR"])
@pytest.mark.parametrize("stance", Stance)
@pytest.mark.parametrize("holder", [holder for holder in Holder if holder is not Holder.NONE])
def test_app_and_command_line_name_a_label_alike(holder: Holder, stance: Stance, name: str) -> None:
    label = Label(holder, stance, 1.0, name)
    chip = re.sub(r"<span class=\"kw-hidden\">.*", "", label_html(label))
    assert views_line([label]) == unescape(re.sub(r"<[^>]+>", "", chip)).replace(" · ", ": ")


@pytest.mark.parametrize("name", ["", "WRR"])
@pytest.mark.parametrize("stance", Stance)
@pytest.mark.parametrize("holder", Holder)
def test_app_and_export_name_advice_and_reaction_alike(
    holder: Holder, stance: Stance, name: str
) -> None:
    advice = View(
        quote=Quote("Doe dat.", "d", 0, 8, "bron"),
        label=Label(holder, Stance.ADVICE, 1.0, name),
        theme=Theme("", ThemeOrigin.ESTIMATED),
        metadata=Metadata(),
        url="",
        section=(),
    )
    said = replace(advice, label=Label(Holder.CABINET, stance, 1.0))
    reaction = Reaction(advice, (said,), (stance,), Status.TAKEN)
    table = reactions_csv([reaction]).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(table, newline=""), delimiter=";")
    shown = re.findall(r"<span class=\"kw-[\w-]+\">([^<]*)</span> <a", reactions_html([reaction]))
    assert [row["Van"], row["Standpunt"]] == shown
