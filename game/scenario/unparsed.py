"""What a file that is not YAML most likely means: the slip in plain words, where it was made."""

from __future__ import annotations

import re
from typing import Any

_BRACKETS = "an expression with [ ] stands in quotes inside a list or mapping in brackets"


def slip(data: bytes, problem: str, at: Any, since: Any) -> tuple[int, int, str]:
    """(line, column, message), counted from 1. problem: the parser's word; at, since: its marks, each may be None."""
    lines = data.decode("utf-8-sig", "replace").splitlines()
    mark = at or since
    if mark is None:
        return 1, 1, problem
    line, column = mark.line, mark.column
    text = lines[line] if line < len(lines) else ""
    sign = text[column : column + 1]
    here = (line + 1, column + 1)
    if "cannot start any token" in problem:
        if sign == "\t" or (not text[:column].strip() and "\t" in text[: column + 1]):
            return *here, "a tab stands here; lines are indented with spaces"
        return *here, f"a text that begins with '{sign}' stands in quotes"
    if "mapping values are not allowed" in problem:
        if re.search(r":\s", text[:column]):
            return *here, "a text with ': ' in it stands in quotes"
        return *here, "this line stands further in than the lines that it belongs to"
    if "sequence entries are not allowed" in problem:
        return *here, "a list begins on a line of its own, and a text that begins with '- ' stands in quotes"
    if "end of stream" in problem and since is not None:
        return since.line + 1, since.column + 1, "the quote that opens here is not closed"
    if "could not find expected ':'" in problem and since is not None:
        return since.line + 1, since.column + 1, "a key is followed by a colon and a space"
    if "expected ',' or" in problem and since is not None:
        return _in_brackets(lines, (line, column), (since.line, since.column))
    if re.search("expected key|expected '-'|<block end>", problem):
        if opened := _opened_above(lines, line, text[:column]):
            return opened
        if re.search(r"\w'$", text[:column]):
            return *here, "a quote ended before this; an apostrophe within single quotes is written twice: ''"
        return *here, "this line does not stand as far in as the lines that it belongs to"
    return *here, problem


def _opened_above(lines: list[str], line: int, before: str) -> tuple[int, int, str] | None:
    """Where a text began that ends only at a quote of this line, which was meant to open another."""
    for quote in "'\"":
        for number in range(line - 1, -1, -1) if before.count(quote) % 2 else ():
            opening = re.search(rf"(?:[:\-,]\s|[\[{{]|^\s*){quote}", lines[number])
            if opening and lines[number].count(quote) % 2:
                return number + 1, opening.end(), "the quote that opens here is not closed"
    return None


def _in_brackets(lines: list[str], at: tuple[int, int], since: tuple[int, int]) -> tuple[int, int, str]:
    """Why a list or a mapping in brackets does not end where it should. Places count from 0."""
    (line, column), (first, opened) = at, since
    for number in range(first, min(line + 1, len(lines))):
        said = re.sub(r"\s#.*", "", lines[number])
        for quote in "'\"":
            if said.count(quote) % 2:
                return number + 1, said.rindex(quote) + 1, f"a quote ({quote}) of this line is not closed"
    text = lines[line] if line < len(lines) else ""
    if text[column : column + 1] != "[" and line > first:
        return first + 1, opened + 1, f"the bracket '{lines[first][opened : opened + 1]}' that opens here is not closed"
    return line + 1, column + 1, f"a comma or a closing bracket is missing; {_BRACKETS}"
