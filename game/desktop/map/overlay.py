"""Draws the lettering, markers, callouts and arcs over the base map."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.desktop.map.arcs import arc_width, draw_arc
from game.desktop.map.camera import Camera
from game.desktop.map.geometry import Point
from game.desktop.map.layout import Layout, Mark
from game.desktop.map.placement import leader_end
from game.desktop.map.style import MapStyle, heat_colour

LedgerEntry = Callable[[str, pygame.Rect], None]
"""Called with every string drawn and its rectangle on the screen."""


def draw_overlay(
    surface: pygame.Surface,
    layout: Layout,
    camera: Camera,
    keep_out: Sequence[pygame.Rect],
    style: MapStyle,
    scale: float,
    ledger: LedgerEntry | None = None,
) -> None:
    """Draw a layout, also for a camera that has moved since it was made.

    Lettering that would be cut by the screen's edge or run under a panel is left out.
    """
    screen = surface.get_rect()
    for arc, curve in layout.arcs:
        points = [camera.to_screen(p) for p in curve]
        draw_arc(surface, points, arc_width(arc.value, scale), heat_colour(style, arc.value), style, scale)
    shown = [(m, m.rect(camera)) for m in layout.callouts]
    shown = [(m, r) for m, r in shown if screen.contains(r) and r.collidelist(list(keep_out)) < 0]
    for mark, rect in shown:
        if mark.leader and mark.anchor:
            _leader(surface, camera.to_screen(mark.anchor), rect, mark, style, scale)
    for mark in layout.points:
        rect = mark.rect(camera)
        if screen.colliderect(rect):
            _stamp(surface, mark, rect, True)
    for mark in layout.labels:
        rect = mark.rect(camera)
        if screen.contains(rect) and rect.collidelist(list(keep_out)) < 0:
            _stamp(surface, mark, rect, False)
            _record(mark, rect, ledger)
    for mark, rect in shown:
        _stamp(surface, mark, rect, True)
        _record(mark, rect, ledger)


def _stamp(surface: pygame.Surface, mark: Mark, rect: pygame.Rect, premultiplied: bool) -> None:
    flags = pygame.BLEND_PREMULTIPLIED if premultiplied else 0
    surface.blit(mark.sprite.surface, rect, special_flags=flags)


def _record(mark: Mark, rect: pygame.Rect, ledger: LedgerEntry | None) -> None:
    if ledger:
        for text, part in mark.sprite.texts:
            ledger(text, part.move(rect.topleft))


def _leader(
    surface: pygame.Surface, start: Point, rect: pygame.Rect, mark: Mark, style: MapStyle, scale: float
) -> None:
    assert mark.leader is not None
    inset = -2 * max(2, round(7 * scale))
    end = leader_end(start, rect.inflate(inset, inset))
    core = max(1, round(1.6 * scale))
    pygame.draw.aaline(surface, style.white, start, end, core + 2)
    pygame.draw.aaline(surface, mark.leader, start, end, core)
