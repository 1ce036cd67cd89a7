"""Word documents: their properties, and footnotes, which python-docx lacks.

A footnote is written by ECMA-376 part 1, 17.11: its text is in a separate part, and the running
text holds a reference with its number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import XmlPart
    from docx.text.paragraph import Paragraph

__all__ = ["Footnotes", "clean_text", "describe_document"]

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT, _REFERENCE, _LINK = "FootnoteText", "FootnoteReference", "Hyperlink"
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
"""The lines above the footnotes of a page, with the numbers that Word gives them."""
_AFTER_FOOTNOTES = (
    "w:endnotePr",
    "w:compat",
    "w:docVars",
    "w:rsids",
    "m:mathPr",
    "w:themeFontLang",
    "w:clrSchemeMapping",
    "w:shapeDefaults",
    "w:decimalSymbol",
    "w:listSeparator",
)
"""What may follow `w:footnotePr` in the settings, which have a fixed order (CT_Settings)."""


def clean_text(text: str) -> str:
    """Return a text without the characters that XML can't hold."""
    return _NOT_XML.sub("", text)


def describe_document(document: WordDocument, title: str) -> None:
    """Set the language, title and author of a Word document."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    about = document.core_properties
    # The standard allows 255 characters for each.
    about.title = clean_text(title)[:255]
    about.author, about.comments, about.language = "Kamerwijzer", "", "nl-NL"


class Footnotes:
    """The footnotes of a Word document that has none yet."""

    def __init__(self, document: WordDocument) -> None:
        """Add an empty part for footnotes, and their styles."""
        self._part = _new_part(document)
        self._count = 0
        _declare(document)
        _add_styles(document)

    def add(self, paragraph: Paragraph, text: str, address: str = "") -> None:
        """Add a footnote at the end of a paragraph: a text, and after a comma a link.

        `address` must be a valid URI, or Word refuses the document.
        """
        self._count += 1
        note = _element("w:footnote", {"w:id": str(self._count)})
        body = _element("w:p")
        body.style = _TEXT
        body.append(_run("", _REFERENCE, _element("w:footnoteRef")))
        body.append(_run(f" {text}, " if address else f" {text}"))
        if address:
            body.append(self._link(address))
        note.append(body)
        self._part.element.append(note)
        reference = _element("w:footnoteReference", {"w:id": str(self._count)})
        paragraph._p.append(_run("", _REFERENCE, reference))

    def _link(self, address: str) -> Any:
        from docx.opc.constants import RELATIONSHIP_TYPE

        name = self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = _element("w:hyperlink", {"r:id": name})
        link.append(_run(address, _LINK))
        return link


def _new_part(document: WordDocument) -> XmlPart:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
    for number, name in _SEPARATORS:
        note = _element("w:footnote", {"w:type": name, "w:id": number})
        body = _element("w:p")
        body.get_or_add_pPr().append(_element("w:spacing", {"w:after": "0", "w:line": "240"}))
        body.append(_run("", "", _element(f"w:{name}")))
        note.append(body)
        root.append(note)
    package = document.part.package
    assert package is not None
    uri = PackURI("/word/footnotes.xml")
    part = XmlPart(uri, CONTENT_TYPE.WML_FOOTNOTES, root, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part


def _declare(document: WordDocument) -> None:
    """Name the separators in the settings; Word draws no others."""
    settings: Any = document.settings.element
    notes = _element("w:footnotePr")
    for number, _ in _SEPARATORS:
        notes.append(_element("w:footnote", {"w:id": number}))
    settings.insert_element_before(notes, *_AFTER_FOOTNOTES)


def _add_styles(document: WordDocument) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    styles = document.styles
    text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.style_id, text.base_style, text.font.size = _TEXT, styles["Normal"], Pt(9)
    text.paragraph_format.space_after, text.paragraph_format.line_spacing = Pt(2), 1.0
    reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    reference.style_id, reference.font.superscript = _REFERENCE, True
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.style_id, link.font.underline = _LINK, True
    link.font.color.rgb = RGBColor(0x05, 0x63, 0xC1)


def _element(name: str, attributes: dict[str, str] | None = None) -> Any:
    """Return an element of Word's XML; names have their prefix."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in (attributes or {}).items():
        element.set(qn(key), value)
    return element


def _run(text: str, style: str = "", content: Any = None) -> Any:
    """Return a run in a character style, with a text or another element."""
    run = _element("w:r")
    if style:
        run.style = style
    if text:
        run.text = clean_text(text)
    if content is not None:
        run.append(content)
    return run
