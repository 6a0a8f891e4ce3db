"""The shapes that goals are worded in, divided once and for all between practice and exams.

A shape is a template. `{record}` names the record, `{Record}` at the start of a sentence; `{noun}`
is what the record type is called; `{with}`, `{to}`, `{is}` and `{colon}` are lists of fields and
values in four styles; `{label}` and `{value}` are a single one; `{say}` is an action's own phrase.
Practice writes its shapes with choices, "[Create|Add] a {noun}", and may put a few words around;
they are in files of their own (`voice.py`).
A "clause" is a shape without the beginning and end of a sentence, for goals of several steps;
how these are joined is in `joining.py`.

Exam shapes never occur in practice, with whatever choices; `tests/tasks/test_grammar.py` asserts it.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

from palaestra.tasks import voice

CHOICE = re.compile(r"\[([^\]]*)\]")

EXAM: dict[str, tuple[str, ...]] = {
    "create": (
        "We are still lacking a {noun}, namely one with {with}.",
        "A {noun} is missing from our records; its {is}.",
        "Here are the details for another {noun}, which you should file: {colon}.",
        "Would you mind filing a {noun} whose {is}?",
        "I would be glad about one further {noun} with {with}.",
        "Kindly see that we get a {noun} into the system: {colon}.",
    ),
    "create part": (
        "{Owner} still lacks a {noun} with {with}.",
        "Would you mind giving {owner} a further {noun} whose {is}?",
        "A {noun} belongs to {owner} that nobody has filed yet: {colon}.",
        "Extend {owner} by a {noun} with {with}.",
        "What {owner} still needs is a {noun} whose {is}.",
        "File a {noun} under {owner} for me: {colon}.",
    ),
    "update": (
        "Something is off with {record}; it ought to read: {colon}.",
        "Would you mind bringing {record} up to date, so its {is}?",
        "What we have for {record} is outdated. Correct would be: {colon}.",
        "Switch {to} for {record}.",
        "Let {record} carry {with} instead.",
        "I looked at {record} again: there, the {is}, and you should correct that.",
    ),
    "delete": (
        "Nobody needs {record} any longer, so throw it away.",
        "Would you mind deleting {record}?",
        "Our records would be better off without {record}; wipe it.",
        "Clean up by deleting {record}.",
        "I want {record} gone from the system.",
        "Somebody filed {record} twice. Delete this one.",
    ),
    "action": (
        "Would you mind seeing to this: {say}?",
        "What is left on my list is to {say}.",
        "You are asked to {say}.",
        "It falls to you to {say} while I am away.",
        "It would help us a lot to {say}.",
        "Before you go home, {say}.",
    ),
    "question": (
        "A colleague asks for the {label} of {record}.",
        "As to {record}, which {label} do we have on file?",
        "I forgot the {label} that belongs to {record}; remind me.",
        "Under {record}, what does it say for {label}?",
        "Would you mind reading out the {label} of {record}?",
        "There is a {label} noted on {record}. Which one?",
    ),
    "count": (
        "To how many {plural} does it all add up?",
        "Our {plural}: how many have we got?",
        "I wonder how many {plural} we have on file.",
        "Would you mind counting the {plural}?",
        "Give me the size of our list of {plural}.",
        "What number of {plural} does the system hold?",
    ),
    "count where": (
        "Of our {plural}, how many come with {label} {value}?",
        "I wonder how many {plural} we have on file under {label} {value}.",
        "Would you mind counting the {plural} whose {label} reads {value}?",
        "What number of {plural} shows {value} as {label}?",
        "Give me the number of {plural} marked with {label} {value}.",
        "Going by {label}, how many {plural} are {value}?",
    ),
    "which": (
        "I only remember {label} {value}; which {noun} was that?",
        "Under which {noun} do we have {label} {value}?",
        "There is one {noun} that shows {value} as {label}. Which one?",
        "Would you mind finding me the {noun} whose {label} reads {value}?",
        "Some {noun} carries {label} {value}; tell me its name or number.",
        "By its {label}, {value}, can you identify the {noun}?",
    ),
    "count both": (
        "Of our {plural}, how many come with {label} {value} as well as {label2} {value2}?",
        "Would you mind counting the {plural} whose {label} reads {value} while {label2} reads {value2}?",
        "What number of {plural} shows {value} as {label} and also {value2} as {label2}?",
        "I wonder how many {plural} we have under {label} {value} that are filed with {label2} {value2}.",
        "Going by {label} {value} together with {label2} {value2}, what number of {plural} remains?",
        "Give me the number of {plural} marked {label} {value} plus {label2} {value2}.",
    ),
    "report": (
        "According to the report {report}, where do we stand on {column} of {row}?",
        "A colleague asks for {column} of {row}; the report {report} has it.",
        "Would you mind reading out {column} of {row}, as the report {report} shows it?",
        "I forgot {column} of {row}. It is on the report {report}.",
        "Under {row}, what is given as {column} on the report {report}?",
        "There is a report {report}. What stands there for {row} under {column}?",
    ),
    "create clause": (
        "file a {noun} with {with}",
        "get us a further {noun} whose {is}",
        "put a {noun} into the system with {with}",
        "take in a {noun} that has {with}",
        "see that a {noun} is filed with {with}",
        "lay out one {noun} more, with {with}",
    ),
    "create part clause": (
        "file a {noun} under {owner} with {with}",
        "extend {owner} by a {noun} with {with}",
        "give {owner} a further {noun} whose {is}",
        "attach a {noun} to {owner} with {with}",
        "see that {owner} gets a {noun} with {with}",
        "equip {owner} with a {noun} that has {with}",
    ),
    "update clause": (
        "switch {to} for {record}",
        "bring {record} up to date, so its {is}",
        "let {record} carry {with} instead",
        "see that {record} comes with {with}",
        "correct {record}, where the {is}",
        "rework {record} until its {is}",
    ),
    "delete clause": (
        "throw {record} away",
        "wipe {record} from the system",
        "do away with {record}",
        "see that {record} is gone",
        "have {record} vanish",
        "strip our records of {record}",
    ),
    "action clause": ("see to this: {say}", "go and {say}", "make a point to {say}"),
}

PRACTICE = voice.merged(tuple(EXAM))
OPENERS = tuple(words for one in voice.VOICES for words in one.openers)
CLOSERS = tuple(words for one in voice.VOICES for words in one.closers)
"""What people put around a goal; in practice only, and now and then."""

CONDITIONS: dict[bool, tuple[str, ...]] = {
    False: tuple(words for one in voice.VOICES for words in one.conditions),
    True: (
        " In case the system objects, let me hear its objection.",
        " Where it cannot be done, quote what stands in the way.",
        " Give me the grounds if it turns out to be against the rules.",
    ),
}
"""What to do where it is refused, for exams or not: said of what is possible just as often."""


def draw(kind: str, rng: random.Random, *, exam: bool) -> str:
    """Draws a shape for one kind of goal; the choices of a practice shape are made."""
    return rng.choice(EXAM[kind]) if exam else chosen(voice.template(kind, rng), rng)


def chosen(template: str, rng: random.Random) -> str:
    """Makes the choices of a shape."""
    return CHOICE.sub(lambda found: rng.choice(found[1].split("|")), template)


def expansions(template: str) -> Iterator[str]:
    """Yields every shape that a template with choices can become."""
    parts = CHOICE.split(template)
    ways = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    for made in itertools.product(*ways):
        yield "".join(made)
