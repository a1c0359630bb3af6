"""A class begun, gone on with, or deleted; the addresses under which it is reached."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from game.classroom.klass import Klass
from game.classroom.records import Begun, Entry, Expected, PinMade, TeacherLink
from game.classroom.seats import Place
from game.classroom.security import digest, new_pin, new_token
from game.classroom.store import Journal, StoreError, class_names, class_path
from game.scenario import Scenario, ScenarioError
from game.session import SaveError, known_of, known_texts
from game.session.save import pack, unpack
from game.text import _

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
PORT = 8460


@dataclass(frozen=True)
class Opened:
    """A class that is open. token: the teacher's, shown once."""

    name: str
    klass: Klass
    journal: Journal
    token: str


def begin(
    scenario: Scenario, worlds: int, places: list[Place], folder: Path | None = None, seed: int | None = None
) -> Opened:
    """A new class, written before it is shown. Raises StoreError."""
    name = f"{scenario.id}-{time.strftime('%Y%m%d')}-{secrets.token_hex(2)}"
    journal = Journal(class_path(name, folder), new=True)
    luck = secrets.randbits(48) if seed is None else seed
    begun = Begun(
        scenario=scenario.id,
        files=pack(dict(scenario.text)),
        seed=luck,
        worlds=worlds,
        places=[Expected(**vars(place)) for place in places],
    )
    klass = Klass(scenario, known_of(scenario).ruleset, luck, worlds, places)
    token = new_token()
    first = (PinMade(pin=new_pin()), TeacherLink(hash=digest(token), projector=False))
    # All together: a class without its PIN and its teacher's link could not be used.
    journal.write([begun, *first])
    _follow(klass, first)
    return Opened(name, klass, journal, token)


def resume(name: str, folder: Path | None = None) -> Opened:
    """A class as its journal left it: by its name, or the newest of a scenario, or of all (""). Raises StoreError."""
    kept = class_names(folder)
    if not kept:
        raise StoreError(_("No class has been kept."))
    if name not in kept:
        name = next((one for one in kept if not name or one.rsplit("-", 2)[0] == name), name)
    path = class_path(name, folder)
    if not path.exists():
        held = ", ".join(class_names(folder)) or _("none")
        raise StoreError(_("There is no class '{name}'. Kept are: {known}.").format(name=name, known=held))
    journal = Journal(path)
    begun = journal.begun()
    entries = journal.entries()[1:]
    try:
        known = known_texts(unpack(begun.files), begun.scenario)
        places = [Place(**vars(place)) for place in begun.places]
        klass = Klass(known.scenario, known.ruleset, begun.seed, begun.worlds, places)
        _follow(klass, entries)
    except (SaveError, ScenarioError, ValueError, LookupError) as fault:
        reason = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise StoreError(_("{path} cannot be gone on with: {reason}").format(path=path, reason=reason)) from None
    token = new_token()
    link = TeacherLink(hash=digest(token), projector=False)
    journal.write([link])
    klass.apply(link)
    return Opened(name, klass, journal, token)


def _follow(klass: Klass, entries: Iterable[Entry]) -> None:
    for entry in entries:
        klass.apply(entry)


def addresses() -> Iterator[str]:
    """This machine's addresses in its own network, the likeliest first."""
    seen = set()
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent: connecting a datagram socket only asks which way it would go.
        probe.connect(("192.0.2.1", 9))
        seen.add(probe.getsockname()[0])
        yield probe.getsockname()[0]
    with suppress(OSError):
        for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            address = str(found[4][0])
            if address not in seen and not address.startswith("127."):
                seen.add(address)
                yield address


def host_names(lan: bool) -> list[str]:
    """The names that a Host header may have."""
    if not lan:
        return list(LOOPBACK)
    own = socket.gethostname().lower()
    return [*LOOPBACK, own, f"{own}.local", *addresses()]
