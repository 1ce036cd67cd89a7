"""What kind of words a question asks for: a person, a time, a number, a place, a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from search.dutch import MONTHS, fold
from search.dutch.numbers import holds_number

__all__ = ["answer_type_bonus", "lacks_number"]

_TIME = re.compile(
    rf"\b(?:1[0-9]{{3}}|20[0-9]{{2}})\b|\b(?:{'|'.join(MONTHS)})\b|\beeuw\b|\bjaren\b|\bkwartaal\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:omdat|doordat|want|wegens|vanwege|dankzij|daardoor|waardoor|oorzaak|reden|immers"
    r"|gezien|namelijk)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.?!»\"] )(?<!^)\b[A-ZÀ-Þ][\w’'-]+")

_TYPE_PATTERNS = {
    "name": r"\b(?:wie|wiens|door wie)\b",
    "time": r"\bwanneer\b|\bwelke? (?:jaar|datum|maand|eeuw|dag)|\bsinds wanneer",
    "number": r"\bhoeveel|\bhoe (?:groot|hoog|lang|vaak|oud|snel|ver|duur)\b"
    r"|\bwelk percentage|\bwelk aantal|\bwat kost",
    "place": r"\bwaar\b|\b(?:in|uit|naar) welke? (?:land|stad|plaats|gemeente|gebied|regio)",
    "reason": r"\bwaarom\b|\bwaardoor\b|\boorzaak\b|\breden\b",
}
_TYPES = {name: re.compile(text, re.IGNORECASE) for name, text in _TYPE_PATTERNS.items()}
_AMOUNT = re.compile(r"\bhoeveel\b|\bwelk (?:aantal|bedrag|percentage)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BONUSES = {"name": 0.5, "time": 0.5, "number": 0.35, "place": 0.15, "reason": 0.15}


@lru_cache(maxsize=64)
def answer_type_bonus(question: str) -> Callable[[str], float]:
    """Return a function that maps a sentence to its bonus for words of the type asked for.

    The bonus is 0 if the question asks for no type or the sentence has no such words, else at most
    0.5 (the scale of `score_sentences`). A name counts only if the question does not hold it.
    """
    kind = next((name for name, pattern in _TYPES.items() if pattern.search(question)), "")
    if not kind:
        return lambda _: 0.0
    own = set(re.findall(r"\w+", fold(question)))

    def has_name(text: str) -> bool:
        return any(fold(name) not in own for name in _NAME.findall(text))

    tests: dict[str, Callable[[str], bool]] = {
        "name": has_name,
        "place": has_name,
        "time": lambda text: bool(_TIME.search(text)),
        "number": holds_number,
        "reason": lambda text: bool(_REASON.search(text)),
    }
    return lambda text: _BONUSES[kind] if tests[kind](text) else 0.0


def lacks_number(question: str, text: str) -> bool:
    """Return whether a question asks for an amount and a text gives no number but a year."""
    return bool(_AMOUNT.search(question)) and not holds_number(_YEAR.sub("", text))
