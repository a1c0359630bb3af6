"""pydantic's faults in plain sentences, with the nearest valid name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from game.scenario.faults import MOST_FAULTS
from game.scenario.language import nearest
from game.scenario.marked import Path
from game.scenario.slips import short

MOST_READ = 4 * MOST_FAULTS

_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}
_SHORT = {
    "Effect": "an effect as text, like 'support[actor] += 3'",
    "Test": "a condition as text, like 'support[actor] > 40'",
}
"""What nearly everybody writes where a mapping may stand as well."""
_PATTERNS = {
    r"^[a-z][a-z0-9_]{0,47}$": "an id (small letters, digits and _, at most 48)",
    r"^\d{4}-(0[1-9]|1[0-2])$": "a month (written like 2008-04)",
}


def read_faults(model: type[BaseModel], error: ValidationError) -> Iterator[tuple[Path, str, bool]]:
    """(path, message, whether the key is meant) for every fault; branches of one union give one fault."""
    seen: dict[Path, list[Mapping[str, Any]]] = {}
    for fault in error.errors(include_url=False)[:MOST_READ]:
        path = tuple(step for step in fault["loc"] if step != "[key]")
        if fault["type"] not in ("extra_forbidden", "missing") and "[key]" not in fault["loc"]:
            path = _without_branch(model, path)
        seen.setdefault(path, []).append(fault)
    for path, faults in seen.items():
        kinds = [_KINDS[f["type"]] for f in faults if f["type"] in _KINDS]
        if len(kinds) > 1 and len(kinds) == len(faults):
            yield path, f"expected {' or '.join(dict.fromkeys(kinds))}, found {found(faults[0]['input'])}", False
            continue
        yield (
            *_sentence(model, path, faults[0]),
            faults[0]["type"] == "extra_forbidden" or "[key]" in faults[0]["loc"],
        )


def _sentence(model: type[BaseModel], path: Path, fault: Mapping[str, Any]) -> tuple[Path, str]:
    kind, context, given = fault["type"], fault.get("ctx", {}), fault["input"]
    if kind == "extra_forbidden":
        key = str(path[-1])
        return path, f"unknown key '{short(key)}'{nearest(key, known_keys(model, path[:-1]))}"
    if kind == "missing":
        return path[:-1], f"the key '{path[-1]}' is missing"
    if kind == "model_type" and context.get("class_name") in _SHORT:
        return path, f"expected {_SHORT[context['class_name']]}, found {found(given)}"
    if kind in _KINDS:
        return path, f"expected {_KINDS[kind]}, found {found(given)}"
    if kind == "string_pattern_mismatch":
        return path, f"'{short(given)}' is not {_PATTERNS.get(context['pattern'], 'written as it should be')}"
    if kind == "literal_error":
        wanted = _literals(model, path)
        return path, f"{found(given)} is not one of {context['expected']}{nearest(str(given), wanted)}"
    if kind == "string_too_short":
        return path, "the text is missing"
    if kind == "string_too_long":
        return path, f"the text has {len(given)} characters; at most {context['max_length']} are allowed"
    if kind in ("too_short", "too_long"):
        count = context["actual_length"]
        if kind == "too_short":
            return path, f"the list has {count} items; at least {context['min_length']} are needed"
        return path, f"the list has {count} items; at most {context['max_length']} are allowed"
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        return path, f"{given} is {'below the least' if 'ge' in context else 'above the most'}, {limit}"
    return path, str(fault["msg"])


def found(value: Any) -> str:
    """A value as it is named in a message."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"'{short(value)}'"
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
    return "something else"


def known_keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that a mapping at `path` may have."""
    for option in _descend(model, path):
        if isinstance(option, type) and issubclass(option, BaseModel):
            return [field.alias or name for name, field in option.model_fields.items()]
    return []


def _literals(model: type[BaseModel], path: Path) -> list[str]:
    return [str(value) for option in _descend(model, path) for value in get_args(option) if isinstance(value, str)]


def _without_branch(model: type[BaseModel], path: Path) -> Path:
    """The path without the tail that names a branch of a union."""
    for length in range(len(path) + 1):
        if not _descend(model, path[:length]):
            return path[: length - 1]
    return path


def _descend(model: type[BaseModel], path: Path) -> list[Any]:
    options = _options(model)
    for step in path:
        below: list[Any] = []
        for option in options:
            origin, args = get_origin(option), get_args(option)
            if isinstance(option, type) and issubclass(option, BaseModel):
                for name, field in option.model_fields.items():
                    if step == (field.alias or name):
                        below += _options(field.annotation)
            elif origin is list and isinstance(step, int):
                below += _options(args[0])
            elif origin is dict and isinstance(step, str):
                below += _options(args[1])
        options = below
    return options


def _options(annotation: Any) -> list[Any]:
    """The branches of an annotation without None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _options(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [o for part in get_args(annotation) if part is not type(None) for o in _options(part)]
    return [annotation]
