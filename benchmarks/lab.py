"""How fast the lab is: runs on all cores against the engine on one, and peak memory.

    uv run --extra lab python benchmarks/lab.py            a table
    uv run --extra lab python benchmarks/lab.py --json     one JSON object
    uv run --extra lab python benchmarks/lab.py --smoke    small sizes, for the checks

Keys: `engine`: game-turns a second of 1,024 games on one core, as in benchmarks/engine.py; `lab`: game-turns a second
of `game run` into a folder, start and end of the command included; `cores`; `ratio`: lab / engine; `memory`: for each
number of games the peak of the largest process and of all together, in bytes (shared pages once).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from game.lab import cores  # noqa: E402
from game.rules import compile_rules  # noqa: E402
from game.scenario import load  # noqa: E402

ENGINE = """
import sys
sys.path.insert(0, {root!r})
from benchmarks.engine import rate
from game.rules import compile_rules
from game.scenario import load
ruleset = compile_rules(load({scenario!r}).book)
print(rate(ruleset, 1024, {runs}, ruleset.turns))
"""


def engine_rate(scenario: str, runs: int) -> float:
    """The engine alone on one core, in a process of its own."""
    core = min(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    code = ENGINE.format(root=str(ROOT), scenario=scenario, runs=runs)
    pinned = f"import os; os.sched_setaffinity(0, {{{core}}})\n" if core is not None else ""
    done = subprocess.run([sys.executable, "-c", pinned + code], capture_output=True, check=True, cwd=ROOT)
    return float(done.stdout)


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


def run(scenario: str, games: int, workers: int) -> tuple[float, int, int]:
    """(seconds, peak of the largest process, peak of all together) of one command."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "game.cli", "run", scenario, "--games", str(games), "--workers", str(workers)]
        begun = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--out", f"{folder}/out"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        peaks: dict[int, int] = {}
        most = 0
        while process.poll() is None:
            pids = children(process.pid)
            most = max(most, together(pids))
            for pid in pids:
                peaks[pid] = max(peaks.get(pid, 0), peak(pid))
            time.sleep(0.25)
        seconds = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"the run ended with {process.returncode}")
    return seconds, max(peaks.values(), default=0), most


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast the lab is.")
    parser.add_argument("--scenario", default="bucharest_2008")
    parser.add_argument("--workers", type=int, default=cores())
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    sizes = (64, 128) if options.smoke else (1_000, 10_000)
    turns = compile_rules(load(options.scenario).book).turns
    engine = engine_rate(options.scenario, 1 if options.smoke else 3)
    memory = {}
    lab = 0.0
    for games in sizes:
        seconds, largest, together = run(options.scenario, games, options.workers)
        lab = games * turns / seconds
        memory[str(games)] = {"largest": largest, "together": together}
    result = {"engine": engine, "lab": lab, "cores": options.workers, "ratio": lab / engine, "memory": memory}
    if options.json:
        print(json.dumps(result))
        return
    print(f"engine, one core     {engine:>12,.0f} game-turns a second")
    print(f"lab, {options.workers} workers       {lab:>12,.0f} game-turns a second; {lab / engine:.2f} × engine")
    for games, held in memory.items():
        largest, together = held["largest"] / 1e6, held["together"] / 1e6
        print(f"memory, {games:>6} games {largest:>10,.0f} MB the largest process, {together:,.0f} MB all together")


if __name__ == "__main__":
    main()
