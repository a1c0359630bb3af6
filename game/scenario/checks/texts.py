"""Texts that are missing or name what is not there, slots that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from game.scenario import expression as ex
from game.scenario.language import nearest
from game.scenario.models import ActionModel, EventModel, RuleModel
from game.scenario.places import of_define, of_effects
from game.scenario.shapes import Book, Fault, Path, Template

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


def check(book: Book) -> Iterator[Fault]:
    """Faults of texts and of slots."""
    for action in book.rulebook.actions:
        template = book.index[action.id]
        path: Path = ("actions", action.id)
        yield from _locks(action, path)
        yield from _ordered_in_tests(template)
        yield from _placeholders(action, template.slots, path)
        spoken = [action.title, action.help]
        used = set(action.exclusive.per) if action.exclusive else set()
        yield from _unused(template, used | {"actor"}, spoken, (*path, "slots"))
    for event in book.rulebook.events:
        event_template = book.index.get(event.id)
        if event_template is None:
            continue
        path = ("events", event.id)
        yield from _placeholders(event, event_template.slots, path)
        for place, choice in enumerate(event.choices):
            here: Path = (*path, "choices", place)
            yield from _text((*here, "title"), choice.title, event_template.slots)
            yield from _text((*here, "text"), choice.text, event_template.slots)
            for number, test in enumerate(choice.when):
                if test.otherwise is None:
                    yield Fault((*here, "when", number), "a choice that may be locked says why ('else')")
                else:
                    yield from _text((*here, "when", number, "else"), test.otherwise, event_template.slots)
        spoken = [event.headline, event.text, event.record or ""]
        yield from _unused(event_template, {event.decided_by or ""}, spoken, (*path, "slots"))
    for rule in book.rulebook.rules:
        rule_template = book.index.get(rule.id)
        if rule_template is not None:
            yield from _unused(rule_template, set(), [], ("rules", rule.id, "over"))
            yield from _placeholders(rule, rule_template.slots, ("rules", rule.id))
    for define in book.defines.values():
        used = {slot for place in of_define(define) for slot in ex.free_slots(place.node)}
        for slot in define.slots:
            if slot not in used:
                yield Fault(("defines", define.id, "over", slot), f"nothing uses the slot '{slot}'")
    for group in book.rulebook.sets:
        if group.when is not None and group.otherwise is None:
            yield Fault(("sets", group.id, "when"), "a set with a condition says who is left out ('else')")
        elif group.otherwise is not None:
            yield from _text(("sets", group.id, "else"), group.otherwise, {"it": ""})


def _locks(action: ActionModel, path: Path) -> Iterator[Fault]:
    for place, test in enumerate(action.when):
        if test.otherwise is None:
            yield Fault((*path, "when", place), "an order that may be locked says why ('else')")


def _ordered_in_tests(template: Template) -> Iterator[Fault]:
    for test in template.tests:
        if any(isinstance(part, ex.Ordered) and part.months is None for part in ex.walk(test.truth)):
            message = "orders are secret until all are given; ask 'ordered_within(months, …)' for earlier ones"
            yield Fault(test.path, message)


def _placeholders(model: ActionModel | EventModel | RuleModel, slots: Mapping[str, str], path: Path) -> Iterator[Fault]:
    yield from _text((*path, "title"), model.title, slots)
    if isinstance(model, EventModel):
        yield from _text((*path, "headline"), model.headline, slots)
        yield from _text((*path, "text"), model.text, slots)
        if model.record is not None:
            yield from _text((*path, "record"), model.record, slots)
    for place, test in enumerate(model.when):
        if test.otherwise is not None:
            yield from _text((*path, "when", place, "else"), test.otherwise, slots)


def _text(path: Path, text: str, slots: Mapping[str, str]) -> Iterator[Fault]:
    if not text.strip():
        yield Fault(path, "the text is missing")
    for match in _BRACES.finditer(text):
        name = match[1]
        if name is None:
            yield Fault(path, "a brace stands alone; a placeholder is written like {actor}")
        elif name not in slots:
            yield Fault(path, f"there is no slot '{name}'{nearest(name, slots)}")


def _unused(template: Template, used: set[str], spoken: Iterable[str], path: Path) -> Iterator[Fault]:
    found = set(used)
    for ends in template.along.values():
        found |= set(ends)
    nodes = [*template.where, *(test.truth for test in template.tests)]
    if template.odds is not None:
        nodes.append(template.odds)
    effects = [*template.effects, *(effect for choice in template.choices for effect in choice.effects)]
    nodes += [place.node for place in of_effects(effects, {})]
    nodes += [test.truth for choice in template.choices for test in choice.tests]
    for node in nodes:
        found |= ex.free_slots(node)
    for effect in effects:
        found |= {arg.name for arg in effect.change.args if isinstance(arg, ex.Slot)}
    for text in spoken:
        found |= {match[1] for match in _BRACES.finditer(text) if match[1]}
    for slot in template.slots:
        if slot not in found:
            yield Fault((*path, slot), f"nothing uses the slot '{slot}'")
