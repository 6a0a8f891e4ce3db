"""The arguments of a call: what they are called, and what is wrong with them."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from palaestra.kit.commands import Invalid
from palaestra.kit.fields import UNTYPABLE, Field

OURS = frozenset(("key", "query", "sort", "descending", "limit", "offset"))
"""Arguments that every application has; a field of such a name gets an underscore."""
TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
    "object": "an object",
}
MOST_TOLD = 80


def argument(field: Field) -> str:
    """Returns the name that a field has in the tools."""
    return f"{field.name}_" if field.name in OURS else field.name


def check(validator: Draft202012Validator, given: dict[str, Any]) -> None:
    """Holds what was given against a tool's input schema.

    Raises:
        Invalid: With every argument that is wrong.
    """
    errors: dict[str, str] = {}
    for error in validator.iter_errors(given):
        for name, wrong in _told(error, given):
            errors.setdefault(name, wrong)
    for name, value in given.items():
        if name not in errors and isinstance(value, str) and UNTYPABLE.search(value):
            errors[name] = f"{name} has characters that nobody can type"
    if errors:
        raise Invalid(errors)


def clean(text: str) -> str:
    """Returns a text of the caller's short enough and tame enough to be told back."""
    return UNTYPABLE.sub("?", text[:MOST_TOLD])


def _told(error: ValidationError, given: dict[str, Any]) -> list[tuple[str, str]]:
    schema: Any = error.schema
    if error.validator == "required":
        missing = [name for name in schema["required"] if name not in given]
        return [(name, f"{name} is required") for name in missing]
    if error.validator == "additionalProperties":
        known = schema["properties"]
        hint = f"there are {', '.join(known)}" if known else "there are none"
        unknown = [clean(name) for name in given if name not in known]
        return [(name, f"There is no argument {name}; {hint}") for name in unknown]
    name = str(error.path[0])
    return [(name, f"{name} must be {_expected(error)}")]


def _expected(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    if error.validator == "type":
        kinds = wanted if isinstance(wanted, list) else [wanted]
        return " or ".join(map(TYPES.__getitem__, kinds))
    if error.validator == "enum":
        return f"one of {', '.join('null' if word is None else str(word) for word in wanted)}"
    if error.validator == "pattern":
        return "a decimal number like 1250.00"
    return f"at {'least' if error.validator == 'minimum' else 'most'} {wanted}"
