"""A scenario for other processes: its texts, which each of them (or their nursery, once) compiles for itself."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePath

from game.lab.engine import FIGURES
from game.rules import Ruleset, fast
from game.scenario import Files, Scenario, ScenarioError, files_of, read_files
from game.session import Known, known_files, known_of
from game.session.sources import digest_of

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
        """What depends on every text and on the code that computes, 16 hexadecimal digits."""
        digest = blake2b(digest_of(*FIGURES) + f"{self.path}\n".encode(), digest_size=8)
        for name in sorted(self.files):
            digest.update(f"{name}\n{len(self.files[name])}\n".encode() + self.files[name])
        return digest.hexdigest()


MOST_KEPT = 2
_kept: list[Known] = []


def compiled(files: Files | Scenario) -> Known:
    """The scenario of these files, kept for the next call of the same process. Raises ScenarioError."""
    texts = files.text if isinstance(files, Scenario) else files.data
    found = next((one for one in _kept if one.scenario.text == texts), None)
    if found is None:
        found = known_of(files) if isinstance(files, Scenario) else known_files(files)
        _kept[:] = [found, *_kept][:MOST_KEPT]
    return found


def compiled_scenario(source: str | Path | Mapping[str, bytes]) -> Known:
    """The same of a shipped id, a path, or a scenario's texts. Raises ScenarioError."""
    return compiled(files_of(source) if isinstance(source, Mapping) else read_files(source))


def compile_ahead(source: str | Path | Mapping[str, bytes]) -> None:
    """Compile a scenario before it is asked for. What is wrong with it is said by whoever asks."""
    with suppress(ScenarioError):
        compiled_scenario(source)


def rules_of(texts: Texts) -> Ruleset:
    """The compiled rules; kept for the next call of the same process."""
    return compiled(files_of(texts.files, texts.path)).ruleset


def prepare(texts: Texts) -> None:
    """Make everything ready that processes forked from this one will need."""
    if fast.worth_loading(MANY):
        with suppress(ImportError):
            fast.load()
    rules_of(texts)
