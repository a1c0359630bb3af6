"""Many games: runs that stream to files, their summaries, comparisons, reports, and agents.

Knows rules, players and sessions; no window and no page. What needs a further library imports it when it is used, and
a name is imported when it is first asked for, so that workers can be started before anything else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.lab.api import run
    from game.lab.dataset import DataSet, DataSetError, Failure, OtherEngineWarning
    from game.lab.extras import MissingExtraError
    from game.lab.plan import Plan, plan_of
    from game.lab.pool import RunStoppedError, cores
    from game.lab.record import Record, Tracker
    from game.lab.runner import BATCH, Runner, players_of, seeds, write_run
    from game.lab.summary import Summary

_MODULES = {
    "api": ("run",),
    "dataset": ("DataSet", "DataSetError", "Failure", "OtherEngineWarning"),
    "extras": ("MissingExtraError",),
    "plan": ("Plan", "plan_of"),
    "pool": ("RunStoppedError", "cores"),
    "record": ("Record", "Tracker"),
    "runner": ("BATCH", "Runner", "players_of", "seeds", "write_run"),
    "summary": ("Summary",),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'game.lab' has no attribute '{name}'")
    return getattr(import_module(f"game.lab.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


__all__ = [
    "BATCH",
    "DataSet",
    "DataSetError",
    "Failure",
    "MissingExtraError",
    "OtherEngineWarning",
    "Plan",
    "Record",
    "RunStoppedError",
    "Runner",
    "Summary",
    "Tracker",
    "cores",
    "plan_of",
    "players_of",
    "run",
    "seeds",
    "write_run",
]
