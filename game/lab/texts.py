"""A scenario for other processes: its texts, which each of them (or their nursery, once) compiles for itself."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePath

from game import __version__
from game.rules import Ruleset, compile_rules, fast
from game.scenario import Scenario, load_texts

MANY = 1024
"""So many games are played at least by who computes with texts: worth the wait for the accelerator."""


@dataclass(frozen=True)
class Texts:
    """A scenario's texts."""

    files: Mapping[str, bytes]
    path: str

    @classmethod
    def of(cls, scenario: Scenario) -> Texts:
        return cls(dict(scenario.text), PurePath(scenario.path).name)

    @property
    def digest(self) -> str:
        """What depends on every text and on the version that computes, 16 hexadecimal digits."""
        digest = blake2b(f"{__version__}\n{self.path}\n".encode(), digest_size=8)
        for name in sorted(self.files):
            digest.update(f"{name}\n{len(self.files[name])}\n".encode() + self.files[name])
        return digest.hexdigest()


_compiled: dict[str, Ruleset] = {}


def rules_of(texts: Texts) -> Ruleset:
    """The compiled rules; kept for the next call of the same process."""
    key = texts.digest
    if key not in _compiled:
        _compiled.clear()
        _compiled[key] = compile_rules(load_texts(texts.files, texts.path).book)
    return _compiled[key]


def prepare(texts: Texts) -> None:
    """Make everything ready that processes forked from this one will need."""
    if fast.worth_loading(MANY):
        with suppress(ImportError):
            fast.load()
    rules_of(texts)
