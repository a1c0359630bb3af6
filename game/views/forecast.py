"""A forecast in words: what some orders would change against ordering nothing, as ranges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.session import Forecast, Outlook, Range
from game.text import _, several
from game.views.sight import Sight

AT_MOST = 8


@dataclass(frozen=True)
class ForecastRow:
    """One quantity. difference, level: `low to high, most likely middle` in figures; tone by the middle.

    likely: the middle difference; on a ladder the rung it leads to, since a count of rungs says little. A score whose
    range holds loss and gain has no tone.
    """

    row: int
    title: str
    difference: str
    likely: str
    level: str
    without: str
    tone: str
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class ForecastView:
    """horizon: when the figures hold (`in 12 months`); note: what kind of statement this is."""

    rows: tuple[ForecastRow, ...]
    more: int
    score: ForecastRow
    horizon: str
    note: str


def forecast_view(sight: Sight, forecast: Forecast, at_most: int = AT_MOST) -> ForecastView:
    """The largest differences first."""
    months = forecast.turns * sight.ruleset.turn_months
    horizon = several("in {count} month", "in {count} months", months)
    note = _(
        "The model's view, from what you can see: how {futures} futures in which this is ordered differ {horizon} from "
        "the same futures without it, with the same luck. In both your government orders nothing more after this turn, "
        "except what keeps its word, and others act by their doctrines. Ranges leave out the highest and the lowest "
        "tenth."
    ).format(futures=forecast.futures, horizon=horizon)
    rows = tuple(_row(sight, outlook) for outlook in forecast.rows[:at_most])
    return ForecastView(rows, max(len(forecast.rows) - at_most, 0), _row(sight, forecast.score), horizon, note)


def _row(sight: Sight, outlook: Outlook) -> ForecastRow:
    row, scale = outlook.row, sight.ruleset.layout.scale(outlook.row)
    quantity, _args = sight.ruleset.layout.at(row)
    low, middle, high = outlook.difference.low, outlook.difference.middle, outlook.difference.high
    tone = sight.tone(row, middle, outlook.level.middle)
    if quantity.id == "score":
        tone = "" if low < 0 < high or not middle else "good" if middle > 0 else "bad"
    likely = _("no change")
    if middle:
        ladder = sight.unit(quantity.id).startswith("ladder:")
        likely = sight.show(row, outlook.level.middle) if ladder else sight.amount(row, middle)
    return ForecastRow(
        row,
        sight.describe(row),
        _span(outlook.difference, lambda raw: sight.amount(row, raw)),
        likely,
        _span(outlook.level, lambda raw: sight.show(row, raw)),
        _span(outlook.without, lambda raw: sight.show(row, raw)),
        tone,
        low / scale,
        middle / scale,
        high / scale,
    )


def _span(values: Range, show: Callable[[int], str]) -> str:
    low, high = show(values.low), show(values.high)
    if low == high:
        return low
    return _("{low} to {high}").format(low=low, high=high)
