"""What things are called at a moment, and the footnote to a contested designation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Literal

from game.scenario import Book
from game.scenario.called import Value, called, holds
from game.scenario.language import month_index
from game.scenario.models import ThingModel
from game.text import _, keyed

Designation = Literal["period", "eu", "none"]
DESIGNATIONS: tuple[Designation, ...] = ("period", "eu", "none")
CONTESTED = "kosovo"
"""The one thing whose designation the setting concerns."""


def ended(book: Book, value: Value) -> frozenset[tuple[str, int]]:
    """The earlier names, by thing and place, whose condition says that they are no longer used."""
    return frozenset(
        (thing, place)
        for thing, conditions in book.name_conditions.items()
        for place, condition in conditions.items()
        if holds(condition, value)
    )


def opening_names(book: Book, designation: Designation = "period") -> Names:
    """What things are called as a scenario starts, where no game has been begun."""
    month = month_index(book.scenario.start_date)
    clock = {"date": month, "turn": 1}

    def value(quantity: str, args: tuple[str, ...]) -> Fraction:
        if quantity in clock:
            return Fraction(clock[quantity])
        table = book.start[quantity]
        return table[args] if args in table else table[args[::-1]]

    return Names(book, month, designation, ended(book, value))


class Names:
    """Names of things in one month (months since year 0).

    over: the earlier names, by thing and place, that a condition has ended.
    """

    def __init__(
        self, book: Book, month: int, designation: Designation = "period", over: Collection[tuple[str, int]] = ()
    ) -> None:
        self.things: Mapping[str, ThingModel] = {thing.id: thing for thing in book.rulebook.things}
        self.month, self.designation, self.over = month, designation, over

    def plain(self, thing: str) -> str:
        """The name within a sentence, e.g. `the former Yugoslav Republic of Macedonia`; an unknown id as it is."""
        model = self.things.get(thing)
        if model is None:
            return thing
        return keyed(*called(model, self.month, lambda place: (thing, place) in self.over))

    def label(self, thing: str) -> str:
        """The name as a heading, with the mark of its footnote."""
        return capital(self.marked(thing))

    def marked(self, thing: str) -> str:
        """The name within a sentence, with the mark of its footnote."""
        return self.plain(thing) + ("*" if self.footnote(thing) else "")

    def footnote(self, thing: str) -> str:
        """The footnote to a name under the designation that was chosen; "" for none."""
        if thing != CONTESTED or self.designation == "none" or thing not in self.things:
            return ""
        if self.designation == "eu":
            return _(
                "This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 "
                "and the ICJ Opinion on the Kosovo declaration of independence."
            )
        return _("Under United Nations Security Council resolution 1244 of 1999; positions on its status differ.")

    def footnotes(self) -> tuple[str, ...]:
        """Every footnote that a screen with names must carry, with its mark."""
        return tuple(f"* {note}" for thing in self.things if (note := self.footnote(thing)))

    def joined(self, things: tuple[str, ...] | list[str]) -> str:
        """Names in a row: `Albania, Croatia and Montenegro`."""
        names = [self.plain(thing) for thing in things]
        return listed(names)

    def fill(self, template: str, slots: Mapping[str, str]) -> str:
        """A sentence with its {slots} filled: names for things, anything else as it stands."""
        text = template
        for slot, value in slots.items():
            text = text.replace("{" + slot + "}", self.plain(value))
        return capital(text)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def listed(names: list[str]) -> str:
    """Words in a row with `and` before the last."""
    if len(names) < 2:
        return "".join(names)
    return _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])


def month_name(month: int) -> str:
    """`January 2007` from months since year 0."""
    names = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return _("{month} {year}").format(month=names[month % 12], year=month // 12)


def turn_name(month: int, months: int) -> str:
    """`January to March 2007` for a turn of three months, `January 2007` for one of a month."""
    if months == 1:
        return month_name(month)
    last = month + months - 1
    first_name = month_name(month).rsplit(" ", 1)[0] if month // 12 == last // 12 else month_name(month)
    return _("{first} to {last}").format(first=first_name, last=month_name(last))
