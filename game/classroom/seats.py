"""`--seats FILE`: who sits where, as lines `name, seat, world`."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from game.session import nearest_names
from game.text import _

OBSERVER = "observer"


class SeatsError(Exception):
    """Faults of a seats file, one a line with its place."""


@dataclass(frozen=True)
class Place:
    """Where a pupil belongs. seat: an id, `observer`, or "" to choose; world: from 1, or 0 for any."""

    name: str
    seat: str
    world: int


def read_seats(path: Path, seats: Collection[str], worlds: int) -> list[Place]:
    """The places of a file. Raises SeatsError with every fault."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise SeatsError(_("{file} cannot be read: {reason}").format(file=path, reason=fault)) from None
    found: list[Place] = []
    faults: list[str] = []
    for number, row in enumerate(csv.reader(text.splitlines()), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        name, seat, world, *more = [*cells, "", ""][:4] if len(cells) < 4 else cells
        where = f"{path}:{number}"
        known = [*seats, OBSERVER]
        if more and any(more):
            faults.append(_("{where}: a line is written: name, seat, world").format(where=where))
        elif not name or len(name) > 40:
            faults.append(_("{where}: a name has 1 to 40 letters").format(where=where))
        elif any(one.name.casefold() == name.casefold() for one in found):
            faults.append(_("{where}: the name '{name}' stands there twice").format(where=where, name=name))
        elif seat and seat not in known:
            nearest = ", ".join(nearest_names(seat, known))
            text_ = _("{where}: there is no seat '{seat}'; the nearest are: {nearest}")
            faults.append(text_.format(where=where, seat=seat, nearest=nearest))
        elif world and (not world.isdigit() or not 1 <= int(world) <= worlds):
            text_ = _("{where}: '{world}' is not a world from 1 to {worlds}")
            faults.append(text_.format(where=where, world=world, worlds=worlds))
        else:
            found.append(Place(name, seat, int(world or 0)))
    if faults:
        raise SeatsError("\n".join(faults))
    return found
