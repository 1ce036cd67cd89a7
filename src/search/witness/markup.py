"""XML and HTML: the text nodes in their order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from search.errors import ReadingError
from search.witness.decoding import decoded_markup
from search.witness.records import Allowance, Flag, Stream
from search.witness.style_sheets import HIDES, Hidden, hidden_by
from search.witness.writing import StreamWriter

__all__ = ["Look", "local", "read_html", "read_xml", "walk"]

_LONGEST_SHEET = 200_000
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]{0,200}\?>")
_INLINE = frozenset(
    "nadruk extref intref extref-groep intref-groep dossierref sup inf nootref politiek"
    " tekstcorrectie unl specialetekst hi ref emph emphasis superscript subscript inlinemediaobject"
    " a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby"
    " s samp small span strike strong sub time tt u var wbr".split()
)
_RAISED = frozenset({"sup", "superscript"})
_LOWERED = frozenset({"sub", "inf", "subscript"})
_NOTES = frozenset({"noot", "note", "footnote", "voetnoot", "fn", "eindnoot"})
_MARKS = frozenset({"nootref", "noot.nr", "noteref", "footnoteref"})
_DELETED = frozenset({"del", "s", "strike"})
_UNSEEN = frozenset(
    "script style template noscript title textarea select datalist object iframe svg".split()
)


class Look(NamedTuple):
    """What an element does to the text within it."""

    flags: Flag = Flag.NONE
    inline: bool = False
    skipped: bool = False
    stream: str = ""
    """The name of the stream of its own that it is, if it is one."""


def local(element: Any) -> str:
    """Return an element's name without its namespace; a comment has none."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def walk(root: Any, look_of: Callable[[Any], Look], writer: StreamWriter) -> None:
    """Write the text nodes under an element; never deeper than the stack of a loop goes."""
    from lxml import etree

    flags = [Flag.NONE]
    looks: list[Look] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            look = look_of(element)
            looks.append(look)
            skipped += look.skipped
            if skipped:
                continue
            if look.stream:
                writer.begin(look.stream)
                flags.append(look.flags)
            else:
                flags.append(flags[-1] | look.flags)
                if not look.inline:
                    writer.part()
            writer.say(element.text, flags[-1])
            continue
        look = looks.pop()
        if not skipped:
            flags.pop()
            if look.stream:
                writer.end()
            elif not look.inline:
                writer.part()
        skipped -= look.skipped
        if not skipped and element is not root and not _is_layout(element, look):
            writer.say(element.tail, flags[-1])


def _is_layout(element: Any, look: Look) -> bool:
    """Return whether white space between two parts of a line was added to lay out the XML."""
    tail, after = element.tail or "", element.getnext()
    laid = look.inline and "\n" in tail and not tail.strip() and after is not None
    return bool(laid and local(after) in _INLINE)


def read_xml(content: bytes, name: str, allowed: Allowance) -> tuple[Stream, ...]:
    """Return the text nodes of an XML file. Raises ReadingError when it can't be read."""
    from lxml import etree

    text = _DECLARATION.sub("", decoded_markup(content, name), count=1)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(f"{name} is geen geldige XML. Haal het bestand opnieuw op.") from error
    if root is None or root.getroottree().docinfo.doctype:
        raise ReadingError(f"{name} heeft een documenttype (DOCTYPE) en wordt niet gelezen.")
    writer = StreamWriter(name, allowed)
    walk(root, _xml_look, writer)
    return writer.finished()


def _xml_look(element: Any) -> Look:
    name = local(element)
    if not name:
        return Look(skipped=True)
    if name in _MARKS:
        return Look(Flag.NOTE, inline=True)
    if name in _NOTES:
        return Look(stream="noot")
    if name in ("metadata", "meta-data"):
        return Look(stream="metagegevens")
    set_as = element.get("type") or element.get("rend") or ""
    flags = Flag.NONE
    if name in _RAISED or set_as in ("sup", "superscript"):
        flags = Flag.RAISED
    elif name in _LOWERED or set_as in ("inf", "sub", "subscript"):
        flags = Flag.LOWERED
    elif name in _DELETED:
        flags = Flag.DELETED
    return Look(flags, inline=name in _INLINE)


def read_html(content: bytes, name: str, allowed: Allowance) -> tuple[Stream, ...]:
    """Return the text nodes of an HTML page. Raises ReadingError when it can't be read."""
    from lxml import etree

    text = _DECLARATION.sub("", decoded_markup(content, name), count=1)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadingError(f"{name} is geen leesbare HTML. Haal de pagina opnieuw op.") from error
    if root is None:
        raise ReadingError(f"{name} bevat geen HTML. Haal de pagina opnieuw op.")
    sheet = _hidden_by_sheets(root)
    writer = StreamWriter(name, allowed)
    walk(root, lambda element: _html_look(element, sheet), writer)
    return writer.finished()


def _html_look(element: Any, sheet: Hidden) -> Look:
    name = local(element)
    if not name or name in _UNSEEN:
        return Look(skipped=True)
    flags = Flag.NONE
    if name in _RAISED:
        linked = any(local(child) == "a" for child in element)
        flags = Flag.NOTE if linked else Flag.RAISED
    elif name in _LOWERED:
        flags = Flag.LOWERED
    elif name in _DELETED:
        flags = Flag.DELETED
    style = element.get("style") or ""
    if style or "hidden" in element.attrib:
        if HIDES.search(style) or "hidden" in element.attrib:
            flags |= Flag.HIDDEN
        if "line-through" in style:
            flags |= Flag.DELETED
        if "vertical-align" in style:
            raised = re.search(r"vertical-align\s*:\s*(super|sub)\b", style)
            if raised:
                flags |= Flag.RAISED if raised[1] == "super" else Flag.LOWERED
    if sheet and _is_hidden(element, name, sheet):
        flags |= Flag.HIDDEN
    return Look(flags, inline=name in _INLINE)


def _hidden_by_sheets(root: Any) -> Hidden:
    sheets = ("".join(style.itertext())[:_LONGEST_SHEET] for style in root.iter("style"))
    return frozenset().union(*map(hidden_by, sheets))


def _is_hidden(element: Any, name: str, sheet: Hidden) -> bool:
    named = [(".", each) for each in (element.get("class") or "").split()]
    if element.get("id"):
        named.append(("#", element.get("id")))
    return any((tag, *each) in sheet for each in named for tag in ("", name))
