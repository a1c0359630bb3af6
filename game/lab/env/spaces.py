"""The spaces of observations and actions."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.lab.env.core import EXTRA, Core
from game.lab.extras import need


def observation_space(core: Core, seat: str) -> Any:
    """A Dict of `observation`, the raw rows with two entries more, and `action_mask`."""
    spaces = need("gymnasium", "agents").spaces
    layout = core.ruleset.layout
    most = np.full(len(EXTRA), 2**31 - 1, np.int32)
    low = np.concatenate([layout.low[:, 0], -most])
    high = np.concatenate([layout.high[:, 0], most])
    return spaces.Dict(
        {
            "observation": spaces.Box(low, high, dtype=np.int32),
            "action_mask": spaces.Box(0, 1, (core.actions(seat),), np.int8),
        }
    )


def action_space(core: Core, seat: str) -> Any:
    return need("gymnasium", "agents").spaces.Discrete(core.actions(seat))
