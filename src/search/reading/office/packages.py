"""Packed documents (.docx, .odt): their parts as a stream, and no more of them than is safe.

What is packed is XML. Elements are given by local name, so that variants of a format that differ
in namespace alone are read too.
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

__all__ = ["OTHER_KINDS", "Package", "Packing", "attribute", "local", "unpacking"]

_LARGEST_RATIO = 200
"""How many times smaller a part may be packed; the text of real letters is packed about five."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_KINDS: Mapping[bytes, str] = MappingProxyType(
    {
        _OLE: "een ouder Word-bestand (.doc)",
        b"%PDF-": "een PDF",
        b"{\\rtf": "een RTF-bestand",
        b"PK\x03\x04": "een Word-document of ander ingepakt bestand",
    }
)
"""What a file is that begins so, in Dutch."""
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
"""What zipfile raises over a damaged file, most of it not on purpose."""


@dataclass(frozen=True, slots=True)
class Packing:
    """A packed format, in the words of its messages."""

    name: str
    """As "Word-document"."""
    ending: str
    program: str
    """The program in which users open it."""
    advice: str
    """What to do with a file that is of another kind."""

    @property
    def named(self) -> str:
        """The name with the ending."""
        return f"{self.name} ({self.ending})"


@contextmanager
def unpacking(name: str, content: bytes, packing: Packing) -> Iterator[None]:
    """Turn whatever goes wrong over a packed file into a ReadingError in Dutch.

    Raises ReadingError at once when `content` is no zip file.
    """
    from lxml import etree

    if not content.startswith(b"PK"):
        raise ReadingError(_no_zip(name, content, packing))
    try:
        yield
    except (*_DAMAGE, etree.LxmlError) as error:
        raise ReadingError(
            f"{name} is beschadigd of geen {packing.name}. Open het in {packing.program}, sla het "
            f"opnieuw op als {packing.ending} en probeer het opnieuw."
        ) from error


def _no_zip(name: str, content: bytes, packing: Packing) -> str:
    """Say what a file is that has the ending of a packed one and is no zip file."""
    if not content:
        return f"{name} is leeg (0 bytes). Kies een bestand met tekst."
    # [MS-OFFCRYPTO] 2.3.4: Word packs a locked document in an OLE file, under this name.
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        return _locked(name, packing)
    kind = next((kind for start, kind in OTHER_KINDS.items() if content.startswith(start)), "")
    if content.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        kind = "een los XML- of HTML-bestand"
    return f"{name} is geen {packing.named}{f', maar {kind}' if kind else ''}. {packing.advice}"


def _locked(name: str, packing: Packing) -> str:
    return (
        f"{name} is beveiligd met een wachtwoord. Sla het in {packing.program} op zonder "
        "wachtwoord en probeer het opnieuw."
    )


class Package:
    """The parts of a packed file, of which no more is unpacked than is safe."""

    def __init__(
        self, name: str, content: bytes, packing: Packing, *, unpacked: int, seconds: float
    ) -> None:
        """Open a file; `unpacked` bytes of its parts may be read, and for `seconds` long.

        To be used within `unpacking`, since a damaged file raises all kinds of errors.
        """
        self.name = name
        self.packing = packing
        self._zip = ZipFile(BytesIO(content))
        # Names of parts that differ in case alone are the same (ECMA-376 part 2, 6.2.2.3).
        self._parts = {part.filename.lower(): part for part in self._zip.infolist()}
        self._left = unpacked
        self._seconds = seconds
        self._until = monotonic() + seconds

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def start_of(self, part: str, size: int) -> bytes:
        """Give the first bytes of a part, at most `size`."""
        info = self._parts[part]
        self._check(info)
        with self._zip.open(info) as stream:
            return _Counted(stream, self._count).read(size)

    def elements(self, part: str, names: str | Sequence[str], root: str) -> Iterator[Any]:
        """Parse a part and give its elements of these names, each when it has been read to its end.

        Raises ReadingError when the part's root has another name, it takes too long, or the part
        has a DTD, which only an attack has a use for (ECMA-376 part 2 forbids it, ODF writes none).
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
            trusted = False
            for _, element in parsed:
                if not trusted:
                    self._check_tree(element.getroottree(), root)
                    trusted = True
                yield element
            self._check_tree(parsed.root.getroottree(), root)

    def refuse_kind(self) -> ReadingError:
        """Give the error for a zip file that is a document of another kind."""
        return ReadingError(
            f"{self.name} is wel een ingepakt bestand, maar geen {self.packing.named}. "
            f"{self.packing.advice}"
        )

    def refuse_locked(self) -> ReadingError:
        """Give the error for a file with a password."""
        return ReadingError(_locked(self.name, self.packing))

    def _check(self, part: ZipInfo) -> None:
        """Refuse a part that is locked, packed in a strange way, or a bomb by its own account."""
        if part.flag_bits & 1:
            raise self.refuse_locked()
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise self.refuse_kind()
        if part.file_size > min(self._left, _LARGEST_RATIO * max(1, part.compress_size)):
            raise self._bomb()

    def _count(self, size: int) -> None:
        """Count what was really unpacked: what a zip file says of its parts need not be true."""
        self._left -= size
        if self._left < 0:
            raise self._bomb()
        if monotonic() > self._until:
            raise ReadingError(
                f"{self.name} kan niet binnen {self._seconds:.0f} seconden worden gelezen. Knip "
                "het bestand in delen."
            )

    def _bomb(self) -> ReadingError:
        return ReadingError(
            f"{self.name} wordt uitgepakt onverwacht groot en wordt om veiligheidsredenen niet "
            "gelezen. Plak de tekst waar het om gaat, of sla die op als nieuw "
            f"{self.packing.name}."
        )

    def _check_tree(self, tree: Any, root: str) -> None:
        if tree.docinfo.doctype:
            raise ReadingError(
                f"{self.name} bevat een DTD, wat in een {self.packing.name} niet mag, en wordt om "
                f"veiligheidsredenen niet gelezen. {self.packing.advice}"
            )
        if local(tree.getroot()) != root:
            raise self.refuse_kind()


class _Counted:
    """A stream that reports how much is read of it."""

    def __init__(self, stream: IO[bytes], report: Callable[[int], None]) -> None:
        self._stream, self._report = stream, report

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes."""
        chunk = self._stream.read(size)
        self._report(len(chunk))
        return chunk


def local(element: Any) -> str:
    """Give an element's name without its namespace; a comment or such has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Give an attribute by its name without namespace, or an empty text."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")
