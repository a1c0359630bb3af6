"""What all models share: names, texts, code of the rule language, conditions and effects."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
LONGEST_TEXT_FORM = 400
"""Characters that the text form of an order, or the name of a row, has at most: logs, saves and requests hold them."""
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
