"""Key bindings."""

from __future__ import annotations

import pygame
import pytest

from game.desktop.ui.keys import KeyConflictError, Keys, key_name, normal

KEYS = {"end_turn": "e", "save": "ctrl+s", "news": "n", "zoom_in": "=", "pan_left": "left"}


def press(key: int, mod: int = 0) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode="")


def test_round_trip_and_lookup() -> None:
    keys = Keys.of(KEYS)
    assert Keys.of(keys.to_dict()) == keys
    assert keys.to_dict() == KEYS
    assert keys.action(press(pygame.K_e)) == "end_turn"
    assert keys.action(press(pygame.K_s, pygame.KMOD_LCTRL)) == "save"
    assert keys.action(press(pygame.K_s)) is None
    assert keys.action(press(pygame.K_LSHIFT, pygame.KMOD_LSHIFT)) is None
    assert keys.holder("CTRL+S") == "save" and keys.holder("f9") is None and keys.holder("tab") == ""


def test_rebinding_finds_the_conflict_and_can_swap() -> None:
    keys = Keys.of(KEYS)
    with pytest.raises(KeyConflictError) as fault:
        keys.bind("news", "e")
    assert fault.value.holder == "end_turn" and fault.value.key == "e"
    assert keys.bind("news", "f5").key("news") == "f5"
    assert keys.bind("news", "n") == keys
    swapped = keys.bind("news", "e", swap=True)
    assert swapped.key("news") == "e" and swapped.key("end_turn") == "n"
    assert keys.key("news") == "n"


def test_the_interface_keeps_its_keys() -> None:
    for key in ("tab", "escape", "f1", "return", "space"):
        with pytest.raises(KeyConflictError, match="kept"):
            Keys.of(KEYS).bind("news", key, swap=True)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(ValueError) as fault:
        Keys.of({"a": "e", "b": "e", "c": "hyper+x", "d": "nokey", "e": "tab"})
    text = str(fault.value)
    assert "belongs to 'a'" in text and "hyper" in text and "nokey" in text and "kept" in text


def test_canonical_spelling() -> None:
    assert normal("Shift+CTRL+A") == "ctrl+shift+a"
    assert normal("+") == "+"
    assert key_name(press(pygame.K_a, pygame.KMOD_RSHIFT | pygame.KMOD_LCTRL)) == "ctrl+shift+a"
    with pytest.raises(KeyError):
        Keys.of(KEYS).key("nothing")
