"""Where an index is kept, as a user writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.errors import UsageError
from search.records import is_database, read_location
from search.settings import index_setting, setting


@pytest.mark.parametrize(
    "address", ["postgresql://user@server/kamerwijzer", "postgres://server:5433/kamerwijzer"]
)
def test_an_address_is_a_database(address: str) -> None:
    assert read_location(address) == address
    assert is_database(read_location(address))


@pytest.mark.parametrize("text", ["index", "./postgresql", "/srv/index", "http://server/"])
def test_anything_else_is_a_folder(text: str) -> None:
    assert read_location(text) == Path(text)
    assert not is_database(read_location(text))


def test_a_database_of_the_settings_goes_before_the_folder() -> None:
    url = "postgresql://server/kamerwijzer"
    assert index_setting({}) == "index"
    assert index_setting({"KAMERWIJZER_INDEX": "map"}) == "map"
    both = {"KAMERWIJZER_INDEX": "map", "KAMERWIJZER_DATABASE_URL": url}
    assert index_setting(both) == url


def test_what_is_no_address_of_a_database_is_refused() -> None:
    said = {"KAMERWIJZER_DATABASE_URL": "mysql://jan:geheim@server/x"}
    with pytest.raises(UsageError, match=r"KAMERWIJZER_DATABASE_URL.*postgresql://") as refused:
        setting("database_url", said)
    assert "geheim" not in str(refused.value)
