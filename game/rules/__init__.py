"""How the world moves: layout, compile, world, chance, phases, ledger.

Integers only; no clocks, screens or players; no files but those of compiled code (`fast`), on which no result depends.
Knows nothing of NATO or the Balkans.
"""

from game.rules.advance import CHUNK, Turn, advance, no_orders, pack, start
from game.rules.layout import Layout, Quantity
from game.rules.ledger import Change, Ledger
from game.rules.legality import Reason, legal_after, legal_mask, legal_queues, purse_left, reasons, slots_left
from game.rules.observe import observe
from game.rules.ruleset import Ruleset, compile_rules
from game.rules.world import World, fingerprint

__all__ = [
    "CHUNK",
    "Change",
    "Layout",
    "Ledger",
    "Quantity",
    "Reason",
    "Ruleset",
    "Turn",
    "World",
    "advance",
    "compile_rules",
    "fingerprint",
    "legal_after",
    "legal_mask",
    "legal_queues",
    "no_orders",
    "observe",
    "pack",
    "purse_left",
    "reasons",
    "slots_left",
    "start",
]
