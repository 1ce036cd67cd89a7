"""The commands `quote` and `doctor`, and that no command shows what its file does not say."""

from __future__ import annotations

import csv
import json
import shutil
import time
from io import StringIO
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.test_doctor import replace_in_file, replace_in_index

from search.__main__ import main

LETTER = "kst-29861-70"
EXACT = "Mede in dat licht gaat een jaarlijkse Staat van migratie uitgebracht worden."
NEAR = EXACT.replace("jaarlijkse", "maandelijkse")
ABSENT = "De minister bakt op zondag pannenkoeken met stroop en poedersuiker."
DRAFT = f'Het kabinet schrijft: «{EXACT}» Maar elders: „{NEAR}” En ook: "{ABSENT}"\n'


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


def test_quote_json(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    values = told_json(capsys, "quote", DRAFT, *where)
    assert [quote["text"] for quote in values["quotes"]] == [EXACT, NEAR, ABSENT]
    assert [quote["verdict"] for quote in values["quotes"]] == ["exact", "near", "absent"]
    (match,) = values["quotes"][0]["matches"]
    assert (match["document"], match["text"], match["differences"]) == (LETTER, EXACT, [])
    assert match["end"] - match["start"] == len(EXACT)
    assert match["citation"].startswith("Kamerstukken II 2020/21, 29861, nr. 70")
    assert match["url"] == f"https://zoek.officielebekendmakingen.nl/{LETTER}.html"


def test_quote_for_people(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    flat = " ".join(told(capsys, "quote", DRAFT, *where).split())
    assert f"«{EXACT}» Woordelijk Kamerstukken II 2020/21, 29861, nr. 70" in flat
    assert f"«{NEAR}» Bijna woordelijk Kamerstukken II" in flat
    assert "gaat een [-maandelijkse-] {+jaarlijkse+} Staat van migratie" in flat
    assert (
        f"«{ABSENT}» Niet gevonden Dit komt er het dichtst bij; het is niet wat u citeert:" in flat
    )


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".txt", ".docx"])
def test_a_draft_is_checked_and_kept_as_csv(
    where: list[str], tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, table = tmp_path / f"concept{ending}", tmp_path / "citaten.csv"
    if ending == ".docx":
        word = docx.Document()
        word.add_paragraph(DRAFT.strip())
        word.save(str(draft))
    else:
        draft.write_text(DRAFT, "utf-8")
    values = told_json(capsys, "quote", "--file", str(draft), *where)
    assert [quote["verdict"] for quote in values["quotes"]] == ["exact", "near", "absent"]
    assert main(["quote", "--file", str(draft), "--csv", str(table), *where]) == 0
    out, err = capsys.readouterr()
    assert (out, str(table) in err) == ("", True)
    text = table.read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))
    assert [row["Citaat"] for row in rows] == [EXACT, NEAR, ABSENT]
    assert [row["Oordeel"] for row in rows] == ["woordelijk", "bijna woordelijk", "niet gevonden"]
    assert rows[0]["Vindplaats"].startswith("Kamerstukken II")
    assert rows[0]["Bron"]
    assert rows[1]["Verschillen"] == "«maandelijkse» → «jaarlijkse»"


@pytest.mark.parametrize("text", ["", "«…»", "«" * 20_000, "\u202e", "\x00"])
def test_a_text_without_words_is_an_error(
    where: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["quote", text, *where]) in (1, 2)
    out, err = capsys.readouterr()
    assert (out, "Plak een citaat" in err, "Traceback" in err) == ("", True, False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["a" * 100_000, "\u202ehet Rijk\u202c", "het \x00 Rijk", "\udcff het Rijk"]
)
def test_hostile_text_gets_a_verdict_soon(
    where: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = time.process_time()
    (quote,) = told_json(capsys, "quote", text, *where)["quotes"]
    # With opening the index and the model, which take the most of it.
    assert time.process_time() - begun < 5
    assert quote["verdict"] in ("exact", "near", "absent")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", b""), ("a.docx", b"x"), ("a.txt", b"\x00"), ("a.pdf", b"x")],
)
def test_a_draft_that_can_not_be_read(
    where: list[str], tmp_path: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert main(["quote", "--file", str(tmp_path / name), *where]) in (1, 2)
    out, err = capsys.readouterr()
    assert (out, name in err, "Traceback" in err) == ("", True, False)


@pytest.mark.slow
def test_doctor_of_a_sound_installation(
    where: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    findings = told_json(capsys, "doctor", *where)["findings"]
    assert [each["ok"] for each in findings] == [True] * 10
    assert told(capsys, "doctor", *where).count("✓") == 10


@pytest.fixture(params=["index", "file"])
def false(request: pytest.FixtureRequest, built: tuple[Path, Path], tmp_path: Path) -> list[str]:
    """Give the options that name a corpus or an index that says something false."""
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(built[0], corpus)
    shutil.copytree(built[1], index)
    if request.param == "index":
        replace_in_index(index, EXACT, EXACT.replace("jaarlijkse", "dagelijkse"))
    else:
        replace_in_file(corpus / f"{LETTER}.md", "een jaarlijkse Staat", "een dagelijkse Staat")
    return ["--corpus", str(corpus), "--index", str(index)]


FALSE = "gaat een dagelijkse Staat van migratie"
TRUE = "gaat een jaarlijkse Staat van migratie"


def quotes_of(values: Any) -> list[str]:
    """Give every text of a command's JSON that is a quote: it has a place in a document."""
    if isinstance(values, list):
        return [text for each in values for text in quotes_of(each)]
    if not isinstance(values, dict):
        return []
    own = [values["text"]] if "text" in values and "document" in values else []
    return own + [text for each in values.values() for text in quotes_of(each)]


COMMANDS = [
    ["ask", "Komt er een Staat van migratie?"],
    ["stance", "Staat van migratie"],
    ["reactions", LETTER],
    ["quote", EXACT],
    ["quote", EXACT.replace("jaarlijkse", "dagelijkse")],
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_passage_that_differs_from_its_file_is_not_shown(
    false: list[str], command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--json", *false]) == 0
    values = json.loads(capsys.readouterr().out)
    if command[0] == "quote":
        assert (values["quotes"][0]["verdict"], values["quotes"][0]["matches"]) == ("absent", [])
    quotes = quotes_of(values)
    assert quotes or command[0] == "quote"
    assert not [text for text in quotes if FALSE in text or TRUE in text]


@pytest.mark.slow
def test_doctor_names_what_is_false(false: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", *false]) == 1
    out, err = capsys.readouterr()
    assert f"{LETTER}, 2" in out
    assert "✗ citaten" in out
    assert "Herstel met: kamerwijzer index" in out
    assert "citaten" in err
    assert main(["doctor", "--json", *false]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [each["check"] for each in findings if not each["ok"]] == ["citaten"]
