"""XML and HTML of others, read with the dangers of both turned off."""

from __future__ import annotations

from search.errors import ReadingError, SourceError
from search.reading.markup.xml_parsing import parse_xml as read_xml
from search.reading.markup.xml_text import Element

__all__ = ["names_identifier", "parse_reply"]


def parse_reply(content: bytes, source: str) -> Element:
    """Give the root element of an XML file that comes from `source`, read as the corpus is.

    Nothing outside the file is opened and no entity is expanded. Raises SourceError when it is not
    well-formed, or has a document type: official XML has none.
    """
    try:
        return read_xml(content, source)
    except ReadingError as error:
        raise SourceError(f"{source} gaf geen bruikbare XML.") from error


def names_identifier(content: bytes, identifier: str) -> bool:
    """Tell whether an HTML page says in its metadata that it is this publication.

    An official page has `<meta name="DC.identifier" content="stb-2014-296">` (or DCTERMS); a page
    that says that something was not found has not, whatever its status.
    """
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        return False
    if root is None:
        return False
    return any(
        meta.get("name", "").lower().endswith("identifier")
        and meta.get("content", "").strip().lower() == identifier.lower()
        for meta in root.iter("meta")
    )
