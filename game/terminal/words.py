"""From what a person types to words, orders, quantities and things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from game.session import Game, UnknownNameError, nearest_names
from game.text import _
from game.views import Sight

INTERNAL = ("date", "ending", "card", "last", "memory", "objective", "turn")


@dataclass(frozen=True)
class Word:
    """A word the terminal knows. takes: what may follow, for the help."""

    name: str
    takes: str
    help: str


def vocabulary() -> tuple[Word, ...]:
    """Every word in the order of the help."""
    return (
        Word("briefing", "", _("the situation, what you want, who objects")),
        Word("countries", "", _("the table of countries")),
        Word("country", _("NAME"), _("everything known of one country or place")),
        Word("relations", "", _("pairs of neighbours, the worst first")),
        Word("hotspots", "", _("places close to violence")),
        Word("missions", "", _("the missions and their strength")),
        Word("council", _("[NAME | all]"), _("who would object to whom, why, and what would lift it")),
        Word("talks", "", _("dossiers, positions, promised deeds")),
        Word("orders", _("[all | WORD]"), _("the orders that matter now; all of them; those with a word in them")),
        Word("order", _("ID or NUMBER"), _("give an order")),
        Word("choose", _("ANSWER"), _("answer the open decision")),
        Word("undo", "", _("take back the last order")),
        Word("queue", "", _("what is ordered so far")),
        Word("forecast", _("[ID or NUMBER]"), _("what an order, or all that is ordered, would change")),
        Word("adviser", "", _("what the adviser would order now, what it expects of it, and why")),
        Word("why", _("QUANTITY"), _("why a quantity changed, e.g. why stability croatia")),
        Word("news", "", _("the news of the last turn")),
        Word("history", "", _("all news of the game")),
        Word("report", "", _("what changed in the last turn, and why")),
        Word("deeds", "", _("who ordered what in the last turn")),
        Word("objectives", "", _("your objectives, points and par")),
        Word("end", "", _("end the turn; an open decision takes its default")),
        Word("save", _("FILE"), _("save the game to exactly that file")),
        Word("load", _("FILE"), _("go on with a saved game")),
        Word("help", "", _("this list")),
        Word("quit", "", _("leave")),
    )


def split(line: str) -> tuple[str, str]:
    """The word and what follows it."""
    word, _space, rest = line.strip().partition(" ")
    return word.lower(), rest.strip()


def find_word(word: str) -> str:
    """A word of the vocabulary. Raises UnknownNameError with the nearest."""
    names = [known.name for known in vocabulary()]
    if word in names:
        return word
    raise UnknownNameError(word, nearest_names(word, names))


def find_order(game: Game, seat: str, text: str, listed: Sequence[int]) -> int:
    """An order by its number in the last list, its text form, or that without the seat in front.

    Raises UnknownNameError with the nearest orders of the seat.
    """
    if not text.strip():
        raise UnknownNameError("", (), _("Which order? Say 'orders' for a list, then 'order 1' for the first of it."))
    if text.isdigit():
        if 1 <= int(text) <= len(listed):
            return listed[int(text) - 1]
        if not listed:
            raise UnknownNameError(text, (), _("Say 'orders' first, since numbers mean the list read last."))
        one, many = _("The list has one order, 1."), _("The list goes from 1 to {last}.").format(last=len(listed))
        raise UnknownNameError(text, (), many if len(listed) > 1 else one)
    index = game.ruleset.catalogue.index
    wanted = re.sub(r"[\s.]+", ".", text.strip().lower())
    for form in (wanted, f"{seat}.{wanted}"):
        if form in index:
            return index[form]
    mine = [form for form in game.ruleset.catalogue.texts if form.startswith(f"{seat}.")]
    starting = [form for form in mine if form.startswith((wanted, f"{seat}.{wanted}"))]
    if len(starting) == 1:
        return index[starting[0]]
    legal = game.legal(seat)
    best = sorted(mine, key=lambda form: not legal[index[form]])
    raise UnknownNameError(text, nearest_names(wanted, starting or best))


def find_thing(sight: Sight, text: str) -> str:
    """A thing by id or name. Raises UnknownNameError."""
    ids = list(sight.names.things)
    wanted = text.strip().lower()
    plain = wanted.replace(" ", "_")
    if plain in ids:
        return plain
    by_name = {sight.names.plain(thing).lower(): thing for thing in ids}
    if wanted in by_name:
        return by_name[wanted]
    starting = [thing for name, thing in by_name.items() if name.startswith(wanted)]
    if wanted and len(starting) == 1:
        return starting[0]
    raise UnknownNameError(text, nearest_names(plain, ids))


def find_row(sight: Sight, text: str) -> int:
    """A quantity: `stability[croatia]`, `stability croatia`, `stability` (one's own), a title for the id.

    Raises UnknownNameError with the nearest quantities.
    """
    layout = sight.ruleset.layout
    words = re.sub(r"[\[\],]+", " ", text.lower()).split()
    titles = {sight.quantity_title(q).lower(): q for q in layout.quantities if not q.startswith("estimate_")}
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length])
        quantity = name.replace(" ", "_") if name.replace(" ", "_") in layout.quantities else titles.get(name)
        if quantity is None or quantity in INTERNAL:
            continue
        things = tuple(_things(sight, words[length:]))
        me = (sight.seat or "",)
        for args in (things, me + things, things + me):
            row = layout.find(quantity, args)
            if row is not None:
                return row
    names = [name for name in layout.names if not name.startswith((*INTERNAL, "estimate_"))]
    raise UnknownNameError(text, nearest_names(" ".join(words), names))


def _things(sight: Sight, words: list[str]) -> list[str]:
    """Things named in a row of words, the longest names first."""
    found: list[str] = []
    place = 0
    while place < len(words):
        for length in range(len(words) - place, 0, -1):
            try:
                found.append(find_thing(sight, " ".join(words[place : place + length])))
            except UnknownNameError:
                continue
            place += length
            break
        else:
            return ["?"]
    return found
