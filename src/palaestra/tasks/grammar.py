"""The shapes that goals are worded in, divided once and for all between practice and exams.

A shape is a template. `{record}` names the record, `{Record}` at the start of a sentence; `{noun}`
is what the record type is called; `{with}`, `{to}`, `{is}` and `{colon}` are lists of fields and
values in four styles; `{label}` and `{value}` are a single one; `{say}` is an action's own phrase.

Exam shapes never occur in practice; `tests/tasks/test_grammar.py` asserts it.
"""

from __future__ import annotations

PRACTICE: dict[str, tuple[str, ...]] = {
    "create": (
        "Create a {noun} with {with}.",
        "Add a new {noun}: {colon}.",
        "New {noun}: {colon}.",
        "Enter a {noun} with {with}.",
        "Please register a {noun} whose {is}.",
        "Set up a new {noun} with {with}, please.",
        "Add a {noun} where {is}.",
        "With {with}, create a new {noun}.",
        "Make a {noun}; its {is}.",
        "A new {noun} is to be created: {colon}.",
        "Can you create a {noun} with {with}?",
        "I want to have a {noun} with {with}.",
        "Have a {noun} added where {is}.",
        "There has to be a new {noun}; its {is}.",
    ),
    "create part": (
        "Add a {noun} to {owner} with {with}.",
        "On {owner}, create a {noun}: {colon}.",
        "{Owner} needs a new {noun} with {with}.",
        "Enter a {noun} for {owner} where {is}.",
        "New {noun} for {owner}: {colon}.",
        "Under {owner}, please add a {noun} whose {is}.",
        "Can you create a {noun} in {owner} with {with}?",
        "{Owner} gets a new {noun}: {colon}.",
        "In {owner}, have a {noun} added where {is}.",
    ),
    "update": (
        "Set {to} on {record}.",
        "Change {to} for {record}.",
        "In {record}, change {to}.",
        "Update {record}: {colon}.",
        "{Record}: {colon}.",
        "For {record}, set {to}.",
        "Edit {record} so that {is}.",
        "Please change {record} to have {with}.",
        "Modify {record}; {is}.",
        "On {record}, the {is}; please enter that.",
        "Make {to} in {record}.",
        "Can you change {to} on {record}?",
        "{Record} must be changed: {colon}.",
        "Overwrite {to} on {record}.",
        "{Record} gets {with}.",
        "From now on the {is} for {record}.",
    ),
    "delete": (
        "Delete {record}.",
        "Remove {record}.",
        "Please delete {record}.",
        "{Record} can be deleted.",
        "Get rid of {record}.",
        "Erase {record}, please.",
        "{Record} was entered by mistake. Delete it.",
        "Take out {record}.",
        "Please get {record} deleted.",
        "Can you delete {record}?",
        "{Record} has to go. Delete it.",
        "Drop {record}.",
    ),
    "action": (
        "{Say}.",
        "Please {say}.",
        "Can you {say}?",
        "{Say}, please.",
        "Go ahead and {say}.",
        "You can {say} now.",
        "Somebody has to {say}.",
        "You have to {say}.",
        "Do this: {say}.",
    ),
    "question": (
        "What is the {label} of {record}?",
        "Tell me the {label} of {record}.",
        "{Record}: what is the {label}?",
        "Look up the {label} of {record}.",
        "What {label} does {record} have?",
        "Answer with the {label} of {record}.",
        "For {record}, what is the {label}?",
        "Could you tell me the {label} of {record}?",
        "Check {record} and tell me its {label}.",
        "I want to know the {label} of {record}.",
        "Read me the {label} of {record}.",
    ),
    "count": (
        "How many {plural} are there?",
        "Count the {plural}.",
        "Tell me how many {plural} exist.",
        "Say how many {plural} there are.",
    ),
    "count where": (
        "How many {plural} have {label} {value}?",
        "Count the {plural} with {label} {value}.",
        "How many {plural} are there whose {label} is {value}?",
        "Tell me how many {plural} have the {label} {value}.",
    ),
}

EXAM: dict[str, tuple[str, ...]] = {
    "create": (
        "We need another {noun}: {colon}.",
        "Could you put in a {noun} with {with}?",
        "I would like a new {noun} entered whose {is}.",
        "Open a {noun} having {with}.",
    ),
    "create part": (
        "{Owner} is missing a {noun} with {with}.",
        "Put another {noun} on {owner}: {colon}.",
        "Could you add one more {noun} to {owner}, where {is}?",
    ),
    "update": (
        "Please correct {record}: {colon}.",
        "{Record} should have {with}.",
        "Adjust {to} in {record}.",
        "I noticed a mistake on {record}: the {is}.",
    ),
    "delete": (
        "We do not need {record} any more; delete it.",
        "Please remove {record} from the books.",
        "Could you delete {record} for me?",
        "{Record} is a duplicate and should be removed.",
    ),
    "action": (
        "I need you to {say}.",
        "Next: {say}.",
        "Would you {say} for me?",
        "It is your job to {say} this morning.",
    ),
    "question": (
        "I need the {label} of {record}.",
        "Find out the {label} for {record}.",
        "Which {label} is on {record}?",
        "Give me the {label} that {record} has.",
    ),
    "count": (
        "What is the total number of {plural}?",
        "How many {plural} do we have?",
    ),
    "count where": (
        "What is the number of {plural} whose {label} is {value}?",
        "How many {plural} show {label} {value}?",
    ),
}

OPENERS = (
    "Hello! ", "Hi, ", "Good morning. ", "To do: ", "As discussed: ", "For today: ", "Quick one: ",
    "Message from the office: ", "When you have a minute: ", "One more thing. ",
)  # fmt: skip
CLOSERS = (
    " Thanks.", " Thank you!", " It is urgent.", " No hurry.", " Let me know when it is done.",
    " Nothing else, please.", " That is all.", " Many thanks in advance.",
)  # fmt: skip
"""What people put around a goal; in practice only, and now and then."""


def shapes(kind: str, *, exam: bool) -> tuple[str, ...]:
    """Returns the shapes of one kind of goal, for exams or for practice."""
    return (EXAM if exam else PRACTICE)[kind]
