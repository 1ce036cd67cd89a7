"""Elements are interleaved with a text whether or not they nest, and the text is unchanged."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from search.records import Span
from search.ui.interleave import Layer, SpanElement, interleave

TEXT = "aa <b> & cc"


def element(start: int, end: int, name: str) -> SpanElement:
    """Make an element of a name around a span."""
    return SpanElement(Span(start, end), Markup("<{}>").format(name), Markup("</{}>").format(name))


def test_text_without_elements_is_escaped() -> None:
    assert interleave(TEXT, 40, ()) == "aa &lt;b&gt; &amp; cc"


def test_an_inner_element_is_split_by_the_edge_of_an_outer_one() -> None:
    layers = (Layer([element(2, 5, "m")]), Layer([element(0, 3, "s"), element(4, 6, "s")]))
    assert interleave("abcdef", 0, layers) == "<s>ab</s><m><s>c</s>d<s>e</s></m><s>f</s>"


def test_inserts_come_before_an_edge_and_never_in_a_link() -> None:
    layers = (Layer([element(0, 4, "m")]), Layer(), Layer([element(2, 6, "a")]))
    inserts = {3: Markup("[1]"), 4: Markup("[2]"), 6: Markup("[3]")}
    assert interleave("abcdef", 0, layers, inserts) == (
        "<m>ab<a>c</a>[1]<a>d</a>[2]</m><a>ef</a>[3]"
    )


def test_elements_are_clipped_to_the_run() -> None:
    layer = Layer([element(0, 12, "m"), element(12, 14, "n"), element(20, 30, "o")])
    assert interleave("abcd", 10, (layer,)) == "<m>ab</m><n>cd</n>"


def test_an_element_that_overlaps_an_earlier_one_of_its_layer_is_left_out() -> None:
    layer = Layer([element(1, 2, "o"), element(0, 2, "m"), element(2, 2, "p"), element(2, 3, "n")])
    assert interleave("abc", 0, (layer,)) == "<m>ab</m><n>c</n>"


SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=6)


@given(outer=SPANS, inner=SPANS, link=SPANS, places=st.sets(st.integers(-1, 13)))
def test_tags_nest_and_the_text_is_unchanged(
    outer: list[tuple[int, int]],
    inner: list[tuple[int, int]],
    link: list[tuple[int, int]],
    places: set[int],
) -> None:
    layers = [
        Layer(element(start, end, name) for start, end in spans)
        for name, spans in (("m", outer), ("s", inner), ("a", link))
    ]
    html = interleave(TEXT, 0, layers, dict.fromkeys(places, Markup("<x></x>")))
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w)>", html):
        if closing:
            assert opened.pop() == name
        else:
            assert name not in opened
            assert name != "x" or "a" not in opened
            opened.append(name)
    assert opened == []
    assert unescape(re.sub(r"</?\w>", "", html)) == TEXT
    assert html.count("<x>") == len([place for place in places if 0 <= place <= len(TEXT)])
