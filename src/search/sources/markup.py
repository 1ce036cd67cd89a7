"""XML and HTML of the services, parsed without external resources."""

from __future__ import annotations

from search.errors import ReadingError, SourceError
from search.reading.markup.xml_parsing import parse_xml
from search.reading.markup.xml_text import Element

__all__ = ["names_identifier", "parse_reply"]


def parse_reply(content: bytes, source: str) -> Element:
    """Return the root element of an XML file that comes from `source`.

    Nothing outside the file is opened and no entity is expanded. Raises SourceError if it is not
    well-formed or has a document type, which official XML never has.
    """
    try:
        return parse_xml(content, source)
    except ReadingError as error:
        raise SourceError(f"{source} gaf geen bruikbare XML.") from error


def names_identifier(content: bytes, identifier: str) -> bool:
    """Return whether the metadata of an HTML page name this publication.

    An official page has `<meta name="DC.identifier" content="stb-2014-296">` (or DCTERMS); an
    error page has not, whatever its status.
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
