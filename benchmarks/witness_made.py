"""Small files with what readers lose or let in: hidden and deleted text, powers, symbols.

Real files have too few of these. Each file is made of real sentences; the fault is what a reader
gives that does not look at how the characters are set.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from html import escape
from io import BytesIO
from types import MappingProxyType
from zipfile import ZipFile

__all__ = ["MADE", "SPECIAL", "made_sentence"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_ODT = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("text", "text"), ("style", "style"))
)
SPECIAL = ("hidden", "deleted", "raised", "symbol")
"""How the piece in the middle of a made sentence is set."""
_LINE = 14
"""Points between the lines of a made page."""

Maker = Callable[[Sequence[str], tuple[str, str, str], str], bytes]
"""Makes a file of sentences and one that has a piece in its middle, set in a special way."""


def _docx(sentences: Sequence[str], said: tuple[str, str, str], special: str) -> bytes:
    looks = {
        "hidden": f"<w:rPr><w:vanish/></w:rPr><w:t xml:space='preserve'>{escape(said[1])}</w:t>",
        "raised": f"<w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>{escape(said[1])}</w:t>",
        "symbol": "<w:sym w:font='Symbol' w:char='F0B3'/>",
        "deleted": f"<w:delText xml:space='preserve'>{escape(said[1])}</w:delText>",
    }
    run = f"<w:r>{looks[special]}</w:r>"
    middle = f"<w:del w:id='1' w:author='x'>{run}</w:del>" if special == "deleted" else run
    text = [f"<w:r><w:t xml:space='preserve'>{escape(part)}</w:t></w:r>" for part in said]
    paragraphs = [f"<w:r><w:t>{escape(each)}</w:t></w:r>" for each in sentences]
    paragraphs.insert(len(paragraphs) // 2, text[0] + middle + text[2])
    body = "".join(f"<w:p>{each}</w:p>" for each in paragraphs)
    return _packed(
        {
            "_rels/.rels": f"<Relationships xmlns='{_R}'><Relationship Id='r' Type='{_OFFICE}' "
            "Target='word/document.xml'/></Relationships>",
            "word/document.xml": f"<w:document xmlns:w='{_W}'><w:body>{body}</w:body></w:document>",
        }
    )


def _odt(sentences: Sequence[str], said: tuple[str, str, str], special: str) -> bytes:
    looks = {
        "hidden": "text:display='none'",
        "deleted": "style:text-line-through-style='solid'",
        "raised": "style:text-position='super 58%'",
        "symbol": "style:font-name='Symbol'",
    }
    piece = "\u00b3" if special == "symbol" else said[1]
    styles = (
        "<style:style style:name='T1' style:family='text'>"
        f"<style:text-properties {looks[special]}/></style:style>"
    )
    middle = f"<text:span text:style-name='T1'>{escape(piece)}</text:span>"
    paragraphs = [escape(each) for each in sentences]
    paragraphs.insert(len(paragraphs) // 2, escape(said[0]) + middle + escape(said[2]))
    body = "".join(f"<text:p>{each}</text:p>" for each in paragraphs)
    return _packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODT}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        }
    )


def _html(sentences: Sequence[str], said: tuple[str, str, str], special: str) -> bytes:
    piece = escape(said[1])
    middle = {
        "hidden": f"<span style='display: none'>{piece}</span>",
        "deleted": f"<del>{piece}</del>",
        "raised": f"<sup>{piece}</sup>",
        "symbol": "\u2265",
    }[special]
    paragraphs = [escape(each) for each in sentences]
    paragraphs.insert(len(paragraphs) // 2, escape(said[0]) + middle + escape(said[2]))
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"<!DOCTYPE html><meta charset='utf-8'><title>x</title><main>{body}</main>".encode()


def _pdf(sentences: Sequence[str], said: tuple[str, str, str], special: str) -> bytes:
    """Draw a page; what is deleted in other formats is here drawn white on white."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    y = 790.0
    for number, sentence in enumerate(sentences):
        if number == len(sentences) // 2:
            line = canvas.beginText(60, y)
            line.setFont("Helvetica", 9)
            line.textOut(_latin(said[0]))
            _set(line, special, _latin(said[1]))
            line.textOut(_latin(said[2]))
            canvas.drawText(line)
            y -= _LINE
        canvas.setFont("Helvetica", 9)
        for part in _wrapped(_latin(sentence)):
            canvas.drawString(60, y, part)
            y -= _LINE
    canvas.save()
    return out.getvalue()


def _set(line, special: str, piece: str) -> None:  # type: ignore[no-untyped-def]
    if special == "hidden":
        line.setTextRenderMode(3)
        line.textOut(piece)
        line.setTextRenderMode(0)
    elif special == "deleted":
        line.setFillGray(1)
        line.textOut(piece)
        line.setFillGray(0)
    elif special == "raised":
        line.setFont("Helvetica", 6)
        line.setRise(4)
        line.textOut(piece)
        line.setRise(0)
        line.setFont("Helvetica", 9)
    else:
        line.setFont("Symbol", 9)
        line.textOut("\u2265")
        line.setFont("Helvetica", 9)


def _latin(text: str) -> str:
    """Return a text in the characters of the fonts that every PDF program has."""
    plain = text.translate(str.maketrans("‘’“”–—…", "''\"\"--."))
    return plain.encode("latin-1", "ignore").decode("latin-1")


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > 95:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _packed(parts: Mapping[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


MADE: Mapping[str, Maker] = MappingProxyType(
    {".docx": _docx, ".odt": _odt, ".html": _html, ".pdf": _pdf}
)
"""Makes a file of each format."""


def made_sentence(
    text: str, special: str, chance: random.Random
) -> tuple[tuple[str, str, str], str, str]:
    """Return a sentence in three parts, as a true reader gives it, and as a faulty one does."""
    words = text.split()
    at = chance.randrange(2, len(words) - 1)
    before, after = " ".join(words[:at]) + " ", " " + " ".join(words[at:])
    if special in ("hidden", "deleted"):
        piece = chance.choice(("niet", "en daarna", "in beginsel", "volgens de notitie"))
        return (before, piece, after), before + after.lstrip(), before + piece + after
    if special == "raised":
        power = str(chance.randrange(2, 10))
        before += "10"
        lost = chance.choice(("", power))
        raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"[int(power)]
        return (before, power, after), before + raised + after, before + lost + after
    after = " " + str(chance.randrange(10, 99)) + after
    return (before, "\u2265", after), before + "\u2265" + after, before + after.lstrip()
