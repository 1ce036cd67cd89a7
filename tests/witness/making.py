"""Makes small files by hand, so that each test says what its file holds."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from search.witness import Witness, WitnessFinding, read_witness

__all__ = ["HEIGHT", "W", "check", "docx", "odt", "p", "pdf", "r", "witness"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
HEIGHT = 842.0
"""Of a page in points."""


def witness(content: bytes | str, name: str) -> Witness:
    """Read a file that must have a witness."""
    found = read_witness(content.encode() if isinstance(content, str) else content, name)
    assert isinstance(found, Witness), found.reason
    return found


def check(content: bytes | str, name: str, text: str, *, whole: bool = False) -> WitnessFinding:
    """Ask the witness of a file for a text."""
    return witness(content, name).check(text, whole=whole)


def packed(parts: dict[str, str]) -> bytes:
    """Pack parts as a file."""
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def r(text: str, look: str = "") -> str:
    """Write a run of Word; `look` holds its properties."""
    return f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def p(*runs: str, style: str = "", numbered: str = "") -> str:
    """Write a paragraph of Word; `numbered` is the level of list 1."""
    about = f"<w:pStyle w:val='{style}'/>" if style else ""
    if numbered:
        about += f"<w:numPr><w:ilvl w:val='{numbered}'/><w:numId w:val='1'/></w:numPr>"
    return f"<w:p><w:pPr>{about}</w:pPr>{''.join(runs)}</w:p>"


def docx(body: str, **parts: str) -> bytes:
    """Make a Word file of its body and of other parts by name ("styles", "footnotes", "header")."""
    roots = {"header": "hdr", "footer": "ftr"}
    names = f"xmlns:w='{W}' xmlns:m='{M}'"
    related = "".join(
        f"<Relationship Id='{name}' Type='{OFFICE}/{name}' Target='{name}.xml'/>" for name in parts
    )
    files = {
        "_rels/.rels": f"<Relationships xmlns='{PACKAGE}'><Relationship Id='a' "
        f"Type='{OFFICE}/officeDocument' Target='word/document.xml'/></Relationships>",
        "word/_rels/document.xml.rels": f"<Relationships xmlns='{PACKAGE}'>{related}"
        "</Relationships>",
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
    }
    for name, inner in parts.items():
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {names}>{inner}</w:{root}>"
    return packed(files)


def odt(body: str, styles: str = "", page: str = "") -> bytes:
    """Make an OpenDocument text; `page` is what its master page holds."""
    names = " ".join(
        f"xmlns:{name}='{ODF}:{name}:1.0'" for name in ("office", "text", "style", "table", "draw")
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {names}><office:master-styles>"
            f"<style:master-page>{page}</style:master-page></office:master-styles>"
            "</office:document-styles>",
        }
    )


def pdf(
    *pages: Callable[[Any], None], crop: tuple[float, float, float, float] | None = None
) -> bytes:
    """Make a PDF; each page is drawn on a canvas of reportlab."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, HEIGHT), invariant=1, cropBox=crop)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
