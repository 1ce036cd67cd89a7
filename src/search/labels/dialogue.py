"""Letters of questions and answers: which question of an MP each sentence answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from search.dutch.question_markers import Marker, marker_of
from search.labels.statements import Statement
from search.records import Document, Sentence

__all__ = ["statements_of"]


@dataclass(slots=True)
class _Dialogue:
    """The questions so far by number, and whether a question or an answer is being read."""

    questions: dict[int, str] = field(default_factory=dict)
    asking: tuple[int, ...] = ()
    answering: str = ""
    marker: str = ""

    def begin(self, found: Marker, marker: str) -> None:
        """Begin the question or the answer of a marker ("Vraag 2", "Antwoord op vraag 2")."""
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
        """End the question or answer: a heading of another kind follows."""
        self.asking, self.answering, self.marker = (), "", ""

    def add_sentence(self, text: str) -> None:
        """Add a sentence to the question that is being read, if any."""
        if self.asking:
            first = self.asking[0]
            self.questions[first] = f"{self.questions.get(first, '')} {text}".strip()


def statements_of(
    document: Document, sentences: Sequence[tuple[tuple[str, ...], Sentence]]
) -> list[Statement]:
    """Return the statements of a document's sentences, which are given with their heading paths.

    In a letter of questions and answers each sentence of an answer gets the question it answers,
    found by the numbers in the headings or in separate lines ("Vraag 2", "Antwoord op vragen 2
    en 3").
    """
    dialogue = _Dialogue()
    heading: tuple[str, ...] = ()
    statements = []
    for path, sentence in sentences:
        text = document.text[sentence.start : sentence.end]
        if path != heading:
            # A heading may have no sentence of its own before the next one under it.
            is_marker = [_begins(dialogue, part) for part in _entered(heading, path)]
            heading = path
            if not any(is_marker[-1:]) and dialogue.marker not in path:
                dialogue.stop()
        if _begins(dialogue, text):
            statements.append(Statement(text, path))
            continue
        dialogue.add_sentence(text)
        section = path
        if dialogue.answering and not any(marker_of(part) for part in path):
            section = (*path, dialogue.marker)
        statements.append(Statement(text, section, dialogue.answering))
    return statements


def _entered(before: tuple[str, ...], path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings of a path that are not part of the path before it."""
    shared = 0
    while shared < min(len(before), len(path)) and before[shared] == path[shared]:
        shared += 1
    return path[shared:] or path[-1:]


def _begins(dialogue: _Dialogue, line: str) -> bool:
    """Return whether a line is a marker; if so, begin its question or answer."""
    found = marker_of(line)
    if found is None:
        return False
    dialogue.begin(found, line.strip())
    return True
