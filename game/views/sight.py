"""What one seat may see of a game, and the values on its screens.

Every view is a pure function of a `Sight`. It reads only what `observe` lets the seat know; a seat of None
looks on from outside and sees all.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from game.rules import Ruleset, World, observe
from game.scenario.models import PledgeModel
from game.scenario.pledges import quantity_of
from game.session import Game
from game.session.columns import Column, column_of, world_of
from game.session.reckon import Reckoner
from game.text import _, keyed
from game.views.names import Designation, Names, ended, turn_name
from game.views.sources import spelled


@dataclass(frozen=True)
class Value:
    """One quantity of one thing as a seat sees it.

    raw: in raw units; number: in points or whole units; text: as it is shown; change: since the turn
    before, in points or whole units, `change_text` with its sign or "". estimated: a rounded public figure.
    tone: `good`, `bad` or `` for the change.
    """

    row: int
    name: str
    quantity: str
    args: tuple[str, ...]
    label: str
    raw: int
    number: float
    text: str
    unit: str
    change: float
    change_text: str
    tone: str
    estimated: bool
    help: str
    source: str


class Sight:
    """A game through one seat's eyes at this moment."""

    def __init__(self, game: Game, seat: str | None, designation: Designation = "period") -> None:
        self.game, self.seat = game, seat
        self.ruleset: Ruleset = game.ruleset
        self.book = game.ruleset.book
        self.column = self.observed(game.column)
        self.month = int(self.column[self.ruleset.layout.row("date")])
        self.names = self._names(self.column, designation)

    def observed(self, column: Column) -> Column:
        """Any moment of the game as the seat knew it. int32 [rows]."""
        if self.seat is None:
            return column
        world = world_of(self.ruleset, column, self.game.seed)
        return column_of(observe(self.ruleset, world, self.game.seat_index[self.seat]))

    def as_of(self, column: Column) -> Sight:
        """The same sight with things called as they were at another moment, to tell of it."""
        told = copy(self)
        told.names = self._names(column, self.names.designation)
        return told

    def _names(self, column: Column, designation: Designation) -> Names:
        layout = self.ruleset.layout

        def value(quantity: str, args: tuple[str, ...]) -> Fraction:
            row = layout.find(quantity, args)
            assert row is not None, quantity
            return Fraction(int(column[row]), layout.scale(row))

        return Names(self.book, int(column[layout.row("date")]), designation, ended(self.book, value))

    @cached_property
    def before(self) -> Column | None:
        """The column as the last turn opened, or None in the first."""
        return self.observed(self.game.steps[-1].before) if self.game.steps else None

    @cached_property
    def world(self) -> World:
        return world_of(self.ruleset, self.column, 0)

    @cached_property
    def reckoner(self) -> Reckoner:
        return Reckoner(self.ruleset, self.world)

    @cached_property
    def models(self) -> Mapping[str, Mapping[str, object]]:
        """The rulebook's models by section and id."""
        rulebook = self.book.rulebook
        return {
            section: {item.id: item for item in getattr(rulebook, section) if hasattr(item, "id")}
            for section in type(rulebook).model_fields
            if isinstance(getattr(rulebook, section), list)
        }

    def text(self, section: str, item: str, field: str = "title") -> str:
        """A text of the rulebook, through the catalogue of the language."""
        found = getattr(self.models[section].get(item), field, None)
        return keyed(f"{section}.{item}.{field}", str(found)) if found else ""

    def part(self, section: str, item: str, name: str, text: str) -> str:
        """A text of a part of an item (a term, a condition, a choice), through the catalogue."""
        return keyed(f"{section}.{item}.{name}", text)

    @cached_property
    def pledged(self) -> Mapping[str, PledgeModel]:
        """Pledges by the quantity that keeps until which turn they bind: bookkeeping, not a figure to show."""
        return {quantity_of(pledge.id): pledge for pledge in self.book.rulebook.pledges}

    @property
    def turn_title(self) -> str:
        return turn_name(self.month, self.ruleset.turn_months)

    # -- values ------------------------------------------------------------------------------------

    def owns(self, args: tuple[str, ...]) -> bool:
        """Whether a quantity of these things is the seat's own."""
        return self.seat is None or args[:1] == (self.seat,)

    def hides(self, row: int) -> bool:
        """Whether a row is another seat's secret."""
        quantity, args = self.ruleset.layout.at(row)
        return quantity.visible == "owner" and not self.owns(args)

    def tells(self, row: int) -> bool:
        """Whether a row is a lasting figure that the seat may read: no secret, and not the engine's bookkeeping."""
        quantity, _args = self.ruleset.layout.at(row)
        engine = quantity.id not in self.models["quantities"] and quantity.id != "government"
        return not (engine or quantity.lasts_turn or quantity.id in self.pledged or self.hides(row))

    def find(self, quantity: str, *args: str) -> Value | None:
        """A quantity of some things, or None where there is none or it is hidden."""
        if quantity not in self.ruleset.layout.quantities:
            return None
        row = self.ruleset.layout.find(quantity, args)
        return None if row is None or self.hides(row) else self.value(row)

    def value(self, row: int) -> Value:
        """A row as it is shown."""
        quantity, args = self.ruleset.layout.at(row)
        raw = int(self.column[row])
        before = raw if self.before is None else int(self.before[row])
        change = raw - before
        return Value(
            row=row,
            name=self.ruleset.layout.names[row],
            quantity=quantity.id,
            args=args,
            label=self.quantity_title(quantity.id),
            raw=raw,
            number=raw / quantity.scale,
            text=self.show(row, raw),
            unit=self.unit(quantity.id),
            change=change / quantity.scale,
            change_text=self.amount(row, change) if change else "",
            tone=self.tone(row, change, raw),
            estimated=quantity.visible == "estimate" and not self.owns(args),
            help=self.text("quantities", quantity.id, "help"),
            source=self.source(quantity.id, args),
        )

    @cached_property
    def _defaulting(self) -> frozenset[str]:
        """Quantities whose last rung is the worst: the ladders of dialogues end with what was promised and not done."""
        return frozenset(name for one in self.book.rulebook.dialogues for name in (one.state, one.deed))

    def tone(self, row: int, change: int, after: int) -> str:
        """Whether a change to some raw value is `good`, `bad` or neither (``)."""
        quantity, _args = self.ruleset.layout.at(row)
        good = getattr(self.models["quantities"].get(quantity.id), "good", "neither")
        if not change or good not in ("up", "down"):
            return ""
        if quantity.id in self._defaulting and after == int(self.ruleset.layout.high[row, 0]):
            return "bad"
        return "good" if (change > 0) == (good == "up") else "bad"

    def unit(self, quantity: str) -> str:
        """`points`, `count`, `flag` or `ladder:ID`."""
        model = self.models["quantities"].get(quantity)
        if model is None:
            return "points" if quantity in ("score", "objective") else "count"
        return str(getattr(model, "unit", "count"))

    def show(self, row: int, raw: int) -> str:
        """A raw value in words or figures."""
        quantity, args = self.ruleset.layout.at(row)
        if quantity.id == "government":
            return self.government(args[0], raw)
        unit = self.unit(quantity.id)
        if unit.startswith("ladder:"):
            return self.rung(unit.removeprefix("ladder:"), raw)
        if unit == "flag":
            return _("yes") if raw else _("no")
        return figure(raw, quantity.scale)

    def standing(self, row: int, raw: int) -> str:
        """A row with a value: `Tension, Serbia and Kosovo: 47.5`."""
        return _("{quantity}: {value}").format(quantity=self.describe(row), value=self.show(row, raw))

    def course(self, row: int, before: int, after: int) -> str:
        """A row on its way from one value to another: `Tension, Serbia and Kosovo 47.5 → 51.5`."""
        text = _("{quantity} {before} → {after}")
        return text.format(quantity=self.describe(row), before=self.show(row, before), after=self.show(row, after))

    def rung(self, ladder: str, place: int) -> str:
        """The title of a rung."""
        rungs = getattr(self.models["ladders"][ladder], "rungs", [])
        if not 0 <= place < len(rungs):
            return str(place)
        return keyed(f"ladders.{ladder}.{rungs[place].id}.title", str(rungs[place].title))

    def government(self, seat: str, place: int) -> str:
        """The title of the doctrine that rules a seat."""
        own = [doctrine for doctrine in self.book.rulebook.doctrines if doctrine.seat == seat]
        return self.text("doctrines", own[place].id) if place < len(own) else _("none")

    def amount(self, row: int, raw: int) -> str:
        """A difference with its sign: `+2.5`, `−1`; rungs and flags in whole steps."""
        return signed(raw, self.ruleset.layout.scale(row))

    def quantity_title(self, quantity: str) -> str:
        engine = {"score": _("Score"), "turn": _("Turn"), "date": _("Date"), "government": _("Government")}
        return self.text("quantities", quantity.removeprefix("estimate_")) or engine.get(quantity, quantity)

    def describe(self, row: int, own: str = "") -> str:
        """A row by its title and its things: `Tension, Serbia and Kosovo`; `Stability, Croatia`.

        own: a thing whose own quantities are told by their title alone.
        """
        quantity, args = self.ruleset.layout.at(row)
        title = self.quantity_title(quantity.id)
        if args == (own,):
            return title
        names = [self.names.plain(arg) for arg in self._telling(quantity.id, args)]
        if not names:
            return title
        if len(names) == 2 and self._of(quantity.id) in self.book.symmetric:
            things = _("{first} and {second}").format(first=names[0], second=names[1])
        else:
            things = ", ".join(names)
        return _("{quantity}, {things}").format(quantity=title, things=things)

    def _telling(self, quantity: str, args: tuple[str, ...]) -> tuple[str, ...]:
        """The things that tell one row of a quantity from another: not the only one that a side may be."""
        relation = next((r for r in self.book.rulebook.relations if r.id == self._of(quantity)), None)
        if relation is None:
            return args
        sides = zip(args, relation.between, strict=True)
        return tuple(arg for arg, group in sides if len(self.book.sets[group]) > 1)

    def _of(self, quantity: str) -> str | None:
        return getattr(self.models["quantities"].get(quantity), "of", None)

    def source(self, quantity: str, args: tuple[str, ...]) -> str:
        """Where a starting value comes from, with how sure it is."""
        key, turned = " ".join(args), " ".join(reversed(args))
        for given in reversed(self.book.scenario.start):
            if given.of == quantity and (given.value is not None or key in given.values or turned in given.values):
                return f"{spelled(given.source)} ({given.confidence})"
        return spelled(str(getattr(self.models["quantities"].get(quantity), "source", None) or ""))


def figure(raw: int, scale: int) -> str:
    """A raw value as a figure: whole points without decimals, else one decimal; a true minus sign."""
    number = raw / scale
    shown = f"{abs(number):.0f}" if raw % scale == 0 else f"{abs(number):.1f}".removesuffix(".0")
    return f"−{shown}" if raw < 0 and shown != "0" else shown


def true_minus(number: str) -> str:
    """A number as Python writes it, with the minus sign that other figures have."""
    return number.replace("-", "−")


def signed(raw: int, scale: int) -> str:
    """A difference with its sign; two decimals where one would say nothing."""
    shown = figure(abs(raw), scale)
    if shown == "0" and raw:
        shown = f"{abs(raw) / scale:.2f}"
    return f"+{shown}" if raw > 0 else f"−{shown}" if raw < 0 else shown


def points(amount: Fraction) -> str:
    """A derived amount in points, with its sign unless it is nought."""
    return signed(round(amount * 100), 100)
