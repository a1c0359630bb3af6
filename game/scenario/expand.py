"""Councils and dialogues written out as ordinary rules, so that the engine needs no word for them."""

from __future__ import annotations

from game.scenario.models import CouncilModel, DialogueModel, Effect, RuleModel, Test

# A member's answer, as kept in a council's `objection` quantity; conditions follow from FIRST_CONDITION.
ASSENTS, DECLARES, MARGIN, HELD, FIRST_CONDITION = 0, 1, 2, 3, 4


def council_rules(council: CouncilModel) -> list[RuleModel]:
    """A council as a rule for the members' answers and one each for adoption and deferral.

    A member's computer answer follows its conditions, then its margin; an order of its own seat
    (assent, declare, hold) goes before both.
    """
    pair = "[member, candidate]"

    def given(action: str | None) -> str:
        return f"(ordered({action}, member, candidate) > 0)" if action else "(0 > 1)"

    free = f"not {given(council.assent)} and not {given(council.declare)} and not {given(council.hold)}"
    answers = [
        f"{DECLARES} * ({given(council.declare)})",
        f"{HELD} * ({given(council.hold)} and not {given(council.assent)} and not {given(council.declare)})",
    ]
    earlier: list[str] = []
    for place, condition in enumerate(council.conditions):
        before = "".join(f" and not ({text})" for text in earlier)
        answers.append(f"{FIRST_CONDITION + place} * ({free} and ({condition.when}){before})")
        earlier.append(condition.when)
    none = "".join(f" and not ({text})" for text in earlier)
    answers.append(f"{MARGIN} * ({free} and {council.margin}{pair} < 0{none})")
    slots = {"member": council.members, "candidate": council.candidates}
    open_now = [Test(test=council.meets), Test(test=council.agenda)]
    vote = RuleModel(
        id=f"{council.id}_answers",
        title=council.title,
        phase="vote",
        over=slots,
        when=[*open_now, Test(test=council.sits)],
        effects=[
            Effect(do=f"{council.objection}{pair} += {text}", id=f"answer_{place}")
            for place, text in enumerate(answers)
        ],
        carries=council.carries,
        source=council.source,
    )
    count = RuleModel(
        id=f"{council.id}_objections",
        title=council.title,
        phase="vote",
        over=slots,
        when=[*open_now, Test(test=council.sits)],
        effects=[
            Effect(
                do=f"{council.objections}[candidate] += ({given(council.hold)} and not {given(council.assent)}"
                f" and not {given(council.declare)}) + ({free} and ("
                + " or ".join(f"({text})" for text in [*earlier, f"{council.margin}{pair} < 0"])
                + "))"
            )
        ],
    )
    candidate = {"candidate": council.candidates}
    rules = [
        vote,
        count,
        RuleModel(
            id=f"{council.id}_adopts",
            title=council.title,
            phase="decide",
            over=candidate,
            when=[*open_now, Test(test=f"{council.objections}[candidate] <= {council.allowed}")],
            effects=council.adopted,
            carries=council.carries,
            source=council.source,
        ),
    ]
    if council.deferred:
        rules.append(
            RuleModel(
                id=f"{council.id}_defers",
                title=council.title,
                phase="decide",
                over=candidate,
                when=[*open_now, Test(test=f"{council.objections}[candidate] > {council.allowed}")],
                effects=council.deferred,
                source=council.source,
            )
        )
    return rules


def dialogue_rules(talks: DialogueModel) -> list[RuleModel]:
    """A dialogue as rules: the round of talks, agreement, and the deeds that follow or do not."""
    dossier = {"dossier": talks.dossiers}
    sides = {"dossier": talks.dossiers, "side": "seats"}
    joined = {talks.sides: ["dossier", "side"]}

    def both(test: str) -> str:
        return f"all({test} for side in seats if related({talks.sides}, dossier, side))"

    attended = both(f"ordered({talks.attend}, side, dossier) > 0")
    accepted = both(f"{talks.acceptance}[dossier, side] >= 0")
    open_now = f"{talks.state}[dossier] == open"
    common = {"carries": talks.carries, "source": talks.source}
    rules = [
        RuleModel(
            id=f"{talks.id}_opens",
            title=talks.title,
            phase="talk",
            over=dossier,
            when=[Test(test=f"{talks.state}[dossier] == closed"), Test(test=talks.opens)],
            effects=[Effect(do=f"{talks.state}[dossier] = open")],
        ),
        RuleModel(
            id=f"{talks.id}_round",
            title=talks.title,
            phase="talk",
            over=dossier,
            when=[Test(test=open_now), Test(test=attended)],
            effects=[Effect(do=f"{talks.progress}[dossier] += {talks.step}")],
            **common,
        ),
        RuleModel(
            id=f"{talks.id}_stalls",
            title=talks.title,
            phase="talk",
            over=dossier,
            when=[Test(test=open_now), Test(test=f"not ({attended})")],
            effects=[Effect(do=f"{talks.progress}[dossier] -= {talks.slip}")],
            source=talks.source,
        ),
        RuleModel(
            id=f"{talks.id}_agrees",
            title=talks.title,
            phase="deed",
            over=dossier,
            when=[
                Test(test=open_now),
                Test(test=f"{talks.progress}[dossier] >= {talks.agree_at}"),
                Test(test=attended),
                Test(test=accepted),
            ],
            odds=talks.odds,
            effects=[
                Effect(do=f"{talks.state}[dossier] = agreed"),
                Effect(
                    do=f"{talks.deed}[dossier, side] = waiting for side in seats if related({talks.sides}, dossier, side)"
                ),
            ],
            **common,
        ),
    ]
    waiting = f"{talks.state}[dossier] == agreed and {talks.deed}[dossier, side] == waiting"
    deed_done = f"ordered({talks.deed_order}, side, dossier) > 0"
    last = f"{talks.waits}[dossier, side] + 1 >= {talks.patience}"
    rules += [
        RuleModel(
            id=f"{talks.id}_deed",
            title=talks.title,
            phase="deed",
            over=sides,
            along=joined,
            when=[Test(test=waiting), Test(test=deed_done)],
            effects=[Effect(do=f"{talks.deed}[dossier, side] = done"), *talks.done],
            **common,
        ),
        RuleModel(
            id=f"{talks.id}_waits",
            title=talks.title,
            phase="deed",
            over=sides,
            along=joined,
            when=[Test(test=waiting), Test(test=f"not ({deed_done})"), Test(test=f"not ({last})")],
            effects=[Effect(do=f"{talks.waits}[dossier, side] += 1")],
        ),
        RuleModel(
            id=f"{talks.id}_defaults",
            title=talks.title,
            phase="deed",
            over=sides,
            along=joined,
            when=[Test(test=waiting), Test(test=f"not ({deed_done})"), Test(test=last)],
            effects=[
                Effect(do=f"{talks.deed}[dossier, side] = defaulted"),
                Effect(do=f"{talks.state}[dossier] = defaulted"),
                *talks.defaulted,
            ],
            **common,
        ),
        RuleModel(
            id=f"{talks.id}_carried_out",
            title=talks.title,
            phase="drift",
            over=dossier,
            when=[
                Test(test=f"{talks.state}[dossier] == agreed"),
                Test(test=both(f"{talks.deed}[dossier, side] == done")),
            ],
            effects=[Effect(do=f"{talks.state}[dossier] = carried_out"), *talks.carried_out],
            **common,
        ),
    ]
    return rules
