"""The accelerator's machine, piece by piece: a node gives what NumPy gives, regions leave out no more than they may."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from game.rules import compile_rules
from game.rules import nodes as nd
from game.rules.fast import numba_version
from game.scenario import load

if numba_version() is None:
    pytest.skip("Numba is not installed (the extra 'fast')", allow_module_level=True)

from game.rules.codes import LANES, TRUE, Op
from game.rules.machine import Machine
from game.rules.program import Program

ROWS, REACH = 12, 40_000


@pytest.fixture(scope="module")
def machine() -> Machine:
    return Machine(compile_rules(load("tests/data/tiny.yaml").book))


def _state(machine: Machine, games: int) -> NDArray[np.int32]:
    state = np.random.default_rng(5).integers(-REACH, REACH, (machine.places.rows, games)).astype(np.int32)
    state[3] = 0
    state[4:6] = state[6:8]
    state[machine.ruleset.layout.row("ending")] = 0
    return state


def _run(machine: Machine, state: NDArray[np.int32], build: Callable[[Program], None]) -> NDArray[np.int32]:
    """What a program stores in the rows of the worth of orders, [orders, games up to 64]."""
    sealed = machine.program(build)
    own, places = machine.registers, machine.places
    own.numbers[places.worth : places.worth + places.orders] = -1
    none, whole = np.zeros(0, np.int32), np.array([(0, places.rows)], np.int64)
    machine.kernels.decide(
        state, np.zeros((1, 1, state.shape[1]), np.int32), own.numbers, own.truths, own.wides, machine.facts,
        machine.big, whole, sealed.ops, False, none, none, none, np.zeros((0, 1), np.int32),
        np.zeros((0, 0, 0), np.int32), np.zeros(0, np.int64), np.zeros(0, np.int64), 0,
    )  # fmt: skip
    return own.numbers[places.worth : places.worth + places.orders, : state.shape[1]].copy()


def _rows(*rows: int) -> nd.Node:
    return nd.Rows(rows, [], -REACH, REACH)


X, Y, ONE = _rows(0, 1, 2, 3), _rows(4, 5, 6, 7), _rows(8)
LARGE = nd.Product(X, Y)
HELD = nd.Threshold(X, ">", 1000)
OTHER = nd.Comparison(X, "<=", Y)
NODES = {
    "rows with constants": nd.Rows((0, 0, 2, 2), [(1, 77), (3, -5)], -REACH, REACH),
    "static": nd.Static([4, -7, 0, 9]),
    "expand": nd.Expand(ONE, [0, 0, 0]),
    "product": nd.Product(nd.Floor(X, 100), nd.Floor(Y, 100)),
    "product with a truth": nd.Product(X, HELD),
    "product of truths": nd.Product(HELD, OTHER),
    "product by one row": nd.Product(nd.Floor(X, 50), nd.Static([3])),
    "total": nd.Total([(1, X), (-1, Y), (3, ONE)], 17),
    "total of truths": nd.Total([(5, HELD), (-2, OTHER), (1, X)], -3),
    "total that starts with less": nd.Total([(-1, ONE), (2, X)], 0),
    "wide total": nd.Rounded(nd.Total([(1, LARGE), (1_000_003, ONE)], 11), 1_000_000),
    "rounded": nd.Rounded(X, 7),
    "rounded to even parts": nd.Rounded(X, 100),
    "wide product, rounded": nd.Rounded(nd.Product(LARGE, nd.Static([90_000])), 10**12),
    "floor": nd.Floor(X, 30),
    "quotient": nd.Quotient(X, Y, 100, ONE),
    "quotient by nought": nd.Quotient(Y, X, 10, nd.Static([-1])),
    **{f"against a constant {op}": nd.Threshold(X, op, 250) for op in ("<", "<=", ">", ">=", "==", "!=")},
    **{f"against a row {op}": nd.Comparison(Y, op, _rows(6, 7, 0, 1)) for op in ("<", "<=", ">", ">=", "==", "!=")},
    "a constant against a row": nd.Comparison(nd.Static([5]), "<", X),
    "and": nd.Logic("and", [HELD, OTHER, nd.Threshold(ONE, ">", -20_000)]),
    "or": nd.Logic("or", [HELD, OTHER, nd.Threshold(ONE, ">", 20_000)]),
    "not": nd.Negation(OTHER),
    "least": nd.Extremes("min", [X, Y, nd.Static([100])]),
    "most": nd.Extremes("max", [X, ONE]),
    "wide extremes": nd.Rounded(nd.Extremes("max", [LARGE, nd.Product(Y, Y)]), 10_000),
    "magnitude": nd.Magnitude(X),
    **{f"{kind} of groups": nd.Fold(kind, X, [0, 2, 0, 0], 3) for kind in ("sum", "min", "max")},
    **{f"{kind} of truths": nd.Fold(kind, HELD, [0, 2, 0, 0], 3) for kind in ("sum", "all", "any")},
    "wide sum": nd.Rounded(nd.Fold("sum", LARGE, [0, 1, 1, 1], 2), 1000),
    "stack": nd.Stack([ONE, nd.Floor(ONE, 9), nd.Static([4])]),
    "table": nd.Table(nd.Floor(X, 1000), np.array([5, 6, 8, 11, 12], np.int32)),
}


@pytest.mark.parametrize("name", NODES)
@pytest.mark.parametrize("games", [LANES, 5])
def test_a_node_gives_what_numpy_gives(machine: Machine, name: str, games: int) -> None:
    node, state = NODES[name], _state(machine, games)
    for place, part in enumerate(_parts(node)):
        part.id = place
    expected = np.broadcast_to(nd.Frame(state).value(node), (node.size, games))
    found = _run(machine, state, lambda program: _store(program, node))
    assert (found[: node.size] == expected).all()


def _parts(node: nd.Node) -> list[nd.Node]:
    """A node and all below it."""
    below = [getattr(node, name, None) for name in ("child", "left", "right", "otherwise")]
    below += [*getattr(node, "children", ()), *(step[0] for step in getattr(node, "steps", ()))]
    return [node, *(part for child in below if child is not None for part in _parts(child))]


def _store(program: Program, node: nd.Node) -> None:
    program.do(Op.STORE, [(program.places.worth + i, value) for i, value in enumerate(program.numbers(node))])


@pytest.mark.parametrize("holds", [True, False])
def test_what_is_asked_for_outside_a_region_is_computed_outside(machine: Machine, holds: bool) -> None:
    state = _state(machine, LANES)
    state[0] = 10 if holds else -10

    def build(program: Program) -> None:
        first = program.places.worth
        guard = program.make([(Op.GREATER_CONST, 0, 0)])
        shared = program.make([(Op.ADD_CONST, 1, 5)])[0]
        with program.where(guard):
            own = program.make([(Op.ADD_CONST, shared, 1)])[0]
            program.do(Op.STORE, [(first, own)])
            program.do(Op.ADD_TO, [(first, shared, TRUE)])
        program.do(Op.STORE, [(first + 1, shared)])

    found = _run(machine, state, build)
    assert (found[0] == (2 * state[1] + 11 if holds else -1)).all()
    assert (found[1] == state[1] + 5).all()


def test_a_value_from_before_a_change_is_kept(machine: Machine) -> None:
    state = _state(machine, LANES)

    def build(program: Program) -> None:
        first = program.places.worth
        before = program.make([(Op.ADD_CONST, 1, 5)])[0]
        program.barrier()
        program.do(Op.STORE, [(1, 2)])
        after = program.make([(Op.ADD_CONST, 1, 5)])[0]
        with program.where([program.make([(Op.LESS_CONST, 2, REACH)])[0]]):
            program.do(Op.STORE, [(first, before), (first + 1, after)])

    found = _run(machine, state, build)
    assert (found[0] == state[1] + 5).all()
    assert (found[1] == state[2] + 5).all()
