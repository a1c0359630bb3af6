"""The parts of a balance report: one seat on one kind of player, in any process, kept when it is finished."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.lab import pool
from game.lab.dataset import write_bytes
from game.lab.deeds import (
    LEAST_PICKED,
    MOST_PICKED,
    Deeds,
    Pick,
    Played,
    action_picks,
    clusters,
    entropy,
    picks,
    play,
)
from game.lab.gauge import reached
from game.lab.ladder import wilson
from game.lab.runner import Runner, players_of
from game.lab.texts import Texts, prepare, rules_of
from game.rules import Ruleset, World
from game.scenario import Scenario

WITHIN = 5.0
ONE_SIDED = 1.645
"""Standard errors of a one-sided test at 5 %."""
SMALL_CLUSTER = 0.05

Said = Callable[[str], None]


def _share(hits: NDArray[np.bool_]) -> dict[str, float]:
    low, high = wilson(float(hits.sum()), len(hits))
    return {"share": float(hits.mean()), "low": low, "high": high}


def met(ruleset: Ruleset, end: World, seat: str) -> dict[str, NDArray[np.bool_]]:
    """In which games each objective of a seat reached its aim."""
    return {goal.id: reached(ruleset, end.state, goal) for goal in ruleset.book.objectives if goal.seat == seat}


def _entry(ruleset: Ruleset, played: Played, seat: str, par: int | None) -> dict[str, Any]:
    scores = played.score(seat)
    found: dict[str, Any] = {
        "mean": float(scores.mean()),
        "low": float(np.percentile(scores, 10)),
        "high": float(np.percentile(scores, 90)),
        "objectives": {name: _share(hits) for name, hits in met(ruleset, played.end, seat).items()},
    }
    if par is not None:
        found["beats_par"] = _share(scores > par)
    return found


def _strategies(played: Played, seat: str) -> dict[str, Any]:
    """Games grouped by what kinds of orders a seat gave, with each group's mean score."""
    deeds = played.deeds
    counts = deeds.kinds[deeds.ruleset.seats.index(seat)].T.astype(float)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    group, scores = clusters(shares), played.score(seat)
    found: list[dict[str, Any]] = []
    for one in np.unique(group):
        inside = group == one
        if inside.mean() >= SMALL_CLUSTER:
            middle = shares[inside].mean(axis=0)
            top = [deeds.categories[i] for i in middle.argsort()[::-1][:2]]
            error = float(scores[inside].std()) / float(inside.sum()) ** 0.5
            mean, share = float(scores[inside].mean()), float(inside.mean())
            found.append({"share": share, "score": mean, "error": error, "mostly": top})
    found.sort(key=lambda one: -one["score"])
    near = [one for one in found if _close(one, found[0])]
    return {"clusters": found, "within_five_points": len(near)}


def _close(one: dict[str, Any], best: dict[str, Any]) -> bool:
    """Whether a strategy is not further from the best than it may be, as far as so few games can tell."""
    behind: float = best["score"] - one["score"]
    return bool(behind - ONE_SIDED * (one["error"] ** 2 + best["error"] ** 2) ** 0.5 <= WITHIN)


def _pick(one: Pick, certain: bool) -> dict[str, Any]:
    """An action beyond a line. certain: whether chance is ruled out by the 95 % interval."""
    return {"order": one.order, "rate": one.rate, "certain": certain}


def _orders(deeds: Deeds, seat: str) -> dict[str, Any]:
    found, every = picks(deeds, seat), action_picks(deeds, seat)
    listed = [
        {"action": one.order.partition(".")[2], "legal": one.legal / max(one.turns, 1), "rate": one.rate}
        for one in every
        if one.legal
    ]
    actions = [one for one in every if one.often_legal]
    return {
        "entropy": entropy(found),
        "often_legal": len(actions),
        "dominant": [
            _pick(one, wilson(one.picked, one.legal)[0] > MOST_PICKED) for one in actions if one.rate > MOST_PICKED
        ],
        "neglected": [
            _pick(one, wilson(one.picked, one.legal)[1] < LEAST_PICKED) for one in actions if one.rate < LEAST_PICKED
        ],
        "actions": sorted(listed, key=lambda one: -float(one["rate"])),
    }


@dataclass(frozen=True)
class Task:
    """A seat on one kind of player, all others on doctrine."""

    seat: str
    kind: str
    games: int
    seed: int

    @property
    def name(self) -> str:
        """The kind without its budget."""
        return self.kind.partition(":")[0]

    @property
    def slow(self) -> bool:
        """Whether the player looks ahead."""
        return self.name in ("planner", "minister", "strategist")

    @property
    def cost(self) -> int:
        """About how long it takes, against others of its scenario."""
        return self.games * (100 if self.slow else 1)

    def halves(self) -> list[Task]:
        return [self]


Figures = dict[str, Any]
"""Of one task: `entry`, and of players that look ahead or are the usual ones `orders` and `strategies`."""


def task_figures(ruleset: Ruleset, task: Task) -> Figures:
    """Play one task. Every order's pick rate is among them: `dominant`, `neglected`."""
    held = players_of(ruleset, "doctrine", {task.seat: task.kind})
    return figures_of(play(Runner(ruleset, held, task.seed), task.games), task)


def figures_of(played: Played, task: Task) -> Figures:
    ruleset = played.deeds.ruleset
    par = next(one.par for one in ruleset.book.scenario.seats if one.seat == task.seat)
    found: Figures = {"entry": _entry(ruleset, played, task.seat, par)}
    if task.slow or task.name == "doctrine":
        found["orders"] = {"player": task.name, **_orders(played.deeds, task.seat)}
        found["strategies"] = _strategies(played, task.seat)
    return found


def compute(texts: Texts, task: Task) -> tuple[Task, Figures]:
    """The same in another process."""
    return task, task_figures(rules_of(texts), task)


class Pieces:
    """Figures of tasks kept in a folder, so that a long report can be made in pieces; without one nothing is kept."""

    def __init__(self, folder: Path | None, texts: Texts) -> None:
        self.folder = None if folder is None else folder / texts.digest

    def _path(self, task: Task) -> Path | None:
        name = f"{task.seat}-{task.kind.replace(':', '_')}-{task.games}-{task.seed}.json"
        return None if self.folder is None else self.folder / name

    def read(self, task: Task) -> Figures | None:
        """What is kept of a task; None if nothing is, or it cannot be read."""
        path = self._path(task)
        try:
            held: Any = json.loads(path.read_text("utf-8")) if path is not None else None
        except (OSError, ValueError):
            return None
        return held if isinstance(held, dict) and "entry" in held else None

    def write(self, task: Task, figures: Figures) -> None:
        """Keep a task's figures. Raises OSError."""
        path = self._path(task)
        if path is not None:
            write_bytes(path, json.dumps(figures, ensure_ascii=False).encode())


def tasks_figures(
    scenario: Scenario,
    ruleset: Ruleset,
    tasks: Sequence[Task],
    *,
    workers: int = 0,
    folder: Path | None = None,
    said: Said = lambda text: None,
) -> dict[Task, Figures]:
    """Figures of many tasks. workers: processes, 0 for this one; folder: keeps what is finished, and is read first.

    Raises RunStoppedError, OSError.
    """
    texts = Texts.of(scenario)
    pieces = Pieces(folder, texts)
    found = {task: held for task in tasks if (held := pieces.read(task)) is not None}
    # The longest first, so that no process is left with much to do when the others have ended.
    left = sorted((task for task in tasks if task not in found), key=lambda task: -task.cost)
    if workers > 1:
        outcomes = pool.outcomes(f"{__name__}:compute", texts, iter(left), min(workers, len(left)))
    else:
        outcomes = ((task, task_figures(ruleset, task)) for task in left)
    for outcome in outcomes:
        if isinstance(outcome, pool.Lost):
            raise pool.RunStoppedError(f"{outcome.unit.seat} on {outcome.unit.kind}: {outcome.reason}")
        task, figures = outcome
        said(f"{task.seat}: {task.kind}")
        pieces.write(task, figures)
        found[task] = figures
    return found


__all__ = [
    "Figures", "Pieces", "Said", "Task", "compute", "figures_of", "met", "prepare", "task_figures", "tasks_figures",
]  # fmt: skip
