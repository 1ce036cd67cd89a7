"""Translate the elements of other formats into those of official publications, in place.

So laws, rulings and debates are read by the one walk that knows lists, tables and notes.
"""

from __future__ import annotations

from collections.abc import Mapping

from search.reading.markup.xml_text import Element, local_name

__all__ = ["rename"]


def rename(root: Element, names: Mapping[str, str]) -> None:
    """Rename elements as official publications do; all names lose their namespace."""
    for element in root.iter():
        name = local_name(element)
        if name:
            element.tag = names.get(name, name)
