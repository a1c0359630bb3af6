"""A rulebook and a scenario read through: every text of the rule language parsed, every name resolved.

`read_book` turns the merged models into a `Book` of templates. It is what the array compiler in
`game.rules` and the plain interpreter in the tests start from; it holds no bindings and no numbers of a
running game. Faults are collected, each with the path of the value that is at fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, TypeVar

from game.scenario import expression as ex
from game.scenario.expand import council_rules, dialogue_rules
from game.scenario.language import LanguageError, Reader, Vocabulary, month_index, nearest
from game.scenario.models import (
    Choice,
    DoctrineRule,
    Effect,
    ObjectiveModel,
    RedLine,
    Rulebook,
    ScenarioModel,
    Test,
)

Path = tuple[str | int, ...]
"""Where a value stands: section, id or index, key …; the loader turns it into file:line:col."""


@dataclass(frozen=True)
class Fault:
    path: Path
    message: str


@dataclass(frozen=True)
class ReadTest:
    truth: ex.Expression
    reason: str | None


@dataclass(frozen=True)
class ReadEffect:
    """id: name of the term (its place in the list if it has none)."""

    id: str
    title: str | None
    change: ex.Assignment


@dataclass(frozen=True)
class ReadChoice:
    id: str
    tests: tuple[ReadTest, ...]
    cost: int
    effects: tuple[ReadEffect, ...]
    default: bool


@dataclass(frozen=True)
class Template:
    """One action, event or rule, read. slots: name → set, in order; `where` is known at load time."""

    id: str
    kind: Literal["action", "event", "rule"]
    phase: str
    slots: Mapping[str, str]
    along: Mapping[str, tuple[str, str]]
    where: tuple[ex.Expression, ...]
    tests: tuple[ReadTest, ...]
    odds: ex.Expression | None
    chance: int | None
    effects: tuple[ReadEffect, ...]
    priority: int = 0
    cost: int = 0
    runs: int = 0
    free: bool = False
    halves: bool = False
    covert: bool = False
    exclusive: tuple[str, tuple[str, ...]] | None = None
    date: int | None = None
    once: bool = False
    cooldown: int = 0
    decided_by: ex.Argument | None = None
    choices: tuple[ReadChoice, ...] = ()


@dataclass(frozen=True)
class ReadTerm:
    id: str
    title: str
    when: ex.Expression | None
    amount: ex.Expression


@dataclass(frozen=True)
class Define:
    id: str
    title: str
    slots: Mapping[str, str]
    terms: tuple[ReadTerm, ...]


@dataclass(frozen=True)
class Seat:
    id: str
    orders: ex.Expression
    start: int
    active: ex.Expression | None


@dataclass(frozen=True)
class WorthRule:
    """For an action: worth of each binding that agrees with `bind` when `when` holds. slots: the action's."""

    order: str
    slots: Mapping[str, str]
    bind: Mapping[str, str]
    when: ex.Expression | None
    worth: ex.Expression | None


@dataclass(frozen=True)
class Doctrine:
    """weights: (quantity, arguments, worth); an argument is `actor`, a thing, a set or `any`."""

    id: str
    seat: str | None
    weights: tuple[tuple[str, tuple[str, ...], int], ...]
    rules: tuple[WorthRule, ...]
    never: tuple[WorthRule, ...]
    thrift: int


@dataclass(frozen=True)
class Objective:
    seat: str
    id: str
    title: str
    weight: int
    amount: ex.Expression
    counts: Literal["end", "ever", "each"]


@dataclass(frozen=True)
class Ending:
    id: str
    title: str
    when: ex.Expression
    stops: bool


@dataclass(frozen=True)
class Scheduled:
    month: int
    title: str
    effects: tuple[ReadEffect, ...]


@dataclass(frozen=True)
class Report:
    of: str
    ladders: Mapping[str, str]
    recognised: Mapping[str, str]
    incidents: Mapping[str, str]
    armed_attacks: ex.Expression
    war: ex.Expression


@dataclass(frozen=True)
class Book:
    """Everything the rules need, read. start: quantity → {arguments: value in the quantity's unit}."""

    scenario: ScenarioModel
    rulebook: Rulebook
    vocabulary: Vocabulary
    sets: Mapping[str, tuple[str, ...]]
    set_conditions: Mapping[str, ex.Expression]
    relations: Mapping[str, tuple[tuple[str, str], ...]]
    symmetric: frozenset[str]
    defines: Mapping[str, Define]
    actions: tuple[Template, ...]
    events: tuple[Template, ...]
    rules: tuple[Template, ...]
    seats: tuple[Seat, ...]
    doctrines: tuple[Doctrine, ...]
    populations: Mapping[str, tuple[Doctrine, ...]]
    objectives: tuple[Objective, ...]
    score_factor: ex.Expression | None
    endings: tuple[Ending, ...]
    scheduled: tuple[Scheduled, ...]
    start: Mapping[str, Mapping[tuple[str, ...], Fraction]]
    report: Report | None
    index: Mapping[str, Template] = field(default_factory=dict)


def rename(node: ex.Expression, old: str, new: ex.Argument) -> ex.Expression:
    """The same expression with one slot replaced by another argument."""
    return _Rename(old, new).apply(node)


class _Rename:
    def __init__(self, old: str, new: ex.Argument) -> None:
        self.old, self.new = old, new

    def args(self, args: tuple[ex.Argument, ...]) -> tuple[ex.Argument, ...]:
        return tuple(self.new if isinstance(a, ex.Slot) and a.name == self.old else a for a in args)

    def apply(self, node: ex.Expression) -> ex.Expression:
        match node:
            case ex.Read() | ex.Derived() | ex.Ordered() | ex.Happened():
                return replace(node, args=self.args(node.args))
            case ex.Related() | ex.Same():
                first, second = self.args(node.args)
                return replace(node, args=(first, second))
            case ex.Member():
                return replace(node, arg=self.args((node.arg,))[0])
            case ex.Add() | ex.Extreme() | ex.All() | ex.Any():
                return replace(node, parts=tuple(self.apply(p) for p in node.parts))
            case ex.Absolute() | ex.Not():
                return replace(node, part=self.apply(node.part))
            case ex.Multiply() | ex.Compare():
                return replace(node, left=self.apply(node.left), right=self.apply(node.right))
            case ex.Divide():
                other = self.apply(node.otherwise) if node.otherwise is not None else None
                return replace(node, left=self.apply(node.left), right=self.apply(node.right), otherwise=other)
            case ex.Choose():
                return ex.Choose(self.apply(node.test), self.apply(node.yes), self.apply(node.no))
            case ex.Aggregate():
                condition = self.apply(node.condition) if node.condition is not None else None
                return replace(node, body=self.apply(node.body), condition=condition)
            case _:
                return node


_T = TypeVar("_T")


def _by_id(items: Iterable[_T]) -> dict[str, _T]:
    return {item.id: item for item in items}  # type: ignore[attr-defined]


def merge(base: Rulebook, over: Rulebook) -> Rulebook:
    """A rulebook with a scenario's own sections on top: the same id replaces, a new id is added."""
    merged: dict[str, object] = {}
    for name in Rulebook.model_fields:
        mine, theirs = getattr(base, name), getattr(over, name)
        if isinstance(mine, list):
            merged[name] = list({**_by_id(mine), **_by_id(theirs)}.values())
        else:
            merged[name] = theirs if theirs is not None else mine
    return base.model_copy(update=merged)


class BookReader:
    """Reads one merged rulebook with its scenario, collecting faults."""

    def __init__(self, rulebook: Rulebook, scenario: ScenarioModel) -> None:
        self.rulebook = rulebook
        self.scenario = scenario
        self.faults: list[Fault] = []
        self.sets = self._sets()
        self.relations, self.symmetric = self._relations()
        self.vocabulary = self._vocabulary()
        self.conditions = self._set_conditions()

    def fault(self, path: Path, message: str) -> None:
        self.faults.append(Fault(path, message))

    # -- vocabulary ------------------------------------------------------------------------------

    def _sets(self) -> dict[str, tuple[str, ...]]:
        things = {thing.id for thing in self.rulebook.things}
        sets: dict[str, tuple[str, ...]] = {"seats": tuple(seat.id for seat in self.rulebook.seats)}
        for group in self.rulebook.sets:
            members: list[str] = []
            for other in group.of:
                if other not in sets:
                    self.fault(
                        ("sets", group.id, "of"),
                        f"there is no set '{other}' before this one{nearest(other, sets)}",
                    )
                members += sets.get(other, ())
            for member in group.members:
                if member not in things:
                    self.fault(
                        ("sets", group.id, "members"),
                        f"there is no thing '{member}'{nearest(member, things)}",
                    )
                else:
                    members.append(member)
            if group.id in sets:
                self.fault(("sets", group.id), f"the set '{group.id}' is declared twice")
            sets[group.id] = tuple(dict.fromkeys(members))
        for seat in self.rulebook.seats:
            if seat.id not in things:
                self.fault(("seats", seat.id, "id"), f"there is no thing '{seat.id}'{nearest(seat.id, things)}")
        return sets

    def _relations(self) -> tuple[dict[str, tuple[tuple[str, str], ...]], frozenset[str]]:
        relations: dict[str, tuple[tuple[str, str], ...]] = {}
        for relation in self.rulebook.relations:
            sides = [self.sets.get(name) for name in relation.between]
            for name, side in zip(relation.between, sides, strict=True):
                if side is None:
                    hint = nearest(name, self.sets)
                    self.fault(("relations", relation.id, "between"), f"there is no set '{name}'{hint}")
            left, right = (side or () for side in sides)
            if relation.all:
                pairs = [(a, b) for a in left for b in right if a != b]
                if relation.symmetric:
                    order = {frozenset(pair): pair for pair in reversed(pairs)}
                    pairs = [pair for pair in pairs if order[frozenset(pair)] == pair]
            else:
                pairs = []
                for place, pair in enumerate(relation.pairs):
                    path: Path = ("relations", relation.id, "pairs", place)
                    if len(pair) != 2:
                        self.fault(path, "a pair is two things")
                        continue
                    a, b = pair
                    fits = (a in left and b in right) or (relation.symmetric and b in left and a in right)
                    if not fits:
                        wrong = a if a not in left else b
                        self.fault(path, f"'{wrong}' is not in the set{nearest(wrong, (*left, *right))}")
                    elif (a, b) in pairs or (relation.symmetric and (b, a) in pairs):
                        self.fault(path, f"the pair {a}, {b} is declared twice")
                    else:
                        pairs.append((a, b))
            relations[relation.id] = tuple(pairs)
        return relations, frozenset(r.id for r in self.rulebook.relations if r.symmetric)

    def arity(self, of: str | None) -> int:
        """Number of arguments of a quantity over `of`."""
        return 0 if of is None else 2 if of in self.relations else 1

    def _vocabulary(self) -> Vocabulary:
        book = self.rulebook
        ladders = {ladder.id: tuple(rung.id for rung in ladder.rungs) for ladder in book.ladders}
        quantities: dict[str, tuple[int, str | None]] = dict.fromkeys(("turn", "date", "ending"), (0, None))
        for quantity in book.quantities:
            ladder = quantity.unit.removeprefix("ladder:") if quantity.unit.startswith("ladder:") else None
            path: Path = ("quantities", quantity.id)
            if ladder is not None and ladder not in ladders:
                self.fault((*path, "unit"), f"there is no ladder '{ladder}'{nearest(ladder, ladders)}")
                ladder = None
            elif ladder is None and quantity.unit not in ("points", "count", "flag"):
                self.fault((*path, "unit"), f"'{quantity.unit}' is not a unit; use points, count, flag or ladder:ID")
            if quantity.of is not None and quantity.of not in self.sets and quantity.of not in self.relations:
                hint = nearest(quantity.of, [*self.sets, *self.relations])
                self.fault((*path, "of"), f"there is no set or relation '{quantity.of}'{hint}")
            if quantity.id in quantities:
                self.fault(path, f"the quantity '{quantity.id}' is declared twice or is one of the engine's own")
            quantities[quantity.id] = (self.arity(quantity.of), ladder)
        for name in ("government", "card", "score"):
            if name in quantities:
                self.fault(("quantities", name), f"the quantity '{name}' is one of the engine's own")
            quantities[name] = (1, None)
        return Vocabulary(
            things=frozenset(thing.id for thing in book.things),
            quantities=quantities,
            ladders=ladders,
            sets=self.sets,
            relations=frozenset(self.relations),
            defines={define.id: len(define.over) for define in book.defines},
            actions={action.id: 1 + len(action.slots) for action in book.actions},
            events={event.id: len(event.slots) for event in book.events},
            parameters={p.id: Fraction(str(p.value)) for p in book.parameters},
        )

    def _set_conditions(self) -> dict[str, ReadTest]:
        conditions: dict[str, ReadTest] = {}
        for group in self.rulebook.sets:
            if group.when:
                reader = Reader(self.vocabulary, {"it": group.id})
                truth = self._truth(reader, group.when, ("sets", group.id, "when"))
                if truth is not None:
                    conditions[group.id] = ReadTest(truth, group.otherwise)
        return conditions

    # -- pieces ----------------------------------------------------------------------------------

    def _truth(self, reader: Reader, text: str, path: Path) -> ex.Expression | None:
        try:
            return reader.truth(text)
        except LanguageError as fault:
            self.fault(path, fault.message)
            return None

    def _number(self, reader: Reader, text: str, path: Path) -> ex.Expression | None:
        try:
            return reader.expression(text)
        except LanguageError as fault:
            self.fault(path, fault.message)
            return None

    def _tests(self, reader: Reader, tests: Sequence[Test], path: Path) -> list[ReadTest]:
        read = []
        for place, test in enumerate(tests):
            truth = self._truth(reader, test.test, (*path, "when", place, "test"))
            if truth is not None:
                read.append(ReadTest(truth, test.otherwise))
        return read

    def _slot_tests(self, slots: Mapping[str, str]) -> list[ReadTest]:
        """The conditions that the slots' sets bring along."""
        tests = []
        for slot, group in slots.items():
            if group in self.conditions:
                condition = self.conditions[group]
                reason = condition.reason.replace("{it}", "{" + slot + "}") if condition.reason else None
                tests.append(ReadTest(rename(condition.truth, "it", ex.Slot(slot)), reason))
        return tests

    def _effects(self, reader: Reader, effects: Sequence[Effect], path: Path) -> tuple[ReadEffect, ...]:
        read = []
        for place, effect in enumerate(effects):
            try:
                change = reader.effect(effect.do)
            except LanguageError as fault:
                self.fault((*path, "effects", place, "do"), fault.message)
                continue
            read.append(ReadEffect(effect.id or str(place), effect.title, change))
        return tuple(read)

    def _slots(self, slots: Mapping[str, str], path: Path) -> dict[str, str]:
        good = {}
        for slot, group in slots.items():
            if group not in self.sets:
                self.fault((*path, slot), f"there is no set '{group}'{nearest(group, self.sets)}")
            elif slot in self.vocabulary.things:
                self.fault((*path, slot), f"the slot '{slot}' has the name of a thing")
            else:
                good[slot] = group
        return good

    def _along(
        self, along: Mapping[str, list[str]], slots: Mapping[str, str], path: Path
    ) -> dict[str, tuple[str, str]]:
        good = {}
        for relation, ends in along.items():
            if relation not in self.relations:
                hint = nearest(relation, self.relations)
                self.fault((*path, relation), f"there is no relation '{relation}'{hint}")
            elif len(ends) != 2 or any(end not in slots for end in ends):
                self.fault((*path, relation), "a relation joins two of the template's slots")
            else:
                good[relation] = (ends[0], ends[1])
        return good

    def _where(self, reader: Reader, where: Sequence[str], path: Path) -> tuple[ex.Expression, ...]:
        read = (self._truth(reader, text, (*path, "where", place)) for place, text in enumerate(where))
        return tuple(node for node in read if node is not None)

    def _unordered(self, names: Sequence[str], slots: Mapping[str, str], path: Path) -> tuple[ex.Expression, ...]:
        """Each pair of two slots once: the first is the thing that was declared first. Known at load time."""
        if not names:
            return ()
        if len(names) != 2 or any(name not in slots for name in names):
            self.fault((*path, "unordered"), "'unordered' names two of the template's slots")
            return ()
        first, second = (ex.Slot(name) for name in names)
        place = {thing.id: i for i, thing in enumerate(self.rulebook.things)}
        later = self.sets[slots[names[1]]]
        return (
            ex.Any(
                tuple(
                    ex.All(
                        (
                            ex.Same((first, ex.Thing(thing))),
                            ex.Any(
                                tuple(ex.Same((second, ex.Thing(o))) for o in later if place[o] > place.get(thing, -1))
                            ),
                        )
                    )
                    for thing in self.sets[slots[names[0]]]
                )
            ),
        )

    # -- templates -------------------------------------------------------------------------------

    def actions(self) -> list[Template]:
        read = []
        for action in self.rulebook.actions:
            path: Path = ("actions", action.id)
            slots = self._slots({"actor": action.by, **action.slots}, (*path, "slots"))
            if len(slots) != 1 + len(action.slots):
                continue
            reader = Reader(self.vocabulary, slots)
            exclusive = (action.exclusive.group, tuple(action.exclusive.per)) if action.exclusive else None
            for name in exclusive[1] if exclusive else ():
                if name not in slots:
                    self.fault((*path, "exclusive", "per"), f"there is no slot '{name}'{nearest(name, slots)}")
                    exclusive = None
            for seat in self.sets[action.by]:
                if seat not in self.sets["seats"]:
                    self.fault((*path, "by"), f"'{seat}' in '{action.by}' is not a seat, so it cannot give orders")
            read.append(
                Template(
                    id=action.id,
                    kind="action",
                    phase="orders",
                    slots=slots,
                    along=self._along(action.along, slots, (*path, "along")),
                    where=self._where(reader, action.where, path),
                    tests=tuple(self._slot_tests(slots) + self._tests(reader, action.when, path)),
                    odds=None,
                    chance=None,
                    effects=self._effects(reader, action.effects, path),
                    cost=action.cost,
                    runs=action.runs,
                    free=action.free,
                    halves=action.repeat == "half" and not action.free,
                    covert=action.covert,
                    exclusive=exclusive,
                )
            )
        return read

    def _choice(self, reader: Reader, choice: Choice, path: Path) -> ReadChoice:
        return ReadChoice(
            choice.id,
            tuple(self._tests(reader, choice.when, path)),
            choice.cost,
            self._effects(reader, choice.effects, path),
            choice.default,
        )

    def events(self) -> list[Template]:
        read = []
        wanted = set(self.scenario.events)
        known = {event.id for event in self.rulebook.events}
        for name in self.scenario.events:
            if name not in known:
                self.fault(("scenario", "events"), f"there is no event '{name}'{nearest(name, known)}")
        for name in self.scenario.dates:
            if name not in known:
                self.fault(("scenario", "dates", name), f"there is no event '{name}'{nearest(name, known)}")
        for event in self.rulebook.events:
            if wanted and event.id not in wanted:
                continue
            path: Path = ("events", event.id)
            slots = self._slots(event.slots, (*path, "slots"))
            if len(slots) != len(event.slots):
                continue
            reader = Reader(self.vocabulary, slots)
            decided: ex.Argument | None = None
            if event.decided_by is not None:
                by = event.decided_by
                group = self.sets[slots[by]] if by in slots else (by,)
                decided = ex.Slot(by) if by in slots else ex.Thing(by)
                for thing in group:
                    if thing not in self.sets["seats"]:
                        self.fault(
                            (*path, "decided_by"),
                            f"'{thing}' is not a seat{nearest(thing, self.sets['seats'])}",
                        )
            if bool(event.choices) != (decided is not None):
                self.fault(path, "an event with choices says who decides ('decided_by'), and the other way round")
            if event.choices and sum(choice.default for choice in event.choices) != 1:
                self.fault((*path, "choices"), "exactly one choice is the default")
            date = self.scenario.dates.get(event.id, event.date)
            if (event.kind == "dated") != (date is not None):
                self.fault(path, "a dated event has a date, and only a dated event")
            read.append(
                Template(
                    id=event.id,
                    kind="event",
                    phase="events",
                    slots=slots,
                    along=self._along(event.along, slots, (*path, "along")),
                    where=self._where(reader, event.where, path) + self._unordered(event.unordered, slots, path),
                    tests=tuple(self._slot_tests(slots) + self._tests(reader, event.when, path)),
                    odds=self._number(reader, event.odds, (*path, "odds")) if event.odds else None,
                    chance=event.chance,
                    effects=self._effects(reader, event.effects, path),
                    priority=event.priority,
                    date=month_index(date) if date else None,
                    once=event.once or event.kind == "dated",
                    cooldown=event.cooldown,
                    decided_by=decided,
                    choices=tuple(
                        self._choice(reader, choice, (*path, "choices", place))
                        for place, choice in enumerate(event.choices)
                    ),
                )
            )
        return read

    def rules(self) -> list[Template]:
        models = [(rule, ("rules", rule.id)) for rule in self.rulebook.rules]
        for council in self.rulebook.councils:
            models += [(rule, ("councils", council.id)) for rule in council_rules(council)]
        for talks in self.rulebook.dialogues:
            models += [(rule, ("dialogues", talks.id)) for rule in dialogue_rules(talks)]
        without = set(self.scenario.without)
        for name in without - {rule.id for rule, _ in models}:
            self.fault(
                ("scenario", "without"),
                f"there is no rule '{name}'{nearest(name, [r.id for r, _ in models])}",
            )
        read = []
        for rule, path in models:
            if rule.id in without:
                continue
            slots = self._slots(rule.over, (*path, "over"))
            if len(slots) != len(rule.over):
                continue
            reader = Reader(self.vocabulary, slots)
            read.append(
                Template(
                    id=rule.id,
                    kind="rule",
                    phase=rule.phase,
                    slots=slots,
                    along=self._along(rule.along, slots, (*path, "along")),
                    where=self._where(reader, rule.where, path) + self._unordered(rule.unordered, slots, path),
                    tests=tuple(self._slot_tests(slots) + self._tests(reader, rule.when, path)),
                    odds=self._number(reader, rule.odds, (*path, "odds")) if rule.odds else None,
                    chance=rule.chance,
                    effects=self._effects(reader, rule.effects, path),
                    priority=rule.priority,
                )
            )
        return read

    def defines(self) -> dict[str, Define]:
        read = {}
        for define in self.rulebook.defines:
            path: Path = ("defines", define.id)
            slots = self._slots(define.over, (*path, "over"))
            reader = Reader(self.vocabulary, slots)
            terms = []
            for place, term in enumerate(define.terms):
                here: Path = (*path, "terms", place)
                when = self._truth(reader, term.when, (*here, "when")) if term.when else None
                amount = self._number(reader, term.amount, (*here, "amount"))
                if amount is not None:
                    terms.append(ReadTerm(term.id, term.title, when, amount))
            read[define.id] = Define(define.id, define.title, slots, tuple(terms))
        return read

    # -- who decides, and for what -----------------------------------------------------------------

    def seats(self) -> list[Seat]:
        read = []
        for seat in self.rulebook.seats:
            reader = Reader(self.vocabulary, {"actor": "seats"})
            orders = self._number(reader, seat.orders, ("seats", seat.id, "orders"))
            active = self._truth(reader, seat.active, ("seats", seat.id, "active")) if seat.active else None
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

    def _worth(self, rule: DoctrineRule | RedLine, actions: Mapping[str, Template], path: Path) -> WorthRule | None:
        if rule.order not in actions:
            self.fault((*path, "order"), f"there is no action '{rule.order}'{nearest(rule.order, actions)}")
            return None
        slots = actions[rule.order].slots
        for slot, thing in rule.bind.items():
            if slot not in slots:
                self.fault((*path, "for", slot), f"'{rule.order}' has no slot '{slot}'{nearest(slot, slots)}")
                return None
            if thing not in self.sets[slots[slot]]:
                hint = nearest(thing, self.sets[slots[slot]])
                self.fault((*path, "for", slot), f"'{thing}' cannot stand in '{slot}'{hint}")
                return None
        reader = Reader(self.vocabulary, slots)
        when = self._truth(reader, rule.when, (*path, "when")) if rule.when else None
        worth: ex.Expression | None = None
        if isinstance(rule, DoctrineRule):
            given = rule.worth
            if isinstance(given, int):
                worth = ex.Number(Fraction(given))
            else:
                worth = self._number(reader, given, (*path, "worth"))
        return WorthRule(rule.order, slots, rule.bind, when, worth)

    def _weights(self, weights: Mapping[str, int], path: Path) -> list[tuple[str, tuple[str, ...], int]]:
        read = []
        for text, weight in weights.items():
            name, _, rest = text.partition("[")
            args = tuple(a.strip() for a in rest.rstrip("]").split(",")) if rest else ()
            here = (*path, "weights", text)
            if name not in self.vocabulary.quantities:
                hint = nearest(name, self.vocabulary.quantities)
                self.fault(here, f"unknown quantity '{name}'{hint}")
                continue
            if len(args) != self.vocabulary.quantities[name][0]:
                self.fault(here, f"'{name}' takes {self.vocabulary.quantities[name][0]} arguments")
                continue
            known = {"actor", "any", *self.vocabulary.things, *self.sets}
            wrong = [a for a in args if a not in known]
            if wrong:
                self.fault(here, f"'{wrong[0]}' is neither a thing nor a set{nearest(wrong[0], known)}")
                continue
            read.append((name, args, weight))
        return read

    def doctrines(self, actions: Mapping[str, Template]) -> tuple[list[Doctrine], dict[str, tuple[Doctrine, ...]]]:
        models = {doctrine.id: doctrine for doctrine in self.rulebook.doctrines}
        read: dict[str, Doctrine] = {}
        for doctrine in self.rulebook.doctrines:
            path: Path = ("doctrines", doctrine.id)
            weights = self._weights(doctrine.weights, path)
            rules = [self._worth(r, actions, (*path, "rules", i)) for i, r in enumerate(doctrine.rules)]
            never = [self._worth(r, actions, (*path, "never", i)) for i, r in enumerate(doctrine.never)]
            for base in doctrine.like:
                if base not in read:
                    hint = nearest(base, models)
                    self.fault((*path, "like"), f"there is no doctrine '{base}' before this one{hint}")
                    continue
                weights = [*read[base].weights, *weights]
                rules = [*read[base].rules, *rules]
                never = [*read[base].never, *never]
            if doctrine.seat is not None and doctrine.seat not in self.sets["seats"]:
                hint = nearest(doctrine.seat, self.sets["seats"])
                self.fault((*path, "seat"), f"'{doctrine.seat}' is not a seat{hint}")
            read[doctrine.id] = Doctrine(
                doctrine.id,
                doctrine.seat,
                tuple(weights),
                tuple(r for r in rules if r is not None),
                tuple(r for r in never if r is not None),
                doctrine.thrift,
            )
        ruling = [d for d in read.values() if d.seat is not None]
        populations = {}
        for population in self.rulebook.populations:
            path = ("populations", population.id)
            weights = self._weights(population.weights, path)
            rules = [self._worth(r, actions, (*path, "rules", i)) for i, r in enumerate(population.rules)]
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

    def _objective(self, seat: str, goal: ObjectiveModel, path: Path) -> Objective | None:
        if (goal.met is None) == (goal.amount is None):
            self.fault(path, "an objective has either 'met' or 'amount'")
            return None
        reader = Reader(self.vocabulary, {"actor": "seats"})
        if goal.met is not None:
            amount = self._truth(reader, goal.met, (*path, "met"))
        else:
            amount = self._number(reader, goal.amount or "0", (*path, "amount"))
        if amount is None:
            return None
        bound = rename(amount, "actor", ex.Thing(seat))
        return Objective(seat, goal.id, goal.title, goal.weight, bound, goal.counts)

    def objectives(self) -> list[Objective]:
        read = []
        for place, playable in enumerate(self.scenario.seats):
            path: Path = ("scenario", "seats", place)
            if playable.seat not in self.sets["seats"]:
                hint = nearest(playable.seat, self.sets["seats"])
                self.fault((*path, "seat"), f"'{playable.seat}' is not a seat{hint}")
                continue
            for order, goal in enumerate(playable.objectives):
                objective = self._objective(playable.seat, goal, (*path, "objectives", order))
                if objective:
                    read.append(objective)
            for order, action in enumerate(playable.helps):
                if action not in self.vocabulary.actions:
                    hint = nearest(action, self.vocabulary.actions)
                    self.fault((*path, "helps", order), f"there is no action '{action}'{hint}")
        return read

    def endings(self) -> list[Ending]:
        read = []
        for ending in self.rulebook.endings:
            when = self._truth(Reader(self.vocabulary, {}), ending.when, ("endings", ending.id, "when"))
            if when is not None:
                read.append(Ending(ending.id, ending.title, when, ending.stops))
        if not read:
            self.fault(("endings",), "there is no ending; a game needs at least one")
        return read

    def scheduled(self) -> list[Scheduled]:
        reader = Reader(self.vocabulary, {})
        return [
            Scheduled(
                month_index(s.date),
                s.title,
                self._effects(reader, s.effects, ("scenario", "scheduled", place)),
            )
            for place, s in enumerate(self.scenario.scheduled)
        ]

    # -- start -----------------------------------------------------------------------------------

    def instances(self, of: str | None) -> tuple[tuple[str, ...], ...]:
        """The arguments of every row of a quantity over `of`, in order."""
        if of is None:
            return ((),)
        if of in self.relations:
            return self.relations[of]
        return tuple((member,) for member in self.sets.get(of, ()))

    def _value(self, given: float | int | str, ladder: str | None, path: Path) -> Fraction:
        if isinstance(given, str):
            rungs = self.vocabulary.ladders.get(ladder, ()) if ladder else ()
            if given not in rungs:
                self.fault(
                    path,
                    f"'{given}' is not a rung{nearest(given, rungs)}" if rungs else f"'{given}' is not a number",
                )
                return Fraction(0)
            return Fraction(rungs.index(given))
        return Fraction(str(given))

    def start(self) -> dict[str, dict[tuple[str, ...], Fraction]]:
        values: dict[str, dict[tuple[str, ...], Fraction]] = {}
        models = {q.id: q for q in self.rulebook.quantities}
        for quantity in self.rulebook.quantities:
            ladder = self.vocabulary.quantities[quantity.id][1]
            first = self._value(quantity.start, ladder, ("quantities", quantity.id, "start"))
            values[quantity.id] = dict.fromkeys(self.instances(quantity.of), first)
        for place, given in enumerate(self.scenario.start):
            path: Path = ("scenario", "start", place)
            if given.of not in models:
                self.fault((*path, "of"), f"there is no quantity '{given.of}'{nearest(given.of, models)}")
                continue
            quantity, table = models[given.of], values[given.of]
            ladder = self.vocabulary.quantities[given.of][1]
            if given.value is not None:
                table.update(dict.fromkeys(table, self._value(given.value, ladder, (*path, "value"))))
            for key, value in given.values.items():
                args = tuple(key.split())
                if args not in table and quantity.of in self.symmetric:
                    args = args[::-1]
                if args not in table:
                    known = [" ".join(a) for a in table]
                    self.fault((*path, "values", key), f"'{given.of}' has no '{key}'{nearest(key, known)}")
                    continue
                table[args] = self._value(value, ladder, (*path, "values", key))
        for quantity in self.rulebook.quantities:
            low, high = bounds(quantity.unit, quantity.bounds, self.vocabulary.ladders)
            for args, value in values[quantity.id].items():
                if not low <= value <= high:
                    name = f"{quantity.id}[{', '.join(args)}]"
                    self.fault(
                        ("quantities", quantity.id, "start"),
                        f"{name} starts at {value}, outside {low}–{high}",
                    )
        return values

    def report(self) -> Report | None:
        model = self.rulebook.report
        if model is None:
            return None
        reader = Reader(self.vocabulary, {})
        for section in (model.ladders, model.recognised, model.incidents):
            for name, quantity in section.items():
                if quantity not in self.vocabulary.quantities:
                    hint = nearest(quantity, self.vocabulary.quantities)
                    self.fault(("report", name), f"there is no quantity '{quantity}'{hint}")
        attacks = self._number(reader, model.armed_attacks, ("report", "armed_attacks"))
        war = self._truth(reader, model.war, ("report", "war"))
        if attacks is None or war is None:
            return None
        return Report(model.of, model.ladders, model.recognised, model.incidents, attacks, war)

    def book(self) -> Book:
        actions, events, rules = self.actions(), self.events(), self.rules()
        index = {template.id: template for template in (*actions, *events, *rules)}
        known = {template.id: template for template in actions}
        doctrines, populations = self.doctrines(known)
        factor: ex.Expression | None = None
        if self.rulebook.score_factor:
            reader = Reader(self.vocabulary, {"actor": "seats"})
            factor = self._number(reader, self.rulebook.score_factor, ("score_factor",))
        return Book(
            scenario=self.scenario,
            rulebook=self.rulebook,
            vocabulary=self.vocabulary,
            sets=self.sets,
            set_conditions={name: test.truth for name, test in self.conditions.items()},
            relations=self.relations,
            symmetric=self.symmetric,
            defines=self.defines(),
            actions=tuple(actions),
            events=tuple(events),
            rules=tuple(rules),
            seats=tuple(self.seats()),
            doctrines=tuple(doctrines),
            populations=populations,
            objectives=tuple(self.objectives()),
            score_factor=factor,
            endings=tuple(self.endings()),
            scheduled=tuple(self.scheduled()),
            start=self.start(),
            report=self.report(),
            index=index,
        )


def bounds(unit: str, given: Sequence[int] | None, ladders: Mapping[str, tuple[str, ...]]) -> tuple[int, int]:
    """The bounds of a quantity in its own unit."""
    if unit == "flag":
        return 0, 1
    if unit.startswith("ladder:"):
        return 0, max(len(ladders.get(unit.removeprefix("ladder:"), ())) - 1, 0)
    if given and len(given) == 2:
        return given[0], given[1]
    return (0, 100) if unit == "points" else (0, 1000)


def read_book(rulebook: Rulebook, scenario: ScenarioModel) -> tuple[Book, list[Fault]]:
    """Read a merged rulebook with its scenario. The book is only sound if there are no faults."""
    reader = BookReader(rulebook, scenario)
    book = reader.book()
    return book, reader.faults
