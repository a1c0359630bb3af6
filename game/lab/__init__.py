"""Many games: runs that stream to files, their summaries, comparisons, reports, and agents.

Knows rules, players and sessions; no window and no page. What needs a further library imports it when it is used.
"""

from game.lab.api import cores, run
from game.lab.dataset import DataSet, DataSetError, Failure
from game.lab.extras import MissingExtraError
from game.lab.plan import Plan, plan_of
from game.lab.pool import RunStoppedError
from game.lab.record import Record, Tracker
from game.lab.runner import BATCH, Runner, players_of, seeds, write_run
from game.lab.summary import Summary

__all__ = [
    "BATCH",
    "DataSet",
    "DataSetError",
    "Failure",
    "MissingExtraError",
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
