"""Read the XML of a Word file: its parts, and the notes in them.

Only the parts that hold text are unpacked and parsed, as a stream: python-docx would unpack all
of the file, and lacks footnotes, text boxes and tracked changes. Names are compared without
namespace, so that the strict variant of ECMA-376 is read too.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from search.reading.left_out import LeftOut
from search.reading.office.packages import Package, attribute, release
from search.reading.office.paragraphs import Paragraph
from search.reading.office.word_lists import Numbering
from search.reading.office.word_story import Story, is_outermost, paragraphs_in, read_story
from search.reading.office.word_styles import Styles

__all__ = ["WordPackage"]


class WordPackage(Package):
    """A Word file, with access to the parts that hold its text."""

    def read_main(self, styles: Styles | None = None, numbering: Numbering | None = None) -> Story:
        """Read the running text, that of tables and text boxes included.

        Raises ReadingError when the file holds no Word document.
        """
        return read_story(lambda: self._paragraphs(self.main, "document"), styles, numbering)

    def read_part(self, part: str, root: str, styles: Styles | None = None) -> Story:
        """Read the text of a header ("hdr") or another part that holds paragraphs."""
        return read_story(lambda: self._paragraphs(part, root), styles, None)

    def read_notes(
        self,
        kind: str,
        styles: Styles | None = None,
        numbering: Numbering | None = None,
        left_out: LeftOut | None = None,
    ) -> dict[str, list[Paragraph]]:
        """Read the notes of a kind ("footnote", "endnote") as paragraphs, by id.

        What is left out is added to `left_out`.
        """
        notes: dict[str, list[Paragraph]] = {}
        part = self.related_part(self.main, f"{kind}s")
        if part in self:
            for element in self.elements(part, kind, root=f"{kind}s"):
                story = paragraphs_in(element, styles, numbering)
                notes[attribute(element, "id")] = story.all_paragraphs
                if left_out is not None:
                    left_out.add(story.left_out)
                element.clear()
        return notes

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the running text. Raises ReadingError without one."""
        main = self.related_part("", "officeDocument")
        if main not in self:
            raise self.wrong_kind_error()
        return main

    def related_part(self, part: str, kind: str) -> str:
        """Return the name of the part to which `part` has a relationship of a kind, or ""."""
        return next((name for _, name in self.related_parts(part, kind)), "")

    def related_parts(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """Yield the id and the target part of each relationship of a kind that `part` has."""
        if part not in self._relationships:
            self._relationships[part] = list(self._read_relationships(part))
        for identifier, found, target in self._relationships[part]:
            if found == kind:
                yield identifier, target

    @cached_property
    def _relationships(self) -> dict[str, list[tuple[str, str, str]]]:
        """The relationships that were read: the id, the kind and the target, by part."""
        return {}

    def _read_relationships(self, part: str) -> Iterator[tuple[str, str, str]]:
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name in self:
            for each in self.elements(name, "Relationship", root="Relationships"):
                kind = attribute(each, "Type").rpartition("/")[2]
                target = posixpath.join("/", folder, attribute(each, "Target"))
                yield attribute(each, "Id"), kind, posixpath.normpath(target).lstrip("/").lower()

    def _paragraphs(self, part: str, root: str) -> Iterator[Any]:
        """Yield the paragraph elements of a part, those of tables included."""
        for paragraph in self.elements(part, "p", root):
            if is_outermost(paragraph):
                yield paragraph
                release(paragraph, ("p",))
