"""Pledges written out as a quantity, an order and two rules each, in the rule language itself.

Unlike councils and dialogues they are written out before anything is read, since a pledge is also an order that
people give and a number that they see; `origin` leads a fault back to what the author wrote.
"""

from __future__ import annotations

from collections.abc import Collection

from game.scenario.models import ActionModel, Effect, PledgeModel, QuantityModel, Rulebook, RuleModel, Test
from game.scenario.shapes import Path

KEPT, BROKEN = "kept", "broken"


def quantity_of(pledge: str) -> str:
    """The quantity that holds the last turn in which a pledge binds."""
    return f"pledged_{pledge}"


def bookkept(rulebook: Rulebook) -> frozenset[str]:
    """The quantities that only keep until which turn a pledge binds: no figures to show."""
    return frozenset(quantity_of(pledge.id) for pledge in rulebook.pledges)


def order_of(pledge: str) -> str:
    return f"pledge_{pledge}"


def rule_of(pledge: str, outcome: str) -> str:
    """outcome: KEPT or BROKEN."""
    return f"pledge_{pledge}_{outcome}"


def written_out(rulebook: Rulebook, turn_months: int) -> Rulebook:
    """The rulebook with what its pledges stand for. Pledges along no known relation are left alone.

    Doing it twice changes nothing more.
    """
    between = {relation.id: relation.between for relation in rulebook.relations}
    good = [pledge for pledge in rulebook.pledges if pledge.along in between and (pledge.kept or pledge.broken)]
    if not good:
        return rulebook
    quantities = {one.id: one for one in rulebook.quantities}
    actions = {one.id: one for one in rulebook.actions}
    rules = {one.id: one for one in rulebook.rules}
    for pledge in good:
        giver, receiver = between[pledge.along]
        quantity = _quantity(pledge)
        quantities[quantity.id] = quantity
        action = _action(pledge, giver, receiver, turn_months)
        actions[action.id] = action
        rules |= {rule.id: rule for rule in _rules(pledge, giver, receiver)}
    return rulebook.model_copy(
        update={
            "quantities": list(quantities.values()),
            "actions": list(actions.values()),
            "rules": list(rules.values()),
        }
    )


def _quantity(pledge: PledgeModel) -> QuantityModel:
    return QuantityModel(
        id=quantity_of(pledge.id),
        title=f"Pledge: {pledge.title}",
        of=pledge.along,
        unit="count",
        elsewhere=0,
        help=f"The last turn in which the pledge binds; it is void where that turn is over. {pledge.help}",
        source=pledge.source,
        carries=pledge.carries,
    )


def _action(pledge: PledgeModel, giver: str, receiver: str, turn_months: int) -> ActionModel:
    held = f"{quantity_of(pledge.id)}[actor, to]"
    turns = -(-pledge.months // turn_months)
    live = Test.model_validate({"test": f"{held} < turn", "else": "{actor} is bound by that pledge to {to} already"})
    until = Effect(do=f"{held} = turn + {turns}", id="until", title="A promise before witnesses")
    return ActionModel(
        id=order_of(pledge.id),
        title=f"Pledge: {pledge.title}",
        category=pledge.category,
        by=giver,
        slots={"to": receiver},
        along={pledge.along: ["actor", "to"]},
        when=[*pledge.when, live],
        cost=pledge.cost,
        effects=[*pledge.made, until],
        repeat="full",
        tags=pledge.tags,
        help=pledge.help,
        library=pledge.library,
        carries=pledge.carries,
        source=pledge.source,
    )


def _rules(pledge: PledgeModel, giver: str, receiver: str) -> list[RuleModel]:
    """What is broken shows before what is kept; what neither has shown by the last turn ends the other way.

    A pledge binds from the turn after the one in which it is made.
    """
    held = f"{quantity_of(pledge.id)}[actor, to]"
    void = Effect(do=f"{held} = 0", id="void", title="The pledge has ended")
    rules = []
    for outcome, shows, effects, phase in (
        (BROKEN, pledge.broken, pledge.on_broken, "deed"),
        (KEPT, pledge.kept, pledge.on_kept, "drift"),
    ):
        bound = Test(test=f"{held} >= turn and ordered({order_of(pledge.id)}, actor, to) == 0")
        tests = [Test(test=f"{held} == turn")] if shows is None else [bound, Test(test=shows)]
        rules.append(
            RuleModel(
                id=rule_of(pledge.id, outcome),
                title=f"A pledge {outcome}: {pledge.title}",
                phase="events" if shows is None else phase,  # type: ignore[arg-type]
                over={"actor": giver, "to": receiver},
                along={pledge.along: ["actor", "to"]},
                when=tests,
                effects=[*effects, void],
                help=pledge.help,
                carries=pledge.carries,
                source=pledge.source,
            )
        )
    return rules


def origin(path: Path, pledges: Collection[str]) -> Path:
    """Where an author wrote what stands at `path` of a rulebook that has been written out."""
    if len(path) < 2:
        return path
    section, name, rest = path[0], str(path[1]), path[2:]
    for pledge in pledges:
        here: Path = ("pledges", pledge)
        if section == "quantities" and name == quantity_of(pledge):
            return (*here, "along")
        if section == "actions" and name == order_of(pledge):
            return (*here, "made" if rest[:1] == ("effects",) else rest[0] if rest else "id", *rest[1:])
        for outcome in (KEPT, BROKEN):
            if section == "rules" and name == rule_of(pledge, outcome):
                return (*here, f"on_{outcome}", *rest[1:]) if rest[:1] == ("effects",) else (*here, outcome)
    return path
