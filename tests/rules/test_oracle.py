"""Two engines, one truth: the array engine against the plain interpreter, bit for bit, on random orders."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
AWKWARD = (DATA / "awkward_rules.yaml").read_text(encoding="utf-8") if (DATA / "awkward_rules.yaml").is_file() else ""

Queues = list[list[int]]
