"""The shapes that goals are worded in, divided once and for all between practice and exams.

A shape is a template. `{record}` names the record, `{Record}` at the start of a sentence; `{noun}`
is what the record type is called; `{with}`, `{to}`, `{is}` and `{colon}` are lists of fields and
values in four styles; `{label}` and `{value}` are a single one; `{say}` is an action's own phrase.
Practice writes its shapes with choices, "[Create|Add] a {noun}", and may put a few words around.

Exam shapes never occur in practice, with whatever choices; `tests/tasks/test_grammar.py` asserts it.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

CHOICE = re.compile(r"\[([^\]]*)\]")

PRACTICE: dict[str, tuple[str, ...]] = {
    "create": (
        "[Create|Add|Enter|Register|Make|Set up|Insert|Prepare|Start] [a|a new|one more]"
        " {noun} [with|with this:|having] {with}[.|, please.|.]",
        "[Create|Add|Enter|Register|Make|Set up|Insert] [a|a new] {noun}[:| -|,] {colon}.",
        "[Create|Add|Enter|Make|Set up] [a|a new] {noun}[ where| whose| so that its|;| and see that its]"
        " {is}.",
        "[Please|Can you|Could you please|Kindly|You should|I ask you to|Somebody has to|Go and]"
        " [create|add|register|make|set up|insert] [a|a new|one more] {noun} [with|having] {with}[.|?]",
        "[Please|Can you|Kindly|You should|I ask you to|Let us]"
        " [create|add|enter|register|make] [a|a new] {noun}[: {colon}| whose {is}|; its {is}].",
        "[New|Additional|One more] {noun}[:| -|,] {colon}.",
        "[There has to be|There should be|I want to have|I want to see|It takes] a new {noun}"
        "[; its {is}| with {with}|: {colon}].",
        "With {with}, [create|add|register|make|set up] a [new |]{noun}.",
        "A [new |]{noun} [is to be|has to be|must be|should be] [created|added|registered|set up]"
        "[: {colon}|; its {is}| with {with}].",
        "[Have|Get] a [new |]{noun} [added|created|set up] [where {is}|with {with}].",
    ),
    "create part": (
        "[Add|Create|Enter|Register|Make] [a|a new] {noun} [to|for|in|under|on] {owner}"
        " [with {with}|where {is}|whose {is}].",
        "[On|For|In|Under|To] {owner}[,|] [add|create|register|make|enter] [a|a new] {noun}"
        "[: {colon}| with {with}| whose {is}].",
        "[Please|Can you|Kindly|You should|Somebody has to] [add|create|make|register] [a|a new] {noun}"
        " [to|for|in|under] {owner}[: {colon}| with {with}| where {is}].",
        "{Owner} [needs|gets|must have|has to get] a new {noun} with {with}.",
        "[New|Additional] {noun} [for|in|under] {owner}[:| -] {colon}.",
        "[In|For] {owner}, [have|get] a {noun} [added|created] where {is}.",
    ),
    "update": (
        "[Set|Change|Put|Alter|Overwrite|Edit|Make] {to} [on|for|in|of] {record}.",
        "[In|For|On] {record}[,|] [set|change|edit|put|alter] {to}.",
        "[Update|Edit|Modify|Revise|Amend|Change] {record}[: {colon}| so that {is}|; {is}|"
        " to have {with}| and set {to}].",
        "{Record}[:| -|,] {colon}.",
        "{Record} [gets|must get|has to have|ought to have] {with}.",
        "{Record} [must be changed|is to be edited|has to be updated][: {colon}|; the {is}].",
        "[Please|Can you|Kindly|You should|I ask you to|Somebody has to|Go and]"
        " [set|change|edit|alter] {to} [on|for|in] {record}[.|?]",
        "[Please|Can you|Kindly|Let us] [update|edit|modify|change] {record}"
        " [to have {with}|so that {is}|and put {to}].",
        "[From now on|As of today|Starting now,] the {is} [for|on|in] {record}.",
        "[On|In] {record}[,|] the {is}; [please enter that|put that in|make it so].",
    ),
    "delete": (
        "[Delete|Remove|Erase|Drop|Take out|Get rid of|Strike|Discard] {record}"
        "[.|, please.| for good.| entirely.| now.]",
        "[Please|Can you|Kindly|You should|I ask you to|Somebody has to|Let us]"
        " [delete|remove|erase|drop|get rid of] {record}[.|?| now.| completely.]",
        "{Record} [can be|has to be|must be|is to be|ought to be] [deleted|removed|erased|dropped].",
        "{Record} [was entered by mistake|is wrong|is not wanted|makes no sense|is obsolete]"
        "[.|;|,] [Delete|delete|Remove|remove|Erase|erase] it.",
        "{Record} has to go[.|;|,] [delete|remove|erase|get rid of] it.",
        "Please [get|have] {record} [deleted|removed|erased].",
    ),
    "action": (
        "{Say}[.|, please.| now.| today.| right away.| as agreed.| if you can.]",
        "[Please|Kindly|Go ahead and|You can|You should|You have to|Somebody has to|Do this:|Now|First|"
        "Let us|I ask you to|Remember to|Do not forget to|Time to|Try to|Be so kind and|We have to]"
        " {say}[.|.| now.| right away.| as agreed.| by noon.| if you can.]",
        "[Can you|Could you please|Can somebody] {say}[?| now?| today?|, please?]",
    ),
    "question": (
        "[What is|Tell me|Look up|Name|State|Report|Read me|Show|Say|Write down|Answer with|"
        "I want to know|Could you tell me|Can you find|Do you know] the {label} of {record}[.|?]",
        "{Record}[:|,| -] [what is|tell me|look up|state] the {label}[.|?]",
        "[For|On|In|About] {record}[,|:] [what is|tell me|look up] the {label}[.|?]",
        "[What|What sort of] {label} does {record} have?",
        "[Check|Open|Look at|See] {record} and [tell me|report|say|state] its {label}.",
    ),
    "count": (
        "How many {plural} [are there|exist|are listed|can be found][?| in all?| altogether?]",
        "[Count|Count all|Count up] the {plural}.",
        "[Tell me|Say|Report|State] how many {plural} [there are|exist|are listed].",
        "Number of {plural}?",
    ),
    "count where": (
        "How many {plural} [have|have the|are there with] {label} {value}?",
        "How many {plural} are there [whose|where the] {label} is {value}?",
        "[Count|Count up|Count all] the {plural} [with|that have] {label} {value}.",
        "[Count|Count up] the {plural} [whose|where the] {label} is {value}.",
        "[Tell me|Say|Report] how many {plural} have the {label} {value}.",
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
    "Message from the office: ", "When you have a minute: ", "One more thing. ", "Dear colleague, ",
    "Sorry to bother you. ", "According to the list, ", "After the meeting: ", "Before lunch: ",
    "The boss says: ", "Small change of plan. ", "This came in by mail: ", "Urgent! ", "If possible, ",
    "Here is what to do. ", "As the client wishes: ", "Just this: ", "Reminder: ", "Let me be brief. ",
)  # fmt: skip
CLOSERS = (
    " Thanks.", " Thank you!", " It is urgent.", " No hurry.", " Let me know when it is done.",
    " Nothing else, please.", " That is all.", " Many thanks in advance.", " Sorry for the trouble.",
    " The client is waiting.", " Leave everything else as it is.", " I will be back at four.",
    " You know how.", " This has been checked with the boss.", " Then you are done.", " Good luck!",
)  # fmt: skip
"""What people put around a goal; in practice only, and now and then."""


def draw(kind: str, rng: random.Random, *, exam: bool) -> str:
    """Draws a shape for one kind of goal; the choices of a practice shape are made."""
    template = rng.choice((EXAM if exam else PRACTICE)[kind])
    return CHOICE.sub(lambda found: rng.choice(found[1].split("|")), template)


def expansions(template: str) -> Iterator[str]:
    """Yields every shape that a template with choices can become."""
    parts = CHOICE.split(template)
    ways = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    for made in itertools.product(*ways):
        yield "".join(made)
