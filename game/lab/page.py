"""A report as one self-contained HTML page: text, tables, charts whose library is on the page itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from shlex import quote
from typing import Any

from game.lab.extras import need

STYLE = """
:root { --ink: #1d2733; --quiet: #5d6b7a; --line: #dfe5ec; --paper: #fff; --back: #f3f5f8; --good: #1b7f6b;
  --bad: #b4472e; --accent: #24527a; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink);
  font: 16px/1.55 "Source Sans 3", "Source Sans Pro", system-ui, "Segoe UI", sans-serif; }
header { background: var(--accent); color: #fff; padding: 2.2rem 1.5rem 1.8rem; }
header h1 { margin: 0 auto; font: 600 2rem/1.2 "Source Serif 4", "Source Serif Pro", Georgia, serif; }
header p { margin: .5rem auto 0; opacity: .9; }
header > *, main { max-width: 72rem; }
main { padding: 1rem 0 4rem; margin: 0 auto; width: calc(100% - 3rem); }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1.2rem 1.5rem 1.4rem;
  margin-top: 1.2rem; overflow-x: auto; }
h2 { margin: 0 0 .4rem; font: 600 1.3rem/1.3 "Source Serif 4", "Source Serif Pro", Georgia, serif; }
section > p { margin: .2rem 0 .9rem; max-width: 58rem; color: var(--quiet); }
.figures { display: flex; flex-wrap: wrap; gap: .8rem; margin: .4rem 0 .2rem; padding: 0; list-style: none; }
.figures li { flex: 1 1 9rem; border-left: 3px solid var(--accent); padding: .1rem .8rem; }
.figures b { display: block; font-size: 1.45rem; font-variant-numeric: tabular-nums; }
.figures span { color: var(--quiet); font-size: .92rem; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th { text-align: left; color: var(--quiet); font-weight: 600; border-bottom: 2px solid var(--line); }
th, td { padding: .3rem .7rem; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
th { vertical-align: bottom; }
td { border-bottom: 1px solid var(--line); }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
td.n { white-space: nowrap; } td.wrap { min-width: 3.4rem; }
td.bad { color: var(--bad); } td.good { color: var(--good); }
code { font: .9em/1.4 "Source Code Pro", ui-monospace, monospace; background: var(--back); padding: .1rem .3rem;
  border-radius: 4px; }
.vega-embed { width: 100%; }
footer { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem 3rem; color: var(--quiet); font-size: .9rem; }
@media (max-width: 40rem) {
  main { width: calc(100% - 1rem); }
  header { padding: 1.4rem 1rem 1.2rem; }
  section { padding: .9rem .8rem 1rem;
    /* A shadow at the right for as long as there is more to scroll to: the paper above it moves with the content. */
    background: linear-gradient(to left, var(--paper) 1.5rem, transparent) right / 3rem 100% no-repeat local,
      linear-gradient(to left, #8b98a6, transparent) right / .7rem 100% no-repeat scroll, var(--paper); }
  table { font-size: .75rem; line-height: 1.35; }
  th, td { padding: .3rem .22rem; }
  td.n:last-child, td.wrap { white-space: normal; }
}
"""


NARROW = (
    "if (matchMedia('(max-width: 40rem)').matches) Object.assign(spec.config.axis, "
    "{labelFontSize: 9, labelLimit: 165, titleFontSize: 9, titleAnchor: 'end'});"
)
"""On a narrow page names of bars leave room for the bars, and an axis's title may begin below the names."""


@dataclass
class Section:
    """A part of a page. figures: (number, what it is); chart: an Altair chart; table: heads and rows.

    A cell is a text, a number, or a (text, classes) pair; the class `n` sets a text as numbers are, at the right.
    """

    title: str
    text: str = ""
    figures: Sequence[tuple[str, str]] = ()
    chart: Any = None
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()


@dataclass
class Page:
    """A report."""

    title: str
    lead: str
    sections: list[Section] = field(default_factory=list)
    foot: str = ""


def command(folder: str) -> str:
    """The command that opens the first game of a run's folder, to be pasted into a shell."""
    return f"game play --from {quote(folder)} --game 0 --turn 1"


def share(part: float, kind: str = "", digits: int = 0) -> tuple[str, str]:
    """A share as a cell of a table. kind: further classes."""
    return f"{part * 100:.{digits}f} %", f"n {kind}".strip()


def interval(share: float, low: float, high: float) -> tuple[str, str]:
    """A share and its interval as a cell of a table: `20 % (14–28)`. On a narrow page the interval goes below."""
    return (
        f"{share * 100:.0f}\N{NO-BREAK SPACE}% ({low * 100:.0f}\N{WORD JOINER}–\N{WORD JOINER}{high * 100:.0f})",
        "n wrap",
    )


def _cell(value: Any, digits: int = 1) -> str:
    kind = ""
    if isinstance(value, tuple):
        value, kind = value
    if isinstance(value, bool) or value is None:
        value = {None: "–", True: "yes", False: "no"}[value]
    if isinstance(value, int | float):
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}"
        return f'<td class="n {kind}">{text.replace("-", "−")}</td>'
    return f'<td class="{kind}">{_breakable(_marked(str(value)))}</td>'


def _marked(text: str) -> str:
    """Escaped, with `code` in backquotes."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


def _breakable(text: str) -> str:
    """A cell whose long names may go on in the next line where they are put together."""
    return text if " " in text else re.sub(r"(?<=[a-z0-9])([._])(?=[a-z])", r"\1<wbr>", text)


def _is_number(cell: Any) -> bool:
    value, kind = cell if isinstance(cell, tuple) else (cell, "")
    return "n" in kind.split() or (isinstance(value, int | float) and not isinstance(value, bool))


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    numeric = [any(_is_number(row[place]) for row in rows if place < len(row)) for place in range(len(heads))]
    head = "".join(f'<th class="{"n" if n else ""}">{escape(h)}</th>' for h, n in zip(heads, numeric, strict=True))
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def html(page: Page) -> str:
    """The page's text; it needs no other file and no network. Raises MissingExtraError."""
    charts: list[Mapping[str, Any]] = []
    parts = []
    for section in page.sections:
        inner = [f"<h2>{escape(section.title)}</h2>"]
        if section.text:
            inner.append(f"<p>{_marked(section.text)}</p>")
        if section.figures:
            items = "".join(f"<li><b>{escape(n)}</b><span>{escape(t)}</span></li>" for n, t in section.figures)
            inner.append(f'<ul class="figures">{items}</ul>')
        if section.chart is not None:
            inner.append(f'<div id="chart{len(charts)}"></div>')
            charts.append(section.chart.to_dict())
        if section.rows:
            inner.append(_table(section.heads, section.rows))
        parts.append(f"<section>{''.join(inner)}</section>")
    script = ""
    if charts:
        bundle = need("vl_convert", "lab").javascript_bundle()
        specs = json.dumps(charts).replace("</", "<\\/")
        options = '{"actions": false, "renderer": "svg"}'
        script = (
            f"<script>{bundle}</script><script>{specs}.forEach((spec, i) => {{ {NARROW} "
            f"vegaEmbed('#chart' + i, spec, {options}).catch(console.error); }});</script>"
        ).replace(f"<script>{specs}", f"<script>const charts = {specs}; charts", 1)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(page.title)}</title><style>{STYLE}</style></head><body>"
        f"<header><h1>{escape(page.title)}</h1><p>{_marked(page.lead)}</p></header><main>{''.join(parts)}</main>"
        f"<footer>{_marked(page.foot)}</footer>{script}</body></html>\n"
    )


def chart(rows: Sequence[Mapping[str, Any]]) -> Any:
    """An Altair chart of rows, with the page's fonts and colours set by `finished`."""
    altair = need("altair", "lab")
    return altair.Chart(altair.Data(values=list(rows)))


def finished(made: Any) -> Any:
    """A chart in the page's style, as wide as there is room."""
    return (
        made.properties(width="container", autosize={"type": "fit-x", "contains": "padding"})
        .configure(font="sans-serif", padding={"left": 28, "right": 12, "top": 6, "bottom": 6})
        .configure_view(stroke=None)
        .configure_axis(grid=True, gridColor="#e8edf2", domain=False, ticks=False, labelFontSize=12, labelLimit=260)
        .configure_axisY(grid=False)
        .configure_legend(orient="top", title=None, labelFontSize=12)
    )


BLUE, GREEN, AMBER, RED, GREY = "#24527a", "#1b7f6b", "#c58a1c", "#b4472e", "#9aa7b4"
