"""Chance as a function of (luck, turn, rule, binding), and the odds ladder.

Nothing is ever "the next number": adding a rule shifts no other rule's luck, and two branches of one
game share theirs. All arithmetic is on unsigned integers; see `docs/engine.md` for the definition.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

BITS = 24
LADDER = (0, 2, 5, 10, 20, 35, 60, 100, 160, 240, 340, 450, 560, 660, 760, 840, 900, 940, 965, 980, 990)
"""Odds per mille a quarter by rung."""

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = 0xFFFFFFFFFFFFFFFF


def key(rule: str, binding: Sequence[str]) -> tuple[int, int]:
    """The two 32-bit words that stand for one instance of a rule."""
    digest = blake2b(f"{rule}|{'.'.join(binding)}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def game_words(luck: NDArray[np.uint64], turn: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Two 32-bit words for each game in one turn (SplitMix64 of the game's luck). Shape [games] each."""
    z = luck + np.uint64(((2 * turn + 1) * _GOLDEN) & _MASK)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return z.astype(np.uint32), (z >> np.uint64(32)).astype(np.uint32)


def draws(
    keys: tuple[NDArray[np.uint32], NDArray[np.uint32]],
    words: tuple[NDArray[np.uint32], NDArray[np.uint32]],
) -> NDArray[np.int32]:
    """One draw in [0, 2^24) for each instance and game. keys [instances, 1], words [games] → [instances, games]."""
    first, second = keys
    low, high = words
    x = first ^ low
    x *= np.uint32(0x85EBCA6B)
    x ^= x >> np.uint32(15)
    x ^= second
    x += high
    x *= np.uint32(0xC2B2AE35)
    x ^= x >> np.uint32(16)
    x >>= np.uint32(32 - BITS)
    drawn: NDArray[np.int32] = x.view(np.int32)
    return drawn


def threshold(odds: Fraction) -> int:
    """The number below which a draw means yes: odds × 2^24, halves up."""
    return ((2 * odds.numerator << BITS) + odds.denominator) // (2 * odds.denominator)


def _cube_root(number: int) -> int:
    """The whole part of a cube root (Newton's method on integers)."""
    if number == 0:
        return 0
    root: int = 1 << -(-number.bit_length() // 3)
    while True:
        better = (2 * root + number // (root * root)) // 3
        if better >= root:
            return root
        root = better


def monthly(odds: Fraction) -> Fraction:
    """1 − (1 − p)^(1/3) to 2^-80: the odds a month that make up odds a quarter."""
    scale = 80
    stays = 1 - odds
    root = _cube_root((stays.numerator << (3 * scale)) // stays.denominator)
    return 1 - Fraction(root, 1 << scale)


def ladder_thresholds(turn_months: int) -> NDArray[np.int32]:
    """Thresholds by rung for turns of one or three months. Shape [21]."""
    quarterly = [Fraction(p, 1000) for p in LADDER]
    odds = quarterly if turn_months == 3 else [monthly(p) for p in quarterly]
    return np.array([threshold(p) for p in odds], dtype=np.int32)
