"""Voices: who speaks in each sentence of a document, by its author and the text around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from search.dutch.question_markers import marker_of
from search.records import AuthorKind, Document, Holder, Sentence, Stance

__all__ = ["Place", "Voice", "voices_of"]

Place = tuple[tuple[str, ...], Sentence]
"""A sentence with the headings above it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose sentence it is unless it names another, and how strictly."""

    holder: Holder
    name: str = ""
    excludes_cabinet: bool = False
    """Whether a cabinet that the sentence names has no view of its own here either."""
    owns_all: bool = False
    """Whether sentences without a named speaker are this voice's, facts included."""
    only: bool = False
    """Whether no one else has a view here: a motion is its submitters' alone."""
    stance: Stance | None = None
    """The stance of the sentence where its form decides it."""
    section: str = ""
    """A heading that the sentence is under without having one: "Reactie"."""
    by_first_person: bool = False
    """Whether only sentences in the first person are this voice's; the rest has no holder."""


_CABINET = Voice(Holder.CABINET)
_MINISTER = Voice(Holder.CABINET, "kabinet", owns_all=True)
_REACTION = replace(_MINISTER, section="Reactie")
_CHAIR = Voice(Holder.NONE, excludes_cabinet=True, owns_all=True, only=True)
_QUESTION = Voice(Holder.PARLIAMENT, "Kamer", excludes_cabinet=True)
_ADVICE = Voice(Holder.ADVISOR, "Raad van State", owns_all=True)

_MINISTER_ROLE = re.compile(
    r"(?:^|\b(?:de|mede namens) )(?:vice)?(?:minister|staatssecretaris)\b", re.IGNORECASE
)
_CABINET_NAMED = (
    r"(?:kabinet|regering|minister|staatssecretaris|bewinds(?:persoon|lieden|vrouw|man))"
)
_CABINET_HEADING = re.compile(
    r"\b(?:kabinets(?:reactie|standpunt|appreciatie|inzet)|beleidsreactie|(?:reactie|antwoord(?:en)?"
    rf"|standpunt|oordeel|appreciatie|inzet) (?:van|door) (?:het |de )?(?:\w+ )?{_CABINET_NAMED}"
    rf"|brief van de (?:minister|staatssecretaris))",
    re.IGNORECASE,
)
_REACTION_HEADING = re.compile(r"(?:Reactie|Appreciatie|Antwoord(?:en)?)\b", re.IGNORECASE)
_MOTION_TITLE = re.compile(
    r"\b(?:motie|(?:sub)?amendement) van (?:het|de) (?:kamer)?(?:lid|leden)\b", re.I
)
_MINISTER_KINDS = frozenset({"Brief regering", "Antwoord op Kamervragen"})


def voices_of(document: Document, places: Sequence[Place]) -> list[Voice]:
    """Return the voice of each sentence; they are given in document order with their headings."""
    read = _reader_of(document)
    return [read(path, " ".join(document.text[s.start : s.end].split())) for path, s in places]


_Reader = Callable[[tuple[str, ...], str], Voice]


def _reader_of(document: Document) -> _Reader:
    metadata = document.metadata
    if metadata.kind in ("Motie", "Amendement") or _MOTION_TITLE.match(metadata.title):
        return _Motion(document)
    if metadata.kind == "Nader rapport" or re.search(
        r"(?i)advies.*\bnader rapport\b", metadata.title
    ):
        return _FurtherReport()
    if document.author_kind is AuthorKind.PARLIAMENT:
        return _Sitting(document)
    return _Plain(document)


# Motions and amendments

_ALSO = r"(?:(?:en|tevens|voorts|verder|daarnaast|ook|eveneens|ten \w+|tot slot),? )*"
_REQUEST = re.compile(
    rf"{_ALSO}(?:verzoekt|vraagt|roept|spreekt|draagt|nodigt|besluit|dringt|adviseert|machtigt|zegt|stelt|beveelt|waarschuwt|wijst|keurt|neemt)\b",
    re.IGNORECASE,
)
_LATER_REQUEST = re.compile(r"[,;] (?:verzoekt|roept) (?:de regering|het kabinet|de minister)\b")
_GROUND = re.compile(
    rf"{_ALSO}(?:constaterende?|overwegende?|van mening|van oordeel|kennisgenomen|gelet op|gezien"
    r"|gelezen|in overweging|indachtig|\w+ende?,? dat)\b",
    re.IGNORECASE,
)
_MOTION_OPENS = re.compile(
    r"(?:De Kamer\b[\s,]*)?(?:gehoord (?:de|het) [^,;.]*[,;.]?\s*)?", re.IGNORECASE
)
_MOTION_ENDS = re.compile(r"\W*(?:en )?gaat over tot de orde van de dag", re.IGNORECASE)
_EXPLANATION = re.compile(r"toelichting\b\W*(?:\(.*\))?$", re.IGNORECASE)


def _motion_mode(text: str, mode: Stance | None) -> Stance | None:
    """Return what a sentence of a motion does, given what the sentence before did."""
    rest = text[_match_end(_MOTION_OPENS, text) :]
    if not rest or _MOTION_ENDS.match(text):
        return None
    if _REQUEST.match(rest) or _LATER_REQUEST.search(rest):
        return Stance.ADVICE
    if _GROUND.match(rest):
        return Stance.FINDING
    return mode


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


class _Motion:
    """A motion is its submitters': what it requests, and what it finds."""

    def __init__(self, document: Document) -> None:
        people = document.metadata.people
        self._names = [p.name for p in people if not p.role or "indiener" in p.role]
        self._voice = Voice(
            Holder.PARLIAMENT, _listed(self._names) or "Kamer", excludes_cabinet=True, only=True
        )
        self._mode: Stance | None = None

    def __call__(self, path: tuple[str, ...], text: str) -> Voice:
        if _EXPLANATION.match(text) or any(map(_EXPLANATION.match, path[-1:])):
            self._mode = Stance.FINDING
        self._mode = _motion_mode(text, self._mode)
        if self._mode is None or text.rstrip(" .,") in self._names or _EXPLANATION.match(text):
            return replace(self._voice, holder=Holder.NONE)
        return replace(self._voice, stance=self._mode)


def _listed(names: Sequence[str]) -> str:
    return " en ".join([*([", ".join(names[:-1])] if names[1:] else []), *names[-1:]])


# Debates, written consultations and other papers of the Kamer

_OFFICE = r"(?:(?:Vicem|M)inister(?:-president)?|Staatssecretaris)"
_NAME = (
    r"(?:(?:[a-z’']+ ){0,3}[A-ZÀ-ÞĀ-Ž][\w’'.-]*"
    r"(?: (?:van|de|der|den|ten|ter|te|el|la|in|op|[’'‘]t|[A-ZÀ-ÞĀ-Ž][\w’'.-]*)){0,5})"
)
_TURN = re.compile(
    rf"(?:(?P<chair>De (?:\w+ )?voorzitter|Voorzitter)"
    rf"|(?P<office>(?:De )?{_OFFICE}) (?!(?:van|voor) [A-ZÀ-Þ])(?P<official>{_NAME})"
    rf"|(?:De heer|Mevrouw|Het lid|Lid) (?P<member>{_NAME})(?: ?\((?P<party>[^()]{{2,60}})\))?)"
    r"\s*(?P<end>:|$)"
)
_READS_OUT = re.compile(r"De Kamer,", re.IGNORECASE)
_FACTION = re.compile(
    r"\bleden van de (?P<name>.{1,40}?)[- ]?(?:fractie)s?\b"
    r"|\b(?:het|de) (?:lid|leden) (?P<member>[A-Z]\S+)"
)


class _Sitting:
    """Papers of the Kamer: a turn is its speaker's, an answer the minister's."""

    def __init__(self, document: Document) -> None:
        self._officials = {
            person.name for person in document.metadata.people if _MINISTER_ROLE.search(person.role)
        }
        self._kamer = Voice(Holder.PARLIAMENT, "Kamer")
        self._is_sitting = document.metadata.kind == "Handelingen"
        self._path: tuple[str, ...] = ()
        self._voice = self._default()
        self._mode: Stance | None = None
        self._reads_out = False
        self._dialogue = _Dialogue()

    def _default(self) -> Voice:
        return replace(self._kamer, excludes_cabinet=self._is_sitting)

    def __call__(self, path: tuple[str, ...], text: str) -> Voice:
        said = self._dialogue(path, text)
        if path != self._path:
            self._path = path
            self._begin(self._of_headings(path))
        if turn := _TURN.match(text):
            self._begin(self._of_turn(turn))
        if said is not None:
            return _MINISTER if said else _QUESTION
        if self._voice.holder is not Holder.PARLIAMENT:
            return self._voice
        return self._in_motion(text)

    def _in_motion(self, text: str) -> Voice:
        """Return the voice, with what the sentence does in a motion that is read out."""
        self._reads_out = self._reads_out or _READS_OUT.match(text) is not None
        if not self._reads_out:
            return self._voice
        self._mode = _motion_mode(text, self._mode)
        self._reads_out = not _MOTION_ENDS.match(text)
        if self._mode is None:
            return replace(self._voice, holder=Holder.NONE, only=True)
        return replace(self._voice, stance=self._mode)

    def _begin(self, voice: Voice) -> None:
        self._voice, self._mode, self._reads_out = voice, None, False

    def _of_headings(self, path: tuple[str, ...]) -> Voice:
        for heading in reversed(path):
            if turn := _TURN.fullmatch(heading.strip()):
                return self._of_turn(turn)
            faction = _FACTION.search(heading)
            if _CABINET_HEADING.search(heading):
                # Under "Vragen van de leden … en reactie van de minister" are both.
                return _CABINET if faction else _MINISTER
            if faction:
                name = f"{faction['name']}-fractie" if faction["name"] else faction["member"]
                return Voice(Holder.PARLIAMENT, name, excludes_cabinet=True, owns_all=True)
        return self._default()

    def _of_turn(self, turn: re.Match[str]) -> Voice:
        party = turn["party"] or ""
        if turn["chair"]:
            return _CHAIR
        if turn["office"] or _MINISTER_ROLE.search(party) or turn["member"] in self._officials:
            return _MINISTER
        name = turn["member"][:1].upper() + turn["member"][1:]
        name = f"{name} ({party})" if party else name
        return Voice(Holder.PARLIAMENT, name, excludes_cabinet=True, owns_all=True)


class _Dialogue:
    """Questions of MPs and answers to them, by the lines or headings that open them."""

    def __init__(self) -> None:
        self._path: tuple[str, ...] = ()
        self._answers: bool | None = None

    def __call__(self, path: tuple[str, ...], text: str) -> bool | None:
        """Return whether a sentence is of an answer or of a question; None if of neither."""
        if path != self._path:
            self._path = path
            found = [marker for heading in path if (marker := marker_of(heading))]
            self._answers = found[-1].answers if found else None
        if marker := marker_of(text):
            self._answers = marker.answers
        return self._answers


# Advice of the Raad van State with the minister's report on it

_POINT = re.compile(r"(?P<mark>\d{1,2}|[a-z])[.)]\s")
_FROM_MINISTER = re.compile(
    r"(?:Blijkens de mededeling|Dit advies, gedateerd|De tekst van het advies"
    r"|Ik (?:moge|bied|verzoek) U|.{0,80}\b(?:bied ik U (?:hierbij|hieronder) aan|mijn reactie)\b)"
)
_FROM_COUNCIL = re.compile(
    r"(?:Bij Kabinetsmissive\b|De Afdeling advisering van de Raad van State (?:heeft|geeft)"
    r"|De Raad van State (?:geeft U in overweging|heeft))"
)
_REACTS = re.compile(
    r"(?:\d{1,2}\.? |[a-z]\. )?(?:Reactie|Nader rapport)\b[^.?!]{0,60}$", re.IGNORECASE
)
_ADVISES = re.compile(r"(?:\d{1,2}\.? )?Advies\b[^.?!]{0,60}$", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:De )?(?:waarnemend )?vice-?president van de Raad van State", re.IGNORECASE
)


class _FurtherReport:
    """The council's advice, point by point, each followed by the minister's reaction."""

    def __init__(self) -> None:
        self._path: tuple[str, ...] = ()
        self._point = ""
        self._voice = _ADVICE

    def __call__(self, path: tuple[str, ...], text: str) -> Voice:
        if path != self._path:
            self._path, self._voice = path, _ADVICE
            for heading in path:
                self._enter(heading)
        if _FROM_MINISTER.match(text):
            return _REACTION
        if _SIGNED.match(text):
            self._voice = _REACTION
            return _ADVICE
        self._enter(text)
        return self._voice

    def _enter(self, line: str) -> None:
        """Change the voice where a line opens a reaction, an advice or the next point."""
        if _REACTS.match(line):
            self._voice = _REACTION
        elif _ADVISES.match(line) or _FROM_COUNCIL.match(line):
            self._voice = _ADVICE
        elif point := _POINT.match(line):
            # The minister numbers the reaction to a point as the point itself.
            is_same = point["mark"] == self._point and self._voice is _ADVICE
            if is_same or self._follows(point["mark"]):
                self._voice = _REACTION if is_same else _ADVICE
                self._point = point["mark"]

    def _follows(self, mark: str) -> bool:
        before = self._point
        if mark in ("1", "a") or not before or mark.isdigit() != before.isdigit():
            return True
        step = int(mark) - int(before) if mark.isdigit() else ord(mark) - ord(before)
        return step == 1


# Documents of one author


class _Plain:
    """Any other document: its author speaks, or the cabinet where a heading says so."""

    def __init__(self, document: Document) -> None:
        self._author = _author_of(document)
        self._own = _OWN_VOICES[self._author](document)
        self._dialogue = _Dialogue()

    def __call__(self, path: tuple[str, ...], text: str) -> Voice:
        if self._own.excludes_cabinet:
            return self._own
        said = self._dialogue(path, text)
        if self._author in (AuthorKind.CABINET, AuthorKind.UNKNOWN):
            if said is not None:
                return _CABINET if said else _QUESTION
            if any(_REACTION_HEADING.match(heading) for heading in path):
                return _CABINET
        return _CABINET if any(map(_CABINET_HEADING.search, path)) else self._own


def _author_of(document: Document) -> AuthorKind:
    """Return whose document it is; a minister's where only its title or signature tells."""
    metadata = document.metadata
    if document.author_kind is not AuthorKind.UNKNOWN:
        return document.author_kind
    signed = [*(s.function for s in document.signatories), *(p.role for p in metadata.people)]
    if (
        metadata.kind in _MINISTER_KINDS
        or any(map(_MINISTER_ROLE.search, signed))
        or _CABINET_HEADING.search(f"{metadata.title} {metadata.subject}")
    ):
        return AuthorKind.CABINET
    return AuthorKind.UNKNOWN


def _issuer(document: Document) -> str:
    """Return who issued a document, by the abbreviation where the name gives one: "WRR"."""
    issuer = document.metadata.issuer
    short = re.search(r"\((?P<short>[A-Z][\w-]{1,9})\)$", issuer)
    return short["short"] if short else issuer


def _party_name(document: Document) -> str:
    metadata = document.metadata
    named = re.search(r"\bvan (?:de |het )?(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*)*)", metadata.title)
    return metadata.issuer or (named["name"] if named else "")


def _other_voice(document: Document) -> Voice:
    if document.metadata.kind == "Wet":
        return Voice(Holder.NONE, excludes_cabinet=True)
    return Voice(Holder.OTHER, _issuer(document))


_OWN_VOICES: dict[AuthorKind, Callable[[Document], Voice]] = {
    AuthorKind.CABINET: lambda _: _CABINET,
    AuthorKind.PARLIAMENT: lambda _: Voice(Holder.PARLIAMENT, "Kamer"),
    AuthorKind.ADVISOR: lambda d: Voice(Holder.ADVISOR, _issuer(d)),
    AuthorKind.MUNICIPALITY: lambda d: Voice(
        Holder.MUNICIPALITIES, d.metadata.issuer, excludes_cabinet=True
    ),
    AuthorKind.COURT: lambda d: Voice(Holder.OTHER, d.metadata.issuer or "rechter"),
    AuthorKind.PARTY: lambda d: Voice(Holder.OTHER, _party_name(d), excludes_cabinet=True),
    AuthorKind.OTHER: _other_voice,
    AuthorKind.UNKNOWN: lambda _: Voice(Holder.OTHER, by_first_person=True),
}
