"""Bodies that decide: every member's margin with its terms, who would object and what would lift it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from game.scenario.models import CouncilModel
from game.session.causes import ledger
from game.session.columns import Column, world_of
from game.session.reckon import Reckoner
from game.text import _, several
from game.views.names import month_name
from game.views.sight import Sight, points

HELD, MARGIN, DECLARED = 3, 2, 1


@dataclass(frozen=True)
class TermRow:
    """One named part of a margin. amount in points; text with its sign."""

    title: str
    amount: float
    text: str


@dataclass(frozen=True)
class Objection:
    """Why a member would object. cure: what would lift it ("" for a margin: its terms say that)."""

    title: str
    cure: str


@dataclass(frozen=True)
class MemberRow:
    """One member's view of one candidate, as the seat's knowledge has it before the vote."""

    member: str
    name: str
    margin: float
    margin_text: str
    terms: tuple[TermRow, ...]
    objections: tuple[Objection, ...]
    sits: bool
    played: bool


@dataclass(frozen=True)
class MemberGroup:
    """Members that see a candidate alike: the same terms, the same objections."""

    members: tuple[MemberRow, ...]
    first: MemberRow


@dataclass(frozen=True)
class CandidateRow:
    """One candidate. rung → next: the step in question; summary: `3 objections: Greece, France and Italy`.

    Where no step is left there are no members either: nobody is asked.
    """

    candidate: str
    name: str
    rung: str
    next: str
    on_agenda: bool
    members: tuple[MemberRow, ...]
    objecting: tuple[str, ...]
    summary: str
    last_vote: str


@dataclass(frozen=True)
class CouncilView:
    """One council. meets: this turn, so that orders given now still count."""

    id: str
    title: str
    help: str
    meets: bool
    next_meeting: str
    candidates: tuple[CandidateRow, ...]


@dataclass(frozen=True)
class Vote:
    """A council's decision on a candidate. objecting: members in order; held: those of them that did so by order."""

    adopted: bool
    objecting: tuple[str, ...]
    held: tuple[str, ...]


def councils(sight: Sight) -> tuple[CouncilView, ...]:
    return tuple(council(sight, model) for model in sight.book.rulebook.councils)


def meeting(sight: Sight) -> tuple[str, ...]:
    """The titles of the councils that meet this turn."""
    models = sight.book.rulebook.councils
    return tuple(sight.text("councils", m.id) for m in models if sight.reckoner.holds(m.meets, {}, [()])[0])


def council(sight: Sight, model: CouncilModel) -> CouncilView:
    """A council with every candidate that may still rise; those on the agenda first."""
    book, reckoner = sight.book, sight.reckoner
    slots = {"member": model.members, "candidate": model.candidates}
    ladder = next(found for found in book.rulebook.ladders if found.id == model.ladder)
    single = {"candidate": model.candidates}
    everyone = [(candidate,) for candidate in book.sets[model.candidates]]
    counted = reckoner.counts(single, everyone)
    candidates = [binding[0] for binding, held in zip(everyone, counted, strict=True) if held]
    agenda = dict(zip(candidates, reckoner.holds(model.agenda, single, [(one,) for one in candidates]), strict=True))
    pairs = [(member, one) for one in candidates for member in book.sets[model.members] if member != one]
    sits = [
        a and b for a, b in zip(reckoner.holds(model.sits, slots, pairs), reckoner.counts(slots, pairs), strict=True)
    ]
    terms = reckoner.terms(model.margin, pairs)
    conditions = {c.id: dict(zip(pairs, reckoner.holds(c.when, slots, pairs), strict=True)) for c in model.conditions}
    sitting = dict(zip(pairs, sits, strict=True))
    status = status_quantity(sight, model)
    rows = []
    for one in candidates:
        place = sight.find(status, one) if status else None
        rung = place.raw if place else 0
        following = sight.rung(model.ladder, rung + 1) if rung + 1 < len(ladder.rungs) else ""
        members = tuple(
            _member(sight, model, pair, terms[pair], [c for c in conditions if conditions[c][pair]])
            for pair in pairs
            if pair[1] == one and sitting[pair] and following
        )
        objecting = tuple(row.member for row in members if row.objections)
        rows.append(
            CandidateRow(
                one,
                sight.names.label(one),
                sight.rung(model.ladder, rung),
                following,
                agenda[one],
                tuple(sorted(members, key=lambda row: (not row.objections, row.margin))),
                objecting,
                _summary(sight, objecting, len(members)) if following else _("No step is left to decide"),
                _last_vote(sight, model, one),
            )
        )
    meets = reckoner.holds(model.meets, {}, [()])[0]
    rows.sort(key=lambda row: (not row.on_agenda, len(row.objecting)))
    title, text = sight.text("councils", model.id), sight.text("councils", model.id, "help")
    return CouncilView(model.id, title, text, meets, _next_meeting(sight, model, meets), tuple(rows))


def member_groups(row: CandidateRow) -> tuple[MemberGroup, ...]:
    """The members of a candidate's row, those alike together, in the order of the row."""
    groups: dict[tuple[tuple[TermRow, ...], tuple[Objection, ...]], list[MemberRow]] = {}
    for member in row.members:
        groups.setdefault((member.terms, member.objections), []).append(member)
    return tuple(MemberGroup(tuple(members), members[0]) for members in groups.values())


def status_quantity(sight: Sight, model: CouncilModel) -> str | None:
    """The quantity on the council's ladder that candidates climb."""
    unit = f"ladder:{model.ladder}"
    wanted = set(sight.book.sets[model.candidates])
    for quantity in sight.book.rulebook.quantities:
        held = {args[0] for args in sight.ruleset.layout.quantities[quantity.id].instances if len(args) == 1}
        if quantity.unit == unit and wanted <= held:
            return quantity.id
    return None


def below_nought() -> str:
    """What is told of a member that objects for its margin alone."""
    return _("Its margin is below nought")


def _member(
    sight: Sight, model: CouncilModel, pair: tuple[str, str], terms: dict[str, Fraction], held: list[str]
) -> MemberRow:
    define = sight.book.defines[model.margin]
    shown = []
    for term in define.terms:
        amount = terms[term.id]
        if amount:
            title = sight.part("defines", define.id, term.id, term.title)
            shown.append(TermRow(title, float(amount), points(amount)))
    margin = sum(terms.values(), Fraction(0))
    conditions = {c.id: c for c in model.conditions}
    objections = [
        Objection(
            sight.part("councils", model.id, c, conditions[c].title),
            sight.part("councils", model.id, f"{c}.cure", conditions[c].cure),
        )
        for c in held
    ]
    if margin < 0 and not objections:
        objections.append(Objection(below_nought(), ""))
    member = pair[0]
    shown.sort(key=lambda row: -abs(row.amount))
    return MemberRow(
        member,
        sight.names.label(member),
        float(margin),
        points(margin),
        tuple(shown),
        tuple(objections),
        True,
        member in sight.ruleset.seats,
    )


def _summary(sight: Sight, objecting: tuple[str, ...], members: int) -> str:
    if not objecting:
        return _("Nobody would object")
    if len(objecting) == members:
        return several("{count} objection, the only member's", "{count} objections, from every member", members)
    count = several("{count} objection", "{count} objections", len(objecting))
    return _("{count}: {names}").format(count=count, names=sight.names.joined(objecting))


def _last_vote(sight: Sight, model: CouncilModel, candidate: str) -> str:
    """What the council decided in the last turn on a candidate, with those who objected; "" for nothing."""
    if not sight.game.steps:
        return ""
    vote = vote_of(sight, -1, model, candidate)
    if vote is None:
        return ""
    if vote.adopted:
        return _("Agreed")
    return _("Put off: {names}").format(names=sight.names.joined(vote.objecting))


def margins_at(sight: Sight, column: Column, model: CouncilModel, pairs: list[tuple[str, str]]) -> list[Fraction]:
    """The margins of members about candidates at some moment, as the seat knew it. pairs: (member, candidate)."""
    world = world_of(sight.ruleset, sight.observed(column), 0)
    terms = Reckoner(sight.ruleset, world).terms(model.margin, pairs)
    return [sum(terms[pair].values(), Fraction(0)) for pair in pairs]


def vote_of(sight: Sight, step: int, model: CouncilModel, candidate: str) -> Vote | None:
    """What a council decided on a candidate's step in a turn, and who objected; None if it did not vote."""
    game = sight.game
    changes = ledger(game, game.steps[step]) or ()
    decided = {f"{model.id}_adopts": True, f"{model.id}_defers": False}
    outcome = next((decided[c.rule] for c in changes if c.rule in decided and c.binding == (candidate,)), None)
    if outcome is None:
        return None
    layout = sight.ruleset.layout
    first = layout.quantities[model.objection]
    answers: dict[str, int] = {}
    for change in changes:
        if change.row in first.rows and change.phase == "vote":
            member, about = layout.at(change.row)[1]
            if about == candidate:
                answers[member] = answers.get(member, 0) + change.amount
    objecting = tuple(member for member, answer in answers.items() if answer >= MARGIN)
    return Vote(outcome, objecting, tuple(member for member in objecting if answers[member] == HELD))


def _next_meeting(sight: Sight, model: CouncilModel, meets: bool) -> str:
    """When the council meets next, as far as the calendar says."""
    if meets:
        return _("It meets this turn.")
    flags = [
        q for q in sight.book.rulebook.quantities if q.lasts == "turn" and q.unit == "flag" and q.id in model.meets
    ]
    names = {flag.id for flag in flags}
    months = sight.ruleset.turn_months
    dates = sorted(
        scheduled.month
        for scheduled in sight.book.scheduled
        if scheduled.month >= sight.month + months and names & {effect.change.quantity for effect in scheduled.effects}
    )
    if not dates:
        return _("No further meeting is on the calendar.")
    return _("It meets next in {month}.").format(month=month_name(dates[0]))
