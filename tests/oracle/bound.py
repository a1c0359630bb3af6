"""What the templates of a book become once they are bound: orders, changes, instances of rules and events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from game.scenario import expression as ex
from game.scenario.book import Book, ReadEffect, ReadTest, Template
from game.scenario.models import PHASES, QuantityModel

from .binding import Binding, Env, Things
from .chance import instance_words, threshold
from .expressions import Expressions, walk
from .numbers import Number, Reader, Snapshot, Truth, as_reader, whole
from .rows import Layout

MOST_SLOTS = 6
REPEAT_MONTHS = 9
ODDS_LADDER = (0, 2, 5, 10, 20, 35, 60, 100, 160, 240, 340, 450, 560, 660, 760, 840, 900, 940, 965, 980, 990)

Test = Callable[[Snapshot], bool]


@dataclass(frozen=True)
class Change:
    """One effect on one row.

    rank: priority, template, effect, binding; of several assignments to a row the lowest has its way.
    ages: the turns after its order in which it applies. constant: what it always adds, else None.
    """

    rank: tuple[int, ...]
    row: int
    assigns: bool
    full: Reader
    half: Reader
    condition: Truth
    ages: range
    constant: int | None


@dataclass(frozen=True)
class Instance:
    """A rule or an event bound to things. last: an event's row of that name; seat, card: who must answer."""

    words: tuple[int, int]
    tests: tuple[Test, ...]
    below: Callable[[Snapshot], int] | None
    changes: tuple[Change, ...]
    template: Template
    last: int | None
    seat: int | None
    card: int


@dataclass(frozen=True)
class Order:
    """An order of the catalogue. choice: its place among its event's; card: that card as `card[seat]` shows it."""

    sort: tuple[int, ...]
    text: str
    seat: int
    cost: int
    template: Template
    env: Env
    free: bool
    halves: bool
    exclusion: tuple[str, ...] | None
    choice: int | None = None
    card: int = 0


class BoundBook:
    """The rules of one book, bound to its things.

    rows: names of the rows. orders: text forms of the catalogue.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.months: int = book.scenario.turn_months
        self.seats = [seat.id for seat in book.seats]
        self.binding = Binding(book)
        self.bindings = {t.id: self.binding.of(t) for t in (*book.actions, *book.events, *book.rules)}
        self.cards = [
            (event.id, things) for event in book.events if event.choices for things in self.bindings[event.id]
        ]
        self.catalogue = sorted((*self._action_orders(), *self._answers()), key=lambda order: order.sort)
        fired = [(event.id, *things) for event in book.events for things in self.bindings[event.id]]
        self.layout = Layout(book, fired)
        found: dict[str, dict[Things, int]] = {action.id: {} for action in book.rulebook.actions}
        for place, order in enumerate(self.catalogue):
            if order.choice is None:
                found[order.template.id][tuple(order.env.values())] = place
        self.expressions = Expressions(self.binding, self.layout, found)
        self.limits = [self.expressions.number(seat.orders, {}) for seat in book.seats]
        most = max(self.expressions.span(limit)[1] for limit in self.limits)
        self.slot_places = int(min(max(most, 0), MOST_SLOTS))
        self.layout.add_memory(self.seats, self._ages(), self.slot_places + 1)
        self.rows, self.orders = self.layout.names, [order.text for order in self.catalogue]
        self.purse, self.card, self.government, self.score = (
            [self.layout.index[name, (seat,)] for seat in self.seats]
            for name in ("purse", "card", "government", "score")
        )
        self.tests = [self._order_tests(order) for order in self.catalogue]
        self.changes = [self._order_changes(order) for order in self.catalogue]
        self.active = [self.test(seat.active) for seat in book.seats]
        self.phases = self._phases()
        self.scheduled = self._scheduled()
        self.goals = [
            self.expressions.number(g.amount, {}).times(Fraction(g.weight)).rounded(100) for g in book.objectives
        ]
        self.goal_rows = [self.layout.index["objective", (f"{goal.seat}.{goal.id}",)] for goal in book.objectives]
        self.scores = [self._score(seat).rounded(100) for seat in self.seats]
        self.endings = [(self.test(ending.when), ending.stops) for ending in book.endings]
        self.passing = [self.layout.index[m.id, t] for m in self._models("lasts", "turn") for t in book.start[m.id]]
        self.estimates = [
            (self.layout.index[f"estimate_{model.id}", things], self.layout.index[model.id, things])
            for model in self._models("visible", "estimate")
            for things in book.start[model.id]
        ]

    def _models(self, field: str, value: str) -> list[QuantityModel]:
        return [model for model in self.book.rulebook.quantities if getattr(model, field) == value]

    def _ages(self) -> int:
        """How many turns the memory must reach back."""
        book = self.book
        months = [REPEAT_MONTHS, *(node.months or 0 for node in walk(book) if isinstance(node, ex.Ordered))]
        running = [(effect, action.runs) for action in book.actions for effect in action.effects]
        running += [(effect, 0) for event in book.events for choice in event.choices for effect in choice.effects]
        return max(max(months) // self.months, *(self._ages_of(effect, runs).stop - 1 for effect, runs in running))

    def _ages_of(self, effect: ReadEffect, runs: int) -> range:
        """The turns after an order in which one of its effects applies."""
        first = effect.change.after // self.months
        return range(first, first + (max(1, ceil(runs / self.months)) if effect.change.per_quarter else 1))

    def _action_orders(self) -> Iterator[Order]:
        for place, action in enumerate(self.book.actions):
            for number, things in enumerate(self.bindings[action.id]):
                env = dict(zip(action.slots, things, strict=True))
                seat, exclusion = self.seats.index(things[0]), None
                if action.exclusive is not None:
                    group, per = action.exclusive
                    exclusion = (things[0], group, *(env[slot] for slot in per))
                sort = (seat, 2 if action.free else 0, action.cost, place, number)
                text = ".".join((things[0], action.id, *things[1:]))
                yield Order(sort, text, seat, action.cost, action, env, action.free, action.halves, exclusion)

    def _answers(self) -> Iterator[Order]:
        """The choices of cards."""
        for place, event in enumerate(self.book.events, len(self.book.actions)):
            for number, things in enumerate(self.bindings[event.id] if event.choices else ()):
                env, seat = dict(zip(event.slots, things, strict=True)), self._decider(event, things)
                card = self.cards.index((event.id, things)) + 1
                for answer, choice in enumerate(event.choices):
                    sort = (seat, 1, choice.cost, place, number, answer)
                    text = ".".join((self.seats[seat], "respond", event.id, *things, choice.id))
                    exclusion = ("respond", event.id, *things)
                    yield Order(sort, text, seat, choice.cost, event, env, True, False, exclusion, answer, card)

    def _decider(self, event: Template, things: Things) -> int:
        assert event.decided_by is not None
        return self.seats.index(self.binding.thing(event.decided_by, dict(zip(event.slots, things, strict=True))))

    def test(self, node: ex.Expression | None, env: Env | None = None) -> Test:
        return as_reader(True if node is None else self.expressions.test(node, env or {}))

    def _tests(self, tests: Iterable[ReadTest], env: Env) -> tuple[Test, ...]:
        """What must hold, without what is known to; what is known not to hold alone."""
        truths = [self.expressions.test(test.truth, env) for test in tests]
        if False in truths:
            return (lambda s: False,)
        return tuple(truth for truth in truths if callable(truth))

    def _order_tests(self, order: Order) -> tuple[Test, ...]:
        source = order.template if order.choice is None else order.template.choices[order.choice]
        return self._tests(source.tests, order.env)

    def _order_changes(self, order: Order) -> list[Change]:
        source = order.template if order.choice is None else order.template.choices[order.choice]
        _, _, _, place, *number = order.sort
        return list(self._changes(source.effects, order.env, (0, place), number, order.template.runs))

    def _changes(
        self, effects: Iterable[ReadEffect], env: Env, before: Iterable[int], after: Iterable[int], runs: int = 0
    ) -> Iterator[Change]:
        """Effects bound to things: one change each, or one for each thing that it spreads over."""
        for place, effect in enumerate(effects):
            change = effect.change
            factor = Fraction(self.months, 3) if change.per_quarter else Fraction(1)
            for number, (bound, condition) in enumerate(self._spread(change, env)):
                row = self.layout.row(change.quantity, self.binding.things(change.args, bound))
                if row is None:
                    raise KeyError(f"there is no {change.quantity} to change")
                amount = self.expressions.number(change.amount, bound).times(-factor if change.op == "-=" else factor)
                scale, adds = self.layout.scales[row], change.op != "="
                full = amount.rounded(scale)
                half = amount.times(Fraction(1, 2)).rounded(scale) if adds else full
                constant = whole(amount.constant * scale) if adds and condition is True and not amount.parts else None
                rank = (*before, place, *after, number)
                yield Change(rank, row, not adds, full, half, condition, self._ages_of(effect, runs), constant)

    def _spread(self, change: ex.Assignment, env: Env) -> Iterator[tuple[Env, Truth]]:
        if change.spread is None:
            yield env, True
            return
        slot, group, condition = change.spread
        for thing in self.book.sets[group]:
            bound = {**env, slot: thing}
            truth = self.expressions.member_condition(group, condition, bound, slot)
            if truth is not False:
                yield bound, truth

    def _phases(self) -> dict[str, list[Instance]]:
        phases: dict[str, list[Instance]] = {phase: [] for phase in PHASES}
        for place, template in enumerate((*self.book.events, *self.book.rules)):
            for number, things in enumerate(self.bindings[template.id]):
                env = dict(zip(template.slots, things, strict=True))
                changes = self._changes(template.effects, env, (-template.priority, place), (number,))
                asks = (template.id, things) in self.cards
                instance = Instance(
                    instance_words(template.id, things),
                    self._tests(template.tests, env),
                    self._chance(template, env),
                    tuple(changes),
                    template,
                    self.layout.index["last", (template.id, *things)] if template.kind == "event" else None,
                    self._decider(template, things) if asks else None,
                    self.cards.index((template.id, things)) + 1 if asks else 0,
                )
                phases[template.phase].append(instance)
        return phases

    def _chance(self, template: Template, env: Env) -> Callable[[Snapshot], int] | None:
        """The number below which the draw of an instance means yes; None: no draw."""
        if template.chance is not None:
            certain = threshold(Fraction(template.chance, 1000))
            return lambda s: certain
        if template.odds is None:
            return None
        rung = self.expressions.number(template.odds, env).rounded(1)
        ladder = [threshold(Fraction(odds, 1000), self.months) for odds in ODDS_LADDER]
        return lambda s: ladder[min(max(rung(s), 0), len(ladder) - 1)]

    def _scheduled(self) -> list[tuple[int, Change]]:
        """Scheduled effects with their months. They rank with rules of priority 5, after them."""
        return [
            (event.month, change)
            for place, event in enumerate(self.book.scheduled, len(self.book.events) + len(self.book.rules))
            for change in self._changes(event.effects, {}, (-5, place), ())
        ]

    def _score(self, seat: str) -> Number:
        goals = [goal for goal in self.book.objectives if goal.seat == seat]
        total = Number({})
        for goal in goals:
            total = total.plus(self.expressions.read("objective", (f"{seat}.{goal.id}",)))
        factor = self.book.score_factor
        return (
            total
            if factor is None
            else self.expressions.product(total, self.expressions.number(factor, {"actor": seat}))
        )
