"""Characters of symbol fonts (Symbol, Wingdings, Webdings) as Unicode.

Such a font draws its own glyph for a code from 0x20 to 0xFF, which files also write as U+F000 plus
that code (ECMA-376 part 1, 17.3.3.30). Symbol follows Unicode's mapping table of Adobe Symbol;
Wingdings and Webdings the characters that Unicode 7.0 took from them (L2/12-368), with the common
character where that names a rarer variant of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["UNKNOWN", "is_symbol_font", "known_text", "symbol"]

UNKNOWN = "\ufffd"
"""Replaces a character that the file does not name."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_PRIVATE_CODES = range(0xF000, 0xF100)


def _from(code: int, characters: str) -> dict[int, str]:
    """Return a table of successive codes; a space stands for a code without a character."""
    return {code + at: each for at, each in enumerate(characters) if each != " "}


_SYMBOL = (
    _from(0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_")
    | _from(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼")
    | _from(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…")
    | _from(0xBF, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪")
    | _from(0xF1, "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭")
)
_WINGDINGS = (
    _from(0x22, "✂✁👓🕭🕮🕯☎✆✉🖃📪📫📬📭📁📂📄🗏🗐🗄⏳🖮🖰🖲🖳🖴🖫🖬✇✍")
    | _from(0x40, "🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠🏳🏱✈☼💧❄🕆✞🕈✠✡☪☯ॐ☸")
    | _from(0x5E, "♈♉♊♋♌♍♎♏♐♑♒♓🙰🙵●❍■□ ❑❒⬧⧫◆❖⬥⌧⍓⌘🏵🏶❝❞")
    | _from(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")
    | _from(0x9E, "·•⬝○  ◉◎ ▪◻ ✦★✶✴✹✵ ⌖⟡⌑ ✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛")
    | _from(0xD5, "⌫⌦⮘➢⮙⮛⮈⮊⮉⮋←→↑↓↖↗↙↘ ➔")
    | _from(0xEF, "⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂")
    | _from(0xFB, "✗✓☒☑")
)
_WINGDINGS_2 = _from(0x4F, "✗✓") | _from(0x52, "☑☒☒") | {0xA3: "☐"}
_WINGDINGS_3 = _from(0x70, "▲▼△▽◀▶◁▷")
_WEBDINGS = _from(0x33, "◀▶▲▼") | {0x61: "✔", 0x63: "□", 0x67: "■", 0x6E: "●"}
_UNMAPPED: Mapping[int, str] = MappingProxyType({})
_FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "symbol": _SYMBOL,
        "symbolmt": _SYMBOL,
        "standardsymbolsl": _SYMBOL,
        "standardsymbolsps": _SYMBOL,
        "wingdings": _WINGDINGS,
        "wingdings2": _WINGDINGS_2,
        "wingdings3": _WINGDINGS_3,
        "webdings": _WEBDINGS,
        "zapfdingbats": _UNMAPPED,
        "itczapfdingbats": _UNMAPPED,
        "monotypesorts": _UNMAPPED,
        "mtextra": _UNMAPPED,
        "marlett": _UNMAPPED,
    }
)


def is_symbol_font(font: str) -> bool:
    """Return whether a font draws glyphs of its own in the place of letters."""
    return _key(font) in _FONTS


def symbol(code: int, font: str) -> str:
    """Return the character that a font draws for a code, `UNKNOWN` where that is not known."""
    table = _FONTS.get(_key(font))
    if table is None:
        is_character = 0x20 <= code <= 0x10FFFF and not 0xD800 <= code < 0xE000
        return chr(code) if is_character and not _PRIVATE.match(chr(code)) else UNKNOWN
    if code in _PRIVATE_CODES:
        code -= _PRIVATE_CODES.start
    if code in (0x20, 0xA0) and code not in table:
        return chr(code)
    # Beyond its own codes a program takes the character from another font.
    return table.get(code, UNKNOWN) if code <= 0xFF else symbol(code, "")


def known_text(text: str, font: str) -> str:
    """Return a text in a font with its symbols as Unicode."""
    if not font or not is_symbol_font(font):
        return text if text.isascii() else _PRIVATE.sub(UNKNOWN, text)
    return "".join(each if each.isspace() else symbol(ord(each), font) for each in text)


def _key(font: str) -> str:
    return font.lower().replace(" ", "").replace("-", "")
