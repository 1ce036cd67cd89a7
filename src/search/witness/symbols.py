"""The characters of fonts that hold pictures: which ones Unicode has too.

Symbol is as Unicode's table gives it (https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/
symbol.txt); of Wingdings only what is used in texts. A font's character may be written by its own
number, or by that number from U+F000 on (ECMA-376 part 1, 17.3.3.30).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["is_picture_font", "seen"]

_GREEK = dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)) | dict(
    zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)
)
_SYMBOL: Mapping[int, str] = MappingProxyType(
    {
        **{code: chr(code) for code in range(0x20, 0x40)},
        **_GREEK,
        0x22: "∀",
        0x24: "∃",
        0x27: "∋",
        0x2A: "∗",
        0x2D: "−",
        0x40: "≅",
        0x5B: "[",
        0x5C: "∴",
        0x5D: "]",
        0x5E: "⊥",
        0x5F: "_",
        0x7B: "{",
        0x7C: "|",
        0x7D: "}",
        0x7E: "∼",
        0xA0: "€",
        0xA1: "ϒ",
        0xA2: "′",
        0xA3: "≤",
        0xA4: "⁄",
        0xA5: "∞",
        0xA6: "ƒ",
        0xA7: "♣",
        0xA8: "♦",
        0xA9: "♥",
        0xAA: "♠",
        0xAB: "↔",
        0xAC: "←",
        0xAD: "↑",
        0xAE: "→",
        0xAF: "↓",
        0xB0: "°",
        0xB1: "±",
        0xB2: "″",
        0xB3: "≥",
        0xB4: "×",
        0xB5: "∝",
        0xB6: "∂",
        0xB7: "•",
        0xB8: "÷",
        0xB9: "≠",
        0xBA: "≡",
        0xBB: "≈",
        0xBC: "…",
        0xC0: "ℵ",
        0xC1: "ℑ",
        0xC2: "ℜ",
        0xC3: "℘",
        0xC4: "⊗",
        0xC5: "⊕",
        0xC6: "∅",
        0xC7: "∩",
        0xC8: "∪",
        0xC9: "⊃",
        0xCA: "⊇",
        0xCB: "⊄",
        0xCC: "⊂",
        0xCD: "⊆",
        0xCE: "∈",
        0xCF: "∉",
        0xD0: "∠",
        0xD1: "∇",
        0xD2: "®",
        0xD3: "©",
        0xD4: "™",
        0xD5: "∏",
        0xD6: "√",
        0xD7: "⋅",
        0xD8: "¬",
        0xD9: "∧",
        0xDA: "∨",
        0xDB: "⇔",
        0xDC: "⇐",
        0xDD: "⇑",
        0xDE: "⇒",
        0xDF: "⇓",
        0xE0: "◊",
        0xE1: "〈",
        0xE2: "®",
        0xE3: "©",
        0xE4: "™",
        0xE5: "∑",
        0xF1: "〉",
        0xF2: "∫",
    }
)
_WINGDINGS: Mapping[int, str] = MappingProxyType(
    {
        0x20: " ",
        0x28: "☎",
        0x2A: "✉",
        0x46: "☞",
        0x4A: "☺",
        0x4C: "☹",
        0x6C: "●",
        0x6D: "❍",
        0x6E: "■",
        0x6F: "□",
        0x71: "❑",
        0x72: "❒",
        0x73: "⬧",
        0x74: "⧫",
        0x75: "◆",
        0x76: "❖",
        0x9F: "•",
        0xA1: "○",
        0xA7: "▪",
        0xA8: "◻",
        0xD8: "➢",
        0xDF: "←",
        0xE0: "→",
        0xE1: "↑",
        0xE2: "↓",
        0xE8: "➔",
        0xF0: "⇨",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    }
)
_FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "symbol": _SYMBOL,
        "symbolmt": _SYMBOL,
        "standardsymbolsps": _SYMBOL,
        "opensymbol": {},
        "wingdings": _WINGDINGS,
        "wingdings2": {0x50: "✓", 0x52: "☑", 0x53: "☒"},
        "wingdings3": {},
        "webdings": {},
        "mtextra": {},
        "zapfdingbats": {},
        "marlett": {},
    }
)


def is_picture_font(font: str) -> bool:
    """Return whether the letters of a font are pictures."""
    return _key(font) in _FONTS and _key(font) != "opensymbol"


def seen(character: str, font: str) -> str:
    """Return the character that is seen for one of a picture font, or nothing if it is unknown."""
    code = ord(character)
    return _FONTS.get(_key(font), {}).get(code - 0xF000 if code >= 0xF000 else code, "")


def _key(font: str) -> str:
    return font.lower().replace(" ", "").replace("-", "")
