"""Axes for charts over time: round figures upwards, years along."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from game.views import Sight


def value_axis(values: Iterable[float], lines: int = 4) -> tuple[float, float, tuple[tuple[float, str], ...]]:
    """Lowest and highest value of the axis and its ticks, all round figures."""
    known = list(values) or [0.0]
    low, high = min(known), max(known)
    if high - low < 4:
        middle = (low + high) / 2
        low, high = middle - 2, middle + 2
    rough = (high - low) / lines
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple((place * step, f"{place * step:g}".replace("-", "−")) for place in range(first, last + 1))
    return first * step, last * step, ticks


def time_axis(sight: Sight, steps: int, most: int = 8) -> tuple[tuple[float, str], ...]:
    """Ticks where a year begins, thinned to at most `most`."""
    first, months = sight.ruleset.first_month, sight.ruleset.turn_months
    found = []
    for step in range(steps):
        month = first + step * months
        if step == 0 or month // 12 != (month - months) // 12:
            found.append((float(step), str(month // 12)))
    every = math.ceil(len(found) / most)
    return tuple(found[::every])


def shown(value: float) -> str:
    """A figure with a true minus sign."""
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace("-", "−")


def change_of(values: Sequence[float]) -> tuple[str, int]:
    """The change over a course without its sign, and its direction."""
    if len(values) < 2:
        return "", 0
    change = values[-1] - values[0]
    text = shown(abs(change))
    return text, 0 if text == "0" else 1 if change > 0 else -1
