"""Charts over time: lines with fans, axes and annotations, and small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from .meters import Tone, delta, marker
from .paint import CAPTION, HEADING, SMALL, STRONG, Align, Painter
from .strokes import Point
from .text import Ink, Style


@dataclass(frozen=True)
class Series:
    """A line: values by step (None leaves a gap), its ink, dashes, width in design pixels, and its end label."""

    values: tuple[float | None, ...]
    ink: Ink = "accent"
    dashed: bool = False
    width: float = 4
    figure: str = ""
    label: str = ""


@dataclass(frozen=True)
class Band:
    """A fan's band: lower and upper bounds by step; the darker bands come later in the list."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    ink: Ink = "accent"
    alpha: int = 34


@dataclass(frozen=True)
class Note:
    """An annotation at step `at` of the first series: a number and a few words, above or below the line."""

    at: int
    number: str
    text: str
    above: bool = True


@dataclass(frozen=True)
class Chart:
    """A line chart. `ticks_x` are (step, label), `ticks_y` (value, label); the axis spans low to high."""

    low: float
    high: float
    ticks_x: tuple[tuple[float, str], ...]
    ticks_y: tuple[tuple[float, str], ...]
    series: tuple[Series, ...] = ()
    bands: tuple[Band, ...] = ()
    notes: tuple[Note, ...] = ()
    aside: str = ""

    @property
    def steps(self) -> int:
        """Number of steps across."""
        return max([len(s.values) for s in self.series] + [len(b.low) for b in self.bands] + [2])


class Plot:
    """From steps and values to the screen, for one rectangle."""

    def __init__(self, rect: pygame.Rect, steps: int, low: float, high: float) -> None:
        self.rect, self.steps, self.low, self.high = rect, steps, low, high

    def x(self, step: float) -> float:
        """Screen x of a step."""
        return self.rect.x + step / max(1, self.steps - 1) * self.rect.w

    def y(self, value: float) -> float:
        """Screen y of a value."""
        return self.rect.bottom - (value - self.low) / (self.high - self.low) * self.rect.h

    def points(self, values: Sequence[float | None]) -> list[list[Point]]:
        """Runs of points, cut where values are missing."""
        runs: list[list[Point]] = [[]]
        for i, value in enumerate(values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((self.x(i), self.y(value)))
        return [run for run in runs if run]


def axes(p: Painter, plot: Plot, chart: Chart, style: Style = CAPTION) -> None:
    """Pale lines at the y ticks, a dark base line, labels outside."""
    kit, rect = p.kit, plot.rect
    line = kit.line(style)
    for value, text in chart.ticks_y:
        y = round(plot.y(value))
        base = value <= chart.low
        p.hline(rect.left, rect.right, y, "ink3" if base else "line", 1.4 if base else 1)
        p.text(text, pygame.Rect(rect.left - kit.px(60), y - line // 2, kit.px(50), line), style, "right")
    labels = []
    for step, text in chart.ticks_x:
        x = round(plot.x(step))
        p.vline(x, rect.bottom, rect.bottom + kit.px(5), "ink3")
        wide = kit.width(text, style)
        labels.append((max(rect.left - kit.px(20), x - wide // 2), wide + 2, text))
    for left, wide, text in apart(labels, kit.px(6)):
        p.text(text, pygame.Rect(left, rect.bottom + kit.px(7), wide, line), style)


def apart(labels: Sequence[tuple[int, int, str]], gap: int) -> list[tuple[int, int, str]]:
    """Labels of an axis, (left, width, text) from left to right, without those too near the one before."""
    kept: list[tuple[int, int, str]] = []
    for left, wide, text in labels:
        if not kept or left >= kept[-1][0] + kept[-1][1] + gap:
            kept.append((left, wide, text))
    return kept


def line_chart(p: Painter, rect: pygame.Rect, chart: Chart, right: float = 190) -> None:
    """The whole chart in `rect`; `right` design pixels are kept at the right for the end labels and the aside."""
    kit = p.kit
    line = kit.line(CAPTION)
    inner = pygame.Rect(
        rect.x + kit.px(44), rect.y + line // 2, rect.w - kit.px(44 + right), rect.h - line // 2 - line - kit.px(9)
    )
    plot = Plot(inner, chart.steps, chart.low, chart.high)
    for band in chart.bands:
        top = [(plot.x(i), plot.y(v)) for i, v in enumerate(band.high)]
        low = [(plot.x(i), plot.y(v)) for i, v in enumerate(band.low)]
        p.area([*top, *reversed(low)], band.ink, band.alpha)
    axes(p, plot, chart)
    for series in reversed(chart.series):
        for run in plot.points(series.values):
            if len(run) > 1:
                p.stroke(run, series.width, series.ink, (9, 6) if series.dashed else None)
    _ends(p, plot, chart, rect)
    for note in chart.notes:
        _note(p, plot, chart, note)


def _ends(p: Painter, plot: Plot, chart: Chart, rect: pygame.Rect) -> None:
    """A dot, a figure and a name at the end of each line, pushed apart where lines end close together."""
    kit, line = p.kit, p.kit.line(STRONG)
    ends = []
    for series in chart.series:
        runs = plot.points(series.values)
        if runs and (series.figure or series.label):
            x, y = runs[-1][-1]
            p.disc((x, y), 6, series.ink, "panel", 1.5)
            ends.append((y, x, series))
    ends.sort(key=lambda end: end[0])
    last = float(rect.top)
    for y, x, series in ends:
        top = max(last, y - line / 2)
        last = top + line
        style = Style("bold", 18, series.ink)
        left = round(x) + kit.px(14)
        wide = min(kit.width(series.figure, style), rect.right - left)
        p.text(series.figure, pygame.Rect(left, round(top), wide, line), style)
        at = left + wide + kit.px(7)
        p.text(series.label, pygame.Rect(at, round(top), rect.right - at, line), STRONG.but(ink=series.ink, size=14))
    if chart.aside:
        left = plot.rect.right + kit.px(14)
        first = ends[0][0] - line / 2 if ends else rect.bottom
        layout = kit.layout(chart.aside, CAPTION, rect.right - left, None)
        above = round(first) - layout.height - kit.px(8)
        y = above if above >= rect.top else round(last) + kit.px(8)
        p.text(chart.aside, pygame.Rect(left, y, rect.right - left, layout.height), CAPTION, valign="top", lines=None)


def _note(p: Painter, plot: Plot, chart: Chart, note: Note) -> None:
    value = chart.series[0].values[note.at]
    if value is None:
        return
    kit, style = p.kit, Style("semibold", 13.5, "inv")
    x, y = plot.x(note.at), plot.y(value)
    tall = kit.px(28)
    wide = kit.width(note.text, style) + kit.px(46)
    left = max(plot.rect.left, min(plot.rect.right - wide, round(x) - kit.px(18)))
    top = round(y) - kit.px(26) - tall if note.above else round(y) + kit.px(26)
    p.vline(round(x), min(round(y), top + tall // 2), max(round(y), top + tall // 2), "ink3", 1.4)
    p.disc((x, y), 6.5, "panel", "accent", 2.6)
    p.panel(pygame.Rect(left, top, wide, tall), "navy", 14)
    marker(p, (left + kit.px(16), top + tall // 2), note.number, 9.5)
    p.text(note.text, pygame.Rect(left + kit.px(32), top, wide - kit.px(42), tall), style)


@dataclass(frozen=True)
class Small:
    """A small multiple: head with flag and a word, a chart, the last figure and its change."""

    title: str
    chart: Chart
    flag: str = ""
    word: str = ""
    word_tone: str = "good"
    figure: str = ""
    change: str = ""
    way: int = 0
    tone: Tone = "plain"


def small_multiple(p: Painter, rect: pygame.Rect, small: Small) -> None:
    """One of a grid of small charts, on its own panel; about 390 x 212 design pixels."""
    kit = p.kit
    p.panel(rect, "panel", 12, "line", shadow="card")
    pad = kit.px(15)
    head = pygame.Rect(rect.x + pad, rect.y + kit.px(10), rect.w - 2 * pad, kit.px(28))
    x = head.x
    if small.flag:
        p.flag(small.flag, pygame.Rect(x, head.centery - kit.px(11), kit.px(33), kit.px(22)))
        x += kit.px(43)
    word_style = Style("semibold", 13, small.word_tone if small.word_tone != "plain" else "ink2")
    wide = kit.width(small.word, word_style) + kit.px(22) if small.word else 0
    p.text(small.title, pygame.Rect(x, head.y, head.right - wide - kit.px(8) - x, head.h), STRONG.but(size=16))
    if small.word:
        ground = f"{small.word_tone}_soft" if small.word_tone in ("good", "bad", "warn") else "panel2"
        place = pygame.Rect(head.right - wide, head.y, wide, head.h)
        p.panel(place, ground, 14)
        p.text(small.word, place, word_style, "centre")
    chart, style = small.chart, CAPTION
    line = kit.line(style)
    room = max(kit.px(88), kit.width(small.figure, _SMALL_FIGURE) + kit.px(62))
    inner = pygame.Rect(rect.x + kit.px(44), head.bottom + kit.px(18), 0, 0)
    inner.w = rect.right - pad - room - inner.x
    inner.h = rect.bottom - kit.px(14) - line - inner.y
    plot = Plot(inner, chart.steps, chart.low, chart.high)
    for value, text in chart.ticks_y:
        y = round(plot.y(value))
        p.hline(inner.left, inner.right, y)
        p.text(text, pygame.Rect(rect.x + kit.px(6), y - line // 2, kit.px(30), line), style, "right")
    labels = []
    for i, (step, text) in enumerate(chart.ticks_x):
        at = round(plot.x(step))
        align: Align = "left" if i == 0 else "right" if i == len(chart.ticks_x) - 1 else "centre"
        width = kit.width(text, style) + 2
        left = {"left": at, "right": at - width, "centre": at - width // 2}[align]
        labels.append((left, width, text))
    for left, width, text in apart(labels, kit.px(6)):
        p.text(text, pygame.Rect(left, inner.bottom + kit.px(4), width, line), style)
    for series in reversed(chart.series):
        for run in plot.points(series.values):
            if len(run) > 1:
                p.stroke(run, min(series.width, 3), series.ink, (5, 4) if series.dashed else None)
    runs = plot.points(chart.series[0].values) if chart.series else []
    if not runs:
        return
    end = runs[-1][-1]
    p.disc(end, 4.5, chart.series[0].ink, "panel", 1.2)
    left, tall = round(end[0]) + kit.px(12), kit.line(_SMALL_FIGURE)
    wide = kit.width(small.figure, _SMALL_FIGURE)
    top = max(inner.top - tall // 4, min(inner.bottom - tall, round(end[1]) - tall // 2))
    p.text(small.figure, pygame.Rect(left, top, wide, tall), _SMALL_FIGURE.but(ink=chart.series[0].ink))
    if small.change:
        at = left + wide + kit.px(8)
        delta(p, pygame.Rect(at, top, rect.right - kit.px(6) - at, tall), small.change, small.way, small.tone, "left")


_SMALL_FIGURE = Style("bold", 22)


def chart_head(p: Painter, rect: pygame.Rect, title: str, note: str) -> None:
    """A chart's finding as a serif title, and what is measured below it."""
    tall = p.kit.line(HEADING)
    p.text(title, pygame.Rect(rect.x, rect.y, rect.w, tall), HEADING)
    p.text(note, pygame.Rect(rect.x, rect.y + tall, rect.w, p.kit.line(SMALL)), SMALL)
