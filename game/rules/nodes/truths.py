"""Nodes of truths: comparisons, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from game.rules.nodes.base import LIMIT32, Array, Frame, Node, constant

_COMPARE: dict[str, Callable[..., Array]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}


class Threshold(Node):
    """A node compared with a whole constant."""

    __slots__ = ("child", "constant", "op")

    def __init__(self, child: Node, op: str, bound: int) -> None:
        super().__init__(child.size, 0, 1, True)
        self.child, self.op = child, _COMPARE[op]
        self.constant = constant(max(min(bound, LIMIT32), -LIMIT32) if child.dtype is np.int32 else bound, child.dtype)

    def compute(self, frame: Frame) -> Array:
        return self.op(self.child.read(frame), self.constant)


class Comparison(Node):
    """Two nodes compared, element by element."""

    __slots__ = ("left", "op", "right")

    def __init__(self, left: Node, op: str, right: Node) -> None:
        super().__init__(max(left.size, right.size), 0, 1, True)
        self.left, self.op, self.right = left, _COMPARE[op], right

    def compute(self, frame: Frame) -> Array:
        return self.op(self.left.read(frame), self.right.read(frame))


class Logic(Node):
    """`and` / `or` of truths. What depends on fewest slots goes first and may settle the rest."""

    __slots__ = ("children", "conjunction")

    def __init__(self, op: Literal["and", "or"], children: Sequence[Node]) -> None:
        super().__init__(max(child.size for child in children), 0, 1, True)
        self.conjunction = op == "and"
        self.children = sorted(children, key=lambda child: child.size)

    def compute(self, frame: Frame) -> Array:
        join = np.logical_and if self.conjunction else np.logical_or
        result = self.children[0].read(frame)
        for child in self.children[1:]:
            # A conjunction that holds nowhere, or a disjunction that holds everywhere, needs no more.
            if np.count_nonzero(result) == (0 if self.conjunction else result.size):
                break
            result = join(result, child.read(frame))
        if result.shape[0] != self.size or result.shape[1] != frame.games:
            result = np.broadcast_to(result, (self.size, frame.games))
        return result


class Negation(Node):
    __slots__ = ("child",)

    def __init__(self, child: Node) -> None:
        super().__init__(child.size, 0, 1, True)
        self.child = child

    def compute(self, frame: Frame) -> Array:
        return np.logical_not(self.child.read(frame))
