"""Coverage-guided fuzzing of the loader; not run by pytest.

    uv run --with atheris python tests/fuzz/fuzz_scenario.py -max_total_time=600 -timeout=2 -rss_limit_mb=500

The first byte says which file of the tiny scenario the input takes the place of, or that it comes beside
them. Anything but a scenario or a ScenarioError is a finding.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["game.scenario", "yaml"]):
    from game.scenario import ScenarioError, load_texts

DATA = Path(__file__).parents[1] / "data"
FILES = [DATA / "tiny.yaml", *sorted((DATA / "tiny").glob("*.yaml"))]
TEXTS = {file.relative_to(DATA).as_posix(): file.read_bytes() for file in FILES}
NAMES = [*TEXTS, "tiny/beside.yaml"]


def judge(data: bytes) -> None:
    """Load the tiny scenario with one file replaced by the input."""
    if not data:
        return
    name = NAMES[data[0] % len(NAMES)]
    try:
        load_texts({**TEXTS, name: data[1:]})
    except ScenarioError as error:
        assert error.mistakes
        assert str(error)


def seeds(folder: Path) -> None:
    """Write the tiny scenario's own files as a first corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, name in enumerate(TEXTS):
        (folder / f"seed_{place}").write_bytes(bytes([place]) + TEXTS[name])


if __name__ == "__main__":
    corpus = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if corpus:
        seeds(Path(corpus[0]))
    atheris.Setup(sys.argv, judge)
    atheris.Fuzz()
