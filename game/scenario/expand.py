"""Councils and dialogues written out as ordinary rules, so that the engine needs no word for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from game.scenario import expression as ex
from game.scenario.language import Reader, nearest
from game.scenario.models import CouncilModel, DialogueModel, Effect
from game.scenario.naming import Names
from game.scenario.shapes import Path, ReadEffect, ReadTest, Template

# A member's answer, as kept in a council's `objection` quantity; conditions follow from FIRST_CONDITION.
ASSENTS, DECLARES, MARGIN, HELD, FIRST_CONDITION = 0, 1, 2, 3, 4

NEVER = ex.Any(())

_KEYS = {"member": "members", "candidate": "candidates", "dossier": "dossiers"}
"""Under which keys the sets of slots are written."""


class _Writer:
    """Reads the texts of one council or dialogue; each fault stands at the key that it comes from."""

    def __init__(self, names: Names, path: Path, title: str, slots: Mapping[str, str]) -> None:
        self.names, self.path, self.title = names, path, title
        self.slots = names.slots(slots, path, {slot: (*path, key) for slot, key in _KEYS.items()})
        self.sound = len(self.slots) == len(slots)
        self.reader = Reader(names.vocabulary, self.slots)

    def truth(self, text: str, *key: str | int) -> ex.Expression:
        return self.names.truth(self.reader, text, (*self.path, *key)) or NEVER

    def effect(self, text: str, key: str, name: str) -> list[ReadEffect]:
        change = self.names.change(self.reader, text, (*self.path, key))
        return [] if change is None else [ReadEffect(name, None, change, (*self.path, key))]

    def effects(self, effects: Sequence[Effect], key: str, after: int = 0) -> list[ReadEffect]:
        """The author's effects under `key`, as they follow `after` of ours: those without id keep apart."""
        read = self.names.effects(self.reader, effects, (*self.path, key))
        return [replace(e, id=str(int(e.id) + after)) if e.id.isdigit() else e for e in read]

    def rule(
        self,
        name: str,
        phase: str,
        tests: Sequence[ex.Expression],
        effects: Sequence[ReadEffect],
        along: Mapping[str, tuple[str, str]] | None = None,
        odds: ex.Expression | None = None,
    ) -> Template:
        return Template(
            id=name,
            kind="rule",
            phase=phase,
            slots=self.slots,
            along=along or {},
            where=(),
            tests=(*self.names.slot_tests(self.slots), *(ReadTest(truth, None, self.path) for truth in tests)),
            odds=odds,
            chance=None,
            effects=tuple(effects),
            title=self.title,
            path=self.path,
        )


def _times(factor: int, truth: ex.Expression) -> ex.Expression:
    return ex.Multiply(ex.Number(Fraction(factor)), truth)


def council_templates(names: Names, council: CouncilModel) -> list[Template]:
    """A council as a rule for the members' answers and one each for adoption and deferral.

    A member's computer answer follows its conditions, then its margin; an order of its own seat
    (assent, declare, hold) goes before both.
    """
    path: Path = ("councils", council.id)
    both = _Writer(names, path, council.title, {"member": council.members, "candidate": council.candidates})
    one = _Writer(names, path, council.title, {"candidate": council.candidates})
    if council.ladder not in names.vocabulary.ladders:
        hint = nearest(council.ladder, names.vocabulary.ladders)
        names.fault((*path, "ladder"), f"there is no ladder '{council.ladder}'{hint}")
    if not both.sound:
        return []

    def given(action: str | None, key: str) -> ex.Expression:
        return both.truth(f"ordered({action}, member, candidate) > 0", key) if action else NEVER

    assent, declare, hold = (
        given(council.assent, "assent"),
        given(council.declare, "declare"),
        given(council.hold, "hold"),
    )
    held = ex.All((hold, ex.Not(assent), ex.Not(declare)))
    free = (ex.Not(assent), ex.Not(declare), ex.Not(hold))
    conditions = [both.truth(c.when, "conditions", i, "when") for i, c in enumerate(council.conditions)]
    short = both.truth(f"{council.margin}[member, candidate] < 0", "margin")
    target = both.effect(f"{council.objection}[member, candidate] += 0", "objection", "")

    def answer(name: str, title: str | None, amount: ex.Expression) -> list[ReadEffect]:
        return [replace(e, id=name, title=title, change=replace(e.change, amount=amount)) for e in target]

    answers = answer("declares", None, _times(DECLARES, declare)) + answer("held", None, _times(HELD, held))
    earlier: tuple[ex.Expression, ...] = ()
    for place, (condition, truth) in enumerate(zip(council.conditions, conditions, strict=True)):
        own = ex.All((*free, truth, *earlier))
        answers += answer(condition.id, condition.title, _times(FIRST_CONDITION + place, own))
        earlier = (*earlier, ex.Not(truth))
    answers += answer("margin", None, _times(MARGIN, ex.All((*free, short, *earlier))))
    objects = ex.Add((held, ex.All((*free, ex.Any((*conditions, short))))))
    count = both.effect(f"{council.objections}[candidate] += 0", "objections", "objects")
    count = [replace(effect, change=replace(effect.change, amount=objects)) for effect in count]
    meets = [one.truth(council.meets, "meets"), one.truth(council.agenda, "agenda")]
    sitting = [*meets, both.truth(council.sits, "sits")]
    few = one.truth(f"{council.objections}[candidate] <= ({council.allowed})", "allowed")
    rules = [
        both.rule(f"{council.id}_answers", "vote", sitting, answers),
        both.rule(f"{council.id}_objections", "vote", sitting, count),
        one.rule(f"{council.id}_adopts", "decide", [*meets, few], one.effects(council.adopted, "adopted")),
    ]
    if council.deferred:
        many = one.truth(f"{council.objections}[candidate] > ({council.allowed})", "allowed")
        deferred = one.effects(council.deferred, "deferred")
        rules.append(one.rule(f"{council.id}_defers", "decide", [*meets, many], deferred))
    return rules


def _deeds(
    names: Names, talks: DialogueModel, one: _Writer, each: _Writer
) -> tuple[list[ReadEffect], list[ex.Expression]]:
    """How an agreement counts several deeds of a side: the effects that set the count, and when one is the last."""
    if talks.left is None:
        if talks.deeds:
            names.fault((*one.path, "deeds"), "a dialogue with several deeds counts them in a quantity ('left')")
        return [], []
    counts: dict[tuple[str, str], int] = {}
    pairs = names.relations.get(talks.sides, ())
    for place, deed in enumerate(talks.deeds):
        pair = (deed.dossier, deed.side)
        if pair not in pairs:
            key = "dossier" if deed.dossier not in {dossier for dossier, _ in pairs} else "side"
            names.fault((*one.path, "deeds", place, key), f"'{deed.side}' is no side of '{deed.dossier}'")
        counts[pair] = counts.get(pair, 0) + 1
    slots = ex.Slot("dossier"), ex.Slot("side")
    more = tuple(
        _times(
            number - 1, ex.All(tuple(ex.Same((slot, ex.Thing(name))) for slot, name in zip(slots, pair, strict=True)))
        )
        for pair, number in counts.items()
        if number > 1
    )
    spread = f"{talks.left}[dossier, side] = 1 for side in seats if related({talks.sides}, dossier, side)"
    effects = [
        replace(effect, change=replace(effect.change, amount=ex.Add((effect.change.amount, *more))))
        for effect in one.effect(spread, "left", "left")
    ]
    return effects, [each.truth(f"{talks.left}[dossier, side] <= 1", "left")]


def _parts(
    talks: DialogueModel, each: _Writer, tests: list[ex.Expression], joined: Mapping[str, tuple[str, str]]
) -> list[Template]:
    """A deed done while others are left; the waiting begins anew."""
    if talks.left is None:
        return []
    effects = [
        *each.effect(f"{talks.left}[dossier, side] -= 1", "left", "left"),
        *each.effect(f"{talks.waits}[dossier, side] = 0", "waits", "waits"),
    ]
    return [each.rule(f"{talks.id}_part", "deed", tests, [*effects, *each.effects(talks.done, "done", 2)], joined)]


def dialogue_templates(names: Names, talks: DialogueModel) -> list[Template]:
    """A dialogue as rules: the round of talks, agreement, and the deeds that follow or do not."""
    path: Path = ("dialogues", talks.id)
    one = _Writer(names, path, talks.title, {"dossier": talks.dossiers})
    each = _Writer(names, path, talks.title, {"dossier": talks.dossiers, "side": "seats"})
    joined = names.along({talks.sides: ["dossier", "side"]}, each.slots, (*path, "sides")) if each.sound else {}
    if not joined:
        return []

    def both(test: str, key: str) -> ex.Expression:
        return one.truth(f"all({test} for side in seats if related({talks.sides}, dossier, side))", key)

    def state(rung: str) -> ex.Expression:
        return one.truth(f"{talks.state}[dossier] == {rung}", "state")

    def becomes(writer: _Writer, rung: str) -> list[ReadEffect]:
        return writer.effect(f"{talks.state}[dossier] = {rung}", "state", "state")

    def deed(rung: str) -> list[ReadEffect]:
        return each.effect(f"{talks.deed}[dossier, side] = {rung}", "deed", "deed")

    attended = both(f"ordered({talks.attend}, side, dossier) > 0", "attend")
    accepted = both(f"{talks.acceptance}[dossier, side] >= 0", "acceptance")
    ready = one.truth(f"{talks.progress}[dossier] >= {talks.agree_at}", "progress")
    odds = names.number(one.reader, talks.odds, (*path, "odds")) if talks.odds else None
    waiting_for_all = one.effect(
        f"{talks.deed}[dossier, side] = waiting for side in seats if related({talks.sides}, dossier, side)",
        "deed",
        "deed",
    )
    several, last_deed = _deeds(names, talks, one, each)
    waiting = ex.All((state("agreed"), each.truth(f"{talks.deed}[dossier, side] == waiting", "deed")))
    done = each.truth(f"ordered({talks.deed_order}, side, dossier) > 0", "deed_order")
    last = each.truth(f"{talks.waits}[dossier, side] + 1 >= {talks.patience}", "waits")
    name = talks.id
    return [
        one.rule(f"{name}_opens", "talk", [state("closed"), one.truth(talks.opens, "opens")], becomes(one, "open")),
        one.rule(
            f"{name}_round",
            "talk",
            [state("open"), attended],
            one.effect(f"{talks.progress}[dossier] += {talks.step}", "step", "step"),
        ),
        one.rule(
            f"{name}_stalls",
            "talk",
            [state("open"), ex.Not(attended)],
            one.effect(f"{talks.progress}[dossier] -= {talks.slip}", "slip", "slip"),
        ),
        one.rule(
            f"{name}_agrees",
            "deed",
            [state("open"), ready, attended, accepted],
            [*becomes(one, "agreed"), *waiting_for_all, *several],
            odds=odds,
        ),
        each.rule(
            f"{name}_deed",
            "deed",
            [waiting, done, *last_deed],
            [*deed("done"), *each.effects(talks.done, "done", 1)],
            joined,
        ),
        *_parts(talks, each, [waiting, done, *(ex.Not(truth) for truth in last_deed)], joined),
        each.rule(
            f"{name}_waits",
            "deed",
            [waiting, ex.Not(done), ex.Not(last)],
            each.effect(f"{talks.waits}[dossier, side] += 1", "waits", "waits"),
            joined,
        ),
        each.rule(
            f"{name}_defaults",
            "deed",
            [waiting, ex.Not(done), last],
            [*deed("defaulted"), *becomes(each, "defaulted"), *each.effects(talks.defaulted, "defaulted", 2)],
            joined,
        ),
        one.rule(
            f"{name}_carried_out",
            "drift",
            [state("agreed"), both(f"{talks.deed}[dossier, side] == done", "deed")],
            [*becomes(one, "carried_out"), *one.effects(talks.carried_out, "carried_out", 1)],
        ),
    ]
