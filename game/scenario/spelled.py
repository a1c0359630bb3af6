"""The text form of an order: what the catalogue, records, logs, saves and requests call it by."""

from __future__ import annotations

from collections.abc import Sequence

RESPOND = "respond"
"""Stands where other orders have their action: the order answers a card."""


def order(action: str, others: Sequence[str]) -> str:
    """`action.target`: an order without the seat that gives it. others: the things of its slots but the actor."""
    return ".".join((action, *others))


def answer(event: str, things: Sequence[str], choice: str) -> str:
    """`respond.event.thing.choice`: an answer to a card, without the seat."""
    return ".".join((RESPOND, event, *things, choice))


def by(seat: str, text: str) -> str:
    """The whole text form: the seat, and what it orders."""
    return f"{seat}.{text}"
