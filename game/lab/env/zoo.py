"""All seats of one game, as a PettingZoo `ParallelEnv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from game.lab.bounds import SEEDS, whole_number
from game.lab.env.core import Core, Readable
from game.lab.env.spaces import action_space, observation_space
from game.lab.extras import need
from game.rules import Ruleset
from game.scenario import Scenario

_pettingzoo = need("pettingzoo", "agents")


class OpenDoorEnv(Readable, _pettingzoo.ParallelEnv):  # type: ignore[misc, name-defined]
    """One game; the agents are seats. The reward is the change of a seat's score, when a turn resolves.

    seats: the agents (all playable seats if not given); others: who plays the rest.
    """

    metadata: ClassVar[dict[str, Any]] = {"name": "open_door_v0", "render_modes": [], "is_parallelizable": True}
    render_mode = None

    def __init__(
        self,
        scenario: str | Path | Scenario | Ruleset = "bucharest_2008",
        seats: Iterable[str] | None = None,
        others: str = "doctrine",
    ) -> None:
        self.core = Core(scenario, seats, others)
        self.possible_agents = list(self.core.seats)
        self.agents: list[str] = []
        self.observation_spaces = {seat: observation_space(self.core, seat) for seat in self.possible_agents}
        self.action_spaces = {seat: action_space(self.core, seat) for seat in self.possible_agents}
        self.lucks = np.random.default_rng(0)

    def observation_space(self, agent: str) -> Any:
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> Any:
        return self.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: Mapping[str, Any] | None = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """A new game. A seed is the game's luck; without one the next of a fixed sequence is taken."""
        if seed is not None:
            seed = whole_number("seed", seed)
            if not 0 <= seed < SEEDS:
                raise ValueError(f"seed: a game's seed is from 0 to {SEEDS - 1}, not {seed}")
            self.lucks = np.random.default_rng(seed)
        luck = self.lucks.integers(2**63) if seed is None else seed
        self.core.reset(np.array([luck], np.uint64))
        self.agents = self.possible_agents[:]
        return self._observations(), {seat: {"turn": 1, "allowed": True} for seat in self.agents}

    def _observations(self) -> dict[str, Any]:
        return {
            seat: {"observation": self.core.observation(seat)[0], "action_mask": self.core.mask(seat)[0]}
            for seat in self.agents
        }

    def action_text(self, agent: str, action: int) -> str:
        """The order that an action of a seat is, in its text form; `pass` for 0. Raises TypeError, ValueError."""
        if agent not in self.possible_agents:
            raise ValueError(f"there is no agent {agent!r}; there are {', '.join(self.possible_agents)}")
        return self.core.action_text(agent, action)

    def _actions(self, actions: Mapping[str, int]) -> dict[str, int]:
        """One action of every agent, judged before any of them is taken."""
        if not isinstance(actions, Mapping):
            raise TypeError(f"actions: {actions!r} is not a mapping of seats to actions")
        for seat in actions:
            if seat not in self.possible_agents:
                raise ValueError(f"actions: there is no agent {seat!r}; there are {', '.join(self.possible_agents)}")
        if missing := [seat for seat in self.agents if seat not in actions]:
            raise ValueError(f"actions: every seat acts in a step, 0 to pass; missing: {', '.join(missing)}")
        chosen = {seat: whole_number(f"{seat}: action", actions[seat]) for seat in self.agents}
        for seat, action in chosen.items():
            self.core.action_text(seat, action)
        return chosen

    def step(self, actions: Mapping[str, int]) -> tuple[dict[str, Any], ...]:
        """One order or pass of every seat. `infos` say which turn it is and whether the action was allowed.

        Raises TypeError, ValueError that names the seat whose action is missing or none.
        """
        chosen = self._actions(actions)
        allowed = {seat: bool(self.core.act(seat, [chosen[seat]])[0]) for seat in self.agents}
        before = {seat: float(self.core.score(seat)[0]) for seat in self.agents}
        self.core.resolve()
        over = bool(self.core.over[0])
        rewards = {seat: float(self.core.score(seat)[0]) - before[seat] for seat in self.agents}
        observations = self._observations()
        infos = {seat: {"turn": self.core.world.turn, "allowed": allowed[seat]} for seat in self.agents}
        ended, cut = dict.fromkeys(self.agents, over), dict.fromkeys(self.agents, False)
        if over:
            self.agents = []
        return observations, rewards, ended, cut, infos

    def render(self) -> None:
        """Nothing is drawn; open a game with `game play`."""

    def close(self) -> None:
        """Nothing is held."""
