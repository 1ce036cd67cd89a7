"""Results as JSON: the keys that other programs rely on."""

from __future__ import annotations

import json

import pytest

from search.engine import Engine
from search.exports import answer_json, entry_json, quotes_json

EXACT = "Mede in dat licht gaat een jaarlijkse Staat van migratie uitgebracht worden."
NEAR = EXACT.replace("jaarlijkse", "maandelijkse")
ABSENT = "De minister bakt op zondag pannenkoeken met stroop en poedersuiker."


@pytest.mark.parametrize(
    "question", ["Welke rol ziet de WRR voor gemeenten?", "wie ondertekende de brief?"]
)
def test_json_of_an_answer(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    values = json.loads(json.dumps(answer_json(answer)))
    assert {"question", "answerable", "confidence", "answer", "hits"} <= set(values)
    assert {"text", "document", "start", "end", "citation"} <= set(values["answer"])
    assert values["question"] == answer.question
    wanted = {
        "rank",
        "score",
        "document",
        "title",
        "citation",
        "url",
        "date",
        "section",
        "theme",
        "start",
        "end",
        "text",
        "also_in",
        "nearly_in",
        "reservation",
    }
    for hit in values["hits"]:
        assert wanted <= set(hit)
        assert {"label", "origin"} <= set(hit["theme"])
        assert hit["theme"]["origin"] in ("structuur", "metadata", "geschat")
        assert isinstance(hit["section"], list)


def test_json_of_an_entry(engine: Engine) -> None:
    values = {e.id: json.loads(json.dumps(entry_json(e))) for e in engine.documents()}
    letter = values["kst-29861-70"]
    assert letter["vergaderjaar"] == "2020-2021"
    assert letter["dossiers"] == [
        {"number": "29861", "title": "Arbeidsmigratie en sociale zekerheid"}
    ]
    assert letter["words"] > 3000


def test_json_of_checked_quotes(engine: Engine) -> None:
    values = quotes_json(engine.check_quotes(f"«{EXACT}» en «{NEAR}» en «{ABSENT}»"))
    assert set(values) == {"quotes"}
    assert [each["verdict"] for each in values["quotes"]] == ["exact", "near", "absent"]
    exact, near, absent = values["quotes"]
    keys = {"document", "start", "end", "text", "citation", "url", "differences"}
    assert set(exact["matches"][0]) >= keys
    assert exact["matches"][0]["document"] == "kst-29861-70"
    assert exact["matches"][0]["differences"] == []
    (difference,) = near["matches"][0]["differences"]
    assert (difference["quoted"], difference["source"]) == ("maandelijkse", "jaarlijkse")
    assert absent["matches"] == []
    assert absent["nearest"]["text"]
