"""One specimen of every widget, for the gallery and for tests. All figures are made up for showing."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import pygame

from . import buttons as b
from . import cards as c
from . import charts, inputs, ladder_chart, lists
from . import meters as m
from . import rows as r
from .node import Look, Node, Tip
from .paint import CAPTION, HEADING, SMALL, STRONG, Painter
from .strokes import bow
from .text import Style, rich
from .ui import Ui


@dataclass
class State:
    """What the gallery's inputs hold."""

    tab: str = "defence"
    mode: str = "alliance"
    pill: str = "outcome"
    scale: float = 1.0
    motion: bool = True
    language: str = "en"
    difficulty: str = "even"
    query: str = ""
    order: str = "reform"
    option: str = "hold"
    row: str = "serbia"
    turn: int = 7
    log: list[object] = field(default_factory=list)


@dataclass(frozen=True)
class Set:
    """The gallery's command: put `value` into a field of the state."""

    name: str
    value: object


@dataclass(frozen=True)
class Specimen:
    """A piece `height` design pixels tall and `span` columns wide."""

    name: str
    height: float
    build: Callable[[Ui, pygame.Rect, State], Node]
    span: int = 1


TERMS = {
    "map": Tip(
        "Membership Action Plan",
        rich("Advice and feedback on the way to membership, opened by a decision of the [[council|Council]]."),
        note="Washington Summit, April 1999",
    ),
    "council": Tip(
        "North Atlantic Council",
        rich("Decides by [[consensus]]: no ally objects. There is no vote."),
        note="Article 9, North Atlantic Treaty",
    ),
    "consensus": Tip("Consensus", "Nobody objects. Silence is assent; one objection is enough to stop a decision."),
}
CHANGE_TIP = Tip(
    "Defence reform",
    rich("What changed this turn. At 55 the way to a [[map|Membership Action Plan]] is open."),
    (("Reform team in Sarajevo", "+5"), ("Slow budget procedure", "−1"), ("Sum", "+4")),
    "Reported by the Ministry of Defence, two turns old",
)


def _rows(rect: pygame.Rect, *heights: int) -> list[pygame.Rect]:
    out, y = [], rect.y
    for height in heights:
        out.append(pygame.Rect(rect.x, y, rect.w, height))
        y += height
    return out


def _drawn(rect: pygame.Rect, draw: Callable[[Painter], None]) -> Node:
    return Node(rect, lambda p, look: draw(p))


def tabs(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """Tabs, pills, chips, pips, buttons."""
    kit = ui.kit
    row = [kit.px(44)] * 6
    one, two, three, four, five, six = (line.inflate(0, -kit.px(8)) for line in _rows(rect, *row))
    choices = (
        b.Choice("diplomacy", "Diplomacy", "handshake"),
        b.Choice("defence", "Defence", "shield"),
        b.Choice("presence", "Presence", "tower"),
    )
    pill = (b.Choice("outcome", "Outcome"), b.Choice("decisions", "Decisions"), b.Choice("export", "Export"))
    third = (rect.w - kit.px(20)) // 3

    def place(line: pygame.Rect, i: int) -> pygame.Rect:
        return pygame.Rect(line.x + i * (third + kit.px(10)), line.y, third, line.h)

    def small(line: pygame.Rect, i: int) -> pygame.Rect:
        return pygame.Rect(line.x + i * (third + kit.px(10)), line.y + kit.px(5), third, kit.px(26))

    why = Tip("Locked", "Needs a mandate of the Security Council.")
    return Node(
        rect,
        children=(
            b.tab_bar(kit, one, choices, state.tab, "tabs", lambda v: Set("tab", v)),
            b.pills(kit, two, pill, state.pill, "pills", lambda v: Set("pill", v)),
            b.button(kit, place(three, 0), "Queue", Set("log", "queue"), "queue", icon="plus"),
            b.button(kit, place(three, 1), "End turn", Set("log", "end"), "end", "amber", "hourglass"),
            b.button(kit, place(three, 2), "History", Set("log", "history"), "history", "outline", "history"),
            b.button(kit, place(four, 0), "Undo", Set("log", "undo"), "undo", "quiet", "undo"),
            b.button(
                kit, place(four, 1), "Rotate", Set("log", "rotate"), "rotate", enabled=False, icon="lock", tip=why
            ),
            b.icon_button(
                kit,
                pygame.Rect(place(four, 2).x, four.y, four.h, four.h),
                "search",
                Set("log", "s"),
                "find",
                Tip("Search"),
            ),
            b.icon_button(
                kit,
                pygame.Rect(place(four, 2).x + four.h + kit.px(8), four.y, four.h, four.h),
                "filter",
                Set("log", "f"),
                "filter",
                Tip("Filter"),
                "outline",
            ),
            b.chip(kit, small(five, 0), "Crisis", "bad_solid", "warning"),
            b.chip(kit, small(five, 1), "Q3 2008", "navy"),
            b.chip(kit, small(five, 2), "ID → MAP", "good"),
            b.chip(kit, small(six, 0), "Sarajevo", "accent", "target", "chip", Tip("Target"), Set("log", "chip")),
            b.chip(kit, small(six, 1), "no status", "plain"),
            _drawn(small(six, 2), lambda p: m.pips(p, small(six, 2), 2, 4)),
        ),
    )


def country(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """The head of a country panel: flag, title, ladder, conditions."""
    kit = ui.kit
    head, over, ladder, box = _rows(rect, kit.px(58), kit.px(32), kit.px(66), kit.px(136))

    def draw(p: Painter) -> None:
        c.heading(p, head, "Bosnia and Herzegovina", "Sarajevo · two entities and Brčko District", "bosnia")
        c.section(p, over, "Path to membership", "since Apr 2008")
        m.stepper(p, ladder, ("PfP", "Int. Dialogue", "MAP", "Invited", "Member"), 1)
        p.panel(box, "panel2", 9)
        inner = box.inflate(-kit.px(28), -kit.px(18))
        line = inner.h // 5
        lines = _rows(inner, *[line] * 5)
        p.text("Next: Membership Action Plan", lines[0], STRONG)
        p.text("2 of 4 met", lines[0], STRONG.but(ink="accent"), "right")
        c.condition(p, lines[1], "Defence reform at least 55", True, "62")
        c.condition(p, lines[2], "Public support at least 45", True, "52")
        c.condition(p, lines[3], "No ally objects", False, "2 object")
        c.condition(p, lines[4], "Defence property registered", None, "open")

    return _drawn(rect, draw)


def indicators(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """Indicator rows with meter, tick, change and sparkline; the first can be asked about."""
    kit = ui.kit
    rows = (
        c.Indicator("Stability", "46", 0.46, "3", -1, "bad", 0.5, (52, 54, 51, 50, 47, 46)),
        c.Indicator("Defence reform", "62", 0.62, "4", 1, "good", 0.55, (50, 52, 55, 57, 60, 62)),
        c.Indicator("External influence", "41", 0.41, "5", 1, "bad", None, (33, 34, 35, 38, 40, 41), "brown"),
        c.Indicator("Public support", "52", 0.52, "0", 0, "plain", 0.45, (44, 52, 55, 52, 52, 52)),
    )
    head, *lines = _rows(rect, kit.px(34), *[kit.px(46)] * 4)

    def draw_one(i: int) -> Callable[[Painter, Look], None]:
        return lambda p, look: c.indicator(p, lines[i].inflate(0, -kit.px(4)), rows[i])

    tip = CHANGE_TIP
    nodes = [Node(lines[i], draw_one(i), key=f"indicator{i}", tip=tip, focusable=True, radius=4) for i in range(4)]
    return Node(
        rect, lambda p, look: c.section(p, head, "Indicators", "last 6 turns", rule=False), children=tuple(nodes)
    )


def orders(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """Order cards: usual, chosen, too dear, locked."""
    kit = ui.kit
    names = (
        ("reform", c.OrderCard("Defence reform team", "graduation", (c.Cost("capital", "8"), c.Cost("clock", "2")))),
        ("exercise", c.OrderCard("Joint exercise", "plane", (c.Cost("capital", "6"),), mark="queued")),
        ("arms", c.OrderCard("Small-arms disposal", "flame", (c.Cost("capital", "31", True),))),
        ("intel", c.OrderCard("Intelligence sharing", "radio", locked="Needs MAP status", tip=TERMS["map"])),
    )
    gap = kit.px(12)
    wide, tall = (rect.w - gap) // 2, (rect.h - gap) // 2
    cards = []
    for i, (key, card) in enumerate(names):
        place = pygame.Rect(rect.x + i % 2 * (wide + gap), rect.y + i // 2 * (tall + gap), wide, tall)
        cards.append(
            c.order_card(kit, place, card, f"order:{key}", Set("order", key), key == state.order, Set("log", key))
        )
    return Node(rect, children=tuple(cards))


def forecast(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """Forecast ranges on a zero-centred axis, and risks on a track."""
    kit = ui.kit
    head, over, *lines = _rows(rect, kit.px(34), kit.px(30), *[kit.px(30)] * 5)
    rows = (
        ("Defence reform", 1.0, 3.0, 6.0, "+3 (+1 to +6)", "good"),
        ("Stability", -3.0, -1.0, 1.0, "−1 (−3 to +1)", "plain"),
        ("RS opposition", 0.0, 2.0, 5.0, "+2 (0 to +5)", "bad"),
    )

    def draw(p: Painter) -> None:
        p.text("Defence reform team", head, HEADING)
        c.section(p, over, "Forecast, next 2 turns", "80% range", rule=False)
        third = rect.w // 3
        for (name, low, middle, high, text, tone), line in zip(rows, lines, strict=False):
            p.text(name, pygame.Rect(line.x, line.y, third, line.h), SMALL.but(ink="ink"))
            mark: m.Tone = tone  # type: ignore[assignment]
            m.range_bar(p, pygame.Rect(line.x + third, line.y, third - kit.px(16), line.h), low, middle, high, 7, mark)
            p.text(
                text, pygame.Rect(line.x + 2 * third, line.y, rect.w - 2 * third, line.h), STRONG.but(size=14), "right"
            )
        for i, (name, low, middle, high) in enumerate((("North Mitrovica", 30, 42, 55), ("Banja Luka", 9, 16, 26))):
            line = lines[3 + i]
            p.text(name, pygame.Rect(line.x, line.y, third, line.h), SMALL.but(ink="ink"))
            place = pygame.Rect(line.x + third, line.y, third - kit.px(16), line.h)
            m.range_bar(p, place, low, middle, high, 100, "bad" if i == 0 else "warn", zero=False)
            right = pygame.Rect(line.x + 2 * third, line.y, rect.w - 2 * third, line.h)
            p.text(f"{middle}%", right, STRONG.but(ink="bad" if i == 0 else "warn"), "right")
            p.text(f"{low}–{high}", pygame.Rect(right.x, right.y, right.w - kit.px(50), right.h), CAPTION, "right")

    return _drawn(rect, draw)


def options(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """Option cards of an event."""
    kit = ui.kit
    cards = (
        (
            "hold",
            c.OptionCard(
                "Hold the line and negotiate",
                "KFOR keeps its distance; the political adviser brokers a mixed patrol.",
                "handshake",
                "1",
                (c.Cost("capital", "6"),),
                (
                    c.Effect("Tension", "−4", "−9 to +2", "good"),
                    c.Effect("Troop risk", "8%", "3 to 15"),
                    c.Effect("Objections", "0", "0 to 1"),
                ),
            ),
        ),
        (
            "reserve",
            c.OptionCard(
                "Call in the operational reserve",
                "A reserve battalion deploys within ten days.",
                "radio",
                "2",
                (c.Cost("capital", "12"),),
                locked="Locked: the Council has not agreed; Greece and Spain object.",
            ),
        ),
    )
    nodes, y = [], rect.y
    for key, card in cards:
        tall = c.option_height(kit, rect.w, card)
        place = pygame.Rect(rect.x, y, rect.w, tall)
        nodes.append(c.option_card(kit, place, card, f"option:{key}", Set("option", key), key == state.option))
        y += tall + kit.px(14)
    return Node(rect, children=tuple(nodes))


def settings(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """Slider, toggle, chooser, text fields."""
    kit = ui.kit
    lines = _rows(rect, *[kit.px(46)] * 4, kit.px(66))

    def field_rect(i: int) -> pygame.Rect:
        line = lines[i].inflate(0, -kit.px(8))
        return pygame.Rect(line.x + rect.w // 3, line.y, rect.w - rect.w // 3, line.h)

    def names(p: Painter, look: Look) -> None:
        for i, name in enumerate(("UI scale", "Language", "Search")):
            place = lines[(0, 2, 3)[i]]
            p.text(name, pygame.Rect(place.x, place.y, rect.w // 3 - kit.px(10), place.h), Style())

    languages = (b.Choice("en", "English"), b.Choice("bs", "Bosanski"), b.Choice("mk", "Македонски"))
    faulty = lines[4].inflate(0, -kit.px(6))
    return Node(
        rect,
        names,
        children=(
            inputs.slider(
                kit,
                field_rect(0),
                state.scale,
                0.8,
                1.6,
                0.1,
                "scale",
                lambda v: Set("scale", v),
                f"{state.scale:.1f}×",
            ),
            inputs.toggle(
                kit,
                lines[1].inflate(0, -kit.px(8)),
                "Reduced motion",
                not state.motion,
                Set("motion", not state.motion),
                "motion",
            ),
            inputs.chooser(kit, field_rect(2), languages, state.language, "language", lambda v: Set("language", v)),
            inputs.text_field(
                ui, field_rect(3), state.query, lambda v: Set("query", v), "query", "Find a term", "search"
            ),
            inputs.text_field(
                ui,
                faulty,
                "99999999999",
                lambda v: Set("log", v),
                "seed",
                fault="A seed is a whole number below 4,294,967,296",
            ),
        ),
    )


def difficulty(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """Radio cards."""
    choices = (
        b.Choice("calm", "Calm", "globe", detail="Rivals look one turn ahead."),
        b.Choice("even", "Even", "scales", detail="Rivals plan as you can: two turns ahead, with the same knowledge."),
        b.Choice("hard", "Hard", "flame", detail="Not in the tutorial.", enabled=False),
    )
    return inputs.radio_cards(ui.kit, rect, choices, state.difficulty, "difficulty", lambda v: Set("difficulty", v))


def rows(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """A scrolled list of rows."""
    kit = ui.kit
    names = ("albania", "croatia", "greece", "hungary", "montenegro", "north_macedonia", "romania", "serbia", "turkey")
    tall = kit.px(54)

    def content(inner: pygame.Rect) -> list[Node]:
        return [
            lists.list_row(
                kit,
                pygame.Rect(inner.x, inner.y + i * tall, inner.w, tall - kit.px(4)),
                lists.Row(
                    name,
                    name.replace("_", " ").title(),
                    "no objection" if i % 3 else "objects: name dispute",
                    f"+{i}",
                    "margin",
                    name,
                ),
                f"row:{name}",
                Set("row", name),
                name == state.row,
                "rows",
            )
            for i, name in enumerate(names)
        ]

    return lists.scroll_area(ui, rect, "list", tall * len(names), content)


def decisions(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """A table."""
    columns = (
        lists.Column("Turn", 2),
        lists.Column("Decision", 5),
        lists.Column("Effect", 2, "right"),
        lists.Column("Range", 3, "right"),
    )
    data = (
        ("Q3 2008", "Held the line at the bridge", "+2.4", "+0.5 to +4.6"),
        ("Q3 2009", "Sent reform teams", "+5.1", "+2.9 to +7.0"),
        ("Q2 2011", "Skipped outreach", "−4.3", "−7.2 to −1.8"),
        ("Q2 2012", "Offered MAP", "+1.9", "−0.4 to +3.8"),
    )
    marks = ("", "", "good", "")
    table = [
        lists.TableRow(
            cells, str(i), Set("turn", i), selected=i == state.turn, marks=marks if i != 2 else ("", "", "bad", "")
        )
        for i, cells in enumerate(data)
    ]
    return lists.table(ui, rect, columns, table, "decisions")


def legend(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """Map legend with patterns, gauge, progress bar."""
    kit = ui.kit
    entries = (
        m.Swatch("Member", "member"),
        m.Swatch("Invited to join", "invited", "rows"),
        m.Swatch("Membership Action Plan", "action_plan", "dots"),
        m.Swatch("Intensified Dialogue", "dialogue", "cross"),
        m.Swatch("Partnership for Peace", "partner", "back_hatch"),
        m.Swatch("No formal relationship", "no_relation", "hatch"),
        m.Swatch("Boundary not agreed", line="dashed"),
        m.Swatch("Inter-entity line", line="dotted"),
    )

    def draw(p: Painter) -> None:
        for i, entry in enumerate(entries):
            m.swatch(p, pygame.Rect(rect.x, rect.y + i * kit.px(26), rect.w * 3 // 5, kit.px(26)), entry)
        ring = pygame.Rect(0, rect.y + kit.px(4), kit.px(136), kit.px(136))
        ring.right = rect.right - kit.px(4)
        m.gauge(p, ring, 0.68, "68", "of 100")
        bar = pygame.Rect(ring.x, ring.bottom + kit.px(16), ring.w, kit.px(8))
        m.progress(p, bar, 0.4)
        p.text("Drawing the map", pygame.Rect(bar.x, bar.bottom + kit.px(4), bar.w, kit.px(22)), CAPTION, "centre")

    return _drawn(rect, draw)


def _wave(n: int, start: float, slope: float, swing: float, phase: float) -> tuple[float, ...]:
    return tuple(round(start + slope * i + swing * math.sin(i * 0.9 + phase), 2) for i in range(n))


def chart(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """The large line chart with its fan."""
    n = 21
    mine, history = _wave(n, 49, 0.85, 1.6, 0), _wave(n, 48, 0.45, 0.8, 1)
    spread = [0.4 + 0.62 * i for i in range(n)]
    middle = [49 + 0.55 * i for i in range(n)]
    wide = charts.Band(
        tuple(a - w for a, w in zip(middle, spread, strict=True)),
        tuple(a + w for a, w in zip(middle, spread, strict=True)),
    )
    half = charts.Band(
        tuple(a - w / 2 for a, w in zip(middle, spread, strict=True)),
        tuple(a + w / 2 for a, w in zip(middle, spread, strict=True)),
    )
    data = charts.Chart(
        40,
        80,
        tuple((4 * i, str(2008 + i)) for i in range(6)),
        tuple((v, str(v)) for v in (40, 50, 60, 70, 80)),
        (
            charts.Series(mine, figure="66", label="Your campaign"),
            charts.Series(history, "ink2", True, 2.4, "57", "Recorded history"),
        ),
        (wide, half),
        (charts.Note(2, "1", "Bridge closed", False), charts.Note(8, "2", "Reform teams")),
        "80% of 400 simulated runs\ndark band: middle half",
    )
    kit = ui.kit
    head = pygame.Rect(rect.x, rect.y, rect.w, kit.px(60))
    body = pygame.Rect(rect.x, head.bottom, rect.w, rect.bottom - head.bottom)

    def draw(p: Painter) -> None:
        charts.chart_head(
            p, head, "Stability rose after 2009, then stalled", "Regional stability index, 0–100, by quarter"
        )
        charts.line_chart(p, body, data)

    return _drawn(rect, draw)


def small(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """A small multiple."""
    n = 17
    data = charts.Chart(
        20,
        80,
        ((0, "2008"), (16, "2012")),
        ((30, "30"), (50, "50"), (70, "70")),
        (charts.Series(_wave(n, 46, 0.9, 1.5, 2)), charts.Series(_wave(n, 46, 0.4, 1, 0), "ink3", True, 1.8)),
    )
    item = charts.Small("Bosnia and H.", data, "bosnia", "ID → MAP", figure="61", change="15", way=1, tone="good")
    return _drawn(rect, lambda p: charts.small_multiple(p, rect, item))


def ladder(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """The ladder chart."""
    kit = ui.kit
    rungs = ("None", "PfP", "ID", "MAP", "Invited", "Member")
    climbs = (
        ladder_chart.Climb("Albania", 4, 5, "albania", 5),
        ladder_chart.Climb("Montenegro", 2, 4, "montenegro", 3),
        ladder_chart.Climb("Serbia", 1, 2, "serbia", 1),
        ladder_chart.Climb("Kosovo*", 0, 0, "kosovo"),
    )
    key = pygame.Rect(rect.x, rect.y, rect.w, kit.px(26))
    body = pygame.Rect(rect.x, key.bottom + kit.px(6), rect.w, rect.bottom - key.bottom - kit.px(6))

    def draw(p: Painter) -> None:
        ladder_chart.ladder_key(p, key, "start", "end", "history, if different")
        ladder_chart.ladder_chart(p, body, rungs, climbs, 140)

    return _drawn(rect, draw)


def reading(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """A library paragraph with linked terms."""
    text = rich(
        "**Opening the door.** An aspirant is invited when every ally agrees: the [[council|North Atlantic Council]] "
        "works by [[consensus]]. The [[map|Action Plan]] comes before it.\nШта каже савез? Ç ë ğ ş ț ă ž đ."
    )
    return lists.paragraph(ui, rect, text, Style(size=15), "reading")


def map_marks(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """What the map draws with: haloed labels, dashed borders, bowed lines, hatching, hotspots."""
    kit = ui.kit

    def at(x: float, y: float) -> tuple[float, float]:
        return rect.x + rect.w * x, rect.y + rect.h * y

    def draw(p: Painter) -> None:
        p.panel(rect, "member", 9)
        left = pygame.Rect(rect.x + rect.w // 2, rect.y, rect.w - rect.w // 2, rect.h)
        p.panel(left, "no_relation", 9)
        p.pattern(left, "hatch", "line2", 9)
        border = [at(0.5, 0), at(0.47, 0.3), at(0.53, 0.6), at(0.49, 1)]
        p.stroke(border, 4, "panel")
        p.stroke(border, 2, "ink", (6, 5))
        curve = bow(at(0.2, 0.75), at(0.8, 0.72), 0.16)
        p.stroke(curve, 7, "panel")
        p.stroke(curve, 4, "t4")
        for x, y, ink in ((0.2, 0.75, "t4"), (0.8, 0.72, "t5")):
            p.disc(at(x, y), 13, "t2")
            p.disc(at(x, y), 8, ink, "panel", 2)
        country = Style("bold", 17, "ink", 12)
        tall = kit.px(30)
        p.text("WESTLAND", pygame.Rect(rect.x, rect.y + kit.px(14), rect.w // 2, tall), country, "centre", halo="panel")
        p.text("EASTLAND*", pygame.Rect(left.x, rect.y + kit.px(14), left.w, tall), country, "centre", halo="panel")
        sea = Style("serif_italic", 16, "inv")
        p.text("Inner Sea", pygame.Rect(rect.x, rect.bottom - tall, rect.w // 2, tall), sea, "centre")

    return _drawn(rect, draw)


def overview(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """Rows of the tension panel: pairs, risks, causes."""
    kit = ui.kit
    pairs = (
        r.Pair("serbia", "kosovo", "Serbia – Kosovo*", "78", 0.78, "9", 1, "bad", (60, 62, 61, 66, 70, 78), "t5"),
        r.Pair(
            "north_macedonia", "greece", "FYR Macedonia – Greece", "35", 0.35, "2", -1, "good", (30, 40, 38, 37, 35)
        ),
    )
    risks = (
        r.Risk("North Mitrovica", "Kosovo*", 30, 42, 55, "30–55", "42%", "bad"),
        r.Risk("Preševo valley", "Serbia", 4, 9, 16, "4–16", "9%", "warn"),
    )
    lines = _rows(rect, *[kit.px(54)] * 2, *[kit.px(50)] * 2, *[kit.px(28)] * 2)

    def draw(p: Painter) -> None:
        for pair, line in zip(pairs, lines, strict=False):
            r.pair_row(p, line, pair)
        for risk, line in zip(risks, lines[2:], strict=False):
            r.risk_row(p, line, risk)
        r.cause_row(p, lines[4], "Barricades after the court handover", "+7", "bad")
        r.cause_row(p, lines[5], "Technical talks", "−2", "good")

    return _drawn(rect, draw)


def turning(ui: Ui, rect: pygame.Rect, state: State) -> Node:
    """Turning points, and keys."""
    kit = ui.kit
    data = (
        r.Turning("1", "Q3 2008", "Held the line at the bridge", "Avoided a likely escalation", "+2.4", "+0.5 to +4.6"),
        r.Turning("2", "Q2 2011", "Skipped outreach", "External influence rose", "−4.3", "−7.2 to −1.8", "bad"),
    )
    lines = _rows(rect, *[kit.px(60)] * 2, kit.px(36))

    def draw(p: Painter) -> None:
        for item, line in zip(data, lines, strict=False):
            r.turning_row(p, line, item)
        place = lines[2]
        for key in ("Tab", "F1", "Esc", "Ctrl+S"):
            wide = r.keycap(p, place, key)
            place = pygame.Rect(place.x + wide + kit.px(8), place.y, place.w, place.h)

    return _drawn(rect, draw)


SPECIMENS = (
    Specimen("country", 292, country),
    Specimen("orders", 168, orders),
    Specimen("indicators", 218, indicators),
    Specimen("forecast", 214, forecast),
    Specimen("tabs", 264, tabs),
    Specimen("options", 284, options),
    Specimen("legend", 212, legend),
    Specimen("reading", 106, reading),
    Specimen("map_marks", 150, map_marks),
    Specimen("chart", 400, chart, 2),
    Specimen("small", 212, small),
    Specimen("settings", 250, settings),
    Specimen("difficulty", 250, difficulty),
    Specimen("decisions", 168, decisions),
    Specimen("rows", 240, rows),
    Specimen("overview", 268, overview),
    Specimen("turning", 158, turning),
    Specimen("ladder", 232, ladder),
)
