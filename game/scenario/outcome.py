"""How a game starts, is scored, ends and is reported, read."""

from __future__ import annotations

from fractions import Fraction

from game.scenario import expression as ex
from game.scenario.language import Reader, month_index, nearest
from game.scenario.models import ObjectiveModel
from game.scenario.naming import MOST_ROWS, Names
from game.scenario.shapes import Ending, Objective, Path, Report, Scheduled, bounds, rename


def _objective(names: Names, seat: str, goal: ObjectiveModel, path: Path) -> Objective | None:
    if (goal.met is None) == (goal.amount is None):
        names.fault(path, "an objective has either 'met' or 'amount'")
        return None
    if goal.met is not None and goal.aim is not None:
        names.fault((*path, "aim"), "only an 'amount' has an 'aim'")
    reader = Reader(names.vocabulary, {"actor": "seats"})
    if goal.met is not None:
        amount = names.truth(reader, goal.met, (*path, "met"))
    else:
        amount = names.number(reader, goal.amount or "0", (*path, "amount"))
    if amount is None:
        return None
    bound = rename(amount, "actor", ex.Thing(seat))
    aim = (1 if goal.weight > 0 else 0) if goal.aim is None else round(100 * goal.weight * goal.aim)
    return Objective(seat, goal.id, goal.title, goal.weight, bound, goal.counts, aim)


def objectives(names: Names) -> list[Objective]:
    read = []
    for place, playable in enumerate(names.scenario.seats):
        path: Path = ("scenario", "seats", place)
        if playable.seat not in names.sets["seats"]:
            hint = nearest(playable.seat, names.sets["seats"])
            names.fault((*path, "seat"), f"'{playable.seat}' is not a seat{hint}")
            continue
        for order, goal in enumerate(playable.objectives):
            objective = _objective(names, playable.seat, goal, (*path, "objectives", order))
            if objective:
                read.append(objective)
        for key, listed in (("helps", playable.helps), ("orders", playable.orders)):
            for order, action in enumerate(listed):
                if action not in names.vocabulary.actions:
                    hint = nearest(action, names.vocabulary.actions)
                    names.fault((*path, key, order), f"there is no action '{action}'{hint}")
                elif action in names.scenario.without:
                    names.fault((*path, key, order), f"the scenario goes without '{action}'")
                elif key == "helps" and playable.orders and action not in playable.orders:
                    names.fault((*path, key, order), f"'{action}' is not among the seat's orders")
    return read


def endings(names: Names) -> list[Ending]:
    read = []
    for ending in names.rulebook.endings:
        when = names.truth(Reader(names.vocabulary, {}), ending.when, ("endings", ending.id, "when"))
        if when is not None and ending.id not in names.scenario.without:
            read.append(Ending(ending.id, ending.title, when, ending.stops))
    if not read:
        names.fault(("endings",), "there is no ending; a game needs at least one")
    return read


def scheduled(names: Names) -> list[Scheduled]:
    reader = Reader(names.vocabulary, {})
    return [
        Scheduled(
            month_index(s.date),
            s.title,
            names.effects(reader, s.effects, ("scenario", "scheduled", place, "effects")),
        )
        for place, s in enumerate(names.scenario.scheduled)
    ]


def _value(names: Names, given: float | int | str, ladder: str | None, path: Path) -> Fraction:
    if isinstance(given, str):
        rungs = names.vocabulary.ladders.get(ladder, ()) if ladder else ()
        if given not in rungs:
            names.fault(
                path,
                f"'{given}' is not a rung{nearest(given, rungs)}" if rungs else f"'{given}' is not a number",
            )
            return Fraction(0)
        return Fraction(rungs.index(given))
    return Fraction(str(given))


def start(names: Names) -> dict[str, dict[tuple[str, ...], Fraction]]:
    """What every quantity starts at, by its things; a purse as its seat says."""
    values: dict[str, dict[tuple[str, ...], Fraction]] = {}
    said: dict[str, dict[tuple[str, ...], Path]] = {}
    models = {q.id: q for q in names.rulebook.quantities}
    rows = sum(len(names.instances(quantity.of)) for quantity in names.rulebook.quantities)
    if rows > MOST_ROWS:
        names.stop(("quantities",), f"the quantities take {rows} rows; at most {MOST_ROWS} are allowed")
    for quantity in names.rulebook.quantities:
        ladder = names.vocabulary.quantities[quantity.id][1]
        own: Path = ("quantities", quantity.id, "start")
        first = _value(names, quantity.start, ladder, own)
        values[quantity.id] = dict.fromkeys(names.instances(quantity.of), first)
        said[quantity.id] = dict.fromkeys(values[quantity.id], own)
    entries: dict[str, Path] = {}
    for place, given in enumerate(names.scenario.start):
        path: Path = ("scenario", "start", place)
        if given.of in entries:
            names.fault((*path, "of"), f"'{given.of}' stands in line {{line}} already", first=entries[given.of])
        entries.setdefault(given.of, (*path, "of"))
        if given.of == "purse":
            names.fault((*path, "of"), "a purse starts as its seat says: 'start' under 'seats'")
        if given.value is None and not given.values:
            names.fault(path, "say 'value', for all alike, or 'values', for each of them")
        if given.of not in models:
            names.fault((*path, "of"), f"there is no quantity '{given.of}'{nearest(given.of, models)}")
            continue
        quantity, table = models[given.of], values[given.of]
        ladder = names.vocabulary.quantities[given.of][1]
        if given.value is not None:
            table.update(dict.fromkeys(table, _value(names, given.value, ladder, (*path, "value"))))
            said[given.of] = dict.fromkeys(table, (*path, "value"))
        mine: dict[tuple[str, ...], str] = {}
        for key, value in given.values.items():
            args = tuple(key.split())
            if args not in table and quantity.of in names.symmetric:
                args = args[::-1]
            if args not in table:
                known = [" ".join(a) for a in table]
                names.fault((*path, "values", key), f"'{given.of}' has no '{key}'{nearest(key, known)}")
                continue
            if args in mine:
                names.fault((*path, "values", key), f"'{key}' stands here as '{mine[args]}' already")
            mine[args] = key
            table[args] = _value(names, value, ladder, (*path, "values", key))
            said[given.of][args] = (*path, "values", key)
    for quantity in names.rulebook.quantities:
        limits = quantity.bounds
        if limits is not None and (len(limits) != 2 or limits[0] >= limits[1]):
            message = "bounds are two numbers, the lower one first"
            names.fault(("quantities", quantity.id, "bounds"), message)
            continue
        low, high = bounds(quantity.unit, limits, names.vocabulary.ladders)
        told = set()
        for args, first in values[quantity.id].items():
            where = said[quantity.id][args]
            if not low <= first <= high and where not in told:
                told.add(where)  # one value may stand for many things
                name = f"{quantity.id}[{', '.join(args)}]" if args else quantity.id
                names.fault(where, f"{name} starts at {float(first):g}, outside {low}–{high}")
    if "purse" in values:
        values["purse"] = {(seat.id,): Fraction(seat.start) for seat in names.rulebook.seats}
    return values


def report(names: Names) -> Report | None:
    model = names.rulebook.report
    if model is None:
        return None
    reader = Reader(names.vocabulary, {})
    attacks = names.number(reader, model.armed_attacks, ("report", "", "armed_attacks"))
    war = names.truth(reader, model.war, ("report", "", "war"))
    if attacks is None or war is None:
        return None
    return Report(model.of, model.ladders, model.recognised, model.incidents, attacks, war)
