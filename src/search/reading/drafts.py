"""A draft that a user uploads, to the text in which its quotes are looked for.

Of a Word file only what holds text is unpacked and parsed, as a stream: python-docx would unpack
all of it, and knows no footnotes, text boxes or tracked changes. The elements are those of
ECMA-376 part 1; names are compared without namespace, so that its strict variant is read too.
"""

from __future__ import annotations

import posixpath
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import PurePath
from struct import error as StructError
from types import MappingProxyType
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from search.errors import ReadingError

__all__ = ["LARGEST_DRAFT", "read_draft"]

LARGEST_DRAFT = 20_000_000
"""Bytes of a draft."""
_LARGEST_UNPACKED = 100_000_000
"""Bytes of what is unpacked of a Word file, together."""
_LARGEST_RATIO = 200
"""How many times smaller a part may be packed; the text of real letters is packed about five."""
_TEXT_ENDINGS = (".txt", ".md", ".markdown")
_SAVE = (
    "Sla uw tekst op als Word-document (.docx) of als tekst (.txt of .md) en probeer het opnieuw."
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS: Mapping[bytes, str] = MappingProxyType(
    {_OLE: "een ouder Word-bestand (.doc)", b"%PDF-": "een PDF", b"{\\rtf": "een RTF-bestand",
     b"PK\x03\x04": "een Word-document of ander ingepakt bestand"}
)  # fmt: skip
_SIGNS: Mapping[str, str] = MappingProxyType(
    {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011",
     "softHyphen": "\u00ad"}
)  # fmt: skip
_DAMAGE = (BadZipFile, ZlibError, StructError, EOFError, OSError, RuntimeError, ValueError,
           OverflowError)  # fmt: skip
"""What zipfile raises over a damaged file, most of it not on purpose."""
_REFERENCES: Mapping[str, str] = MappingProxyType(
    {"footnoteReference": "footnote", "endnoteReference": "endnote"}
)
_LEAVES = frozenset({"t", "txbxContent", *_SIGNS, *_REFERENCES})
_NO_TEXT = frozenset({"pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText", "rt"})
_DELETED = frozenset({"del", "moveFrom"})


def read_draft(name: str, content: bytes) -> str:
    """Read the text of a draft: .txt or .md as it is, .docx as its paragraphs by blank lines.

    Text is UTF-8, UTF-16 with a BOM, or else Windows-1252; line ends become "\\n". Of a Word file
    come headings, paragraphs, lists and table cells in order of the document, a text box after
    the paragraph that it hangs on, and then the footnotes and endnotes. Tracked deletions and
    hidden text are left out, insertions stay. Raises ReadingError when the file is empty, too
    large, of another kind, locked, or unpacks to more than is safe.
    """
    ending = PurePath(name).suffix.lower()
    if ending != ".docx" and ending not in _TEXT_ENDINGS:
        what = f"een {ending}-bestand" if ending else "een bestand zonder extensie"
        raise ReadingError(f"{name} kan niet worden gelezen: het is {what}. {_SAVE}")
    if not content:
        raise ReadingError(f"{name} is leeg (0 bytes). Kies een bestand met tekst.")
    if len(content) > LARGEST_DRAFT:
        megabytes = f"{len(content) / 1e6:.1f}".replace(".", ",")
        raise ReadingError(
            f"{name} is te groot: {megabytes} MB, terwijl 20 MB het maximum is. "
            "Verwijder afbeeldingen uit het bestand, of plak de tekst waar het om gaat."
        )
    text = _read_word(name, content) if ending == ".docx" else _decode(name, content)
    if not text.strip():
        raise ReadingError(f"{name} bevat geen tekst. Kies een bestand met tekst.")
    return text


def _decode(name: str, content: bytes) -> str:
    """Decode a text file, with its line ends made alike."""
    for start, kind in _OTHER_KINDS.items():
        if content.startswith(start):
            raise ReadingError(f"{name} is geen tekst, maar {kind}. {_SAVE}")
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise ReadingError(f"{name} is geen tekstbestand (het bevat nul-bytes). {_SAVE}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_word(name: str, content: bytes) -> str:
    """Read a Word file's text, its notes last."""
    from lxml import etree  # type: ignore[import-untyped]

    if not content.startswith(b"PK"):
        raise ReadingError(_no_word(name, content))
    try:
        return _Package(name, content).text()
    except (*_DAMAGE, etree.LxmlError) as error:
        raise ReadingError(
            f"{name} is beschadigd of geen Word-document. Open het in Word, sla het opnieuw op "
            "als .docx en probeer het opnieuw."
        ) from error


def _no_word(name: str, content: bytes) -> str:
    """Say what a file is that ends in .docx and is no zip file."""
    # [MS-OFFCRYPTO] 2.3.4: Word packs a locked document in an OLE file, under this name.
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        return _locked(name)
    kind = next((kind for start, kind in _OTHER_KINDS.items() if content.startswith(start)), "")
    return f"{name} is geen Word-document (.docx){f', maar {kind}' if kind else ''}. {_SAVE}"


def _locked(name: str) -> str:
    return (
        f"{name} is beveiligd met een wachtwoord. Sla het in Word op zonder wachtwoord en probeer "
        "het opnieuw."
    )


def _bomb(name: str) -> str:
    return (
        f"{name} wordt uitgepakt onverwacht groot en wordt om veiligheidsredenen niet gelezen. "
        "Plak de tekst waar het om gaat, of sla die op als nieuw Word-document."
    )


def _wrong_kind(name: str) -> str:
    return f"{name} is wel een ingepakt bestand, maar geen Word-document (.docx). {_SAVE}"


class _Package:
    """The parts of a Word file, of which no more is unpacked than is safe."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._zip = ZipFile(BytesIO(content))
        # Names of parts that differ in case alone are the same (ECMA-376 part 2, 6.2.2.3).
        self._parts = {part.filename.lower(): part for part in self._zip.infolist()}
        self._left = _LARGEST_UNPACKED

    def text(self) -> str:
        """Give the text of the document, by paragraph, and of the notes that it refers to."""
        main = self._target("", "officeDocument")
        if main not in self._parts:
            raise ReadingError(_wrong_kind(self._name))
        story = _told(lambda: self._running(main))
        paragraphs = story.paragraphs
        for kind in ("footnote", "endnote"):
            wanted = [number for what, number in story.notes if what == kind]
            if wanted:
                notes = self._notes(self._target(main, f"{kind}s"), kind)
                paragraphs += [text for number in wanted for text in notes.get(number, ())]
        return "\n\n".join(paragraphs)

    def _running(self, part: str) -> Iterator[Any]:
        """Give the paragraphs of the running text, those of tables too."""
        for paragraph in self._elements(part, "p", root="document"):
            if _is_outermost(paragraph):
                yield paragraph
                paragraph.clear()

    def _notes(self, part: str, kind: str) -> dict[str, list[str]]:
        """Read the footnotes or endnotes, by number."""
        notes = {}
        if part in self._parts:
            for element in self._elements(part, kind, root=f"{kind}s"):
                notes[_attribute(element, "id")] = _paragraphs_of(element)
                element.clear()
        return notes

    def _target(self, part: str, kind: str) -> str:
        """Give the name of the part to which `part` has a relationship of a kind, or nothing."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name in self._parts:
            for each in self._elements(name, "Relationship", root="Relationships"):
                if _attribute(each, "Type").rpartition("/")[2] == kind:
                    target = posixpath.join("/", folder, _attribute(each, "Target"))
                    return posixpath.normpath(target).lstrip("/").lower()
        return ""

    def _elements(self, part: str, name: str, root: str) -> Iterator[Any]:
        """Parse a part and give its elements of a name, each when it has been read to its end.

        Raises ReadingError when the part's root has another name, or the part has a DTD, which
        ECMA-376 part 2 forbids and which only an attack has a use for.
        """
        from lxml import etree

        info = self._parts[part]
        self._check(info)
        with self._zip.open(info) as stream:
            parsed = etree.iterparse(
                _Counted(stream, self._count), tag=f"{{*}}{name}",
                resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
            )  # fmt: skip
            trusted = False
            for _, element in parsed:
                if not trusted:
                    self._check_tree(element.getroottree(), root)
                    trusted = True
                yield element
            self._check_tree(parsed.root.getroottree(), root)

    def _check(self, part: ZipInfo) -> None:
        """Refuse a part that is locked, packed as no Word file is, or a bomb by its own account."""
        if part.flag_bits & 1:
            raise ReadingError(_locked(self._name))
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ReadingError(_wrong_kind(self._name))
        if part.file_size > min(self._left, _LARGEST_RATIO * max(1, part.compress_size)):
            raise ReadingError(_bomb(self._name))

    def _count(self, size: int) -> None:
        """Count what was really unpacked: what a zip file says of its parts need not be true."""
        self._left -= size
        if self._left < 0:
            raise ReadingError(_bomb(self._name))

    def _check_tree(self, tree: Any, root: str) -> None:
        if tree.docinfo.doctype:
            raise ReadingError(
                f"{self._name} bevat een DTD, wat in een Word-document niet mag, en wordt om "
                f"veiligheidsredenen niet gelezen. {_SAVE}"
            )
        if _local(tree.getroot()) != root:
            raise ReadingError(_wrong_kind(self._name))


class _Counted:
    """A stream that reports how much is read of it."""

    def __init__(self, stream: IO[bytes], report: Callable[[int], None]) -> None:
        self._stream, self._report = stream, report

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes."""
        chunk = self._stream.read(size)
        self._report(len(chunk))
        return chunk


class _Story:
    """Puts together the text of paragraphs that follow each other."""

    def __init__(self, *, by_field: bool) -> None:
        """Begin; `by_field` says whether the instruction of a field is told from its result."""
        self.paragraphs: list[str] = []
        self.notes: list[tuple[str, str]] = []
        """The notes that are referred to: "footnote" or "endnote", and the number."""
        self.open_fields: list[bool] = []
        """Of each field that was begun and not ended, whether its result has begun."""
        self._by_field = by_field
        self._parent: Any = None
        self._line: list[str] = []
        self._boxes: list[str] = []

    def add(self, paragraph: Any) -> None:
        """Add a paragraph; one whose end is deleted goes on in the next one beside it."""
        if paragraph.getparent() is not self._parent:
            self.finish()
        self._parent = paragraph.getparent()
        self._walk(paragraph, hidden=_row_is_deleted(paragraph))
        if not any(paragraph.find(f"{{*}}pPr/{{*}}rPr/{{*}}{name}") is not None
                   for name in _DELETED):  # fmt: skip
            self.finish()

    def finish(self) -> None:
        """End the paragraph that is being put together."""
        self.paragraphs += [text for text in ("".join(self._line).strip(), *self._boxes) if text]
        self._line, self._boxes = [], []

    def _walk(self, element: Any, *, hidden: bool) -> None:
        for child in element:
            name = _local(child)
            shown = not hidden and all(self.open_fields)
            if name == "fldChar":
                # Also where it is deleted: its other half may not be.
                self._pass_field(_attribute(child, "fldCharType"))
            elif name in _LEAVES:
                if shown:
                    self._take(child, name)
            elif name == "AlternateContent":
                first = child.find("{*}Choice")
                self._walk(child.find("{*}Fallback") if first is None else first, hidden=hidden)
            elif name not in _NO_TEXT:
                self._walk(child, hidden=hidden or name in _DELETED or _vanishes(child))

    def _take(self, leaf: Any, name: str) -> None:
        """Take what has a text of its own, or stands for one."""
        if name == "t":
            self._line.append(leaf.text or "")
        elif name == "txbxContent":
            self._boxes += _paragraphs_of(leaf)
        elif name in _REFERENCES:
            self.notes.append((_REFERENCES[name], _attribute(leaf, "id")))
        else:
            self._line.append(_SIGNS[name])

    def _pass_field(self, kind: str) -> None:
        """Follow a field: only its result is shown, not what it is made from (17.16.18)."""
        if not self._by_field:
            return
        if kind == "begin":
            self.open_fields.append(False)
        elif self.open_fields:
            if kind == "separate":
                self.open_fields[-1] = True
            else:
                self.open_fields.pop()


def _told(paragraphs: Callable[[], Iterator[Any]]) -> _Story:
    """Put together paragraphs, which can be given twice.

    A field that never ends would hide all that follows, so then all is taken for shown.
    """
    for by_field in (True, False):
        story = _Story(by_field=by_field)
        for paragraph in paragraphs():
            story.add(paragraph)
        story.finish()
        if not story.open_fields:
            break
    return story


def _paragraphs_of(element: Any) -> list[str]:
    """Give the text of the paragraphs of a note or text box."""
    inner = [each for each in element.iter("{*}p") if _is_outermost(each, element)]
    return _told(lambda: iter(inner)).paragraphs


def _is_outermost(paragraph: Any, within: Any = None) -> bool:
    """Tell whether a paragraph stands in no other one, as those of a text box do."""
    for ancestor in paragraph.iterancestors():
        if ancestor is within:
            return True
        if _local(ancestor) == "p":
            return False
    return True


def _row_is_deleted(paragraph: Any) -> bool:
    rows = paragraph.iterancestors("{*}tr")
    return any(row.find("{*}trPr/{*}del") is not None for row in rows)


def _vanishes(element: Any) -> bool:
    """Tell whether a run is set as hidden text."""
    mark = element.find("{*}rPr/{*}vanish")
    return mark is not None and _attribute(mark, "val") not in ("0", "false", "off")


def _local(element: Any) -> str:
    """Give an element's name without its namespace; a comment or such has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Any, name: str) -> str:
    """Give an attribute by its name without namespace, or an empty text."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")
