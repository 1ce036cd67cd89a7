"""An analysed statement as numbers, for the classifier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.dutch import MONTHS
from search.dutch.anaphora import DEMONSTRATIVES
from search.labels.parties import NEXT_CABINET, Role
from search.labels.statements import AnalysedStatement
from search.records import Holder, Stance

__all__ = ["feature_dicts"]

_MONTHS = "|".join(MONTHS)
_PARTICIPLE = r"(?:ge|ver|be|ont|\w+ge)\w{2,}"
_SIGN_PATTERNS = {
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
    "dit": rf"^\W*(?:{DEMONSTRATIVES}|Dergelijke)\b",
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
"""Surface signs of a sentence: tense, mood, numbers, how it begins.

The model was fitted to exactly these patterns; other ones need `make train-labels`.
"""
_SIGNS = {name: re.compile(pattern) for name, pattern in _SIGN_PATTERNS.items()}
_SPEAKER_FLAGS = frozenset({"s:rapport", "s:reactie", "q:vraagtoe", "q:vraag"})
"""Situations that are a feature together with the speaker."""
_MOST_WORDS_SHORT, _LEAST_WORDS_LONG = 8, 30


def feature_dicts(statements: Sequence[AnalysedStatement]) -> list[dict[str, float]]:
    """Return the features of a document's statements by name; those that are 0 are left out."""
    own = [_own(each) for each in statements]
    whole = []
    for i, features in enumerate(own):
        merged = dict(features)
        if i and not statements[i].first:
            merged |= {
                f"vorige {k}": v for k, v in own[i - 1].items() if k.startswith(("c:", "s:"))
            }
        if i + 1 < len(own) and not statements[i + 1].first:
            merged |= {f"volgende {k}": v for k, v in own[i + 1].items() if k.startswith("c:")}
        whole.append(merged)
    return whole


def _own(analysed: AnalysedStatement) -> dict[str, float]:
    features = dict.fromkeys(analysed.situation, 1.0)
    features |= _cue_features(analysed) | _speaker_features(analysed) | _party_features(analysed)
    text = analysed.statement.text
    features |= {name: 1.0 for name, pattern in _SIGNS.items() if pattern.search(text)}
    words = len(text.split())
    features["kort"] = float(words <= _MOST_WORDS_SHORT)
    features["lang"] = float(words >= _LEAST_WORDS_LONG)
    features["eerste"] = float(analysed.first)
    return {name: value for name, value in features.items() if value}


def _cue_features(analysed: AnalysedStatement) -> dict[str, float]:
    features: dict[str, float] = {}
    for stance in Stance:
        weights = [found.cue.weight for found in analysed.cues if found.cue.stance is stance]
        if weights:
            features[f"c:{stance}"] = max(weights) / 3
            features[f"n:{stance}"] = min(sum(weights), 8) / 8
    decisive = {found.cue.stance for found in analysed.cues if found.cue.weight == 3}
    if len(decisive) == 1:
        features[f"alleen:{decisive.pop()}"] = 1
    return features


def _speaker_features(analysed: AnalysedStatement) -> dict[str, float]:
    speaker = analysed.speaker
    if speaker:
        names = {f"s:{speaker.holder}:{speaker.role}", f"s:{speaker.holder}"}
        names |= {f"s:{speaker.holder}&{flag}" for flag in analysed.situation & _SPEAKER_FLAGS}
        return dict.fromkeys(names, 1.0)
    if analysed.carried:
        return {f"d:{analysed.carried}": 1 / analysed.distance, f"e:{analysed.carried}": 1.0}
    names = {"geen spreker", *(f"geen spreker&{flag}" for flag in analysed.situation)}
    return dict.fromkeys(names, 1.0)


def _party_features(analysed: AnalysedStatement) -> dict[str, float]:
    features: dict[str, float] = {}
    for mention in analysed.mentions:
        kind = NEXT_CABINET if mention.name == NEXT_CABINET else mention.holder
        features[f"m:{kind}"] = 1
        if mention.role is not Role.MENTIONED:
            features[f"r:{kind}:{mention.role}"] = 1
    if not any(mention.holder is Holder.CABINET for mention in analysed.mentions):
        features["geen kabinet"] = 1
    return features
