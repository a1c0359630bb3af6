"""Which rules carry which mechanism, and whether they take part in games that computers play."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.players import make_player
from game.rules import Ruleset, advance, start
from game.rules.ledger import Ledger, Note
from game.scenario.book import Book
from game.scenario.models import ActionModel, EventModel, RuleModel

MOST_UNSEEN = 0.02
"""Of the templates of orders and of events at most this share may never be seen."""
MOST_CARRIED = 3
BATCH = 100


@dataclass
class Coverage:
    """What ensembles of one or more scenarios showed.

    part: rule → in how many game-turns it changed something. carried: mechanism → its rules. orders, events: the
    templates in play; given, fired: those seen.
    """

    part: Counter[str] = field(default_factory=Counter)
    carried: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    titles: dict[str, tuple[int, str]] = field(default_factory=dict)
    orders: dict[str, None] = field(default_factory=dict)
    events: dict[str, None] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    fired: set[str] = field(default_factory=set)

    def play(self, ruleset: Ruleset, games: int) -> None:
        """Add doctrine games of one scenario, on luck 0, 1 …"""
        self._declare(ruleset.book)
        player = make_player("doctrine", ruleset)
        templates = np.array(ruleset.catalogue.template)
        slot_orders = ~ruleset.catalogue.is_choice
        for first in range(0, games, BATCH):
            count = min(BATCH, games - first)
            world = start(ruleset, np.arange(first, first + count, dtype=np.uint64))
            for _ in range(ruleset.turns):
                orders = player.decide(ruleset, world, range(len(ruleset.seats)))
                chosen = np.unique(orders[orders >= 0])
                self.given |= set(templates[chosen[slot_orders[chosen]]].tolist())
                turn = advance(ruleset, world, orders, trace=range(count))
                world = turn.world
                self._note(turn.ledger)
                self.fired |= {name for name, count in turn.fired.items() if count and name in self.events}

    def _declare(self, book: Book) -> None:
        self.orders |= dict.fromkeys(template.id for template in book.actions)
        self.events |= dict.fromkeys(template.id for template in book.events)
        for name, number, title in _mechanisms(book):
            self.titles[name] = number, title
        for rule, carried in _carriers(book):
            for name in carried:
                self.carried[name][rule] = None

    def _note(self, ledger: Ledger) -> None:
        moved: dict[str, NDArray[np.bool_]] = {}
        for note in ledger.notes:
            # An answer to a card is part of its event: `riot.police` counts for `riot`.
            if isinstance(note, Note):
                if note.cause != "cost":
                    rule = note.rule.partition(".")[0]
                    moved.setdefault(rule, np.zeros(len(ledger.columns), bool))
                    moved[rule] |= np.asarray((note.amounts != 0).any(axis=0))
            elif note[1].amount and note[1].cause != "cost":
                rule = note[1].rule.partition(".")[0]
                moved.setdefault(rule, np.zeros(len(ledger.columns), bool))[note[0]] = True
        for rule, games in moved.items():
            self.part[rule] += int(np.count_nonzero(games))

    # -- what it says --------------------------------------------------------------------------------

    def mechanisms(self) -> dict[str, dict[str, Any]]:
        """Number → {title, rules: {rule: game-turns}, took_part: game-turns of all of them}, by number."""
        answer = {}
        for name, (number, title) in sorted(self.titles.items(), key=lambda item: item[1][0]):
            rules = {rule: self.part[rule] for rule in self.carried.get(name, ())}
            answer[str(number)] = {"title": title, "rules": rules, "took_part": sum(rules.values())}
        return answer

    @property
    def orders_never(self) -> list[str]:
        """Templates of orders that no computer gave."""
        return [name for name in self.orders if name not in self.given]

    @property
    def events_never(self) -> list[str]:
        """Templates of events that never happened."""
        return [name for name in self.events if name not in self.fired]

    def as_json(self) -> dict[str, Any]:
        """The object that `game check --coverage --json` prints."""
        return {
            "mechanisms": self.mechanisms(),
            "orders_never": self.orders_never,
            "events_never": self.events_never,
            "orders": len(self.orders),
            "events": len(self.events),
        }

    def faults(self) -> list[str]:
        """What falls short, a sentence each: sleeping mechanisms, crowded rules, twins, templates never seen."""
        found = []
        sets: dict[tuple[str, ...], str] = {}
        load = Counter(rule for rules in self.carried.values() for rule in rules)
        for number, row in self.mechanisms().items():
            if not row["took_part"]:
                found.append(f"mechanism {number}, {row['title']}: none of its rules took part")
            key = tuple(sorted(row["rules"]))
            if key and key in sets:
                found.append(f"mechanism {number} has the same rules as mechanism {sets[key]}")
            sets[key] = number
        found += [
            f"'{rule}' carries {count} mechanisms; at most {MOST_CARRIED}"
            for rule, count in load.items()
            if count > MOST_CARRIED
        ]
        unseen, templates = [*self.orders_never, *self.events_never], len(self.orders) + len(self.events)
        if len(unseen) > MOST_UNSEEN * templates:
            found.append(f"{len(unseen)} of {templates} templates of orders and events were never seen; at most 2 %")
        return found


def _mechanisms(book: Book) -> Iterator[tuple[str, int, str]]:
    """(id, number, title) of the library's entries that stand for a mechanism."""
    for entry in book.rulebook.library:
        if entry.mechanism is not None:
            yield f"m{entry.mechanism}", entry.mechanism, entry.title


def _carriers(book: Book) -> Iterator[tuple[str, list[str]]]:
    """(rule, what it carries) for everything in play; a body's rules carry what the body does."""
    in_play = {template.id for template in (*book.actions, *book.events, *book.rules)}
    rulebook = book.rulebook
    models: list[ActionModel | EventModel | RuleModel] = [*rulebook.actions, *rulebook.events, *rulebook.rules]
    for model in models:
        if model.carries and model.id in in_play:
            yield model.id, list(model.carries)
    bodies = {("councils", body.id): body.carries for body in rulebook.councils}
    bodies |= {("dialogues", body.id): body.carries for body in rulebook.dialogues}
    for template in book.rules:
        carried = bodies.get((str(template.path[0]), str(template.path[1])))
        if carried:
            yield template.id, list(carried)
