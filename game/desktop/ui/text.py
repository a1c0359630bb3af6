"""Text as it is laid out: rich spans, wrapping, ellipsis, and rendered words with tracking and halo."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pygame

from .cache import SurfaceCache
from .fonts import CAP_HEIGHT, Fonts, Role
from .surfaces import blank
from .theme import BODY, LINE_HEIGHT
from .vision import Colour

Ink = str | Colour  # a field of the theme, or a colour


@dataclass(frozen=True)
class Style:
    """How text looks. `size` in design pixels, `tracking` in hundredths of the em between letters."""

    role: Role = "ui"
    size: float = BODY
    ink: Ink = "ink"
    tracking: int = 0
    line_height: float = LINE_HEIGHT

    def but(self, **changes: object) -> Style:
        """The same style with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Span:
    """A run of text; `link` is the term a reader can ask about."""

    text: str
    bold: bool = False
    ink: Ink | None = None
    link: str | None = None


Rich = str | tuple[Span, ...]
_MARKUP = re.compile(r"\*\*(.+?)\*\*|\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
ELLIPSIS = "…"


def rich(source: str) -> tuple[Span, ...]:
    """Spans from `**bold**`, `[[term]]` and `[[term|words shown]]`."""
    spans, at = [], 0
    for found in _MARKUP.finditer(source):
        if found.start() > at:
            spans.append(Span(source[at : found.start()]))
        if found[1]:
            spans.append(Span(found[1], bold=True))
        else:
            spans.append(Span(found[3] or found[2], link=found[2]))
        at = found.end()
    if at < len(source):
        spans.append(Span(source[at:]))
    return tuple(spans)


def plain(source: Rich) -> str:
    """The words without their marks."""
    return source if isinstance(source, str) else "".join(span.text for span in source)


@dataclass(frozen=True)
class Piece:
    """A part of a line: `x` and `width` in screen pixels from the line's start."""

    text: str
    span: Span
    role: Role
    x: int
    width: int


@dataclass(frozen=True)
class Line:
    """One laid-out line, `width` in screen pixels."""

    pieces: tuple[Piece, ...]
    width: int
    shortened: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Layout:
    """Lines with the height of each, the width of the longest, and the whole height; screen pixels."""

    lines: tuple[Line, ...]
    line_height: int
    width: int

    @property
    def height(self) -> int:
        """Height of all lines."""
        return self.line_height * len(self.lines)


class Typesetter:
    """Measures, breaks and renders text at nominal pixel sizes; results are cached."""

    def __init__(self, fonts: Fonts, cache: SurfaceCache | None = None) -> None:
        self.fonts = fonts
        self._cache = cache if cache is not None else SurfaceCache(6_000_000)
        self._widths: dict[tuple[str, Role, int, int], int] = {}
        self._layouts: OrderedDict[tuple[object, ...], Layout] = OrderedDict()

    def width(self, text: str, role: Role, px: int, tracking: int = 0) -> int:
        """Advance of one run in screen pixels."""
        key = (text, role, px, tracking)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > 20_000:
                self._widths.clear()
            large = self.fonts.get(role, px).size(text)[0] + len(text) * self._track(role, px, tracking)
            found = -(-large // self.fonts.over(role, px))
            self._widths[key] = found
        return found

    def _track(self, role: Role, px: int, tracking: int) -> int:
        """Space after each letter, in the font's own (too large) pixels."""
        return round(self.fonts.em(role, px) * self.fonts.over(role, px) * tracking / 100)

    def ascent(self, role: Role, px: int) -> int:
        """From the top of a rendered run (without halo) to its baseline."""
        return -(-self.fonts.get(role, px).get_ascent() // self.fonts.over(role, px))

    def baseline(self, role: Role, px: int) -> int:
        """From the middle of a line down to its baseline: half the height of a capital."""
        return round(self.fonts.em(role, px) * CAP_HEIGHT / 2)

    def layout(self, source: Rich, style: Style, px: int, width: int | None = None, lines: int | None = 1) -> Layout:
        """Break `source` into at most `lines` lines (None: as many as it takes) no wider than `width`."""
        key = (source, style.role, px, style.tracking, style.line_height, width, lines)
        found = self._layouts.get(key)
        if found is None:
            found = self._layout(source, style, px, width, lines)
            self._layouts[key] = found
            if len(self._layouts) > 4000:
                self._layouts.popitem(last=False)
        return found

    def _layout(self, source: Rich, style: Style, px: int, width: int | None, lines: int | None) -> Layout:
        height = round(px * style.line_height)
        spans = (Span(source),) if isinstance(source, str) else source
        done: list[Line] = []
        for paragraph in _paragraphs(spans):
            words = [
                (w, span, self._role(style, span)) for span in paragraph for w in re.findall(r"\S+\s*|\s+", span.text)
            ]
            if lines == 1 or width is None:
                done.append(self._line(words, style, px))
            else:
                done.extend(self._break(words, style, px, width))
        if lines is not None and len(done) > lines:
            rest = [(p.text, p.span, p.role) for line in done[lines - 1 :] for p in (*line.pieces, _gap(line))]
            done = [*done[: lines - 1], self._line(rest, style, px)]
        if width is not None:
            done = [self._shorten(line, style, px, width) for line in done]
        return Layout(tuple(done), height, max((line.width for line in done), default=0))

    @staticmethod
    def _role(style: Style, span: Span) -> Role:
        return "semibold" if span.bold and style.role == "ui" else style.role

    def _line(self, words: Sequence[tuple[str, Span, Role]], style: Style, px: int) -> Line:
        """One line: neighbouring words of one span are joined into a piece."""
        runs: list[tuple[str, Span, Role]] = []
        for text, span, role in words:
            if runs and runs[-1][1] is span:
                runs[-1] = (runs[-1][0] + text, span, role)
            else:
                runs.append((text, span, role))
        if runs:
            text, span, role = runs[-1]
            runs[-1] = (text.rstrip(), span, role)
        pieces, x = [], 0
        for text, span, role in runs:
            wide = self.width(text, role, px, style.tracking)
            pieces.append(Piece(text, span, role, x, wide))
            x += wide
        return Line(tuple(pieces), x)

    def _break(self, words: Sequence[tuple[str, Span, Role]], style: Style, px: int, width: int) -> list[Line]:
        out: list[Line] = []
        current: list[tuple[str, Span, Role]] = []
        for word in words:
            if current and self._line([*current, word], style, px).width > width:
                out.append(self._line(current, style, px))
                current = []
            current.append(word)
        out.append(self._line(current, style, px))
        return out

    def _shorten(self, line: Line, style: Style, px: int, width: int) -> Line:
        if line.width <= width:
            return line
        pieces = list(line.pieces)
        while pieces and pieces[-1].x >= width:
            pieces.pop()
        if not pieces:
            return replace(line, pieces=(), width=0, shortened=True)
        last = pieces[-1]
        low, high = 0, len(last.text)
        while low < high:
            middle = (low + high + 1) // 2
            text = last.text[:middle].rstrip() + ELLIPSIS
            if last.x + self.width(text, last.role, px, style.tracking) <= width:
                low = middle
            else:
                high = middle - 1
        text = last.text[:low].rstrip() + ELLIPSIS
        wide = self.width(text, last.role, px, style.tracking)
        if last.x + wide > width:
            text, wide = "", 0
        pieces[-1] = replace(last, text=text, width=wide)
        return Line(tuple(pieces), last.x + wide, shortened=True)

    def render(
        self, text: str, role: Role, px: int, colour: Colour, tracking: int = 0, halo: int = 0
    ) -> pygame.Surface:
        """One run in one colour; with `halo` its outline that many pixels wide instead of the letters."""
        key = ("text", text, role, px, colour, tracking, halo)
        return self._cache.get(key, lambda: self._render(text, role, px, colour, tracking, halo))

    def _render(self, text: str, role: Role, px: int, colour: Colour, tracking: int, halo: int) -> pygame.Surface:
        font, over = self.fonts.get(role, px), self.fonts.over(role, px)
        step = self._track(role, px, tracking)
        letters = list(text) if tracking else [text]
        places = [font.size(text[:i])[0] + i * step if i else 0 for i in range(len(letters))]
        wide = self.width(text, role, px, tracking) + 2 * halo + 1
        ascent, line = self.ascent(role, px), -(-font.get_height() // over) + 2 * halo + 1
        large = blank((wide * over, line * over), colour)
        down = ascent * over - font.get_ascent()  # puts the baseline on a whole pixel
        font.outline = halo * over  # sizes above must be taken before: an outline widens what the font measures
        try:
            for x, letter in zip(places, letters, strict=True):
                large.blit(font.render(letter, True, colour), (x, down))
        finally:
            font.outline = 0
        return large if over == 1 else pygame.transform.smoothscale(large, (wide, line))


def _gap(line: Line) -> Piece:
    span = line.pieces[-1].span if line.pieces else Span("")
    return Piece(" ", span, line.pieces[-1].role if line.pieces else "ui", 0, 0)


def _paragraphs(spans: Sequence[Span]) -> list[list[Span]]:
    out: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        out[-1].append(span if not others else replace(span, text=first))
        out.extend([replace(span, text=other)] for other in others)
    return out
