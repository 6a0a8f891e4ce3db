"""Asking: a question in words, an answer of a type, or that there is none.

Whoever asks wants to change nothing: whatever is destructive or external is refused while the
answer is looked for. An answer about INV-0099 is not believed where nothing that was seen bears
that number: it would be another one's. Names of any other form are not checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pydantic

from palaestra.agent.figures import Misfit
from palaestra.agent.guard import Guard
from palaestra.agent.reading import check_schema, read
from palaestra.agent.result import Result
from palaestra.errors import PalaestraError

NUMBER = re.compile(r"\b[A-Z]+-?\d{3,}\b")
"""What a record is numbered like: INV-0099, T001."""


def looking(guard: Guard) -> Guard:
    """Returns the rules under which an answer is looked for."""
    return replace(guard, destructive="refuse", external="refuse")


class CouldNotTell(PalaestraError):
    """The agent has no answer of the type that was asked for.

    Attributes:
        result: What came of looking for it.
    """

    def __init__(self, why: str, result: Result) -> None:
        super().__init__(why)
        self.result = result


def told(
    question: str,
    schema: Any,
    run: Callable[[str], Result],
    language: Callable[[], str],
    shown: Callable[[], Iterable[str]],
) -> Any:
    """Asks, and reads the answer.

    A pydantic model of several fields is asked for field by field, unless one answer tells all: a
    field's description is its question if it ends in a question mark, and is added to the question
    otherwise.

    Args:
        question: What is asked.
        schema: The type of the answer.
        run: Runs the agent with a question.
        language: Returns what the page speaks, as "de".
        shown: Returns the texts of the page where the run ended.

    Raises:
        CouldNotTell: If there is no answer, or it does not fit.
        UsageError: If the schema is no type to read.
    """
    check_schema(schema)
    fields = _fields(schema)
    if len(fields) > 1:
        parts = {
            name: told(asked, kind, run, language, shown)
            for name, (asked, kind) in _questions(question, schema, fields).items()
        }
        return schema.model_validate(parts)
    result = run(question)
    if result.answer is None or result.outcome in ("abstained", "failed"):
        raise CouldNotTell(f"There is no answer to {question!r}: {result.reason}", result)
    if strange := _unseen(question, result, shown()):
        why = f"nothing that was seen is called {strange}"
        raise CouldNotTell(f"There is no answer to {question!r}: {why}", result)
    try:
        return read(result.answer, schema, language())
    except Misfit as misfit:
        raise CouldNotTell(f"The answer to {question!r} does not fit: {misfit}", result) from misfit


def _unseen(question: str, result: Result, shown: Iterable[str]) -> str:
    """Returns a number of the question that no screen showed; "" where there is none."""
    seen = {number for text in shown for number in NUMBER.findall(text)}
    seen |= {number for step in result.steps for number in NUMBER.findall(step.name)}
    return next((number for number in NUMBER.findall(question) if number not in seen), "")


def _fields(schema: Any) -> list[str]:
    """Returns the fields that must be asked for one by one; none where one answer tells all."""
    if not (isinstance(schema, type) and issubclass(schema, pydantic.BaseModel)):
        return []
    return [name for name, field in schema.model_fields.items() if field.is_required()]


def _questions(
    question: str, schema: type[pydantic.BaseModel], fields: list[str]
) -> dict[str, tuple[str, Any]]:
    asked = {}
    for name in fields:
        field = schema.model_fields[name]
        about = field.description or field.title or name.replace("_", " ")
        words = about if about.endswith("?") else f"{question} ({about})"
        asked[name] = (words, field.annotation)
    return asked
