"""An event made to happen: what it would set in a game as it stands."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.rules.legality import frame_of
from game.session.game import Game


def event_changes(game: Game, event: str, binding: tuple[str, ...]) -> dict[str, int]:
    """What an event would set if it happened now: its effects, its mark, and its card on a seat's desk.

    Raises ValueError on an event that does not exist with this binding.
    """
    ruleset = game.ruleset
    phase = ruleset.events
    bindings = ruleset.catalogue.bindings.get(event, ())
    happening = next((one for one in phase.happenings if one.template.id == event), None)
    if happening is None or binding not in bindings:
        raise ValueError(event)
    rule = phase.phase.rules[happening.rule]
    mask = np.zeros((len(rule.bindings), 1), np.bool_)
    mask[list(rule.bindings).index(binding), 0] = True
    world = game.world
    delta = phase.phase.delta(1)
    sets: list[Any] = []
    phase.phase.apply(happening.rule, mask, frame_of(ruleset, world), delta, sets, None)
    state = world.state.copy()
    phase.phase.finish(state, delta, sets, None)
    names, before = ruleset.layout.names, world.state[:, 0]
    changes = {names[row]: int(state[row, 0]) for row in np.flatnonzero(state[:, 0] != before).tolist()}
    changes[ruleset.layout.names[phase.last.rows.start + happening.instances.start + list(bindings).index(binding)]] = (
        game.turn
    )
    for place, card in enumerate(ruleset.catalogue.cards):
        if card.event == event and card.binding == binding:
            changes[f"card[{ruleset.seats[card.seat]}]"] = place + 1
    return changes
