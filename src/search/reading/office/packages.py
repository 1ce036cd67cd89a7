"""Read zipped XML documents (.docx, .odt) as a stream, and no more of them than is safe.

Elements are selected by local name, so that variants of a format that differ in namespace alone
are read too.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from struct import error as StructError
from time import monotonic
from types import MappingProxyType
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from search.errors import ReadingError

__all__ = [
    "FILE_SIGNATURES",
    "Package",
    "PackageFormat",
    "attribute",
    "local_name",
    "release",
    "translated_errors",
]

_MAX_COMPRESSION = 200
"""Size of a part by its compressed size; of the text of real letters it is about five."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILE_SIGNATURES: Mapping[bytes, str] = MappingProxyType(
    {
        _OLE: "een ouder Word-bestand (.doc)",
        b"%PDF-": "een PDF",
        b"{\\rtf": "een RTF-bestand",
        b"PK\x03\x04": "een Word-document of ander ingepakt bestand",
    }
)
"""Descriptions of other kinds of files, in Dutch, by their first bytes."""
_DAMAGE = (
    BadZipFile,
    ZlibError,
    StructError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""The errors that zipfile raises on damaged files, most of them undocumented."""


@dataclass(frozen=True, slots=True)
class PackageFormat:
    """A zipped format, in the words of its messages."""

    name: str
    """As "Word-document"."""
    ending: str
    program: str
    """The program in which users open it."""
    advice: str
    """What the user should do with a file of another kind."""

    @property
    def full_name(self) -> str:
        """The name with the ending."""
        return f"{self.name} ({self.ending})"


@contextmanager
def translated_errors(name: str, content: bytes, kind: PackageFormat) -> Iterator[None]:
    """Turn the errors of zipfile and lxml into a ReadingError in Dutch.

    Raises ReadingError at once when `content` is no zip file.
    """
    from lxml import etree

    if not content.startswith(b"PK"):
        raise ReadingError(_not_a_zip(name, content, kind))
    try:
        yield
    except (*_DAMAGE, etree.LxmlError) as error:
        raise ReadingError(
            f"{name} is beschadigd of geen {kind.name}. Open het in {kind.program}, sla het "
            f"opnieuw op als {kind.ending} en probeer het opnieuw."
        ) from error


def _not_a_zip(name: str, content: bytes, kind: PackageFormat) -> str:
    """Return the message for a file with the ending of the format that is no zip file."""
    if not content:
        return f"{name} is leeg (0 bytes). Kies een bestand met tekst."
    # [MS-OFFCRYPTO] 2.3.4: Word stores a locked document in an OLE file, under this name.
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        return _locked(name, kind)
    found = next((text for start, text in FILE_SIGNATURES.items() if content.startswith(start)), "")
    if content.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        found = "een los XML- of HTML-bestand"
    return f"{name} is geen {kind.full_name}{f', maar {found}' if found else ''}. {kind.advice}"


def _locked(name: str, kind: PackageFormat) -> str:
    return (
        f"{name} is beveiligd met een wachtwoord. Sla het in {kind.program} op zonder "
        "wachtwoord en probeer het opnieuw."
    )


class Package:
    """The parts of a zipped document, with limits on what is unpacked."""

    def __init__(
        self, name: str, content: bytes, kind: PackageFormat, *, unpacked: int, seconds: float
    ) -> None:
        """Open a file, of which `unpacked` bytes may be read in `seconds`.

        Use it within `translated_errors`, since a damaged file raises all kinds of errors.
        """
        self.name = name
        self.kind = kind
        self._zip = ZipFile(BytesIO(content))
        # Names of parts that differ in case alone are the same (ECMA-376 part 2, 6.2.2.3).
        self._parts = {part.filename.lower(): part for part in self._zip.infolist()}
        self._left = unpacked
        self._seconds = seconds
        self._until = monotonic() + seconds

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def start_of(self, part: str, size: int) -> bytes:
        """Return the first bytes of a part, at most `size`."""
        info = self._parts[part]
        self._check(info)
        with self._zip.open(info) as stream:
            return _Counted(stream, self._count).read(size)

    def elements(self, part: str, names: str | Sequence[str], root: str) -> Iterator[Any]:
        """Parse a part and yield its elements of these names, each when it is complete.

        Raises ReadingError when the part's root has another name, it takes too long, or the part
        has a DTD, which only an attack needs (ECMA-376 part 2 forbids it, ODF writes none).
        """
        from lxml import etree

        info = self._parts[part]
        self._check(info)
        wanted = (names,) if isinstance(names, str) else names
        with self._zip.open(info) as stream:
            parsed = etree.iterparse(
                _Counted(stream, self._count),
                tag=[f"{{*}}{name}" for name in wanted],
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
            )
            checked = False
            for _, element in parsed:
                if not checked:
                    self._check_tree(element.getroottree(), root)
                    checked = True
                yield element
            self._check_tree(parsed.root.getroottree(), root)

    def wrong_kind_error(self) -> ReadingError:
        """Return the error for a zip file that is a document of another kind."""
        return ReadingError(
            f"{self.name} is wel een ingepakt bestand, maar geen {self.kind.full_name}. "
            f"{self.kind.advice}"
        )

    def locked_error(self) -> ReadingError:
        """Return the error for a file with a password."""
        return ReadingError(_locked(self.name, self.kind))

    def _check(self, part: ZipInfo) -> None:
        """Raise ReadingError for a part that is locked, or packed strangely or too far."""
        if part.flag_bits & 1:
            raise self.locked_error()
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise self.wrong_kind_error()
        if part.file_size > min(self._left, _MAX_COMPRESSION * max(1, part.compress_size)):
            raise self._too_large_error()

    def _count(self, size: int) -> None:
        """Count the bytes that were read: the sizes that a zip file declares may be false."""
        self._left -= size
        if self._left < 0:
            raise self._too_large_error()
        if monotonic() > self._until:
            raise ReadingError(
                f"{self.name} kan niet binnen {self._seconds:.0f} seconden worden gelezen. Knip "
                "het bestand in delen."
            )

    def _too_large_error(self) -> ReadingError:
        return ReadingError(
            f"{self.name} wordt uitgepakt onverwacht groot en wordt om veiligheidsredenen niet "
            "gelezen. Plak de tekst waar het om gaat, of sla die op als nieuw "
            f"{self.kind.name}."
        )

    def _check_tree(self, tree: Any, root: str) -> None:
        if tree.docinfo.doctype:
            raise ReadingError(
                f"{self.name} bevat een DTD, wat in een {self.kind.name} niet mag, en wordt om "
                f"veiligheidsredenen niet gelezen. {self.kind.advice}"
            )
        if local_name(tree.getroot()) != root:
            raise self.wrong_kind_error()


class _Counted:
    """A stream that reports how many bytes are read from it."""

    def __init__(self, stream: IO[bytes], report: Callable[[int], None]) -> None:
        self._stream, self._report = stream, report

    def read(self, size: int) -> bytes:
        chunk = self._stream.read(size)
        self._report(len(chunk))
        return chunk


def local_name(element: Any) -> str:
    """Return an element's name without its namespace, "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name without namespace, or an empty text."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def release(paragraph: Any, names: Sequence[str]) -> None:
    """Free the memory of a paragraph that was read, and that of the empty one before it."""
    paragraph.clear()
    before = paragraph.getprevious()
    if before is not None and local_name(before) in names:
        paragraph.getparent().remove(before)
