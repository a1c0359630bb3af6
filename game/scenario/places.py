"""Every expression of a book with the place it was written at and the slots it stands over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from game.scenario import expression as ex
from game.scenario.shapes import Book, Define, Path, ReadEffect, Template


@dataclass(frozen=True)
class Place:
    """One expression. guards: conditions of a spread, which leave bindings out."""

    path: Path
    node: ex.Expression
    slots: Mapping[str, str]
    guards: tuple[ex.Expression, ...] = ()


def of_template(template: Template) -> Iterator[Place]:
    """The conditions, odds, amounts and choices of a template."""
    for test in template.tests:
        yield Place(test.path, test.truth, template.slots)
    if template.odds is not None:
        yield Place((*template.path, "odds"), template.odds, template.slots)
    yield from of_effects(template.effects, template.slots)
    for choice in template.choices:
        for test in choice.tests:
            yield Place(test.path, test.truth, template.slots)
        yield from of_effects(choice.effects, template.slots)


def of_effects(effects: Sequence[ReadEffect], slots: Mapping[str, str]) -> Iterator[Place]:
    """The amounts of effects, and the conditions of their spreads."""
    for effect in effects:
        inner, around = with_spread(effect, slots)
        if around:
            yield Place(effect.path, around[0], inner, around)
        yield Place(effect.path, effect.change.amount, inner, around)


def with_spread(effect: ReadEffect, slots: Mapping[str, str]) -> tuple[Mapping[str, str], tuple[ex.Expression, ...]]:
    """The slots an effect's amount stands over, and the condition of its spread."""
    spread = effect.change.spread
    if spread is None:
        return slots, ()
    return {**slots, spread[0]: spread[1]}, () if spread[2] is None else (spread[2],)


def of_define(define: Define) -> Iterator[Place]:
    """The terms of a derived quantity."""
    for number, term in enumerate(define.terms):
        path: Path = ("defines", define.id, "terms", number)
        if term.when is not None:
            yield Place((*path, "when"), term.when, define.slots)
        yield Place((*path, "amount"), term.amount, define.slots)


def elsewhere(book: Book) -> Iterator[Place]:
    """Expressions outside templates and derived quantities: sets, seats, doctrines, objectives, endings …"""
    for name, truth in book.set_conditions.items():
        yield Place(("sets", name, "when"), truth, {"it": name})
    for seat in book.seats:
        yield Place(("seats", seat.id, "orders"), seat.orders, {})
        if seat.active is not None:
            yield Place(("seats", seat.id, "active"), seat.active, {})
    seats = [playable.seat for playable in book.scenario.seats]
    for goal in book.objectives:
        where = seats.index(goal.seat)
        order = [g.id for g in book.scenario.seats[where].objectives].index(goal.id)
        yield Place(("scenario", "seats", where, "objectives", order), goal.amount, {})
    if book.score_factor is not None:
        yield Place(("score_factor",), book.score_factor, {"actor": "seats"})
    for ending in book.endings:
        yield Place(("endings", ending.id, "when"), ending.when, {})
    for item in book.scheduled:
        yield from of_effects(item.effects, {})
    if book.report is not None:
        yield Place(("report", "", "armed_attacks"), book.report.armed_attacks, {})
        yield Place(("report", "", "war"), book.report.war, {})


def templates(book: Book) -> tuple[Template, ...]:
    return (*book.actions, *book.events, *book.rules)


def everything(book: Book) -> Iterator[Place]:
    """Every expression of the book, but those of doctrines."""
    for template in templates(book):
        yield from of_template(template)
    for define in book.defines.values():
        yield from of_define(define)
    yield from elsewhere(book)
