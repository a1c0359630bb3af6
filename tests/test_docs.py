"""The examples of the authors' guide are run: accepted ones load, faulty ones say exactly what is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from game.scenario import ScenarioError, load_texts

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
GUIDE = ROOT / "docs" / "rule-language.md"
_BLOCK = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)


def blocks() -> list[tuple[int, str, str]]:
    """(line, kind, text) of every fenced block of the guide."""
    guide = GUIDE.read_text("utf-8")
    return [(guide[: m.start()].count("\n") + 1, m["kind"].strip(), m["text"]) for m in _BLOCK.finditer(guide)]


def loaded(example: str) -> list[str]:
    """What loading the tiny scenario with an example on top complains about.

    Sections that the tiny rulebook has already with the same id stand for the scenario's own `rules`.
    """
    files = {"tiny.yaml": (DATA / "tiny.yaml").read_bytes()}
    for file in sorted((DATA / "tiny").glob("*.yaml")):
        files[f"tiny/{file.name}"] = file.read_bytes()
    if "id: apart" in example:
        files["tiny/who.yaml"] = re.sub(rb"  - \{id: apart,[^\n]*\n", b"", files["tiny/who.yaml"])
    # Everything is in play, so that an event of the example is.
    files["tiny.yaml"] = re.sub(rb"^events: [^\n]*\n", b"", files["tiny.yaml"], flags=re.M)
    files["tiny/example.yaml"] = example.encode()
    try:
        load_texts(files)
    except ScenarioError as error:
        return [line.removeprefix("tiny/") for line in str(error).splitlines()]
    return []


def wrapped(kind: str, item: object) -> str:
    """A rule around one condition or one effect of a list."""
    if kind == "conditions":
        return _rule(when=[item], effects=["ease[a, b] += 1"])
    return _rule(when=[], effects=[item])


def _rule(when: list[object], effects: list[object]) -> str:
    rule = {
        "id": "example", "title": "Example", "phase": "drift", "over": {"a": "states", "b": "states"},
        "along": {"borders": ["a", "b"]}, "when": when, "effects": effects,
    }  # fmt: skip
    return yaml.safe_dump({"rules": [rule]}, width=10**6)


ALL = blocks()


@pytest.mark.parametrize(("line", "text"), [(n, text) for n, kind, text in ALL if kind == "yaml rulebook"])
def test_an_example_is_accepted(line: int, text: str) -> None:
    assert loaded(text) == [], f"the example in line {line} of {GUIDE.name}"


@pytest.mark.parametrize(
    ("line", "kind", "text"), [(n, k.split()[1], t) for n, k, t in ALL if k in ("yaml conditions", "yaml effects")]
)
def test_every_line_of_a_list_is_accepted(line: int, kind: str, text: str) -> None:
    items = yaml.safe_load(text)
    assert items
    for item in items:
        assert loaded(wrapped(kind, item)) == [], f"{item} in the example in line {line} of {GUIDE.name}"


@pytest.mark.parametrize(
    ("text", "shown"), [(t, ALL[i + 1]) for i, (_, kind, t) in enumerate(ALL) if kind == "yaml fault"]
)
def test_a_fault_says_what_is_shown(text: str, shown: tuple[int, str, str]) -> None:
    assert shown[1] == "text"
    assert loaded(text) == shown[2].splitlines()


def test_no_kind_of_block_is_forgotten() -> None:
    assert {kind for _, kind, _ in ALL} == {
        *("sh", "text", "yaml", "yaml rulebook", "yaml conditions", "yaml effects", "yaml fault"),
    }


def test_the_guide_names_every_part_of_the_language() -> None:
    guide = GUIDE.read_text("utf-8")
    for word in (
        *("sum(", "min(", "max(", "all(", "any(", "count(", "abs(", "bound(", "divide(", "by_rung(", "related("),
        *("ordered(", "ordered_within(", "happened(", "happened_within(", "since(", "before(", "per quarter"),
        *("after ", "elsewhere", "constant", "unordered", "along", "where", "lasts", "visible", "covert", "exclusive"),
    ):
        assert word in guide, word


def test_relative_links_of_the_documents_lead_somewhere() -> None:
    for document in (ROOT / "docs").rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


LAB = (ROOT / "docs" / "lab.md").read_text("utf-8")


def lab_examples(kind: str) -> list[str]:
    return [m["text"] for m in _BLOCK.finditer(LAB) if m["kind"].strip() == kind]


@pytest.mark.slow
def test_the_examples_of_the_lab_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, as in a notebook."""
    for library in ("pyarrow", "duckdb"):
        pytest.importorskip(library)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in lab_examples("python"):
        exec(compile(example, "docs/lab.md", "exec"), names)
    assert len(lab_examples("python")) >= 6


@pytest.mark.slow
def test_the_learner_of_the_lab_learns() -> None:
    pytest.importorskip("gymnasium")
    (example,) = lab_examples("python agents")
    exec(compile(example, "docs/lab.md", "exec"), {})


def test_the_lab_names_commands_and_options_that_exist() -> None:
    from typer.main import get_command

    from game.cli import app

    commands = get_command(app).commands  # type: ignore[attr-defined]
    for line in "".join(lab_examples("sh")).splitlines():
        if line.startswith("game "):
            words = line.partition("#")[0].split()
            known = {option for param in commands[words[1]].params for option in param.opts}
            for word in words[2:]:
                if word.startswith("--"):
                    assert word in known, f"{word} of {line}"
