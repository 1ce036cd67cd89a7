"""References to official publications in a running text and as they are typed."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.paths import CORPUS

from search.references import find_references, parse_reference, read_id

LETTER = CORPUS / "kst-29861-70.md"


def found(text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.id) for each in find_references(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kamerstuk 29 861, nr. 70", "kst-29861-70"),
        ("Kamerstuk 29\u00a0861, nr.\u00a070", "kst-29861-70"),
        ("Kamerstuk\n17 050, nr. 221", "kst-17050-221"),
        ("kamerstuk 29.861 nr 70", "kst-29861-70"),
        ("Kamerstuk 29861-70", "kst-29861-70"),
        ("TK 29861-70", "kst-29861-70"),
        ("Kamerstukken II 2020/21, 29861, nr. 70", "kst-29861-70"),
        ("Kamerstukken II, 2020-2021, 29 861, stuk nr. 70", "kst-29861-70"),
        ("Kamerstukken II, vergaderjaar 2020–2021, 29 861, nr. 70", "kst-29861-70"),
        ("Tweede Kamer, vergaderjaar 2020–2021, 29 861, nr. 70", "kst-29861-70"),
        ("Kamerstukken II 1999/2000, 26 800, nr. 3", "kst-26800-3"),
        ("Kamerstukken II 2008/09, 31700 VI, nr. 4", "kst-31700-VI-4"),
        ("Kamerstuk 31 700 hoofdstuk VI, nr. 4", "kst-31700-VI-4"),
        ("Kamerstuk 36600-VII-1", "kst-36600-VII-1"),
        ("Kamerstuk 29 800 IX B, nr. 25", "kst-29800-IXB-25"),
        ("kamerstuk 31031 F, nr. 1", "kst-31031-F-1"),
        ("Kamerstuk 21 501-02, nr. 3174", "kst-21501-02-3174"),
        ("Kamerstuk 21501-32-1740", "kst-21501-32-1740"),
        ("Kamerstukken II 2016/17, 33 852 (R2023), nr. 35", "kst-33852-35"),
        ("Kamerstukken I 2014/15, 33802, C", "kst-33802-C"),
        ("Kamerstuk 33 802, letter C", "kst-33802-C"),
        ("EK 33802-D", "kst-33802-D"),
        ("Kamerstukken I 2003/04, 29200 I, A", "kst-20032004-29200-I-A"),
        ("Kamerstukken I 2000/01, 27254, nr. 269b", "kst-20002001-27254-269b"),
        ("Kamerstukken I 2020/21, CXLVI, AA", "kst-CXLVI-AA"),
        ("kst-36836-D", "kst-36836-D"),
        ("blg-16992", "blg-16992"),
        ("Stb. 2011, 35", "stb-2011-35"),
        ("Staatsblad 2011, nr. 35", "stb-2011-35"),
        ("Stcrt. 2015, 10247", "stcrt-2015-10247"),
        ("Stcrt. 2009, 9231", "stcrt-2009-9231"),
        ("Trb. 2008, 175", "trb-2008-175"),
        ("Aanhangsel Handelingen II 2014/15, nr. 12", "ah-tk-20142015-12"),
        ("Aanhangsel van de Handelingen, vergaderjaar 2014–2015, nr. 12", "ah-tk-20142015-12"),
        ("Aanhangsel Handelingen I 2018/19, nr. 2", "ah-ek-20182019-2"),
        ("Handelingen II 2010/11, nr. 108, item 5", "h-tk-20102011-108-5"),
        ("Handelingen II 2010/11, nr. 108, item nr. 5", "h-tk-20102011-108-5"),
        ("Handelingen II 2011/12, nr. 13-7", "h-tk-20112012-13-7"),
        ("Hand. II 2014/15, 40, item 7", "h-tk-20142015-40-7"),
        ("Handelingen II 2007/08, nr. 108, p. 7909-7943", "h-tk-20072008-7909-7943"),
        ("Handelingen TK 2007-2008, nr. 108, blz. 7909-43", "h-tk-20072008-7909-7943"),
        ("Handelingen II 2009/10, nr. 21, p. 1735-1740", "h-tk-20092010-21-1735"),
    ],
)
def test_a_reference_is_found_whole_within_a_sentence(text: str, name: str) -> None:
    for before, after in (("Zie ", "."), ("(", ")"), ("", ""), ("in ", ", en ook dat.")):
        assert found(before + text + after) == [(text, name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kamerstukken 19 637 en 30 573, nr. 2700",
            [("Kamerstukken 19 637", "kst-19637-2700"), ("30 573, nr. 2700", "kst-30573-2700")],
        ),
        (
            "Kamerstuk 29 861, nrs. 185 en 216 zijn",
            [("Kamerstuk 29 861, nrs. 185", "kst-29861-185"), ("216", "kst-29861-216")],
        ),
        (
            "(Kamerstuk 29 861, nr. 185 en 216)",
            [("Kamerstuk 29 861, nr. 185", "kst-29861-185"), ("216", "kst-29861-216")],
        ),
        (
            "kamerstuk 27180, nrs. 1, 2 en 3 van",
            [
                ("kamerstuk 27180, nrs. 1", "kst-27180-1"),
                ("2", "kst-27180-2"),
                ("3", "kst-27180-3"),
            ],
        ),
        (
            "kamerstuk 27180, nrs. 1 t/m 3",
            [("kamerstuk 27180, nrs. 1", "kst-27180-1"), ("3", "kst-27180-3")],
        ),
        (
            "Kamerstukken I 2014/15, 33802, C en D.",
            [("Kamerstukken I 2014/15, 33802, C", "kst-33802-C"), ("D", "kst-33802-D")],
        ),
        (
            "Kamerstuk 35 510, nr. 4 en Kamerstuk 30 950, nr. 185",
            [
                ("Kamerstuk 35 510, nr. 4", "kst-35510-4"),
                ("Kamerstuk 30 950, nr. 185", "kst-30950-185"),
            ],
        ),
        (
            "Kamerstukken II 2019/20, 35300 VI, nr. 5, p. 3 en 35300 VII, nr. 6",
            [
                ("Kamerstukken II 2019/20, 35300 VI, nr. 5", "kst-35300-VI-5"),
                ("35300 VII, nr. 6", "kst-35300-VII-6"),
            ],
        ),
        (
            "Kamerstukken II 2019/20, 35 300, nr. 5; 2020/21, 35 570, nr. 3",
            [
                ("Kamerstukken II 2019/20, 35 300, nr. 5", "kst-35300-5"),
                ("2020/21, 35 570, nr. 3", "kst-35570-3"),
            ],
        ),
        ("(Trb. 2001, 18 en 173)", [("Trb. 2001, 18", "trb-2001-18"), ("173", "trb-2001-173")]),
        (
            "(Trb. 2002, 143 en Trb. 2003, 141)",
            [("Trb. 2002, 143", "trb-2002-143"), ("Trb. 2003, 141", "trb-2003-141")],
        ),
        ("Bijlage bij Kamerstuk 29 861, nr. 53.", [("Kamerstuk 29 861, nr. 53", "kst-29861-53")]),
        (
            "https://zoek.officielebekendmakingen.nl/kst-29861-70.html",
            [("kst-29861-70", "kst-29861-70")],
        ),
    ],
)
def test_lists_give_a_reference_each(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Kamerstuk 29 861, nr. 70, 24 maart 2021", "Kamerstuk 29 861, nr. 70"),
        ("Kamerstuk 29 861, nr. 70 en 12 andere brieven", "Kamerstuk 29 861, nr. 70"),
        ("Kamerstuk 29 861, nr. 70, p. 3", "Kamerstuk 29 861, nr. 70"),
        ("Kamerstuk 29 861, nr. 70, 2020)", "Kamerstuk 29 861, nr. 70"),
        ("Kamerstukken I 2014/15, 33802, C, p. 3", "Kamerstukken I 2014/15, 33802, C"),
        ("Stb. 2011, 35 en 12 besluiten", "Stb. 2011, 35"),
    ],
)
def test_a_number_behind_a_reference_is_no_reference(text: str, only: str) -> None:
    assert [words for words, _ in found(text)] == [only]


@pytest.mark.parametrize(
    "text",
    [
        "29 861 inwoners en 30 573 banen",
        "Kamerstuk 29 861 inwoners",
        "Kamerstuk 29 861",
        "Bel 070 318 2211 of 06-12345678",
        "€ 29.861,70 in 2020/21",
        "op 29-8-2021 of 2020-2021",
        "Stb. 374",
        "Stcrt. 2008, 54",
        "Stcrt. 2009, 115",
        "Stb. 2011, 35.000 euro",
        "Handelingen II 2010/11, nr. 108",
        "Handelingen II 2007/08, nr. 108, p. 7909",
        "De handelingen van 2010 tot 2011",
        "Kamerstuk 21501-33",
        "Kamerstuk 36600-V",
        "Kamerstukken II 2020/25, 29861, nr. 70",
        "Kamerstukken I 2009/10, 32123, A",
        "Kamerstukken 2002/03, 28475, B",
        "Kamerstuk 29 861, U krijgt",
        "stuk 29 861, nr. 70",
        "h-plan-van-aanpak en kst-x",
    ],
)
def test_what_is_no_reference_or_could_mean_two_things_is_left_alone(text: str) -> None:
    assert find_references(text) == ()


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("29861-70", ("kst-29861-70",)),
        ("29 861 nr 70", ("kst-29861-70",)),
        ("29.861, nr. 70", ("kst-29861-70",)),
        ("kamerstukken ii 2020/21,  29861,\nnr. 70, p. 3", ("kst-29861-70",)),
        ("kamerstukken i 2014/15, 33802, c, p. 3", ("kst-33802-C",)),
        ("31700 vi, nr. 4", ("kst-31700-VI-4",)),
        ("36600-vii-1", ("kst-36600-VII-1",)),
        ("KST-36836-D", ("kst-36836-D",)),
        ("stb 2011/35", ("stb-2011-35",)),
        ("Kamerstukken 19 637 en 30 573, nr. 2700", ("kst-19637-2700", "kst-30573-2700")),
        ("Kamerstuk 29861, nr. 70 en TK 29861-70", ("kst-29861-70",)),
        ("21501-33", ()),
        ("migratie", ()),
        ("", ()),
    ],
)
def test_a_typed_citation_may_be_careless(typed: str, ids: tuple[str, ...]) -> None:
    assert parse_reference(typed) == ids


def test_the_references_of_the_letter() -> None:
    # All that name a piece, in order, read by eye; "Kamerstuk 35 673" names only a dossier.
    assert [each.id for each in find_references(LETTER.read_text(encoding="utf-8"))] == [
        "kst-35300-81",
        "kst-35510-4",
        "kst-30950-185",
        "kst-30950-216",
        "kst-29861-53",
        "kst-29861-55",
        "kst-30995-98",
        "kst-35420-104",
        "kst-31293-571",
        "kst-31289-571",
        "kst-35570-VIII-174",
        "kst-28760-39",
        "kst-29544-834",
        "kst-29544-1029",
        "kst-19637-2700",
        "kst-30573-2700",
    ]


PIECES = st.sampled_from(
    [
        "Kamerstuk ",
        "Kamerstukken II ",
        "2020/21",
        "29 861",
        "29861",
        ", ",
        " en ",
        "nr. ",
        "nrs. ",
        "70",
        "VI",
        " ",
        "  ",
        "-",
        "–",
        ".",
        "kst-",
        "h-tk-",
        "20102011",
        "Stb. ",
        "2011, 35",
        "TK ",
        "Handelingen II ",
        "item 5",
        "p. ",
        "7909-7943",
        "A",
        "I",
        "\n",
        "\u00a0",
        "(",
        ")",
        "é",
        "U",
        "Aanhangsel van de Handelingen ",
        "21501-33",
        "t/m",
        "Stcrt. 2009, 1",
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join))
@example("Kamerstuk 29 861, nr. 70-71 en 29 861-72, p. 3-4; VI, nr. 3")
def test_references_are_in_order_apart_and_have_real_ids(text: str) -> None:
    at = 0
    for each in find_references(text):
        assert at <= each.start < each.end <= len(text)
        at = each.end
        named = read_id(each.id)
        assert named is not None
        assert named.id == each.id
    parse_reference(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_reference_does_not_depend_on_where_it_stands(before: str, after: str) -> None:
    text = f"{before} (Kamerstuk 29 861, nr. 70) {after}"
    places = [(each.start, each.end, each.id) for each in find_references(text)]
    assert (len(before) + 2, len(before) + 26, "kst-29861-70") in places


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(PIECES, PIECES, PIECES)
@example("Kamerstuk ", "29 861", " en ")
@example("Kamerstuk 29 861, nrs. 1", ", 2", " ")
@example("1", "2", " ")
@example("kst-", "kst-", "1")
def test_time_is_linear_on_hostile_runs(first: str, second: str, third: str) -> None:
    for text in (first + second * 60_000 + third, (first + second + third) * 40_000):
        begun = time.process_time()
        find_references(text)
        # A quadratic reading of 60,000 pieces takes minutes.
        assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Kamerstukken II 2020/21, 29861, nr. 70, p. 12", "12"),
        ("Kamerstukken II 2020/21, 29861, nr. 70, blz. 12–14", "12-14"),
        ("kst-29861-70, p. 3", "3"),
        ("Aanhangsel Handelingen II 2014/15, nr. 12, p. 2", "2"),
        ("Handelingen II 2010/11, nr. 108, item 5, p. 25-36", "25-36"),
        ("Handelingen II 2011/12, 13-7-25", "25"),
        ("Handelingen II 2009/10, nr. 21, p. 1735-1740", "1735-1740"),
        ("Stb. 2011, 35, p. 4", "4"),
        ("Kamerstukken II 2020/21, 29861, nr. 70", ""),
    ],
)
def test_page_after_a_reference_is_known(text: str, page: str) -> None:
    (reference,) = find_references(f"Zie {text}.")
    assert reference.page == page


def test_page_is_that_of_the_last_piece_before_it() -> None:
    text = "Kamerstukken II 2020/21, 29861, nrs. 70 en 71, p. 3, en 35 680, nr. 4, p. 5"
    assert [(each.id, each.page) for each in find_references(text)] == [
        ("kst-29861-70", ""),
        ("kst-29861-71", "3"),
        ("kst-35680-4", "5"),
    ]


@pytest.mark.parametrize(
    ("text", "annex"),
    [
        ("Bijlage bij Kamerstukken II 2015/16, 34389, nr. 9", True),
        ("De bijlage bij Kamerstuk 34389, nr. 9", True),
        ("Bijlage 2 bij Kamerstuk 34389, nr. 9", True),
        ("Kamerstuk 34389, nr. 9", False),
        ("Zie de bijlage en Kamerstuk 34389, nr. 9", False),
    ],
)
def test_annex_to_a_piece_is_told_from_the_piece(text: str, annex: bool) -> None:
    assert [each.is_annex for each in find_references(text)] == [annex]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Kamerstuk 35 680, nrs. 1 t/m 3", "1 2 3"),
        ("Kamerstuk 35 680, nrs. 1, 4 t/m 6 en 9", "1 4 5 6 9"),
        ("Kamerstuk 35 680, nrs. 5-7", "5 6 7"),
        ("35680 nrs 8 tot en met 10", "8 9 10"),
        ("Kamerstuk 35 680, nrs. 1 t/m 100", " ".join(map(str, range(1, 101)))),
        ("Kamerstuk 35 680, nrs. 1 t/m 101", "1 101"),
        ("Kamerstuk 35 680, nrs. 1 en 3", "1 3"),
    ],
)
def test_typed_range_gives_each_piece(text: str, numbers: str) -> None:
    assert parse_reference(text) == tuple(f"kst-35680-{each}" for each in numbers.split())
