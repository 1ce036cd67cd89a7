"""The client asks known hosts only, slowly, with patience and with limits."""

from __future__ import annotations

import gzip
import re
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from tests.sources.service import Answer, FakeTime, Service, serving

from search.errors import SourceError
from search.sources import Client, SourceSettings

PLACE = "/frbr/stuk"


def test_answer_is_given_whole_and_the_asker_is_named(service: Service, client: Client) -> None:
    service.tell(PLACE, Answer(body=b"tekst"))
    reply = client.get(service.base + PLACE, {"a": "b c", "n": 1})
    assert (reply.content, reply.url) == (b"tekst", f"{service.base}{PLACE}?a=b+c&n=1")
    assert re.fullmatch(
        r"Kamerwijzer/\d[\w.]* \(\+lokale installatie\)", service.asked[0].headers["User-Agent"]
    )


def test_requests_are_half_a_second_apart(service: Service, client: Client, time: FakeTime) -> None:
    service.always(PLACE, Answer(body=b"tekst"))
    for _ in range(5):
        client.get(service.base + PLACE)
    assert time.sleeps == [0.5] * 4


def test_rate_is_a_setting(service: Service, time: FakeTime) -> None:
    service.always(PLACE, Answer(body=b"tekst"))
    with service.client(time, replace(service.settings(), per_second=0.25)) as client:
        client.get(service.base + PLACE)
        client.get(service.base + PLACE)
    assert time.sleeps == [4.0]


def test_pauses_grow_until_the_service_answers(
    service: Service, client: Client, time: FakeTime
) -> None:
    service.tell(PLACE, Answer(500), Answer(502), Answer(503), Answer(body=b"tekst"))
    assert client.get(service.base + PLACE).content == b"tekst"
    assert time.sleeps == [1.0, 2.0, 4.0]


def test_retry_after_in_seconds_is_obeyed(service: Service, client: Client, time: FakeTime) -> None:
    service.tell(PLACE, Answer(429, headers={"Retry-After": "17"}), Answer(body=b"tekst"))
    assert client.get(service.base + PLACE).content == b"tekst"
    assert time.sleeps == [17.0]


def test_long_pause_is_told(service: Service, time: FakeTime) -> None:
    told: list[str] = []
    service.tell(PLACE, Answer(429), Answer(429, headers={"Retry-After": "20"}), Answer(body=b"x"))
    with Client(service.settings(), message=told.append, sleep=time.sleep) as client:
        client.get(service.base + PLACE)
    assert told == ["127.0.0.1 antwoordt met fout 429; over 20 seconden weer."]


def test_password_of_the_user_is_not_sent(
    service: Service, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("default login iemand password geheim\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    service.tell(PLACE, Answer(body=b"tekst"))
    client.get(service.base + PLACE)
    assert "Authorization" not in service.asked[0].headers


def test_message_holds_nothing_that_moves_the_cursor(service: Service, client: Client) -> None:
    service.tell(PLACE, Answer(302, headers={"Location": "https://\x1b[2Jx.example/"}))
    with pytest.raises(SourceError) as caught:
        client.get(service.base + PLACE)
    assert "\x1b" not in str(caught.value)


def test_retry_after_as_a_moment_is_obeyed(
    service: Service, client: Client, time: FakeTime
) -> None:
    # The test's clock stands at 12:00:00.
    late = {"Retry-After": "Thu, 01 Jan 2026 12:00:40 GMT"}
    service.tell(PLACE, Answer(503, headers=late), Answer(body=b"tekst"))
    assert client.get(service.base + PLACE).content == b"tekst"
    assert time.sleeps == [40.0]


@pytest.mark.parametrize("said", ["", "straks", "-5", "Thu, 99 Foo 2026"])
def test_retry_after_that_says_nothing_leaves_the_usual_pause(
    service: Service, client: Client, time: FakeTime, said: str
) -> None:
    service.tell(PLACE, Answer(429, headers={"Retry-After": said}), Answer(body=b"tekst"))
    client.get(service.base + PLACE)
    assert time.sleeps == [1.0]


def test_service_that_asks_for_an_hour_is_left_alone(
    service: Service, client: Client, time: FakeTime
) -> None:
    service.always(PLACE, Answer(429, headers={"Retry-After": "3600"}))
    for _ in range(2):
        with pytest.raises(SourceError, match="60 minuten"):
            client.get(service.base + PLACE)
    assert len(service.asked) == 1
    assert time.sleeps == []


def test_it_gives_up_after_five_attempts_and_leaves_a_dead_host_alone(
    service: Service, client: Client
) -> None:
    service.always(PLACE, Answer(503))
    for _ in range(3):
        with pytest.raises(SourceError, match="5 keer geprobeerd"):
            client.get(service.base + PLACE)
    assert len(service.asked) == 15
    with pytest.raises(SourceError, match="overgeslagen"):
        client.get(service.base + PLACE)
    assert len(service.asked) == 15


def test_error_with_one_file_is_no_outage(service: Service, client: Client) -> None:
    service.always(PLACE, Answer(500))
    for number in range(1, 5):
        with pytest.raises(SourceError, match="fout 500"):
            client.get(service.base + PLACE)
        assert len(service.asked) == 5 * number


def test_connection_that_breaks_halfway_is_tried_again(
    service: Service, client: Client, time: FakeTime
) -> None:
    service.tell(PLACE, Answer(body=b"x" * 100_000, broken=True), Answer(body=b"x" * 100_000))
    assert client.get(service.base + PLACE).content == b"x" * 100_000
    assert time.sleeps == [1.0]
    service.always(PLACE, Answer(body=b"x" * 1000, broken=True))
    with pytest.raises(SourceError, match="halverwege"):
        client.get(service.base + PLACE)


def test_host_that_is_not_there_is_unreachable(time: FakeTime) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{free.getsockname()[1]}"
    with (
        Client(SourceSettings(sru=place), sleep=time.sleep, clock=time.clock) as client,
        pytest.raises(SourceError, match="niet bereikbaar"),
    ):
        client.get(place)
    assert time.sleeps == [1.0, 2.0, 4.0, 8.0]


def test_service_that_says_nothing_is_not_waited_for(time: FakeTime) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"http://127.0.0.1:{silent.getsockname()[1]}"
        settings = SourceSettings(sru=place, silent_seconds=0.05, attempts=2)
        with (
            Client(settings, sleep=time.sleep, clock=time.clock) as client,
            pytest.raises(SourceError, match="niet op tijd"),
        ):
            client.get(place)


def test_slow_answer_is_broken_off(service: Service) -> None:
    class Hasty(FakeTime):
        def clock(self) -> float:
            self.passed += 400
            return self.passed

    service.always(PLACE, Answer(body=b"x" * 200_000))
    with service.client(Hasty()) as client, pytest.raises(SourceError, match="te langzaam"):
        client.get(service.base + PLACE)


@pytest.mark.parametrize(
    ("status", "said"), [(404, "kent het niet"), (410, "kent het niet"), (403, "fout 403")]
)
def test_other_errors_are_not_tried_again(
    service: Service, client: Client, time: FakeTime, status: int, said: str
) -> None:
    service.always(PLACE, Answer(status))
    with pytest.raises(SourceError, match=said):
        client.get(service.base + PLACE)
    assert time.sleeps == []


@pytest.mark.parametrize("unsized", [False, True])
def test_file_that_is_too_large_is_refused(service: Service, time: FakeTime, unsized: bool) -> None:
    settings = replace(service.settings(), most_bytes=1_000_000)
    with service.client(time, settings) as client:
        service.tell(PLACE, Answer(body=b"x" * 1_000_000, unsized=unsized))
        assert len(client.get(service.base + PLACE).content) == 1_000_000
        service.tell(PLACE, Answer(body=b"x" * 1_000_001, unsized=unsized))
        with pytest.raises(SourceError, match="groter dan 1 MB"):
            client.get(service.base + PLACE)
    assert time.sleeps == [0.5]


def test_size_is_counted_unpacked(service: Service, time: FakeTime) -> None:
    settings = replace(service.settings(), most_bytes=1_000_000)
    packed = Answer(body=gzip.compress(b"x" * 5_000_000), headers={"Content-Encoding": "gzip"})
    assert len(packed.body) < 10_000
    service.tell(PLACE, packed)
    with service.client(time, settings) as client, pytest.raises(SourceError, match="groter"):
        client.get(service.base + PLACE)


def test_redirect_within_the_known_hosts_is_followed(service: Service, client: Client) -> None:
    service.tell(PLACE, Answer(301, headers={"Location": "/ander?x=1"}))
    service.tell("/ander", Answer(body=b"tekst"))
    reply = client.get(service.base + PLACE, {"a": "b"})
    assert (reply.content, reply.url) == (b"tekst", f"{service.base}/ander?x=1")
    assert service.asked[1].query == {"x": "1"}


def test_redirect_to_another_host_is_refused_unasked(service: Service, client: Client) -> None:
    with serving() as foreign:
        service.tell(PLACE, Answer(302, headers={"Location": f"{foreign.base}/lokaas"}))
        with pytest.raises(SourceError, match="geen bekende officiële bron"):
            client.get(service.base + PLACE)
        assert foreign.asked == []


def test_redirects_end(service: Service, client: Client) -> None:
    service.always(PLACE, Answer(302, headers={"Location": PLACE}))
    with pytest.raises(SourceError, match="blijft doorverwijzen"):
        client.get(service.base + PLACE)
    assert len(service.asked) == 6


@pytest.mark.parametrize(
    ("url", "admitted"),
    [
        ("https://repository.overheid.nl/frbr/x", "https://repository.overheid.nl/frbr/x"),
        (
            "http://zoek.officielebekendmakingen.nl/a?b=c",
            "https://zoek.officielebekendmakingen.nl/a?b=c",
        ),
        ("https://OpenData.TweedeKamer.nl:443/x", "https://opendata.tweedekamer.nl/x"),
        ("https://overheid.nl/", "https://overheid.nl/"),
    ],
)
def test_official_hosts_are_known(url: str, admitted: str) -> None:
    with Client(SourceSettings()) as client:
        assert client.admit(url) == admitted


@pytest.mark.parametrize(
    "url",
    [
        "https://nepoverheid.nl/x",
        "https://overheid.nl.example.org/x",
        "https://example.org/overheid.nl",
        "https://overheid.nl@example.org/x",
        "https://iemand:geheim@repository.overheid.nl/x",
        "https://repository.overheid.nl:8443/x",
        "http://127.0.0.1/x",
        "http://169.254.169.254/latest",
        "ftp://repository.overheid.nl/x",
        "file:///etc/passwd",
        "https://[::1/x",
        "https://repository.overheid.nl:x/",
        "kst-1",
        "",
    ],
)
def test_other_hosts_are_not(url: str) -> None:
    with Client(SourceSettings()) as client, pytest.raises(SourceError):
        client.admit(url)
