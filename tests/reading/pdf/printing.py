"""Prints small documents as PDF: sheets with texts at given places, and official prints.

The fonts are those that every PDF reader has (Times, Helvetica), in Windows-1252.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["HEIGHT", "WIDTH", "Kamerstuk", "Paper", "Run", "break_lines", "print_letter", "runs_of"]

WIDTH, HEIGHT = 595.0, 842.0
"""A4 in points."""
FONTS = {"": "Times-Roman", "B": "Times-Bold", "I": "Times-Italic", "BI": "Times-BoldItalic"}


@dataclass(frozen=True)
class Run:
    """Words in one style; `raised` for the number of a footnote."""

    text: str
    style: str = ""
    raised: bool = False


class Paper:
    """Sheets on which texts are put at given places; heights count down from the top."""

    def __init__(self, **settings: Any) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._bytes = io.BytesIO()
        self.canvas = Canvas(self._bytes, pagesize=(WIDTH, HEIGHT), invariant=1, **settings)

    def put(self, x: float, y: float, text: str, size: float = 10, style: str = "") -> None:
        """Put a text with its baseline at `y` below the top of the page."""
        self.canvas.setFont(FONTS[style], size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def line(self, x: float, y: float, runs: Iterable[Run], size: float, stretch: float) -> None:
        """Put runs beside one another, with each space widened by `stretch`."""
        for run in runs:
            at = size * 0.6 if run.raised else size
            self.canvas.setFont(FONTS[run.style], at)
            rise = size * 0.33 if run.raised else 0
            self.canvas.drawString(x, HEIGHT - y + rise, run.text, wordSpace=stretch)
            x += width_of(run, size) + stretch * run.text.count(" ")

    def turn(self) -> None:
        """End the page."""
        self.canvas.showPage()

    def done(self) -> bytes:
        """Return the file."""
        self.canvas.save()
        return self._bytes.getvalue()


def width_of(run: Run, size: float) -> float:
    """Return the width of a run in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(run.text, FONTS[run.style], size * 0.6 if run.raised else size))


def runs_of(markdown: str) -> list[Run]:
    """Parse the inline marks that the corpus has: *italic*, **bold** and <sup>notes</sup>."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)|<(https?:[^>]*)>", r"\1\2", markdown)
    text = re.sub(r"\\+([_*])", r"\1", text)
    runs, style = [], ""
    for part in re.split(r"(\*{1,3}|<sup>.*?</sup>)", text):
        if part.startswith("*"):
            turned = {"*": "I", "**": "B", "***": "BI"}[part]
            style = "" if style == turned else turned
        elif part.startswith("<sup>"):
            runs.append(Run(part[5:-6], style, raised=True))
        elif part:
            runs.append(Run(part, style))
    return runs


def break_lines(runs: Sequence[Run], width: float, size: float) -> list[list[Run]]:
    """Break runs in lines, at spaces and, in long words, after an inserted hyphen."""
    words: list[list[Run]] = [[]]
    for run in runs:
        for number, part in enumerate(run.text.split(" ")):
            if number:
                words.append([])
            if part:
                words[-1].append(Run(part, run.style, run.raised))
    lines: list[list[Run]] = [[]]
    room = width
    for word in [w for w in words if w]:
        space = Run(" ", word[0].style)
        needed = sum(width_of(run, size) for run in word)
        gap = width_of(space, size) if lines[-1] else 0.0
        if gap + needed > room and lines[-1]:
            first, rest = hyphenated(word, room - gap, size)
            if first:
                lines[-1] += [space, *first]
            lines.append([])
            word, gap, room = rest, 0.0, width
            needed = sum(width_of(run, size) for run in word)
        lines[-1] += [space, *word] if gap else word
        room -= gap + needed
    return lines


def hyphenated(word: list[Run], room: float, size: float) -> tuple[list[Run], list[Run]]:
    """Break a long word where it fits, between a vowel and a consonant."""
    run = word[0]
    if len(word) > 1 or len(run.text) < 10 or not re.fullmatch(r"[a-z]+[.,]?", run.text):
        return [], word
    for at in range(len(run.text) - 4, 3, -1):
        split = re.match(r"[aeiou][bcdfghklmnprstvw]", run.text[at - 1 : at + 1])
        if split and width_of(Run(run.text[:at] + "-", run.style), size) <= room:
            return [Run(run.text[:at] + "-", run.style)], [Run(run.text[at:], run.style)]
    return [], word


@dataclass
class Kamerstuk:
    """Prints Markdown as the Kamer prints documents: a wide column with a margin at its left.

    Footnotes are at the foot of the page that refers to them.
    """

    foot: str
    paper: Paper = field(default_factory=Paper)
    number: int = 1
    y: float = 60.0
    marked: list[str] = field(default_factory=list)
    """The numbers of the notes that this page refers to."""
    known: dict[str, str] = field(default_factory=dict)
    """The notes by number, in Markdown."""
    LEFT, MARGIN, COLUMN, STEP, SIZE, SMALL, BOTTOM = 150.0, 60.0, 390.0, 12.0, 10.0, 7.5, 770.0

    def heading(self, style: str, text: str) -> None:
        """Print a heading over the text that follows."""
        if self.y > 680:
            self.turn()
        self.y += self.STEP
        for line in break_lines([Run(text, style)], self.COLUMN, self.SIZE):
            self._line(line)

    def in_margin(self, text: str, style: str = "") -> None:
        """Print a text in the margin, at the height of the next line."""
        self.paper.put(self.MARGIN, self.y + 2 * self.STEP, text, self.SIZE, style)

    def paragraph(self, markdown: str, inset: float = 0) -> None:
        """Print a paragraph, justified, and keep the notes that it refers to."""
        self.y += 0 if inset else self.STEP
        number = re.match(r"\d+\. |- ", markdown) if inset else None
        lines = break_lines(
            runs_of(markdown[number.end() :] if number else markdown),
            self.COLUMN - inset,
            self.SIZE,
        )
        for i, line in enumerate(lines):
            marks = [run.text for run in line if run.raised]
            taken = sum(len(self._note(self.known[mark])) for mark in [*self.marked, *marks])
            if self.y + self.STEP > self.BOTTOM - 9 * taken:
                self.turn()
            self.marked += marks
            if not i and number:
                self.paper.put(self.LEFT, self.y + self.STEP, number.group().strip(), self.SIZE)
            self._line(line, inset, justified=i < len(lines) - 1)

    def lines(self, text: str) -> None:
        """Print lines as they are, all on one page."""
        if self.y > 700:
            self.turn()
        self.y += self.STEP
        for line in text.split("\n"):
            self._line([Run(line.strip())])

    def turn(self) -> None:
        """End the page: its notes, its running foot, its number."""
        texts = [line for mark in self.marked for line in self._note(self.known[mark])]
        y = self.BOTTOM - 9 * (len(texts) - 1)
        for note in texts:
            self.paper.line(self.LEFT, y, note, self.SMALL, 0)
            y += 9
        self.paper.put(self.LEFT, 805, self.foot, 7.5)
        self.paper.put(535, 805, str(self.number), 7.5)
        if self.number == 1:
            for i, line in enumerate(("kst-29861-70", "ISSN 0921 - 7371", "’s-Gravenhage 2021")):
                self.paper.put(self.MARGIN, 786 + 9 * i, line, 6)
        self.paper.turn()
        self.marked, self.y, self.number = [], 60.0, self.number + 1

    def _note(self, markdown: str) -> list[list[Run]]:
        return break_lines(runs_of(markdown), self.COLUMN, self.SMALL)

    def _line(self, line: list[Run], inset: float = 0, *, justified: bool = False) -> None:
        self.y += self.STEP
        spaces = sum(run.text.count(" ") for run in line)
        left = self.COLUMN - inset - sum(width_of(run, self.SIZE) for run in line)
        stretch = left / spaces if justified and spaces else 0.0
        self.paper.line(self.LEFT + inset, self.y, line, self.SIZE, stretch)


def print_letter(markdown: str) -> bytes:
    """Print a letter of the corpus, with paragraphs joined that its page ends cut in two."""
    parts = [part.strip() for part in re.split(r"\n\s*\n|\n-{3,}\n", markdown) if part.strip()]
    notes = {m[1]: part for part in parts if (m := re.match(r"<sup>(\d+)</sup> ", part))}
    piece = Kamerstuk("Tweede Kamer, vergaderjaar 2020–2021, 29 861, nr. 70", known=notes)
    piece.paper.put(piece.MARGIN, 50, "Tweede Kamer der Staten-Generaal", 18)
    piece.paper.put(520, 50, "2", 18)
    whole: list[str] = []
    for part in (part for part in parts if part not in notes.values() and part != "---"):
        if whole and part[0].islower():
            whole[-1] += " " + part
        else:
            whole.append(part)
    for part in whole:
        heading = re.match(r"#+ (\*{0,3})(.*?)\1$", part)
        if re.fullmatch(r"\d\d \d{3}|Nr\. \d+", part):
            piece.in_margin(part, style="B")
        elif heading:
            piece.heading({"**": "B", "*": "I", "": "B"}[heading[1]], heading[2])
        elif "  \n" in part:
            piece.lines(part)
        else:
            for line in part.split("\n"):
                piece.paragraph(line, 18 if re.match(r"\d\. ", line) else 0)
    piece.turn()
    return piece.paper.done()
