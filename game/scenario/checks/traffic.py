"""Quantities that nothing changes, or that matter to nothing anybody sees or wants.

A graph of reading and writing: every template leads from what it reads to what it changes. It ends in what
matters: objectives and the score, councils, endings, the choices of events, and what is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from game.scenario import expression as ex
from game.scenario.places import of_define, of_effects, of_template, templates
from game.scenario.shapes import Book, Fault, ReadEffect

_TARGET = re.compile(r"\s*([a-z]\w*)")


class _Reading:
    """The quantities that an expression reads, through derived quantities and conditions of sets."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._of: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, node: ex.Expression) -> set[str]:
        found: set[str] = set()
        for part in ex.walk(node):
            if isinstance(part, ex.Read):
                found.add(part.quantity)
            elif isinstance(part, ex.Derived):
                found |= self._named("define", part.define)
            elif isinstance(part, ex.Aggregate) and part.set in self.book.set_conditions:
                found |= self._named("set", part.set)
        return found

    def _named(self, kind: str, name: str) -> frozenset[str]:
        key = (kind, name)
        if key not in self._of:
            found: set[str] = set()
            if kind == "define":
                for place in of_define(self.book.defines[name]):
                    found |= self.of(place.node)
            else:
                found = self.of(self.book.set_conditions[name])
            self._of[key] = frozenset(found)
        return self._of[key]


def check(book: Book) -> Iterator[Fault]:
    """Faults at quantities without a writer, and at those without a reader that matters."""
    reading = _Reading(book)
    leads: dict[str, set[str]] = {}
    written: set[str] = {"purse"}
    matters: set[str] = {"purse"}
    for template in templates(book):
        effects = [*template.effects, *(effect for choice in template.choices for effect in choice.effects)]
        written |= {effect.change.quantity for effect in effects}
        asked: set[str] = set()
        for test in template.tests:
            asked |= reading.of(test.truth)
        if template.odds is not None:
            asked |= reading.of(template.odds)
        for source in asked:
            leads.setdefault(source, set()).update(effect.change.quantity for effect in effects)
        _through(leads, template.effects, reading)
        if template.path[0] == "councils" or template.choices:
            for place in of_template(template):
                matters |= reading.of(place.node)
    for item in book.scheduled:
        written |= {effect.change.quantity for effect in item.effects}
        _through(leads, item.effects, reading)
    matters |= _wanted(book, reading)
    ahead = list(matters)
    feeds: dict[str, set[str]] = {}
    for source, targets in leads.items():
        for target in targets:
            feeds.setdefault(target, set()).add(source)
    while ahead:
        for source in feeds.get(ahead.pop(), ()):
            if source not in matters:
                matters.add(source)
                ahead.append(source)
    written |= _written_elsewhere(book)
    for quantity in book.rulebook.quantities:
        path = ("quantities", quantity.id)
        if quantity.constant and quantity.id in written:
            yield Fault((*path, "constant"), f"'{quantity.id}' is constant, but something changes it")
        elif not quantity.constant and quantity.id not in written:
            yield Fault(path, f"nothing changes '{quantity.id}'; write a rule that does, or say 'constant: true'")
        if quantity.id not in matters:
            message = f"nothing that matters reads '{quantity.id}': no objective, council, ending, choice or report"
            yield Fault(path, message)


def _through(leads: dict[str, set[str]], effects: Iterable[ReadEffect], reading: _Reading) -> None:
    for effect in effects:
        for place in of_effects([effect], {}):
            for source in reading.of(place.node):
                leads.setdefault(source, set()).add(effect.change.quantity)


def _wanted(book: Book, reading: _Reading) -> set[str]:
    """What objectives, the score, endings, seats and the report read, and what councils answer."""
    nodes: list[ex.Expression | None] = [book.score_factor]
    nodes += [goal.amount for goal in book.objectives]
    nodes += [ending.when for ending in book.endings]
    for seat in book.seats:
        nodes += [seat.orders, seat.active]
    found = {council.objection for council in book.rulebook.councils}
    if book.report is not None:
        nodes += [book.report.armed_attacks, book.report.war]
        for table in (book.report.ladders, book.report.recognised, book.report.incidents):
            found |= set(table.values())
    for node in nodes:
        if node is not None:
            found |= reading.of(node)
    return found


def _written_elsewhere(book: Book) -> set[str]:
    """What events change that this scenario leaves out: the rulebook has a writer all the same."""
    playing = {event.id for event in book.events}
    found = set()
    for event in book.rulebook.events:
        if event.id not in playing:
            for effect in (*event.effects, *(e for choice in event.choices for e in choice.effects)):
                if match := _TARGET.match(effect.do):
                    found.add(match[1])
    return found
