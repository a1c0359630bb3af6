"""The encyclopedia: entries with their sources, and links from one to another in the running text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from game.scenario.models import LibraryModel
from game.text import _
from game.views.record import until_now
from game.views.sight import Sight
from game.views.sources import spelled

_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_SHORTEST = 3


@dataclass(frozen=True)
class EntryRow:
    """An entry in the list. told: everything it says, for searching; mechanism: its number, or None."""

    id: str
    title: str
    first: str
    mechanism: int | None
    contested: bool
    told: str


@dataclass(frozen=True)
class Section:
    """A part of an entry; in text other entries are marked `[[id|words]]`."""

    head: str
    text: str


@dataclass(frozen=True)
class Entry:
    """One entry. orders: titles of the orders that rest on it; mentioned: (id, title) of entries that name it."""

    id: str
    title: str
    sections: tuple[Section, ...]
    contested: str
    sources: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    mentioned: tuple[tuple[str, str], ...]
    orders: tuple[str, ...]


def library(sight: Sight, words: str = "") -> tuple[EntryRow, ...]:
    """Entries that hold all the words, in order of their titles; those whose title holds them first."""
    wanted = words.casefold().split()
    found = []
    for model in sight.book.rulebook.library:
        title = sight.text("library", model.id)
        parts = [sight.text("library", model.id, part) for part in ("what", "game", "history", "contested")]
        told = " ".join((title, *parts)).casefold()
        if all(word in told for word in wanted):
            first = parts[0].partition(". ")[0]
            found.append(EntryRow(model.id, title, first, model.mechanism, bool(model.contested), told))

    def rank(row: EntryRow) -> tuple[bool, str]:
        return (not all(word in row.title.casefold() for word in wanted), row.title.casefold())

    return tuple(sorted(found, key=rank))


def entry(sight: Sight, term: str) -> Entry | None:
    """An entry by its id, or None. What lies beyond the game's year stands last, and is called so."""
    model = sight.models["library"].get(term)
    if not isinstance(model, LibraryModel):
        return None
    heads = {"what": "", "game": _("In the game"), "history": _("In the record")}
    linked: dict[str, str] = {}
    sections, later = [], []
    for part, head in heads.items():
        text, ahead = until_now(sight, sight.text("library", term, part))
        if part == "what" and not text:  # what a thing is has to be said, whenever it came to be
            text, ahead = ahead, ""
        later.append(ahead)
        if text:
            sections.append(Section(head, mark(sight, text, term, linked)))
    contested, ahead = until_now(sight, sight.text("library", term, "contested"))
    if contested:
        contested = mark(sight, contested, term, linked)
    if told := " ".join(filter(None, (*later, ahead))):
        sections.append(Section(_("What came later, in the record"), mark(sight, told, term, linked)))
    titles = _titles(sight)
    mine = set(_phrases(titles[term]))
    mentioned = tuple(
        (other, title)
        for other, title in sorted(titles.items(), key=lambda item: item[1].casefold())
        if other != term and other not in linked and mine & _named(sight, other)
    )
    orders = tuple(sight.text("actions", action.id) for action in sight.book.rulebook.actions if term in action.library)
    return Entry(
        term,
        titles[term],
        tuple(sections),
        contested,
        tuple(spelled(text) for text in model.sources),
        tuple((other, titles[other]) for other in linked),
        mentioned,
        orders,
    )


def explained(sight: Sight, term: str) -> tuple[str, str, str] | None:
    """Title, text with its terms marked, and first source of an entry, for a tooltip."""
    found = entry(sight, term)
    if found is None:
        return None
    return found.title, found.sections[0].text, found.sources[0] if found.sources else ""


def mark(sight: Sight, text: str, own: str, linked: dict[str, str] | None = None) -> str:
    """A text with the first mention of each other entry marked; `linked` gathers which."""
    seen = {} if linked is None else linked
    found, where = _pattern(tuple(_titles(sight).items()))

    def link(match: re.Match[str]) -> str:
        words = match[0]
        term = where[words if words in where else words[:1].upper() + words[1:]]
        if term == own or term in seen:
            return words
        seen[term] = words
        return f"[[{term}|{words}]]"

    return found.sub(link, text)


def _titles(sight: Sight) -> dict[str, str]:
    return {model.id: sight.text("library", model.id) for model in sight.book.rulebook.library}


def _phrases(title: str) -> Iterable[str]:
    """The words by which a text may name an entry: its title without brackets, and what stands in them."""
    plain = _BRACKETS.sub("", title).strip()
    names = [plain, *(part for part in _BRACKETS.findall(title) if part.isupper() or part[:1].isupper())]
    return [name for name in names if len(name) >= _SHORTEST]


@lru_cache(maxsize=8)
def _pattern(titles: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for every phrase, longest first, with the entry behind each."""
    where: dict[str, str] = {}
    for term, title in titles:
        for phrase in _phrases(title):
            where.setdefault(phrase[:1].upper() + phrase[1:], term)
    phrases = sorted(where, key=lambda one: -len(one))
    spelled = [
        f"[{one[0]}{one[0].lower()}]{re.escape(one[1:])}" if one[1:2].islower() else re.escape(one) for one in phrases
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(spelled or ["(?!)"]) + r")(?!\w)"), where


def _named(sight: Sight, term: str) -> set[str]:
    """Phrases of other entries that an entry's text holds."""
    text = " ".join(sight.text("library", term, part) for part in ("what", "game", "history", "contested"))
    found, _where = _pattern(tuple(_titles(sight).items()))
    return {words[:1].upper() + words[1:] for words in found.findall(text)}
