"""`--seats FILE`: who sits where, as lines `name, seat, world`, also as spreadsheets write them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
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


def read_seats(path: Path, seats: Mapping[str, str], worlds: int) -> list[Place]:
    """The places of a file, as a person or a spreadsheet writes it. Raises SeatsError with every fault.

    seats: the name that is shown of each seat, by its id; either may stand in the file.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        told = _("{file} is not written in UTF-8. Save it as 'CSV UTF-8', or as text with that encoding.")
        raise SeatsError(told.format(file=path)) from None
    except OSError as fault:
        raise SeatsError(_("{file} cannot be read: {reason}").format(file=path, reason=fault)) from None
    ids = {title.casefold(): seat for seat, title in seats.items()} | {seat.casefold(): seat for seat in seats}
    ids[OBSERVER] = OBSERVER
    found: list[Place] = []
    faults: list[str] = []
    rows = list(csv.reader(text.splitlines(), delimiter=_delimiter(text)))
    first = next((number for number, row in enumerate(rows, 1) if _said(row)), 0)
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if not _said(row) or (number == first and len(cells) > 1 and cells[1].casefold() == "seat"):
            continue
        name, seat, world, *more = [*cells, "", ""][:4] if len(cells) < 4 else cells
        where = f"{path}:{number}"
        seat = ids.get(seat.casefold(), seat)
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


def _said(row: list[str]) -> bool:
    """Whether a line says something: it is neither empty nor a remark."""
    return any(cell.strip() for cell in row) and not row[0].strip().startswith("#")


def _delimiter(text: str) -> str:
    """What stands between the cells: spreadsheets write semicolons where a comma stands in numbers, or tabs."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return next((one for one in ";\t" if any(one in line for line in lines)), ",")
