"""Reports as tools: what is chosen above the table are arguments, and all lines come at once."""

from __future__ import annotations

import re
from typing import Any

from palaestra.faces.tools.schema import Schema
from palaestra.kit.blocks import Report
from palaestra.kit.commands import Invalid
from palaestra.kit.session import Session

LINE: Schema = {"type": "array", "items": {"type": "string"}}


def arguments(report: Report) -> dict[str, str]:
    """Returns the label of what can be chosen by the name of its argument."""
    return {re.sub(r"\W+", "_", label.lower()).strip("_"): label for label in report.labels}


def takes(report: Report) -> dict[str, Schema]:
    """Returns the schema of each argument; what can be chosen may depend on the records."""
    return {
        name: {
            "type": "string",
            "description": f"{label}. One of the options that the report tells; the first of them "
            "if left out",
        }
        for name, label in arguments(report).items()
    }


def gives(report: Report) -> dict[str, Schema]:
    """Returns the schema of each part of what is told."""
    options = {name: LINE for name in arguments(report)}
    chosen = {name: {"type": "string"} for name in options}
    return {
        "columns": LINE,
        "lines": {"type": "array", "items": LINE},
        "total": {**LINE, "description": "A last line; empty where there is none"},
        "chosen": {"type": "object", "properties": chosen, "required": list(chosen)},
        "options": {"type": "object", "properties": options, "required": list(options)},
    }


def read(report: Report, session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """Returns the lines of a report.

    Raises:
        Invalid: If something is chosen that cannot be.
    """
    named = arguments(report)
    by_label = report.options(session.store)
    options = {name: by_label[label] for name, label in named.items()}
    wrong = {
        name: f"{name} must be one of {', '.join(options[name])}"
        for name, chosen in given.items()
        if chosen not in options[name]
    }
    if wrong:
        raise Invalid(wrong)
    chosen = {name: given.get(name, offered[0]) for name, offered in options.items()}
    choices = {named[name]: option for name, option in chosen.items()}
    return {
        "columns": list(report.columns),
        "lines": [list(line) for line in report.lines(session.store, choices)],
        "total": list(report.total(session.store, choices)),
        "chosen": chosen,
        "options": {name: list(offered) for name, offered in options.items()},
    }
