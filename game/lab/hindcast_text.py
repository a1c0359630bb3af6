"""A hindcast as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from game.lab.record import month_text
from game.lab.targets import Target, Targets

if TYPE_CHECKING:
    from game.lab.hindcast import Hindcast
    from game.lab.hindcast_parameters import Calibration

IN, PARTLY, OUT = "in", "partly", "out"
"""How much of a window lies within that of the shipped list, on which the rules were tuned."""


def when(target: Target, window: Targets) -> str:
    """What is recorded: a month, or that it had not happened by the window's end, with when it did if that is known."""
    if target.happened is not None:
        return month_text(target.happened)
    later = "" if target.later is None else f" ({month_text(target.later)})"
    return f"not by {month_text(window.last)}{later}"


def cut(window: Targets) -> str:
    """That the list's window was cut to the months of the games; empty where it was not."""
    if window.whole is None:
        return ""
    first, last = (month_text(one) for one in window.whole)
    return f"The targets' window, {first} to {last}, is cut to the months that the games have as well."


def changed(held: Calibration) -> str:
    """The numbers that a scenario has in place of calibrated ones: `wear 0.05 instead of 0.035`."""
    has = {name: "none" if value is None else f"{value:g}" for name, value in held.changed.items()}
    return ", ".join(f"{name} {value} instead of {held.parameters[name]:g}" for name, value in has.items())


def lines(result: Hindcast) -> Iterator[str]:
    """The result as text."""
    found = result.figures()
    yield f"{found['scenario']}, {found['games']} games, {found['window'][0]} to {found['window'][1]}"
    if result.window.whole is not None:
        yield cut(result.window)
    low, high = found["skill_low"], found["skill_high"]
    sample = {IN: "in-sample", PARTLY: "partly in-sample", OUT: "out of sample"}[result.sample]
    shown = "none" if found["skill"] is None else f"{found['skill']:+.3f}"
    few = "one country" if result.countries == 1 else "too few countries tell anything that a draw could change"
    around = f"({few}: no interval)" if low is None or high is None else f"[{low:+.3f}, {high:+.3f}]"
    yield f"skill ({sample}) {shown} {around}, Brier {found['brier']:.3f}"
    yield (
        f"crps {found['crps']:.2f}, no change {found['crps_no_change']:.2f}, "
        f"base rate {found['crps_base_rate']:.2f} months"
    )
    held = result.calibrated
    if held is not None and held.changed:
        yield f"changed from the calibrated numbers (hash {held.hash}): {changed(held)}"
    elif held is not None:
        yield f"calibrated: {', '.join(held.parameters)} (hash {held.hash})"
    if "held_before" in found:
        yield f"{found['held_before']} of {len(result.grades)} targets had been reached before the window"
    recorded = [when(one.target, result.window) for one in result.grades]
    wide = max(len(one) for one in recorded) + 2
    for one, happened in zip(result.grades, recorded, strict=True):
        mark = "" if one.right and not one.beaten else "  a rival is closer" if one.right else "  wrong"
        yield (
            f"  {one.target.id:<36}{happened:>{wide}}{one.share * 100:>7.0f} %"
            f"{one.crps:>8.2f}{one.no_change:>8.2f}{one.base_rate:>8.2f}{mark}"
        )
