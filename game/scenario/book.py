"""A rulebook and a scenario read through: every text of the rule language parsed, every name resolved.

`read_book` turns the merged models into a `Book`. Faults are collected, each with the path of the value
that is at fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from game.scenario import called, deciding, outcome, templates
from game.scenario import expression as ex
from game.scenario.language import Reader
from game.scenario.models import Rulebook, ScenarioModel
from game.scenario.naming import Names, TooManyFaultsError
from game.scenario.pledges import written_out
from game.scenario.shapes import (
    Book,
    Define,
    Doctrine,
    Ending,
    Fault,
    Objective,
    Path,
    ReadChoice,
    ReadEffect,
    ReadTerm,
    ReadTest,
    Report,
    Scheduled,
    Seat,
    Template,
    WorthRule,
    bounds,
    rename,
)

__all__ = [
    "Book",
    "Define",
    "Doctrine",
    "Ending",
    "Fault",
    "Objective",
    "Path",
    "ReadChoice",
    "ReadEffect",
    "ReadTerm",
    "ReadTest",
    "Report",
    "Scheduled",
    "Seat",
    "Template",
    "TooManyFaultsError",
    "WorthRule",
    "bounds",
    "merge",
    "read_book",
    "rename",
]

_T = TypeVar("_T")


def _by_id(items: Iterable[_T]) -> dict[str, _T]:
    return {item.id: item for item in items}  # type: ignore[attr-defined]


def merge(base: Rulebook, over: Rulebook) -> Rulebook:
    """A rulebook with a scenario's own sections on top: the same id replaces, a new id is added.

    Additions have no id: a scenario's follow the rulebook's.
    """
    merged: dict[str, object] = {}
    for name in Rulebook.model_fields:
        mine, theirs = getattr(base, name), getattr(over, name)
        if name == "additions":
            merged[name] = [*mine, *theirs]
        elif isinstance(mine, list):
            merged[name] = list({**_by_id(mine), **_by_id(theirs)}.values())
        else:
            merged[name] = theirs if theirs is not None else mine
    return base.model_copy(update=merged)


def read_book(rulebook: Rulebook, scenario: ScenarioModel) -> tuple[Book, list[Fault]]:
    """Read a merged rulebook with its scenario. The book is only sound if there are no faults.

    Raises TooManyFaultsError where there are more than anybody would read, or where a cap is exceeded that
    reading on would make costly.
    """
    rulebook = written_out(rulebook, scenario.turn_months)
    names = Names(rulebook, scenario)
    actions, events, rules = templates.actions(names), templates.events(names), templates.rules(names)
    ruling, populations = deciding.doctrines(names, actions, events)
    actions = [template for template in actions if template.id not in scenario.without]
    in_play = [action for action in rulebook.actions if action.id not in scenario.without]
    factor: ex.Expression | None = None
    if rulebook.score_factor:
        reader = Reader(names.vocabulary, {"actor": "seats"})
        factor = names.number(reader, rulebook.score_factor, ("score_factor",))
    book = Book(
        scenario=scenario,
        rulebook=rulebook.model_copy(update={"actions": in_play}),
        whole=rulebook,
        vocabulary=names.vocabulary,
        sets=names.sets,
        set_conditions={name: test.truth for name, test in names.conditions.items()},
        relations=names.relations,
        symmetric=names.symmetric,
        defines=templates.defines(names),
        actions=tuple(actions),
        events=tuple(events),
        rules=tuple(rules),
        seats=tuple(deciding.seats(names)),
        doctrines=tuple(ruling),
        populations=populations,
        objectives=tuple(outcome.objectives(names)),
        score_factor=factor,
        endings=tuple(outcome.endings(names)),
        scheduled=tuple(outcome.scheduled(names)),
        start=outcome.start(names),
        report=outcome.report(names),
        name_conditions=called.conditions(names),
        index={template.id: template for template in (*actions, *events, *rules)},
    )
    return book, names.faults
