"""Chance: odds as thresholds, and draws that follow from luck, turn and rule."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from hashlib import blake2b

from .binding import Things
from .numbers import whole

LOW32, LOW64 = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF
CERTAIN = 1 << 24


def threshold(odds: Fraction, months: int = 3) -> int:
    """The number below which a draw means yes. Odds a quarter become odds a month by their cube root."""
    if months == 1:
        with localcontext() as context:
            context.prec = 60
            stays = Decimal((1 - odds).numerator) / Decimal((1 - odds).denominator)
            odds = 1 - Fraction(stays ** (Decimal(1) / 3)) if stays else Fraction(1)
    return whole(odds * CERTAIN)


def instance_words(rule: str, things: Things) -> tuple[int, int]:
    digest = blake2b(f"{rule}|{'.'.join(things)}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def turn_words(luck: int, turn: int) -> tuple[int, int]:
    z = (luck + (2 * turn + 1) * 0x9E3779B97F4A7C15) & LOW64
    z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & LOW64
    z = ((z ^ z >> 27) * 0x94D049BB133111EB) & LOW64
    z ^= z >> 31
    return z & LOW32, z >> 32


def draw(instance: tuple[int, int], turn: tuple[int, int]) -> int:
    x = ((instance[0] ^ turn[0]) * 0x85EBCA6B) & LOW32
    x ^= x >> 15
    x = ((x ^ instance[1]) + turn[1]) & LOW32
    x = (x * 0xC2B2AE35) & LOW32
    x ^= x >> 16
    return x >> 8
