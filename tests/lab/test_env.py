"""Environments: the usual conformance tests, the mask in every state of random games, many games in step."""

from __future__ import annotations

import numpy as np
import pytest

from game.rules import Ruleset, compile_rules, legal_after, legal_mask, legal_queues
from game.scenario import load

pytest.importorskip("pettingzoo")
pytest.importorskip("gymnasium")

from game.lab.env import ManyGamesEnv, OpenDoorEnv, SeatEnv


def test_pettingzoo_accepts_it(tiny_rules: Ruleset) -> None:
    from pettingzoo.test import parallel_api_test, parallel_seed_test

    parallel_api_test(OpenDoorEnv(tiny_rules), num_cycles=200)
    parallel_seed_test(lambda: OpenDoorEnv(tiny_rules), num_cycles=40)


def test_it_converts_to_turns_of_single_agents(tiny_rules: Ruleset) -> None:
    from pettingzoo.test import api_test
    from pettingzoo.utils import parallel_to_aec

    api_test(parallel_to_aec(OpenDoorEnv(tiny_rules)), num_cycles=100)


@pytest.mark.filterwarnings("ignore")
def test_gymnasium_accepts_one_seat(tiny_rules: Ruleset) -> None:
    from gymnasium.utils.env_checker import check_env

    check_env(SeatEnv(tiny_rules, "belen"), skip_render_check=True)


def states_of_random_games(ruleset: Ruleset, games: int, every: int) -> int:
    """Play random games, look at the mask in every state, and count the states.

    The mask is held against what one game's rules allow after the queue; every so many states it is also asked of
    `legal_after`, which works everything out anew.
    """
    env = OpenDoorEnv(ruleset)
    states = 0
    for game in range(games):
        chance = np.random.default_rng(game)
        seen, _ = env.reset(seed=game)
        turn, mask = 0, None
        while env.agents:
            core = env.core
            if core.world.turn != turn:
                turn, mask = core.world.turn, legal_mask(ruleset, core.world)
            for seat in env.agents:
                place = core.index[seat]
                part = ruleset.catalogue.seats[place]
                queue = core.queues[seat][core.queues[seat][:, 0] >= 0]
                if states % every:
                    legal = legal_queues(ruleset, core.world, place, queue, mask)[:, 0]
                else:
                    whole = legal_after(ruleset, core.world, 0, place, queue[:, 0].tolist())
                    legal = whole[part]
                    assert not np.delete(whole, np.r_[part]).any()
                expected = legal if not core.passed[seat][0] else np.zeros(part.stop - part.start)
                assert (seen[seat]["action_mask"][1:] == expected).all()
                states += 1
            chosen = {s: int(chance.choice(np.flatnonzero(seen[s]["action_mask"]))) for s in env.agents}
            seen, *_ = env.step(chosen)
    return states


def test_the_mask_is_what_the_rules_allow_in_every_state_of_random_games(tiny_rules: Ruleset) -> None:
    assert states_of_random_games(tiny_rules, 50, every=1) > 50 * 8 * 2


@pytest.mark.slow
def test_so_it_is_with_the_whole_rulebook() -> None:
    ruleset = compile_rules(load("bucharest_2008").book)
    playable = len(ruleset.book.scenario.seats)
    assert states_of_random_games(ruleset, 50, every=50) > 50 * ruleset.turns * playable * 2


def test_a_masked_action_passes(tiny_rules: Ruleset) -> None:
    env = SeatEnv(tiny_rules, "belen")
    seen, _ = env.reset(seed=1)
    refused = int(np.flatnonzero(seen["action_mask"] == 0)[0])
    seen, _, _, _, info = env.step(refused)
    assert (info["turn"], info["allowed"]) == (2, False)


def test_many_games_are_the_single_games(tiny_rules: Ruleset) -> None:
    """The same choices by a rule of the mask alone give the same scores one by one and all at once."""

    def total(env: SeatEnv | ManyGamesEnv, luck: int) -> np.ndarray:
        env.core.reset(np.arange(luck, luck + getattr(env, "num_envs", 1), dtype=np.uint64))
        sums = np.zeros(env.core.world.games)
        while not env.core.over.all():
            mask = env.core.mask(env.seat)
            env.core.act(env.seat, mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1))
            before = env.core.score(env.seat)
            env.core.resolve()
            sums += env.core.score(env.seat) - before
        return sums

    many = total(ManyGamesEnv(tiny_rules, "belen", games=12), 5)
    single = [total(SeatEnv(tiny_rules, "belen"), 5 + i)[0] for i in range(12)]
    assert many.tolist() == pytest.approx(single)
    assert len(set(many.tolist())) > 1


def test_a_seed_also_sets_what_follows_without_one(tiny_rules: Ruleset) -> None:
    def lucks() -> list[list[int]]:
        env = ManyGamesEnv(tiny_rules, "belen", games=3)
        found = []
        for seed in (7, None, None):
            env.reset(seed=seed)
            found.append(env.core.world.luck.tolist())
        return found

    first = lucks()
    assert first == lucks() and first[0] == [7, 8, 9]
    assert first[1] != first[2]


def test_a_step_before_the_first_reset_is_said_to_need_one(tiny_rules: Ruleset) -> None:
    from gymnasium.error import ResetNeeded

    with pytest.raises(ResetNeeded, match="reset"):
        SeatEnv(tiny_rules, "belen").step(0)
    with pytest.raises(ResetNeeded, match="reset"):
        ManyGamesEnv(tiny_rules, "belen", games=2).step(np.zeros(2, np.int64))
    with pytest.raises(RuntimeError, match="reset"):
        OpenDoorEnv(tiny_rules).core.act("belen", [0])


@pytest.mark.parametrize("action", [10**6, -1])
def test_an_action_that_is_none_is_named(tiny_rules: Ruleset, action: int) -> None:
    env = SeatEnv(tiny_rules, "belen")
    env.reset(seed=1)
    with pytest.raises(ValueError, match=f"belen: there is no action {action}; actions are 0"):
        env.step(action)
    many = ManyGamesEnv(tiny_rules, "belen", games=2)
    many.reset(seed=1)
    with pytest.raises(ValueError, match="2 games"):
        many.step(np.zeros(3, np.int64))


def test_an_environment_without_games_or_seats_is_refused(tiny_rules: Ruleset) -> None:
    with pytest.raises(ValueError, match="at least one game, not 0"):
        ManyGamesEnv(tiny_rules, "belen", games=0)
    with pytest.raises(TypeError, match="games: '8' is not a whole number"):
        ManyGamesEnv(tiny_rules, "belen", games="8")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"at least one seat; there are .*belen"):
        OpenDoorEnv(tiny_rules, [])


def test_a_list_of_seats_is_a_list(tiny_rules: Ruleset) -> None:
    with pytest.raises(TypeError, match="seats: 'belen' is not a list of seats"):
        OpenDoorEnv(tiny_rules, "belen")
    with pytest.raises(TypeError, match="seats: 3 is not a list"):
        OpenDoorEnv(tiny_rules, 3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="seat: 3 is not the name of a seat"):
        SeatEnv(tiny_rules, 3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'belen' stands there twice"):
        OpenDoorEnv(tiny_rules, ["belen", "belen"])
    with pytest.raises(TypeError, match="scenario: None is not the id of a scenario"):
        SeatEnv(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="others: None is not a kind of player"):
        SeatEnv(tiny_rules, "belen", others=None)  # type: ignore[arg-type]


def test_a_seat_that_nobody_may_play_is_refused() -> None:
    """It has no objectives: its reward would be 0 for ever."""
    with pytest.raises(ValueError, match=r"'serbia' cannot be played in tutorial.*; seats to play are croatia"):
        SeatEnv("tutorial", "serbia")
    with pytest.raises(ValueError, match=r"there is no seat 'coratia' in tutorial.*'croatia'"):
        ManyGamesEnv("tutorial", "coratia", games=2)


@pytest.mark.parametrize("action", [1.5, "0", None, True, np.float64(1)])
def test_an_action_that_is_no_whole_number_is_refused(tiny_rules: Ruleset, action: object) -> None:
    env = SeatEnv(tiny_rules, "belen")
    env.reset(seed=1)
    with pytest.raises(TypeError, match=r"belen: action: .* is not a whole number"):
        env.step(action)  # type: ignore[arg-type]
    many = ManyGamesEnv(tiny_rules, "belen", games=1)
    many.reset(seed=1)
    with pytest.raises(TypeError, match="belen: actions are whole numbers"):
        many.step([action])  # type: ignore[arg-type]
    assert env.core.world.turn == many.core.world.turn == 1
    env.step(np.int32(0))


def test_a_step_without_an_action_of_every_seat_is_refused_whole(tiny_rules: Ruleset) -> None:
    env = OpenDoorEnv(tiny_rules)
    env.reset(seed=1)
    first, *others = env.agents
    with pytest.raises(ValueError, match=f"missing: {', '.join(others)}"):
        env.step({first: 0})
    with pytest.raises(ValueError, match="there is no agent 'nobody'"):
        env.step({**dict.fromkeys(env.agents, 0), "nobody": 0})
    with pytest.raises(TypeError, match=f"{others[-1]}: action: '0' is not a whole number"):
        env.step({**dict.fromkeys(env.agents, 0), others[-1]: "0"})  # type: ignore[dict-item]
    assert not any(passed.any() for passed in env.core.passed.values()), "nothing of a refused step is taken"
    with pytest.raises(ValueError, match="seed: a game's seed is from 0"):
        env.reset(seed=-1)


def test_observations_and_actions_can_be_read(tiny_rules: Ruleset) -> None:
    env = OpenDoorEnv(tiny_rules)
    seen, _ = env.reset(seed=1)
    for read in (env, SeatEnv(tiny_rules, "belen"), ManyGamesEnv(tiny_rules, "belen", games=2)):
        assert len(read.observation_names) == len(read.observation_scales) == len(seen["belen"]["observation"])
        assert read.observation_names[-2:] == ("political capital left", "orders left")
    points = seen["belen"]["observation"] / env.observation_scales
    held = dict(zip(env.observation_names, points.tolist(), strict=True))
    assert held["turn"] == 1 and held["purse[belen]"] == held["political capital left"]
    score = env.observation_names.index("score[belen]")
    assert env.observation_scales[score] == 100
    assert env.action_text("belen", 0) == SeatEnv(tiny_rules, "belen").action_text(0) == "pass"
    last = env.action_space("belen").n - 1
    assert env.action_text("belen", int(last)).startswith("belen.")
    with pytest.raises(ValueError, match="there is no action"):
        env.action_text("belen", int(last) + 1)
