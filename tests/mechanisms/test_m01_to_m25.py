"""Mechanisms 1 to 25: instruments and institutions, in the direction that the source of each states."""

from __future__ import annotations

from tests.mechanisms.bench import instead, order, switch

SUMMIT = {"summit": 1, "on_agenda": 0, "cohesion": 70, "fatigue": 20, "tension": 10, "purse": 12}
"""A summit of a calm Alliance with an empty agenda."""


def ready(country: str, much: float = 90) -> dict[str, float]:
    return {f"{name}[{country}]": much for name in ("governance", "defence_reform", "support", "stability")}


def test_m01_a_table_to_sit_at_lowers_tension() -> None:
    assert switch("partnership_council")["tension[serbia, bosnia]"] < 0


def test_m02_partners_reform_to_their_own_measure_and_neutrals_give_security() -> None:
    plan = switch("action_plans_work", set={"signed[action_plan, montenegro]": 1})
    assert plan["defence_reform[montenegro]"] > 0
    neutral = {"neutral[serbia]": 1, "interoperability[serbia]": 50}
    assert order("serbia.partnership_work", set=neutral)["interoperability[serbia]"] > 0
    assert order("serbia.contribute_troops", set=neutral)["standing[serbia]"] > 0


def test_m03_seegroup_brings_allies_and_partners_together() -> None:
    diff = switch("seegroup_meets", given=["romania.call_forum.seegroup"], set={"purse": 12, "tension": 30})
    assert diff["tension[serbia, romania]"] < 0
    assert diff["cohesion"] > 0


def test_m04_the_cooperation_process_eases_tension_unless_its_host_quarrels() -> None:
    calm = {"purse": 12, "tension": 30}
    meets = switch("process_meets", given=["serbia.call_forum.cooperation_process"], set=calm)
    assert meets["tension[serbia, bosnia]"] < 0
    both = ["serbia.call_forum.cooperation_process", "serbia.rhetoric.bosnia"]
    assert switch("process_meets", given=both, set=calm)["tension[serbia, bosnia]"] == 0


def test_m05_the_intensified_dialogue_moves_reform() -> None:
    diff = switch("dialogue_at_work", set={"nato_status[bosnia]": 2})
    assert diff["defence_reform[bosnia]"] > 0
    assert diff["support[bosnia]"] > 0


def test_m06_the_action_plan_makes_plans_and_may_hang_on_a_condition() -> None:
    assert switch("annual_programme", set={"nato_status[albania]": 4})["plans_adopted[albania]"] > 0
    asked = {**SUMMIT, **ready("bosnia"), "nato_status[bosnia]": 2, "on_agenda[bosnia]": 1}
    settled = instead({**asked, "dossier_state[defence_property]": 3}, {**asked, "dossier_state[defence_property]": 1})
    assert settled["nato_status[bosnia]"] == 1, "without a register the plan comes with a condition"


def test_m07_invitations_follow_performance() -> None:
    asked = {**SUMMIT, "nato_status[croatia]": 4, "on_agenda[croatia]": 1, "plans_carried_out[croatia]": 60}
    diff = instead({**asked, **ready("croatia")}, {**asked, **ready("croatia", 45)})
    assert diff["nato_status[croatia]"] == 1


def test_m08_a_summit_is_a_window() -> None:
    assert switch("summit_window", set={"summit": 1})["attention"] > 0
    asked = {**SUMMIT, **ready("croatia"), "nato_status[croatia]": 4, "on_agenda[croatia]": 1}
    assert instead(asked, {**asked, "summit": 0, "ministerial": 0})["nato_status[croatia]"] == 1


def test_m09_collective_defence_deters() -> None:
    exercise = {"nato_status[albania]": 4}
    assert order("united_states.hold_exercise.albania", set=exercise)["deterrence"] > 0
    hot = {"heat": 85, "armed_groups": 30, "presence": 20, "unanswered": 0}
    assert instead({**hot, "deterrence": 95}, {**hot, "deterrence": 0})["armed_attacks"] < 0


def test_m10_training_builds_capacity() -> None:
    diff = order("nato.train_and_equip.albania", turns=2, set={"nato_status[albania]": 4})
    assert diff["interoperability[albania]"] > 0
    assert diff["defence_reform[albania]"] > 0


def test_m11_offices_in_sarajevo_and_skopje_advise() -> None:
    diff = switch("offices_advise")
    assert diff["defence_reform[bosnia]"] > 0
    assert diff["defence_reform[north_macedonia]"] > 0


def test_m12_the_liaison_office_links_serbia_with_the_alliance() -> None:
    assert switch("liaison_in_belgrade", set={"strength[mlo_belgrade]": 30})["interoperability[serbia]"] > 0


def test_m13_the_reform_group_advises_serbia() -> None:
    diff = switch("reform_group_works", set={"signed[reform_group, serbia]": 1})
    assert diff["defence_reform[serbia]"] > 0
    assert diff["civil_control[serbia]"] > 0


def test_m14_transit_makes_serbia_a_partner_that_gives() -> None:
    diff = switch("transit_works", set={"signed[transit_agreement, serbia]": 1})
    assert diff["credibility[serbia]"] > 0
    assert diff["strength[kfor]"] > 0


def test_m15_public_diplomacy_wins_support() -> None:
    diff = order("nato.explain_alliance.montenegro", set={"support[montenegro]": 40})
    assert diff["support[montenegro]"] > 0
    assert diff["eastern_influence[montenegro]"] < 0


def test_m16_confidence_building_lowers_tension_and_twice_in_a_row_more() -> None:
    quarrel = {"tension": 50, "hostile": 0}
    once = order("serbia.make_gesture.croatia", set=quarrel)["tension[serbia, croatia]"]
    row = "gesture[serbia, croatia]"
    met = switch("tension_moves", set={**quarrel, row: 1, "grievance": 50})["tension[serbia, croatia]"]
    assert once < 0
    assert met < 0
    assert order("nato.mediate.defence_property", set={"dossier_state[defence_property]": 1})["talks"] > 0


def test_m17_high_level_visits_make_leaders_readier() -> None:
    diff = order("eu.visit.serbia", set={"nationalism[serbia]": 60, "stability[serbia]": 30})
    assert diff["nationalism[serbia]"] < 0
    assert diff["tension[serbia, croatia]"] < 0


def test_m18_the_union_brings_the_dialogue_on() -> None:
    talks = {"dossier_state[technical_dialogue]": 1, "talks[technical_dialogue]": 40}
    assert order("eu.convene_talks.technical_dialogue", set=talks)["talks[technical_dialogue]"] > 0
    both = ["serbia.attend_talks.technical_dialogue", "kosovo.attend_talks.technical_dialogue"]
    assert order(*both, set=talks)["talks[technical_dialogue]"] > 0
    assert switch("talks_on_round", given=both, set={**talks, "purse": 12})["talks[technical_dialogue]"] > 0


def test_m19_municipalities_that_run_their_own_affairs_consent_more() -> None:
    diff = order("kosovo.grant_self_government.north_kosovo", set={"autonomy[north_kosovo]": 40})
    assert diff["autonomy[north_kosovo]"] > 0
    assert diff["consent[north_kosovo]"] > 0
    assert diff["nationalism[kosovo]"] > 0, "the second bill"


def test_m20_pledging_bosnias_integrity_calms_banja_luka() -> None:
    diff = order("nato.pledge_integrity", set={"stability[bosnia]": 30, "heat[banja_luka]": 50})
    assert diff["heat[banja_luka]"] < 0
    assert diff["stability[bosnia]"] > 0


def test_m21_a_demand_for_accountability_asks_the_patron_of_an_attack() -> None:
    attacked = {"unanswered[north_kosovo]": 1, "armed_groups": 25, "heat": 70}
    diff = order("united_states.demand_accountability.north_kosovo", after=2, set=attacked)
    assert diff["armed_groups[north_kosovo]"] < 0
    assert diff["standing[serbia]"] < 0, "its government is asked, and is under suspicion"
    assert diff["credibility[serbia]"] <= 0, "to be asked is no merit"
    assert diff["unanswered[north_kosovo]"] == 0, "to ask is no answer"
    again = instead({**attacked, "unanswered": 0}, {**attacked, "unanswered": 1})
    assert again["armed_attacks"] < 0, "impunity invites the next one"


def test_m22_crisis_aid_steadies_a_state_in_need() -> None:
    diff = order("romania.send_relief.bosnia", set={"disaster[bosnia]": 1})
    assert diff["stability[bosnia]"] > 0
    assert diff["support[bosnia]"] > 0


def test_m23_a_sponsor_wins_allies_for_its_neighbour() -> None:
    asked = {"nato_status[albania]": 4, "goodwill": 0}
    assert order("romania.lobby.france.albania", set=asked)["goodwill[france, albania]"] > 0
    edge = {**SUMMIT, **ready("croatia", 54), "nato_status[croatia]": 4, "on_agenda[croatia]": 1, "purse": 12}
    assert instead({**edge, "goodwill": 8}, {**edge, "goodwill": 0})["nato_status[croatia]"] > 0


def test_m24_a_conference_sets_a_theme() -> None:
    assert order("romania.hold_conference", set={"attention": 50})["attention"] > 0


def test_m25_rival_theatres_take_the_time_that_the_region_needs() -> None:
    assert switch("rival_theatres", set={"rivals": 80})["attention"] < 0
    assert instead({"rivals": 80}, {"rivals": 20})["attention"] < 0
    assert order("united_states.focus_attention", set={"attention": 50})["attention"] > 0
