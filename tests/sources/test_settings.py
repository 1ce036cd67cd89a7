"""Where the services are: the official ones, or those that the user names."""

from __future__ import annotations

import pytest

from search.errors import UsageError
from search.settings import Settings
from search.sources import SourceSettings, source_settings


def test_without_settings_the_official_services_are_asked_twice_a_second() -> None:
    settings = source_settings(Settings())
    assert settings == SourceSettings()
    assert settings.sru == "https://repository.overheid.nl/sru"
    assert settings.odata == "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0/"
    assert settings.repository == "https://zoek.officielebekendmakingen.nl/"
    assert settings.per_second == 2.0


def test_settings_are_read() -> None:
    said = Settings.read(
        environment={
            "KAMERWIJZER_SRU": "http://127.0.0.1:8080/sru/",
            "KAMERWIJZER_ODATA": "http://localhost:8080/odata",
            "KAMERWIJZER_REPOSITORY": "https://spiegel.example.org/op",
            "KAMERWIJZER_CONTACT": "redactie@example.org",
            "KAMERWIJZER_REQUESTS_PER_SECOND": "0,5",
            "KAMERWIJZER_FILE_MB": "7",
        }
    )
    settings = source_settings(said)
    assert settings.sru == "http://127.0.0.1:8080/sru"
    assert settings.odata == "http://localhost:8080/odata/"
    assert settings.repository == "https://spiegel.example.org/op/"
    assert (settings.contact, settings.per_second) == ("redactie@example.org", 0.5)
    assert settings.most_bytes == 7_000_000
    assert settings.origins == {
        ("http", "127.0.0.1", 8080),
        ("http", "localhost", 8080),
        ("https", "spiegel.example.org", 443),
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KAMERWIJZER_SRU", "http://repository.overheid.nl/sru"),
        ("KAMERWIJZER_SRU", "repository.overheid.nl"),
        ("KAMERWIJZER_ODATA", "ftp://127.0.0.1/"),
        ("KAMERWIJZER_ODATA", "https://127.0.0.1:honderd/"),
        ("KAMERWIJZER_REPOSITORY", "https://a:b@example.org/"),
        ("KAMERWIJZER_REPOSITORY", "https://example.org/?x=1"),
        ("KAMERWIJZER_CONTACT", "ik\r\nX-Kop: 1"),
        ("KAMERWIJZER_CONTACT", "ik)"),
        ("KAMERWIJZER_REQUESTS_PER_SECOND", "0"),
        ("KAMERWIJZER_REQUESTS_PER_SECOND", "21"),
        ("KAMERWIJZER_FILE_MB", "0"),
        ("KAMERWIJZER_FILE_MB", "veel"),
        ("KAMERWIJZER_REQUESTS_PER_SECOND", "nan"),
        ("KAMERWIJZER_REQUESTS_PER_SECOND", "snel"),
    ],
)
def test_what_can_not_be_used_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=name):
        Settings.read(environment={name: value})
