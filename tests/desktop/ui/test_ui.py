"""Events in, commands out: focus, hover, tooltips, scrolling, text, modals."""

from __future__ import annotations

from itertools import pairwise

import pygame
import pytest

from game.desktop.ui import buttons, inputs, lists
from game.desktop.ui import focus as walk
from game.desktop.ui.charts import apart
from game.desktop.ui.gallery import Gallery
from game.desktop.ui.kit import Kit
from game.desktop.ui.ledger import Ledger
from game.desktop.ui.node import Node, Tip
from game.desktop.ui.overlays import Answer, question
from game.desktop.ui.paint import CAPTION, Painter
from game.desktop.ui.specimens import Set
from game.desktop.ui.text import Style, rich
from game.desktop.ui.ui import Follow, HoverEnd, Ui
from game.desktop.ui.vision import contrast

KIT = Kit((1280, 720))
SCREEN = KIT.screen


def press(ui: Ui, key: int, mod: int = 0, unicode: str = "", now: float = 0.0) -> list[object]:
    return ui.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=unicode), now)


def move(ui: Ui, at: tuple[int, int], now: float = 0.0) -> list[object]:
    return ui.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)), now)


def click(ui: Ui, at: tuple[int, int], button: int = 1) -> list[object]:
    down = ui.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=button), 0.0)
    return down + ui.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=button), 0.0)


def place(i: int) -> pygame.Rect:
    return pygame.Rect(20 + 140 * i, 20, 120, 40)


def simple(*nodes: Node, term: dict[str, Tip] | None = None) -> Ui:
    return Ui(KIT, lambda ui: Node(SCREEN, children=nodes), (term or {}).get)


@pytest.mark.parametrize("page", [0, 1])
def test_keyboard_reaches_everything_focusable(page: int) -> None:
    gallery = Gallery(Kit((1920, 1080)))
    gallery.sheet = page
    ui = gallery.ui
    wanted = {node.key for node in walk.reachable(ui.roots)}
    seen: set[str] = set()
    for _ in range(len(wanted) + 1):
        press(ui, pygame.K_TAB)
        assert ui.focus is not None and ui.keyboard
        seen.add(ui.focus)
        node = ui.node(ui.focus)
        if node is not None and node.group:
            stop = ui.focus
            todo = [stop]
            while todo:
                ui.set_focus(todo.pop())
                here = ui.focus
                for way in (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN):
                    ui.set_focus(here)
                    press(ui, way)
                    if ui.focus not in seen:
                        seen.add(str(ui.focus))
                        todo.append(str(ui.focus))
            ui.set_focus(stop)
    assert seen == wanted


def test_the_focus_ring_is_seen_round_amber_on_navy() -> None:
    """Its outmost line is light: the dark one does not show there, and the band has the button's colour."""
    surface = pygame.Surface((200, 100))
    surface.fill(KIT.theme.navy)
    Painter(surface, KIT).focus(pygame.Rect(40, 30, 120, 40), 8)
    line = [surface.get_at((100, y))[:3] for y in range(30)]
    first = next(colour for colour in line if colour != KIT.theme.navy)
    assert contrast(first, KIT.theme.navy) > 3
    assert contrast(first, KIT.theme.focus) > contrast(KIT.theme.ink, KIT.theme.navy)


def test_years_along_a_narrow_chart_keep_apart() -> None:
    year = KIT.width("2008", CAPTION)
    labels = [(at * (year // 2), year, str(2007 + at)) for at in range(4)]
    kept = apart(labels, 4)
    assert kept[0] == labels[0] and 1 < len(kept) < len(labels)
    assert all(after[0] >= before[0] + before[1] + 4 for before, after in pairwise(kept))


def test_a_modal_begins_at_its_first_node_and_scrolls_to_it() -> None:
    opened: list[bool] = []

    def build(ui: Ui) -> Node:
        def content(where: pygame.Rect) -> list[Node]:
            rows = [pygame.Rect(where.x, where.y + 50 * at, 200, 40) for at in range(20)]
            return [buttons.button(KIT, rect, str(at), at, f"row{at}") for at, rect in enumerate(rows)]

        below = buttons.button(KIT, place(0), "below", "below", "below")
        if not opened:
            return Node(SCREEN, children=(below,))
        area = lists.scroll_area(ui, pygame.Rect(40, 40, 300, 200), "area", 1000, content)
        last = buttons.button(KIT, pygame.Rect(40, 300, 100, 40), "last", "last", "last")
        return Node(
            SCREEN, children=(below, Node(SCREEN, key="card", modal=True, first="row15", children=(area, last)))
        )

    ui = Ui(KIT, build)
    press(ui, pygame.K_TAB)
    opened.append(True)
    ui.invalidate()
    node = ui.node("row15")
    assert ui.focus == "row15" and node is not None
    assert pygame.Rect(40, 40, 300, 200).contains(node.rect)
    opened.clear()
    ui.invalidate()
    assert ui.node("row15") is None and ui.focus == "below"


def test_shift_tab_goes_back() -> None:
    ui = simple(*(buttons.button(KIT, place(i), str(i), i, f"b{i}") for i in range(3)))
    press(ui, pygame.K_TAB)
    press(ui, pygame.K_TAB)
    assert ui.focus == "b1"
    press(ui, pygame.K_TAB, pygame.KMOD_LSHIFT)
    assert ui.focus == "b0"
    press(ui, pygame.K_TAB, pygame.KMOD_LSHIFT)
    assert ui.focus == "b2"


def test_enter_space_and_click_answer_with_the_command() -> None:
    ui = simple(buttons.button(KIT, place(0), "Go", "go", "go"))
    assert click(ui, place(0).center) == ["go"]
    assert ui.consumed
    press(ui, pygame.K_TAB)
    assert press(ui, pygame.K_RETURN) == ["go"]
    assert press(ui, pygame.K_SPACE) == ["go"]
    assert click(ui, (900, 600)) == [] and not ui.consumed
    assert press(ui, pygame.K_e) == [] and not ui.consumed


def test_disabled_buttons_can_be_asked_but_not_pressed() -> None:
    ui = simple(buttons.button(KIT, place(0), "No", "no", "no", enabled=False, tip=Tip("Locked", "why")))
    assert click(ui, place(0).center) == []
    press(ui, pygame.K_TAB)
    assert ui.focus == "no" and press(ui, pygame.K_RETURN) == []
    press(ui, pygame.K_F1)
    assert ui.tips[0].text == "why"


def test_release_elsewhere_does_nothing() -> None:
    ui = simple(*(buttons.button(KIT, place(i), str(i), i, f"b{i}") for i in range(2)))
    ui.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=place(0).center, button=1), 0)
    assert ui.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=place(1).center, button=1), 0) == []


def test_hover_commands_for_pointer_and_focus() -> None:
    ui = simple(*(Node(place(i), key=f"n{i}", command=i, focusable=True, hover_command=f"look{i}") for i in range(2)))
    assert move(ui, place(0).center) == ["look0"]
    assert move(ui, place(0).midleft) == []
    assert move(ui, place(1).center) == ["look1"]
    assert move(ui, (900, 600)) == [HoverEnd("n1")]
    assert press(ui, pygame.K_TAB) == ["look0"]


TERMS = {"pact": Tip("Pact", rich("Signed by each [[ally]].")), "ally": Tip("Ally", "A member.")}


def tipped() -> Ui:
    node = Node(place(0), key="n", focusable=True, tip=Tip("Note", rich("See the [[pact]].")))
    return simple(node, term=TERMS)


def test_tooltip_opens_after_a_rest_and_closes_when_left() -> None:
    ui = tipped()
    move(ui, place(0).center, 10.0)
    ui.tick(10.2)
    assert ui.tips == ()
    ui.tick(10.4)
    assert [tip.title for tip in ui.tips] == ["Note"]
    move(ui, (900, 600), 10.5)
    assert ui.tips == ()


def test_nested_tooltips_by_pointer() -> None:
    ui = tipped()
    move(ui, place(0).center, 0.0)
    ui.tick(1.0)
    for n, title in enumerate(("Pact", "Ally"), 1):
        link = next(node for node in ui.roots[-1].walk() if ":link" in node.key)
        move(ui, link.rect.center, 2.0 * n)
        ui.tick(2.0 * n + 1)
        assert ui.tips[-1].title == title and len(ui.tips) == n + 1
    last = ui.roots[-1]
    move(ui, last.rect.center, 9.0)
    assert len(ui.tips) == 3
    move(ui, (1200, 700), 9.5)
    assert ui.tips == ()


def test_nested_tooltips_by_keyboard_and_back_by_escape() -> None:
    ui = tipped()
    press(ui, pygame.K_TAB)
    for _ in range(2):
        press(ui, pygame.K_F1)
    assert [tip.title for tip in ui.tips] == ["Note", "Pact"]
    assert press(ui, pygame.K_RETURN) == [Follow("ally")]
    press(ui, pygame.K_ESCAPE)
    press(ui, pygame.K_ESCAPE)
    assert ui.tips == () and ui.focus == "n"


def test_enter_explains_what_has_no_command() -> None:
    ui = tipped()
    press(ui, pygame.K_TAB)
    press(ui, pygame.K_RETURN)
    assert [tip.title for tip in ui.tips] == ["Note"]


def test_escape_goes_back_past_a_passing_tooltip() -> None:
    node = Node(place(0), key="n", tip=Tip("Note", "Text."), focusable=True)
    ui = Ui(KIT, lambda ui: Node(SCREEN, children=(node,), esc="back"))
    move(ui, place(0).center, 0.0)
    ui.tick(1.0)
    assert press(ui, pygame.K_ESCAPE) == ["back"] and ui.tips == ()


def test_a_tooltip_goes_with_the_card_it_is_of() -> None:
    cards: list[bool] = [True]
    tip = Tip("Note", "Text.")

    def build(ui: Ui) -> Node:
        below = buttons.button(KIT, place(5), "below", "below", "below", tip=tip)
        answer = buttons.button(KIT, place(0), "yes", "yes", "yes", tip=tip)
        card = Node(SCREEN, key="card", modal=True, children=(answer,))
        return Node(SCREEN, children=(below, card) if cards else (below,))

    ui = Ui(KIT, build)
    move(ui, place(0).center)
    ui.tick(1.0)
    assert len(ui.tips) == 1
    cards.clear()
    ui.invalidate()
    assert len(ui.roots) == 1 and ui.tips == (), "the pointer rests where the answer was"
    move(ui, place(5).center)
    ui.tick(2.0)
    assert len(ui.tips) == 1
    cards.append(True)
    ui.invalidate()
    assert len(ui.roots) == 1 and ui.tips == (), "a card has opened over it"


def test_pinned_tooltip_stays_until_a_click_elsewhere() -> None:
    ui = tipped()
    move(ui, place(0).center, 0.0)
    ui.tick(1.0)
    pin = ui.node("tip0:pin")
    assert pin is not None
    click(ui, pin.rect.center)
    move(ui, (900, 600), 2.0)
    assert len(ui.tips) == 1
    click(ui, (900, 600))
    assert ui.tips == ()


def listing(count: int = 20) -> Ui:
    rect = pygame.Rect(100, 100, 300, 200)

    def build(ui: Ui) -> Node:
        def content(inner: pygame.Rect) -> list[Node]:
            return [
                lists.list_row(
                    KIT,
                    pygame.Rect(inner.x, inner.y + 50 * i, inner.w, 50),
                    lists.Row(str(i), str(i)),
                    f"r{i}",
                    i,
                    group="g",
                )
                for i in range(count)
            ]

        return Node(SCREEN, children=(lists.scroll_area(ui, rect, "area", 50 * count, content),))

    return Ui(KIT, build)


def test_wheel_scrolls_and_clipped_rows_are_not_hit() -> None:
    ui = listing()
    move(ui, (150, 120))
    assert click(ui, (150, 120)) == [0]
    ui.handle(pygame.event.Event(pygame.MOUSEWHEEL, y=-3, x=0), 0)
    assert ui.consumed
    assert click(ui, (150, 120)) != [0]
    assert click(ui, (150, 320)) == [] and not ui.consumed
    move(ui, (150, 120))
    for _ in range(99):
        ui.handle(pygame.event.Event(pygame.MOUSEWHEEL, y=-3, x=0), 0)
    assert click(ui, (150, 290)) == [19]


def test_focus_scrolls_into_view_and_page_keys_scroll() -> None:
    ui = listing()
    press(ui, pygame.K_TAB)
    for _ in range(12):
        press(ui, pygame.K_DOWN)
    node = ui.node("r12")
    assert ui.focus == "r12" and node is not None and pygame.Rect(100, 100, 300, 200).contains(node.rect)
    press(ui, pygame.K_HOME)
    assert ui.offset("area", 800) == 0
    press(ui, pygame.K_END)
    assert ui.offset("area", 800) == 800


def test_scroll_bar_drags() -> None:
    ui = listing()
    bar = ui.node("area:bar")
    assert bar is not None
    ui.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(bar.rect.centerx, bar.rect.bottom - 1), button=1), 0)
    assert ui.offset("area", 800) == 800
    move(ui, (bar.rect.centerx, bar.rect.top))
    assert ui.offset("area", 800) == 0


def test_slider_by_drag_and_keys() -> None:
    rect = pygame.Rect(100, 100, 318, 40)
    ui = simple(inputs.slider(KIT, rect, 1.0, 0.8, 1.6, 0.1, "s", lambda v: Set("scale", v)))
    knob = KIT.px(9)
    assert click(ui, (rect.left + knob, rect.centery)) == [Set("scale", 0.8)]
    assert click(ui, (rect.right - knob, rect.centery)) == [Set("scale", 1.6)]
    for key, value in ((pygame.K_RIGHT, 1.1), (pygame.K_LEFT, 0.9), (pygame.K_PAGEUP, 1.5), (pygame.K_HOME, 0.8)):
        assert press(ui, key) == [Set("scale", value)]


def test_typing() -> None:
    gallery = Gallery(Kit((1920, 1080)))
    gallery.sheet = next(i for i, page in enumerate(gallery.pages) if any(s.name == "settings" for s, _ in page))
    gallery.ui.invalidate()
    gallery.ui.set_focus("query")
    for letter in "NАТO č":
        gallery.handle(pygame.event.Event(pygame.TEXTINPUT, text=letter), 0)
    assert gallery.state.query == "NАТO č"
    for key in (pygame.K_BACKSPACE, pygame.K_HOME, pygame.K_DELETE, pygame.K_RIGHT, pygame.K_BACKSPACE):
        gallery.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=""), 0)
    assert gallery.state.query == "ТO "
    assert press(gallery.ui, pygame.K_e, unicode="e") == [] and gallery.ui.consumed  # a letter is no hot key here
    press(gallery.ui, pygame.K_TAB)
    assert gallery.ui.focus != "query"


def test_text_limit() -> None:
    ui = Ui(KIT, lambda ui: inputs.text_field(ui, place(0), "abc", lambda v: v, "t", limit=3))
    ui.set_focus("t")
    assert ui.handle(pygame.event.Event(pygame.TEXTINPUT, text="d"), 0) == []


def test_modal_holds_keyboard_and_pointer_and_gives_the_focus_back() -> None:
    asking = [False]

    def build(ui: Ui) -> Node:
        nodes = [buttons.button(KIT, place(0), "Under", "under", "under")]
        if asking[0]:
            nodes.append(
                question(KIT, "q", "Sure?", "Text.", (Answer("No", "no"), Answer("Yes", "yes", "primary")), "esc")
            )
        return Node(SCREEN, children=tuple(nodes))

    ui = Ui(KIT, build)
    press(ui, pygame.K_TAB)
    asking[0] = True
    ui.invalidate()
    assert click(ui, place(0).center) == [] and ui.consumed
    assert press(ui, pygame.K_ESCAPE) == ["esc"]
    for _ in range(4):
        press(ui, pygame.K_TAB)
        assert ui.focus in ("q:0", "q:1")
    asking[0] = False
    ui.invalidate()
    assert ui.node("q") is None and ui.focus == "under"


def test_links_in_paragraphs() -> None:
    ui = Ui(
        KIT,
        lambda ui: lists.paragraph(ui, pygame.Rect(20, 20, 300, 60), rich("See [[pact]]."), Style(), "p"),
        TERMS.get,
    )
    press(ui, pygame.K_TAB)
    assert press(ui, pygame.K_RETURN) == [Follow("pact")]


def test_group_is_one_stop_of_tab() -> None:
    choices = [buttons.Choice(name, name) for name in "abc"]
    tabs = buttons.tab_bar(KIT, pygame.Rect(20, 20, 400, 40), choices, "b", "tabs", lambda v: Set("tab", v))
    ui = simple(tabs, buttons.button(KIT, pygame.Rect(20, 100, 100, 40), "x", "x", "x"))
    press(ui, pygame.K_TAB)
    assert ui.focus == "tabs:b"
    press(ui, pygame.K_RIGHT)
    assert ui.focus == "tabs:c"
    assert press(ui, pygame.K_RETURN) == [Set("tab", "c")]
    press(ui, pygame.K_TAB)
    assert ui.focus == "x"


def test_tabs_without_room_become_icons_with_tips() -> None:
    words = ["Diplomacy", "Prosperity", "Presence", "Pressure"]
    choices = [buttons.Choice(word, word, "star") for word in words]
    tabs = buttons.tab_bar(KIT, pygame.Rect(20, 20, 260, 40), choices, "Presence", "tabs", lambda v: Set("tab", v))
    tips = [node.tip for node in tabs.children]
    assert [isinstance(tip, Tip) and tip.title for tip in tips if tip] == ["Diplomacy", "Prosperity", "Pressure"]
    ledger = Ledger((1920, 1080))
    simple(tabs).draw(pygame.Surface((1920, 1080)), 0.0, ledger)
    assert [(entry.text, entry.shortened) for entry in ledger.entries] == [("Presence", False)]


def test_another_kit_redraws_everything() -> None:
    gallery = Gallery(Kit((1280, 720)))
    gallery.draw()
    assert not gallery.ui.needs_draw
    gallery.ui.use(Kit((1280, 720), 1.2))
    assert gallery.ui.needs_draw


def test_picture_under_a_moving_map_is_the_same_but_for_soft_corners() -> None:
    gallery = Gallery(Kit((1280, 720)))
    surface = gallery.draw()
    direct = pygame.surfarray.array3d(surface).astype(int)
    for _ in range(30):
        gallery.ui.redraw()
        gallery.ui.draw(surface, 0.0)
    differing = abs(pygame.surfarray.array3d(surface).astype(int) - direct).max(axis=2)
    assert (differing > 24).mean() < 0.001
