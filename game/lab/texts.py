"""A scenario for other processes: its texts, which each of them (or their nursery, once) compiles for itself."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePath

from game import __version__
from game.rules import Ruleset, compile_rules, fast
from game.scenario import Scenario, ScenarioError, load, load_texts

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


@dataclass(frozen=True)
class Compiled:
    """A scenario and its compiled rules."""

    scenario: Scenario
    ruleset: Ruleset


MOST_KEPT = 2
_kept: list[Compiled] = []


def keep(scenario: Scenario) -> Compiled:
    """Compile a scenario; kept for the next call of the same process that asks for its texts."""
    found = Compiled(scenario, compile_rules(scenario.book))
    others = [one for one in _kept if one.scenario.text != scenario.text]
    _kept[:] = [found, *others][:MOST_KEPT]
    return found


def compiled(files: Mapping[str, bytes], path: str) -> Compiled:
    """The scenario of these texts, compiled once in a process. path: what its faults are called by."""
    found = next((one for one in _kept if one.scenario.text == files), None)
    return keep(load_texts(files, path)) if found is None else found


def compile_ahead(source: str | Path | Mapping[str, bytes]) -> None:
    """Compile a scenario before it is asked for. What is wrong with it is said by whoever asks.

    source: a shipped id, a path, or a scenario's texts.
    """
    with suppress(ScenarioError):
        keep(load_texts(source) if isinstance(source, Mapping) else load(source))


def rules_of(texts: Texts) -> Ruleset:
    """The compiled rules; kept for the next call of the same process."""
    return compiled(texts.files, texts.path).ruleset


def prepare(texts: Texts) -> None:
    """Make everything ready that processes forked from this one will need."""
    if fast.worth_loading(MANY):
        with suppress(ImportError):
            fast.load()
    rules_of(texts)
