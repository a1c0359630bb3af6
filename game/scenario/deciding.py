"""Who decides: seats, doctrines and populations, read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from game.scenario import expression as ex
from game.scenario.language import Reader, nearest
from game.scenario.models import DoctrineModel, DoctrineRule, RedLine
from game.scenario.naming import Names
from game.scenario.shapes import Doctrine, Path, Seat, Template, WorthRule, rename

MOST_WISHES = 2_000


def seats(names: Names) -> list[Seat]:
    """Every seat, with the number of its orders and whether it is active."""
    read = []
    for seat in names.rulebook.seats:
        reader = Reader(names.vocabulary, {"actor": "seats"})
        orders = names.number(reader, seat.orders, ("seats", seat.id, "orders"))
        active = names.truth(reader, seat.active, ("seats", seat.id, "active")) if seat.active else None
        actor = ex.Thing(seat.id)
        read.append(
            Seat(
                seat.id,
                rename(orders or ex.Number(Fraction(3)), "actor", actor),
                seat.start,
                rename(active, "actor", actor) if active is not None else None,
            )
        )
    return read


class _Wishes:
    """Reads the rules of doctrines. templates: the actions and events that are in play."""

    def __init__(self, names: Names, actions: Iterable[Template], events: Iterable[Template]) -> None:
        self.names = names
        self.actions = {template.id: template for template in actions}
        self.events = {template.id: template for template in events}
        self.choices = {one.id: [choice.id for choice in one.choices] for one in names.rulebook.events}

    def read(self, rule: DoctrineRule | RedLine, path: Path) -> WorthRule | None:
        """None where it is at fault, or speaks of what the scenario leaves out."""
        names = self.names
        template, choice = self._order(rule, path) if rule.answer is None else self._answer(rule.answer, path)
        if template is None:
            return None
        slots = template.slots
        for slot, thing in rule.bind.items():
            if slot not in slots:
                names.fault((*path, "for", slot), f"'{template.id}' has no slot '{slot}'{nearest(slot, slots)}")
                return None
            if thing not in names.sets[slots[slot]]:
                hint = nearest(thing, names.sets[slots[slot]])
                names.fault((*path, "for", slot), f"'{thing}' cannot stand in '{slot}'{hint}")
                return None
        reader = Reader(names.vocabulary, slots)
        when = names.truth(reader, rule.when, (*path, "when")) if rule.when else None
        worth: ex.Expression | None = None
        if isinstance(rule, DoctrineRule):
            given = rule.worth
            whole = isinstance(given, int)
            worth = ex.Number(Fraction(given)) if whole else names.number(reader, str(given), (*path, "worth"))
        if rule.order in names.scenario.without:
            return None
        return WorthRule(template.id, slots, rule.bind, when, worth, choice)

    def _order(self, rule: DoctrineRule | RedLine, path: Path) -> tuple[Template | None, None]:
        assert rule.order is not None
        if rule.order not in self.names.vocabulary.actions:
            hint = nearest(rule.order, self.names.vocabulary.actions)
            self.names.fault((*path, "order"), f"there is no action '{rule.order}'{hint}")
        return self.actions.get(rule.order), None  # where it exists and is not read it has faults of its own

    def _answer(self, text: str, path: Path) -> tuple[Template | None, str]:
        event, _, choice = text.partition(".")
        if event not in self.choices:
            self.names.fault((*path, "answer"), f"there is no event '{event}'{nearest(event, self.choices)}")
        elif choice not in self.choices[event]:
            hint = nearest(choice, self.choices[event])
            self.names.fault((*path, "answer"), f"'{event}' has no choice '{choice}'{hint}")
            return None, choice
        return self.events.get(event), choice


def _weights(names: Names, weights: Mapping[str, int], path: Path) -> list[tuple[str, tuple[str, ...], int]]:
    read = []
    for text, weight in weights.items():
        name, _, rest = text.partition("[")
        args = tuple(a.strip() for a in rest.rstrip("]").split(",")) if rest else ()
        here = (*path, "weights", text)
        if name not in names.vocabulary.quantities:
            hint = nearest(name, names.vocabulary.quantities)
            names.fault(here, f"unknown quantity '{name}'{hint}")
            continue
        if len(args) != names.vocabulary.quantities[name][0]:
            names.fault(here, f"'{name}' takes {names.vocabulary.quantities[name][0]} arguments")
            continue
        known = {"actor", "any", *names.vocabulary.things, *names.sets}
        wrong = [a for a in args if a not in known]
        if wrong:
            names.fault(here, f"'{wrong[0]}' is neither a thing nor a set{nearest(wrong[0], known)}")
            continue
        read.append((name, args, weight))
    return read


def _bases_first(models: Mapping[str, DoctrineModel]) -> Iterator[DoctrineModel]:
    """Every doctrine after those that it is like. In a ring one comes before another that it is like."""
    begun: set[str] = set()

    def visit(name: str) -> Iterator[DoctrineModel]:
        if name in models and name not in begun:
            begun.add(name)
            for base in models[name].like:
                yield from visit(base)
            yield models[name]

    for name in models:
        yield from visit(name)


def doctrines(
    names: Names, actions: Iterable[Template], events: Iterable[Template]
) -> tuple[list[Doctrine], dict[str, tuple[Doctrine, ...]]]:
    """The doctrines that rule a seat, and those of every population. actions, events: those in play."""
    wishes = _Wishes(names, actions, events)
    models = {doctrine.id: doctrine for doctrine in names.rulebook.doctrines}
    read: dict[str, Doctrine] = {}
    for doctrine in _bases_first(models):
        path: Path = ("doctrines", doctrine.id)
        weights = _weights(names, doctrine.weights, path)
        rules = [wishes.read(r, (*path, "rules", i)) for i, r in enumerate(doctrine.rules)]
        never = [wishes.read(r, (*path, "never", i)) for i, r in enumerate(doctrine.never)]
        for place, base in enumerate(doctrine.like):
            if base not in read:
                if base == doctrine.id:
                    message = "a doctrine is not 'like' itself"
                elif base in models:
                    message = f"'{base}' is itself like '{doctrine.id}', straight or by others"
                else:
                    message = f"there is no doctrine '{base}'{nearest(base, models)}"
                names.fault((*path, "like", place), message)
                continue
            weights = [*read[base].weights, *weights]
            rules = [*read[base].rules, *rules]
            never = [*read[base].never, *never]
            if len(weights) + len(rules) + len(never) > MOST_WISHES:
                names.stop((*path, "like"), f"a doctrine has at most {MOST_WISHES:,} weights and rules")
        if doctrine.seat is not None and doctrine.seat not in names.sets["seats"]:
            hint = nearest(doctrine.seat, names.sets["seats"])
            names.fault((*path, "seat"), f"'{doctrine.seat}' is not a seat{hint}")
        read[doctrine.id] = Doctrine(
            doctrine.id,
            doctrine.seat,
            tuple(weights),
            tuple(r for r in rules if r is not None),
            tuple(r for r in never if r is not None),
            doctrine.thrift,
        )
    ruling = [read[name] for name in models if read[name].seat is not None]
    populations = {}
    for population in names.rulebook.populations:
        path = ("populations", population.id)
        weights = _weights(names, population.weights, path)
        rules = [wishes.read(r, (*path, "rules", i)) for i, r in enumerate(population.rules)]
        populations[population.id] = tuple(
            replace(
                doctrine,
                weights=(*doctrine.weights, *weights),
                rules=(*doctrine.rules, *(r for r in rules if r is not None)),
                never=() if population.lifts_red_lines else doctrine.never,
            )
            for doctrine in ruling
        )
    return ruling, populations
