"""Panels of the debrief: the score's course, small charts, the outcome, the ladder, turning points."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.desktop.desk import Desk
from game.desktop.parts.blocks import Block
from game.desktop.screens.charts import short_name
from game.desktop.screens.flow import LEAD, bullet, framed, head, inside, prose, row
from game.desktop.screens.objectives import objective_blocks, standings
from game.desktop.screens.plots import change_of, shown, time_axis, value_axis
from game.desktop.ui.cards import panel
from game.desktop.ui.charts import Chart, Note, Small, chart_head, line_chart, small_multiple
from game.desktop.ui.charts import Series as Line
from game.desktop.ui.kit import Kit
from game.desktop.ui.ladder_chart import Climb, ladder_chart, ladder_key
from game.desktop.ui.meters import Tone, gauge, progress
from game.desktop.ui.node import Look, Node, Tip
from game.desktop.ui.paint import CAPTION, HEADING, SMALL, STRONG, Painter
from game.desktop.ui.rows import Turning, turning_row
from game.desktop.ui.text import Style
from game.desktop.ui.ui import Ui
from game.desktop.work import Job
from game.text import _
from game.views import Objectives, Series, Sight, objectives, outcome, series
from game.views.debrief import ClimbRow, LadderView, TurningRow, course_finding, ladders, missed
from game.views.sight import figure

SMALL_OF = ("stability", "mood", "trust")
"""The first of these quantities that the rulebook has fills the small charts."""


def _courses(sight: Sight, rows: tuple[int, ...]) -> tuple[Series, ...]:
    return series(sight, list(rows))


def course_panel(ui: Ui, rect: pygame.Rect, desk: Desk, points: Sequence[TurningRow]) -> Node:
    """The seat's score by turn against par, with the turning points on it."""
    kit, sight = ui.kit, desk.sight
    layout = sight.ruleset.layout
    seat = desk.seat or sight.book.scenario.seats[0].seat
    goals = desk.view(objectives, seat)
    course = desk.view(_courses, (layout.row(f"score[{seat}]"),))[0].points
    values = [value for _turn, _when, value in course[1:]] or [course[0][2]]  # reckoned first when a turn has ended
    par = goals.par if goals is not None else None
    everything = [*values, *([float(par)] if par is not None else [])]
    low, high, ticks = value_axis(everything, 4)
    lines = [Line((None, *values), figure=shown(values[-1]), label=_("score"))]
    if par is not None:
        lines.append(Line((float(par),) * (len(values) + 1), "ink2", True, 2.4, figure(par, 1), _("par")))
    found = course_finding(sight, values)
    below = kit.line(SMALL) if found.why else 0
    plot = pygame.Rect(rect.x + kit.px(68), rect.y + kit.px(96), rect.w - kit.px(222), rect.h - kit.px(144))
    plot.y, plot.h = plot.y + below, plot.h - below
    notes = _notes(kit, plot, values, (low, high), points)
    chart = Chart(low, high, time_axis(sight, len(values) + 1), ticks, tuple(lines), notes=notes)
    note = _("{seat}: points of its objectives, by turn").format(seat=sight.names.label(seat))

    def draw(p: Painter, look: Look) -> None:
        inner = rect.inflate(-kit.px(48), -kit.px(36))
        chart_head(p, pygame.Rect(inner.x, inner.y, inner.w, kit.px(56)), found.title, found.why or note)
        if found.why:
            p.text(note, pygame.Rect(inner.x, inner.y + kit.line(HEADING) + below, inner.w, below), SMALL)
        top = inner.y + kit.px(72) + below
        line_chart(p, pygame.Rect(inner.x, top, inner.w, inner.bottom - top), chart, 130)

    tip = Tip(found.title, found.why) if found.why else None
    return panel(rect, Node(rect, draw, key="debrief:course", tip=tip))


def _notes(
    kit: Kit, rect: pygame.Rect, values: Sequence[float], axis: tuple[float, float], points: Sequence[TurningRow]
) -> tuple[Note, ...]:
    """Turning points as notes: where the line rises below it, else above; never on one another or the axis.

    rect: where the line is drawn. A note that finds no room keeps only its number, or is left to the list.
    """
    notes: list[Note] = []
    taken: list[pygame.Rect] = []
    reach, tall = kit.px(26), kit.px(28)
    for point in points:
        at = point.turn - 1
        if at >= len(values):
            continue
        x = rect.x + round((at + 1) / len(values) * rect.w)
        y = rect.bottom - round((values[at] - axis[0]) / (axis[1] - axis[0]) * rect.h)
        first = min(values[at : at + 4]) < values[at] - 0.5
        full = _short(kit, point.title)
        for text, above in ((full, first), (full, not first), ("", first), ("", not first)):
            wide = kit.width(text, STRONG) + kit.px(50)
            left = max(rect.left, min(rect.right - wide, x - kit.px(18)))
            box = pygame.Rect(left, y - reach - tall if above else y + reach, wide, tall)
            if rect.top <= box.top and box.bottom <= rect.bottom - kit.px(8) and box.collidelist(taken) < 0:
                taken.append(box.inflate(kit.px(4), kit.px(4)))
                notes.append(Note(at + 1, str(point.number), text, above))
                break
    return tuple(notes)


def _short(kit: Kit, text: str, most: float = 210) -> str:
    """As much of a title as a label on a chart can hold, in whole words."""
    words = text.split()
    while len(words) > 1 and kit.width(" ".join(words), STRONG) > kit.px(most):
        words.pop()
    short = " ".join(words).rstrip(":,;")
    return short if short == text else f"{short} …"


def small_charts(ui: Ui, rect: pygame.Rect, desk: Desk) -> Node:
    """One quantity of the own country and of those who climb the first reported ladder, in a grid that fills `rect`."""
    kit, sight = ui.kit, desk.sight
    layout = sight.ruleset.layout
    known = [name for name in SMALL_OF if name in layout.quantities]
    found = desk.view(ladders)
    if not known or not found:
        return Node(rect)
    words = _words(found[0])
    things = [climb.thing for climb in found[0].climbs if layout.find(known[0], (climb.thing,)) is not None]
    gap = kit.px(14)
    columns = 3 if rect.w >= kit.px(900) else 2
    rows = max(1, min(2, (rect.h + gap) // (kit.px(150) + gap)))
    own = desk.seat
    if own is not None and own not in things[: columns * rows] and layout.find(known[0], (own,)) is not None:
        things = [own, *(thing for thing in things if thing != own)]
    places = [layout.row(f"{known[0]}[{thing}]") for thing in things[: columns * rows]]
    lines = desk.view(_courses, tuple(row for row in places if not sight.hides(row)))
    rows = max(1, min(rows, -(-len(lines) // columns)))
    wide = (rect.w - gap * (columns - 1)) // columns
    tall = (rect.h - gap * (rows - 1)) // rows
    low, high, ticks = value_axis([value for line in lines for _turn, _when, value in line.points], 2)
    flags = kit.pictures.names("flags")
    smalls = []
    for at, line in enumerate(lines):
        thing = layout.at(line.row)[1][0]
        values = tuple(value for _turn, _when, value in line.points)
        change, way = change_of(values)
        tone: Tone = "good" if way > 0 else "bad" if way < 0 else "plain"
        chart = Chart(low, high, time_axis(sight, len(values), 3), ticks, (Line(values),))
        word, word_tone = words.get(thing, ("", "plain"))
        box = pygame.Rect(rect.x + at % columns * (wide + gap), rect.y + at // columns * (tall + gap), wide, tall)
        name = short_name(sight, line.row)
        room = wide - kit.px(30 + 43 + 8 + 22)
        if kit.width(name, STRONG.but(size=16)) + kit.width(word, CAPTION) > room - kit.px(8):
            word = ""
        flag = thing if thing in flags else ""
        smalls.append((box, Small(name, chart, flag, word, word_tone, shown(values[-1]), change, way, tone)))

    def draw(p: Painter, look: Look) -> None:
        for box, small in smalls:
            small_multiple(p, box, small)

    return Node(rect, draw)


def small_note(desk: Desk) -> str:
    """What the small charts show, in a sentence."""
    known = [name for name in SMALL_OF if name in desk.sight.ruleset.layout.quantities]
    if not known or not desk.view(ladders):
        return ""
    title = desk.sight.quantity_title(known[0])
    return _("Small charts: {quantity}, 0 to 100, with the change since the start").format(quantity=title)


def _words(ladder: LadderView) -> dict[str, tuple[str, str]]:
    """Where everybody ended on the ladder, and whether that is higher or lower than at the start."""
    found = {}
    for climb in ladder.climbs:
        tone = "good" if climb.end > climb.start else "bad" if climb.end < climb.start else "plain"
        found[climb.thing] = (ladder.rungs[climb.end], tone)
    return found


def outcome_panel(ui: Ui, rect: pygame.Rect, desk: Desk) -> Node:
    """The ending with its text, the score, and every objective's points."""
    found = desk.view(outcome)
    goals = desk.view(objectives)
    title = found.title if found else _("The game goes on")
    text = found.text if found else _("What follows is how things stand now.")
    blocks: list[Block] = []
    if goals is not None:
        blocks.append(_verdict(goals, found.verdict if found else ""))
        blocks += objective_blocks(desk, goals, "debrief:goals", 33 if not ui.kit.metrics.compact else 46)
        short = desk.view(missed)
        if short:
            blocks.append(head(_("What was missing")))
            blocks += [bullet(one.told, "cross_circle", "bad") for one in short]
    else:
        blocks += [head(_("Every seat"), _("the tick is par"))]
        blocks += _standings(desk)
    blocks.insert(0, prose(text, LEAD.but(size=15)))
    return framed(ui, rect, "debrief:outcome", title, "", blocks, gap=4)


def _verdict(goals: Objectives, verdict: str) -> Block:
    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        kit = p.kit
        side = rect.h
        ring = pygame.Rect(rect.x, rect.y, side, side)
        reached = goals.par is not None and goals.score >= goals.par
        share = goals.score / goals.par if goals.par else 0.0
        note = _("par {par}").format(par=figure(goals.par, 1)) if goals.par is not None else _("points")
        gauge(p, ring, max(0.0, min(1.0, share)), goals.score_text, note, "good" if reached else "accent")
        x = ring.right + kit.px(20)
        style = Style("serif_bold", 18)
        p.text(verdict or goals.goal, pygame.Rect(x, rect.y, rect.right - x, rect.h), style, lines=3)

    return row(88, draw)


def _standings(desk: Desk) -> list[Block]:
    found = [goals for one in desk.sight.book.scenario.seats if (goals := desk.view(objectives, one.seat))]
    found.sort(key=lambda one: -one.score)
    return standings(found, desk.seat)


def scores_panel(ui: Ui, rect: pygame.Rect, desk: Desk) -> Node:
    """Every seat against its par, and questions for the talk afterwards."""
    found = desk.view(outcome)
    blocks: list[Block] = [head(_("Score against par"), _("the tick is par"), rule=False), *_standings(desk)]
    if found is not None and found.questions:
        blocks.append(head(_("To talk about")))
        blocks += [bullet(text, "speech", "accent") for text in found.questions]
    return framed(ui, rect, "debrief:scores", _("Every seat"), "", blocks, gap=4)


def ladder_panel(ui: Ui, rect: pygame.Rect, desk: Desk) -> Node:
    """Who moved up the first reported ladder."""
    kit = ui.kit
    found = desk.view(ladders)
    inner = inside(kit, rect)
    title = _("Who moved up the ladder")
    if not found:
        return framed(ui, rect, "debrief:ladder", title, "", [prose(_("This scenario has no ladder."), SMALL)])
    view = found[0]
    top = inner.y + kit.line(HEADING) + kit.line(CAPTION) + kit.px(10)
    body = pygame.Rect(inner.x, top, inner.w, inner.bottom - top)
    most = max(2, (body.h - kit.px(44)) // kit.px(23))
    flags = kit.pictures.names("flags")
    shown_climbs = view.climbs[:most]
    used = [place for place in range(len(view.rungs)) if any(_crosses(c, place) for c in shown_climbs)]
    first, last = min(used, default=0), max(used, default=len(view.rungs) - 1)
    # Names get what the columns leave.
    names = max(150.0, min(300.0, body.w / kit.s - 64 * (last - first + 1)))
    climbs = [
        Climb(
            climb.name,
            climb.start - first,
            climb.end - first,
            climb.thing if climb.thing in flags else "",
            None if climb.record is None else climb.record - first,
        )
        for climb in shown_climbs
    ]
    recorded = any(climb.record is not None for climb in view.climbs)
    rungs = view.rungs[first : last + 1]

    def draw(p: Painter, look: Look) -> None:
        p.text(title, pygame.Rect(inner.x, inner.y, inner.w, kit.line(HEADING)), HEADING)
        line = pygame.Rect(inner.x, inner.y + kit.line(HEADING) + kit.px(2), inner.w, kit.line(CAPTION))
        key = ladder_key(p, line, _("start"), _("end"), _("the record, if different") if recorded else "")
        p.text(view.title, pygame.Rect(line.x, line.y, key - line.x, line.h), CAPTION)
        ladder_chart(p, body, _fitted(kit, rungs, (body.w - kit.px(names)) / len(rungs)), climbs, names)

    rows = tuple(
        (climb.name, _way(view, climb))
        for climb in view.climbs
        if climb.start != climb.end or climb.record not in (None, climb.end)
    )
    tip = Tip(title, view.title if rows else _("Nobody has moved."), rows)
    return panel(rect, Node(rect, draw, key="debrief:ladder", tip=tip, focusable=True, radius=12, ring="inner"))


def _way(view: LadderView, climb: ClimbRow) -> str:
    """From where to where, and where the record differs."""
    here = view.rungs[climb.end]
    moved = climb.start != climb.end
    way = _("{start} → {end}").format(start=view.rungs[climb.start], end=here) if moved else here
    if climb.record is None or climb.record == climb.end:
        return way
    record = view.rungs[climb.record]
    if not climb.since:
        return _("{way}; in the record still: {rung}").format(way=way, rung=record)
    return _("{way}; in the record: {rung}, {month}").format(way=way, rung=record, month=climb.since)


def _crosses(climb: ClimbRow, place: int) -> bool:
    """Whether a rung lies between where somebody began, ended and ended in the record."""
    ends = [climb.start, climb.end, climb.end if climb.record is None else climb.record]
    return min(ends) <= place <= max(ends)


def _fitted(kit: Kit, rungs: Sequence[str], room: float) -> list[str]:
    """Rungs as they fit above their columns: whole, or by their initials."""
    style = Style("semibold", 13)

    def fit(rung: str) -> str:
        words = rung.split()
        if kit.width(rung, style) <= room - kit.px(6) or len(words) == 1:
            return rung
        return "".join(part for word in words if (part := _initial(word))).strip()

    return [fit(rung) for rung in rungs]


def _initial(word: str) -> str:
    """A word in an abbreviation: capitals whole, short words small, articles and prepositions left out."""
    if word.isupper() and len(word) > 1:
        return f"{word} "
    if len(word) in (1, 4) and word.islower():
        return ""
    return word[0] if len(word) <= 3 else word[0].upper()


def turning_panel(ui: Ui, rect: pygame.Rect, desk: Desk, points: Sequence[TurningRow] | None, job: Job | None) -> Node:
    """The turning points with their ranges, or how far the search for them is."""
    note = _("effect on the score: mean, and 8 of 10 futures")
    blocks: list[Block] = []
    if points is None:
        blocks.append(_waiting(job) if job is not None else prose(_no_points(desk), SMALL))
    elif not points:
        blocks.append(prose(_("No single decision of this seat changed its score."), SMALL))
    for point in points or ():
        tone: Tone = "good" if point.tone == "good" else "bad" if point.tone == "bad" else "plain"
        shown_row = Turning(str(point.number), point.when, point.title, point.text, point.value, point.spread, tone)

        def draw(p: Painter, place: pygame.Rect, look: Look, one: Turning = shown_row) -> None:
            turning_row(p, place, one)

        blocks.append(row(54, draw))
    if points:
        text = _(
            "Each turn was played again without that one decision, with the same luck; afterwards everybody acts as "
            "the computer would. It is the model's view."
        )
        blocks.append(prose(text, CAPTION))
    return framed(ui, rect, "debrief:turning", _("Turning points"), note, blocks, gap=0)


def _no_points(desk: Desk) -> str:
    if desk.seat is None:
        return _("Turning points are sought for a seat that somebody plays.")
    return _("They are sought when the game is over.")


def _waiting(job: Job) -> Block:
    share = job.share

    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        kit = p.kit
        text = _("Playing your turns again with one decision changed …")
        p.text(text, pygame.Rect(rect.x, rect.y, rect.w, kit.line(SMALL)), SMALL)
        progress(p, pygame.Rect(rect.x, rect.y + kit.line(SMALL) + kit.px(8), rect.w, kit.px(8)), share)

    return row(44, draw)
