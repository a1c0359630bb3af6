"""The rulebook as a handbook in Markdown: every quantity, order, event and formula in a sentence each.

Written from the books of all shipped scenarios, so that it says what the rules say and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from game.rules.chance import LADDER
from game.scenario import expression as ex
from game.scenario.book import Book, Define, ReadChoice, ReadEffect, ReadTest, Template
from game.scenario.models import ActionModel, EventModel, LadderModel, LibraryModel, QuantityModel, RuleModel
from game.scenario.phrase import Phrases

INTRODUCTION = """\
# The rules in sentences

These pages are written from the rulebook by `python scripts/write_rules.py`; do not edit them. A name in *italics*
stands for whoever the rule is about; what stands in square brackets behind a quantity says whose it is. Amounts of
rules that run by themselves are for a quarter of a year unless they say otherwise. Keys such as S1 are those of
[the sources](../sources.md).

| page | what stands in it |
|---|---|
| [quantities.md](quantities.md) | what is measured, in what unit, who sees it |
| [formulas.md](formulas.md) | quantities that follow from others |
| [orders.md](orders.md) | what a seat may order, what it costs, what it does |
| [events.md](events.md) | what may happen, when, how likely it is, and what can be answered |
| [drift.md](drift.md) | what moves by itself, and what bodies decide |
| [odds.md](odds.md) | the ladder of odds |
| [sources.md](sources.md) | every source that a rule or an event cites |
"""


@dataclass
class _Gathered:
    """Items of all books by id, the first of its name, with the scenarios in which it is in play."""

    phrases: dict[str, Phrases] = field(default_factory=dict)
    items: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    scenarios: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, scenario: str, phrases: Phrases, model: Any, read: Any) -> None:
        if name not in self.items:
            self.items[name], self.phrases[name] = (model, read), phrases
        self.scenarios.setdefault(name, []).append(scenario)


class Handbook:
    """Every page, by its file name: `Handbook(books).pages()`."""

    def __init__(self, books: Sequence[Book]) -> None:
        self.books = books
        self.titles = {book.scenario.id: book.scenario.title for book in books}
        self.kinds: dict[str, _Gathered] = {
            name: _Gathered() for name in ("quantities", "formulas", "orders", "events", "rules", "library", "ladders")
        }
        for book in books:
            self._gather(book)

    def _gather(self, book: Book) -> None:
        phrases, scenario, rulebook = Phrases(book), book.scenario.id, book.rulebook
        groups: dict[str, Iterable[Any]] = {
            "quantities": rulebook.quantities,
            "library": rulebook.library,
            "ladders": rulebook.ladders,
        }
        for kind, models in groups.items():
            for model in models:
                self.kinds[kind].add(model.id, scenario, phrases, model, None)
        for define in book.defines.values():
            self.kinds["formulas"].add(define.id, scenario, phrases, None, define)
        actions = {model.id: model for model in rulebook.actions}
        events = {model.id: model for model in rulebook.events}
        rules = {model.id: model for model in rulebook.rules}
        for kind, templates, known in (
            ("orders", book.actions, actions),
            ("events", book.events, events),
            ("rules", book.rules, rules),
        ):
            for template in templates:
                self.kinds[kind].add(template.id, scenario, phrases, known.get(template.id), template)

    def pages(self) -> dict[str, str]:
        """File name → text."""
        return {
            "README.md": INTRODUCTION,
            "quantities.md": self._page("Quantities", "quantities", _quantity) + self._ladders(),
            "formulas.md": self._page("Formulas", "formulas", _formula),
            "orders.md": self._page("Orders", "orders", _order),
            "events.md": self._page("Events", "events", _event),
            "drift.md": self._page("What moves by itself", "rules", _rule),
            "odds.md": _odds(),
            "sources.md": self._sources(),
        }

    def _page(self, title: str, kind: str, write: Callable[[Phrases, Any, Any], Iterator[str]]) -> str:
        gathered = self.kinds[kind]
        lines = [f"# {title}", ""]
        for name, (model, read) in gathered.items.items():
            lines += [*write(gathered.phrases[name], model, read)]
            where = gathered.scenarios[name]
            if len(where) < len(self.books):
                lines.append(f"- In play in: {', '.join(self.titles[scenario] for scenario in where)}.")
            lines.append("")
        return _named("\n".join(lines).rstrip()) + "\n"

    def _ladders(self) -> str:
        lines = ["", "## Ladders", ""]
        for model, _ in self.kinds["ladders"].items.values():
            ladder: LadderModel = model
            lines.append(f"- **{ladder.title}**: {' → '.join(rung.title for rung in ladder.rungs)}")
        return "\n".join(lines) + "\n"

    def _sources(self) -> str:
        cited: dict[str, list[str]] = {}
        for kind in ("quantities", "orders", "events", "rules"):
            for model, _ in self.kinds[kind].items.values():
                source = getattr(model, "source", None)
                if source:
                    cited.setdefault(source, []).append(model.title)
        for model, _ in self.kinds["library"].items.values():
            entry: LibraryModel = model
            for source in entry.sources:
                cited.setdefault(source, []).append(entry.title)
        lines = ["# Sources of the rules", ""]
        lines += [f"- {source}: {'; '.join(dict.fromkeys(titles))}" for source, titles in sorted(cited.items())]
        return "\n".join(lines) + "\n"


# -- one item each ---------------------------------------------------------------------------------


def _quantity(phrases: Phrases, model: QuantityModel, _read: None) -> Iterator[str]:
    unit = {"points": "points", "count": "a count", "flag": "yes or no"}.get(model.unit)
    unit = unit or f"a rung of the ladder “{model.unit.removeprefix('ladder:').replace('_', ' ')}”"
    seen = {"public": "everybody sees it", "owner": "only its owner sees it", "estimate": "others see an estimate"}
    of = "one for the world"
    if model.of is not None:
        title = phrases.sets.get(model.of) or phrases.relations.get(model.of) or model.of
        of = f"one for each of “{title}”"
    low, high = model.bounds or ([0, 100] if model.unit == "points" else [0, 1000])
    bounds = f" from {figure_of(low)} to {figure_of(high)}" if model.unit in ("points", "count") else ""
    yield f"## {model.title}"
    yield f"{model.help} (`{model.id}`: {unit}{bounds}, {of}; {seen[model.visible]}.)"
    yield from _source(model.source)


def _formula(phrases: Phrases, _model: None, define: Define) -> Iterator[str]:
    yield f"## {define.title or define.id.replace('_', ' ')}"
    slots = f" [{', '.join(f'*{slot}*' for slot in define.slots)}]" if define.slots else ""
    yield f"The sum of these terms{slots}:"
    yield ""
    for term in define.terms:
        when = f", if {phrases.truth(term.when)}" if term.when is not None else ""
        yield f"- {term.title or term.id}: {phrases.number(term.amount)}{when}"


def _order(phrases: Phrases, model: ActionModel | None, template: Template) -> Iterator[str]:
    yield f"## {model.title if model else template.title}"
    if model is not None:
        yield model.help
        yield ""
        cost = "nothing" if model.cost == 0 else f"{model.cost} political capital"
        yield f"- Costs {cost}; ordered by {_slots(phrases, template)}."
    yield from _tests(phrases, template.tests)
    yield from _effects(phrases, template.effects)
    if model is not None and model.repeat == "half":
        yield "- The same order on the same target within nine months has half its effect."
    if model is not None:
        yield from _source(model.source)


def _event(phrases: Phrases, model: EventModel | None, template: Template) -> Iterator[str]:
    if model is None:
        return
    yield f"## {model.title}"
    yield model.text
    if model.record:
        yield ""
        yield f"From the record: {model.record}"
    yield ""
    if template.date is not None:
        yield f"- In {template.date // 12:04d}-{template.date % 12 + 1:02d}."
    if template.slots:
        yield f"- About {_slots(phrases, template)}."
    yield from _tests(phrases, template.tests)
    yield from _chance(phrases, template)
    yield from _effects(phrases, template.effects)
    if template.choices:
        who = model.decided_by or ""
        decider = f"*{who}*" if who in template.slots else phrases.things.get(who, who)
        yield f"- {decider} decides:"
        texts = {choice.id: choice for choice in model.choices}
        for choice in template.choices:
            yield from _choice(phrases, choice, texts[choice.id].title)
    if model.contested:
        yield "- What happened is contested."
    yield from _source(model.source)


def _choice(phrases: Phrases, choice: ReadChoice, title: str) -> Iterator[str]:
    effects = "; ".join(phrases.effect(effect.change) for effect in choice.effects) or "nothing changes"
    cost = f" (costs {choice.cost})" if choice.cost else ""
    default = " (unless answered)" if choice.default else ""
    yield f"  - {title}{cost}{default}: {effects}."


def _rule(phrases: Phrases, model: RuleModel | None, template: Template) -> Iterator[str]:
    yield f"## {template.title or template.id.replace('_', ' ')}"
    if model is not None and model.help:
        yield model.help
        yield ""
    about = f", for {_slots(phrases, template)}" if template.slots else ""
    yield f"- In the phase “{template.phase}”{about}."
    yield from _tests(phrases, template.tests)
    yield from _chance(phrases, template)
    yield from _effects(phrases, template.effects)
    if model is not None:
        yield from _source(model.source)


def _slots(phrases: Phrases, template: Template) -> str:
    found = [
        f"*{slot.replace('_', ' ')}* of “{phrases.sets.get(group, group)}”" for slot, group in template.slots.items()
    ]
    return ", ".join(found)


def _tests(phrases: Phrases, tests: Sequence[ReadTest]) -> Iterator[str]:
    if tests:
        yield f"- If {'; and if '.join(phrases.truth(test.truth) for test in tests)}."


def _effects(phrases: Phrases, effects: Sequence[ReadEffect]) -> Iterator[str]:
    for effect in effects:
        title = f"{effect.title}: " if effect.title else ""
        yield f"- {title}{phrases.effect(effect.change)}."


def _chance(phrases: Phrases, template: Template) -> Iterator[str]:
    if template.odds is not None:
        constant = isinstance(template.odds, ex.Number)
        yield f"- Odds: {'rung' if constant else 'the rung'} {phrases.number(template.odds)} of [the ladder](odds.md)."
    elif template.chance is not None:
        yield f"- Odds: {template.chance} in a thousand a turn."


def _source(source: str | None) -> Iterator[str]:
    if source:
        yield f"- Source: {source}."


def _odds() -> str:
    lines = [
        "# The ladder of odds",
        "",
        "Chances in a thousand for a quarter of a year; in monthly turns three months together have the same chance.",
        "",
    ]
    lines += ["| rung | in a thousand |", "|---|---|"]
    lines += [f"| {rung} | {odds} |" for rung, odds in enumerate(LADDER)]
    return "\n".join(lines) + "\n"


def _named(text: str) -> str:
    """Places for names, `{target}` in titles and texts, as the pages write them: *target*."""
    return re.sub(r"\{(\w+)\}", lambda match: f"*{match[1].replace('_', ' ')}*", text)


def figure_of(value: int) -> str:
    """A whole number with separators."""
    return f"{value:,}".replace("-", "−")


def pages(books: Sequence[Book]) -> Mapping[str, str]:
    """The pages of a handbook over these books."""
    return Handbook(books).pages()
