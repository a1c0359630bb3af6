"""Talks: dossiers, the sides' positions, where bargaining power points, and deeds promised and done."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from game.scenario.models import DialogueModel
from game.session import Step
from game.session.columns import Column
from game.session.records import Resolved
from game.text import _
from game.views.council import TermRow
from game.views.sight import Sight, Value, points

OPEN, AGREED = 1, 2
"""The rungs on which there is more to tell: the ladder is closed, open, agreed, carried out, defaulted."""


@dataclass(frozen=True)
class SideRow:
    """One side of a dossier. gain: what it gains by agreeing, term by term; it accepts at nought or more."""

    side: str
    name: str
    gain: float
    gain_text: str
    accepts: bool
    terms: tuple[TermRow, ...]
    deed: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class DossierRow:
    """One dossier. open: talks are going on; power: where bargaining power points (not what is fair), or None.

    A dossier that is closed or ended has a state alone: no sides, no progress. told: the row in a sentence.
    """

    dossier: str
    name: str
    note: str
    state: str
    open: bool
    progress: Value | None
    agree_at: int
    power: float | None
    sides: tuple[SideRow, ...]
    verdict: str
    told: str


@dataclass(frozen=True)
class DialogueView:
    """Dossiers: open ones first, among them the viewer's own."""

    id: str
    title: str
    help: str
    dossiers: tuple[DossierRow, ...]


def dialogues(sight: Sight) -> tuple[DialogueView, ...]:
    return tuple(_dialogue(sight, model) for model in sight.book.rulebook.dialogues)


def _dialogue(sight: Sight, model: DialogueModel) -> DialogueView:
    parties = sight.book.relations[model.sides]
    rows = [_dossier(sight, model, dossier) for dossier in sight.book.sets[model.dossiers]]
    rows.sort(key=lambda row: (not row.open, (row.dossier, sight.seat) not in parties))
    title, text = sight.text("dialogues", model.id), sight.text("dialogues", model.id, "help")
    return DialogueView(model.id, title, text, tuple(rows))


def _dossier(sight: Sight, model: DialogueModel, dossier: str) -> DossierRow:
    name, note = sight.names.label(dossier), sight.text("things", dossier, "note")
    state = sight.find(model.state, dossier)
    if state is not None and state.number not in (OPEN, AGREED):
        told = _("{dossier}: {state}.").format(dossier=name, state=state.text)
        return DossierRow(dossier, name, note, state.text, False, None, model.agree_at, None, (), "", told)
    progress = sight.find(model.progress, dossier)
    sides = tuple(
        _side(sight, model, dossier, side) for other, side in sight.book.relations[model.sides] if other == dossier
    )
    power = None
    if model.power is not None:
        found = sight.reckoner.terms(model.power, [(dossier,)])[(dossier,)]
        power = float(sum(found.values(), Fraction(0)))
    verdict = _verdict(sight, model, progress, sides) if state is None or state.number == OPEN else ""
    told = _("{dossier}: {state}; progress {progress} of {needed}. {verdict}").format(
        dossier=name,
        state=state.text if state else "",
        progress=progress.text if progress else "0",
        needed=model.agree_at,
        verdict=verdict,
    )
    return DossierRow(
        dossier,
        name,
        note,
        state.text if state else "",
        state is not None and state.number == OPEN,
        progress,
        model.agree_at,
        power,
        sides,
        verdict,
        told.strip(),
    )


def attendance(sight: Sight, step: Step, model: DialogueModel) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences on the open dossiers to which some came and others did not, and the sides that they concern."""
    if not isinstance(step.act, Resolved):
        return (), ()
    catalogue, parties = sight.ruleset.catalogue, sight.book.relations[model.sides]
    given = {catalogue.index[text] for texts in step.act.orders.values() for text in texts}
    told, whom = [], []
    for dossier in sight.book.sets[model.dossiers]:
        row = sight.ruleset.layout.find(model.state, (dossier,))
        sides = [side for other, side in parties if other == dossier]
        came = [side for side in sides if given & set(catalogue.find(model.attend, (side, dossier)))]
        away = [side for side in sides if side not in came]
        if row is not None and int(step.before[row]) == OPEN and came and away:
            text = _("{dossier}: {came} came to the table, {away} stayed away.")
            name, there = sight.names.label(dossier), sight.names.joined(came)
            told.append(text.format(dossier=name, came=there, away=sight.names.joined(away)))
            whom += [*came, *away]
    return tuple(told), tuple(dict.fromkeys(whom))


def at_rest(sight: Sight, row: int, before: Column, after: Column) -> bool:
    """Whether a row is a figure of a dossier on which nobody talked, neither before nor after: nothing to tell of."""
    quantity, args = sight.ruleset.layout.at(row)
    for model in sight.book.rulebook.dialogues:
        if quantity.id in (model.state, model.deed) or not args or args[0] not in sight.book.sets[model.dossiers]:
            continue
        state = sight.ruleset.layout.find(model.state, args[:1])
        if state is not None and OPEN not in (int(before[state]), int(after[state])):
            return True
    return False


def _side(sight: Sight, model: DialogueModel, dossier: str, side: str) -> SideRow:
    define = sight.book.defines[model.acceptance]
    amounts = sight.reckoner.terms(define.id, [(dossier, side)])[(dossier, side)]
    gain = sum(amounts.values(), Fraction(0))
    terms = tuple(
        TermRow(
            sight.part("defines", define.id, term.id, term.title), float(amounts[term.id]), points(amounts[term.id])
        )
        for term in define.terms
        if amounts[term.id]
    )
    deed = sight.find(model.deed, dossier, side)
    values = tuple(
        value
        for quantity in sight.book.rulebook.quantities
        if quantity.of == model.sides and quantity.id not in (model.deed, model.waits, model.left)
        if (value := sight.find(quantity.id, dossier, side)) is not None
    )
    name = sight.names.label(side)
    text = deed.text if deed else ""
    if (owed := _next_deed(sight, model, dossier, side)) is not None:
        text = _("{state}: {deed}").format(state=text, deed=owed)
    return SideRow(side, name, float(gain), points(gain), gain >= 0, terms, text, values)


def _next_deed(sight: Sight, model: DialogueModel, dossier: str, side: str) -> str | None:
    """What a side that has promised several deeds is to do next; None where nothing is outstanding."""
    left = sight.find(model.left, dossier, side) if model.left is not None else None
    own = [deed.title for deed in model.deeds if (deed.dossier, deed.side) == (dossier, side)]
    count = int(left.number) if left is not None else 0
    state = sight.find(model.deed, dossier, side)
    if not 1 <= count <= len(own) or state is None or state.number != 1:
        return None
    return own[len(own) - count]


def _verdict(sight: Sight, model: DialogueModel, progress: Value | None, sides: tuple[SideRow, ...]) -> str:
    """What stands between the sides and an agreement, in one sentence."""
    if progress is not None and progress.number < model.agree_at:
        return _("The text is not ripe: {now} of {needed}.").format(now=progress.text, needed=model.agree_at)
    refusing = [side.side for side in sides if not side.accepts]
    if refusing:
        return _("Not enough to gain for {names}.").format(names=sight.names.joined(refusing))
    return _("Each side would gain by agreeing, if both come.")
