"""Packed files: the parts of a .docx or .odt, and no more of them than is safe."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO
from time import thread_time
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from search.errors import ReadingError
from search.witness.records import Allowance

__all__ = ["Parts", "attribute", "name_of", "value_of"]

_LARGEST_RATIO = 200
"""How many times smaller a part may be packed."""


class _Counted:
    """A stream that stops when too much is unpacked, or for too long."""

    def __init__(self, stream: IO[bytes], parts: Parts) -> None:
        self._stream, self._parts = stream, parts

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes."""
        chunk = self._stream.read(size)
        self._parts.count(len(chunk))
        return chunk


class Parts:
    """The parts of a packed file, by name in small letters."""

    def __init__(self, content: bytes, name: str, allowed: Allowance) -> None:
        """Open a packed file. Raises ReadingError when it is not one."""
        self.name = name
        self._left = allowed.unpacked
        self._until = thread_time() + allowed.seconds
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, OSError) as error:
            raise ReadingError(f"{name} is geen ingepakt bestand.") from error
        self._known = {each.filename.lower(): each for each in self._zip.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self._known

    def events(self, part: str) -> Iterator[tuple[str, Any]]:
        """Parse a part and give its elements as they begin ("start") and end ("end")."""
        from lxml import etree

        info = self._known[part]
        odd = info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
        if odd or info.file_size > min(self._left, _LARGEST_RATIO * max(1, info.compress_size)):
            raise ReadingError(f"{self.name} kan niet veilig worden uitgepakt.")
        with self._zip.open(info) as stream:
            parsed = etree.iterparse(
                _Counted(stream, self),
                events=("start", "end"),
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            first = True
            for event, element in parsed:
                if first and element.getroottree().docinfo.doctype:
                    raise ReadingError(f"{self.name} bevat een DTD en wordt niet gelezen.")
                first = False
                yield event, element

    def targets(self, part: str, kind: str) -> list[str]:
        """Return the parts to which a part has a relationship of a kind ("header")."""
        folder, base = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations not in self:
            return []
        found = []
        for event, element in self.events(relations):
            if event == "end" and attribute(element, "Type").rpartition("/")[2] == kind:
                path = posixpath.join("/", folder, attribute(element, "Target"))
                target = posixpath.normpath(path).lstrip("/").lower()
                if target in self:
                    found.append(target)
        return found

    def count(self, size: int) -> None:
        """Count what was unpacked. Raises ReadingError when it is too much."""
        self._left -= size
        if self._left < 0 or thread_time() > self._until:
            raise ReadingError(f"{self.name} wordt uitgepakt te groot om te lezen.")


def name_of(element: Any) -> str:
    """Return an element's name without namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name without namespace, or an empty text."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def value_of(element: Any, path: str) -> str:
    """Return the `val` of the element at a path ("rPr/vertAlign") under another, or nothing."""
    found = element.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return attribute(found, "val") if found is not None else ""
