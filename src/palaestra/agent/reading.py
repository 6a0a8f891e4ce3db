"""Reads an answer as a typed value, strictly: what could mean two things means neither.

What fits the type in no way, or in more than one, is a `Misfit`; the caller is told, and nothing is
guessed. How amounts and days are written is in `figures.py`.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
import re
import types
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pydantic

from palaestra.agent.figures import Misfit, amount, currency, day
from palaestra.errors import UsageError

YES = frozenset(("yes", "true", "y", "on", "checked", "ja", "wahr", "\u662f", "\u5bf9", "1"))
NO = frozenset(("no", "false", "n", "off", "unchecked", "nein", "falsch", "\u5426", "0"))
NOTHING = frozenset(
    ("", "-", "\u2013", "\u2014", "none", "null", "n/a", "keine", "keiner", "\u65e0")
)
LISTED = (re.compile(r"\s*[\n;\u3001]\s*"), re.compile(r",\s+"))
"""What divides a list, the surest first; "and" does not, for it stands in names."""


def check_schema(schema: Any) -> pydantic.TypeAdapter[Any]:
    """Returns pydantic's adapter of a schema.

    Raises:
        UsageError: If it is no type that an answer can be read as.
    """
    try:
        if callable(schema) and not isinstance(schema, type) and get_origin(schema) is None:
            raise TypeError("it is a function")
        adapter = pydantic.TypeAdapter(schema)
        adapter.json_schema()
    except Exception as wrong:
        raise UsageError(
            f"schema={schema!r} is no type that an answer can be read as (str, int, bool, float, "
            "Decimal, date, datetime, Literal, an Enum, a list of these, Optional, or a pydantic "
            f"model): {wrong}"
        ) from wrong
    return adapter


def read(text: str, schema: Any, language: str = "") -> Any:
    """Reads an answer.

    Args:
        text: What was answered.
        schema: The type that is wanted.
        language: What the page speaks, as "de"; it decides what is ambiguous otherwise, as whether
            "1.250" is one and a quarter. "" where nobody knows.

    Raises:
        Misfit: If it is none of this type, or could be two of them.
        UsageError: If the schema is no type to read.
    """
    adapter = check_schema(schema)
    try:
        return adapter.validate_python(_read(text.strip(), schema, language))
    except pydantic.ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Misfit(
            f"{text[:80]!r} does not fit: {where + ': ' if where else ''}{first['msg']}"
        ) from wrong


def _read(text: str, schema: Any, language: str) -> Any:
    """Returns what pydantic then makes a value of the type of."""
    inside = get_args(schema)
    match get_origin(schema):
        case kind if kind is Annotated:
            return _read(text, inside[0], language)
        case kind if kind in (Union, types.UnionType):
            return _either(text, inside, language)
        case kind if kind is Literal:
            return _one_of(text, [(str(one), one) for one in inside])
        case kind if kind in (list, tuple, set, frozenset, Sequence):
            return _several(text, inside, language)
    if schema is Any or schema is str:
        return text
    if schema is bool:
        return _yes_or_no(text)
    if schema is int:
        return _whole(text, language)
    if schema in (float, Decimal):
        return amount(text, language)
    if schema is dt.date:
        return day(text)
    if schema is dt.datetime:
        return _moment(text)
    if isinstance(schema, type) and issubclass(schema, enum.Enum):
        told = [(str(one.value), one) for one in schema] + [(one.name, one) for one in schema]
        return _one_of(text, told)
    if isinstance(schema, type) and issubclass(schema, pydantic.BaseModel):
        return _model(text, schema, language)
    return _plain(text)


def _either(text: str, kinds: tuple[Any, ...], language: str) -> Any:
    """Reads one of several types; where more than one fits, the first that is named counts."""
    if type(None) in kinds and text.casefold() in NOTHING:
        return None
    wrong: Misfit | None = None
    for kind in kinds:
        if kind is type(None):
            continue
        try:
            return read(text, kind, language)
        except Misfit as misfit:
            wrong = wrong or misfit
    raise wrong or Misfit(f"{text[:80]!r} is nothing")


def _one_of(text: str, told: list[tuple[str, Any]]) -> Any:
    folded = " ".join(text.casefold().split()).rstrip(".")
    found = {
        id(value): value for name, value in told if " ".join(name.casefold().split()) == folded
    }
    if len(found) != 1:
        names = ", ".join(dict.fromkeys(name for name, _ in told))
        raise Misfit(f"{text[:80]!r} is not one of {names[:200]}")
    return next(iter(found.values()))


def _several(text: str, inside: tuple[Any, ...], language: str) -> list[Any]:
    kind = inside[0] if inside else str
    plain = _plain(text)
    if isinstance(plain, list):
        return [one if not isinstance(one, str) else _read(one, kind, language) for one in plain]
    if text.casefold() in NOTHING:
        return []
    mark = next((mark for mark in LISTED if mark.search(text)), LISTED[0])
    return [_read(part.strip(), kind, language) for part in mark.split(text) if part.strip()]


def _plain(text: str) -> Any:
    """Returns what JSON says, where the text is JSON; else the text."""
    if text[:1] in "[{":
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _yes_or_no(text: str) -> bool:
    folded = text.casefold().rstrip(".!")
    if folded in YES:
        return True
    if folded in NO:
        return False
    raise Misfit(f"{text[:80]!r} is neither yes nor no")


def _whole(text: str, language: str) -> int:
    value = amount(text, language, whole=True)
    if value != int(value):
        raise Misfit(f"{text[:80]!r} is not a whole number")
    return int(value)


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError as wrong:
        raise Misfit(f"{text[:80]!r} is no date and time as 2026-03-04 15:30") from wrong


def _model(text: str, schema: type[pydantic.BaseModel], language: str) -> Any:
    """Reads a model: from JSON; an amount with its currency; or its only field."""
    plain = _plain(text)
    if isinstance(plain, dict):
        fields = schema.model_fields
        return {
            name: _read(value, fields[name].annotation, language)
            if isinstance(value, str) and name in fields
            else value
            for name, value in plain.items()
        }
    needed = {n: f for n, f in schema.model_fields.items() if f.is_required()}
    numbers = [n for n, f in schema.model_fields.items() if f.annotation in (Decimal, int, float)]
    rest = [n for n in schema.model_fields if n not in numbers]
    if len(numbers) == 1 and len(rest) == 1 and "curr" in rest[0].lower():
        told: dict[str, Any] = {
            numbers[0]: _read(text, schema.model_fields[numbers[0]].annotation, language)
        }
        if found := currency(text):
            told[rest[0]] = found
        return told
    only = list(needed) or list(schema.model_fields)
    if len(only) == 1:
        return {only[0]: _read(text, schema.model_fields[only[0]].annotation, language)}
    raise Misfit(f"{text[:80]!r} does not tell {', '.join(only)}")
