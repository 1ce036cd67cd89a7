"""The load test's own parts: what it asks, what passes for an answer, what becomes of figures."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest
from benchmarks.load.corpus import read_questions, write_corpus
from benchmarks.load.figures import growth, waits
from benchmarks.load.page import section
from benchmarks.load.person import WrongAnswer
from benchmarks.load.phases import Crowd, at_once, in_turn, thinking
from benchmarks.load.processes import cpu_of, memory_of, own_cpu
from benchmarks.load.screen import Screen, quote_in, trouble_in
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from search.records import Answer, Hit, Kind, Metadata, Passage, Quote, Span, Theme, ThemeOrigin
from search.ui.markup import notice_html, results_html

PROC = pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="this needs Linux' /proc")


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """Make development sets of two texts and three questions."""
    folder = tmp_path / "sets"
    (folder / "een").mkdir(parents=True)
    texts = [
        {"id": "a", "title": "Vrije_val", "text": "Tekst."},
        {"id": "b", "title": "", "text": "É"},
    ]
    asked = [{"id": 1, "text": "Wat  is\nval?"}, {"id": 2, "text": "Wat is val?"}]
    (folder / "een" / "corpus.jsonl").write_text("\n".join(map(json.dumps, texts)), "utf-8")
    (folder / "een" / "queries.jsonl").write_text("\n".join(map(json.dumps, asked)), "utf-8")
    (folder / "questions-dev.jsonl").write_text(json.dumps({"question": "Hoe?"}), "utf-8")
    return folder


def test_each_text_is_a_document_beside_the_own_corpus(sets: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "brief.md").write_text("# Brief\n")
    (own / "brief.toml").write_text("")
    assert write_corpus(tmp_path / "corpus", sets, own) == 3
    files = {path.name: path.read_text("utf-8") for path in (tmp_path / "corpus").iterdir()}
    assert files["een-a.md"] == "# Vrije val, deel 1\n\nTekst.\n"
    assert files["een-b.md"] == "É\n"
    assert set(files) == {"een-a.md", "een-b.md", "brief.md", "brief.toml"}


def test_questions_are_asked_once_each_on_one_line(sets: Path, tmp_path: Path) -> None:
    assert sorted(read_questions(sets, 1)) == ["Hoe?", "Wat is val?"]
    with pytest.raises(FileNotFoundError, match=r"queries\.jsonl"):
        read_questions(tmp_path / "nowhere", 1)


def drawn(body: str, place: tuple[int, ...], *, cacheable: bool = False) -> ForwardMsg:
    """Make the message that draws HTML at a place of the page."""
    message = ForwardMsg(hash=f"h{place}")
    message.delta.new_element.html.body = body
    message.metadata.delta_path.extend(place)
    message.metadata.cacheable = cacheable
    return message


def finished() -> ForwardMsg:
    """Make the message that ends a run."""
    return ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)


def test_a_screen_shows_what_stands_at_each_place_last() -> None:
    screen = Screen()
    screen.begin()
    assert not screen.take(drawn("later ", (0, 2)))
    assert not screen.take(drawn("first ", (0, 1)))
    screen.take(drawn("other ", (0, 1)))
    assert screen.take(finished())
    assert screen.html == "other later "
    spinner = ForwardMsg()
    spinner.delta.new_element.spinner.text = "…"
    spinner.metadata.delta_path.extend((0, 2))
    screen.take(spinner)
    assert screen.html == "other "
    screen.begin()
    assert screen.html == ""


def test_a_screen_keeps_large_messages_as_long_as_the_browser_does() -> None:
    screen = Screen()
    screen.begin()
    screen.take(drawn("large", (0, 0), cacheable=True))
    screen.take(drawn("small", (0, 1)))
    assert screen.kept() == ["h(0, 0)"]
    reference = ForwardMsg(ref_hash="h(0, 0)")
    reference.metadata.delta_path.extend((0, 5))
    screen.begin()
    screen.take(reference)
    assert screen.html == "large"
    for _ in range(3):
        assert screen.kept() == ["h(0, 0)"]
        screen.begin()
    assert screen.kept() == []
    with pytest.raises(KeyError):
        screen.take(reference)


def test_the_answer_is_read_from_the_page_as_it_is_written() -> None:
    text = 'De <minister> zei: "nee" & liep weg. En toen?'
    passage = Passage(
        id=1,
        document="d",
        start=0,
        end=len(text),
        text=text,
        kind=Kind.PARAGRAPH,
        section=(),
        theme=Theme("", ThemeOrigin.ESTIMATED),
        sentences=(),
        lead=None,
        anchor=None,
    )
    hit = Hit(1, 1.0, passage, Metadata(), "cite", "", (Span(3, 13),), ())
    quote = Quote(text[:36], "d", 0, 36, "cite")
    found = results_html(Answer("q", True, 0.9, quote, (hit,)), {})
    assert quote_in(found) == (text[:36], text)
    none = results_html(Answer("q", False, 0.1, None, (hit,)), {})
    assert quote_in(none) == ("", text)
    assert quote_in(results_html(Answer("q", False, 0.1, None, ()), {})) == ("", "")
    trouble = notice_html("De index is niet meer bij", "a.md is <nieuw>", tone="trouble")
    assert trouble_in(trouble) == "De index is niet meer bij a.md is <nieuw>"
    assert trouble_in(notice_html("", "Zo vraagt u")) == ""


def test_waits_are_summed_up() -> None:
    summed = waits([i / 1000 for i in range(1, 102)])
    assert (summed.number, summed.p50, summed.p95, summed.most) == (101, 51.0, 96.0, 101.0)
    with pytest.raises(ValueError, match="nothing"):
        waits([])


def test_growth_is_that_after_the_warm_up() -> None:
    points = [(asked, 10**9 if asked < 100 else 1000 + 3 * asked) for asked in range(0, 300, 10)]
    grown = growth(points, 100)
    assert grown.questions == 190
    assert grown.slope == pytest.approx(3)
    assert (grown.first, grown.last) == (1315.0, 1855.0)
    with pytest.raises(ValueError, match="at least 10"):
        growth(points, 250)


class Someone:
    """Asks without an app; every `wrong`th answer is none."""

    def __init__(self, wrong: int = 0) -> None:
        self.asked, self.wrong = 0, wrong
        self.thought: list[tuple[float, float]] = []

    async def ask(self) -> float:
        """Ask; gives a made-up wait in seconds."""
        self.asked += 1
        await asyncio.sleep(0)
        if self.wrong and self.asked % self.wrong == 0:
            raise WrongAnswer("another one")
        return 0.5

    async def think(self, shortest: float, longest: float) -> None:
        """Keep how long it may take, and think no time at all."""
        self.thought.append((shortest, longest))
        await asyncio.sleep(0)


def test_everyone_asks_in_the_same_instant() -> None:
    crowd, people = Crowd(), [Someone(), Someone(wrong=1)]
    last = asyncio.run(at_once(crowd, people, 2, rest=0.0))
    assert last == [0.5, 0.5]
    assert crowd.waits == [0.5, 0.5]
    assert len(crowd.wrong) == 2
    assert "another one" in crowd.wrong[0]


def test_an_hour_ends_after_its_questions() -> None:
    crowd, people, seen = Crowd(), [Someone() for _ in range(3)], []

    async def each(_: object, asked: int) -> None:
        seen.append(asked)

    asyncio.run(in_turn(crowd, people, 10, each))
    assert sorted(seen) == list(range(1, 11))
    assert sum(person.asked for person in people) == 10


def test_people_who_think_ask_until_the_time_is_over() -> None:
    crowd, people = Crowd(), [Someone(), Someone()]
    asyncio.run(thinking(crowd, people, 0.05, (2.0, 6.0)))
    for person in people:
        # Once before the first question, up to the longest pause, and then after each.
        assert person.thought == [(0, 6.0), *[(2.0, 6.0)] * person.asked]
        assert person.asked
    assert len(crowd.waits) == sum(person.asked for person in people)


@PROC
def test_a_process_is_read_from_proc() -> None:
    held = memory_of(os.getpid())
    assert held.resident >= held.own > 0
    # What is spent from here on: the system counts in ticks, and over minutes their errors add up.
    before, counted = own_cpu(), cpu_of(os.getpid())
    sum(i * i for i in range(10**6))
    spent = own_cpu() - before
    assert spent > 0
    assert cpu_of(os.getpid()) - counted == pytest.approx(spent, abs=0.5)
    # First without: time goes on between the two.
    alone = cpu_of(os.getpid())
    assert cpu_of(os.getpid(), descendants=True) >= alone


def results() -> dict[str, object]:
    """Make results as the load test writes them."""
    phase = {
        "number": 10,
        "p50": 40.0,
        "p95": 90.4,
        "most": 100.0,
        "a_second": 4.0,
        "seconds": 10.0,
        "server_cpu": 0.5,
        "clients_cpu": 0.1,
        "wrong": [],
    }
    held = {"resident": 200_000_000, "own": 120_000_000, "files": 80_000_000}
    names = ("started", "one session", "all sessions", "after the hour")
    return {
        "date": "2026-01-02",
        "machine": {
            "cores": 2,
            "processor": "x86_64",
            "memory_gb": 24,
            "system": "Linux 6",
            "load_at_start": 0.1,
        },
        "versions": {"python": "3.11.7", "streamlit": "1.67.0"},
        "documents": 421,
        "distinct_questions": 1398,
        "plan": {"people": 20, "browsers": 3, "rounds": 10, "questions": 2400, "pause": [2, 6]},
        "phases": {
            "alone": phase,
            "thinking": phase,
            "in_browsers": phase | {"wrong": ["that one"]},
            "beside_browsers": phase,
        },
        "memory": dict.fromkeys(names, held) | {"all sessions": held | {"resident": 209_000_000}},
        "curve": {
            "points": [[20, 200_000_000], [40, 201_000_000]],
            "growth": {"questions": 1800, "slope": 1500.0, "first": 2.0e8, "last": 2.1e8},
        },
    }


def test_the_section_tells_the_figures(tmp_path: Path) -> None:
    path = tmp_path / "load.json"
    path.write_text(json.dumps(results()))
    text = section(path)
    assert text.startswith("## 20 people at once\n")
    for part in (
        "| one person, nobody else there | 10 | 40 | 90 | 100 | 4.0 | 50 |",
        "| 20 people, 2 to 6 s of thought after each answer | 10 |",
        # What the server used was for the questions of both.
        "| the other 3 in Chromium, from the key to the paint | 10 | 40 | 90 | 100 | 4.0 | 25 |",
        "Answers that were not the right one: 1.",
        "p95 under 1000 ms with that many people, which is reached",
        "| 20 sessions, an answer each more | 209 | 120 | 80 |",
        "19 sessions more took 9 MB",
        "rises by 1.5 MB in 1,000 questions (200 MB at the begin, 210 MB at the end)",
        "20: 200; 40: 201.",
        "streamlit 1.67.0",
    ):
        assert part in text


def test_another_file_is_no_result(tmp_path: Path) -> None:
    path = tmp_path / "load.json"
    path.write_text("[]")
    with pytest.raises(ValueError, match="no results of the load test"):
        section(path)
