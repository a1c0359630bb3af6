"""A pupil joins with the PIN and a name."""

from __future__ import annotations

import unicodedata

from game.classroom.act import Act, carry_out
from game.classroom.klass import MOST_PEOPLE
from game.classroom.line import Line
from game.classroom.pupil import Refused
from game.classroom.records import Joined
from game.classroom.requests import Join
from game.classroom.room import Room
from game.classroom.seats import OBSERVER
from game.classroom.security import digest, new_token
from game.text import _

LONGEST_PERSON = 40
UNSEEN = ("Cc", "Cf", "Co", "Cs")
NOT_NAMES = ("teacher", "computer", "everybody", "observer")
"""What tables and pages write for others than pupils."""


async def joined(room: Room, request: Join) -> tuple[Line, str]:
    """Enter somebody in the journal; their line, and the token that the page keeps. Raises Refused, StoreError."""
    klass = room.klass
    if not klass.settings.joining:
        raise Refused(_("Nobody can join at the moment. Ask your teacher."))
    if len(klass.people) >= MOST_PEOPLE:
        raise Refused(_("The class is full."))
    wanted = name_of(request.name)
    name = _free_name(room, wanted)
    place = next((one for one in klass.expected if one.name.casefold() == wanted.casefold()), None)
    taken = place is not None and name != wanted
    world = place.world if place and place.world and not taken else klass.emptiest()
    seat = ""
    observer = False
    if place is not None and not taken:
        observer = place.seat == OBSERVER
        seat = "" if observer else place.seat
    if not seat and not observer and klass.settings.seats == "deal":
        world, seat = klass.free_seat(place.world if place and place.world else None)
    token = new_token()
    person = max(klass.people, default=0) + 1
    entry = Joined(id=person, name=name, hash=digest(token), seat=seat, observer=observer, world=world, person=person)

    def show(made: object) -> None:
        for other in klass.of_world(world):
            if other.id != person:
                room.show_person(other)

    await carry_out(room, Act((entry,), show))
    return Line("pupil", person), token


def name_of(text: str) -> str:
    """The name somebody has typed, on one line and without marks that cannot be seen. Raises Refused if none is left.

    Such marks make two names look the same, or turn round the line in which a name stands; keyboards insert some
    unasked, so that they are dropped and not refused.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    name = "".join(one for one in name if unicodedata.category(one) not in UNSEEN).strip()
    if not any(one.isalnum() for one in name) or len(name) > LONGEST_PERSON:
        raise Refused(_("A name has 1 to 40 letters."))
    if name.casefold() in {word.casefold() for word in (*NOT_NAMES, *(_(word) for word in NOT_NAMES))}:
        raise Refused(_("This name is used by the game. Type your own."))
    return name


def _free_name(room: Room, wanted: str) -> str:
    """The name, with a number where somebody has or had it: orders and messages are counted by names."""
    taken = {person.name.casefold() for person in room.klass.people.values()}
    name, number = wanted, 2
    while name.casefold() in taken:
        name, number = f"{wanted} {number}", number + 1
    return name
