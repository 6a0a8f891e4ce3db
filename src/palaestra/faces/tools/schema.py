"""How values go in and out of the tools as JSON, one row of a table per kind of field.

What comes in is turned into the text that a person would have typed, so that `kit.commands.parse`
reads it and every face is told the same when it is wrong. A kind that the table does not know
goes in and out as the text that stands in a form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from palaestra.kit.fields import Choice, Derived, Field, Moment, Money, Quantity, Ref
from palaestra.kit.store import Store
from palaestra.types import Value

Schema = dict[str, Any]
AMOUNT = r"^-?\d{1,15}(\.\d{1,2})?$"


class Form(NamedTuple):
    """What JSON makes of one kind of field.

    Attributes:
        comes: Schema of what may be given for it; its description is put after the label.
        goes: Schema of what is told of it; its description likewise.
        tell: Turns a value that is not None into JSON.
        typed: Turns a given text into what a person would have typed.
    """

    comes: Callable[[Any], Schema]
    goes: Callable[[Any], Schema]
    tell: Callable[[Any, Any, Store], Any]
    typed: Callable[[Any, str, Store], str] = lambda field, text, store: text


def _words(field: Field) -> Schema:
    return {"type": "string"}


def _attached(field: Field) -> Schema:
    return {"type": "string", "description": "Its name on the first line, then what stands in it"}


def _amount(field: Money) -> Schema:
    said = {"description": f"In {field.currency}"} if field.currency else {}
    return {"type": "string", "pattern": AMOUNT, **said}


def _amount_between(field: Money) -> Schema:
    bounds = f"from {_decimal(field.low)} to {_decimal(field.high)}"
    unit = f" {field.currency}" if field.currency else ""
    return {
        "type": ["string", "number"],
        "pattern": AMOUNT,
        "description": f"A decimal text or number, {bounds}{unit}",
    }


def _decimal(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _whole(field: Field) -> Schema:
    return {"type": "integer"}


def _between(field: Quantity) -> Schema:
    return {"type": "integer", "minimum": field.low, "maximum": field.high}


def _one_of(field: Choice) -> Schema:
    return {"type": "string", "enum": list(field.choices)}


def _truth(field: Field) -> Schema:
    return {"type": "boolean"}


def _other(field: Ref) -> Schema:
    return {"type": "string", "description": f"Key of one {field.target.type.noun}"}


def _day(field: Field) -> Schema:
    return {"type": "string", "format": "date"}


def _time(field: Field) -> Schema:
    return {"type": "string", "format": "date-time"}


def _tell_time(field: Moment, value: dt.datetime, store: Store) -> str:
    return value.astimezone(_zone(field, store)).isoformat()


def _typed_time(field: Moment, text: str, store: Store) -> str:
    """Puts a time with an offset into the clock of the field; leaves any other text as it is."""
    try:
        there = dt.datetime.fromisoformat(text)
        if there.tzinfo is None or there.second or there.microsecond:
            return text
        wall = there.astimezone(_zone(field, store))
    except (ValueError, OverflowError):
        return text
    shown = wall.isoformat(" ", "minutes")
    return f"{shown[:16]} {shown[16:]}"


def _zone(field: Moment, store: Store) -> ZoneInfo:
    return ZoneInfo(field.zone or store.app.zone)


def _as_it_is(field: Field, value: Any, store: Store) -> Any:
    return value


FORMS: dict[str, Form] = {
    "money": Form(_amount_between, _amount, lambda field, value, store: _decimal(value)),
    "quantity": Form(_between, _whole, _as_it_is),
    "date": Form(_day, _day, lambda field, value, store: value.isoformat()),
    "moment": Form(_time, _time, _tell_time, _typed_time),
    "choice": Form(_one_of, _one_of, _as_it_is),
    "yes_no": Form(_truth, _truth, _as_it_is),
    "ref": Form(_other, _other, lambda field, value, store: field.show(value, store)),
    "document": Form(_attached, _attached, _as_it_is),
}
TEXT = Form(_words, _words, lambda field, value, store: field.edit_form(value, store))


def entered(field: Field, *, may_be_empty: bool | None = None) -> Schema:
    """Returns the schema of what may be given for a field.

    Args:
        field: The field.
        may_be_empty: Whether null may be given; if left out, where the field is not required.
    """
    schema = _labelled(field, FORMS.get(field.kind, TEXT).comes(field))
    empty = not field.required if may_be_empty is None else may_be_empty
    return _nullable(schema) if empty and field.kind != "yes_no" else schema


def told(field: Field) -> Schema:
    """Returns the schema of what is told of a field; null where it is empty."""
    shown = field.shown_as if isinstance(field, Derived) else field
    return _nullable(_labelled(field, FORMS.get(shown.kind, TEXT).goes(shown)))


def tell(field: Field, value: Value, store: Store) -> Any:
    """Turns a field's value into JSON."""
    shown = field.shown_as if isinstance(field, Derived) else field
    return None if value is None else FORMS.get(shown.kind, TEXT).tell(shown, value, store)


def typed(field: Field, value: Any, store: Store) -> str:
    """Turns JSON into what a person would have typed; "" for null."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    text = "" if value is None else str(value)
    return FORMS.get(field.kind, TEXT).typed(field, text, store)


def _labelled(field: Field, schema: Schema) -> Schema:
    said = [field.label, *([schema["description"]] if "description" in schema else [])]
    return {**schema, "description": ". ".join(said)}


def _nullable(schema: Schema) -> Schema:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    empty: Schema = {**schema, "type": [*kinds, "null"]}
    if "enum" in schema:
        empty["enum"] = [*schema["enum"], None]
    return empty
