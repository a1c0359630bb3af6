"""Tables for grading and keeping, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from game.classroom.debrief import decisions_json, scores
from game.classroom.klass import Klass
from game.classroom.security import cell
from game.text import _

NAMES = ("decisions", "pupils", "channels")


def table(klass: Klass, name: str) -> str:
    """One of the tables as CSV text. Raises KeyError for a name that is none."""
    return {"decisions": _decisions, "pupils": _pupils, "channels": _channels}[name](klass)


def _written(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([cell(text) for text in head])
    writer.writerows([cell(text) for text in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _decisions(klass: Klass) -> str:
    head = (_("World"), _("Turn"), _("Seat"), _("Order"), _("Reason"), _("Given by"))
    rows = [
        (world.number, row["turn"], row["name"], row["order"], row["why"], ", ".join(row["by"]) or _("computer"))
        for world in klass.worlds
        for row in decisions_json(world, world.real)
    ]
    return _written(head, rows)


def _pupils(klass: Klass) -> str:
    head = (
        _("Name"),
        _("World"),
        _("Seat"),
        _("Role check"),
        _("Tries"),
        _("Orders"),
        _("Reasons given"),
        _("Messages"),
        _("Score of the seat"),
        _("Par"),
    )
    rows = []
    for person in klass.people.values():
        world = klass.world(person.world)
        mine = [one for one in world.decisions if person.name in one.by and one.seat == person.seat]
        score = next((row for row in scores(world.real) if row["seat"] == person.seat), None)
        rows.append(
            (
                person.name,
                person.world,
                person.seat or (_("observer") if person.observer else ""),
                _("passed") if person.checked and person.checked == person.seat else "",
                person.tries,
                len(mine),
                sum(bool(one.why) for one in mine),
                sum(one.by == person.name for one in world.said),
                score["score"].replace("−", "-") if score else "",
                score["par"] if score else "",
            )
        )
    return _written(head, rows)


def _channels(klass: Klass) -> str:
    head = (_("World"), _("Turn"), _("From"), _("To"), _("Written by"), _("Text"))
    rows = [
        (world.number, one.turn, one.sender, one.to, one.by, one.text) for world in klass.worlds for one in world.said
    ]
    return _written(head, rows)
