"""Many games: runs that stream to files, and their summaries.

Knows rules and players; no window and no page.
"""

from game.lab.record import Record, Tracker
from game.lab.runner import BATCH, Runner, players_of, seeds, write_run
from game.lab.summary import Summary

__all__ = ["BATCH", "Record", "Runner", "Summary", "Tracker", "players_of", "seeds", "write_run"]
