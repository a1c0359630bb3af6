"""Bodies that decide together: councils, dialogues, pledges."""

from __future__ import annotations

from pydantic import Field

from game.scenario.models.base import Code, Do, Id, Model, Text, When


class Condition(Model):
    """A reason for which a member objects whatever its margin; `cure` says what would lift it."""

    id: Id
    title: Text
    when: Code
    cure: Text


class CouncilModel(Model):
    """A body that decides over candidates, one rung at a time. Expanded into rules at load time.

    Slots in its texts: `member` and `candidate`. objection: a quantity over a relation of members and
    candidates that keeps each member's last answer: 0 assents, 1 declaration, 2 margin, 3 held by its
    seat, 4 and up the conditions in their order.
    """

    id: Id
    title: Text
    members: Id
    candidates: Id
    sits: Code
    meets: Code
    agenda: Code
    margin: Id
    conditions: list[Condition] = []
    objection: Id
    objections: Id
    assent: Id | None = None
    declare: Id | None = None
    hold: Id | None = None
    allowed: Code = "0"
    ladder: Id
    adopted: list[Do] = Field(min_length=1)
    deferred: list[Do] = []
    help: Text | None = None
    carries: list[Id] = []
    source: Text | None = None


class DeedModel(Model):
    """One of the deeds that a side promises in an agreement over a dossier; they are done in order."""

    dossier: Id
    side: Id
    title: Text


class DialogueModel(Model):
    """Talks over dossiers with paired deeds. Expanded into rules at load time.

    Slots in its texts: `dossier`, and `side` where a side is meant. sides: relation of dossiers and
    sides. attend, deed_order: actions of a side with the slot `dossier`. progress: points of a dossier.
    state: a quantity of dossiers on a ladder {closed, open, agreed, carried_out, defaulted}. deed: a
    quantity over `sides` on a ladder {none, waiting, done, defaulted}; waits: whole turns waited for the next deed.
    deeds: what each side promises, one deed where nothing is listed; left: a count over `sides` of deeds not done yet.
    """

    id: Id
    title: Text
    dossiers: Id
    sides: Id
    attend: Id
    opens: Code
    step: Code
    slip: Code
    progress: Id
    agree_at: int = 70
    acceptance: Id
    odds: Code | None = None
    state: Id
    deed: Id
    deed_order: Id
    waits: Id
    deeds: list[DeedModel] = []
    left: Id | None = None
    patience: int = 2
    done: list[Do] = []
    carried_out: list[Do] = []
    defaulted: list[Do] = []
    power: Id | None = None
    help: Text | None = None
    carries: list[Id] = []
    source: Text | None = None


class PledgeModel(Model):
    """Something that seats promise one another before witnesses. Expanded at load time into the quantity
    `pledged_ID` (the last turn in which it binds), the order `pledge_ID` and the rules `pledge_ID_kept` and
    `pledge_ID_broken`.

    Slots in its texts: `actor`, who promises, and `to`. along: the relation of those who may promise and those to
    whom. months: how long it binds. kept, broken: what shows that it is; where one of them is missing, silence to
    the end means that one, and where both are given, silence means that it lapses. made, on_kept, on_broken:
    effects.
    """

    id: Id
    title: Text
    category: Id
    along: Id
    months: int = Field(ge=1, le=36)
    when: list[When] = []
    cost: int = Field(default=0, ge=0, le=12)
    kept: Code | None = None
    broken: Code | None = None
    made: list[Do] = []
    on_kept: list[Do] = Field(min_length=1)
    on_broken: list[Do] = Field(min_length=1)
    tags: list[Id] = []
    help: Text
    library: list[Id] = []
    carries: list[Id] = []
    source: Text | None = None
