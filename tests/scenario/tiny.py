"""The tiny scenario as texts that a test can change, and where in them a piece of text stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from game.scenario import ScenarioError, load_texts

DATA = Path(__file__).parents[1] / "data"

Q, A, E, D, B, V, W, S = (
    "tiny/quantities.yaml",
    "tiny/actions.yaml",
    "tiny/events.yaml",
    "tiny/drift.yaml",
    "tiny/bodies.yaml",
    "tiny/vocabulary.yaml",
    "tiny/who.yaml",
    "tiny.yaml",
)

Case = tuple[str, str, str, str, str]
"""A fault: (file, old, new, the piece of text at whose start the fault stands, the message)."""


def texts() -> dict[str, bytes]:
    files = [DATA / "tiny.yaml", *sorted((DATA / "tiny").glob("*.yaml"))]
    return {file.relative_to(DATA).as_posix(): file.read_bytes() for file in files}


def changed(name: str, old: str, new: str) -> dict[str, bytes]:
    """The texts with one piece of one file replaced; the piece must be there."""
    files = texts()
    text = files[name].decode()
    assert old in text, f"{old!r} is not in {name}"
    return {**files, name: text.replace(old, new, 1).encode()}


def place(files: Mapping[str, bytes], name: str, piece: str) -> str:
    """`NAME:LINE:COL` of the first place of a piece of text."""
    before, found, _ = files[name].decode().partition(piece)
    assert found, f"{piece!r} is not in {name}"
    return f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def mistakes(files: Mapping[str, bytes]) -> list[str]:
    """The lines that loading prints; none if it succeeds."""
    try:
        load_texts(files)
    except ScenarioError as error:
        return str(error).splitlines()
    return []
