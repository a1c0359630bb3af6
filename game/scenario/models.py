"""What a rulebook and a scenario say, as frozen pydantic models.

A *rulebook* is a folder of YAML files; each file may hold any of the sections of `Rulebook`, which are
merged. A *scenario* is one file that names its rulebook, says where things start and may override rules.
Texts of the rule language stay text here; `game.scenario.language` reads them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


def _as_code(value: Any) -> Any:
    """`amount: 5` and `when: true` need no quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, int | float) else value


Code = Annotated[
    str,
    StringConstraints(min_length=1, max_length=600),
    BeforeValidator(_as_code),
    WithJsonSchema({"type": ["string", "number", "boolean"]}),
]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]

PHASES = ("vote", "decide", "talk", "deed", "drift", "events", "measure", "calendar")
Phase = Literal["vote", "decide", "talk", "deed", "drift", "events", "measure", "calendar"]
"""The phases rules may be written for; `orders` comes before them, and `score` after `measure`."""


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _as_test(value: Any) -> Any:
    return {"test": value} if isinstance(value, str | bool) else value


def _as_effect(value: Any) -> Any:
    return {"do": value} if isinstance(value, str) else value


class Test(Model):
    """A condition; `else` is the sentence shown when it does not hold ({slot} placeholders allowed)."""

    test: Code
    otherwise: Text | None = Field(default=None, alias="else")


class Effect(Model):
    """`do` is the effect in the rule language. `id` and `title` name it as a term in explanations."""

    do: Code
    id: Id | None = None
    title: Text | None = None


When = Annotated[Test, BeforeValidator(_as_test, json_schema_input_type=Code | Test)]
Do = Annotated[Effect, BeforeValidator(_as_effect, json_schema_input_type=str | Effect)]


# -- vocabulary ----------------------------------------------------------------------------------


class DatedName(Model):
    """A name used before a month (exclusive)."""

    before: Month
    name: Text


class ThingModel(Model):
    """Anything a quantity can belong to: a country, an institution, a hotspot, a mission, a dossier."""

    id: Id
    name: Text
    names: list[DatedName] = []
    kind: Id = "other"
    adjective: Text | None = None
    place: Id | None = None
    capital: Text | None = None
    note: Text | None = None
    source: Text | None = None


class SetModel(Model):
    """A declared, ordered set of things; `of` joins other sets, in order, before `members`.

    when: a condition over the slot `it` that decides who counts at the moment (`allies`: the states that
    may be members, `nato_status[it] >= member`). It is added, with the sentence `else`, to the conditions
    of every template with a slot over the set and to every aggregate over it.
    """

    id: Id
    title: Text | None = None
    of: list[Id] = []
    members: list[Id] = []
    when: Code | None = None
    otherwise: Text | None = Field(default=None, alias="else")


class RelationModel(Model):
    """Declared edges between the things of two sets. `all` takes every pair of different things."""

    id: Id
    title: Text | None = None
    between: list[Id] = Field(min_length=2, max_length=2)
    symmetric: bool = False
    all: bool = False
    pairs: list[list[Id]] = []


class AdditionModel(Model):
    """More members of a set, or more pairs of a relation, that a chapter or a scenario brings along."""

    to: Id
    members: list[Id] = []
    pairs: list[list[Id]] = []


class RungModel(Model):
    id: Id
    title: Text
    text: Text | None = None


class LadderModel(Model):
    id: Id
    title: Text
    rungs: list[RungModel] = Field(min_length=2)


class QuantityModel(Model):
    """One kind of number.

    of: none (one for the world), a set, or a relation (one for each edge; a symmetric relation is read
    either way round). unit: `points` (0–100, kept in hundredths), `count` (whole), `flag` (0 or 1), or
    `ladder:ID`. lasts `turn`: set to `start` again when a turn opens. elsewhere: what reading it gives
    for things without it. visible: `public`, `owner` (first argument's seat only) or `estimate` (others
    see a rounded, lagged figure). constant: nothing changes it after the start.
    """

    id: Id
    title: Text
    of: Id | None = None
    unit: str = "points"
    bounds: list[int] | None = None
    start: float | int | str = 0
    lasts: Literal["game", "turn"] = "game"
    constant: bool = False
    elsewhere: int | None = None
    visible: Literal["public", "owner", "estimate"] = "public"
    good: Literal["up", "down", "neither"] = "neither"
    help: Text
    source: Text | None = None
    carries: list[Id] = []


class ParameterModel(Model):
    """A named number of the rules, for tuning and sensitivity; any number with at most six digits."""

    id: Id
    title: Text
    value: float | int
    low: float | int | None = None
    high: float | int | None = None
    source: Text | None = None


class Term(Model):
    """One named part of a define: `amount` counts when `when` holds."""

    id: Id
    title: Text
    when: Code | None = None
    amount: Code


class DefineModel(Model):
    """A derived quantity: the sum of named terms over the full product of its slots."""

    id: Id
    title: Text
    over: dict[Id, Id] = {}
    terms: list[Term] = Field(min_length=1)
    help: Text | None = None


# -- templates -----------------------------------------------------------------------------------


class Exclusion(Model):
    """Orders of one seat with the same group and the same values of `per` shut each other out."""

    group: Id
    per: list[Id] = []


class ActionModel(Model):
    """An order that seats can give. The slot `actor` is bound to every seat of the set `by`.

    slots: further slots, name → set, all bound to different things. along: relation → the two slots it
    must join. cost: political capital. runs: months that `per quarter` effects go on. free: takes no
    order slot. repeat `half`: half effect when the same order was given within nine months.
    covert: other seats do not see it. tag ids let rules and reports group orders.
    """

    id: Id
    title: Text
    category: Id
    by: Id
    slots: dict[Id, Id] = {}
    along: dict[Id, list[Id]] = {}
    where: list[Code] = []
    when: list[When] = []
    cost: int = Field(ge=0, le=12)
    runs: int = Field(default=0, ge=0, le=36)
    effects: list[Do] = []
    free: bool = False
    repeat: Literal["half", "full"] = "half"
    exclusive: Exclusion | None = None
    covert: bool = False
    tags: list[Id] = []
    icon: Id | None = None
    help: Text
    library: list[Id] = []
    carries: list[Id] = []
    source: Text | None = None


class Choice(Model):
    """One answer to an event, an order of the seat that decides. Exactly one is the default."""

    id: Id
    title: Text
    text: Text
    when: list[When] = []
    cost: int = Field(default=0, ge=0, le=12)
    effects: list[Do] = []
    default: bool = False


class EventModel(Model):
    """Something that happens.

    kind: dated (in the turn of `date`), calendar (its `when` says which turns), hazard (chance each
    turn), state (chance when `when` holds). odds: an expression whose rounded value is a rung of the
    odds ladder (a rate per quarter); chance: per mille, once, the same for any turn length; neither:
    certain. decided_by: the slot or seat that must answer, next turn. cooldown: months before the same
    binding may fire again; once: never again. priority: of several
    cards the highest reaches the seat; dated and calendar events go before all others. unordered: two
    slots whose pairs count once.
    """

    id: Id
    title: Text
    kind: Literal["dated", "calendar", "hazard", "state"]
    slots: dict[Id, Id] = {}
    along: dict[Id, list[Id]] = {}
    unordered: list[Id] = Field(default=[], max_length=2)
    where: list[Code] = []
    date: Month | None = None
    when: list[When] = []
    odds: Code | None = None
    chance: int | None = Field(default=None, ge=0, le=1000)
    effects: list[Do] = []
    decided_by: Id | None = None
    choices: list[Choice] = []
    cooldown: int = Field(default=0, ge=0, le=240)
    once: bool = False
    priority: int = Field(default=5, ge=0, le=9)
    news: int = Field(default=5, ge=0, le=9)
    headline: Text
    text: Text
    contested: bool = False
    library: list[Id] = []
    carries: list[Id] = []
    source: Text


class RuleModel(Model):
    """A rule without an order or an event: drift, decisions, income. odds, unordered as in EventModel."""

    id: Id
    title: Text
    phase: Phase
    over: dict[Id, Id] = {}
    along: dict[Id, list[Id]] = {}
    unordered: list[Id] = Field(default=[], max_length=2)
    where: list[Code] = []
    when: list[When] = []
    odds: Code | None = None
    chance: int | None = Field(default=None, ge=0, le=1000)
    effects: list[Do] = Field(min_length=1)
    priority: int = Field(default=0, ge=0, le=9)
    help: Text | None = None
    carries: list[Id] = []
    source: Text | None = None


# -- bodies that decide --------------------------------------------------------------------------


class Condition(Model):
    """A reason for which a member objects whatever its margin; `cure` says what would lift it."""

    id: Id
    title: Text
    when: Code
    cure: Text


class CouncilModel(Model):
    """A body that decides over candidates, one rung at a time. Expanded into rules at load time.

    Slots in its texts: `member` and `candidate`. objection: a quantity over a relation of members and
    candidates that keeps each member's last answer: 0 assents, 1 declaration, 2 margin, 3 held by its
    seat, 4 and up the conditions in their order.
    """

    id: Id
    title: Text
    members: Id
    candidates: Id
    sits: Code
    meets: Code
    agenda: Code
    margin: Id
    conditions: list[Condition] = []
    objection: Id
    objections: Id
    assent: Id | None = None
    declare: Id | None = None
    hold: Id | None = None
    allowed: Code = "0"
    ladder: Id
    adopted: list[Do] = Field(min_length=1)
    deferred: list[Do] = []
    help: Text | None = None
    carries: list[Id] = []
    source: Text | None = None


class DeedModel(Model):
    """One of the deeds that a side promises in an agreement over a dossier; they are done in order."""

    dossier: Id
    side: Id
    title: Text


class DialogueModel(Model):
    """Talks over dossiers with paired deeds. Expanded into rules at load time.

    Slots in its texts: `dossier`, and `side` where a side is meant. sides: relation of dossiers and
    sides. attend, deed_order: actions of a side with the slot `dossier`. progress: points of a dossier.
    state: a quantity of dossiers on a ladder {closed, open, agreed, carried_out, defaulted}. deed: a
    quantity over `sides` on a ladder {none, waiting, done, defaulted}; waits: whole turns waited for the next deed.
    deeds: what each side promises, one deed where nothing is listed; left: a count over `sides` of deeds not done yet.
    """

    id: Id
    title: Text
    dossiers: Id
    sides: Id
    attend: Id
    opens: Code
    step: Code
    slip: Code
    progress: Id
    agree_at: int = 70
    acceptance: Id
    odds: Code | None = None
    state: Id
    deed: Id
    deed_order: Id
    waits: Id
    deeds: list[DeedModel] = []
    left: Id | None = None
    patience: int = 2
    done: list[Do] = []
    carried_out: list[Do] = []
    defaulted: list[Do] = []
    power: Id | None = None
    help: Text | None = None
    carries: list[Id] = []
    source: Text | None = None


class PledgeModel(Model):
    """Something that seats promise one another before witnesses. Expanded at load time into the quantity
    `pledged_ID` (the last turn in which it binds), the order `pledge_ID` and the rules `pledge_ID_kept` and
    `pledge_ID_broken`.

    Slots in its texts: `actor`, who promises, and `to`. along: the relation of those who may promise and those to
    whom. months: how long it binds. kept, broken: what shows that it is; where one of them is missing, silence to
    the end means that one, and where both are given, silence means that it lapses. made, on_kept, on_broken:
    effects.
    """

    id: Id
    title: Text
    category: Id
    along: Id
    months: int = Field(ge=1, le=36)
    when: list[When] = []
    cost: int = Field(default=0, ge=0, le=12)
    kept: Code | None = None
    broken: Code | None = None
    made: list[Do] = []
    on_kept: list[Do] = Field(min_length=1)
    on_broken: list[Do] = Field(min_length=1)
    tags: list[Id] = []
    help: Text
    library: list[Id] = []
    carries: list[Id] = []
    source: Text | None = None


# -- who decides ---------------------------------------------------------------------------------


class SeatModel(Model):
    """A thing that gives orders. orders: how many slots a turn (an expression over `actor`)."""

    id: Id
    title: Text | None = None
    orders: Code = "3"
    start: int = Field(default=4, ge=0, le=12)
    active: Code | None = None
    reason: Text | None = None


class DoctrineRule(Model):
    """Worth of an order that works through a council, a dialogue or time. slots: as the action's.

    `for` fixes slots to things; `worth` is a whole number of points, or an expression over the slots.
    """

    order: Id
    bind: dict[Id, Id] = Field(default={}, alias="for")
    when: Code | None = None
    worth: Code | int


class RedLine(Model):
    order: Id
    bind: dict[Id, Id] = Field(default={}, alias="for")
    when: Code | None = None


class DoctrineModel(Model):
    """What a government wants. weights: `quantity[arg, …]` → worth of one point up.

    An argument is `actor`, a thing, a set or `any`; matching weights add up. like: doctrines whose
    weights, rules and red lines are taken over. thrift: worth given up per unit of cost. A doctrine
    with `seat` is one that may rule that seat; the first in order rules at the start unless the
    scenario says otherwise. population: used instead of the ordinary one when that population plays.
    """

    id: Id
    title: Text
    seat: Id | None = None
    like: list[Id] = []
    weights: dict[str, int] = {}
    rules: list[DoctrineRule] = []
    never: list[RedLine] = []
    thrift: int = 0
    help: Text | None = None


class PopulationModel(Model):
    """A change to every seat's doctrine, such as `reckless`: more weights and rules on top."""

    id: Id
    title: Text
    weights: dict[str, int] = {}
    rules: list[DoctrineRule] = []
    lifts_red_lines: bool = False
    help: Text | None = None


# -- outcome -------------------------------------------------------------------------------------


class EndingModel(Model):
    """A named end; the first in order whose `when` holds is the game's. stops: ends it at once."""

    id: Id
    title: Text
    when: Code
    stops: bool = False
    text: Text


class ObjectiveModel(Model):
    """What a seat wants. `met` (a truth) is worth `weight`; `amount` (a number) times `weight` is added.

    counts: `end` (as the state stands at the end), `ever` (kept once met), `each` (every turn).
    aim: the amount from which the objective is called met (of one that costs: the amount up to which); it moves no
    score. Without it an amount is met when it adds points, or when it costs none.
    """

    id: Id
    title: Text
    help: Text | None = None
    weight: int
    met: Code | None = None
    amount: Code | None = None
    aim: float | int | None = None
    counts: Literal["end", "ever", "each"] = "end"


class ReportModel(Model):
    """What `game run` writes for each game. status, reached: name → quantity on a ladder over `of`."""

    of: Id
    ladders: dict[Id, Id] = {}
    recognised: dict[Id, Id] = {}
    incidents: dict[Id, Id] = {}
    armed_attacks: Code = "0"
    war: Code = "0 > 0"


class MapModeModel(Model):
    """One way to look at the map.

    shade: the quantity that colours countries (over a symmetric relation: the highest of a country's
    pairs). pairs, heat, posts: quantities of pairs, hotspots and missions whose marks are shown.
    """

    id: Id
    title: Text
    icon: Id
    legend: Text
    shade: Id | None = None
    pairs: Id | None = None
    heat: Id | None = None
    posts: Id | None = None


class DisplayModel(Model):
    """What screens show of the quantities: map modes, a country's indicators, who answers for a hotspot."""

    modes: list[MapModeModel] = Field(min_length=1, max_length=5)
    indicators: list[Id] = []
    governs: Id | None = None


class LibraryModel(Model):
    """An entry of the encyclopedia."""

    id: Id
    title: Text
    mechanism: int | None = Field(default=None, ge=1, le=60)
    what: Text
    game: Text | None = None
    history: Text | None = None
    contested: Text | None = None
    sources: list[Text] = Field(min_length=1)


class CategoryModel(Model):
    id: Id
    title: Text
    icon: Id | None = None


class Rulebook(Model):
    """Every section that a rulebook's files may hold."""

    title: Text | None = None
    parameters: list[ParameterModel] = []
    things: list[ThingModel] = []
    sets: list[SetModel] = []
    relations: list[RelationModel] = []
    additions: list[AdditionModel] = []
    ladders: list[LadderModel] = []
    quantities: list[QuantityModel] = []
    defines: list[DefineModel] = []
    categories: list[CategoryModel] = []
    actions: list[ActionModel] = []
    events: list[EventModel] = []
    rules: list[RuleModel] = []
    councils: list[CouncilModel] = []
    dialogues: list[DialogueModel] = []
    pledges: list[PledgeModel] = []
    seats: list[SeatModel] = []
    doctrines: list[DoctrineModel] = []
    populations: list[PopulationModel] = []
    endings: list[EndingModel] = []
    score_factor: Code | None = None
    report: ReportModel | None = None
    display: DisplayModel | None = None
    library: list[LibraryModel] = []


# -- scenario ------------------------------------------------------------------------------------


class StartModel(Model):
    """Starting values of one quantity with their source. A pair is written `serbia kosovo`."""

    of: Id
    value: float | int | str | None = None
    values: dict[str, float | int | str] = {}
    source: Text
    confidence: Literal["high", "medium", "low"]
    note: Text | None = None


class ScheduledModel(Model):
    """Something on the calendar: in the turn that holds `date` its effects apply as the turn opens."""

    date: Month
    title: Text
    effects: list[Do] = Field(min_length=1)
    source: Text


class PlayableModel(Model):
    """What a playable seat is told and wants. par: the median score of a doctrine ensemble, frozen.

    orders: the only actions the seat may give besides free ones; none listed: all.
    """

    seat: Id
    briefing: Text
    goal: Text
    objections: Text
    helps: list[Id] = Field(min_length=1, max_length=3)
    orders: list[Id] = []
    objectives: list[ObjectiveModel] = Field(min_length=1, max_length=6)
    par: int | None = None


class HistoryModel(Model):
    """A recorded fact, for the debrief.

    reached: quantity on a ladder → thing (a pair as `serbia kosovo`) → the rung on which the fact leaves it.
    """

    date: Month
    title: Text
    source: Text
    reached: dict[Id, dict[str, Id]] = {}


class QuestionModel(Model):
    """A question of a role check. right: which answer is, counted from 1."""

    ask: Text
    answers: list[Text] = Field(min_length=2, max_length=5)
    right: int = Field(ge=1)


class CareModel(Model):
    """A seat that a teacher should give with care, and why."""

    seat: Id
    why: Text


class CheckModel(Model):
    """The three questions that show whether a pupil has understood the role card of a seat."""

    seat: Id
    questions: list[QuestionModel] = Field(min_length=3, max_length=3)


class TeachingModel(Model):
    """What a teacher needs to know of a scenario.

    age: youngest and oldest; minutes: a whole lesson, debrief included; turns: how many the class plays
    (the computer plays the rest for the epilogue; without it the class plays all); goals: what pupils can
    do afterwards. A seat without `checks` is asked three questions made from its role card.
    """

    age: list[int] = Field(min_length=2, max_length=2)
    minutes: int = Field(ge=10, le=600)
    turns: int | None = Field(default=None, ge=1)
    goals: list[Text] = Field(min_length=1, max_length=6)
    care: list[CareModel] = []
    checks: list[CheckModel] = []


class RecordedModel(Model):
    """What a seat is recorded to have ordered in the turn that holds `date`, for the player `history`.

    orders: in their text form without the seat, e.g. `recognise.kosovo`, or `respond.EVENT.….CHOICE`.
    """

    date: Month
    seat: Id
    orders: list[Annotated[str, Field(max_length=400)]] = Field(min_length=1, max_length=12)
    source: Text | None = None


class GuideModel(Model):
    """A step that leads a first-time player: what is said, where it points, what completes it.

    turn: from which turn on; one more than the scenario has is the debrief. seat: only for who plays it.
    points: part of the map screen or another screen. until: `read` (the player goes on), `opened` (the screen it
    points to), `forecast` (an order's forecast is shown), `ordered` (an order is queued; with `order` one of that
    action), `answered` (no decision waits), `ended` (the turn).
    """

    id: Id
    turn: int = Field(default=1, ge=1)
    seat: Id | None = None
    title: Text
    text: Text
    points: Literal[
        "map", "orders", "end_turn", "card", "report", "news", "council", "dialogue", "objectives", "charts",
        "library", "debrief",
    ] = "map"  # fmt: skip
    until: Literal["read", "opened", "forecast", "ordered", "answered", "ended"] = "read"
    order: Id | None = None


class ScenarioModel(Model):
    """One file `scenarios/ID.yaml`.

    chapters: parts of the rulebook that only some scenarios need, each a folder below the rulebook's own.
    without: rules and actions of the rulebook that the scenario leaves out.
    """

    id: Id
    title: Text
    rulebook: Id
    chapters: list[Id] = []
    start_date: Month
    turn_months: Literal[1, 3]
    turns: int = Field(ge=1, le=120)
    summary: Text
    briefing: Text
    seats: list[PlayableModel] = Field(min_length=1)
    computer_seats: Text | None = None
    governments: dict[Id, Id] = {}
    start: list[StartModel] = []
    scheduled: list[ScheduledModel] = []
    dates: dict[Id, Month] = {}
    events: list[Id] = []
    without: list[Id] = []
    history: list[HistoryModel] = []
    record: list[RecordedModel] = []
    debrief: list[Text] = []
    guide: list[GuideModel] = Field(default=[], max_length=40)
    teaching: TeachingModel | None = None
    sources: list[Text] = Field(min_length=1)
    rules: Rulebook = Rulebook()
