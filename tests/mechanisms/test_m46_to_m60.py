"""Mechanisms 46 to 60: benefits, costs and limits. What a source reports as an expert's claim is tested as claimed."""

from __future__ import annotations

from game.scenario import load
from tests.mechanisms.bench import instead, order, switch


def counter_evidence(number: int) -> str | None:
    library = load("bucharest_2008").book.rulebook.library
    return next(entry.contested for entry in library if entry.mechanism == number)


def test_m46_consumers_of_security_become_providers() -> None:
    diff = order("albania.contribute_troops", set={"interoperability[albania]": 50})
    assert diff["credibility[albania]"] > 0
    assert diff["standing[albania]"] > 0


def test_m47_an_archaic_defence_model_is_reformed() -> None:
    diff = order("albania.reform_defence", turns=3, set={"nato_status[albania]": 4})
    assert diff["defence_reform[albania]"] > 0
    assert diff["support[albania]"] <= 0, "bases close"
    assert (
        switch("reform_moves", set={"nato_status[bulgaria]": 7, "defence_reform[bulgaria]": 20})["defence_reform"] > 0
    )


def test_m48_membership_lowers_corruption_as_claimed_and_durability_is_doubtful() -> None:
    member = {"nato_status[bulgaria]": 7, "plans_carried_out[bulgaria]": 80}
    lasting = switch("accession_cleans", set=member)["governance[bulgaria]"]
    doubtful = switch("accession_cleans", set={**member, "plans_carried_out[bulgaria]": 30})["governance[bulgaria]"]
    assert lasting > doubtful
    assert lasting > 0
    assert counter_evidence(48)


def test_m49_stability_leads_to_regional_cooperation() -> None:
    secure = {"stability": 80, "hostile": 0, "tension": 40, "grievance": 40}
    diff = switch("stable_neighbours", set=secure)
    assert diff["tension[serbia, croatia]"] < 0
    assert diff["grievance[serbia, croatia]"] < 0


def test_m50_members_count_in_world_politics() -> None:
    last = {"nato_status[croatia]": 6, "ratified": 1}
    assert switch("accession", set=last)["standing[croatia]"] > 0


def test_m51_outside_means_help_where_the_own_army_is_not_enough() -> None:
    flooded = {"disaster[bosnia]": 1, "military[bosnia]": 10}
    assert switch("own_means_short", set=flooded)["stability[bosnia]"] < 0
    sent = {**flooded, "purse": 12}
    helped = switch("own_means_short", given=["nato.send_relief.bosnia"], set=sent)["stability[bosnia]"]
    assert helped > switch("own_means_short", set=flooded)["stability[bosnia]"]


def test_m52_presence_offsets_propaganda_as_claimed_even_in_a_non_member() -> None:
    here = {"strength[mlo_belgrade]": 60, "nato_status[serbia]": 1}
    assert switch("presence_offsets", set=here)["eastern_home[serbia]"] < 0
    assert switch("presence_offsets", set=here, turns=6)["eastern_influence[serbia]"] < 0
    assert counter_evidence(52)


def test_m53_integration_carries_democratic_values() -> None:
    assert order("croatia.rule_of_law", set={"stability": 50})["governance[croatia]"] > 0
    near = {"governance[serbia]": 45, "credibility[eu]": 70}
    assert instead({**near, "eu_status[serbia]": 3}, {**near, "eu_status[serbia]": 0})["governance[serbia]"] > 0


def test_m54_plans_that_stay_on_paper_frustrate() -> None:
    diff = switch("frustration", set={"plans_adopted[croatia]": 90, "plans_carried_out[croatia]": 40})
    assert diff["support[croatia]"] < 0
    assert diff["credibility[croatia]"] < 0


def test_m55_paper_becomes_practice_slowly_unless_somebody_sees_to_it() -> None:
    paper = {"plans_adopted[croatia]": 80, "plans_carried_out[croatia]": 40, "nato_status[croatia]": 7}
    assert order("croatia.carry_out_plans", set=paper, turns=2)["plans_carried_out[croatia]"] > 0
    alone = switch("plans_follow", set=paper)["plans_carried_out[croatia]"]
    assert 0 < alone < 4, "most of the gap of forty is still there after a quarter"


def test_m56_weak_democratic_control_of_the_military_drags() -> None:
    paper = {"plans_adopted[albania]": 70, "plans_carried_out[albania]": 50}
    weak, strong = {**paper, "civil_control[albania]": 20}, {**paper, "civil_control[albania]": 80}
    assert instead(weak, strong)["plans_carried_out[albania]"] < 0
    assert order("albania.civil_control")["civil_control[albania]"] > 0


def test_m57_troops_do_little_in_internal_conflicts_and_the_union_more() -> None:
    boycott = {"consent[north_kosovo]": 20, "control[north_kosovo]": 40, "strength[eulex]": 0}
    limits = switch("internal_limits", set=boycott)
    assert limits["heat[north_kosovo]"] > 0
    assert limits["control[north_kosovo]"] < 0
    troops = instead({**boycott, "strength[kfor]": 80}, {**boycott, "strength[kfor]": 30})
    assert abs(troops["control[north_kosovo]"]) < 0.5, "soldiers do not end a boycott"
    judges = instead({**boycott, "strength[eulex]": 80}, boycott)
    assert judges["consent[north_kosovo]"] > 0
    assert judges["governance[kosovo]"] > 0


def test_m58_national_agendas_stall_cooperation() -> None:
    nation = {"nationalism": 70, "tension": 45, "grievance": 45}
    assert switch("national_agendas", set=nation)["tension[serbia, croatia]"] > 0
    both = ["serbia.call_forum.cooperation_process", "serbia.rhetoric.croatia"]
    assert switch("forum_fails", given=both, set={"purse": 12})["standing[serbia]"] < 0


def test_m59_a_partner_may_be_active_without_wishing_to_join() -> None:
    diff = switch("neutral_partner", set={"neutral[serbia]": 1, "nato_status[serbia]": 1})
    assert diff["interoperability[serbia]"] > 0
    assert diff["eastern_home[serbia]"] > 0, "a balance between East and West"


def test_m60_leaders_who_take_responsibility_can_compromise() -> None:
    assert order("serbia.moderate_tone", set={"stability": 50})["nationalism[serbia]"] < 0
    talks = {"dossier_state[name_issue]": 1, "talks[name_issue]": 75}
    step = order("greece.concede.name_issue", set=talks)
    assert step["position[name_issue, greece]"] > 0
    assert step["nationalism[greece]"] > 0, "the second bill"
    down = {"escalation[serbia, kosovo]": 4, "nationalism": 40, "hostile": 0, "tension": 50}
    assert order("serbia.back_down.kosovo", set=down)["escalation[serbia, kosovo]"] < 0
