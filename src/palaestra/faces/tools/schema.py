"""How values go in and out of the tools as JSON, one row of a table per kind of field.

What comes in is turned into the text that a person would have typed, so that `kit.commands.parse`
reads it and every face is told the same when it is wrong. A kind that the table does not know
goes in and out as the text that stands in a form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from palaestra.kit.fields import Choice, Derived, Field, Money, Quantity, Ref
from palaestra.kit.store import Store
from palaestra.types import Value

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
AMOUNT = r"^-?\d{1,15}(\.\d{1,2})?$"


class Form(NamedTuple):
    """What JSON makes of one kind of field.

    Attributes:
        comes: Schema of what may be given for it.
        goes: Schema of what is told of it.
        tell: Turns a value that is not None into JSON.
    """

    comes: Callable[[Any], Schema]
    goes: Callable[[Any], Schema]
    tell: Callable[[Any, Any, Store], Any]


def _plain(field: Field) -> Schema:
    return {"type": "string"}


def _amount(field: Money) -> Schema:
    return {"type": "string", "pattern": AMOUNT}


def _amount_between(field: Money) -> Schema:
    low, high = _decimal(field.low), _decimal(field.high)
    return {
        "type": ["string", "number"],
        "pattern": AMOUNT,
        "description": f"An amount as a decimal text or number, from {low} to {high}",
    }


def _between(field: Quantity) -> Schema:
    return {"type": "integer", "minimum": field.low, "maximum": field.high}


def _one_of(field: Choice) -> Schema:
    return {"type": "string", "enum": list(field.choices)}


def _other(field: Ref) -> Schema:
    return {"type": "string", "description": f"Key of one {field.target.type.noun}"}


def _decimal(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _day(field: Field) -> Schema:
    return {"type": "string", "format": "date"}


def _truth(field: Field) -> Schema:
    return {"type": "boolean"}


FORMS: dict[str, Form] = {
    "money": Form(_amount_between, _amount, lambda field, value, store: _decimal(value)),
    "quantity": Form(_between, lambda f: {"type": "integer"}, lambda field, value, store: value),
    "date": Form(_day, _day, lambda field, value, store: value.isoformat()),
    "choice": Form(_one_of, _one_of, lambda field, value, store: value),
    "yes_no": Form(_truth, _truth, lambda field, value, store: bool(value)),
    "ref": Form(_other, _other, lambda field, value, store: field.show(value, store)),
}
TEXT = Form(_plain, _plain, lambda field, value, store: field.edit_form(value, store))


def entered(field: Field, *, may_be_empty: bool | None = None) -> Schema:
    """Returns the schema of what may be given for a field.

    Args:
        field: The field.
        may_be_empty: Whether null may be given; if left out, where the field is not required.
    """
    schema = FORMS.get(field.kind, TEXT).comes(field)
    label = schema.pop("description", "")
    schema = {**schema, "description": f"{field.label}. {label}" if label else field.label}
    empty = not field.required if may_be_empty is None else may_be_empty
    return _nullable(schema) if empty and field.kind != "yes_no" else schema


def told(field: Field) -> Schema:
    """Returns the schema of what is told of a field; null where it is empty."""
    shown = field.shown_as if isinstance(field, Derived) else field
    schema = FORMS.get(shown.kind, TEXT).goes(shown)
    return _nullable({**schema, "description": field.label})


def tell(field: Field, value: Value, store: Store) -> Any:
    """Turns a field's value into JSON."""
    shown = field.shown_as if isinstance(field, Derived) else field
    return None if value is None else FORMS.get(shown.kind, TEXT).tell(shown, value, store)


def typed(value: Any) -> str:
    """Turns JSON into what a person would have typed; "" for null."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return "" if value is None else str(value)


def _nullable(schema: Schema) -> Schema:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    empty: Schema = {**schema, "type": [*kinds, "null"]}
    if "enum" in schema:
        empty["enum"] = [*schema["enum"], None]
    return empty
