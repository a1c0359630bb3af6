"""Orders by category: what they cost, whether they are open and why not, what they do; the queue."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from game.rules import Reason, purse_left, slots_left
from game.rules import reasons as reasons_after
from game.session import COMPUTER
from game.text import _, keyed
from game.views.effects import effect_lines, first_effect
from game.views.names import capital
from game.views.pledges import warnings
from game.views.sight import Sight
from game.views.sources import spelled

MATTER_NOW = 8


@dataclass(frozen=True)
class OrderRow:
    """One order. text: its stable text form; reasons: why it is locked (none when legal or queued).

    brief: its first effect in few words, the seat's own quantities without the seat's name.
    """

    order: int
    text: str
    action: str
    title: str
    category: str
    cost: int
    free: bool
    covert: bool
    legal: bool
    queued: bool
    reasons: tuple[str, ...]
    help: str
    effects: tuple[str, ...]
    brief: str
    icon: str
    library: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Category:
    id: str
    title: str
    orders: tuple[OrderRow, ...]


@dataclass(frozen=True)
class Queue:
    """The orders of the turn so far. purse, slots: what is left after them."""

    orders: tuple[OrderRow, ...]
    purse: int
    slots: int
    may_undo: bool


def seat_orders(sight: Sight) -> range:
    """Catalogue indices of the seat's own orders."""
    part = sight.ruleset.catalogue.seats[sight.game.seat_index[_seat(sight)]]
    return range(part.start, part.stop)


def _seat(sight: Sight) -> str:
    if sight.seat is None:
        raise ValueError(_("Who looks on from outside gives no orders."))
    return sight.seat


def order_row(sight: Sight, order: int, legal: bool | None = None, instead: Collection[int] = ()) -> OrderRow:
    """One order with its reasons. legal: if it is known already; instead: orders of the queue that it would replace."""
    seat = _seat(sight)
    queued = order in sight.game.queue(seat)
    reasons: tuple[str, ...] = ()
    if not queued and legal is not True:
        reasons = reason_texts(sight, _why_not(sight, seat, order, instead))
    entry = sight.ruleset.catalogue.entries[order]
    if entry.choice is not None:
        model = next(c for c in _model(sight, "events", entry.template).choices if c.id == entry.choice)  # type: ignore[attr-defined]
        key = f"events.{entry.template}.{entry.choice}"
        title, text = keyed(f"{key}.title", model.title), keyed(f"{key}.text", model.text)
        category, icon, library, source = "", "", (), ""
    else:
        action = _model(sight, "actions", entry.template)
        title = order_title(sight, order)
        text = sight.text("actions", entry.template, "help")
        category = str(getattr(action, "category", ""))
        icon = str(getattr(action, "icon", None) or getattr(_model(sight, "categories", category), "icon", None) or "")
        library = tuple(getattr(action, "library", ()))
        source = spelled(str(getattr(action, "source", None) or ""))
    return OrderRow(
        order=order,
        text=entry.text,
        action=entry.template,
        title=title,
        category=category,
        cost=entry.cost,
        free=entry.free,
        covert=entry.covert,
        legal=not reasons and not queued,
        queued=queued,
        reasons=reasons,
        help=text,
        effects=(*warnings(sight, order), *effect_lines(sight, order)),
        brief=first_effect(sight, order),
        icon=icon,
        library=library,
        source=source,
    )


def _why_not(sight: Sight, seat: str, order: int, instead: Collection[int]) -> list[Reason]:
    """Every reason why an order cannot be given now, or in the place of others that are queued."""
    game = sight.game
    found = game.verify(seat, order)
    if not found or not instead:
        return found
    return reasons_after(sight.ruleset, game.world, 0, order, [one for one in game.queue(seat) if one not in instead])


def _model(sight: Sight, section: str, item: str) -> object:
    return sight.models[section].get(item)


def order_title(sight: Sight, order: int) -> str:
    """An order's title with the things it concerns: `Lobby an ally: Greece, Montenegro`."""
    entry = sight.ruleset.catalogue.entries[order]
    title = sight.text("actions", entry.template)
    if len(entry.args) == 1:
        return title
    things = ", ".join(sight.names.plain(thing) for thing in entry.args[1:])
    return _("{order}: {things}").format(order=title, things=things)


def reason_texts(sight: Sight, reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Reasons as sentences, with the names of things, each ending in a full stop."""
    texts = []
    for reason in reasons:
        text = capital(sight.names.fill(keyed(f"reason.{reason.text}", reason.text), reason.slots))
        texts.append(text if text.endswith((".", "!", "?")) else f"{text}.")
    return tuple(dict.fromkeys(texts))


def categories(sight: Sight) -> tuple[Category, ...]:
    """Every order of the seat, legal ones first within each category."""
    seat = _seat(sight)
    legal = sight.game.legal(seat)
    rows = [
        order_row(sight, order, bool(legal[order]) or None)
        for order in seat_orders(sight)
        if sight.ruleset.catalogue.choice[order] is None
    ]
    found = []
    for model in sight.book.rulebook.categories:
        mine = [row for row in rows if row.category == model.id]
        mine.sort(key=lambda row: (not row.legal, row.cost, row.order))
        if mine:
            found.append(Category(model.id, sight.text("categories", model.id), tuple(mine)))
    return tuple(found)


def matter_now(sight: Sight, most: int = MATTER_NOW) -> tuple[OrderRow, ...]:
    """At most eight legal orders that matter now: what the scenario points to, what a computer would do in
    this seat, then one of each kind that is left."""
    seat = _seat(sight)
    catalogue = sight.ruleset.catalogue
    allowed = sight.game.legal(seat)
    legal = [order for order in seat_orders(sight) if catalogue.choice[order] is None and bool(allowed[order])]
    advice = [order for order in advised(sight) if order in set(legal)]
    playable = next((one for one in sight.book.scenario.seats if one.seat == seat), None)
    helps = list(playable.helps) if playable is not None else []
    chosen: list[int] = []

    def take(orders: Iterable[int], at_most: int) -> None:
        for order in orders:
            kinds = [catalogue.template[one] for one in chosen]
            if len(chosen) < most and order not in chosen and kinds.count(catalogue.template[order]) < at_most:
                chosen.append(order)

    for action in helps:
        mine = [order for order in legal if catalogue.template[order] == action]
        take(sorted(mine, key=lambda order: order not in advice)[:2], 2)
    take(advice, 2)
    seen: set[str] = set()
    spread = []
    for order in legal:
        category = str(getattr(_model(sight, "actions", catalogue.template[order]), "category", ""))
        if category not in seen:
            seen.add(category)
            spread.append(order)
    take(spread, 1)
    take(legal, 1)
    return tuple(order_row(sight, order, True) for order in chosen)


def advised(sight: Sight) -> list[int]:
    """What the doctrine player would order in this seat, knowing only what the seat knows."""
    place = sight.game.seat_index[_seat(sight)]
    decided = sight.game.player(COMPUTER).decide(sight.ruleset, sight.world, [place])
    return [int(order) for order in decided[place, :, 0] if order >= 0]


def purse_most(sight: Sight) -> int:
    """How much political capital a seat can keep."""
    return sight.ruleset.layout.quantities["purse"].high


def queue(sight: Sight) -> Queue:
    """What the seat has ordered so far this turn, and what is left."""
    seat = _seat(sight)
    orders = sight.game.queue(seat)
    place = sight.game.seat_index[seat]
    rows = tuple(order_row(sight, order) for order in orders)
    world = sight.game.world
    return Queue(
        rows,
        purse_left(sight.ruleset, world, place, orders),
        max(slots_left(sight.ruleset, world, place, orders), 0),
        bool(orders),
    )
