"""Questions of MPs with their answers, as the Kamer prints them in the Aanhangsel."""

from __future__ import annotations

import re

from search.dutch.dates import read_printed_date
from search.dutch.question_markers import marker_of
from search.reading.letters import ANSWERS, read_answers_heading
from search.reading.recognition.evidence import Evidence
from search.records import AuthorKind, Metadata, Person
from search.references import find_vergaderjaar

__all__ = ["name_askers", "recognise_annex", "recognise_answers"]

_ANNEX = re.compile(r"Aanhangsel (?:van de|tot het Verslag van de) Handelingen", re.IGNORECASE)
_ASKED = re.compile(
    r"(?P<title>(?:Nadere |Schriftelijke |Aanvullende )?[Vv]ragen van (?:het lid|de leden"
    r"|het Kamerlid|de "
    r"Kamerleden) .+?)\s*\((?P<sent>[Ii]ngezonden [^()]{4,60}|[Gg]esteld [^()]{4,60})\)"
)
_ANSWERED = re.compile(
    r"(?P<what>Antwoord(?:en)?|Mededeling) (?:van"
    r"|door) (?:de )?(?P<office>[Mm]inister(?:-[Pp]resident)?"
    r"|[Ss]taatssecretaris)\s+(?P<name>[^()]{2,60}?)\s*\((?P<ministry>[^()]{3,120})\)(?P<rest>.{0,400}?)"
    r"\((?:[Oo]ntvangen|[Vv]erzonden) (?P<received>[^()]{4,40})\)"
)
_NUMBER = re.compile(r"\d{1,5}")
_PARTY = re.compile(r"(?P<name>.+?) \((?P<party>[^()]+)\)")
_ADDRESSED = re.compile(r"\saan (?:de|het) (?:[Mm]inister|[Ss]taatssecretaris)")
_SEE_ALSO = re.compile(r"\s*\bZie ook Aanhangsel\b.*", re.IGNORECASE)
_FROM_MINISTRY = re.compile(r"^(?:van|voor)\s", re.IGNORECASE)
_MIN_MARKERS = 2


def recognise_annex(evidence: Evidence) -> Metadata:
    """Return what the head of an Aanhangsel says: number, askers, minister, subject, dates."""
    lines = evidence.head
    at = next((n for n, line in enumerate(lines[:12]) if _ANNEX.match(line)), None)
    if at is None:
        return Metadata()
    number = next((line for line in lines[at + 1 : at + 6] if _NUMBER.fullmatch(line)), "")
    text = _joined(lines[at + 1 : at + 40])
    asked, answered = _ASKED.search(text), _ANSWERED.search(text)
    title = asked["title"] if asked else ""
    heading = read_answers_heading(title) if title else None
    first = " ".join(lines[: at + 1])
    people = [*name_askers(heading.askers if heading else ())]
    if answered:
        people.append(
            Person(answered["name"], _office(answered).lower()[:1] + _office(answered)[1:])
        )
    received = read_printed_date(answered["received"]) if answered else ""
    is_answer = answered is None or answered["what"].startswith("Antwoord")
    return Metadata(
        title=title,
        subject=heading.about if heading else "",
        kind=ANSWERS if is_answer else "Aanhangsel van de Handelingen",
        issuer=_office(answered) if answered else "",
        date=received or (read_printed_date(asked["sent"]) if asked else ""),
        chamber="I" if "Eerste Kamer" in first else "II",
        vergaderjaar=find_vergaderjaar(first),
        ondernummer=number,
        author_kind=AuthorKind.CABINET if answered else AuthorKind.PARLIAMENT,
        people=tuple(people),
        askers=heading.askers if heading else (),
    )


def name_askers(askers: tuple[str, ...]) -> list[Person]:
    """Return who asked as people: "Van Nispen (SP)" is Van Nispen, vraagsteller, SP."""
    found = []
    for asker in askers:
        party = _PARTY.fullmatch(asker)
        name, of = (
            (party["name"], f"vraagsteller, {party['party']}") if party else (asker, "vraagsteller")
        )
        found.append(Person(name, of))
    return found


def _office(answered: re.Match[str]) -> str:
    """Return the office of who answers: "Minister van Water en Sloten"."""
    office = answered["office"][:1].upper() + answered["office"][1:]
    ministry = answered["ministry"].split(" – ")[0].strip()
    return f"{office} {ministry}" if _FROM_MINISTRY.match(ministry) else f"{office} van {ministry}"


def recognise_answers(evidence: Evidence) -> Metadata:
    """Return whose questions a letter answers, where it has questions and answers; else nothing."""
    known = evidence.metadata
    if known.askers or sum(_is_answer(line) for line in evidence.lines) < _MIN_MARKERS:
        return Metadata()
    for line in (known.title, *evidence.first_blocks(40)):
        heading = read_answers_heading(line)
        if heading and heading.about and heading.askers:
            return Metadata(
                kind=ANSWERS,
                subject=heading.about,
                issuer=heading.answerer,
                askers=heading.askers,
                author_kind=AuthorKind.CABINET,
            )
    return Metadata()


def _is_answer(line: str) -> bool:
    found = marker_of(line)
    return found is not None and found.answers


def _joined(lines: tuple[str, ...]) -> str:
    """Return lines as one text, words that a line end cuts made whole."""
    return re.sub(r"(?<=[a-zà-ÿ])- (?=[a-zà-ÿ])(?!en |of )", "", " ".join(lines))
