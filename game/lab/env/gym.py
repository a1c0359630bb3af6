"""One seat for Gymnasium: a single game, and many games in step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from game.lab.bounds import whole_number
from game.lab.env.core import Core, Readable
from game.lab.env.spaces import action_space, observation_space
from game.lab.extras import need
from game.rules import Ruleset
from game.scenario import Scenario

_gymnasium = need("gymnasium", "agents")
_error = need("gymnasium.error", "agents")
_vector = need("gymnasium.vector", "agents")


def _first_seat(core_scenario: Any, seat: str | None, others: str) -> tuple[Core, str]:
    core = Core(core_scenario, None if seat is None else [seat], others)
    return (core, seat) if seat is not None else (Core(core.ruleset, core.seats[:1], others), core.seats[0])


def _need_reset(core: Core) -> None:
    """Raise Gymnasium's ResetNeeded where no game has begun."""
    if not core.begun:
        raise _error.ResetNeeded("No game has begun: call reset() before step().")


class _OfSeat(Readable):
    """How to read one seat's observations and actions."""

    seat: str

    def action_text(self, action: int) -> str:
        """The order that an action is, in its text form; `pass` for 0. Raises TypeError, ValueError."""
        return self.core.action_text(self.seat, action)


class SeatEnv(_OfSeat, _gymnasium.Env):  # type: ignore[misc, name-defined]
    """One seat of one game against `others`. The reward is the change of its score, when a turn resolves."""

    metadata: ClassVar[dict[str, Any]] = {"render_modes": []}

    def __init__(
        self,
        scenario: str | Path | Scenario | Ruleset = "bucharest_2008",
        seat: str | None = None,
        others: str = "doctrine",
        render_mode: None = None,
    ) -> None:
        self.core, self.seat = _first_seat(scenario, seat, others)
        self.render_mode = render_mode
        self.observation_space = observation_space(self.core, self.seat)
        self.action_space = action_space(self.core, self.seat)

    def reset(
        self, *, seed: int | None = None, options: Mapping[str, Any] | None = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """A new game whose luck is drawn from `np_random`, which the seed sets."""
        super().reset(seed=seed)
        self.core.reset(np.array([self.np_random.integers(2**63)], np.uint64))
        return self._observation(), {"turn": 1, "allowed": True}

    def _observation(self) -> dict[str, Any]:
        seat = self.seat
        return {"observation": self.core.observation(seat)[0], "action_mask": self.core.mask(seat)[0]}

    def step(self, action: int) -> tuple[dict[str, Any], float, bool, bool, dict[str, Any]]:
        """One order, or pass, which resolves the turn.

        Raises TypeError for what is no whole number, ValueError for an action that is none, ResetNeeded.
        """
        _need_reset(self.core)
        allowed = bool(self.core.act(self.seat, [whole_number(f"{self.seat}: action", action)])[0])
        before = float(self.core.score(self.seat)[0])
        self.core.resolve()
        reward = float(self.core.score(self.seat)[0]) - before
        over = bool(self.core.over[0])
        return self._observation(), reward, over, False, {"turn": self.core.world.turn, "allowed": allowed}


class ManyGamesEnv(_OfSeat, _vector.VectorEnv):  # type: ignore[misc, name-defined]
    """One seat of many games in step: a turn resolves when the seat has passed in all of them.

    A game that has passed, or ended, may only pass. There is no resetting of single games: call `reset` when all
    have ended. Raises TypeError, ValueError for a number of games that is none.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario | Ruleset = "bucharest_2008",
        seat: str | None = None,
        games: int = 1024,
        others: str = "doctrine",
    ) -> None:
        games = whole_number("games", games)
        if games < 1:
            raise ValueError(f"games: an environment has at least one game, not {games}")
        self.core, self.seat = _first_seat(scenario, seat, others)
        self.num_envs = games
        self.metadata = {"autoreset_mode": _vector.AutoresetMode.DISABLED}
        self.single_observation_space = observation_space(self.core, self.seat)
        self.single_action_space = action_space(self.core, self.seat)
        batch = need("gymnasium.vector.utils", "agents").batch_space
        self.observation_space = batch(self.single_observation_space, games)
        self.action_space = batch(self.single_action_space, games)

    def reset(
        self, *, seed: int | None = None, options: Mapping[str, Any] | None = None
    ) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """New games; game i has the luck seed + i. Without a seed, the next of `np_random`, which the last seed set."""
        super().reset(seed=seed)
        first = int(self.np_random.integers(2**62)) if seed is None else seed
        self.core.reset(np.arange(first, first + self.num_envs, dtype=np.uint64))
        return self._observation(), {"turn": 1}

    def _observation(self) -> dict[str, NDArray[Any]]:
        return {"observation": self.core.observation(self.seat), "action_mask": self.core.mask(self.seat)}

    def step(
        self, actions: NDArray[np.integer]
    ) -> tuple[dict[str, NDArray[Any]], NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], dict[str, Any]]:
        """One order or pass in every game. Raises ValueError for an action that is none, ResetNeeded."""
        _need_reset(self.core)
        allowed = self.core.act(self.seat, actions)
        before = self.core.score(self.seat)
        self.core.resolve()
        reward = self.core.score(self.seat) - before
        over = self.core.over
        return (
            self._observation(),
            reward,
            over,
            np.zeros_like(over),
            {"turn": self.core.world.turn, "allowed": allowed},
        )
