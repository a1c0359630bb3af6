"""The app: a stack of screens over one surface. Events go in by `handle`, pictures come out of `frame`.

It knows nothing of windows: `window` runs it on a display, `shots` without one, tests feed it by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pygame

from game.desktop.backdrop import Backdrop
from game.desktop.desk import Desk, keep
from game.desktop.memory import settle_memory
from game.desktop.parts.coach import Coach
from game.desktop.routes import ROUTES
from game.desktop.screen import Act, Back, Card, Go, Quit, Screen, ToMenu
from game.desktop.settings import Settings, Store
from game.desktop.ui.cache import SurfaceCache
from game.desktop.ui.kit import Kit
from game.desktop.ui.ledger import Ledger
from game.desktop.ui.meters import Tone
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.overlays import toast
from game.desktop.ui.paint import STRONG, Painter
from game.desktop.ui.sound import Sounds
from game.desktop.ui.surfaces import Shapes
from game.desktop.ui.text import Typesetter, rich
from game.desktop.ui.theme import palette
from game.desktop.ui.ui import Follow, Ui
from game.desktop.work import Work
from game.session import Game, Known, SaveError, game_path, save_game
from game.text import _, set_language
from game.views import Designation, Sight
from game.views.library import explained

TOAST_SECONDS = 5.0
LETTERING, SHAPES = 0.5, 1.0  # screenfuls of rendered words and of shapes that are kept
MOST_PUT_OFF = 2  # frames in a row in which the map is not painted
POINTER_EVENTS = (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEWHEEL)


@dataclass
class Note:
    """A passing note at the lower edge."""

    text: str
    tone: Tone
    icon: str
    until: float


@dataclass
class Entry:
    """A screen of the stack with the state of its interface."""

    screen: Screen
    ui: Ui


class App:
    """`clock` gives seconds; `threaded` off does long work at once, so that pictures are always the same."""

    def __init__(
        self,
        size: tuple[int, int],
        store: Store | None = None,
        clock: Callable[[], float] = lambda: 0.0,
        threaded: bool = True,
        start: str = "menu",
    ) -> None:
        self.clock = clock
        self.store = store or Store()
        self.settings = self.store.settings
        set_language(self.settings.language)
        self.work = Work(threaded)
        self.sounds = Sounds(self.settings.sound, self.settings.volume)
        self.size = size
        self.kit = self._kit()
        self.surface = pygame.Surface(size)
        self.dirty: list[pygame.Rect] = []
        self.desk: Desk | None = None
        self.known: Known | None = None
        self.running = True
        self.note: Note | None = None
        self.keys = self.settings.bindings
        self.stack: list[Entry] = []
        self._backdrop: Backdrop | None = None
        self._put_off = 0
        self.coach = Coach(self)
        self.open(start)
        if self.store.fault:
            self.say(self.store.fault, "bad", "warning")

    # -- what everything is drawn with -------------------------------------------------------------

    def _kit(self) -> Kit:
        kit = Kit(self.size, self.settings.scale, palette(self.settings.palette), self.settings.calm)
        screen = self.size[0] * self.size[1]
        kit.type = Typesetter(kit.type.fonts, SurfaceCache(round(LETTERING * screen)))
        kit.shapes = Shapes(kit.s, SurfaceCache(round(SHAPES * screen)))
        return kit

    @property
    def backdrop(self) -> Backdrop:
        """The map, made when a screen first needs it."""
        if self._backdrop is None:
            self._backdrop = Backdrop(self.kit, self.settings.patterns)
        return self._backdrop

    def resize(self, size: tuple[int, int]) -> None:
        """The window has another size."""
        if size != self.size:
            self.size = size
            self.surface = pygame.Surface(size)
            self._new_kit()
            self.refresh(moved_on=True)  # the new map has to be shown its picture

    def _new_kit(self) -> None:
        self.kit = self._kit()
        if self._backdrop is not None:
            self._backdrop = Backdrop(self.kit, self.settings.patterns, self._backdrop.data)
        for entry in self.stack:
            entry.ui.use(self.kit)
        self.refresh()

    def change(self, settings: Settings) -> None:
        """Other settings, at once and for later."""
        before, self.settings = self.settings, settings
        fault = self.store.save(settings)
        self.sounds.on, self.sounds.volume = settings.sound, settings.volume
        self.keys = settings.bindings
        set_language(settings.language)
        if self.desk is not None:
            if settings.designation != before.designation:
                self.desk.designation = settings.designation
            self.desk.changed()
        looks = ("scale", "palette", "calm", "patterns")
        if any(getattr(before, name) != getattr(settings, name) for name in looks):
            self._new_kit()
        self.refresh(moved_on=True)
        if fault:
            self.say(fault, "bad", "warning")

    # -- the stack ---------------------------------------------------------------------------------

    @property
    def top(self) -> Entry:
        return self.stack[-1]

    @property
    def screen(self) -> Screen:
        return self.top.screen

    def knows(self, name: str) -> bool:
        """Whether there is a screen of that name."""
        return name in ROUTES

    def open(self, name: str, topic: str = "") -> Screen:
        """Open a screen over the others. Raises KeyError for one that does not exist."""
        if self.stack:
            self.screen.left()
        screen = ROUTES[name](self, topic)
        self.stack.append(Entry(screen, Ui(self.kit, lambda ui: self._tree(screen, ui), screen.term)))
        self._shown()
        return screen

    def back(self) -> None:
        """Close the uppermost card, else the uppermost screen."""
        if self.screen.cards:
            self.close_card()
        elif len(self.stack) > 1:
            self.screen.left()
            self.stack.pop()
            self._shown()

    def home(self, name: str, topic: str = "") -> Screen:
        """Close every screen and open this one."""
        while self.stack:
            self.screen.left()
            self.stack.pop()
        return self.open(name, topic)

    def _shown(self) -> None:
        self.screen.shown()
        self.top.ui.use(self.kit)

    def show_card(self, card: Card) -> None:
        """Lay a card over the screen."""
        self.screen.cards.append(card)
        self.top.ui.invalidate()

    def close_card(self) -> None:
        if self.screen.cards:
            self.screen.cards.pop().closed()
            self.top.ui.invalidate()

    def refresh(self, moved_on: bool = False) -> None:
        """Build the screen anew; with `moved_on` every screen forgets what it derived from the game."""
        if moved_on:
            for entry in self.stack:
                entry.screen.moved_on()
        if self.stack:
            self.top.ui.invalidate()

    def _tree(self, screen: Screen, ui: Ui) -> Node:
        """The screen, its cards and the passing note, over the map or over the desk's colour."""
        tree = screen.build(ui)
        above = [card.build(ui) for card in screen.cards]
        guide = self.coach.nodes(self.kit, tree)
        if above:
            above[-1] = above[-1].at(*guide)  # within the card, which keeps the keyboard
        else:
            above += guide
        if self.note is not None:
            above.append(self._toast(self.note))

        def ground(p: Painter, look: Look) -> None:
            if screen.backdrop and self.backdrop.ready:
                self.backdrop.draw(p.surface, p.ledger)
            elif screen.backdrop:
                p.gradient(self.kit.screen, "sea_top", "sea_bottom")
            else:
                p.gradient(self.kit.screen, "desk", (0xDF, 0xDA, 0xCC))

        return Node(self.kit.screen, ground, children=(tree, *above))

    def _toast(self, note: Note) -> Node:
        kit = self.kit
        inner = min(kit.px(640), kit.screen.w - kit.px(140)) - kit.px(62)
        tall = kit.height(note.text, STRONG.but(size=14), inner) + kit.px(24)
        rect = pygame.Rect(0, 0, inner + kit.px(62), tall)
        foot = self.screen.cards[-1].foot if self.screen.cards else 0
        rect.midbottom = (kit.screen.centerx, kit.screen.bottom - kit.px(max(28, foot + 12)))
        return toast(kit, rect, note.text, note.tone, note.icon)

    def say(self, text: str, tone: Tone = "accent", icon: str = "info") -> None:
        """A passing note."""
        self.note = Note(text, tone, icon, self.clock() + max(TOAST_SECONDS, len(text) / 14))
        self.refresh()

    # -- events ------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        """Feed one pygame event."""
        if event.type == pygame.QUIT:
            self.obey(Quit())
            return
        if event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED):
            size = getattr(event, "size", None) or (event.x, event.y)
            self.resize((max(640, size[0]), max(400, size[1])))
            return
        ui = self.top.ui
        commands = ui.handle(event, self.clock())
        consumed = ui.consumed
        for command in commands:
            self.obey(command)
        if consumed or self.top.ui is not ui:
            return
        if event.type == pygame.KEYDOWN:
            self._key(event, ui)
        elif event.type in POINTER_EVENTS and not self.screen.cards:
            self.screen.pointer(event)

    def _key(self, event: pygame.event.Event, ui: Ui) -> None:
        focused = ui.node(ui.focus)
        typing = focused is not None and focused.text is not None
        if typing and not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT):
            return
        action = self.keys.action(event)
        digit = event.unicode if getattr(event, "unicode", "").isdigit() else ""
        if self.screen.cards:
            if digit:
                self.screen.cards[-1].action(f"digit_{digit}")
        elif action is not None:
            self.act(action)
            self._into_text(event)

    def _into_text(self, event: pygame.event.Event) -> None:
        """Where a key has led into a text field, the letter that follows it is not part of the text."""
        top = self.top.ui
        node = top.node(top.focus)
        if node is not None and node.text is not None:
            top.used(getattr(event, "unicode", ""))

    def act(self, action: str) -> None:
        """Do what a bound key does."""
        if action == "guide":
            self.coach.action()
            return
        if self.screen.action(action):
            return
        if action in ("settings", "load", "library") and self.knows(action):
            if self.screen.name != action:
                self.open(action)
        elif action == "save" and self.desk is not None:
            self.save()
        elif action == "fullscreen":
            self.change(self.settings.but(fullscreen=not self.settings.fullscreen))

    def obey(self, command: Command) -> None:
        """Carry out a command: the uppermost card's, the screen's, or one for all screens."""
        screen = self.screen
        if screen.cards and screen.cards[-1].obey(command):
            return
        if screen.obey(command) or self.coach.obey(command):
            return
        match command:
            case Go(name, topic):
                self.open(name, topic)
            case Back():
                self.back()
            case Act(action):
                self.act(action)
            case ToMenu():
                self.put_away()
                self.home("menu")
            case Follow(term) if self.knows("library") and self.screen.name != "library":
                self.open("library", term)
            case Quit():
                self.put_away()
                self.running = False

    # -- frames ------------------------------------------------------------------------------------

    def frame(self, now: float | None = None, ledger: Ledger | None = None) -> pygame.Surface:
        """The picture at a moment (seconds of the clock); `dirty` has what changed in it."""
        now = self.clock() if now is None else now
        self.work.poll()
        if self.note is not None and now >= self.note.until:
            self.note = None
            self.refresh()
        self.screen.tick(now)
        self.coach.tick()
        ui = self.top.ui
        for command in ui.tick(now):
            self.obey(command)
        ui = self.top.ui
        if self.screen.backdrop:
            # What is built anew is drawn anew: that is work enough for one frame.
            self._put_off = self._put_off + 1 if self.work.threaded and ui.stale and self._put_off < MOST_PUT_OFF else 0
            if not self._put_off and self.backdrop.work():
                ui.redraw()
        self.dirty = ui.draw(self.surface, now, ledger)
        return self.surface

    def settle(self, ledger: Ledger | None = None) -> pygame.Surface:
        """The picture when everything under way is done: for pictures and tests."""
        for _turn in range(8):
            self.work.finish()
            self.frame()
            if self.work.idle:
                break
        if self.screen.backdrop:
            self.backdrop.finish()
        for _turn in range(3):
            self.top.ui.redraw()
            self.frame()
        return self.frame(ledger=ledger)

    # -- the game ----------------------------------------------------------------------------------

    def take_up(self, game: Game, screen: str = "map", designation: Designation | None = None) -> None:
        """Put a game on the desk and show it, where several people play it the hand-over first: who has loaded
        it need not be whose turn it is. designation: another one than that of the settings.
        """
        if self.desk is not None:
            self.desk.close()
        self.desk = Desk(game, self.work, designation or self.settings.designation)
        self.known = Known(game.scenario, game.ruleset)
        if self.desk.begun and len(game.people) > 1 and not game.over:
            self.home("handover", self.desk.seat or "")
        else:
            self.home(screen)
        if self.work.threaded:
            settle_memory()  # after the screens of the game before, which would be kept with it

    def put_away(self) -> None:
        """Keep the game on the desk and clear the desk."""
        desk, self.desk = self.desk, None
        if desk is None:
            return
        desk.close()
        if desk.begun and not desk.busy:
            fault = keep(desk.game)
            if fault:
                self.say(fault, "bad", "warning")

    def save(self, title: str = "", path: Path | None = None) -> bool:
        """Save the game under a title (by default scenario, seat and date), beside those of other games, and say so."""
        desk = self.desk
        if desk is None or desk.busy is not None:
            return False
        sight: Sight = desk.sight
        name = title or f"{desk.game.scenario.id} {desk.seat or 'watch'} {sight.turn_title}"
        where = path or game_path(desk.game, name)
        try:
            save_game(desk.game, where)
        except SaveError as fault:
            self.say(str(fault), "bad", "warning")
            return False
        desk.saved_at = desk.version
        told = (sight.book.scenario.title, sight.names.label(desk.seat) if desk.seat else "", sight.turn_title)
        self.say(_("Saved: {what}.").format(what=", ".join(one for one in told if one)), "good", "check_circle")
        return True

    def term(self, name: str) -> Tip | None:
        """What a linked term means, from the library of the game on the desk."""
        if self.desk is None:
            return None
        found = explained(self.desk.sight, name)
        return Tip(found[0], rich(found[1]), note=found[2]) if found else None

    def close(self) -> None:
        """Let go of the thread and the process."""
        self.work.close()
        if self.desk is not None:
            self.desk.close()
