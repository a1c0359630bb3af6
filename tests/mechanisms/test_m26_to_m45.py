"""Mechanisms 26 to 45: missions and bases, disputes and threats, in the direction that the source of each states."""

from __future__ import annotations

import numpy as np

from tests.mechanisms.bench import GAMES, instead, order, played, ruleset, switch

DECLARED = {"kosovo_declared": 1, "talks_over": 1}
QUARREL = {"tension[serbia, kosovo]": 75, "nationalism": 60, "hostile[serbia, kosovo]": 3}


def test_m26_ifor_and_sfor_left_a_peace_without_arms() -> None:
    diff = switch("peace_after_sfor", set={"armed_groups": 20})
    assert diff["armed_groups[banja_luka]"] < 0
    assert diff["heat[brcko]"] < 0


def test_m27_kfor_keeps_all_communities_safe() -> None:
    diff = switch("kfor_protects", set={"armed_groups": 20})
    assert diff["consent[north_kosovo]"] > 0
    assert diff["armed_groups[north_kosovo]"] < 0
    hot = {"heat[north_kosovo]": 55, "purse": 12}
    assert instead({**hot, "presence": 80}, {**hot, "presence": 5})["incidents[north_kosovo]"] < 0


def test_m28_camp_bondsteel_steadies_and_is_resented() -> None:
    diff = switch("bondsteel", set={"base[kosovo]": 40})
    assert diff["presence[north_kosovo]"] > 0
    assert diff["grievance[serbia, kosovo]"] > 0


def test_m29_an_air_base_by_the_black_sea_deters_and_gives_its_host_weight() -> None:
    diff = switch("kogalniceanu", set={"base[romania]": 40})
    assert diff["deterrence"] > 0
    assert diff["standing[romania]"] > 0
    assert diff["rivals"] > 0, "the Black Sea draws eyes from the Balkans"


def test_m30_a_naval_base_gives_albania_weight() -> None:
    diff = switch("albanian_port", set={"base[albania]": 40})
    assert diff["standing[albania]"] > 0
    assert diff["interoperability[albania]"] > 0


def test_m31_allies_around_serbia_deter_and_are_felt_as_a_ring() -> None:
    diff = switch("ringed", set={"nato_status[croatia]": 7, "nato_status[albania]": 7})
    assert diff["deterrence"] > 0
    assert diff["nationalism_home[serbia]"] > 0


def test_m32_kosovos_independence_divides_the_allies() -> None:
    split = {**DECLARED, "recognised": 0, "recognised[germany, kosovo]": 1}
    assert switch("allies_divided", set=split)["cohesion"] < 0
    assert instead(split, {"kosovo_declared": 0, "recognised": 0})["cohesion"] < 0


def test_m33_the_declaration_brings_turmoil_and_serbias_reaction() -> None:
    ripe = {"talks_over": 1, "kosovo_declared": 0, "dossier_state[status_talks]": 4, "purse": 12}
    diff = switch("declaration_shakes", given=["kosovo.declare_independence"], set=ripe)
    assert diff["tension[serbia, kosovo]"] > 0
    assert diff["stability[serbia]"] < 0
    assert diff["heat[north_kosovo]"] > 0


def test_m33_the_declaration_is_told_in_the_turn_in_which_it_is_made() -> None:
    """In early 2008 Serbia opens a campaign too: a card that comes by the calendar must not push the report aside."""
    worlds = played()
    layout = ruleset().layout
    declared, told = layout.row("kosovo_declared"), layout.row("last[kosovo_declaration]")
    turns = np.full(GAMES, 0)
    for world in reversed(worlds[1:]):
        turns[world.state[declared] > 0] = world.turn - 1
    assert turns.any()
    assert (worlds[-1].state[told] == turns).all()


def test_m34_the_open_name_postpones_an_invitation() -> None:
    asked = {
        "summit": 1,
        "cohesion": 70,
        "fatigue": 20,
        "tension": 10,
        "nato_status[north_macedonia]": 4,
        "on_agenda[north_macedonia]": 1,
        **{f"{name}[north_macedonia]": 90 for name in ("governance", "defence_reform", "stability", "support")},
    }
    diff = instead({**asked, "dossier_state[name_issue]": 1}, {**asked, "dossier_state[name_issue]": 3})
    assert diff["nato_status[north_macedonia]"] == -1
    assert diff["blocked[north_macedonia]"] == 1, "one ally is enough"
    anger = switch("postponed_by_name", set={**asked, "dossier_state[name_issue]": 1})
    assert anger["nationalism[north_macedonia]"] > 0


def test_m35_unregistered_defence_property_holds_bosnia_back() -> None:
    waiting = {"nato_status[bosnia]": 3, "dossier_state[defence_property]": 1}
    assert switch("waiting_for_property", set=waiting)["support[bosnia]"] < 0
    asked = {
        **waiting,
        "summit": 1,
        "cohesion": 70,
        "fatigue": 20,
        "tension": 10,
        "icty": 100,
        "on_agenda[bosnia]": 1,
        **{f"{name}[bosnia]": 90 for name in ("governance", "defence_reform", "stability", "support")},
    }
    diff = instead(asked, {**asked, "dossier_state[defence_property]": 3})
    assert diff["nato_status[bosnia]"] < 0


def test_m36_secessionist_rhetoric_shakes_the_state() -> None:
    words = order("republika_srpska.rhetoric.bosnia", set={"nationalism": 60})
    assert words["tension[bosnia, republika_srpska]"] > 0
    assert words["nationalism[bosnia]"] > 0
    step = order("republika_srpska.secession_step", set={"nationalism[republika_srpska]": 75})
    assert step["stability[bosnia]"] < 0
    assert step["heat[banja_luka]"] > 0


def test_m37_violence_breeds_violence() -> None:
    hot = {"heat[north_kosovo]": 75, "presence[north_kosovo]": 20}
    assert switch("incident", set=hot)["heat[north_kosovo]"] > 0
    assert switch("incident", set=hot, turns=3)["incidents[north_kosovo]"] > 0
    assert instead({**hot}, {**hot, "heat[north_kosovo]": 30}, turns=2)["incidents[north_kosovo]"] > 0


def test_m38_a_stalled_dialogue_embitters() -> None:
    open_talks = {"dossier_state[name_issue]": 1, "talks[name_issue]": 50}
    diff = switch("talks_stall", set=open_talks)
    assert diff["tension[greece, north_macedonia]"] > 0
    assert diff["credibility[greece]"] < 0
    come = order("greece.attend_talks.name_issue", "north_macedonia.attend_talks.name_issue", set=open_talks)
    assert come["tension[greece, north_macedonia]"] < 0


def test_m39_disinformation_feeds_nationalism_and_doubt() -> None:
    diff = order("russia.spread_disinformation.montenegro", set={"eastern_influence[montenegro]": 40})
    assert diff["support[montenegro]"] < 0
    assert diff["nationalism[montenegro]"] > 0
    assert diff["exposed[russia]"] > 0, "it leaves traces"


def test_m40_competition_makes_moscow_do_more_in_the_region() -> None:
    assert switch("competition", set={"russian_reaction": 80})["eastern_influence[serbia]"] > 0
    split = switch("crowded_agenda", set={"on_agenda[ukraine]": 1, "summit": 0, "ministerial": 0})
    assert split["cohesion"] < 0
    assert split["rivals"] > 0


def test_m41_where_nobody_keeps_the_peace_others_offer_to() -> None:
    diff = switch("vacuum", set={"presence": 5, "heat": 60, "armed_groups": 10})
    assert diff["armed_groups[tetovo]"] > 0
    assert diff["eastern_influence[serbia]"] > 0


def test_m42_arms_are_answered_with_arms() -> None:
    tense = {"tension": 90, "military[serbia]": 25}
    assert instead({**tense, "military[croatia]": 80}, {**tense, "military[croatia]": 10})["military[serbia]"] > 0
    east = order("serbia.buy_east", set={"eastern_influence[serbia]": 50, "tension": 70, "economy": 50})
    assert east["military[serbia]"] > 0
    assert east["eastern_influence[serbia]"] > 0


def test_m43_pacts_frighten_by_how_they_are_seen_and_one_is_mostly_spin() -> None:
    southern = {f"signed[southern_pact, {c}]": 1 for c in ("croatia", "albania", "kosovo")}
    northern = {f"signed[northern_pact, {c}]": 1 for c in ("serbia", "hungary")}
    south, north = switch("southern_pact_seen", set=southern), switch("northern_pact_seen", set=northern)
    assert south["tension[serbia, albania]"] > 0
    assert north["tension[serbia, croatia]"] > 0
    assert north["stability[serbia]"] > 0, "applause at home"
    assert north["military[serbia]"] == 0, "no regiment comes of it"


def test_m44_few_resources_and_fear_of_losing_power_brake_a_war() -> None:
    brink = {**QUARREL, "escalation[serbia, kosovo]": 5, "economy": 30, "stability": 40}
    row = "escalation[serbia, kosovo]"
    assert switch("brake_on_war", set=brink)[row] < 0
    rich = {**brink, "economy[serbia]": 90, "economy[kosovo]": 90, "stability[serbia]": 90, "stability[kosovo]": 90}
    assert instead(brink, rich)[row] < 0


def test_m45_disasters_cost_money_and_nerves() -> None:
    diff = switch("disaster_drags", set={"disaster[bosnia]": 1})
    assert diff["economy[bosnia]"] < 0
    assert diff["stability[bosnia]"] < 0
    helped = order("eu.send_relief.bosnia", set={"disaster[bosnia]": 1}, turns=2)
    assert helped["disaster[bosnia]"] < 0
