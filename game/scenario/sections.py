"""The sections of a rulebook's files put together, before anybody looks into their items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from game.scenario.changed import Part, by_id, changed, is_change, parts_of
from game.scenario.faults import Mistake, ScenarioError
from game.scenario.marked import Marked

MAX_ITEMS = 2_000


@dataclass
class Sections:
    """The sections of a rulebook's files, merged, with the marks of their items by section and id.

    changes: the changes of chapters, each with its section, which wait until all files are read.
    """

    raw: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, Marked] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)
    items: dict[tuple[str, str], Marked] = field(default_factory=dict)
    changes: list[tuple[str, Part]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, raw: Any, marked: Marked, chapter: bool = False) -> None:
        """One file's sections. The same section of text, or the same id, in two files is a fault."""
        if not isinstance(raw, dict) or not isinstance(marked.children, dict):
            self.mistakes.append(marked.mistake((), "a file of a rulebook is a mapping of sections"))
            return
        for section, value in raw.items():
            below = marked.children[section]
            self.keys.setdefault(section, (marked.keys or {}).get(section))
            if isinstance(value, list) and isinstance(self.raw.get(section, []), list):
                whole = self.raw.setdefault(section, [])
                known = self.marks.setdefault(section, Marked(below.start, []))
                for item, mark in parts_of(value, below):
                    if is_change(item):
                        self._take(section, (item, mark), chapter)
                    else:
                        whole.append(item)
                        known.listed.append(mark)
                if len(known.listed) > MAX_ITEMS:
                    message = f"there are more than {MAX_ITEMS:,} {section}"
                    raise ScenarioError([*self.mistakes, marked.mistake((section,), message, on_key=True)])
            elif section in self.raw:
                place = self.marks[section].mistake((), "")
                message = f"the section '{section}' stands in {place.path}:{place.line} already"
                self.mistakes.append(marked.mistake((section,), message, on_key=True))
            else:
                self.raw[section], self.marks[section] = value, below
                self.items[(section, "")] = below
        self.index(raw, marked)

    def _take(self, section: str, change: Part, chapter: bool) -> None:
        if chapter:
            self.changes.append((section, change))
        else:
            message = (
                "a change stands in a chapter or in a scenario's rules; here, write the item itself as it should be"
            )
            self.mistakes.append(change[1].mistake(("change",), message, on_key=True))

    def settle(self) -> None:
        """Make the changes of chapters, in the order of their files."""
        for section, change in self.changes:
            known = self._known(section)
            one = changed(change, known, f"{section} of the rulebook", self.mistakes)
            if one is not None:
                place = next(place for place, item in enumerate(self.raw[section]) if item is known[one[0]["id"]][0])
                self.raw[section][place], self.marks[section].listed[place] = one
                self.items[(section, one[0]["id"])] = one[1]

    def _known(self, section: str) -> dict[str, Part]:
        items = self.raw.get(section)
        return by_id(parts_of(items, self.marks[section])) if isinstance(items, list) else {}

    def with_changes(self, raw: dict[str, Any], marked: Marked) -> Part:
        """A scenario's file in which what its rules change stands as a whole item."""
        rules, rules_marks = raw.get("rules"), marked.child("rules")
        if not isinstance(rules, dict) or rules_marks is None:
            return raw, marked
        values, below = dict(rules), dict(rules_marks.named)
        for section, items in rules.items():
            if not isinstance(items, list) or not any(map(is_change, items)):
                continue
            known, made = self._known(section), []
            for part in parts_of(items, below[section]):
                one = changed(part, known, f"{section} of the rulebook", self.mistakes) if is_change(part[0]) else part
                made += [one] if one is not None else []
            values[section] = [value for value, _ in made]
            below[section] = Marked(below[section].start, [mark for _, mark in made])
        inside = Marked(rules_marks.start, below, rules_marks.keys)
        return {**raw, "rules": values}, Marked(marked.start, {**marked.named, "rules": inside}, marked.keys)

    def index(self, raw: Mapping[str, Any], marked: Marked, replaces: bool = False) -> None:
        """Enter every item by its id; twice the same id is a fault."""
        mine: set[tuple[str, str]] = set()
        for section, value in raw.items():
            if not isinstance(value, list):
                continue
            for place, item in enumerate(value):
                node = marked.child(section)
                below = node.child(place) if node else None
                name = item.get("id") if isinstance(item, dict) else None
                if below is None or not isinstance(name, str):
                    continue
                key = (section, name)
                if key in mine or (key in self.items and not replaces):
                    first = self.items[key].mistake(("id",), "")
                    message = f"the id '{name}' stands in {first.path}:{first.line} already"
                    self.mistakes.append(below.mistake(("id",), message))
                mine.add(key)
                self.items[key] = below
