"""Who signed: names and offices in the lines after a letter's last words.

The office goes before the name or after it, on one line or several, in capitals or not; of two
signatories side by side the lines hold first both names and then both offices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.records import Person

__all__ = ["CABINET_OFFICE", "office_case", "read_signatories"]

_CLOSING = re.compile(
    r"(?:Hoogachtend|Met (?:vriendelijke|hartelijke) groet(?:en)?|Met de meeste hoogachting"
    r"|Met (?:vriendelijke )?hoogachting|Vriendelijke groet(?:en)?|Groet(?:en)?)\s*[,.]?",
    re.IGNORECASE,
)
_OFFICE_WORD = (
    r"(?:(?:vice|plaatsvervangend|plv\.?|loco|waarnemend|wnd\.?|demissionair)[ -])?"
    r"(?:minister(?:[ -]president)?|staatssecretaris|voorzitter|griffier|adjunct-griffier"
    r"|secretaris(?:-generaal)?|directeur(?:-generaal)?|programmadirecteur|burgemeester|wethouder"
    r"|gemeentesecretaris|vice-?president|president|bestuurder|dijkgraaf|gedeputeerde"
    r"|commissaris van de koning(?:in)?|inspecteur-generaal|hoofd|afdelingshoofd|teamleider"
    r"|raadsgriffier|concerndirecteur|procureur-generaal|deltacommissaris)"
)
_OFFICE = re.compile(rf"(?:mede )?(?:namens )?(?:de |het )?{_OFFICE_WORD}\b.*", re.IGNORECASE)
CABINET_OFFICE = re.compile(
    r"(?:de |het )?(?:demissionair )?(?:minister(?:[ -]president)?|staatssecretaris)\b",
    re.IGNORECASE,
)
_CABINET_LINE = re.compile(
    r"(?:De|DE) (?:Minister|MINISTER|minister|Staatssecretaris|STAATSSECRETARIS|staatssecretaris)"
    r"(?:[ -](?:[Pp]resident|PRESIDENT|(?:van|voor|VAN|VOOR) [A-Z][\w ,&-]{3,90}))?,?"
)
_TITLES = r"(?:(?:drs|mr|dr|ir|ing|prof|jhr|jkvr|mw|dhr|ds|bc|w\.g)\.?\s*)*"
_NAME = re.compile(
    rf"{_TITLES}(?:(?:[A-Z][a-z]?\.[\s-]?){{1,6}}(?:\s?\([A-Z]\w+\)\s)?"
    rf"|(?:[A-ZÀ-Þ][a-zà-ÿ]+[- ]){{1,2}})"
    r"(?:(?:van|de|der|den|het|’t|'t|ter|ten|te|in|op|el|von|la|le)\s)*"
    r"[A-ZÀ-Þ][\w’'-]++(?:[ -](?:(?:van|de|der|den)\s)*[A-ZÀ-Þ][\w’'-]++)*"
    r"(?:,? (?:MA|MSc|MBA|BSc|LLM|RA|MPA|MPM|PhD|EMIA))*[,.]?"
)
_ON_BEHALF = re.compile(
    r"(?:,\s*)?(?:namens deze[n]?|voor deze[n]?|b/a|o\.b\.v\.)\s*,?\s*", re.IGNORECASE
)
_FOR_BODY = re.compile(
    r"(?:mede )?namens (?:het |de )?(?:bestuur|directie|college|leden) .{3,120}", re.IGNORECASE
)
_SMALL_WORDS = frozenset(
    "van voor en de het der den in op te ten ter aan bij met a.i. algemene zaken".split()
) - {"algemene", "zaken"}
_VERB = re.compile(
    r"\b(?:is|zijn|was|heeft|hebben|had|wordt|worden|kan|kunnen|zal|zullen|moet|moeten|wil"
    r"|geeft|gaat"
    r"|ik|wij|u)\b|\.\s+[A-Z][a-z]"
)
_MAX_OFFICE_LINES = 5
_MAX_LINES = 14
_MAX_LENGTH = 130


def office_case(office: str) -> str:
    """Return an office without article, in small letters where it is printed in capitals."""
    office = re.sub(r"^(?:(?:mede )?namens )?(?:de|het)\s", "", office, flags=re.IGNORECASE)
    letters = [c for c in office if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.8 * len(letters):
        words = [w if w in _SMALL_WORDS else w.capitalize() for w in office.lower().split()]
        office = " ".join(words)
    return office.strip(" ,.;:")


def read_signatories(lines: Sequence[str]) -> list[Person]:
    """Return who signed a letter, in order, each with the office as role.

    They are looked for after the first closing phrase, and where there is none after the first
    line that is a minister's office.
    """
    starts = [at for at, line in enumerate(lines) if _CLOSING.fullmatch(line)]
    starts += [at - 1 for at, line in enumerate(lines) if _CABINET_LINE.fullmatch(line)]
    for start in starts:
        found = _read(lines[start + 1 : start + 1 + _MAX_LINES])
        closed = start >= 0 and _CLOSING.fullmatch(lines[start])
        if found and (closed or found[0].name):
            return found
    return []


def _read(lines: Sequence[str]) -> list[Person]:
    people: list[Person] = []
    names: list[str] = []
    offices: list[str] = []
    for at, line in enumerate(lines):
        if len(line) > _MAX_LENGTH or (people and _CLOSING.fullmatch(line)):
            break
        is_prose = _VERB.search(line) is not None
        is_office = not is_prose and (_OFFICE.fullmatch(line) or _FOR_BODY.fullmatch(line))
        if _NAME.fullmatch(line) and not is_office:
            if offices:
                people.append(_person(line, offices))
                offices = []
            else:
                names.append(line)
        elif is_office and names:
            people.append(_person(names.pop(0), [line, *_continuing(line, lines[at + 1 : at + 2])]))
        elif is_office or (offices and not is_prose and len(offices) < _MAX_OFFICE_LINES):
            offices.append(line)
        elif people:
            break
    if not people and offices and CABINET_OFFICE.match(offices[0]):
        people.append(Person("", _office(offices)))
    return people


def _continuing(line: str, after: Sequence[str]) -> list[str]:
    """Return the line that an office runs on to, after "van" or a comma within its name."""
    goes_on = re.search(r"(?:\b(?:van|voor|en|de)|,)$", line) and after
    return [after[0]] if goes_on and not _NAME.fullmatch(after[0]) else []


def _person(name: str, offices: Sequence[str]) -> Person:
    bare = re.sub(rf"^{_TITLES}", "", name).strip(" ,.")
    return Person(bare, _office(offices))


def _office(lines: Sequence[str]) -> str:
    """Return the office of who is signed for: of "de minister, namens deze, de directeur" that."""
    joined = " ".join(lines)
    signed_for = [part for part in _ON_BEHALF.split(joined) if part.strip(" ,")]
    return office_case(signed_for[0]) if signed_for else ""
