"""Write the interface cues as WAV files beside this script; the same bytes on every machine.

Each note is a sum of sine partials under an exponential decay. Sines come from an integer recurrence in
fixed point, not from the platform's `math.sin`, so that no rounding of a C library reaches the files.
"""

from __future__ import annotations

import sys
import wave
from array import array
from pathlib import Path

RATE = 22_050
ONE = 1 << 30
PI = 3_373_259_426  # pi * 2**30

# cue -> notes of (start ms, length ms, pitch in hundredths of Hz, loudness per mille of full scale)
CUES: dict[str, tuple[tuple[int, int, int, int], ...]] = {
    "select": ((0, 90, 88_000, 90),),
    "queue": ((0, 130, 65_926, 100), (70, 200, 98_767, 95)),
    "undo": ((0, 130, 78_399, 90), (70, 200, 52_325, 90)),
    "end_turn": ((0, 500, 39_200, 100), (110, 560, 52_325, 95), (220, 700, 65_926, 90)),
    "event": ((0, 420, 44_000, 110), (0, 420, 52_325, 80), (190, 620, 44_000, 110), (190, 620, 58_733, 80)),
    "chapter": (
        (0, 900, 26_163, 100),
        (140, 900, 39_200, 90),
        (280, 1000, 52_325, 85),
        (420, 1200, 65_926, 80),
    ),
}
PARTIALS = ((1, 1000), (2, 260), (3, 90))  # multiple of the pitch, per mille of the loudness


def cosine(angle: int) -> int:
    """Cosine of a fixed-point angle in 0..pi (2**30 = 1 radian), as fixed point."""
    if angle > PI // 2:
        return -cosine(PI - angle)
    square = angle * angle // ONE
    term, total = ONE, ONE
    for n in range(1, 10):
        term = -term * square // ONE // ((2 * n - 1) * (2 * n))
        total += term
    return total


def sine_steps(pitch: int, count: int) -> list[int]:
    """`count` samples of a sine of `pitch` hundredths of Hz, in fixed point."""
    step = 2 * PI * pitch // (100 * RATE)
    twice = 2 * cosine(step)
    before, now = -cosine(PI // 2 - step), 0  # sin(-step), sin(0)
    samples = []
    for _ in range(count):
        samples.append(now)
        before, now = now, twice * now // ONE - before
    return samples


def cue(notes: tuple[tuple[int, int, int, int], ...]) -> array[int]:
    """Mix the notes of one cue into 16-bit samples."""
    length = max(start + long for start, long, _, _ in notes) * RATE // 1000
    mix = [0] * length
    for start, long, pitch, loudness in notes:
        first, count = start * RATE // 1000, long * RATE // 1000
        attack = RATE // 200
        for multiple, share in PARTIALS:
            for i, value in enumerate(sine_steps(pitch * multiple, count)):
                left = count - i
                envelope = left * left * 1024 // (count * count) * left // count
                envelope = envelope * min(i, attack) // attack
                level = value * envelope // 1024 * loudness // 1000 * share // 1000
                mix[first + i] += level
    out = array("h", (max(-32_767, min(32_767, value * 32_767 // ONE)) for value in mix))
    if sys.byteorder == "big":
        out.byteswap()
    return out


def build(folder: Path) -> list[Path]:
    """Write every cue into `folder`; return the paths in order of name."""
    paths = []
    for name, notes in sorted(CUES.items()):
        path = folder / f"{name}.wav"
        with wave.open(str(path), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(cue(notes).tobytes())
        paths.append(path)
    return paths


if __name__ == "__main__":
    for written in build(Path(__file__).parent):
        print(written.name)
