"""How fast the engine is: one core, medians of several runs, every seat on doctrine with full legality.

    uv run python benchmarks/engine.py            a table
    uv run python benchmarks/engine.py --json     one JSON object
    uv run python benchmarks/engine.py --smoke    small sizes, for the checks
    uv run python benchmarks/engine.py --scenario open_door
    uv run python benchmarks/engine.py --all      what a person waits for, in every shipped scenario

Keys: `interpreter`, `games_1`, `games_64`, `games_1024`: game-turns a second (the interpreter is the plain one of
`tests/oracle/`, in the same run); `turn_ms`: one interactive turn, ledger included; `load_s`: load and compile,
imports excluded; `forecast_ms`: 200 futures of 4 turns with and without an order; `bytes_per_game`: growth of the
peak from 1,024 to 4,096 games over 3,072; `help_s`: `game --help`; `rows`, `orders`; `add_us`: microseconds of one
int32 addition on [orders, 256].

All these are measured with NumPy alone. `fast`: null without Numba, else `games_64`, `games_1024` with it, and
`times_1024`: how many times the rate of NumPy at 1,024 games, both measured by turns, so that other work on the
machine tells on both alike.

`--all` gives for each scenario `load_s`, `first_ms` (the first turn of a ruleset, which makes the plans for few
games), `turn_ms`, `rows` and `orders`; with `--json` as an object of objects. Each is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from game.players import make_player  # noqa: E402
from game.rules import Ruleset, advance, compile_rules, start  # noqa: E402
from game.rules.fast import numba_version  # noqa: E402
from game.scenario import load, shipped  # noqa: E402
from game.scenario.book import Book  # noqa: E402


def seconds(action: Callable[[], object], runs: int) -> float:
    """The median time of an action."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def play(ruleset: Ruleset, games: int, turns: int) -> None:
    """Whole games of all seats on doctrine; the result is thrown away."""
    player = make_player("doctrine", ruleset)
    world = start(ruleset, np.arange(games, dtype=np.uint64))
    for _ in range(turns):
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
        world = advance(ruleset, world, orders, reuse=True).world
        del orders


def rate(ruleset: Ruleset, games: int, runs: int, least_turns: int) -> float:
    """Game-turns a second; a short game is played again until enough turns have been resolved."""
    player = make_player("doctrine", ruleset)
    seats = range(len(ruleset.seats))

    def some() -> None:
        done = 0
        while done < least_turns:
            world = start(ruleset, np.arange(done, done + games, dtype=np.uint64))
            for _ in range(ruleset.turns):
                world = advance(ruleset, world, player.decide(ruleset, world, seats)).world
                done += 1

    some_turns = -(-least_turns // ruleset.turns) * ruleset.turns
    return games * some_turns / seconds(some, runs)


def fast_rates(book: Book, runs: int, least_turns: int) -> dict[str, float]:
    """Game-turns a second with the accelerator, and the ratio at 1,024 games: of medians, measured in turns."""
    from game.rules import fast, machine

    os.environ["OPEN_DOOR_FAST"] = "1"
    fast.numba_version.cache_clear()
    plain, quick = compile_rules(book), compile_rules(book)
    # Made before it is timed: the first use on a machine compiles for ten to twenty seconds.
    if machine.machine_of(quick, machine.LEAST) is None:
        raise SystemExit("the accelerator does not take this scenario")
    plain.__dict__["_machine"] = None
    small = rate(quick, 64, runs, least_turns)
    rates: dict[str, list[float]] = {"plain": [], "quick": []}
    for _ in range(runs):
        rates["plain"].append(rate(plain, 1024, 1, least_turns))
        rates["quick"].append(rate(quick, 1024, 1, least_turns))
    quick_rate = statistics.median(rates["quick"])
    times = quick_rate / statistics.median(rates["plain"])
    return {"games_64": small, "games_1024": quick_rate, "times_1024": times}


def interpreter_rate(book: object, turns: int, runs: int) -> float:
    """Game-turns a second of the plain interpreter, with its own doctrine and legality."""
    sys.path.insert(0, str(ROOT / "tests"))
    from oracle import Oracle

    oracle = Oracle(book)

    def one() -> None:
        game = oracle.start(7)
        for _ in range(turns):
            game = oracle.advance(game, oracle.doctrine(game))

    return turns / seconds(one, runs)


def interactive_ms(ruleset: Ruleset, runs: int) -> float:
    """One turn of one game as a person plays it: the computer's decisions, the turn, the whole ledger read."""
    player = make_player("doctrine", ruleset)
    world = start(ruleset, np.arange(1, dtype=np.uint64))
    times = []
    for _ in range(runs):
        if world.turn >= ruleset.turns:
            world = start(ruleset, np.arange(1, dtype=np.uint64))
        begun = time.perf_counter()
        turn = advance(ruleset, world, player.decide(ruleset, world, range(len(ruleset.seats))), trace=(0,))
        turn.ledger.entries(0)
        times.append(time.perf_counter() - begun)
        world = turn.world
    return statistics.median(times) * 1000


def waits(scenario: str, smoke: object) -> dict[str, float]:
    """What a person waits for in one scenario, with NumPy alone."""
    load(scenario)
    load_s = seconds(lambda: compile_rules(load(scenario).book), 1 if smoke else 7)
    ruleset = compile_rules(load(scenario).book)
    first_ms = interactive_ms(ruleset, 1)
    turn_ms = interactive_ms(ruleset, 4 if smoke else 96)
    rows, orders = ruleset.layout.size, ruleset.catalogue.size
    return {"load_s": load_s, "first_ms": first_ms, "turn_ms": turn_ms, "rows": rows, "orders": orders}


def all_waits(smoke: bool) -> dict[str, dict[str, float]]:
    """`waits` of every shipped scenario, each in a process of its own."""
    code = "import json, sys; from benchmarks.engine import waits; print(json.dumps(waits(*sys.argv[1:])))"
    found = {}
    for name, _title in shipped():
        command = [sys.executable, "-c", code, name, "smoke" if smoke else ""]
        found[name] = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout)
    return found


def forecast_ms(scenario: str, runs: int) -> float:
    """A forecast of one order as the screen asks for it, with nothing kept from an earlier one."""
    from game.session import Forecaster, Game

    loaded = load(scenario)
    seat = loaded.book.scenario.seats[0].seat
    game = Game.new(loaded, [seat], seed=1)
    order = int(np.flatnonzero(game.legal(seat))[0])
    return seconds(lambda: Forecaster(game, futures=200, turns=4).forecast(seat, [order]), runs) * 1000


PEAK = """
import sys
import numpy as np
from pathlib import Path
sys.path.insert(0, {root!r})
from benchmarks.engine import play
from game.rules import compile_rules
from game.scenario import load
ruleset = compile_rules(load({scenario!r}).book)
play(ruleset, int(sys.argv[1]), {turns})
for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
    if line.startswith("VmHWM"):
        print(int(line.split()[1]) * 1024)
"""


def bytes_per_game(scenario: str, turns: int) -> float | None:
    """Growth of a child's peak memory a game; None where the system does not tell (VmHWM)."""
    if not Path("/proc/self/status").exists():
        return None
    code = PEAK.format(root=str(ROOT), scenario=scenario, turns=turns)
    peaks = [
        int(subprocess.run([sys.executable, "-c", code, str(n)], capture_output=True, check=True, cwd=ROOT).stdout)
        for n in (1024, 4096)
    ]
    return (peaks[1] - peaks[0]) / 3072


def help_seconds(runs: int) -> float:
    """`game --help` in a new process."""
    command = [sys.executable, "-m", "game.cli", "--help"]
    return seconds(lambda: subprocess.run(command, capture_output=True, check=True, cwd=ROOT), runs)


def addition_us(orders: int) -> float:
    """One int32 array addition on [orders, 256]."""
    left = np.ones((orders, 256), np.int32)
    right, result = left.copy(), left.copy()
    return seconds(lambda: np.add(left, right, out=result), 201) * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast the engine is.")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--scenario", default="bucharest_2008", help="a shipped id or a path")
    what.add_argument("--all", action="store_true", help="what a person waits for, in every shipped scenario")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    runs = 1 if options.smoke else 5
    with_fast = numba_version() is not None
    # For children too: what is compared with earlier figures is NumPy alone.
    os.environ["OPEN_DOOR_FAST"] = "0"
    numba_version.cache_clear()
    if options.all:
        table = all_waits(options.smoke)
        if options.json:
            print(json.dumps(table))
            return
        print(f"{'':18} {'load_s':>7} {'first_ms':>8} {'turn_ms':>7} {'rows':>6} {'orders':>6}")
        for name, row in table.items():
            times = f"{row['load_s']:7.2f} {row['first_ms']:8.1f} {row['turn_ms']:7.2f}"
            print(f"{name:18} {times} {row['rows']:6} {row['orders']:6}")
        return
    load(options.scenario)
    load_s = seconds(lambda: compile_rules(load(options.scenario).book), 3 if options.smoke else 7)
    book = load(options.scenario).book
    ruleset = compile_rules(book)
    turns = ruleset.turns
    # First, while the process is as small as a person's.
    turn_ms = interactive_ms(ruleset, 16 if options.smoke else 96)
    result = {
        "interpreter": interpreter_rate(book, 4 if options.smoke else turns, runs),
        "games_1": rate(ruleset, 1, runs, turns),
        "games_64": rate(ruleset, 64, runs, turns),
        "games_1024": rate(ruleset, 1024, runs, turns if not options.smoke else 1),
        "turn_ms": turn_ms,
        "load_s": load_s,
        "forecast_ms": forecast_ms(options.scenario, runs),
        "bytes_per_game": bytes_per_game(options.scenario, 3),
        "help_s": help_seconds(3 if options.smoke else 7),
        "rows": ruleset.layout.size,
        "orders": ruleset.catalogue.size,
        "add_us": addition_us(ruleset.catalogue.size),
        "fast": fast_rates(book, runs, turns if not options.smoke else 1) if with_fast else None,
    }
    if options.json:
        print(json.dumps(result))
        return
    fast = result.pop("fast")
    for name, value in result.items():
        print(f"{name:15} {value:,.2f}" if isinstance(value, float) else f"{name:15} {value}")
    print(f"{'× interpreter':15} {result['games_1024'] / result['interpreter']:,.0f}")
    print(f"{'turn of 256':15} {256e6 / result['games_1024'] / result['add_us']:,.0f} × add_us")
    for name, value in (fast or {}).items():
        print(f"{name + ' [fast]':20} {value:,.2f}")


if __name__ == "__main__":
    main()
