"""Key bindings: from actions to keys, with rebinding that finds conflicts, to and from a plain dict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pygame

# Keys the interface needs for itself: they cannot be given to an action.
RESERVED: frozenset[str] = frozenset({"tab", "shift+tab", "escape", "return", "space", "f1"})
# Names of all keys SDL knows; letters of other layouts are single characters and need no list.
KNOWN: frozenset[str] = frozenset(
    pygame.key.name(getattr(pygame, constant)).lower() for constant in dir(pygame) if constant.startswith("K_")
) - {""}
MODIFIERS = (("ctrl", pygame.KMOD_CTRL), ("alt", pygame.KMOD_ALT), ("shift", pygame.KMOD_SHIFT))


class KeyConflictError(ValueError):
    """The key is another action's; `holder` names it, or is empty for a key the interface keeps."""

    def __init__(self, key: str, holder: str) -> None:
        super().__init__(f"key {key!r} belongs to {holder!r}" if holder else f"key {key!r} is kept by the interface")
        self.key = key
        self.holder = holder


def key_name(event: pygame.event.Event) -> str:
    """A pressed key with its modifiers, as `ctrl+shift+s`; empty for a modifier alone."""
    name = pygame.key.name(event.key).lower()
    if not name or name.split()[-1] in ("ctrl", "shift", "alt", "meta", "gui", "lock"):
        return ""
    return "+".join([*(word for word, mask in MODIFIERS if event.mod & mask), name])


def normal(key: str) -> str:
    """A key's canonical spelling. Raises ValueError for one that does not exist."""
    *mods, name = (part.strip() for part in key.lower().split("+")) if key != "+" else ("+",)
    known = [word for word, _ in MODIFIERS]
    wrong = [mod for mod in mods if mod not in known]
    if wrong:
        raise ValueError(f"no modifier {wrong[0]!r} in {key!r}; there are {', '.join(known)}")
    if name not in KNOWN and not (len(name) == 1 and name.isprintable()):
        raise ValueError(f"no key {name!r} in {key!r}")
    return "+".join([*(word for word in known if word in mods), name])


@dataclass(frozen=True)
class Keys:
    """Bindings as (action, key) pairs; a value: changing returns another one."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, bindings: Mapping[str, str]) -> Keys:
        """From a dict of action to key. Raises ValueError naming every unknown key and every conflict."""
        faults, pairs, holders = [], [], dict[str, str]()
        for action, key in bindings.items():
            try:
                name = normal(key)
            except ValueError as fault:
                faults.append(f"{action}: {fault}")
                continue
            if name in RESERVED:
                faults.append(f"{action}: key {name!r} is kept by the interface")
            elif name in holders:
                faults.append(f"{action}: key {name!r} belongs to {holders[name]!r}")
            holders.setdefault(name, action)
            pairs.append((action, name))
        if faults:
            raise ValueError("; ".join(faults))
        return cls(tuple(pairs))

    def to_dict(self) -> dict[str, str]:
        """Action to key."""
        return dict(self.pairs)

    def key(self, action: str) -> str:
        """The key of an action. Raises KeyError when there is no such action."""
        return self.to_dict()[action]

    def action(self, event: pygame.event.Event) -> str | None:
        """The action a KEYDOWN event stands for."""
        name = key_name(event)
        return next((action for action, key in self.pairs if key == name), None) if name else None

    def holder(self, key: str) -> str | None:
        """The action that has `key`; empty when the interface keeps it; None when it is free."""
        name = normal(key)
        if name in RESERVED:
            return ""
        return next((action for action, held in self.pairs if held == name), None)

    def bind(self, action: str, key: str, swap: bool = False) -> Keys:
        """The same bindings with `action` on `key`.

        Raises KeyConflictError when another action holds the key, unless `swap`: then that one gets the old key.
        """
        old, name = self.key(action), normal(key)
        holder = self.holder(name)
        if holder is not None and holder != action and not (swap and holder):
            raise KeyConflictError(name, holder)
        new = self.to_dict() | ({holder: old} if holder else {}) | {action: name}
        return Keys(tuple(new.items()))
