"""How fast the lab is: runs on all cores against the engine on one, and peak memory.

    uv run --extra lab python benchmarks/lab.py            a table
    uv run --extra lab python benchmarks/lab.py --json     one JSON object
    uv run --extra lab python benchmarks/lab.py --smoke    small sizes, for the checks

`plain`: with NumPy alone; `fast`: with Numba, null where it is not installed. Keys of both: `engine`: game-turns a
second of 1,024 games on one core, as in benchmarks/engine.py; `lab`: game-turns a second of `game run` into a folder,
start and end of the command included, for 10,000 games; `ratio`: lab / engine; `sustained`: the same ratio without
start and end, from the difference between the two largest numbers of games (with Numba 100,000 are played too: it
needs longer to load than for 10,000 games); `memory`: for each number of games the peak of the largest process and of
all together, in bytes (shared pages once). Engine and lab are measured by turns, and the medians are taken, so that
other work on the machine tells on both. `cores`: how many workers.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from game.lab import cores  # noqa: E402
from game.rules import compile_rules  # noqa: E402
from game.rules.fast import numba_version  # noqa: E402
from game.scenario import load  # noqa: E402

ENGINE = """
import os, sys
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {{min(os.sched_getaffinity(0))}})
sys.path.insert(0, {root!r})
from benchmarks.engine import rate
from game.rules import compile_rules, machine
from game.scenario import load
ruleset = compile_rules(load({scenario!r}).book)
# Made before it is timed.
machine.machine_of(ruleset, 1024)
rate(ruleset, 64, 1, 1)
print(rate(ruleset, {games}, 1, ruleset.turns))
"""
PLAIN, FAST = "0", "1"


def engine_rate(scenario: str, games: int, mode: str) -> float:
    """The engine alone on one core, in a process of its own."""
    code = ENGINE.format(root=str(ROOT), scenario=scenario, games=games)
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, check=True, cwd=ROOT, env=environment(mode)
    )
    return float(done.stdout)


def environment(mode: str) -> dict[str, str]:
    """A process's environment. Modules are compiled once, as on a machine where the game was used before."""
    own = {**os.environ, "OPEN_DOOR_FAST": mode}
    if sys.dont_write_bytecode:
        own.pop("PYTHONDONTWRITEBYTECODE", None)
        own["PYTHONPYCACHEPREFIX"] = compiled().name
    return own


@cache
def compiled() -> tempfile.TemporaryDirectory[str]:
    """Where compiled modules go if they may not lie beside the sources."""
    return tempfile.TemporaryDirectory()


def children(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for one in found:
        for listed in Path(f"/proc/{one}/task").glob("*/children"):  # a child belongs to the thread that started it
            try:
                found += [int(word) for word in listed.read_text(encoding="ascii").split()]
            except OSError:
                continue
    return found


def together(pids: list[int]) -> int:
    """What processes hold together now, shared pages counted once, in bytes."""
    held = 0
    for pid in pids:
        try:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
                if line.startswith("Pss:"):
                    held += int(line.split()[1]) * 1024
        except OSError:
            continue
    return held


def peak(pid: int) -> int:
    """The peak resident size of a process so far, in bytes; 0 where the system does not tell."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def run(scenario: str, games: int, workers: int, mode: str, watch: bool = False) -> tuple[float, dict[str, int]]:
    """(seconds, peaks of memory if it is watched, which takes time) of one command."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "game.cli", "run", scenario, "--games", str(games), "--workers", str(workers)]
        begun = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--out", f"{folder}/out"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(mode),
        )
        peaks: dict[int, int] = {}
        most = 0
        while watch and process.poll() is None:
            pids = children(process.pid)
            most = max(most, together(pids))
            for pid in pids:
                peaks[pid] = max(peaks.get(pid, 0), peak(pid))
            time.sleep(0.05)
        process.wait()
        seconds = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"the run ended with {process.returncode}")
    return seconds, {"largest": max(peaks.values(), default=0), "together": most}


def measure(scenario: str, sizes: Sequence[int], workers: int, mode: str, runs: int) -> dict[str, Any]:
    """All figures with or without the accelerator."""
    turns = compile_rules(load(scenario).book).turns
    chunk = min(1024, sizes[-1])
    # What is compiled on first use is compiled now.
    engine_rate(scenario, chunk, mode)
    run(scenario, sizes[0], workers, mode)
    engine: list[float] = []
    taken: dict[int, list[float]] = {games: [] for games in sizes}
    for _ in range(runs):
        engine.append(engine_rate(scenario, chunk, mode))
        for games in sizes:
            taken[games].append(run(scenario, games, workers, mode)[0])
    rate = statistics.median(engine)
    seconds = {games: statistics.median(times) for games, times in taken.items()}
    lab = sizes[1] * turns / seconds[sizes[1]]
    more = max(seconds[sizes[-1]] - seconds[sizes[-2]], 1e-9)
    return {
        "engine": rate,
        "lab": lab,
        "ratio": lab / rate,
        "sustained": (sizes[-1] - sizes[-2]) * turns / more / rate,
        "memory": {str(games): run(scenario, games, workers, mode, watch=True)[1] for games in sizes},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast the lab is.")
    parser.add_argument("--scenario", default="bucharest_2008")
    parser.add_argument("--workers", type=int, default=cores())
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    sizes, runs = ([64, 128], 1) if options.smoke else ([1_000, 10_000], options.runs)
    result: dict[str, Any] = {"cores": options.workers, "fast": None}
    result["plain"] = measure(options.scenario, sizes, options.workers, PLAIN, runs)
    if numba_version():
        larger = sizes if options.smoke else [*sizes, 100_000]
        result["fast"] = measure(options.scenario, larger, options.workers, FAST, runs)
    if options.json:
        print(json.dumps(result))
        return
    for name, title in (("plain", "NumPy alone"), ("fast", "with the accelerator")):
        found = result[name]
        if found is None:
            continue
        print(title)
        print(f"  engine, one core   {found['engine']:>12,.0f} game-turns a second")
        print(f"  lab, {options.workers} workers     {found['lab']:>12,.0f}; {found['ratio']:.2f} × engine")
        print(f"  without start and end{found['sustained']:>10.2f} × engine")
        for games, held in found["memory"].items():
            largest, all_of_them = held["largest"] / 1e6, held["together"] / 1e6
            print(f"  memory, {games:>6} games{largest:>11,.0f} MB the largest process, {all_of_them:,.0f} MB together")


if __name__ == "__main__":
    main()
