"""A game played by the rules: what may be ordered, what governments order, and a turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from game.scenario.book import Book, Doctrine
from game.scenario.language import month_index

from .bound import REPEAT_MONTHS, BoundBook, Change, Instance, Test
from .chance import draw, turn_words
from .government import Government
from .numbers import Snapshot, nearest
from .rows import DATE, ENDING, TURN

FREE_PLACES = 6
ESTIMATE_STEP = 5 * 100


class Game(NamedTuple):
    """One game: its rows, and the luck that all its draws follow from."""

    rows: list[int]
    luck: int


class Oracle(BoundBook):
    """The rules of one book, played. The orders of a turn are a list of catalogue indices for each seat."""

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self.governments: dict[str | None, list[list[Government]]] = {}

    def start(self, luck: int) -> Game:
        """A new game."""
        rows = list(self.layout.first)
        rows[TURN], rows[DATE] = 1, month_index(self.book.scenario.start_date)
        for seat, model in enumerate(self.book.seats):
            rows[self.purse[seat]] = model.start
            ruling = [doctrine.id for doctrine in self.book.doctrines if doctrine.seat == model.id]
            chosen = self.book.scenario.governments.get(model.id)
            rows[self.government[seat]] = ruling.index(chosen) if chosen in ruling else 0
        self._estimate(rows)
        return Game(self._changed(Snapshot(rows, self.layout), self._due(rows)), luck)

    def _changed(
        self, s: Snapshot, changes: Iterable[tuple[Change, int, int]], costs: Mapping[int, int] | None = None
    ) -> list[int]:
        """The rows after a phase: (assigned value, else value) + additions, within bounds.

        changes: each with its age (of two assignments the younger has its way) and 1 where it has half effect.
        """
        assigned: dict[int, tuple[int, tuple[int, ...], int]] = {}
        added = Counter(costs or {})
        for change, age, half in changes:
            if change.condition is True or change.condition(s):  # type: ignore[operator]
                amount = change.half(s) if half else change.full(s)
                if change.assigns:
                    mine = (age, change.rank, amount)
                    assigned[change.row] = min(mine, assigned.get(change.row, mine))
                else:
                    added[change.row] += amount
        rows = list(s)
        for row in {*assigned, *added}:
            value = assigned[row][2] if row in assigned else s[row]
            rows[row] = self.layout.bounded(row, int(value + added[row]))
        return rows

    def _due(self, rows: Sequence[int]) -> list[tuple[Change, int, int]]:
        """The scheduled effects whose date lies in the turn that opens."""
        date = rows[DATE]
        return [(change, 0, 0) for month, change in self.scheduled if date <= month < date + self.months]

    def _estimate(self, rows: list[int]) -> None:
        """Bring the estimates up to date, in place."""
        for estimate, row in self.estimates:
            step = ESTIMATE_STEP if self.layout.scales[row] == 100 else 1
            rows[estimate] = nearest(rows[row], step) * step

    # -- what may be ordered, and what governments order -------------------------------------------

    def legal(self, game: Game) -> list[bool]:
        """For each order whether it is legal on its own: seat active, tests hold, card pending."""
        return self._legal(Snapshot(game.rows, self.layout))

    def _legal(self, s: Snapshot) -> list[bool]:
        there = [not s[ENDING] and bool(active(s)) for active in self.active]
        pending = [s[row] for row in self.card]
        return [
            there[order.seat] and order.card in (0, pending[order.seat]) and holds(tests, s)
            for order, tests in zip(self.catalogue, self.tests, strict=True)
        ]

    def slots(self, game: Game) -> list[int]:
        """How many slot orders each seat may give."""
        return [self._slots(Snapshot(game.rows, self.layout), seat) for seat in range(len(self.seats))]

    def _slots(self, s: Snapshot, seat: int) -> int:
        limit = self.limits[seat]
        return min(max(limit.scaled(limit.denominator)(s) // limit.denominator, 0), self.slot_places)

    def _ruling(self, s: Snapshot, seat: int, population: str | None) -> Government:
        if population not in self.governments:
            doctrines = self.book.doctrines if population is None else self.book.populations[population]
            idle = Doctrine("", None, (), (), (), 0)
            self.governments[population] = [
                [Government(self, place, d) for d in doctrines if d.seat == name] or [Government(self, place, idle)]
                for place, name in enumerate(self.seats)
            ]
        ruling = self.governments[population][seat]
        return ruling[min(s[self.government[seat]], len(ruling) - 1)]

    def worth(self, game: Game, population: str | None = None) -> list[int | None]:
        """What each order is worth to the government of its seat, in hundredths; None under a red line."""
        s = Snapshot(game.rows, self.layout)
        ruling = [self._ruling(s, seat, population) for seat in range(len(self.seats))]
        return [ruling[order.seat].worth(place, s) for place, order in enumerate(self.catalogue)]

    def doctrine(self, game: Game, population: str | None = None) -> list[list[int]]:
        """The orders that each seat's government gives."""
        s = Snapshot(game.rows, self.layout)
        legal: list[list[int]] = [[] for _ in self.seats]
        for place, allowed in enumerate(self._legal(s)):
            if allowed:
                legal[self.catalogue[place].seat].append(place)
        return [self._chosen(s, seat, orders, population) for seat, orders in enumerate(legal)]

    def _chosen(self, s: Snapshot, seat: int, legal: Sequence[int], population: str | None) -> list[int]:
        """The card's answer, then slot orders, then free orders, the worthiest first.

        Worths do not change while a seat chooses, so each round's best is the next in order that still fits.
        """
        ruling = self._ruling(s, seat, population)
        worths = {place: worth for place in legal if (worth := ruling.worth(place, s)) is not None}
        ranked = sorted(worths, key=lambda place: (-worths[place], place))
        answers = [place for place in ranked if self.catalogue[place].card]
        wanted = [place for place in ranked if worths[place] > 0 and not self.catalogue[place].card]
        purse, chosen = s[self.purse[seat]], list[int]()
        shut: set[tuple[str, ...]] = set()
        for places, most in (
            (answers, 1),
            ([place for place in wanted if not self.catalogue[place].free], self._slots(s, seat)),
            ([place for place in wanted if self.catalogue[place].free], FREE_PLACES - 1),
        ):
            for place in places:
                order = self.catalogue[place]
                if most and order.cost <= purse and order.exclusion not in shut:
                    chosen.append(place)
                    most, purse = most - 1, purse - order.cost
                    if order.exclusion is not None:
                        shut.add(order.exclusion)
        return chosen

    # -- a turn ----------------------------------------------------------------------------------

    def advance(self, game: Game, orders: Sequence[Sequence[int]]) -> Game:
        """The game one turn later. A game that has ended stays as it is."""
        rows, luck = game
        if rows[ENDING]:
            return game
        chances = turn_words(luck, rows[TURN])
        given = [self._with_default(rows, seat, own) for seat, own in enumerate(orders)]
        counts = Counter(place for own in given for place in own)
        start = Snapshot(rows, self.layout, counts)
        recent = start.remembered(REPEAT_MONTHS // self.months)
        halved = {place: int(self.catalogue[place].halves and recent[place] > 0) for place in counts}
        rows = self._order_phase(start, given, halved)
        for phase in ("vote", "decide", "talk", "deed", "drift"):
            s = Snapshot(rows, self.layout, counts)
            rows = self._changed(s, self._fired(phase, s, chances))
        rows = self._event_phase(Snapshot(rows, self.layout, counts), chances)
        rows = self._measure_phase(Snapshot(rows, self.layout, counts), chances)
        s = Snapshot(rows, self.layout, counts)
        for row, score in zip(self.score, self.scores, strict=True):
            rows[row] = self.layout.bounded(row, score(s))
        rows[ENDING] = self._ending(Snapshot(rows, self.layout, counts))
        if not rows[ENDING]:
            rows = self._calendar_phase(rows, given, halved, chances)
        return Game(rows, luck)

    def _with_default(self, rows: Sequence[int], seat: int, orders: Sequence[int]) -> list[int]:
        """A seat's orders; a pending card that got no answer gets the default."""
        given, pending = list(orders), rows[self.card[seat]]
        if pending and not any(self.catalogue[place].card == pending for place in given):
            for place, order in enumerate(self.catalogue):
                if order.card == pending and order.template.choices[order.choice or 0].default:
                    given.append(place)
        return given

    def _order_phase(self, s: Snapshot, given: Sequence[Sequence[int]], halved: Mapping[int, int]) -> list[int]:
        costs = {
            self.purse[seat]: -sum(self.catalogue[place].cost for place in places) for seat, places in enumerate(given)
        }
        running = [(place, 0, halved[place]) for places in given for place in places]
        running += self.layout.remembered(s, self.layout.ages)
        changes = ((c, age, half) for place, age, half in running for c in self.changes[place] if age in c.ages)
        return self._changed(s, changes, costs)

    def _fired(self, phase: str, s: Snapshot, chances: tuple[int, int]) -> Iterator[tuple[Change, int, int]]:
        """The changes of a phase's rules that take effect."""
        for instance in self.phases[phase]:
            if instance.last is None and happens(instance, s, chances):
                for change in instance.changes:
                    yield change, 0, 0

    def _event_phase(self, s: Snapshot, chances: tuple[int, int]) -> list[int]:
        active = [bool(test(s)) for test in self.active]
        firing: list[Instance] = []
        asking: dict[int, list[tuple[int, int, int, Instance]]] = {}
        for event in self.phases["events"]:
            if event.last is None or not self._may_fire(event, s, active) or not happens(event, s, chances):
                continue
            if event.seat is None:
                firing.append(event)
            else:
                rank = (-event.template.priority, draw(event.words, chances), event.card)
                asking.setdefault(event.seat, []).append((*rank, event))
        dealt = {seat: min(cards)[3] for seat, cards in asking.items()}
        firing += dealt.values()
        changes = [(change, 0, 0) for event in firing for change in event.changes]
        rows = self._changed(s, [*changes, *self._fired("events", s, chances)])
        for event in firing:
            rows[event.last or 0] = s[TURN]
        for seat, row in enumerate(self.card):
            rows[row] = dealt[seat].card if seat in dealt else 0
        return rows

    def _may_fire(self, event: Instance, s: Snapshot, active: Sequence[bool]) -> bool:
        """Not spent, not cooling down, in its turn, and the seat that must answer is there."""
        last, template = s[event.last or 0], event.template
        return (
            not (last and (template.once or s[TURN] - last < ceil(template.cooldown / self.months)))
            and (template.date is None or s[DATE] <= template.date < s[DATE] + self.months)
            and (event.seat is None or active[event.seat])
        )

    def _measure_phase(self, s: Snapshot, chances: tuple[int, int]) -> list[int]:
        rows = self._changed(s, self._fired("measure", s, chances))
        for goal, row, value in zip(self.book.objectives, self.goal_rows, self.goals, strict=True):
            worth = value(s)
            if goal.counts == "ever":
                worth = max(worth, s[row])
            elif goal.counts == "each":
                worth += s[row]
            rows[row] = self.layout.bounded(row, worth)
        return rows

    def _ending(self, s: Snapshot) -> int:
        """1 + the index of the ending that holds, 0 while the game goes on."""
        last = s[TURN] >= self.book.scenario.turns
        for number, (test, stops) in enumerate(self.endings, 1):
            if (stops or last) and test(s):
                return number
        return len(self.endings) if last else 0

    def _calendar_phase(
        self, rows: list[int], given: Sequence[Sequence[int]], halved: Mapping[int, int], chances: tuple[int, int]
    ) -> list[int]:
        """Open the next turn."""
        rows[TURN] += 1
        rows[DATE] += self.months
        for row in self.passing:
            rows[row] = self.layout.first[row]
        self._estimate(rows)
        for seat, places in enumerate(given):
            kept = [1 + 2 * place + halved[place] for place in places if not self.catalogue[place].free]
            answers = [1 + 2 * place for place in places if self.catalogue[place].card] or [0]
            blank = [0] * (self.slot_places - len(kept))
            first, end, width = self.layout.latest(seat), self.layout.latest(seat + 1), self.layout.width
            rows[first:end] = [*kept, *blank, *answers, *rows[first : end - width]]
        s = Snapshot(rows, self.layout)
        return self._changed(s, [*self._due(rows), *self._fired("calendar", s, chances)])


def holds(tests: Iterable[Test], s: Snapshot) -> bool:
    for test in tests:  # noqa: SIM110 - a generator is slower
        if not test(s):
            return False
    return True


def happens(instance: Instance, s: Snapshot, chances: tuple[int, int]) -> bool:
    """Whether an instance's tests hold and its draw succeeds."""
    return holds(instance.tests, s) and (instance.below is None or draw(instance.words, chances) < instance.below(s))
