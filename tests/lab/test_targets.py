"""Lists of targets: the shipped one, what other lists take from it, and what is wrong in them, with its line."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from game.lab.hindcast_grades import checkpoints
from game.lab.record import month_text
from game.lab.targets import TargetsError, month, read_targets
from game.lab.whereabouts import check_targets
from game.rules import compile_rules
from game.scenario import load


def test_a_rung_that_is_given_is_the_one_that_is_meant(tmp_path: Path) -> None:
    """In 2010 the plan was offered on a condition: so the public name is read, and the name of a rung is not."""
    file = tmp_path / "list.yaml"
    entry = "id: {id}, actor: bosnia, ladder: nato, milestone: map, happened: '2010-04-22'"
    plain, own = entry.format(id="a"), entry.format(id="b") + ", rung: map"
    file.write_text(f"window: [2008-01-01, 2014-12-31]\ntargets:\n  - {{{plain}}}\n  - {{{own}}}\n", "utf-8")
    asked = read_targets(file)
    assert [one.rung for one in asked.targets] == ["map_conditional", "map"]
    assert (asked.first, asked.last) == (month("2008-01"), month("2014-12"))


def test_the_shipped_list_is_whole() -> None:
    held = read_targets()
    assert (held.first, held.last) == (month("2008-01"), month("2014-12"))
    assert len(held.targets) == 52
    rungs = {one.id: one.rung for one in held.targets}
    assert rungs["bosnia.nato.map"] == "map_conditional"
    assert rungs["serbia.recognises_kosovo"] == "recognised.kosovo"
    assert checkpoints(held)[-1] == held.months - 1 and len(checkpoints(held)) == 7


def test_public_names_of_milestones_are_understood(tmp_path: Path) -> None:
    text = """
window: [2008-01, 2014-12]
targets:
- {id: a, actor: serbia, ladder: eu, milestone: negotiations, happened: 2014-01}
- {id: b, actor: bosnia, ladder: eu, milestone: saa_or_europe_agreement, happened: 2008-06}
- {id: c, actor: bosnia, ladder: nato, milestone: map, happened: 2010-04}
- {id: d, actor: albania, ladder: recognition, milestone: recognises_kosovo, happened: null}
"""
    (tmp_path / "list.yaml").write_text(text, "utf-8")
    held = read_targets(tmp_path / "list.yaml")
    assert [one.rung for one in held.targets] == ["negotiating", "saa", "map_conditional", "recognised.kosovo"]
    assert held.targets[2].milestone == "map", "its base rate is that of the plan"


def test_a_list_without_groups_has_those_of_the_shipped_one(tmp_path: Path) -> None:
    """Public names of milestones, no `group` and no `rung`: as in the list that was asked for at first."""
    shipped = read_targets()
    public = {rung: name for name, rung in shipped.names.items()}
    entries = []
    for one in shipped.targets:
        milestone = public.get(one.milestone, one.milestone)
        happened = "null" if one.happened is None else month_text(one.happened)
        said = f"id: {one.id}, actor: {one.actor}, ladder: {one.ladder}, milestone: {milestone}, happened: {happened}"
        entries.append(f"- {{{said}}}")
    file = tmp_path / "list.yaml"
    file.write_text("\n".join(["window: [2008-01, 2014-12]", "targets:", *entries]), "utf-8")
    held = read_targets(file)
    assert held == shipped
    assert Counter(one.group for one in held.targets) == {"settled": 30, "conditional": 1, "contested": 21}


def test_what_the_shipped_list_does_not_have_is_contested_like_its_kind(tmp_path: Path) -> None:
    entries = """
window: [2008-01, 2014-12]
targets:
- {id: a, actor: spain, ladder: recognition, milestone: recognises_kosovo, happened: null}
- {id: b, actor: kosovo, ladder: nato, milestone: annual_programme, happened: null}
- {id: c, actor: turkey, ladder: eu, milestone: member, happened: null}
- {id: d, actor: bosnia, ladder: nato, milestone: map, happened: null}
- {id: e, actor: kosovo, ladder: eu, milestone: member, happened: null, group: settled}
"""
    (tmp_path / "list.yaml").write_text(entries, "utf-8")
    found = read_targets(tmp_path / "list.yaml").targets
    assert [one.group for one in found] == ["contested", "contested", "settled", "settled", "settled"]
    assert found[3].rung == "map"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("ladder: nato, milestone: recognises_kosovo, happened: null", r"3:\d+: target 1: .* is a recogn"),
        ("ladder: nato, milestone: member, rung: recognised.x, happened: null", r"3:\d+: target 1: 'member' is a rec"),
        ("ladder: recognition, milestone: member, happened: null", r"3:\d+: target 1: 'member' is no recognition"),
        ("ladder: nato, milestone: member, happened: soon", r"3:\d+: target 1: 'soon' is not a month"),
        ("ladder: nato, milestone: member", r"3:\d+: target 1: 'happened' is missing"),
        ("ladder: nato, milestne: member, happened: null", r"3:\d+: target 1: 'milestne' is unknown.*'milestone'"),
        ("ladder: nato, milestone: member, happened: null, group: odd", r"3:\d+: target 1: 'odd' is not one of"),
        ("ladder: nato, milestone: member, happened: [2009]", r"3:\d+: target 1: a month like '2008-04' is .* a list"),
        ("ladder: nato, milestone: [member], happened: null", r"3:\d+: target 1: 'milestone' is a name, not a list"),
        ("ladder: nato, milestone: member, rung: null, happened: null", r"3:\d+: target 1: 'rung' is .* not nothing"),
        ("ladder: nato, milestone: member, happened: null}\n  - {id: a, actor: serbia, ladder: eu, milestone: member,"
         " happened: null", r"4:\d+: target 2: the id 'a' stands there twice"),
    ],
)  # fmt: skip
def test_a_fault_in_a_list_names_its_line(tmp_path: Path, entry: str, said: str) -> None:
    file = tmp_path / "list.yaml"
    file.write_text(f"window: [2008-01, 2014-12]\ntargets:\n  - {{id: a, actor: serbia, {entry}}}\n", "utf-8")
    with pytest.raises(TargetsError) as fault:
        read_targets(file)
    assert re.match(re.escape(f"{file}:") + said, str(fault.value)), str(fault.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("window: ['2008-01', '2014-12']", "sections"),
        ("window: ['2008-01', '2014-12']\ntargets: []\nwindw: 1", "list.yaml:3:1: 'windw' is unknown"),
        ("window: ['2008-01', '2008-13']\ntargets: []", "2008-13"),
        ("window: ['2008-01', '2009-12']\ntargets: []", "no target"),
        (
            "window: ['2008-01', '2009-12']\ntargets: [{id: a, actor: b, ladder: c, milstone: d, happened: null}]",
            "milestone",
        ),
        ("window: ['2008-01', '2009-12']\ntargets: [{id: a, actor: b, ladder: c, happened: null}]", "milestone"),
        ("window: [", "list.yaml"),
        ("window: [2008-01]\ntargets: []", "list.yaml:1:9: the window is two months, .*, not a list of 1$"),
        ("window: [2008-01, 2009-12, 2010-12]\ntargets: []", "not a list of 3$"),
        ("window:\ntargets: []", "the window is two months, .*, not nothing$"),
        ("window: 2008-01\ntargets: []", "the window is two months, .*, not a text$"),
        ("window: [2008-01, [2009-12]]\ntargets: []", "list.yaml:1:19: the window is two .* is needed, not a list$"),
        ("window: [2008-01, 2009-12]\ntargets: {id: a}", "list.yaml:2:10: 'targets' is a list, .*, not a mapping$"),
        ("window: [2008-01, 2009-12]\ntargets: [{id: [a], actor: b, ladder: c, milestone: d, happened: null}]",
         "list.yaml:2:16: target 1: 'id' is a name, not a list$"),
        ("window: [2008-01, 2009-12]\ncalibrated: [a]\ntargets: [{id: a, actor: b, ladder: c, milestone: d, "
         "happened: null}]", "list.yaml:2:13: 'calibrated' is a name, not a list$"),
    ],
)  # fmt: skip
def test_a_wrong_list_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "list.yaml").write_text(text, "utf-8")
    with pytest.raises(TargetsError, match=said):
        read_targets(tmp_path / "list.yaml")


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("actor", "serbai", "4:12: target 1 ('a'): there is no 'serbai' in the scenario (did you mean 'serbia'?)"),
        ("ladder", "natoo", "5:13: target 1 ('a'): there is no ladder 'natoo' (did you mean 'nato'?)"),
        (
            "milestone",
            "membr",
            "6:16: target 1 ('a'): 'membr' is no rung of the ladder 'nato' (did you mean 'member'?)",
        ),
        ("rung", "membr", "7:11: target 1 ('a'): 'membr' is no rung of the ladder 'nato' (did you mean 'member'?)"),
    ],
)
def test_what_a_scenario_does_not_have_is_named_with_its_line(tmp_path: Path, key: str, value: str, said: str) -> None:
    entry = {"id": "a", "actor": "serbia", "ladder": "nato", "milestone": "member", "rung": "member"}
    entry = {**entry, "happened": "null", key: value}
    if key == "milestone":
        del entry["rung"]
    text = "\n    ".join(f"{name}: {what}" for name, what in entry.items())
    file = tmp_path / "list.yaml"
    file.write_text(f"window: [2008-01, 2014-12]\ntargets:\n  - {text}\n", "utf-8")
    with pytest.raises(TargetsError) as fault:
        check_targets(compile_rules(load("bucharest_2008").book), read_targets(file))
    assert str(fault.value) == f"{file}:{said}"


def test_who_recognises_nobody_is_named_with_the_line(tmp_path: Path) -> None:
    entry = "id: a, actor: turky, ladder: recognition, milestone: recognises_kosovo, happened: null"
    file = tmp_path / "list.yaml"
    file.write_text(f"window: [2008-01, 2014-12]\ntargets:\n  - {{{entry}}}\n", "utf-8")
    with pytest.raises(TargetsError, match=r"list.yaml:3:20: target 1 \('a'\): .*turky .*did you mean 'turkey'"):
        check_targets(compile_rules(load("bucharest_2008").book), read_targets(file))
