"""The load test's results in Markdown: a section of the page on speed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["section"]

_WANTED_MS = 1000
_ROWS = (
    ("alone", "one person, nobody else there"),
    ("thinking", "{people} people, {pause} s of thought after each answer"),
    ("at_once", "{people} people in the same instant, {rounds} times"),
    ("hour", "{people} people without a pause, {questions} questions"),
    ("beside_browsers", "{sockets} of {people} people by websocket, with thought"),
    ("in_browsers", "the other {browsers} in Chromium, from the key to the paint"),
)
_HELD = (
    ("started", "just started"),
    ("one session, first answer", "one session, one answer"),
    ("one session", "one session, 61 answers"),
    ("all sessions", "{people} sessions, an answer each more"),
    ("after thinking", "after they have asked with thought"),
    ("after asking at once", "after they have asked in the same instant"),
    ("after the hour", "after an hour's worth of questions"),
    ("all have left", "after all have left"),
)


def section(path: Path) -> str:
    """Return the section on the results in a JSON file, with its heading on the second level.

    Raises OSError or ValueError if the file does not exist or holds no results of the load test.
    """
    results = json.loads(path.read_text("utf-8"))
    if not isinstance(results, dict) or "phases" not in results:
        raise ValueError(f"{path} holds no results of the load test")
    plan, machine, phases = results["plan"], results["machine"], results["phases"]
    words = _words(plan)
    wrong = sum(len(phase["wrong"]) for phase in phases.values())
    lines = [
        f"## {plan['people']} people at once",
        "",
        "Made by `python -m benchmarks.load`: `kamerwijzer serve` on "
        f"{results['documents']} documents, asked {results['distinct_questions']} different "
        "questions by clients that do what the browser's own client does (Streamlit's messages "
        "over its websocket), each answer held against that of the command line. Server, clients "
        f"and Chromium share {machine['cores']} cores. {results['date']}, {_machine(results)}.",
        "",
        *_waits(phases, words),
        "",
        f"Answers that were not the right one: {wrong}. {_clients(phases)}",
        "",
        *_memory(results, words),
    ]
    return "\n".join(lines) + "\n"


def _words(plan: Mapping[str, Any]) -> dict[str, str]:
    shortest, longest = plan["pause"]
    return {
        "people": str(plan["people"]),
        "rounds": str(plan["rounds"]),
        "questions": f"{plan['questions']:,}",
        "pause": f"{shortest:g} to {longest:g}",
        "browsers": str(plan["browsers"]),
        "sockets": str(plan["people"] - plan["browsers"]),
    }


def _machine(results: Mapping[str, Any]) -> str:
    machine, versions = results["machine"], results["versions"]
    packages = ", ".join(f"{name} {number}" for name, number in versions.items())
    return (
        f"{machine['processor']}, {machine['memory_gb']} GB, {machine['system']}, load when it "
        f"began {machine['load_at_start']}; {packages}"
    )


def _waits(phases: Mapping[str, Any], words: Mapping[str, str]) -> list[str]:
    lines = [
        "| who asks | questions | median, ms | p95, ms | most, ms | a second | "
        "server CPU, ms a question |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for key, name in _ROWS:
        phase = phases.get(key)
        if not phase or not phase.get("number"):
            continue
        # What the server used meanwhile was for all who asked.
        asked = phase["number"]
        if key in ("beside_browsers", "in_browsers"):
            asked = phases["beside_browsers"]["number"] + phases["in_browsers"]["number"]
        spent = phase["server_cpu"] / asked * 1000
        lines.append(
            f"| {name.format_map(words)} | {phase['number']:,} | {phase['p50']:.0f} | "
            f"{phase['p95']:.0f} | {phase['most']:.0f} | {phase['a_second']:.1f} | {spent:.0f} |"
        )
    return lines


def _clients(phases: Mapping[str, Any]) -> str:
    """Return the processor time of the clients, and whether the target was reached."""
    thinking = phases["thinking"]
    share = thinking["clients_cpu"] / thinking["seconds"] * 100
    reached = "is" if thinking["p95"] < _WANTED_MS else "is not"
    return (
        f"The websocket clients took {share:.1f} % of one core while people thought; Chromium "
        f"takes more. Wanted is a p95 under {_WANTED_MS} ms with that many people, which "
        f"{reached} reached."
    )


def _memory(results: Mapping[str, Any], words: Mapping[str, str]) -> list[str]:
    memory, grown = results["memory"], results["curve"]["growth"]
    lines = [
        "| the server holds | resident, MB | its own, MB | mapped files, MB |",
        "|---|---:|---:|---:|",
    ]
    for key, name in _HELD:
        if held := memory.get(key):
            sizes = " | ".join(f"{held[part] / 1e6:.0f}" for part in ("resident", "own", "files"))
            lines.append(f"| {name.format_map(words)} | {sizes} |")
    more = memory["all sessions"]["resident"] - memory["one session"]["resident"]
    sessions = results["plan"]["people"] - 1
    per_thousand = grown["slope"] * 1000 / 1e6
    lines += [
        "",
        f"Index and model are there once, for all: {sessions} sessions more took "
        f"{more / 1e6:.0f} MB. Over the last {grown['questions']:,} questions of the hour, asked "
        f"in three sessions a person, the line through the curve rises by {per_thousand:.1f} MB "
        f"in 1,000 questions ({grown['first'] / 1e6:.0f} MB at the begin, "
        f"{grown['last'] / 1e6:.0f} MB at the end).",
        "",
        _curve(results["curve"]["points"]),
    ]
    return lines


def _curve(points: Sequence[Sequence[int]], steps: int = 12) -> str:
    """Write the curve of memory as a line of text: MB after so many questions."""
    chosen = points[:: max(1, len(points) // steps)]
    shown = "; ".join(f"{asked:,}: {held / 1e6:.0f}" for asked, held in chosen)
    return f"MB after so many questions of the hour: {shown}."
