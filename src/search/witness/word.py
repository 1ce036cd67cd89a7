"""Word files (.docx): every element that holds text, in the order of the file."""

from __future__ import annotations

from typing import Any

from search.errors import ReadingError
from search.witness.looks import PLAIN, TextLook
from search.witness.packages import Parts, attribute, name_of, value_of
from search.witness.records import Allowance, Flag, Stream
from search.witness.symbols import is_picture_font, seen
from search.witness.word_formulas import is_formula, runs_of
from search.witness.word_looks import Lists, Looks
from search.witness.writing import StreamWriter

__all__ = ["read_word"]

_OTHERS = (
    ("footnotes", "voetnoten"),
    ("endnotes", "eindnoten"),
    ("header", "koptekst"),
    ("footer", "voettekst"),
)
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_DELETED = frozenset({"del", "moveFrom"})
_UNREADABLE = ("Equation", "MathType")


def read_word(content: bytes, name: str, allowed: Allowance) -> tuple[Stream, ...]:
    """Return the texts of a Word file. Raises ReadingError when it can't be read."""
    parts = Parts(content, name, allowed)
    main = parts.targets("", "officeDocument")
    if not main:
        raise ReadingError(f"{name} is geen Word-document (.docx).")
    styles = parts.targets(main[0], "styles")
    looks = Looks.read(parts, styles[0]) if styles else Looks()
    lists = Lists()
    for part in parts.targets(main[0], "numbering"):
        lists.read(parts, part)
    writer = StreamWriter(name, allowed)
    _Reading(writer, looks, lists).read(parts, main[0])
    for kind, title in _OTHERS:
        for part in dict.fromkeys(parts.targets(main[0], kind)):
            writer.begin(title)
            _Reading(writer, looks, lists).read(parts, part)
            writer.end()
    return writer.finished()


class _Reading:
    """One walk through a part of a Word file."""

    def __init__(self, writer: StreamWriter, looks: Looks, lists: Lists) -> None:
        self._writer = writer
        self._looks = looks
        self._lists = lists
        self._paragraphs: list[TextLook] = []
        self._run = PLAIN
        self._deleted = 0
        self._skipped = 0
        self._formula = 0
        self._fields: list[bool] = []
        """Of each field that was begun and not ended, whether its result has begun."""
        self._gone_rows: list[Any] = []

    def read(self, parts: Parts, part: str) -> None:
        """Write all text of a part."""
        for event, element in parts.events(part):
            name = name_of(element)
            if event == "start":
                self._start(name, element)
            else:
                self._end(name, element)

    def _start(self, name: str, element: Any) -> None:
        if name in ("Fallback", "rt"):
            self._skipped += 1
        elif name in _DELETED and _is_content(element):
            self._deleted += 1
        elif name == "p" and not self._formula:
            self._paragraphs.append(self._looks.paragraph(""))
            self._writer.part()
        elif name == "r" and self._paragraphs and not self._formula:
            self._run = self._paragraphs[-1]
        elif name == "txbxContent":
            self._writer.begin("tekstvak")
        elif is_formula(element):
            self._formula += 1

    def _end(self, name: str, element: Any) -> None:
        if name in ("Fallback", "rt"):
            self._skipped -= 1
        elif name in _DELETED and _is_content(element):
            self._deleted -= 1
        elif is_formula(element):
            self._end_formula(element)
        elif self._formula:
            return
        elif name == "p":
            self._end_paragraph(element)
        elif name == "txbxContent":
            self._writer.end()
        elif name == "pPr":
            self._open_paragraph(element)
        elif name == "trPr" and element.find("{*}del") is not None:
            self._gone_rows.append(element.getparent())
            self._deleted += 1
        elif name == "tr" and element in self._gone_rows:
            self._gone_rows.remove(element)
            self._deleted -= 1
        elif name == "rPr":
            if name_of(element.getparent()) == "r" and self._paragraphs:
                self._run = self._looks.run(element, self._paragraphs[-1])
        elif name == "fldChar":
            self._pass_field(element)
        elif name in ("t", "delText", "sym", "object") or name in _SIGNS:
            self._take(name, element)

    def _end_formula(self, element: Any) -> None:
        self._formula -= 1
        if not self._formula and not self._skipped:
            for run in runs_of(element):
                self._writer.say(run.text, run.flags | self._flags())

    def _end_paragraph(self, element: Any) -> None:
        if self._paragraphs:
            self._paragraphs.pop()
        self._writer.part()
        # No instruction goes on in the next paragraph; one that is never ended would hide the rest.
        self._fields = [True] * len(self._fields)
        if not self._paragraphs:
            # What was read is given back at once: a file may be large.
            element.clear()

    def _open_paragraph(self, properties: Any) -> None:
        parent = properties.getparent()
        if name_of(parent) != "p" or not self._paragraphs:
            return
        self._paragraphs[-1] = self._looks.paragraph(value_of(properties, "pStyle"))
        if self._skipped:
            return
        label = self._lists.next(properties, self._looks)
        if label:
            self._writer.say(f"{label}\t", Flag.LABEL)

    def _pass_field(self, element: Any) -> None:
        """Follow a field: what its result is made from is no text."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(False)
            box = element.find("{*}ffData/{*}checkBox")
            if box is not None and not self._skipped:
                on = (
                    value_of(box, "checked")
                    if box.find("{*}checked") is not None
                    else (value_of(box, "default") or "0")
                )
                self._writer.say("☐" if on in ("0", "false", "off") else "☒", Flag.LABEL)
        elif self._fields:
            if kind == "separate":
                self._fields[-1] = True
            else:
                self._fields.pop()

    def _take(self, name: str, element: Any) -> None:
        in_run = name_of(element.getparent()) == "r"
        if self._skipped or not in_run or not all(self._fields):
            return
        flags = self._flags()
        if name == "delText":
            self._writer.say(element.text, flags | Flag.DELETED)
        elif name == "sym":
            self._symbol(element, flags)
        elif name == "object":
            kinds = "".join(attribute(each, "ProgID") for each in element)
            if kinds.startswith(_UNREADABLE):
                self._writer.say("\ufffd", flags | Flag.SYMBOL | Flag.FORMULA)
        elif name == "t":
            self._text(element.text or "", flags)
        else:
            self._writer.say(_SIGNS[name], flags)

    def _flags(self) -> Flag:
        return self._run.flags | (Flag.DELETED if self._deleted else Flag.NONE)

    def _text(self, text: str, flags: Flag) -> None:
        font = self._run.font or ""
        if not is_picture_font(font):
            self._writer.say(text, flags)
            return
        for character in text:
            self._picture(character, font, flags)

    def _symbol(self, element: Any, flags: Flag) -> None:
        code, font = attribute(element, "char"), attribute(element, "font")
        try:
            character = chr(int(code, 16))
        except (ValueError, OverflowError):
            character = "\ufffd"
        if is_picture_font(font) or "\ue000" <= character <= "\uf8ff":
            self._picture(character, font, flags)
        else:
            self._writer.say(character, flags)

    def _picture(self, character: str, font: str, flags: Flag) -> None:
        known = seen(character, font) if not character.isspace() else " "
        self._writer.say(known or character, flags if known else flags | Flag.SYMBOL)


def _is_content(element: Any) -> bool:
    """Return whether a deletion is one of runs, not the property of a paragraph's end or a row."""
    parent = element.getparent()
    return parent is not None and name_of(parent) not in ("rPr", "trPr", "tcPr", "numPr")
