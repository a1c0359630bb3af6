"""The names of a rulebook (sets, relations, quantities …) and reading texts against them, collecting faults."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from keyword import iskeyword

from game.scenario import expression as ex
from game.scenario.effect import read_effect
from game.scenario.expression import always_known
from game.scenario.faults import MOST_FAULTS
from game.scenario.groups import misfit, within
from game.scenario.language import LanguageError, Reader, Vocabulary, closest, nearest
from game.scenario.models import Effect, RelationModel, Rulebook, ScenarioModel, Test
from game.scenario.shapes import Fault, Path, ReadEffect, ReadTest, rename
from game.scenario.vocabulary import ENGINE_BY_SEAT, ENGINE_SINGLES

MOST_ITEMS = {
    "things": 600,
    "sets": 200,
    "relations": 100,
    "ladders": 60,
    "quantities": 400,
    "defines": 200,
    "actions": 400,
    "events": 600,
    "rules": 600,
    "councils": 10,
    "dialogues": 20,
    "pledges": 40,
    "seats": 60,
    "doctrines": 200,
    "populations": 12,
    "endings": 40,
}
MOST_PAIRS = 10_000
MOST_ROWS = 3_000


class TooManyFaultsError(Exception):
    """Reading stops. `faults` are those found so far."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


class Names:
    """What one merged rulebook with its scenario declares. `faults` collects what is wrong."""

    def __init__(self, rulebook: Rulebook, scenario: ScenarioModel) -> None:
        self.rulebook = rulebook
        self.scenario = scenario
        self.faults: list[Fault] = []
        for section, limit in MOST_ITEMS.items():
            count = len(getattr(rulebook, section))
            if count > limit:
                self.stop((section,), f"there are {count} {section}; at most {limit} are allowed")
        self._check_words()
        self._check_additions()
        self.sets = self._sets()
        self.relations, self.symmetric = self._relations()
        self._check_pledges()
        self.vocabulary = self._vocabulary()
        self.conditions = self._set_conditions()

    def stop(self, path: Path, message: str) -> None:
        """A cap is exceeded that reading on would make costly. Raises TooManyFaultsError."""
        raise TooManyFaultsError([*self.faults, Fault(path, message)])

    def fault(
        self, path: Path, message: str, text: str | None = None, column: int | None = None, first: Path | None = None
    ) -> None:
        """Add a fault. Raises TooManyFaultsError when there are more than anybody would read."""
        self.faults.append(Fault(path, message, text, column, first))
        if len(self.faults) >= MOST_FAULTS:
            raise TooManyFaultsError(self.faults)

    def _check_words(self) -> None:
        """No name is a word of the language itself; nothing that uses such a name could be read."""
        book = self.rulebook
        named: list[tuple[Path, str]] = []
        for section in ("parameters", "things", "sets", "relations", "quantities", "defines", "actions", "events"):
            named += [((section, item.id, "id"), item.id) for item in getattr(book, section)]
        for ladder in book.ladders:
            named += [(("ladders", ladder.id, "rungs", n, "id"), rung.id) for n, rung in enumerate(ladder.rungs)]
        for section, key in (("actions", "slots"), ("events", "slots"), ("rules", "over"), ("defines", "over")):
            for item in getattr(book, section):
                named += [((section, item.id, key, slot), slot) for slot in getattr(item, key)]
        wrong = [(path, name) for path, name in named if iskeyword(name) or name in ("true", "false")]
        for path, name in wrong:
            self.fault(path, f"'{name}' is a word of the rule language and cannot be a name")
        if wrong:
            raise TooManyFaultsError(self.faults)

    def _check_additions(self) -> None:
        """Every addition is to a set or a relation that is declared, and brings what fits it."""
        sets = [group.id for group in self.rulebook.sets]
        relations = [relation.id for relation in self.rulebook.relations]
        for place, addition in enumerate(self.rulebook.additions):
            path: Path = ("additions", place)
            if addition.to not in sets and addition.to not in relations:
                hint = nearest(addition.to, [*sets, *relations])
                self.fault((*path, "to"), f"there is no set or relation '{addition.to}'{hint}")
            elif addition.pairs and addition.to in sets:
                self.fault((*path, "pairs"), f"'{addition.to}' is a set: it takes 'members'")
            elif addition.members and addition.to in relations:
                self.fault((*path, "members"), f"'{addition.to}' is a relation: it takes 'pairs'")

    def _added_members(self, group: str, things: Collection[str]) -> list[str]:
        added = []
        for place, addition in enumerate(self.rulebook.additions):
            for member in addition.members if addition.to == group else ():
                if member not in things:
                    message = f"there is no thing '{member}'{nearest(member, things)}"
                    self.fault(("additions", place, "members"), message)
                else:
                    added.append(member)
        return added

    def _pairs(self, relation: RelationModel) -> list[tuple[Path, list[str]]]:
        """Every declared pair with its place, those of additions last."""
        own = [(("relations", relation.id, "pairs", place), pair) for place, pair in enumerate(relation.pairs)]
        added = [
            (("additions", number, "pairs", place), pair)
            for number, addition in enumerate(self.rulebook.additions)
            if addition.to == relation.id
            for place, pair in enumerate(addition.pairs)
        ]
        return [*own, *added]

    def _sets(self) -> dict[str, tuple[str, ...]]:
        things = {thing.id for thing in self.rulebook.things}
        sets: dict[str, tuple[str, ...]] = {"seats": tuple(seat.id for seat in self.rulebook.seats)}
        declared = {group.id for group in self.rulebook.sets}
        for group in self.rulebook.sets:
            members: list[str] = []
            for place, other in enumerate(group.of):
                if other not in sets:
                    message = f"there is no set '{other}'{nearest(other, [*sets, *declared])}"
                    if other == group.id:
                        message = "a set is not part 'of' itself"
                    elif other in declared and group.id in within(self.rulebook.sets, other):
                        message = f"the sets '{group.id}' and '{other}' contain each other; take one out of the other"
                    elif other in declared:
                        message = f"the set '{other}' stands further down; put it before this one"
                    self.fault(("sets", group.id, "of", place), message)
                # A misspelt name is read as the nearest one, so that one fault does not bring others.
                members += sets.get(other if other in sets else closest(other, sets) or "", ())
            for member in group.members:
                if member not in things:
                    self.fault(
                        ("sets", group.id, "members"),
                        f"there is no thing '{member}'{nearest(member, things)}",
                    )
                members.append(member if member in things else closest(member, things) or member)
            members += self._added_members(group.id, things)
            if group.id in sets:
                self.fault(("sets", group.id), f"the set '{group.id}' is declared twice")
            sets[group.id] = tuple(dict.fromkeys(members))
        for seat in self.rulebook.seats:
            if seat.id not in things:
                self.fault(("seats", seat.id, "id"), f"there is no thing '{seat.id}'{nearest(seat.id, things)}")
        return sets

    def _relations(self) -> tuple[dict[str, tuple[tuple[str, str], ...]], frozenset[str]]:
        relations: dict[str, tuple[tuple[str, str], ...]] = {}
        for relation in self.rulebook.relations:
            sides = [self.sets.get(name) for name in relation.between]
            for name, side in zip(relation.between, sides, strict=True):
                if side is None:
                    hint = nearest(name, self.sets)
                    self.fault(("relations", relation.id, "between"), f"there is no set '{name}'{hint}")
            near = [self.sets.get(closest(name, self.sets) or "", ()) for name in relation.between]
            left, right = (given if given is not None else guess for given, guess in zip(sides, near, strict=True))
            if (relation.all and len(left) * len(right) > MOST_PAIRS) or len(self._pairs(relation)) > MOST_PAIRS:
                self.stop(("relations", relation.id), f"a relation has at most {MOST_PAIRS:,} pairs")
            if relation.all:
                pairs = [(a, b) for a in left for b in right if a != b]
                if relation.symmetric:
                    order = {frozenset(pair): pair for pair in reversed(pairs)}
                    pairs = [pair for pair in pairs if order[frozenset(pair)] == pair]
            else:
                pairs, known = [], set()
                for path, pair in self._pairs(relation):
                    if len(pair) != 2:
                        self.fault(path, "a pair is two things")
                        continue
                    a, b = pair
                    fits = (a in left and b in right) or (relation.symmetric and b in left and a in right)
                    if not fits:
                        self.fault(path, misfit(relation, (a, b), left, right))
                    elif (a, b) in known or (relation.symmetric and (b, a) in known):
                        self.fault(path, f"the pair {a}, {b} is declared twice")
                    else:
                        pairs.append((a, b))
                        known.add((a, b))
            relations[relation.id] = tuple(pairs)
        return relations, frozenset(r.id for r in self.rulebook.relations if r.symmetric)

    def arity(self, of: str | None) -> int:
        """Number of arguments of a quantity over `of`."""
        return 0 if of is None else 2 if of in self.relations else 1

    def _check_pledges(self) -> None:
        """Every pledge goes along a relation with a direction and says what becomes of it."""
        for pledge in self.rulebook.pledges:
            path: Path = ("pledges", pledge.id)
            if pledge.along not in self.relations:
                hint = nearest(pledge.along, self.relations)
                self.fault((*path, "along"), f"there is no relation '{pledge.along}'{hint}")
            elif pledge.along in self.symmetric:
                message = f"a pledge needs a relation with a direction, and '{pledge.along}' is symmetric"
                self.fault((*path, "along"), message)
            if pledge.kept is None and pledge.broken is None:
                self.fault(path, "a pledge says what keeps it ('kept') or what breaks it ('broken')")

    def _vocabulary(self) -> Vocabulary:
        book = self.rulebook
        ladders = {ladder.id: tuple(rung.id for rung in ladder.rungs) for ladder in book.ladders}
        quantities: dict[str, tuple[int, str | None]] = dict.fromkeys(ENGINE_SINGLES, (0, None))
        for quantity in book.quantities:
            ladder = quantity.unit.removeprefix("ladder:") if quantity.unit.startswith("ladder:") else None
            path: Path = ("quantities", quantity.id)
            if ladder is not None and ladder not in ladders:
                self.fault((*path, "unit"), f"there is no ladder '{ladder}'{nearest(ladder, ladders)}")
                ladder = closest(ladder, ladders)
            elif ladder is None and quantity.unit not in ("points", "count", "flag"):
                self.fault((*path, "unit"), f"'{quantity.unit}' is not a unit; use points, count, flag or ladder:ID")
            if quantity.of is not None and quantity.of not in self.sets and quantity.of not in self.relations:
                hint = nearest(quantity.of, [*self.sets, *self.relations])
                self.fault((*path, "of"), f"there is no set or relation '{quantity.of}'{hint}")
            if quantity.id in quantities:
                self.fault(path, f"the quantity '{quantity.id}' is declared twice or is one of the engine's own")
            quantities[quantity.id] = (self.arity(quantity.of), ladder)
        for name in ENGINE_BY_SEAT:
            if name in quantities:
                self.fault(("quantities", name), f"the quantity '{name}' is one of the engine's own")
            quantities[name] = (1, None)
        return Vocabulary(
            things=frozenset(thing.id for thing in book.things),
            quantities=quantities,
            ladders=ladders,
            sets=self.sets,
            relations=frozenset(self.relations),
            defines={define.id: len(define.over) for define in book.defines},
            actions={action.id: 1 + len(action.slots) for action in book.actions},
            events={event.id: len(event.slots) for event in book.events},
            parameters={p.id: Fraction(str(p.value)) for p in book.parameters},
        )

    def _set_conditions(self) -> dict[str, ReadTest]:
        conditions: dict[str, ReadTest] = {}
        for group in self.rulebook.sets:
            if group.when:
                reader = Reader(self.vocabulary, {"it": group.id})
                truth = self.truth(reader, group.when, ("sets", group.id, "when"))
                if truth is not None:
                    conditions[group.id] = ReadTest(truth, group.otherwise, ("sets", group.id, "when"))
        return conditions

    def truth(self, reader: Reader, text: str, path: Path) -> ex.Expression | None:
        """Read a condition; None if it is at fault."""
        try:
            return reader.truth(text)
        except LanguageError as fault:
            self.fault(path, fault.message, text, fault.column)
            return None

    def number(self, reader: Reader, text: str, path: Path) -> ex.Expression | None:
        """Read a number (or a truth, as 0 or 1); None if it is at fault."""
        try:
            return reader.expression(text)
        except LanguageError as fault:
            self.fault(path, fault.message, text, fault.column)
            return None

    def tests(self, reader: Reader, tests: Sequence[Test], path: Path) -> list[ReadTest]:
        read = []
        for place, test in enumerate(tests):
            truth = self.truth(reader, test.test, (*path, "when", place, "test"))
            if truth is not None:
                read.append(ReadTest(truth, test.otherwise, (*path, "when", place, "test")))
        return read

    def slot_tests(self, slots: Mapping[str, str]) -> list[ReadTest]:
        """The conditions that the slots' sets bring along."""
        tests = []
        for slot, group in slots.items():
            if group in self.conditions:
                condition = self.conditions[group]
                reason = condition.reason.replace("{it}", "{" + slot + "}") if condition.reason else None
                tests.append(ReadTest(rename(condition.truth, "it", ex.Slot(slot)), reason, condition.path))
        return tests

    def change(self, reader: Reader, text: str, path: Path) -> ex.Assignment | None:
        """Read an effect; None if it is at fault."""
        try:
            return read_effect(reader, text)
        except LanguageError as fault:
            self.fault(path, fault.message, text, fault.column)
            return None

    def effects(self, reader: Reader, effects: Sequence[Effect], path: Path) -> tuple[ReadEffect, ...]:
        """Read a list of effects that stands at `path`."""
        read = []
        for place, effect in enumerate(effects):
            change = self.change(reader, effect.do, (*path, place, "do"))
            if change is not None:
                read.append(ReadEffect(effect.id or str(place), effect.title, change, (*path, place, "do")))
        return tuple(read)

    def slots(self, slots: Mapping[str, str], path: Path, keys: Mapping[str, Path] | None = None) -> dict[str, str]:
        """The slots over sets that exist. keys: where the sets of slots are written that do not stand at `path`."""
        good = {}
        for slot, group in slots.items():
            here = (keys or {}).get(slot, (*path, slot))
            if group not in self.sets:
                self.fault(here, f"there is no set '{group}'{nearest(group, self.sets)}")
            elif slot in self.vocabulary.things:
                self.fault(here, f"the slot '{slot}' has the name of a thing")
            else:
                good[slot] = group
        return good

    def along(self, along: Mapping[str, list[str]], slots: Mapping[str, str], path: Path) -> dict[str, tuple[str, str]]:
        good = {}
        for relation, ends in along.items():
            if relation not in self.relations:
                hint = nearest(relation, self.relations)
                self.fault((*path, relation), f"there is no relation '{relation}'{hint}")
            elif len(ends) != 2:
                self.fault((*path, relation), f"a relation joins two of the slots: {', '.join(slots)}")
            elif any(end not in slots for end in ends):
                for number, end in enumerate(ends):
                    if end not in slots:
                        self.fault((*path, relation, number), f"there is no slot '{end}'{nearest(end, slots)}")
            else:
                good[relation] = (ends[0], ends[1])
        return good

    def where(self, reader: Reader, where: Sequence[str], path: Path) -> tuple[ex.Expression, ...]:
        """Read conditions that bound slots alone decide."""
        read = []
        for place, text in enumerate(where):
            node = self.truth(reader, text, (*path, "where", place))
            if node is not None and not always_known(node):
                message = "'where' asks only for slots, things, sets and relations; other conditions belong to 'when'"
                self.fault((*path, "where", place), message)
            elif node is not None:
                read.append(node)
        return tuple(read)

    def unordered(self, names: Sequence[str], slots: Mapping[str, str], path: Path) -> tuple[ex.Expression, ...]:
        """Each pair of two slots once: the first is the thing that was declared first. Known at load time."""
        if not names:
            return ()
        if len(names) != 2:
            self.fault((*path, "unordered"), f"'unordered' names two of the slots: {', '.join(slots)}")
            return ()
        if wrong := [number for number, name in enumerate(names) if name not in slots]:
            for number in wrong:
                message = f"there is no slot '{names[number]}'{nearest(names[number], slots)}"
                self.fault((*path, "unordered", number), message)
            return ()
        first, second = (ex.Slot(name) for name in names)
        place = {thing.id: i for i, thing in enumerate(self.rulebook.things)}
        later = self.sets[slots[names[1]]]
        return (
            ex.Any(
                tuple(
                    ex.All(
                        (
                            ex.Same((first, ex.Thing(thing))),
                            ex.Any(
                                tuple(
                                    ex.Same((second, ex.Thing(o)))
                                    for o in later
                                    if place.get(o, -1) > place.get(thing, -1)
                                )
                            ),
                        )
                    )
                    for thing in self.sets[slots[names[0]]]
                )
            ),
        )

    def instances(self, of: str | None) -> tuple[tuple[str, ...], ...]:
        """The arguments of every row of a quantity over `of`, in order."""
        if of is None:
            return ((),)
        if of in self.relations:
            return self.relations[of]
        return tuple((member,) for member in self.sets.get(of, ()))
