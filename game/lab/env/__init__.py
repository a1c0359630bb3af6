"""Environments for learning agents: PettingZoo for all seats, Gymnasium for one, in one game or in thousands.

One step is one order or *pass*; the turn resolves when all have passed. `action_mask` is what the rules' one judge of
orders allows after the queue: action 0 passes, action i gives the seat's i-th order. An action that is masked passes.
Needs the extra `agents`.
"""

from game.lab.env.core import Core
from game.lab.env.gym import ManyGamesEnv, SeatEnv
from game.lab.env.zoo import OpenDoorEnv

__all__ = ["Core", "ManyGamesEnv", "OpenDoorEnv", "SeatEnv"]
