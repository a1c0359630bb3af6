"""Every kind of fault, each a small change to the tiny scenario, with its line and column."""

from __future__ import annotations

import pytest

from tests.scenario.tiny import changed, mistakes, place, texts

Q, A, E, D, B, V, W, S = (
    "tiny/quantities.yaml",
    "tiny/actions.yaml",
    "tiny/events.yaml",
    "tiny/drift.yaml",
    "tiny/bodies.yaml",
    "tiny/vocabulary.yaml",
    "tiny/who.yaml",
    "tiny.yaml",
)

REJOINS = """\
  - id: rejoins
    title: x
    phase: decide
    over: {candidate: candidates}
    when: ["status[candidate] == invited", summit == 0]
    effects: ["status[candidate] = partner"]
    priority: 3
  - id: welcome
"""

# (file, old, new, the piece of text at whose start the fault stands, the message)
CASES = {
    # models
    "unknown key": (
        A,
        "    cost: 2\n    runs: 9",
        "    csot: 2\n    cost: 2\n    runs: 9",
        "csot",
        "unknown key 'csot' (did you mean 'cost'?)",
    ),
    "missing key": (E, "    headline: A storm on the lake\n", "", "id: storm", "the key 'headline' is missing"),
    "wrong type": (S, "turns: 8", "turns: eight", "eight", "expected a whole number, found 'eight'"),
    "text for a truth": (E, "once: true", "once: yes", "yes", "expected true or false, found 'yes'"),
    "a word of a list": (
        E,
        "kind: calendar",
        "kind: calender",
        "calender",
        "'calender' is not one of 'dated', 'calendar', 'report', 'hazard' or 'state' (did you mean 'calendar'?)",
    ),
    "not an id": (
        A,
        "id: gesture",
        "id: Gesture",
        "Gesture",
        "'Gesture' is not an id (small letters, digits and _, at most 48)",
    ),
    "not a month": (
        S,
        "start_date: 2001-01",
        "start_date: 2001-13",
        "2001-13",
        "'2001-13' is not a month (written like 2008-04)",
    ),
    "too small": (S, "turns: 8", "turns: 0", "0\nsummary", "0 is below the least, 1"),
    "missing text": (A, "help: Send a delegation.", 'help: ""', '""}\n  - id: do_deed', "the text is missing"),
    "octal-looking text": (S, "turns: 8", "turns: 010", "010", "expected a whole number, found '010'"),
    # YAML
    "duplicate key": (
        S,
        "turns: 8\n",
        "turns: 8\nturns: 9\n",
        "turns: 9",
        "the key 'turns' stands here and in line 7 already",
    ),
    "alias": (S, "turns: 8\n", "turns: &n 8\n", "&n", "anchors, aliases and tags are not used here"),
    "not YAML": (S, "turns: 8\n", "turns: 8: 9\n", ": 9", "not YAML: a text with ': ' in it stands in quotes"),
    # sections and ids
    "section": (W, "seats:\n", "seat:\n", "seat:\n", "unknown key 'seat' (did you mean 'seats'?)"),
    "same id in two files": (
        W,
        "populations:",
        "categories: [{id: home, title: Home}]\npopulations:",
        "home, title: Home",
        f"the id 'home' stands in {V}:68 already",
    ),
    # names
    "unknown quantity": (
        D,
        "weariness[state] += 1",
        "wearines[state] += 1",
        "wearines[state]",
        "unknown quantity 'wearines' (did you mean 'weariness'?)",
    ),
    "unknown name": (
        A,
        "attention >= 2",
        "atention >= 2",
        "atention",
        "unknown name 'atention' (did you mean 'attention'?)",
    ),
    "unknown slot": (
        A,
        "support[actor] += 1.5 per",
        "support[acto] += 1.5 per",
        "acto]",
        "'acto' is neither a slot nor a thing (did you mean 'actor'?)",
    ),
    "unknown set": (
        D,
        "    over: {place: hotspots}",
        "    over: {place: hotspot}",
        "hotspot}",
        "there is no set 'hotspot' (did you mean 'hotspots'?)",
    ),
    "unknown function": (
        A,
        "ordered_within(6,",
        "orderd_within(6,",
        "orderd",
        "unknown function 'orderd_within' (did you mean 'ordered_within'?)",
    ),
    "unknown action": (
        D,
        "ordered(threaten, a, b) +",
        "ordered(threten, a, b) +",
        "threten",
        "there is no action 'threten' (did you mean 'threaten'?)",
    ),
    "an answer to no event": (
        W,
        "      - {order: attend, worth: 4}",
        "      - {answer: clsh.protest, worth: 4}\n      - {order: attend, worth: 4}",
        "clsh.protest",
        "there is no event 'clsh' (did you mean 'clash'?)",
    ),
    "an answer that no card has": (
        W,
        "      - {order: attend, worth: 4}",
        "      - {answer: clash.protests, worth: 4}\n      - {order: attend, worth: 4}",
        "clash.protests",
        "'clash' has no choice 'protests' (did you mean 'protest'?)",
    ),
    "a slot that an answer has not": (
        W,
        "      - {order: attend, worth: 4}",
        "      - {answer: clash.protest, for: {c: belen}, worth: 4}\n      - {order: attend, worth: 4}",
        "belen}, worth",
        "'clash' has no slot 'c'",
    ),
    "unknown event": (
        A,
        "happened_within(6, storm)",
        "happened_within(6, strm)",
        "strm)",
        "there is no event 'strm' (did you mean 'storm'?)",
    ),
    "unknown event in play": (
        S,
        "clash, storm, poor_catch",
        "clash, strom, poor_catch",
        "strom",
        "there is no event 'strom' (did you mean 'storm'?)",
    ),
    "unknown rule": (
        S,
        "without: [old_custom]",
        "without: [old_customs]",
        "old_customs",
        "there is no rule, action or ending 'old_customs' (did you mean 'old_custom'?)",
    ),
    "unknown thing": (
        V,
        "members: [arda, belen, corva]",
        "members: [arda, belen, korva]",
        "[arda, belen, korva]",
        "there is no thing 'korva' (did you mean 'corva'?)",
    ),
    "unknown ladder": (
        Q,
        "ladder:membership",
        "ladder:membrship",
        "ladder:membrship",
        "there is no ladder 'membrship' (did you mean 'membership'?)",
    ),
    "unknown category": (
        A,
        "category: home",
        "category: hom",
        "hom\n",
        "there is no category 'hom' (did you mean 'home'?)",
    ),
    "unknown government": (
        S,
        "{arda: arda_bold}",
        "{arda: arda_bald}",
        "arda_bald",
        "'arda_bald' is not a doctrine of 'arda' (did you mean 'arda_bold'?)",
    ),
    "unknown instance": (
        S,
        "values: {belen arda: 47.5}",
        "values: {corva arda: 47.5}",
        "47.5",
        "'tension' has no 'corva arda'",
    ),
    # the language
    "wrong rung": (
        D,
        "status[candidate] == invited",
        "status[candidate] == invted",
        "invted",
        "'invted' is not a rung of membership (did you mean 'invited'?)",
    ),
    "number for a condition": (
        A,
        "test: attention >= 2",
        "test: attention",
        "attention\n",
        "'attention' is a number where a condition is expected; compare it, e.g. '> 0'",
    ),
    "arguments": (
        D,
        "heat[east_shore] - 40",
        "heat[east_shore, arda] - 40",
        "heat[east_shore, arda]",
        "'heat' takes 1 argument, not 2",
    ),
    "digits": (
        S,
        "prosperity[state] -= 0.5",
        "prosperity[state] -= 0.1234567",
        "0.1234567",
        "a number has at most 6 digits and no exponent",
    ),
    "power": (S, "prosperity[state] -= 0.5", "prosperity[state] -= 2 ** 9", "2 ** 9", "only + - * / may join numbers"),
    "foreign sign": (
        S,
        "prosperity[state] -= 0.5",
        "prosperity[state] -= 5 % 2",
        "% 2",
        "'%' is not part of the rule language",
    ),
    "not an effect": (
        S,
        "prosperity[state] -= 0.5",
        "prosperity[state] - 0.5",
        '"prosperity[state] - 0.5',
        "'prosperity[state] - 0.5' is not an effect; an effect is written like 'stability[target] += 2 per quarter'",
    ),
    "changing a derived quantity": (
        S,
        "prosperity[state] -= 0.5",
        "mood -= 0.5",
        '"mood -= 0.5',
        "'mood' is not a stored quantity, so it cannot be changed",
    ),
    "where": (
        D,
        'where: ["a == arda or b == arda"]',
        'where: ["ease[a, b] > 1"]',
        '"ease[a, b] > 1"',
        "'where' asks only for slots, things, sets and relations; other conditions belong to 'when'",
    ),
    "division by nought": (D, "/ 8", "/ 0", "(max(tension", "division by zero"),
    # checks
    "reading what is not there": (
        D,
        "abs(prosperity[state] - 50)",
        "abs(prosperity[state] - heat[state])",
        '"rivalry[state] > 10',
        "there is no heat[arda]; narrow the sets of the slots, or let the quantity say 'elsewhere'",
    ),
    "changing what is not there": (
        D,
        'effects: ["weariness[state] += 1"]',
        'effects: ["weariness[state] += 1", "support[state] += 1"]',
        '"support[state] += 1"',
        "there is no support[corva], so it cannot be changed",
    ),
    "may divide by zero": (
        D,
        "standing[water_treaty] / 40",
        "40 / standing[water_treaty]",
        "heat[place] -= 40",
        "this may divide by zero; use 'divide(a, b, otherwise)'",
    ),
    "too large": (
        D,
        "quiet_turns += 1",
        "quiet_turns += " + " * ".join(["(standing[water_treaty] + 0.00001)"] * 9),
        '"quiet_turns += (',
        "a value may become too large for 64 bits; use smaller numbers, or fewer decimals",
    ),
    "never": (
        E,
        'when: ["heat[east_shore] > 20"]',
        'when: ["heat[east_shore] > 20", "heat[east_shore] < 10"]',
        "id: clash",
        "the event 'clash' can never happen: its conditions exclude each other",
    ),
    "beyond bounds": (
        E,
        'when: ["heat[east_shore] > 20"]',
        'when: ["heat[east_shore] > 120"]',
        "id: clash",
        "the event 'clash' can never happen: its conditions exclude each other",
    ),
    "waits for itself": (
        E,
        '"not happened(poor_catch, g)"',
        '"happened(poor_catch, g)"',
        "id: poor_catch",
        "the event 'poor_catch' waits for what only it brings about",
    ),
    "date outside": (
        S,
        "arda_votes: 2001-10",
        "arda_votes: 2003-01",
        "arda_votes, clash",
        "the date of 'arda_votes', 2003-01, lies outside: the game runs from 2001-01 to 2002-12",
    ),
    "set twice": (
        A,
        "      - signed[actor] = 1\n",
        "      - signed[actor] = 1\n      - signed[actor] = 0\n",
        "signed[actor] = 0",
        "'sign_treaty' sets signed[actor] twice",
    ),
    "set by two rules": (
        D,
        "  - id: welcome\n",
        REJOINS,
        '"status[candidate] = partner"',
        "'rejoins' and 'joins' both set status[candidate]; give one a higher priority",
    ),
    "unstable race": (
        D,
        "sum(0.1 * strength[n]",
        "sum(0.2 * strength[n]",
        '"strength[state] += sum',
        "the race of 'strength' is unstable: the others may raise strength[belen] by 0.4 of their own size a turn,"
        " and it falls by 0.25 of its own",
    ),
    "constant that changes": (
        Q,
        "start: 50, good: up, help: How",
        "start: 50, constant: true, good: up, help: How",
        "true, good: up, help: How",
        "'prosperity' is constant, but something changes it",
    ),
    "locked without reason": (
        A,
        '      - test: signed[actor] == 0\n        else: "{actor} has already signed"\n',
        "      - signed[actor] == 0\n",
        "signed[actor] == 0\n",
        "an order that may be locked says why ('else')",
    ),
    "secret orders": (
        A,
        "test: signed[actor] == 0",
        "test: ordered(arm, actor) == 0",
        "ordered(arm",
        "orders are secret until all are given; ask 'ordered_within(months, …)' for earlier ones",
    ),
    "unknown placeholder": (
        A,
        "{actor} has already signed",
        "{actr} has already signed",
        '"{actr}',
        "there is no slot 'actr' (did you mean 'actor'?)",
    ),
    "unused slot": (
        D,
        "  - id: counts_quiet\n    title: Quiet turns\n    phase: measure\n",
        "  - id: counts_quiet\n    title: Quiet turns\n    phase: measure\n    over: {s: states}\n",
        'states}\n    when: ["not happened_within(0',
        "nothing uses the slot 's'",
    ),
    "a define that asks for itself": (
        Q,
        'amount: "max(strength[n]',
        'amount: "rivalry[state] + max(strength[n]',
        "id: rivalry",
        "the derived quantity 'rivalry' depends on itself",
    ),
    "outside bounds": (
        E,
        "support[arda] = 55",
        "support[arda] = 155",
        '"support[arda] = 155"',
        "'support' cannot be 155; it lies between 0 and 100",
    ),
    "nothing fits": (
        D,
        'where: ["a == arda or b == arda"]',
        'where: ["a == arda and b == arda"]',
        "id: welcome",
        "nothing can stand in the slots of 'welcome', so it can never happen",
    ),
    "default that may be locked": (
        E,
        '        default: true\n        effects: ["tension',
        '        default: true\n        cost: 1\n        effects: ["tension',
        "id: protest",
        "the default choice costs nothing and has no conditions",
    ),
    "a ring of doctrines": (
        W,
        "  - id: careful\n    title: Careful\n",
        "  - id: careful\n    title: Careful\n    like: [belen_rules]\n",
        "careful]\n    rules:\n      - {order: attend, worth: 6}",
        "'careful' is itself like 'belen_rules', straight or by others",
    ),
    "a doctrine like itself": (
        W,
        "  - id: careful\n    title: Careful\n",
        "  - id: careful\n    title: Careful\n    like: [careful]\n",
        "careful]\n",
        "a doctrine is not 'like' itself",
    ),
    "an unknown doctrine": (
        W,
        "    seat: belen\n    like: [careful]",
        "    seat: belen\n    like: [carefull]",
        "carefull]",
        "there is no doctrine 'carefull' (did you mean 'careful'?)",
    ),
    "sets within each other": (
        V,
        "sets:\n",
        "sets:\n  - {id: shores, of: [rims]}\n  - {id: rims, of: [shores]}\n",
        "rims]}",
        "the sets 'shores' and 'rims' contain each other; take one out of the other",
    ),
    "a slot that a relation joins": (
        A,
        "along: {borders: [actor, other]}",
        "along: {borders: [actor, oter]}",
        "oter]}",
        "there is no slot 'oter' (did you mean 'other'?)",
    ),
    "three slots that a relation joins": (
        A,
        "along: {borders: [actor, other]}",
        "along: {borders: [actor]}",
        "[actor]}",
        "a relation joins two of the slots: actor, other",
    ),
    "a slot of an unordered pair": (
        "tiny/drift.yaml",
        "unordered: [a, b]",
        "unordered: [a, c]",
        "c]",
        "there is no slot 'c'",
    ),
    "the members of a council": (
        "tiny/bodies.yaml",
        "members: members",
        "members: membres",
        "membres",
        "there is no set 'membres' (did you mean 'members'?)",
    ),
    "the dossiers of a dialogue": (
        "tiny/bodies.yaml",
        "dossiers: dossiers",
        "dossiers: dosiers",
        "dosiers",
        "there is no set 'dosiers' (did you mean 'dossiers'?)",
    ),
    "a set further down": (
        V,
        "sets:\n",
        "sets:\n  - {id: shores, of: [offices]}\n",
        "offices]}",
        "the set 'offices' stands further down; put it before this one",
    ),
    "a pair the wrong way round": (
        V,
        "relations:\n",
        "relations:\n  - {id: at, between: [hotspots, states], pairs: [[arda, east_shore]]}\n",
        "[arda, east_shore]",
        "the pair stands the wrong way round; write [east_shore, arda]",
    ),
    "a pair of others": (
        V,
        "relations:\n",
        "relations:\n  - {id: at, between: [states, offices], pairs: [[arda, belen]]}\n",
        "[arda, belen]]}\n",
        "'belen' is not in the set 'offices'",
    ),
    "a symmetric pair of others": (
        V,
        "relations:\n",
        "relations:\n  - {id: at, between: [states, states], symmetric: true, pairs: [[arda, league]]}\n",
        "[arda, league]]}\n",
        "'league' is not in the set 'states'",
    ),
    "bounds the wrong way round": (
        Q,
        "bounds: [0, 12], visible: owner, help: What",
        "bounds: [12, 0], visible: owner, help: What",
        "[12, 0], visible: owner, help: What",
        "bounds are two numbers, the lower one first",
    ),
    "a thing with a word of the language": (
        V,
        "things:\n",
        "things:\n  - {id: if, name: If}\n",
        "if, name",
        "'if' is a word of the rule language and cannot be a name",
    ),
    "a slot with a word of the language": (
        D,
        "    over: {place: hotspots}",
        "    over: {in: hotspots}",
        "hotspots}",
        "'in' is a word of the rule language and cannot be a name",
    ),
    "a number for an effect": (
        A,
        'effects: ["support[actor] -= 1"]',
        "effects: [3]",
        "3]\n    help: Do what",
        "expected an effect as text, like 'support[actor] += 3', found the number 3",
    ),
    "a number for a condition": (
        E,
        'when: ["heat[east_shore] > 20"]',
        "when: [3]",
        "3]",
        "expected a condition as text, like 'support[actor] > 40', found the number 3",
    ),
    "too long a list": (
        S,
        "helps: [reform, attend, gesture]",
        "helps: [reform, attend, gesture, arm]",
        "[reform, attend, gesture, arm]",
        "the list has 4 items; at most 3 are allowed",
    ),
    "a council's ladder": (
        B,
        "    ladder: membership",
        "    ladder: membrship",
        "membrship",
        "there is no ladder 'membrship' (did you mean 'membership'?)",
    ),
    "who may order": (
        A,
        "  - id: sign_treaty\n    title: Sign the treaty\n    category: abroad\n    by: governments",
        "  - id: sign_treaty\n    title: Sign the treaty\n    category: abroad\n    by: government",
        "government\n    slots: {agreement",
        "there is no set 'government' (did you mean 'governments'?)",
    ),
    "a rule that is left out and wrong": (
        D,
        "  - id: old_custom\n",
        "  - id: old_custom\n    over: {it: staets}\n",
        "staets",
        "there is no set 'staets' (did you mean 'states'?)",
    ),
    "in a council": (
        B,
        "meets: summit == 1",
        "meets: sumit == 1",
        "sumit",
        "unknown name 'sumit' (did you mean 'summit'?)",
    ),
    "in a council's condition": (
        B,
        "support[candidate] < 30",
        "suport[candidate] < 30",
        "suport",
        "unknown quantity 'suport' (did you mean 'support'?)",
    ),
    "in a dialogue": (
        B,
        "opens: since('2001-04')",
        "opens: since('2001-4')",
        "since('2001-4')",
        "'2001-4' is not a month; a month is written like '2008-04'",
    ),
}


@pytest.mark.parametrize("case", list(CASES))
def test_one_fault_stands_at_its_place(case: str) -> None:
    file, old, new, at, message = CASES[case]
    files = changed(file, old, new)
    assert mistakes(files) == [f"{place(files, file, at)}: {message}"]


@pytest.mark.parametrize(("count", "sound"), [(1, False), (2, True), (4, True), (5, False)])
def test_a_card_has_two_to_four_choices(count: int, sound: bool) -> None:
    choices = ", ".join(f"{{id: c{n}, title: T, text: T, default: {str(n == 0).lower()}}}" for n in range(count))
    event = (
        f"  - {{id: card, title: T, kind: hazard, chance: 9, decided_by: arda, choices: [{choices}],"
        " headline: h, text: t, source: s, effects: [quiet_turns += 1]}\n"
    )
    files = changed(S, "festival]", "festival, card]")
    files[E] += event.encode()
    message = f"{place(files, E, '[{id: c0')}: a card has 2 to 4 choices, not {count}"
    assert mistakes(files) == ([] if sound else [message])


def test_talks_need_rungs_of_their_own() -> None:
    files = changed(V, "{id: agreed, title: Agreed}", "{id: settled, title: Settled}")
    found = mistakes(files)
    assert f"{place(files, B, 'talk_state' + chr(10))}: 'agreed' is not a rung of talks" in found


def test_names_are_looked_up_although_something_else_cannot_be_read() -> None:
    files = changed(A, "category: home", "category: hom")
    files[D] = files[D].replace(b"weariness[state] += 1", b"wearines[state] += 1")
    assert [line.partition(": ")[2].split(" (")[0] for line in mistakes(files)] == [
        "there is no category 'hom'",
        "unknown quantity 'wearines'",
    ]


def test_only_orders_and_answers_wait() -> None:
    files = changed(D, '"weariness[state] += 1"', '"weariness[state] += 1 after 6 months"')
    at = place(files, D, '"weariness[state] += 1 after')
    assert mistakes(files) == [f"{at}: 'after … months' goes with slot orders and answers to cards only"]


def test_a_constant_divisor_of_nought_is_refused_whatever_else_is_said() -> None:
    files = changed(D, "quiet_turns += 1", "quiet_turns += divide(attention, 0, 1)")
    assert mistakes(files) == [f"{place(files, D, 'divide(attention')}: division by zero"]


def test_a_rulebook_has_a_purse() -> None:
    files = changed(
        Q, "id: purse, title: Political capital, of: seats", "id: purse, title: Political capital, of: states"
    )
    assert mistakes(files)[-1].endswith("there must be a quantity 'purse', a count of the set 'seats'")


def test_all_faults_are_reported_at_once() -> None:
    files = changed(S, "turns: 8", "turns: 0")
    files[A] = files[A].replace(b"    cost: 2\n    runs: 9", b"    runs: 9")
    files[W] = files[W].replace(b"seats:\n", b"saets:\n")
    files[Q] += b"  - [\n"
    found = mistakes(files)
    assert [line.partition(": ")[0].split(":")[0] for line in found] == [S, A, Q, W]
    files = texts()
    files[D] = files[D].replace(b"weariness[state] += 1", b"wearines[state] += 1").replace(b"/ 8", b"/ 0")
    files[A] = files[A].replace(b"attention >= 2", b"atention >= 2")
    assert len(mistakes(files)) == 3


def test_a_cost_nobody_can_pay_is_refused_where_it_stands() -> None:
    files = changed(Q, "bounds: [0, 12], visible: owner, help: What", "bounds: [0, 5], help: What")
    assert mistakes(files) == [f"{place(files, W, '6, active')}: a purse holds at most 5"]
    files = changed(Q, "bounds: [0, 12], visible: owner, help: What", "bounds: [0, 6], help: What")
    files[A] = files[A].replace(b"cost: 4", b"cost: 7")
    assert mistakes(files) == [f"{place(files, A, '7' + chr(10))}: nobody can pay 7: a purse holds at most 6"]


def test_a_quantity_needs_a_writer_and_a_reader() -> None:
    files = changed(Q, "  - {id: standing,", "  - {id: calm, title: Calm, help: Calm.}\n  - {id: standing,")
    at = place(files, Q, "{id: calm")
    assert mistakes(files) == [
        f"{at}: nothing changes 'calm'; write a rule that does, or say 'constant: true'",
        f"{at}: nothing that matters reads 'calm': no objective, council, ending, choice or report",
    ]


def test_a_rule_that_only_feeds_itself_does_not_matter() -> None:
    files = changed(Q, "  - {id: standing,", "  - {id: calm, title: Calm, help: Calm.}\n  - {id: standing,")
    files[D] = files[D].replace(
        b"  - id: welcome",
        b"  - id: calms\n    title: x\n    phase: drift\n    effects: [calm += calm / 10]\n  - id: welcome",
    )
    assert [line.split(": ")[1] for line in mistakes(files)] == ["nothing that matters reads 'calm'"]


def test_an_event_that_this_scenario_rules_out_is_a_fault_only_if_it_is_in_play() -> None:
    files = changed(E, 'when: ["heat[east_shore] > 20"]', "when: [\"since('2010-01')\"]")
    assert mistakes(files) == [
        f"{place(files, S, 'clash, storm')}: the event 'clash' can never happen in this scenario"
    ]
    listed = b"events: [arda_votes, clash, storm, poor_catch, festival]\n"
    files[S] = files[S].replace(listed, listed.replace(b"clash, ", b""))
    assert mistakes(files) == []


def test_one_row_may_not_be_set_to_a_value_of_each_binding() -> None:
    files = changed(D, '"weariness[state] += 1"', '"weariness[state] += 1", "quiet_turns = size[state]"')
    message = "'weary' sets quiet_turns once for every 'state', each time otherwise"
    assert mistakes(files) == []  # its condition asks for the state: it need not hold for two of them
    files[D] = files[D].replace(b'    when: ["rivalry[state] > 10 or abs(prosperity[state] - 50) > 20"]\n', b"")
    assert mistakes(files) == [f"{place(files, D, chr(34) + 'quiet_turns = size')}: {message}"]


def test_rows_bindings_and_orders_are_capped_before_they_are_enumerated() -> None:
    files = texts()
    things = ", ".join(f"{{id: t{i}, name: T}}" for i in range(300)).encode()
    members = ", ".join(f"t{i}" for i in range(300)).encode()
    files["tiny/more.yaml"] = (
        b"things: [" + things + b"]\nsets: [{id: many, members: [" + members + b"]}]\n"
        b"rules:\n  - {id: big, title: Big, phase: drift, over: {a: many, b: many}, effects: [quiet_turns += 1]}\n"
    )
    at = place(files, "tiny/more.yaml", "{id: big")
    assert mistakes(files) == [f"{at}: 'big' could have 90,000 bindings; 20,000 are allowed"]
    files["tiny/more.yaml"] = (
        b"things: [" + things + b"]\nsets: [{id: many, members: [" + members + b"]}]\n"
        b"relations: [{id: all_of_them, between: [many, many], all: true}]\n"
    )
    at = place(files, "tiny/more.yaml", "{id: all_of_them")
    assert mistakes(files) == [f"{at}: a relation has at most 10,000 pairs"]
