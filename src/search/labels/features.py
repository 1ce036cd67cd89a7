"""A reading as numbers, for the classifier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.dutch import MONTHS
from search.labels.parties import NEXT_CABINET, Role
from search.labels.statements import Reading
from search.records import Holder, Stance

__all__ = ["feature_dicts"]

_MONTHS = "|".join(MONTHS)
_PARTICIPLE = r"(?:ge|ver|be|ont|\w+ge)\w{2,}"
_SIGNS = {
    "toekomst": r"\b(?:zal|zullen|ga|gaat|gaan)\b",
    "voltooid": rf"\b(?:heb|heeft|hebben|is|zijn)\b.{{0,200}}?\b{_PARTICIPLE}(?:d|t|en)\b",
    "verleden": r"\b(?:was|waren|werd|werden|had|hadden|bleek|kwam|stelde|vond|ging|gaf"
    r"|\w{3,}(?:eerde|eerden))\b",
    "lijdend": r"\b(?:wordt|worden|werd|werden)\b",
    "moeten": r"\b(?:moet|moeten|dient|dienen|behoort|behoren|hoeft|hoeven)\b",
    "kunnen": r"\b(?:kan|kunnen|mag|mogen)\b",
    "zouden": r"\b(?:zou|zouden)\b",
    "niet": r"\b(?:niet|geen|nooit|nauwelijks|niets)\b",
    "maar": r"\b(?:maar|echter|evenwel|niettemin|desondanks)\b",
    "ik": r"\b(?:ik|mij|mijn|me)\b",
    "wij": r"\b(?:wij|ons|onze)\b",
    "uw": r"\b(?:uw Kamer|u)\b",
    "getal": r"\d",
    "jaar": r"\b(?:19|20)\d\d\b",
    "datum": rf"\b\d{{1,2}} (?:{_MONTHS})\b|\bjl\b",
    "geld": r"€|\b(?:euro|miljoen|miljard|mln|mld)\b",
    "procent": r"%|\bprocent\b",
    "wet": r"\b(?:artikel|artikelen|lid|[Ww]et|[Ww]etboek|richtlijn|verordening|AVG|Awb|\w+wet)\b",
    "dit": r"^\W*(?:Dit|Dat|Deze|Die|Dergelijke)\b",
    "hier": r"^\W*(?:Hier|Daar)(?:bij|mee|in|voor|door|toe|over)?\b",
    "ook": r"^\W*(?:Ook|Bovendien|Daarnaast|Verder|Tevens|Tot slot|Ten \w+|Voorts|Zo)\b",
    "daarom": r"^\W*(?:Daarom|Dus|Derhalve|Kortom|Vandaar)\b",
    "als": r"^\W*(?:Als|Indien|Wanneer|Hoewel|Ondanks)\b",
    "er": r"\b[Ee]r (?:is|zijn|was|waren|bestaat|bestaan|wordt|worden|werd)\b"
    r"|\b(?:is|zijn|was|waren) er\b",
    "oordeel": r"\b(?:belangrijk|belang|goed|beter|noodzakelijk|nodig|essentieel|cruciaal|wenselijk"
    r"|zorgelijk|helaas|terecht|passend|onacceptabel|onwenselijk|ernstig\w*|begrijpelijk|graag"
    r"|vanzelfsprekend|zorgvuldig\w*)\b",
    "aanhaling": r"[«“\"„]",
    "kamerstuk": r"\bKamerstuk|\bhandelingen\b|\bmotie\b|debat\b",
    "gebiedend": r"^\W*(?:\d+[.)]\s*)?[A-Z][a-z]+\s(?:de|het|een|op|in|voor|meer|alle|als)\b",
    "vraagteken": r"\?",
    "dubbelepunt": r":\s*$",
    "ja": r"^\W*(?:Ja|Jazeker|Zeker|Inderdaad)\b",
    "nee": r"^\W*(?:Nee|Neen)\b",
}
"""Signs on the surface of a sentence: tense, mood, numbers, how it begins."""
_PATTERNS = {name: re.compile(pattern) for name, pattern in _SIGNS.items()}
_SHORT, _LONG = 8, 30


def feature_dicts(readings: Sequence[Reading]) -> list[dict[str, float]]:
    """Give each reading of a document as named numbers; most are 0 and left out."""
    own = [_own(reading) for reading in readings]
    whole = []
    for i, features in enumerate(own):
        merged = dict(features)
        if i and not readings[i].first:
            merged |= {
                f"vorige {k}": v for k, v in own[i - 1].items() if k.startswith(("c:", "s:"))
            }
        if i + 1 < len(own) and not readings[i + 1].first:
            merged |= {f"volgende {k}": v for k, v in own[i + 1].items() if k.startswith("c:")}
        whole.append(merged)
    return whole


def _own(reading: Reading) -> dict[str, float]:
    features: dict[str, float] = {}
    text = reading.statement.text
    for stance in Stance:
        weights = [f.cue.weight for f in reading.cues if f.cue.stance is stance]
        if weights:
            features[f"c:{stance}"] = max(weights) / 3
            features[f"n:{stance}"] = min(sum(weights), 8) / 8
    top = max((f.cue.weight for f in reading.cues), default=0)
    if top == 3:
        winners = {f.cue.stance for f in reading.cues if f.cue.weight == 3}
        if len(winners) == 1:
            features[f"alleen:{winners.pop()}"] = 1
    for flag in reading.situation:
        features[flag] = 1
    if reading.speaker:
        features[f"s:{reading.speaker.holder}:{reading.speaker.role}"] = 1
        features[f"s:{reading.speaker.holder}"] = 1
        for flag in reading.situation:
            if flag in ("s:rapport", "s:reactie", "q:vraagtoe", "q:vraag"):
                features[f"s:{reading.speaker.holder}&{flag}"] = 1
    elif reading.carried:
        features[f"d:{reading.carried}"] = 1 / reading.distance
        features[f"e:{reading.carried}"] = 1
    else:
        features["geen spreker"] = 1
        for flag in reading.situation:
            features[f"geen spreker&{flag}"] = 1
    for mention in reading.mentions:
        kind = NEXT_CABINET if mention.name == NEXT_CABINET else mention.holder
        features[f"m:{kind}"] = 1
        if mention.role is not Role.MENTIONED:
            features[f"r:{kind}:{mention.role}"] = 1
    if not any(m.holder is Holder.CABINET for m in reading.mentions):
        features["geen kabinet"] = 1
    for name, pattern in _PATTERNS.items():
        if pattern.search(text):
            features[name] = 1
    words = len(text.split())
    features["kort"] = float(words <= _SHORT)
    features["lang"] = float(words >= _LONG)
    features["eerste"] = float(reading.first)
    return {k: v for k, v in features.items() if v}
