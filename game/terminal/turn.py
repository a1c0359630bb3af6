"""Screens of a turn: where it stands, orders, forecast, news, report, causes, objectives, the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.terminal.speaker import Line, Part, Style
from game.text import _, several
from game.views import (
    ForecastRow,
    ForecastView,
    News,
    OrderRow,
    Sight,
    briefing,
    card,
    history,
    meeting,
    news,
    objectives,
    outcome,
    queue,
    report,
    why,
)
from game.views.cards import at_once_title
from game.views.debrief import missed
from game.views.guide import guide_of_turn
from game.views.outlook import rows_for
from game.views.score import ScoreChange
from game.views.terms import goal_terms


def style_of(tone: str) -> Style:
    return "good" if tone == "good" else "bad" if tone == "bad" else "plain"


def guide_screen(sight: Sight) -> Iterator[Part]:
    """What the scenario's guide says in this turn, all at once."""
    for step in guide_of_turn(sight):
        head = _("Guide, {number} of {count}: {title}")
        yield Line(head.format(number=step.number, count=step.count, title=step.title), "heading")
        yield Line(step.text, indent=1)


def opening_screen(sight: Sight) -> Iterator[Part]:
    """The head of a turn: date, purse, an open decision, a council that meets."""
    game, turns = sight.game, sight.ruleset.turns
    yield Line(_("Turn {turn} of {turns}: {when}.").format(turn=game.turn, turns=turns, when=sight.turn_title), "title")
    if sight.seat is None or game.over:
        return
    yield from guide_screen(sight)
    held = queue(sight)
    slots = several("{count} order left", "{count} orders left", held.slots)
    yield Line(
        _("{seat}: political capital {purse}, {slots}.").format(
            seat=sight.names.label(sight.seat), purse=held.purse, slots=slots
        )
    )
    meets = meeting(sight)
    if meets:
        names = sight.names.joined(meets)
        yield Line(_("Meeting this turn: {councils}. Say 'council' to count the votes.").format(councils=names))
    yield from card_screen(sight)


def card_screen(sight: Sight) -> Iterator[Part]:
    """The open decision with its answers."""
    open_card = card(sight)
    if open_card is None:
        return
    yield Line(_("A decision is waiting: {headline}").format(headline=open_card.headline), "warning")
    yield Line(open_card.text, indent=1)
    if open_card.record:
        yield Line(open_card.record, "dim", 1)
    for row in open_card.choices:
        mark = _("chosen") if row.id == open_card.answered else _("default") if row.default else ""
        cost = _("cost {cost}").format(cost=row.order.cost)
        notes = ", ".join(note for note in (cost, mark) if note)
        text = _("{id}: {title} ({notes}). {text}").format(
            id=row.id, title=row.order.title, notes=notes, text=row.order.help
        )
        yield Line(text.rstrip(), indent=1)
        yield Line(_("{title}: {effects}.").format(title=at_once_title(), effects="; ".join(row.at_once)), indent=2)
        for reason in row.order.reasons:
            yield Line(reason, "dim", 2)
    yield Line(
        _("Say 'choose' and the answer's first word, e.g. choose {id}.").format(id=open_card.choices[0].id), "dim"
    )


def briefing_screen(sight: Sight) -> Iterator[Part]:
    told = briefing(sight)
    yield Line(told.title, "title")
    yield Line(told.situation)
    if told.seat is not None:
        yield Line(told.seat.name, "heading")
        yield Line(told.seat.briefing, indent=1)
        yield Line(_("What you want: {goal}").format(goal=told.seat.goal), indent=1)
        yield Line(_("Who objects, and why: {objections}").format(objections=told.seat.objections), indent=1)
        helps = "; ".join(told.seat.helps)
        yield Line(_("Orders that help: {orders}.").format(orders=helps), indent=1)
    yield from objectives_screen(sight)
    for note in told.footnotes:
        yield Line(note, "dim")


def objectives_screen(sight: Sight, terms: bool = False) -> Iterator[Part]:
    """terms: whether to say what each objective's points consist of."""
    wanted = objectives(sight)
    if wanted is None:
        if sight.seat is None:
            yield Line(_("You hold no seat, so there are no objectives of yours."))
        else:
            yield Line(_("This seat has no objectives."))
        return
    yield Line(_("Objectives of {seat}").format(seat=wanted.name), "heading")
    pattern = _("{title}: {points} points so far; {worth}.")
    if sight.game.over:
        pattern = _("{title}: {points} points; {worth}.")
    elif not wanted.counted:
        pattern = _("{title}: {worth}.")
    for row in wanted.rows:
        yield Line(pattern.format(title=row.title, points=row.points_text, worth=row.worth), indent=1)
        found = goal_terms(sight, row.id) if terms else None
        if found is not None:
            parts = "; ".join(f"{what} {points}".rstrip() for what, points in found.rows)
            yield Line(_("{parts}. {note}").format(parts=parts, note=found.note), "dim", 2)
    score = wanted.score_text if wanted.counted else _("counted when the first turn has ended")
    yield Line(_("Score: {score}. {par}").format(score=score, par=wanted.par_note).rstrip(), indent=1)


# -- orders --------------------------------------------------------------------------------------------


def order_line(number: int | None, row: OrderRow) -> Line:
    """`3. Reform the armed forces. Cost 2. [croatia.reform_defence]`"""
    head = f"{number}. " if number is not None else ""
    cost = _("free of slots, cost {cost}").format(cost=row.cost) if row.free else _("cost {cost}").format(cost=row.cost)
    text = _("{head}{title} ({cost}). [{id}]").format(head=head, title=row.title, cost=cost, id=row.text)
    if row.reasons:
        text = _("{order} Locked: {reasons}").format(order=text, reasons=" ".join(row.reasons))
    elif row.queued:
        text = _("{order} Ordered.").format(order=text)
    return Line(text, "plain" if row.legal else "dim", 1)


def orders_screen(rows: Sequence[OrderRow], heading: str, first: int = 1, effects: bool = True) -> Iterator[Part]:
    """Numbered orders with their declared effects."""
    yield Line(heading, "heading")
    for number, row in enumerate(rows, first):
        yield order_line(number, row)
        if effects and row.legal and row.effects:
            yield Line(_("{effects}.").format(effects="; ".join(row.effects)), "dim", 2)


def queue_screen(sight: Sight) -> Iterator[Part]:
    held = queue(sight)
    slots = several("{count} order left", "{count} orders left", held.slots)
    if not held.orders:
        yield Line(
            _("Nothing is ordered yet; political capital {purse}, {slots}.").format(purse=held.purse, slots=slots)
        )
        return
    titles = "; ".join(row.title for row in held.orders)
    yield Line(
        _("Ordered: {orders}. Left: political capital {purse}, {slots}.").format(
            orders=titles, purse=held.purse, slots=slots
        )
    )


def forecast_screen(view: ForecastView, orders: str, order: OrderRow | None = None) -> Iterator[Part]:
    """orders: what is forecast, in words. order: the only one, so that what it declares that it does comes first."""
    yield Line(_("Forecast {horizon}: {orders}").format(horizon=view.horizon, orders=orders), "heading")
    for row in view.rows if order is None else rows_for(view, order, len(view.rows)):
        yield _forecast_line(row)
    if view.more:
        yield Line(several("{count} smaller change.", "{count} smaller changes.", view.more), "dim", 1)
    if not view.rows:
        yield Line(_("Nothing that you can see would differ."), indent=1)
    yield _forecast_line(view.score)
    yield Line(view.note, "dim", 1)


def _forecast_line(row: ForecastRow) -> Line:
    text = _("{title}: {difference}, typically {likely}; it would stand at {level}, without at {without}.").format(
        title=row.title, difference=row.difference, likely=row.likely, level=row.level, without=row.without
    )
    return Line(text, style_of(row.tone), 1)


# -- what happened -------------------------------------------------------------------------------------


def news_line(item: News) -> Iterator[Part]:
    text = item.headline if item.headline.endswith((".", "!", "?")) else f"{item.headline}."
    yield Line(_("{headline} {text}").format(headline=text, text=item.text).rstrip(), indent=1)
    if item.record:
        yield Line(item.record, "dim", 2)


def news_screen(sight: Sight) -> Iterator[Part]:
    items = news(sight)
    yield Line(_("News"), "heading")
    if not items:
        yield Line(_("Nothing that made the papers."), indent=1)
    for item in items:
        yield from news_line(item)
        if item.contested:
            yield Line(_("This is contested."), "dim", 2)


def history_screen(sight: Sight) -> Iterator[Part]:
    yield Line(_("History, the newest first"), "heading")
    when = ""
    for item in history(sight):
        if item.when != when:
            when = item.when
            yield Line(when, "title", 1)
        yield from news_line(item)


def report_screen(sight: Sight, most: int = 8) -> Iterator[Part]:
    """What changed most, each with its causes."""
    told = report(sight, at_most=most)
    if told is None:
        yield Line(_("No turn has ended yet."))
        return
    yield Line(_("What changed, and why: {when}").format(when=told.when), "heading")
    if told.score is not None:
        yield from _score_lines(told.score)
    for change in told.changes:
        causes = "; ".join(f"{cause.text} {cause.amount_text}" for cause in change.causes[:4])
        text = _("{title}: {before} to {after}.").format(title=change.title, before=change.before, after=change.after)
        if causes:
            text = _("{change} Because: {causes}.").format(change=text, causes=causes)
        yield Line(text, style_of(change.tone), 1)
    if told.more:
        yield Line(
            several("{count} smaller change; ask with 'why'.", "{count} smaller changes; ask with 'why'.", told.more),
            "dim",
            1,
        )


def _score_lines(score: ScoreChange) -> Iterator[Part]:
    """The seat's own score, and the objectives that moved it."""
    if not score.change:
        text = (
            _("Your score: {after}.") if score.before == score.after else _("Your score: {after}, counted first now.")
        )
        yield Line(text.format(after=score.after), indent=1)
    else:
        text = _("Your score: {before} to {after}.").format(before=score.before, after=score.after)
        yield Line(text, style_of(score.tone), 1)
    for goal in score.rows:
        causes = "; ".join(f"{cause.text} {cause.amount_text}".rstrip() for cause in goal.causes[:2])
        text = _("{objective}: {points}.").format(objective=goal.title, points=goal.change or goal.after)
        if causes:
            text = _("{change} Because: {causes}.").format(change=text, causes=causes)
        yield Line(text, style_of(goal.tone), 2)


def deeds_screen(sight: Sight) -> Iterator[Part]:
    """Who ordered what in the last turn."""
    told = report(sight, at_most=0)
    if told is None:
        yield Line(_("No turn has ended yet."))
        return
    yield Line(_("Who ordered what: {when}").format(when=told.when), "heading")
    for seat in told.orders:
        yield Line(_("{seat}: {orders}.").format(seat=seat.name, orders="; ".join(seat.orders)), indent=1)


def why_screen(sight: Sight, row: int) -> Iterator[Part]:
    told = why(sight, row)
    head = _("{title}: {now}.").format(title=told.title, now=told.now) if told.now else f"{told.title}."
    yield Line(head, "heading")
    if told.turn is not None:
        yield Line(
            _("It last changed in {when}, from {before} to {after}.").format(
                when=told.when, before=told.before, after=told.after
            ),
            indent=1,
        )
    for cause in told.causes:
        yield Line(_("{amount}: {cause}.").format(amount=cause.amount_text, cause=cause.text), indent=2)
    if told.note:
        yield Line(told.note, indent=1)
    if told.source:
        yield Line(_("Starting value from: {source}.").format(source=told.source.rstrip(".")), "dim", 1)


def outcome_screen(sight: Sight) -> Iterator[Part]:
    told = outcome(sight)
    if told is None:
        return
    yield Line(_("The game is over: {ending}").format(ending=told.title), "title")
    yield Line(told.text)
    if told.verdict:
        yield Line(told.verdict, "warning")
    yield from objectives_screen(sight)
    short = missed(sight)
    if short:
        yield Line(_("What was missing"), "heading")
    for row in short:
        yield Line(row.told, "bad", 1)
    yield Line(_("Scores"), "heading")
    for score in told.scores:
        name = _("{seat} (played)").format(seat=score.name) if score.played else score.name
        text = _("{seat}: {score}.").format(seat=name, score=score.score_text)
        if score.par is not None:
            text = _("{seat}: {score}, par {par}.").format(seat=name, score=score.score_text, par=score.par)
        yield Line(text, "warning" if score.played else "plain", 1)
    if told.decisions:
        yield Line(_("Your decisions"), "heading")
        for decision in told.decisions:
            orders = "; ".join(decision.orders)
            yield Line(_("{when}: {orders}.").format(when=decision.when, orders=orders), indent=1)
    if told.played:
        yield Line(_("What this game will be remembered for"), "heading")
        for item in told.played:
            yield Line(_("{when}: {headline}.").format(when=item.when, headline=item.headline.rstrip(".")), indent=1)
    if told.recorded:
        yield Line(_("What history recorded"), "heading")
        for fact in told.recorded:
            yield Line(_("{when}: {fact}.").format(when=fact.when, fact=fact.title.rstrip(".")), indent=1)
    if told.questions:
        yield Line(_("To talk about"), "heading")
        for question in told.questions:
            yield Line(question, indent=1)
