"""Tables for grading and keeping, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from game.classroom.debrief import decisions_json, scores
from game.classroom.klass import Klass, Person
from game.classroom.security import cell
from game.text import _

NAMES = ("decisions", "pupils", "channels")


def table(klass: Klass, name: str) -> str:
    """One of the tables as CSV text. klass: a snapshot. Raises KeyError for a name that is none."""
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
    """Orders and messages are counted by name, which is unique in a class, wherever a pupil has sat."""
    head = (
        _("Name"),
        _("World"),
        _("Seat"),
        _("Seats played (turns)"),
        _("Role checks passed"),
        _("Tries"),
        _("Orders"),
        _("Reasons given"),
        _("Orders of the seat in these turns"),
        _("Messages"),
        _("Score of the seat"),
        _("Par"),
    )
    return _written(head, (_pupil(klass, person) for person in klass.people.values()))


def _pupil(klass: Klass, person: Person) -> tuple[object, ...]:
    decisions = [(world.number, one) for world in klass.worlds for one in world.decisions]
    mine = [one for _world, one in decisions if person.name in one.by]
    played = {place: turns for place, turns in person.played.items() if turns}
    shared = [one for world, one in decisions if one.by and one.turn in played.get((world, one.seat), ())]
    # A seat that they were moved to and have not played says nothing of them.
    at = (person.world, person.seat)
    score = next((row for row in scores(klass.world(at[0]).real) if row["seat"] == at[1] and at in played), None)
    return (
        person.name,
        person.world,
        person.seat or (_("observer") if person.observer else ""),
        ", ".join(f"{seat} ({len(turns)})" for (_world, seat), turns in played.items()),
        ", ".join(person.passed),
        person.attempts,
        len(mine),
        sum(bool(one.why) for one in mine),
        len(shared),
        sum(one.by == person.name for world in klass.worlds for one in world.said),
        score["score"].replace("−", "-") if score else "",
        score["par"] if score else "",
    )


def _channels(klass: Klass) -> str:
    head = (_("World"), _("Turn"), _("From"), _("To"), _("Written by"), _("Text"))
    rows = [
        (world.number, one.turn, one.sender, one.to, one.by, one.text) for world in klass.worlds for one in world.said
    ]
    return _written(head, rows)
