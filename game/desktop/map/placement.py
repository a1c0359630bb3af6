"""Where labels go: greedy, by priority, in a fixed order, so the same view always looks the same."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pygame

from game.desktop.map.geometry import Point

Offset = tuple[float, float]
LEADER_CROSSING, LEADER_THROUGH, LEADER_OVER_MARK = 300.0, 280.0, 500.0
"""Cost, in pixels of leader length, of crossing another leader, a label and a marker."""


class Room:
    """The free room on the screen: rectangles already taken and leader lines already drawn."""

    def __init__(self, bounds: pygame.Rect, keep_out: Sequence[pygame.Rect]) -> None:
        self.bounds = bounds
        self.keep_out = list(keep_out)
        self.taken: list[pygame.Rect] = list(keep_out)
        self.soft: list[pygame.Rect] = []
        self.markers: list[pygame.Rect] = []
        self.leaders: list[tuple[Point, Point]] = []

    def free(self, rect: pygame.Rect) -> bool:
        """Whether a rectangle lies on the screen and touches nothing taken."""
        return self.bounds.contains(rect) and rect.collidelist(self.taken) < 0

    def take(self, rect: pygame.Rect) -> None:
        """Claim a rectangle."""
        self.taken.append(rect)

    def first(self, size: tuple[int, int], corners: Iterable[Point]) -> pygame.Rect | None:
        """The first free rectangle among top left corners, claimed; None if there is none."""
        for x, y in corners:
            rect = pygame.Rect(round(x), round(y), *size)
            if self.free(rect):
                self.take(rect)
                return rect
        return None

    def callout(
        self, size: tuple[int, int], anchor: Point, distances: Sequence[float], reach: float
    ) -> pygame.Rect | None:
        """The cheapest free place round an anchor for a label on a leader, claimed.

        `distances` are gaps between anchor and label, `reach` the radius of the marker, in pixels.
        """
        if not self.bounds.collidepoint(anchor) or self._hidden(anchor):
            return None
        best: tuple[float, pygame.Rect] | None = None
        for gap in distances:
            for step in range(20):
                angle = math.tau * step / 20
                rect = _beside(size, anchor, angle, gap)
                if not self.free(rect):
                    continue
                cost = gap + abs(math.sin(angle)) * gap * 0.4 + self._crossing(anchor, rect, reach)
                if best is None or cost < best[0] - 1e-6:
                    best = cost, rect
        if best is None:
            return None
        self.take(best[1])
        self.leaders.append((anchor, leader_end(anchor, best[1])))
        return best[1]

    def _hidden(self, point: Point) -> bool:
        return any(r.collidepoint(point) for r in self.keep_out)

    def _crossing(self, anchor: Point, rect: pygame.Rect, reach: float) -> float:
        end = leader_end(anchor, rect)
        span = math.dist(anchor, end)
        if span <= reach:
            return 0.0
        share = reach / span
        start = (anchor[0] + (end[0] - anchor[0]) * share, anchor[1] + (end[1] - anchor[1]) * share)
        cost = sum(LEADER_CROSSING for a, b in self.leaders if _cross(start, end, a, b))
        cost += sum(LEADER_CROSSING for a, b in self.leaders if rect.clipline(a, b))
        cost += sum(LEADER_THROUGH for r in self.taken if r.clipline(start, end))
        cost += sum(LEADER_OVER_MARK for r in self.markers if r.clipline(start, end))
        cost += sum(LEADER_THROUGH / 4 for r in self.soft if r.colliderect(rect))
        return cost


def around(size: tuple[int, int], at: Point, gap: float) -> list[Point]:
    """Corners of a label beside a point: right, left, above, below, then the diagonals."""
    w, h = size
    x, y = at
    right, left, mid, centre = x + gap, x - gap - w, y - h / 2, x - w / 2
    above, below = y - gap - h, y + gap
    return [
        (right, mid), (left, mid), (centre, above), (centre, below),
        (right, above + gap), (right, below - gap), (left, above + gap), (left, below - gap),
    ]  # fmt: skip


def leader_end(anchor: Point, rect: pygame.Rect) -> Point:
    """Where a leader meets a label: the middle of the side that faces the anchor."""
    x, y = anchor
    if x < rect.left or x > rect.right:
        return (float(rect.left if x < rect.left else rect.right), float(rect.centery))
    return (float(rect.centerx), float(rect.top if y < rect.top else rect.bottom))


def _beside(size: tuple[int, int], anchor: Point, angle: float, gap: float) -> pygame.Rect:
    dx, dy = math.cos(angle), math.sin(angle)
    cx = anchor[0] + dx * gap + (size[0] / 2) * max(-1.0, min(1.0, dx * 1.6))
    cy = anchor[1] + dy * gap + (size[1] / 2) * max(-1.0, min(1.0, dy * 1.6))
    return pygame.Rect(round(cx - size[0] / 2), round(cy - size[1] / 2), *size)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
