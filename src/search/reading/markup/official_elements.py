"""The elements of official publications (schema op-xsd-2012), by how they are read."""

from __future__ import annotations

from collections.abc import Collection

from search.reading.markup.xml_text import Element, local_name, squeezed_text
from search.reading.sourced_text import SourcedText, join

__all__ = [
    "ASIDE",
    "BLOCKS",
    "INLINE",
    "ON_ONE_LINE",
    "PARTS_OF_NAMES",
    "apart",
    "emphasis_of",
    "has_own_spaces",
    "height_of",
    "is_blank",
    "is_label",
    "is_not_text",
    "label_of",
    "leading_children",
    "needs_space",
    "tails_of",
]

INLINE = frozenset(
    "nadruk extref intref extref-groep intref-groep dossierref sup inf noot nootref ondernummer"
    " politiek kamervraagonderwerp tekstcorrectie".split()
)
"""Elements within a line; every other one begins a line or a block of its own."""
ON_ONE_LINE = frozenset(
    "dossier stuknr datumtekst tekstregel dagtekening naam functie plaats datum koning"
    " kamervraagomschrijving kamervraagnummer omschr li.nr lidnr nr term label titel subtitel"
    " tussenkop tuskop organisatie noot.nr bijschrift bron".split()
)
"""Elements that are read as one line, whatever elements are in them."""
PARTS_OF_NAMES = frozenset(
    "naam voorvoegsels voornaam tussenvoegsel achternaam graad datum plaats functie".split()
)
"""Elements that may be part of a sentence or a line of their own."""
BLOCKS = frozenset(
    "al al-groep lijst li lid table tgroup thead tbody row entry entrytbl plaatje box tekst kop"
    " definitielijst definitie-item definitie noot.al noot.lijst noot.li formule".split()
)
"""Elements with a space on both sides, where they are on one line with a text."""
ASIDE = frozenset({"box", "citaat", "citaat-artikel", "motie", "plaatje", "table"})
"""Elements within the text: headings in them do not apply to what follows them."""


def is_not_text(element: Element) -> bool:
    """Return whether an element holds no words of the publication.

    Those are its metadata, the masthead of the journal ("Staatscourant. Officiële uitgave van …")
    and the labels of footnote marks.
    """
    name = local_name(element)
    if name == "kop":
        parent = element.getparent()
        return parent is not None and local_name(parent) == "officiele-publicatie"
    return name in ("", "metadata", "meta") or is_label(element)


def height_of(element: Element) -> int:
    """Return 1 for an element whose text is raised, -1 for one whose text is lowered, else 0."""
    name = local_name(element)
    set_as = element.get("type") if name == "nadruk" else name
    return {"sup": 1, "inf": -1, "sub": -1}.get(set_as or "", 0)


def is_label(element: Element) -> bool:
    """Return whether an element only holds the label of a footnote's mark."""
    name = local_name(element)
    return name == "nootref" or (name == "noot.nr" and local_name(element.getparent()) == "noot")


def label_of(note: Element) -> str:
    """Return the label of a footnote's mark."""
    return next((squeezed_text(c) for c in note if local_name(c) == "noot.nr"), "")


def needs_space(previous: Element | None, child: Element) -> bool:
    """Return whether a space belongs before `child`, where the file itself has none."""
    if local_name(child) in BLOCKS:
        return True
    if previous is None or not is_blank(previous.tail):
        return False
    return not {local_name(previous), local_name(child)} & INLINE


def leading_children(element: Element, names: Collection[str]) -> list[Element]:
    """Return the children of these names with which an element begins."""
    found: list[Element] = []
    if not is_blank(element.text):
        return found
    for child in element:
        if local_name(child) not in names:
            break
        found.append(child)
        if not is_blank(child.tail):
            break
    return found


def has_own_spaces(parent: Element) -> bool:
    """Return whether an element only holds parts of a line, and these have their own spaces."""
    if not is_blank(parent.text) or not all(map(is_blank, tails_of(parent))):
        return False
    if any(local_name(child) not in INLINE for child in parent):
        return False
    texts = [each.text or "" for each in parent]
    return any(t.strip() and (t[:1] in " \xa0" or t[-1:] in " \xa0") for t in texts)


def emphasis_of(heading: Element) -> str:
    """Return the type of emphasis of a heading that is emphasised as a whole, or nothing."""
    if not is_blank(heading.text) or not all(map(is_blank, tails_of(heading))):
        return ""
    kinds = {child.get("type", "") for child in heading if local_name(child) == "nadruk"}
    return kinds.pop() if len(kinds) == 1 else ""


def is_blank(text: str | None) -> bool:
    """Return whether a text of a tree is empty or white space."""
    return not (text or "").strip()


def tails_of(element: Element) -> list[str | None]:
    """Return the texts between an element's children and after the last one."""
    return [child.tail for child in element]


def apart(line: SourcedText) -> SourcedText:
    """Return a paragraph with inserted white space before it.

    `repair` joins a sentence that was printed on two pages, but not a text that begins so. In XML
    a paragraph is whole, whatever letter it begins with.
    """
    return join([SourcedText.inserted(" "), line])
