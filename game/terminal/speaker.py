"""Lines of text to a screen, a screen reader, a file or a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TextIO

Style = Literal["plain", "title", "heading", "good", "bad", "dim", "warning"]


@dataclass(frozen=True)
class Line:
    """One line, whole: it reads well by itself. indent: steps below its heading."""

    text: str
    style: Style = "plain"
    indent: int = 0


@dataclass(frozen=True)
class Table:
    """Columns for the eye; `lines` say the same where nobody sees columns.

    words: which columns hold words, the others figures; tones: style of each cell.
    """

    headings: tuple[str, ...]
    words: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    tones: tuple[tuple[Style, ...], ...]
    lines: tuple[Line, ...]


Part = Line | Table


class Speaker(Protocol):
    """Where the game's words go."""

    def say(self, parts: Iterable[Part]) -> None: ...

    def clear(self) -> None:
        """Hide what was said before (a hand-over between persons)."""
        ...


class PlainSpeaker:
    """Text alone: one line a sentence, nothing wrapped, no colours. For pipes, files and screen readers."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def say(self, parts: Iterable[Part]) -> None:
        for part in parts:
            for line in part.lines if isinstance(part, Table) else (part,):
                self.out.write("  " * line.indent + line.text + "\n")
        self.out.flush()

    def clear(self) -> None:
        self.out.write("\n" * 3)
        self.out.flush()


STYLES: Mapping[Style, str] = {
    "plain": "",
    "title": "bold underline",
    "heading": "bold cyan",
    "good": "green",
    "bad": "red",
    "dim": "dim",
    "warning": "bold yellow",
}
"""How a terminal shows each style."""


class RichSpeaker:
    """A terminal with colours: wrapped lines, tables where they help."""

    def __init__(self, out: TextIO) -> None:
        from rich.console import Console

        self.console = Console(file=out, highlight=False, markup=False, emoji=False)

    def say(self, parts: Iterable[Part]) -> None:
        from rich.padding import Padding
        from rich.text import Text

        for part in parts:
            if isinstance(part, Table):
                self._table(part)
            else:
                text = Text(part.text, style=STYLES[part.style])
                self.console.print(Padding(text, (0, 0, 0, 2 * part.indent), expand=False))

    def _table(self, table: Table) -> None:
        from rich.table import Table as RichTable
        from rich.text import Text

        shown = RichTable(box=None, pad_edge=False, header_style="bold")
        for heading, words in zip(table.headings, table.words, strict=True):
            shown.add_column(heading, justify="left" if words else "right", overflow="fold")
        for cells, tones in zip(table.rows, table.tones, strict=True):
            styled = [Text(cell, style=STYLES[tone]) for cell, tone in zip(cells, tones, strict=True)]
            shown.add_row(*styled)
        self.console.print(shown)

    def clear(self) -> None:
        self.console.clear()


def speaker_for(out: TextIO | None = None, plain: bool = False) -> Speaker:
    """A terminal gets colours and tables; a pipe, a file, or whoever asks for it plain text."""
    out = out or sys.stdout
    return RichSpeaker(out) if out.isatty() and not plain else PlainSpeaker(out)
