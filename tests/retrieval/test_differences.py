"""The words in which two nearly equal texts differ."""

from __future__ import annotations

import pytest

from search.retrieval.differences import contrast

BEREID = "Het kabinet is bereid dit in het najaar te doen."


@pytest.mark.parametrize(
    ("one", "other", "here", "there"),
    [
        (BEREID, BEREID.replace("is", "is niet"), "is bereid", "is niet bereid"),
        (BEREID.replace("is", "is niet"), BEREID, "is niet bereid", "is bereid"),
        (BEREID, BEREID.replace("kabinet", "kabinet-Rutte"), "kabinet", "kabinet-Rutte"),
        (BEREID, BEREID.replace("najaar", "voorjaar"), "najaar", "voorjaar"),
        ("Het zijn er 1.600 per jaar.", "Het zijn er 1.700 per jaar.", "1.600", "1.700"),
        (
            BEREID,
            BEREID.replace("kabinet", "college").replace("najaar", "voorjaar"),
            "kabinet … najaar",
            "college … voorjaar",
        ),
        # What stands before and after is where the other passage begins and ends.
        (BEREID, f"Eerst dit. {BEREID.replace('bereid', 'klaar')} Dan dat.", "bereid", "klaar"),
        (BEREID, f"{BEREID.replace('doen', 'laten')} En nog veel meer.", "doen", "laten"),
        (
            "Eerst. Het kabinet wil dit.",
            "Het kabinet wil dit. Later.",
            "Eerst. Het … dit",
            "Het … dit. Later",
        ),
    ],
)
def test_the_words_that_differ(one: str, other: str, here: str, there: str) -> None:
    found = contrast(one, other)
    assert found is not None
    assert (found.here, found.there) == (here, there)


def test_equal_words_do_not_differ() -> None:
    assert contrast(BEREID, BEREID.upper().replace(".", " !")) is None
    assert contrast("", "") is None


def test_the_place_is_that_in_the_other_text() -> None:
    other = f"Eerst dit. {BEREID.replace('najaar', 'voorjaar')}"
    found = contrast(BEREID, other)
    assert found is not None
    assert other[found.start :].startswith("voorjaar")


def test_many_and_long_differences_are_cut() -> None:
    one = " ".join(f"w{i} x y z" for i in range(6))
    other = " ".join(f"v{i} x y z" for i in range(6))
    found = contrast(one, other)
    assert found is not None
    assert found.here == "w0 … w1 … w2 …"
    long = contrast("a b " + "c " * 30 + "d e", "a b " + "f " * 30 + "d e")
    assert long is not None
    assert long.there == "f " * 12 + "…"


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("a", ""), ("", "b")])
def test_texts_with_nothing_in_common(one: str, other: str) -> None:
    found = contrast(one, other)
    assert found is not None
    assert (found.here, found.there) == (one, other)
