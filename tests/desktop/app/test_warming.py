"""Tiles of tabs that nobody has opened are drawn out of sight, one a step, and only those that would be seen."""

from __future__ import annotations

import pygame

from game.desktop.app import App
from game.desktop.parts.warming import Warming
from game.desktop.ui.canvas import REACH
from game.desktop.ui.node import Look, Node
from game.desktop.ui.paint import Painter


def test_each_tab_is_built_once_and_what_is_in_sight_drawn(app: App) -> None:
    kit = app.kit
    drawn: list[tuple[str, int]] = []
    built: list[str] = []
    window = pygame.Rect(0, 0, 200, 80)
    far = window.bottom + 4 * kit.px(REACH)

    def tab(name: str) -> Node:
        built.append(name)

        def tile(at: int) -> Node:
            def draw(p: Painter, look: Look) -> None:
                drawn.append((name, at))

            return Node(pygame.Rect(0, at, 200, 40), draw, key=f"order:{at}")

        return Node(window, clip=True, children=(tile(0), tile(44), tile(far)))

    warming, steps = Warming(), 0
    while warming.step(kit, "one game", ["reform", "talks"], tab):
        assert len(drawn) <= steps
        steps += 1
    assert built == ["reform", "talks"]
    assert sorted(drawn) == [("reform", 0), ("reform", 44), ("talks", 0), ("talks", 44)]
    assert not warming.step(kit, "one game", ["reform", "talks"], tab)
    assert warming.step(kit, "another turn", ["reform"], tab) and built[-1] == "reform"
