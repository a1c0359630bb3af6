"""A book compiled: layout, catalogue, phases, legality, players' tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from game.rules import nodes as nd
from game.rules.batch import Builder, Plan
from game.rules.catalogue import MAX_ORDERS, Catalogue
from game.rules.compile import Compiler
from game.rules.events import EventPhase
from game.rules.layout import Layout
from game.rules.orders import HALF_MONTHS, OrderPhase, longest_age
from game.rules.phase import Effect, Phase, Rule, read_effect, read_rule
from game.rules.terms import Environment, Placed, Sum
from game.scenario import expression as ex
from game.scenario.book import Book, Template
from game.scenario.collector import uncollected
from game.scenario.language import month_index

MAX_ROWS = 3_000
MAX_SLOT_PLACES = 6
FREE_PLACES = 6


class Ruleset:
    """Everything `advance` needs, computed once from a book.

    seats: ids in order; slot_places: places for slot orders; places: of the orders array
    (slot places, one for the answer to a card, then free orders).
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.turn_months = int(book.scenario.turn_months)
        self.turns = book.scenario.turns
        self.first_month = month_index(book.scenario.start_date)
        self.seats: tuple[str, ...] = book.sets["seats"]
        self.catalogue = Catalogue(book)
        if self.catalogue.size > MAX_ORDERS:
            raise ValueError(f"{self.catalogue.size} orders; {MAX_ORDERS} are allowed")
        self.ages = max(
            longest_age(book.actions, book.events, self.turn_months),
            HALF_MONTHS // self.turn_months,
            _remembered_months(book) // self.turn_months,
        )
        self.layout = Layout(book, self.catalogue.bindings, len(self.catalogue.cards))
        self.compiler = Compiler(book, self.layout, self.turn_months)
        self.compiler.find_orders = self.catalogue.find
        self.world_env = Environment((), [()])
        limits = [self.compiler.whole(self.number(seat.orders), self.world_env) for seat in book.seats]
        most = max((placed.node.high // divisor for placed, divisor in limits), default=1)
        self.slot_places = max(0, min(most, MAX_SLOT_PLACES))
        self.places = self.slot_places + FREE_PLACES
        self.layout.add_memory(self.seats, self.ages, self.slot_places + 1)
        if self.layout.size > MAX_ROWS:
            raise ValueError(f"{self.layout.size} rows; {MAX_ROWS} are allowed")
        self.active = self._stack_truths([seat.active for seat in book.seats])
        self.order_limit = self._limits()
        self.orders = OrderPhase(self.compiler, self.catalogue, self.ages, self.slot_places + 1)
        self.phases = {name: self._phase(name) for name in ("vote", "decide", "talk", "deed", "drift")}
        self.events = EventPhase(self.compiler, self.catalogue, self.active)
        self.measure = self._phase("measure", self._objective_rules())
        self.score = Phase("score", [self._score_rule()] if self.seats else [], self.layout.low, self.layout.high)
        self.endings = self._endings()
        self.calendar = self._phase("calendar")
        self.scheduled = self._scheduled()
        self.turn_rows = self._turn_rows()
        self.estimates = self._estimates()
        self.legal_parts = self._legal_parts()

    # -- pieces ----------------------------------------------------------------------------------

    def truth_node(self, truth: ex.Expression | None) -> nd.Node:
        """A truth of the world without slots, as a node of one element."""
        known = True if truth is None else self.compiler.truth(truth, self.world_env, {})
        return known.node if isinstance(known, Placed) else self.compiler.static([int(known)], truth=True)

    def number(self, expression: ex.Expression) -> Sum:
        """A number of the world without slots, exact."""
        return self.compiler.number(expression, self.world_env, {})

    def _stack_truths(self, truths: Sequence[ex.Expression | None]) -> nd.Node | None:
        if all(truth is None for truth in truths):
            return None
        return self.compiler.stack([self.truth_node(truth) for truth in truths])

    def _limits(self) -> nd.Node:
        """How many slot orders each seat may give, rounded down, 0 to the places there are."""
        limits = []
        for seat in self.book.seats:
            number = self.number(seat.orders)
            most = Sum((), Fraction(self.slot_places))
            capped = self.compiler.extreme("min", [number, most], self.world_env)
            kept = self.compiler.extreme("max", [capped, Sum()], self.world_env)
            placed, divisor = self.compiler.whole(kept, self.world_env)
            limits.append(self.compiler.floor(placed.node, divisor))
        return self.compiler.stack(limits)

    def _phase(self, name: str, extra: Sequence[Rule] = ()) -> Phase:
        rules = list(extra)
        for template in self.book.rules:
            if template.phase == name:
                rule = read_rule(self.compiler, template, self.catalogue.bindings[template.id])
                if rule is not None:
                    rules.append(rule)
        return Phase(name, rules, self.layout.low, self.layout.high)

    def _objective_rules(self) -> list[Rule]:
        """Objectives as one rule: each row assigned or added to."""
        compiler, goals = self.compiler, self.book.objectives
        first = self.layout.quantities["objective"].first
        kinds: dict[bool, list[tuple[int, nd.Node, str]]] = {True: [], False: []}
        for place, goal in enumerate(goals):
            worth = self.number(goal.amount).times(Fraction(goal.weight))
            row = first + place
            if goal.counts == "ever":
                before = Sum(((Fraction(1, 100), Placed(compiler.rows([row]), ())),))
                now = Sum(((Fraction(1, 100), compiler.stored(worth, self.world_env, 100)),))
                worth = compiler.extreme("max", [before, now], self.world_env)
            node = compiler.stored(worth, self.world_env, 100).node
            kinds[goal.counts != "each"].append((row, node, f"{goal.seat}.{goal.id}"))
        rules = []
        for assigns, found in kinds.items():
            if not found:
                continue
            bindings: list[tuple[str, ...]] = [(name,) for _, _, name in found]
            effect = Effect(
                "objective",
                None,
                tuple(range(len(found))),
                tuple(row for row, _, _ in found),
                compiler.stack([node for _, node, _ in found]),
                None,
                assigns,
            )
            name = "objectives" if assigns else "objectives_each_turn"
            rules.append(Rule(name, "objective", bindings, None, None, None, (effect,), 0))
        return rules

    def _score_rule(self) -> Rule:
        compiler = self.compiler
        first = self.layout.quantities["objective"].first
        amounts = []
        for seat in self.seats:
            total = Sum()
            for place, goal in enumerate(self.book.objectives):
                if goal.seat == seat:
                    row = Placed(compiler.rows([first + place]), ())
                    total = total.plus(Sum(((Fraction(1, 100), row),)))
            if self.book.score_factor is not None:
                factor = compiler.number(self.book.score_factor, self.world_env, {"actor": ex.Thing(seat)})
                total = compiler.multiply(total, factor, self.world_env)
            amounts.append(compiler.stored(total, self.world_env, 100).node)
        rows = self.layout.quantities["score"].rows
        effect = Effect("score", None, tuple(range(len(rows))), tuple(rows), compiler.stack(amounts), None, True)
        return Rule("score", "score", [(seat,) for seat in self.seats], None, None, None, (effect,), 0)

    def _endings(self) -> nd.Node:
        return self.compiler.stack([self.truth_node(ending.when) for ending in self.book.endings])

    def _scheduled(self) -> dict[int, list[Rule]]:
        """Scheduled effects by the turn that they open."""
        found: dict[int, list[Rule]] = {}
        for place, entry in enumerate(self.book.scheduled):
            turn = (entry.month - self.first_month) // self.turn_months + 1
            effects = tuple(read_effect(self.compiler, e, self.world_env, Fraction(1)) for e in entry.effects)
            rule = Rule(f"scheduled_{place}", "calendar", [()], None, None, None, effects, 5)
            found.setdefault(turn, []).append(rule)
        return found

    def opening(self, turn: int) -> Phase:
        """The calendar rules and what is scheduled, as the phase that opens a turn."""
        if turn not in self.scheduled:
            return self.calendar
        if turn not in self._openings:
            rules = [*self.calendar.rules, *self.scheduled[turn]]
            self._openings[turn] = Phase("calendar", rules, self.layout.low, self.layout.high)
        return self._openings[turn]

    def first_opening(self) -> Phase:
        """What is scheduled for the first turn (calendar rules begin with the second)."""
        return Phase("calendar", self.scheduled.get(1, []), self.layout.low, self.layout.high)

    def _turn_rows(self) -> list[tuple[slice, NDArray[np.int32]]]:
        """Blocks of rows that go back to their start when a turn opens."""
        self._openings: dict[int, Phase] = {}
        return [
            (slice(q.rows.start, q.rows.stop), np.array(q.start, np.int32).reshape(-1, 1))
            for q in self.layout.quantities.values()
            if q.lasts_turn
        ]

    def _estimates(self) -> list[tuple[slice, slice, int]]:
        """(rows of the truth, rows of the estimate, scale) of every estimated quantity."""
        found = []
        for q in self.layout.quantities.values():
            if q.visible == "estimate":
                shown = self.layout.quantities[f"estimate_{q.id}"]
                found.append((slice(q.rows.start, q.rows.stop), slice(shown.rows.start, shown.rows.stop), q.scale))
        return found

    # -- legality --------------------------------------------------------------------------------

    def _legal_parts(self) -> list[tuple[NDArray[np.intp], nd.Node | None]]:
        """For each action and choice: the orders' indices and the node of their conditions."""
        parts: list[tuple[NDArray[np.intp], nd.Node | None]] = []
        for action in self.book.actions:
            bindings = self.catalogue.bindings[action.id]
            if bindings:
                index = np.array([self.catalogue.find(action.id, args)[0] for args in bindings], np.intp)
                actors = [args[0] for args in bindings]
                tests = self._conditions(action, bindings, [t.truth for t in action.tests], actors)
                parts.append((index, tests))
        card_rows = self.layout.quantities["card"].first
        for event in self.book.events:
            bindings = self.catalogue.bindings[event.id]
            if not event.choices or not bindings:
                continue
            places = [i for i, card in enumerate(self.catalogue.cards) if card.event == event.id]
            cards = [self.catalogue.cards[i] for i in places]
            pending = self.compiler.comparison(
                self.compiler.rows([card_rows + card.seat for card in cards]),
                "==",
                self.compiler.static([place + 1 for place in places]),
            )
            for number, choice in enumerate(event.choices):
                index = np.array([card.orders[number] for card in cards], np.intp)
                deciders = [self.seats[card.seat] for card in cards]
                tests = self._conditions(event, bindings, [t.truth for t in choice.tests], deciders)
                node = pending if tests is None else self.compiler.logic("and", [pending, tests])
                parts.append((index, node))
        return parts

    @cached_property
    def legal_plan(self) -> tuple[Plan, NDArray[np.intp]]:
        """All conditions at once, for few games, and where each order's truth stands; made when first asked for."""
        builder = Builder()
        found = [builder.constant(0)] * self.catalogue.size
        for index, node in self.legal_parts:
            held = builder.every([] if node is None else [builder.node(node)], len(index))
            for order, truth in zip(index.tolist(), held, strict=True):
                found[order] = truth
        plan = builder.plan()
        return plan, plan.at(found)

    def _conditions(
        self,
        template: Template,
        bindings: list[tuple[str, ...]],
        tests: Iterable[ex.Expression],
        givers: Sequence[str],
    ) -> nd.Node | None:
        """Tests over a template's bindings, and whether the seats that give the orders are active."""
        env = Environment(tuple(template.slots), bindings)
        truth = self.compiler.conjunction(list(tests), env, {})
        parts = []
        if isinstance(truth, Placed):
            parts.append(self.compiler.at(truth, env, env.slots))
        elif not truth:
            parts.append(self.compiler.static([0] * len(bindings), truth=True))
        if self.active is not None:
            seats = {seat: i for i, seat in enumerate(self.seats)}
            parts.append(self.compiler.expand(self.active, [seats[seat] for seat in givers]))
        return self.compiler.logic("and", parts) if parts else None


def _remembered_months(book: Book) -> int:
    """The longest `ordered_within` in any expression of the book."""
    longest = 0
    stack = list(_expressions(book))
    while stack:
        node = stack.pop()
        if isinstance(node, ex.Ordered):
            longest = max(longest, node.months or 0)
        else:
            stack += ex.parts(node)
    return longest


def _expressions(book: Book) -> Iterator[ex.Expression]:
    """Every expression of a book."""
    for template in (*book.actions, *book.events, *book.rules):
        yield from (test.truth for test in template.tests)
        yield from (node for node in (template.odds,) if node is not None)
        effects = [*template.effects, *(e for choice in template.choices for e in choice.effects)]
        yield from (effect.change.amount for effect in effects)
        yield from (e.change.spread[2] for e in effects if e.change.spread and e.change.spread[2] is not None)
        yield from (test.truth for choice in template.choices for test in choice.tests)
    for define in book.defines.values():
        for term in define.terms:
            yield term.amount
            if term.when is not None:
                yield term.when
    for doctrine in (*book.doctrines, *(d for group in book.populations.values() for d in group)):
        for rule in (*doctrine.rules, *doctrine.never):
            yield from (node for node in (rule.when, rule.worth) if node is not None)
    yield from (goal.amount for goal in book.objectives)
    yield from (ending.when for ending in book.endings)
    yield from (seat.orders for seat in book.seats)
    yield from (seat.active for seat in book.seats if seat.active is not None)
    yield from book.set_conditions.values()
    if book.score_factor is not None:
        yield book.score_factor


def compile_rules(book: Book) -> Ruleset:
    """Compile a book. Raises ValueError (CompileFault, OverflowFault, BindingError) on a faulty one."""
    with uncollected():
        return Ruleset(book)
