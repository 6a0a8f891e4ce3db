"""The shapes that goals are worded in, divided once and for all between practice and exams.

A shape is a template. `{record}` names the record, `{Record}` at the start of a sentence; `{noun}`
is what the record type is called; `{with}`, `{to}`, `{is}` and `{colon}` are lists of fields and
values in four styles; `{label}` and `{value}` are a single one; `{say}` is an action's own phrase.
Practice writes its shapes with choices, "[Create|Add] a {noun}", and may put a few words around.
A "clause" is a shape without the beginning and end of a sentence, for goals of several steps;
how these are joined is in `joining.py`.

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
        "[Delete|Remove|Erase|Drop|Take out|Get rid of|Discard] {record}"
        "[.|, please.| for good.| entirely.| now.]",
        "[Please|Can you|Kindly|You should|I ask you to|Somebody has to|Let us]"
        " [delete|remove|erase|drop|get rid of] {record}[.|?| now.| completely.]",
        "{Record} [can be|has to be|must be|is to be|ought to be] [deleted|removed|erased|dropped].",
        "{Record} [was entered by mistake|is wrong|is not wanted|makes no sense|is obsolete]"
        "[. Delete|. Remove|. Erase|; delete|, so remove|; erase] it.",
        "{Record} has to go[. Delete|; remove|; erase|, so get rid of] it.",
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
    "which": (
        "[Which|What] {noun} has [the |]{label} {value}?",
        "[Tell me|Find|Look up|Name|Report] the {noun} [with|that has|which has] {label} {value}.",
        "[Tell me|Say|Report|State] which {noun} has {label} {value}.",
        "{Label} {value}: which {noun} [is it|is that]?",
    ),
    "count both": (
        "How many {plural} [have|have the|are there with] {label} {value} and {label2} {value2}?",
        "[Count|Count up|Count all] the {plural} [with|that have] {label} {value} and {label2} {value2}.",
        "[Tell me|Say|Report] how many {plural} have both {label} {value} and {label2} {value2}.",
    ),
    "report": (
        "[Look at|Open|Check] the report {report}: what is {column} of {row}?",
        "[Look at|Open|Check] the report {report}, and tell me {column} of {row}.",
        "[What|How much] does the report {report} [say|give|show] as {column} of {row}?",
        "[Tell me|State|Read me] {column} of {row} [in|from] the report {report}.",
    ),
    "create clause": (
        "[create|add|enter|register|make|set up] [a|a new|one more] {noun} [with|having] {with}",
        "[create|add|make|set up] [a|a new] {noun} [where|whose|so that its] {is}",
    ),
    "create part clause": (
        "[add|create|register|make] [a|a new] {noun} [to|for|in|under] {owner} [with {with}|where {is}]",
        "[on|for|in] {owner} [add|create|make] [a|a new|another] {noun} with {with}",
    ),
    "update clause": (
        "[set|change|put|alter] {to} [on|for|in|of] {record}",
        "[update|edit|modify|change] {record} [so that {is}|to have {with}]",
        "[in|on|for] {record} [set|change|put] {to}",
    ),
    "delete clause": ("[delete|remove|erase|drop|discard|get rid of] {record}",),
    "action clause": ("{say}",),
}

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

CONDITIONS: dict[bool, tuple[str, ...]] = {
    False: (
        " If that is not possible, tell me why.", " If a rule forbids it, say which.",
        " Should it be refused, answer with the reason.", " If you cannot do it, say why.",
        " If it is not allowed, leave it and report the reason.",
    ),
    True: (
        " In case the system objects, let me hear its objection.",
        " Where it cannot be done, quote what stands in the way.",
        " Give me the grounds if it turns out to be against the rules.",
    ),
}  # fmt: skip
"""What to do where it is refused, for exams or not: said of what is possible just as often."""


def draw(kind: str, rng: random.Random, *, exam: bool) -> str:
    """Draws a shape for one kind of goal; the choices of a practice shape are made."""
    return chosen(rng.choice((EXAM if exam else PRACTICE)[kind]), rng)


def chosen(template: str, rng: random.Random) -> str:
    """Makes the choices of a shape."""
    return CHOICE.sub(lambda found: rng.choice(found[1].split("|")), template)


def expansions(template: str) -> Iterator[str]:
    """Yields every shape that a template with choices can become."""
    parts = CHOICE.split(template)
    ways = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    for made in itertools.product(*ways):
        yield "".join(made)
