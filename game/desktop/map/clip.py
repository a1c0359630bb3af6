"""Clipping closed rings to rectangles, vectorised (Sutherland-Hodgman, one edge at a time)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def clip_ring(ring: Ring, box: Box) -> Ring:
    """The part of a ring inside a box; an array of no points if they do not meet.

    Where the ring leaves the box, edges run along the box; draw with a margin to keep them unseen.
    """
    left, top, right, bottom = box
    low, high = ring.min(axis=0), ring.max(axis=0)
    if low[0] > right or high[0] < left or low[1] > bottom or high[1] < top:
        return ring[:0]
    for axis, limit, sign in ((0, left, 1.0), (0, right, -1.0), (1, top, 1.0), (1, bottom, -1.0)):
        outside = low[axis] < limit if sign > 0 else high[axis] > limit
        if outside:
            ring = _clip_edge(ring, axis, limit, sign)
            if len(ring) < 3:
                return ring[:0]
    return ring


def _clip_edge(ring: Ring, axis: int, limit: float, sign: float) -> Ring:
    gap = (ring[:, axis] - limit) * sign
    kept = gap >= 0
    if kept.all():
        return ring
    if not kept.any():
        return ring[:0]
    following = np.roll(ring, -1, axis=0)
    gap_after = np.roll(gap, -1)
    crossing = kept != (gap_after >= 0)
    place = np.cumsum(kept.astype(np.int64) + crossing)
    out = np.empty((int(place[-1]), 2))
    start = place - kept - crossing
    out[start[kept]] = ring[kept]
    share = gap[crossing] / (gap[crossing] - gap_after[crossing])
    out[(place - 1)[crossing]] = ring[crossing] + (following[crossing] - ring[crossing]) * share[:, None]
    return out
