"""The commands `stance` and `reactions`, and whose view `ask` says that a hit gives."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import docx
import pytest

from search.__main__ import main
from search.records import Holder, Label, Stance
from search.wording import STANCES, holder_label

LETTER = "kst-29861-70"
TOPIC = "richtgetallen voor asielmigratie"
VIEW = {
    "stance": str,
    "holder_name": str,
    "text": str,
    "document": str,
    "start": int,
    "end": int,
    "citation": str,
    "theme": dict,
    "probability": float,
    "cues": list,
    "before": str,
    "after": str,
}


@pytest.fixture
def where(built: tuple[Path, Path]) -> list[str]:
    """Give the options that name the real corpus and its index."""
    return ["--corpus", str(built[0]), "--index", str(built[1])]


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must work, and give what it prints."""
    assert main([*arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def told_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """Run a command with --json, and give the one value that it prints."""
    out = told(capsys, *arguments, "--json")
    assert out.count("\n") == 1
    return json.loads(out)


def check_view(view: dict[str, Any]) -> None:
    for key, kind in VIEW.items():
        assert type(view[key]) is kind, key
    assert view["end"] - view["start"] == len(view["text"])
    assert set(view["theme"]) >= {"label", "origin"}
    assert view["stance"] in {stance.value for stance in Stance}
    for cue in view["cues"]:
        at = cue["start"] - view["start"]
        assert cue["text"] == view["text"][at : at + cue["end"] - cue["start"]] != ""


def test_stance_json(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    values = told_json(capsys, "stance", TOPIC, *where)
    assert set(values) == {"topic", "line", "summary", "cabinet", "others"}
    assert values["topic"] == TOPIC
    assert TOPIC in values["line"]
    assert values["cabinet"]
    for view in values["cabinet"]:
        check_view(view)
        assert "holder" not in view
    counts = {s: sum(v["stance"] == s for v in values["cabinet"]) for s in values["summary"]}
    assert values["summary"] == counts
    assert sum(counts.values()) == len(values["cabinet"])
    assert any("ACVZ" in view["text"] for view in values["cabinet"])
    assert any(view["before"] for view in values["cabinet"])


def test_stance_json_of_others(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    values = told_json(capsys, "stance", "terugkeervoorzieningen", *where)
    assert values["others"]
    for view in values["others"]:
        check_view(view)
        assert view["holder"] in {holder.value for holder in Holder} - {"kabinet", "geen"}
    assert any(view["holder_name"] == "WRR" for view in values["others"])


@pytest.mark.slow
def test_stance_for_people(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    values = told_json(capsys, "stance", TOPIC, *where)
    out = told(capsys, "stance", TOPIC, *where)
    flat = " ".join(out.split())
    assert flat.startswith(values["line"])
    for stance, number in values["summary"].items():
        assert f"Kabinet: {STANCES[Stance(stance)]} ({number})" in flat
    for view in (*values["cabinet"], *values["others"]):
        assert f"«{view['text']}» {view['citation']}" in flat
    assert ("Wat anderen zeggen" in flat) == bool(values["others"])


@pytest.mark.slow
def test_stance_on_nothing_says_so(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "stance", "pannenkoeken met stroop", *where)
    assert "geen standpunt gevonden" in out
    values = told_json(capsys, "stance", "pannenkoeken met stroop", *where)
    assert (values["cabinet"], values["others"], values["summary"]) == ([], [], {})


@pytest.mark.parametrize("name", ["nader_onderzoek", "Nader onderzoek", "nader-onderzoek"])
def test_stance_filter_takes_aliases(
    where: list[str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    values = told_json(capsys, "stance", "aanbevelingen van de WRR", "--stance", name, *where)
    views = (*values["cabinet"], *values["others"])
    assert views
    assert {view["stance"] for view in views} == {"nader_onderzoek"}


@pytest.mark.slow
def test_filters_narrow_a_stance(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    topic = "gemeenten"
    alone = told_json(capsys, "stance", topic, "--holder", "adviesorgaan", *where)
    assert alone["others"]
    assert not alone["cabinet"]
    letter = told_json(capsys, "stance", TOPIC, "--document", LETTER, *where)
    assert {view["document"] for view in letter["cabinet"]} == {LETTER}
    later = told_json(capsys, "stance", TOPIC, "--from", "2022-01-01", *where)
    assert not later["cabinet"]


@pytest.mark.slow
def test_ask_says_whose_view_a_hit_gives(
    where: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["ask", "Wat adviseert de WRR over tewerkstellingsvergunningen?", "--top", "3", *where]
    hits = told_json(capsys, *asked)["hits"]
    assert hits
    flat = " ".join(told(capsys, *asked).split())
    for hit in hits:
        assert hit["labels"]
        for label in hit["labels"]:
            assert set(label) == {"holder", "holder_name", "stance", "probability"}
            if label["holder"] != "geen":
                holder, stance = Holder(label["holder"]), Stance(label["stance"])
                assert f"{holder_label(Label(holder, stance, 1.0, label['holder_name']))}: " in flat
                assert STANCES[stance] in flat
    assert "WRR: aanbeveling" in flat


def test_ask_with_holder_and_stance(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    narrowed = ["--holder", "kabinet", "--stance", "nader onderzoek"]
    hits = told_json(capsys, "ask", "inburgeringsvoorzieningen", *narrowed, *where)["hits"]
    assert hits
    for hit in hits:
        pairs = {(label["holder"], label["stance"]) for label in hit["labels"]}
        assert ("kabinet", "nader_onderzoek") in pairs


@pytest.mark.parametrize("command", ["ask", "stance"])
@pytest.mark.parametrize(
    ("option", "kinds"), [("--holder", list(Holder)), ("--stance", list(Stance))]
)
def test_wrong_holder_or_stance_lists_the_choices(
    where: list[str],
    command: str,
    option: str,
    kinds: list[Holder | Stance],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([command, "gemeenten", option, "koning", *where]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "koning" in err
    assert all(kind.value in err for kind in kinds)


def test_reactions_json(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    values = told_json(capsys, "reactions", LETTER, *where)
    assert values["document"] == LETTER
    assert len(values["reactions"]) > 10
    for reaction in values["reactions"]:
        check_view(reaction["advice"])
        assert reaction["advice"]["holder"] == "adviesorgaan"
        for view in reaction["reactions"]:
            check_view(view)
        assert set(reaction["stances"]) == {view["stance"] for view in reaction["reactions"]}
        assert isinstance(reaction["status"], str)


@pytest.mark.slow
def test_reactions_for_people(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    values = told_json(capsys, "reactions", LETTER, *where)
    flat = " ".join(told(capsys, "reactions", LETTER, *where).split())
    for number, reaction in enumerate(values["reactions"], start=1):
        advice = reaction["advice"]
        head = f"{number}. WRR: {reaction['status']}"
        assert f"{head} «{advice['text']}» {advice['citation']}" in flat
        for view in reaction["reactions"]:
            label = Label(Holder.CABINET, Stance(view["stance"]), 1.0, view["holder_name"])
            said = f"{holder_label(label)}: {STANCES[label.stance]}"
            assert f"{said} «{view['text']}» {view['citation']}" in flat


@pytest.mark.slow
def test_reactions_as_files(
    where: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, word = tmp_path / "tabel.csv", tmp_path / "tabel.docx"
    assert main(["reactions", LETTER, "--csv", str(table), "--word", str(word), *where]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert str(table) in err
    assert str(word) in err
    number = len(told_json(capsys, "reactions", LETTER, *where)["reactions"])
    text = table.read_bytes()
    rows = list(csv.reader(StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == number + 1
    assert len(docx.Document(str(word)).tables[0].rows) == number + 1


@pytest.mark.slow
def test_reactions_that_can_not_be_given(
    where: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reactions", "bestaat-niet", *where]) == 2
    out, err = capsys.readouterr()
    assert (out, LETTER in err) == ("", True)
    nowhere = str(tmp_path / "geen-map" / "tabel.csv")
    assert main(["reactions", LETTER, "--csv", nowhere, *where]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert nowhere in err
    assert "Traceback" not in err


def test_news_item_names_the_adviser_of_the_letter(
    where: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = told(capsys, "reactions", "nieuwsbericht-kabinetsreactie-wrr", *where)
    assert "1. WRR: " in out


def test_stance_filter_takes_the_word_that_is_shown(
    where: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("gedeeltelijke steun", "gedeeltelijk"):
        values = told_json(capsys, "stance", "aanbevelingen van de WRR", "--stance", name, *where)
        assert {view["stance"] for view in values["cabinet"]} <= {"gedeeltelijk"}


def test_stance_by_date_for_people(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "stance", TOPIC, "--timeline", *where)
    assert "24 maart 2021 · kabinet-Rutte III" in out
    assert "Kabinet: voorbehoud" in out
    assert out.index("24 maart 2021") < out.index("26 maart 2021")
    assert "Mogelijk gewijzigd standpunt" not in out


def test_stance_by_date_as_json(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    plain = told_json(capsys, "stance", TOPIC, *where)
    values = told_json(capsys, "stance", TOPIC, "--timeline", *where)
    assert plain.items() <= values.items()
    assert values["changes"] == []
    moments = values["timeline"] + values["undated"]
    assert len(moments) == len(values["cabinet"]) + len(values["others"])
    days = [moment["date"] for moment in values["timeline"]]
    assert days == sorted(days)
    for moment in moments:
        check_view(moment)
        assert moment["direction"] in {"voor", "neutraal", "tegen"}
        assert moment["cabinet"] == "Rutte III"
