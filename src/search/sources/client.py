"""Asks the official services politely: known hosts only, slowly, with patience and with limits."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from search.errors import SourceError
from search.sources.listing import clean_listed
from search.sources.settings import SourceSettings, origin_of

if TYPE_CHECKING:
    from requests import Response, Session
    from requests.models import PreparedRequest

__all__ = ["Client", "Reply"]

_FAMILIES = ("officielebekendmakingen.nl", "overheid.nl", "tweedekamer.nl")
"""Of these, every host is known."""
_MOVED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 502, 503, 504})
_AGAIN = _BUSY | {500}
_MOST_REDIRECTS = 5
_PIECE = 65_536
_LONG_PAUSE = 5.0
"""Seconds from which a user wants to know why nothing happens."""
_MOST_OUTAGES = 3
"""After so many requests in a row that a host did not answer, it is left alone in this run."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered: the bytes, and the address that gave them."""

    content: bytes
    url: str


class _Again(Exception):
    """One attempt failed in a way that may pass."""

    def __init__(self, reason: str, pause: float | None = None, *, outage: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.pause, self.outage = reason, pause, outage


class Client:
    """Asks the official services, and no other host.

    Requests are spread in time (`settings.per_second`); what fails in a way that may pass is tried
    again, after pauses that grow, or after the time for which the service asks (Retry-After, RFC
    9110 §10.2.3). A long pause is told to `message`. `sleep`, `clock` (seconds, growing) and `now`
    are given by tests.
    """

    def __init__(
        self,
        settings: SourceSettings,
        *,
        message: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings
        self._message, self._sleep, self._clock, self._now = message, sleep, clock, now
        self._next = clock()
        self._outages: dict[str, int] = {}
        self._closed: dict[str, str] = {}
        self._origins = settings.origins
        self._session = _session(settings)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def get(self, url: str, params: Mapping[str, str | int] | None = None) -> Reply:
        """Give the answer to a request, following redirects to known hosts.

        Raises SourceError when the service does not answer, when the host is not a known one, and
        when the answer is an error or too large.
        """
        host = urlsplit(url).hostname or ""
        if host in self._closed:
            raise SourceError(self._closed[host])
        pause = self.settings.first_pause
        for attempt in count(1):
            try:
                reply = self._follow(url, params)
            except _Again as failure:
                wait = max(pause, failure.pause or 0.0)
                self._stop_or_go_on(host, failure, attempt, wait)
                if wait >= _LONG_PAUSE:
                    self._message(f"{host} {failure.reason}; over {wait:.0f} seconden weer.")
                self._sleep(wait)
                pause = min(2 * pause, self.settings.longest_pause)
            else:
                break
        self._outages.pop(host, None)
        return reply

    def _stop_or_go_on(self, host: str, failure: _Again, attempt: int, wait: float) -> None:
        """Raise SourceError where trying again after `wait` seconds is of no use now."""
        if wait > self.settings.longest_pause:
            minutes = f"{wait / 60:.0f} minuten"
            self._closed[host] = f"{host} vraagt om {minutes} te wachten. Probeer het dan weer."
            raise SourceError(self._closed[host]) from failure
        if attempt < self.settings.attempts:
            return
        tried = f"{self.settings.attempts} keer geprobeerd"
        if not failure.outage:
            raise SourceError(f"{host} {failure.reason} ({tried}).") from failure
        self._outages[host] = self._outages.get(host, 0) + 1
        if self._outages[host] >= _MOST_OUTAGES:
            self._closed[host] = f"{host} is niet bereikbaar en wordt deze keer overgeslagen."
        raise SourceError(
            f"{host} {failure.reason} ({tried}). Probeer het later weer."
        ) from failure

    def admit(self, url: str) -> str:
        """Give an address as it may be asked: with https, but for a configured local service.

        Raises SourceError when its host is not a known one.
        """
        try:
            scheme, host, port = origin = origin_of(url)
            parts = urlsplit(url)
        except ValueError:
            raise SourceError(f"‘{clean_listed(url)[:200]}’ is geen webadres.") from None
        if not parts.username and not parts.password:
            if origin in self._origins:
                return url
            ours = any(host == each or host.endswith(f".{each}") for each in _FAMILIES)
            if ours and (scheme, port) in (("http", 80), ("https", 443)):
                return parts._replace(scheme="https", netloc=host).geturl()
        raise SourceError(
            f"{clean_listed(host)[:200]} is geen bekende officiële bron; "
            "het adres wordt niet gevolgd."
        )

    def _follow(self, url: str, params: Mapping[str, str | int] | None) -> Reply:
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._send(self.admit(url), params)
            with answer:
                if answer.status_code not in _MOVED:
                    return Reply(self._read(answer), answer.url)
                place = answer.headers.get("Location", "")
                try:
                    # The parameters are in the address that the service gives.
                    url, params = urljoin(answer.url, place), None
                except ValueError:
                    raise SourceError(f"‘{clean_listed(place)[:200]}’ is geen webadres.") from None
        raise SourceError(f"{urlsplit(url).hostname} blijft doorverwijzen.")

    def _send(self, url: str, params: Mapping[str, str | int] | None) -> Response:
        import requests

        waiting = self._next - self._clock()
        if waiting > 0:
            self._sleep(waiting)
        self._next = max(self._next, self._clock()) + 1 / self.settings.per_second
        limits = (self.settings.connect_seconds, self.settings.silent_seconds)
        try:
            return self._session.get(
                url, params=params, stream=True, allow_redirects=False, timeout=limits
            )
        except requests.Timeout as error:
            raise _Again("antwoordt niet op tijd") from error
        except requests.exceptions.SSLError as error:
            raise SourceError(
                f"De beveiliging van {urlsplit(url).hostname} kan niet worden vertrouwd."
            ) from error
        except requests.ConnectionError as error:
            raise _Again("is niet bereikbaar") from error
        except requests.RequestException as error:
            raise SourceError(f"‘{clean_listed(url)[:200]}’ kan niet worden gevraagd.") from error

    def _read(self, answer: Response) -> bytes:
        """Read an answer's body, up to the limits of size and time."""
        import requests

        host, status = urlsplit(answer.url).hostname, answer.status_code
        if status in _AGAIN:
            wait = self._asked_pause(answer.headers.get("Retry-After", ""))
            raise _Again(f"antwoordt met fout {status}", wait, outage=status in _BUSY)
        if status in (404, 410):
            raise SourceError(f"{host} kent het niet (fout {status}).")
        if status != 200:
            raise SourceError(f"{host} antwoordt met fout {status}.")
        most, late = self.settings.most_bytes, self._clock() + self.settings.file_seconds
        announced = answer.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > most:
            raise SourceError(_too_large(most))
        pieces, size = [], 0
        try:
            for piece in answer.iter_content(_PIECE):
                pieces.append(piece)
                size += len(piece)
                if size > most:
                    raise SourceError(_too_large(most))
                if self._clock() > late:
                    raise _Again("antwoordt te langzaam")
        except requests.RequestException as error:
            raise _Again("brak het antwoord halverwege af") from error
        return b"".join(pieces)

    def _asked_pause(self, text: str) -> float | None:
        """Read Retry-After: seconds, or a moment. None when the service does not say."""
        text = text.strip()
        if text.isascii() and text.isdecimal():
            return float(text)
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - self._now()).total_seconds())


def _too_large(most: int) -> str:
    return f"Het bestand is groter dan {most / 1e6:.0f} MB; zo groot kan niet."


def _session(settings: SourceSettings) -> Session:
    import requests

    class OneAnswer(requests.Session):
        """Leaves a redirect to us, and does not even read where it leads."""

        def get_redirect_target(self, resp: Response) -> None:  # noqa: ARG002
            return None

    session = OneAnswer()
    try:
        number = version("kamerwijzer")
    except PackageNotFoundError:
        number = "0"
    session.headers["User-Agent"] = f"Kamerwijzer/{number} (+{settings.contact})"
    # Without this a password that the user keeps in ~/.netrc could be sent along.
    session.auth = _nobody
    return session


def _nobody(request: PreparedRequest) -> Any:
    return request
