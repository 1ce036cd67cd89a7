"""Questions and answers: which question of an MP each sentence of a letter answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from search.dutch.question_markers import Marker, marker_of
from search.labels.statements import Statement
from search.records import Document, Sentence

__all__ = ["statements_of"]


@dataclass(slots=True)
class _Dialogue:
    """The questions so far by number, and what is being read: a question, an answer or neither."""

    questions: dict[int, str] = field(default_factory=dict)
    asking: tuple[int, ...] = ()
    answering: str = ""
    marker: str = ""

    def turn(self, found: Marker, marker: str) -> None:
        """Take a marker: "Vraag 2" begins a question, "Antwoord op vraag 2" its answer."""
        self.marker = marker
        numbers = found.each
        if not found.answers:
            self.asking, self.answering = numbers or (0,), ""
            self.questions.pop(self.asking[0], None)
            return
        wanted = numbers or self.asking or tuple(self.questions)[-1:]
        self.answering = " ".join(self.questions.get(n, "") for n in wanted).strip()
        self.asking = ()

    def stop(self) -> None:
        """Take a heading of another kind: what follows answers nothing."""
        self.asking, self.answering, self.marker = (), "", ""

    def hear(self, text: str) -> None:
        """Take a sentence; while a question is read it belongs to it."""
        if self.asking:
            first = self.asking[0]
            self.questions[first] = f"{self.questions.get(first, '')} {text}".strip()


def statements_of(
    document: Document, sentences: Sequence[tuple[tuple[str, ...], Sentence]]
) -> list[Statement]:
    """Make statements of a document's sentences, in order, each given with its heading path.

    In a letter of questions and answers each sentence of an answer gets the question it answers,
    found by the numbers in the headings or in lines that stand alone ("Vraag 2", "Antwoord op
    vragen 2 en 3").
    """
    dialogue = _Dialogue()
    heading: tuple[str, ...] = ()
    statements = []
    for path, sentence in sentences:
        text = document.text[sentence.start : sentence.end]
        if path != heading:
            # A heading may have no sentence of its own before the next one under it.
            turned = [_turned(dialogue, part) for part in _entered(heading, path)]
            heading = path
            if not any(turned[-1:]) and dialogue.marker not in path:
                dialogue.stop()
        if _turned(dialogue, text):
            statements.append(Statement(text, path))
            continue
        dialogue.hear(text)
        section = path
        if dialogue.answering and not any(marker_of(part) for part in path):
            section = (*path, dialogue.marker)
        statements.append(Statement(text, section, dialogue.answering))
    return statements


def _entered(before: tuple[str, ...], path: tuple[str, ...]) -> tuple[str, ...]:
    """Give the headings of a path that were not open before."""
    shared = 0
    while shared < min(len(before), len(path)) and before[shared] == path[shared]:
        shared += 1
    return path[shared:] or path[-1:]


def _turned(dialogue: _Dialogue, line: str) -> bool:
    """Take a line as a marker if it is one, and tell whether it is."""
    found = marker_of(line)
    if found is None:
        return False
    dialogue.turn(found, line.strip())
    return True
