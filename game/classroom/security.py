"""What keeps strangers out and pupils apart: tokens, hosts, headers, limits."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

LARGEST_MESSAGE = 65_536
AUTH_SECONDS = 5.0
WAITING = 400
"""Connections that have not yet said who they are; more are turned away at once."""
FREE_GUESSES, FIRST_PAUSE, LONGEST_PAUSE, FORGET = 5, 0.05, 2.0, 60.0
MESSAGE_RATE, MESSAGE_BURST = 0.5, 4.0
"""Messages a second that a seat may write to others: each is shown on their pages at once."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
RATE, BURST = 20.0, 60.0
"""Messages a second of one seat, and how many it may save up."""


def new_token() -> str:
    return secrets.token_urlsafe(16)


def new_pin() -> str:
    return f"{secrets.randbelow(900_000) + 100_000}"


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(given: str, known: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell how alike they are."""
    return hmac.compare_digest(given.encode(), known.encode())


def headers(host: str) -> dict[str, str]:
    """The headers of every answer. host: as checked against the allow-list, or ""."""
    sockets = f" ws://{host}" if host else ""
    policy = (
        f"default-src 'self'; connect-src 'self'{sockets}; img-src 'self' data:; style-src 'self'; script-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }


def host_of(header: str) -> str:
    """The host name in a Host header, small, without its port."""
    text = header.strip().lower()
    if text.startswith("["):
        return text.partition("]")[0] + "]"
    return text.partition(":")[0]


class Hosts:
    """The names under which the server may be addressed (a foreign name is DNS rebinding)."""

    def __init__(self, names: Iterable[str], port: int) -> None:
        self.names = frozenset(name.lower() for name in names)
        self.port = port

    def allows(self, header: str) -> bool:
        rest = header.strip().lower().removeprefix(host_of(header))
        return host_of(header) in self.names and rest in ("", f":{self.port}")

    def same_origin(self, origin: str | None, host: str) -> bool:
        """Whether a socket was opened by a page of this server."""
        return origin is not None and origin.strip().lower() == f"http://{host.strip().lower()}"


@dataclass
class Bucket:
    """A rate limit: `take` is False when too much came at once. rate: in a second; burst: what may be saved up."""

    clock: Callable[[], float] = time.monotonic
    rate: float = RATE
    burst: float = BURST
    left: float = field(init=False)
    last: float = field(default=-1.0, init=False)

    def __post_init__(self) -> None:
        self.left = self.burst

    def take(self) -> bool:
        now = self.clock()
        if self.last >= 0:
            self.left = min(self.burst, self.left + (now - self.last) * self.rate)
        self.last = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


class Guesses:
    """PIN checks, slower with every wrong one: nobody is refused, a school that shares an address least of all.

    After `FREE_GUESSES` wrong ones from an address its checks stand in a line, and each takes twice as long as the
    one before, up to `LONGEST_PAUSE` seconds. Half of what was wrong is forgotten each minute.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._wrong: dict[str, tuple[float, float]] = {}
        self._lines: dict[str, asyncio.Lock] = {}
        self.total = 0

    def wrong(self, address: str) -> float:
        """Wrong guesses of an address that still count."""
        count, when = self._wrong.get(address, (0.0, 0.0))
        return float(count * 0.5 ** ((self.clock() - when) / FORGET))

    def delay(self, address: str) -> float:
        """Seconds that the next check takes."""
        over = self.wrong(address) - FREE_GUESSES
        return 0.0 if over < 0 else float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(over, 30)))

    async def check(self, address: str, given: str, pin: str) -> bool:
        if self.delay(address):
            async with self._lines.setdefault(address, asyncio.Lock()):
                await asyncio.sleep(self.delay(address))
                return self._judge(address, given, pin)
        return self._judge(address, given, pin)

    def _judge(self, address: str, given: str, pin: str) -> bool:
        if same(given, pin):
            return True
        self._wrong[address] = (self.wrong(address) + 1, self.clock())
        self.total += 1
        return False


def cell(text: object) -> str:
    """A CSV cell that no spreadsheet takes for a formula. A number stays one, so that it can be added up."""
    shown = str(text)
    if _NUMBER.fullmatch(shown):
        return shown
    return f"'{shown}" if shown[:1] in "=+-@\t\r" and shown[:1] else shown
