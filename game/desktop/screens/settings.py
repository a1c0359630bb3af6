"""Settings: language, size, colours, motion, sound, names, and every key, with conflicts asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pygame

from game.desktop.bindings import DEFAULTS, action_title
from game.desktop.page import BarButton, page, room
from game.desktop.parts.blocks import Block
from game.desktop.screen import Back, Card, Screen
from game.desktop.screens.flow import bullet, framed, head, prose, split
from game.desktop.ui.buttons import Choice
from game.desktop.ui.inputs import chooser, radio_cards, slider, toggle
from game.desktop.ui.keys import KeyConflictError, key_name
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.overlays import Answer, question
from game.desktop.ui.paint import SMALL, STRONG, Painter
from game.desktop.ui.rows import keycap
from game.desktop.ui.text import Style
from game.desktop.ui.theme import PALETTES
from game.desktop.ui.ui import Ui
from game.scenario import shipped
from game.text import _, languages


@dataclass(frozen=True)
class Set:
    """Another value for a setting."""

    name: str
    value: Any


@dataclass(frozen=True)
class Listen:
    """Wait for the new key of an action ("" to stop waiting)."""

    action: str


@dataclass(frozen=True)
class Bind:
    """Give a key to an action; `swap`: the other action gets the old key."""

    action: str
    key: str
    swap: bool = False


@dataclass(frozen=True)
class ShowGuides:
    """Show the guides of first games again, or never."""

    on: bool


@dataclass(frozen=True)
class ResetKeys:
    """All keys as they came."""


def palette_title(name: str) -> str:
    titles = {
        "standard": _("Standard"),
        "protan": _("For weak red (protan)"),
        "deutan": _("For weak green (deutan)"),
        "tritan": _("For weak blue (tritan)"),
        "contrast": _("High contrast"),
    }
    return titles.get(name, name)


def language_title(code: str) -> str:
    return {"en": "English", "de": "Deutsch", "ro": "Română", "sr": "Srpski", "fr": "Français"}.get(code, code)


def designation_choices() -> list[Choice]:
    return [
        Choice(
            "period", _("As at the time"), detail=_("A footnote names resolution 1244 and says that positions differ.")
        ),
        Choice("eu", _("The European Union's wording"), detail=_("The agreed footnote of 2012, whatever the date.")),
        Choice("none", _("Without a footnote"), detail=_("The name alone, on the map and in every list.")),
    ]


class SettingsScreen(Screen):
    """Every change holds at once and is kept."""

    name = "settings"

    def shown(self) -> None:
        self.listening = ""

    def obey(self, command: Command) -> bool:
        match command:
            case Set(name, value):
                self._set(name, value)
            case Listen(action):
                self.listening = action
                self.app.refresh()
            case Bind(action, key, swap):
                self.bind(action, key, swap)
            case ShowGuides(on):
                # Off: every guide of a shipped scenario counts as skipped.
                self._set("guided", [] if on else [ident for ident, _title in shipped()])
            case ResetKeys():
                self._set("keys", dict(DEFAULTS))
            case _:
                return False
        return True

    def _set(self, name: str, value: Any) -> None:
        try:
            self.app.change(self.app.settings.but(**{name: value}))
        except ValueError as fault:
            self.app.say(str(fault), "bad", "warning")

    def bind(self, action: str, key: str, swap: bool = False) -> None:
        """Give a key to an action, ask when another one holds it, say when it cannot be given."""
        self.listening = ""
        try:
            keys = self.app.settings.bindings.bind(action, key, swap)
        except KeyConflictError as fault:
            if fault.holder:
                self.app.show_card(ConflictCard(self.app, f"{action} {fault.holder} {fault.key}"))
            else:
                text = _("{key} is kept by the interface: Tab, Esc, Enter, Space and F1 cannot be given away.")
                self.app.say(text.format(key=fault.key), "bad", "keyboard")
            self.app.refresh()
            return
        except ValueError:
            self.app.say(_("This key cannot be used."), "bad", "keyboard")
            self.app.refresh()
            return
        self._set("keys", keys.to_dict())

    # -- the tree ----------------------------------------------------------------------------------

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        compact = kit.metrics.compact
        left, right = split(area, kit, 0, 560 if compact else 760)
        nodes = [self._general(ui, left), self._keys(ui, right)]
        reset = BarButton(_("Keys as they came"), "undo", ResetKeys(), enabled=self.app.settings.keys != DEFAULTS)
        esc: Command = Listen("") if self.listening else Back()
        tree = page(kit, _("Settings"), _("Every change holds at once"), *nodes, buttons=(reset,))
        return replace(tree, esc=esc)

    def _general(self, ui: Ui, rect: pygame.Rect) -> Node:
        kit, now = ui.kit, self.app.settings
        known = [Choice(code, language_title(code)) for code in languages()]
        colours = [Choice(name, palette_title(name)) for name in PALETTES]
        least, most = kit.metrics.users
        scale = max(least, min(most, now.scale))
        percent = f"{scale * 100:.0f} %"
        volume = f"{now.volume * 100:.0f} %"
        text = _(
            "Everything but the map's scale. In this window from {least} to {most} per cent, in larger ones to 160."
        )
        scale_tip = Tip(_("Size of the interface"), text.format(least=f"{least * 100:.0f}", most=f"{most * 100:.0f}"))
        guides = not now.guided
        blocks: list[Block] = []
        if self.app.store.fault:
            blocks.append(bullet(self.app.store.fault, "warning", "bad"))
        blocks += [
            head(_("Language and size"), rule=False),
            _labelled(_("Language"), lambda r: chooser(kit, r, known, now.language, "language", _set("language"))),
            _labelled(
                _("Size of the interface"),
                lambda r: slider(
                    kit, r, scale, least, most, 0.1, "scale", _set("scale"), percent, scale_tip, least < most
                ),
            ),
            head(_("Colours and motion")),
            _labelled(_("Colours"), lambda r: chooser(kit, r, colours, now.palette, "palette", _set("palette"))),
            _switch(_("Patterns beside the map's colours"), now.patterns, "patterns"),
            _switch(_("Less motion"), now.calm, "calm"),
            _switch(_("Full screen"), now.fullscreen, "fullscreen"),
            Block(
                lambda kit, wide: kit.px(38),
                lambda ui, rect: toggle(
                    ui.kit, rect, _("Guides for a first game"), guides, ShowGuides(not guides), "set:guided"
                ),
            ),
            head(_("Sound")),
            _switch(_("Quiet sounds"), now.sound, "sound"),
            _labelled(
                _("Loudness"),
                lambda r: slider(
                    kit, r, now.volume, 0, 1, 0.1, "volume", _set("volume"), volume, None, enabled=now.sound
                ),
            ),
            head(_("How Kosovo is designated")),
            prose(_("The name stays; the footnote to it is chosen here, for every screen."), SMALL),
            Block(
                lambda kit, wide: kit.px(3 * 62 + 20),
                lambda ui, r: radio_cards(
                    ui.kit, r, designation_choices(), now.designation, "designation", _set("designation")
                ),
            ),
        ]
        return framed(ui, rect, "settings:general", _("Look and sound"), "", blocks, icon="settings", gap=8)

    def _keys(self, ui: Ui, rect: pygame.Rect) -> Node:
        keys = self.app.settings.bindings
        text = _("Choose an action with Enter, then press its new key. Esc keeps the old one.")
        blocks: list[Block] = [prose(text, SMALL)]
        blocks += [self._key(action, keys.key(action)) for action in DEFAULTS]
        fixed = ((_("Move"), "Tab"), (_("Choose"), "Enter"), (_("Back"), "Esc"), (_("Explain"), "F1"))
        blocks.append(head(_("Always the same")))
        blocks += [_fixed(title, key) for title, key in fixed]
        return framed(ui, rect, "settings:keys", _("Keys"), "", blocks, icon="keyboard", gap=2)

    def _key(self, action: str, key: str) -> Block:
        waiting = self.listening == action
        title = action_title(action)

        def on_key(event: pygame.event.Event) -> Command | None:
            name = key_name(event)
            return Bind(action, name) if name else None

        def build(ui: Ui, rect: pygame.Rect) -> Node:
            def draw(p: Painter, look: Look) -> None:
                if waiting or look.hovered:
                    p.panel(rect, "accent_soft" if waiting else "panel2", 8)
                _key_line(p, rect, title, key, _("Press a key …") if waiting else "", DEFAULTS[action] != key)

            return Node(
                rect,
                draw,
                key=f"key:{action}",
                command=Listen("" if waiting else action),
                focusable=True,
                on_key=on_key if waiting else None,
                group="keys",
                ring="inner",
            )

        return Block(lambda kit, wide: kit.px(38), build)


def _set(name: str) -> Callable[[Any], Command]:
    return lambda value: Set(name, value)


def _labelled(label: str, make: Callable[[pygame.Rect], Node]) -> Block:
    """A label at the left and a control at the right."""

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit
        wide = min(kit.px(380), rect.w * 6 // 10)
        place = pygame.Rect(rect.right - wide, rect.y, wide, rect.h)
        text = pygame.Rect(rect.x, rect.y, place.x - kit.px(12) - rect.x, rect.h)
        return Node(rect, lambda p, look: p.text(label, text, Style()) and None, children=(make(place),))

    return Block(lambda kit, wide: kit.px(42), build)


def _switch(label: str, on: bool, name: str) -> Block:
    return Block(
        lambda kit, wide: kit.px(38),
        lambda ui, rect: toggle(ui.kit, rect, label, on, Set(name, not on), f"set:{name}"),
    )


def _key_line(p: Painter, rect: pygame.Rect, title: str, key: str, note: str, changed: bool) -> None:
    kit = p.kit
    x = rect.x + kit.px(10)
    style = STRONG.but(size=14)
    wide = kit.width(note, style) if note else max(kit.px(22), kit.width(key, Style("semibold", 12.5)) + kit.px(12))
    left = rect.right - kit.px(10) - wide
    p.text(title, pygame.Rect(x, rect.y, left - kit.px(28) - x, rect.h), Style("semibold" if changed else "ui", 15))
    if note:
        p.text(note, pygame.Rect(left, rect.y, wide, rect.h), style.but(ink="accent"))
    else:
        if changed:
            p.disc((left - kit.px(12), rect.centery), 4, "amber")
        keycap(p, pygame.Rect(left, rect.y, wide, rect.h), key)


def _fixed(title: str, key: str) -> Block:
    return Block(
        lambda kit, wide: kit.px(34),
        lambda ui, rect: Node(rect, lambda p, look: _key_line(p, rect, title, key, "", False)),
    )


class ConflictCard(Card):
    """The key is another action's. `topic`: action, holder and key."""

    def build(self, ui: Ui) -> Node:
        action, holder, key = self.topic.split(" ", 2)
        text = _("{key} is the key for “{holder}”. Swap the two, so that it gets the old key of “{action}”?").format(
            key=key, holder=action_title(holder), action=action_title(action)
        )
        answers = (
            Answer(_("Leave it"), Back()),
            Answer(_("Swap the two"), Bind(action, key, True), "primary", "swap"),
        )
        return question(ui.kit, "conflict", _("This key is taken"), text, answers, Back())

    def obey(self, command: Command) -> bool:
        if isinstance(command, Bind):
            self.app.close_card()
            screen = self.app.screen
            assert isinstance(screen, SettingsScreen)
            screen.bind(command.action, command.key, command.swap)
            return True
        return False
