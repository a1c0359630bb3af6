"""How large a scenario may be: bindings, orders, rows, and how long what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from game.scenario import expression as ex
from game.scenario import spelled
from game.scenario.binding import (
    MOST_BEFORE_CONDITIONS,
    MOST_BINDINGS,
    Things,
    bind,
    bindings_of,
    edges_of,
    product_size,
    upper_bound,
)
from game.scenario.marked import Path
from game.scenario.models.base import LONGEST_TEXT_FORM
from game.scenario.places import everything, templates
from game.scenario.shapes import Book, Fault, Template
from game.scenario.templates import shut_out

MOST_ORDERS = 6_000
MOST_ROWS = 3_000
MOST_COMBINATIONS = 400_000

Bindings = Mapping[str, Sequence[Things]]


def sizes(book: Book) -> Iterator[Fault]:
    """Faults that the sizes of sets and relations show, before any binding is enumerated."""
    for template in templates(book):
        before = product_size(book.sets, template.slots)
        bound = min(before, upper_bound(book, template))
        if before > MOST_BEFORE_CONDITIONS or bound > MOST_BINDINGS:
            yield Fault(template.path, f"'{template.id}' could have {bound:,} bindings; {MOST_BINDINGS:,} are allowed")
    for define in book.defines.values():
        size = product_size(book.sets, define.slots)
        if size > MOST_BINDINGS:
            message = f"'{define.id}' has {size:,} combinations of slots; {MOST_BINDINGS:,} are allowed"
            yield Fault(("defines", define.id), message)
    total = 0
    for place in everything(book):
        if any(isinstance(part, ex.Aggregate) for part in ex.walk(place.node)):
            size = product_size(book.sets, place.slots) * _spread(book, place.node)
            if size > MOST_BEFORE_CONDITIONS:
                message = f"the aggregates run over {size:,} combinations; {MOST_BEFORE_CONDITIONS:,} are allowed"
                yield Fault(place.path, message)
            elif total <= MOST_COMBINATIONS < total + size:
                message = f"all aggregates together run over more than {MOST_COMBINATIONS:,} combinations"
                yield Fault(place.path, message)
            total += size


def _spread(book: Book, node: ex.Expression) -> int:
    inner = max((_spread(book, part) for part in ex.parts(node)), default=1)
    return inner * max(len(book.sets[node.set]), 1) if isinstance(node, ex.Aggregate) else inner


def bindings(book: Book) -> tuple[Bindings, list[Fault]]:
    """The bindings of every template, and faults where there are too many or none."""
    found = bindings_of(book)
    faults = [Fault(template.path, _unbound(book, template)) for template in templates(book) if not found[template.id]]
    orders = order_count(book, found)
    if orders > MOST_ORDERS:
        message = f"there are {orders:,} orders; {MOST_ORDERS:,} are allowed"
        faults.append(Fault(("actions",), message))
    rows = row_count(book, found)
    if rows > MOST_ROWS:
        faults.append(Fault(("quantities",), f"there are {rows:,} rows; {MOST_ROWS:,} are allowed"))
    return found, [*faults, *names(book, found)]


def names(book: Book, found: Bindings) -> Iterator[Fault]:
    """Faults of orders and rows whose text form is too long for a log to hold."""
    for what, path, texts in (*_order_texts(book, found), *_row_names(book, found)):
        longest = max(texts, key=len, default="")
        if len(longest) > LONGEST_TEXT_FORM:
            message = (
                f"the name of {what} has {len(longest)} characters; {LONGEST_TEXT_FORM} are allowed: {longest[:48]}…"
            )
            yield Fault(path, message)


Named = tuple[str, Path, list[str]]
"""What is named, where it stands, and every name that comes of it."""


def _order_texts(book: Book, found: Bindings) -> Iterator[Named]:
    """The orders of every action and answer."""
    for action in book.actions:
        texts = [spelled.by(actor, spelled.order(action.id, others)) for actor, *others in found[action.id]]
        yield "an order", action.path, texts
    for event in book.events:
        if event.choices:
            bindings, longest = found[event.id], max((choice.id for choice in event.choices), key=len)
            texts = [spelled.by(event.decider(args), spelled.answer(event.id, args, longest)) for args in bindings]
            yield "an answer", event.path, texts


def _row_names(book: Book, found: Bindings) -> Iterator[Named]:
    """The rows of every quantity and event, as `rules.layout` spells them."""
    for quantity in book.rulebook.quantities:
        prefix = "estimate_" if quantity.visible == "estimate" else ""
        texts = [f"{prefix}{quantity.id}[{', '.join(args)}]" for args in book.start[quantity.id]]
        yield "a row", ("quantities", quantity.id), texts
    for event in book.events:
        yield "a row", event.path, [f"last[{', '.join((event.id, *args))}]" for args in found[event.id]]


def _unbound(book: Book, template: Template) -> str:
    """Why a template has no binding: the lists of orders of all who could give it, or its own slots."""
    model = next((one for one in book.rulebook.actions if one.id == template.id), None)
    if model is not None and (seats := shut_out(book.scenario, model)):
        of_all = replace(template, where=template.where[: len(model.where)])
        if bind(book, edges_of(book), of_all):
            return f"no seat can order '{template.id}': it is not among the 'orders' of {' and '.join(seats)}"
    return f"nothing can stand in the slots of '{template.id}', so it can never happen"


def order_count(book: Book, found: Bindings) -> int:
    """How many orders the catalogue has: bindings of actions, and choices of bound events."""
    given = sum(len(found[action.id]) for action in book.actions)
    return given + sum(len(found[event.id]) * len(event.choices) for event in book.events)


def row_count(book: Book, found: Bindings) -> int:
    """How many rows the world has, the memory of orders left aside."""
    rows = 3 + 3 * len(book.seats) + len(book.objectives)
    for quantity in book.rulebook.quantities:
        rows += len(book.start[quantity.id]) * (2 if quantity.visible == "estimate" else 1)
    return rows + sum(len(found[event.id]) for event in book.events)
