"""Array nodes: what a compiled expression is. Each gives an integer array [size, games] in a frame."""

from game.rules.nodes.arithmetic import Extremes, Floor, Magnitude, Product, Quotient, Rounded, Table, Total
from game.rules.nodes.base import (
    LIMIT32,
    LIMIT64,
    MAX_AGES,
    Array,
    Expand,
    Frame,
    Node,
    OverflowFault,
    Rows,
    Static,
    constant,
)
from game.rules.nodes.gathers import Fold, OrderCount, Stack
from game.rules.nodes.truths import Comparison, Logic, Negation, Threshold

__all__ = [
    "LIMIT32", "LIMIT64", "MAX_AGES",
    "Array", "Comparison", "Expand", "Extremes", "Floor", "Fold", "Frame", "Logic", "Magnitude", "Negation", "Node",
    "OrderCount", "OverflowFault", "Product", "Quotient", "Rounded", "Rows", "Stack", "Static", "Table", "Threshold",
    "Total", "constant",
]  # fmt: skip
