"""Editing the value of a text field by key events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from .node import Command, Node

if TYPE_CHECKING:
    from .ui import Ui


def edit(ui: Ui, node: Node, event: pygame.event.Event) -> tuple[bool, Command | None]:
    """Apply one event to a field: (whether the field took it, the command it leads to)."""
    assert node.text is not None
    field = node.text
    value = field.value
    at = min(ui.caret.get(node.key, len(value)), len(value))
    if not node.enabled:
        return False, None
    if event.type == pygame.TEXTINPUT:
        fresh = "".join(letter for letter in event.text if letter.isprintable())
        new = value[:at] + fresh + value[at:]
        if not fresh or len(new) > field.limit:
            return True, None
        return _changed(ui, node, new, at + len(fresh))
    if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
        return True, field.on_enter
    if event.key == pygame.K_BACKSPACE:
        return _changed(ui, node, value[: max(0, at - 1)] + value[at:], max(0, at - 1))
    if event.key == pygame.K_DELETE:
        return _changed(ui, node, value[:at] + value[at + 1 :], at)
    moves = {
        pygame.K_LEFT: max(0, at - 1),
        pygame.K_RIGHT: min(len(value), at + 1),
        pygame.K_HOME: 0,
        pygame.K_END: len(value),
    }
    if event.key in moves:
        ui.caret[node.key] = moves[event.key]
        ui.invalidate()
        return True, None
    typing = bool(getattr(event, "unicode", "")) and not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT)
    return typing, None


def _changed(ui: Ui, node: Node, value: str, caret: int) -> tuple[bool, Command | None]:
    assert node.text is not None
    ui.caret[node.key] = caret
    ui.invalidate()
    return True, None if value == node.text.value else node.text.on_change(value)
