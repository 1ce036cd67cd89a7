"""A voice: whose a sentence is, and how strictly; questions of MPs and answers to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from search.dutch.question_markers import marker_of
from search.records import Document, Holder, Stance

__all__ = [
    "ADVICE",
    "CABINET",
    "CABINET_HEADING",
    "CHAIR",
    "MINISTER",
    "MINISTER_ROLE",
    "QUESTION",
    "REACTION",
    "Dialogue",
    "Voice",
]


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose sentence it is unless it names another, and how strictly."""

    holder: Holder
    name: str = ""
    excludes_cabinet: bool = False
    """Whether a cabinet that the sentence names has no view of its own here either."""
    owns_all: bool = False
    """Whether sentences without a named speaker are this voice's, facts included."""
    only: bool = False
    """Whether no one else has a view here: a motion is its submitters' alone."""
    stance: Stance | None = None
    """The stance of the sentence where its form decides it."""
    section: str = ""
    """A heading that the sentence is under without having one: "Reactie"."""
    quotes_cabinet: bool = True
    """Whether a letter of the cabinet that the text quotes gives the cabinet's view."""
    is_quoted: bool = False
    """Whether the words are quoted from another text: its author does not speak here."""
    by_first_person: bool = False
    """Whether only sentences in the first person are this voice's; the rest has no holder."""


CABINET = Voice(Holder.CABINET)
"""The cabinet's own text, in which the model decides."""
MINISTER = Voice(Holder.CABINET, "kabinet", owns_all=True)
REACTION = replace(MINISTER, section="Reactie")
CHAIR = Voice(Holder.NONE, excludes_cabinet=True, only=True)
QUESTION = Voice(Holder.PARLIAMENT, "Kamer", excludes_cabinet=True, quotes_cabinet=False)
ADVICE = Voice(Holder.ADVISOR, "Raad van State", owns_all=True)

MINISTER_ROLE = re.compile(
    r"(?:^|\b(?:de|mede namens) )(?:vice)?(?:minister|staatssecretaris)\b", re.IGNORECASE
)
_CABINET_NAMED = (
    r"(?:kabinet|regering|minister|staatssecretaris|bewinds(?:persoon|lieden|vrouw|man))"
)
CABINET_HEADING = re.compile(
    r"\b(?:kabinets(?:reactie|standpunt|appreciatie|inzet)|beleidsreactie|(?:reactie|antwoord(?:en)?"
    rf"|standpunt|oordeel|appreciatie|inzet) (?:van|door) (?:het |de )?(?:\w+ )?{_CABINET_NAMED}"
    rf"|brief van de (?:minister|staatssecretaris))",
    re.IGNORECASE,
)


class Dialogue:
    """Questions of MPs and answers to them, by the lines or headings that open them."""

    def __init__(self, document: Document) -> None:
        lines = (document.text[block.start : block.end] for block in document.blocks)
        headings = (section.heading for section in document.sections)
        # Without marks of their own, answers follow the questions under the same heading.
        marks = [found for line in (*lines, *headings) if (found := marker_of(line))]
        self._has_answers = any(mark.answers for mark in marks)
        self._path: tuple[str, ...] = ()
        self._answers: bool | None = None

    def is_answer(self, path: tuple[str, ...], text: str) -> bool | None:
        """Return whether the next sentence answers (True) or asks (False); None if neither."""
        if path != self._path:
            self._path = path
            found = [marker for heading in path if (marker := marker_of(heading))]
            self._answers = found[-1].answers if found else None
        if marker := marker_of(text):
            self._answers = marker.answers
        return self._answers if self._has_answers else None
