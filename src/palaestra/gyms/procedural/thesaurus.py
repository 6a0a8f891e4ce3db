"""What else everyday words are called: synonyms that skins of generated applications put on labels.

Each line is a word and the words that may stand for it; the last of a line is kept for exams. More
words, which are for practice only, stand in `practice.toml`.
Made-up words have no synonyms, for nothing could tell what they mean; and no synonym is a word of
a named gym's records or actions, which are to stay new (docs/decisions/0004).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from palaestra.kit import App

SAME = {
    first: tuple(others)
    for first, *others in (
        line.split()
        for line in """
amount sum figure
area zone region
author writer creator
batch lot bunch
bicycle bike cycle
boat craft dinghy
brochure leaflet booklet
budget funds allowance
building premises house
bus coach omnibus
cargo freight goods
charge fee levy
city town municipality
class course lesson
colour shade hue
comment remark
committee board panel
company firm business
complaint grievance objection
cost outlay
country nation state
deadline cutoff limit
desk table counter
device gadget appliance
distance range span
doctor physician medic
duration length
email mail e-mail
employee worker staffer
engine motor drive
event occasion happening
exam test quiz
fee charge price
form sheet blank
garden park yard
group team party
guest visitor caller
height tallness elevation
idea suggestion proposal
inspection check survey
instrument tool implement
job task assignment
journey voyage
kind sort type
label tag sticker
language tongue speech
leader head chief
length extent reach
letter message
level grade tier
locker cupboard cabinet
location spot
machine apparatus engine
margin edge border
meal dish course
measure action step
meeting session gathering
member participant fellow
message notice memo
model version design
name title designation
number count figure
object thing item
origin source provenance
outcome result end
owner holder proprietor
package parcel box
painting picture canvas
patient sufferer
penalty fine sanction
permit licence permission
person individual human
phone telephone mobile
piece part fragment
plan scheme programme
price cost rate
priority urgency importance
prize award trophy
problem trouble difficulty
project undertaking venture
purpose aim intent
quality standard grade
quantity amount volume
quote estimate tender
rating score
reason cause grounds
recipe formula instructions
rehearsal practice run-through
remark comment observation
rent hire lease
repair fix mend
resident inhabitant dweller
result outcome finding
review appraisal critique
risk danger hazard
role part function
room chamber space
route way path
rule regulation norm
salary wage
sample specimen probe
score points
season time quarter
section part
shift stint
ship vessel liner
shop store outlet
size extent dimension
speaker lecturer presenter
speed pace velocity
staff personnel crew
storage depot stockroom
street road avenue
strength power force
student pupil learner
subject topic theme
suggestion hint advice
supplier provider source
supply stock provision
team crew squad
temperature heat warmth
test trial check
tool implement utensil
topic subject theme
tour excursion
trainer coach instructor
truck lorry van
unit piece element
value worth price
vehicle car automobile
venue site
vessel ship boat
visit call
visitor guest caller
voucher coupon token
warehouse depot store
weight mass heaviness
wheel ring disc
width breadth span
winner champion victor
witness observer bystander
worker labourer hand
""".strip().splitlines()
    )
}
"""A word, and what may stand for it."""

MORE = {
    word: tuple(others)
    for word, others in tomllib.loads(
        Path(__file__).with_name("practice.toml").read_text("utf-8")
    ).items()
}
"""A word, and what may stand for it in practice only."""


def synonyms(app: App) -> dict[str, list[str]]:
    """Returns synonyms of an application's labels; none that another label already is.

    Args:
        app: Its nouns, plurals and the labels of its fields are looked up word by word.
    """
    return _found(_labels(app), SAME, set())


def practice(app: App, same: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Returns more synonyms, for practice only; none that are said of anything already.

    Args:
        app: As for `synonyms`.
        same: What that returned.
    """
    return _found(
        _labels(app), MORE, {word.casefold() for words in same.values() for word in words}
    )


def _labels(app: App) -> list[str]:
    return list(
        dict.fromkeys(
            label
            for kind in app.records
            for label in (kind.noun.capitalize(), kind.plural, *(f.label for f in kind.fields))
        )
    )


def _found(
    labels: list[str], table: Mapping[str, tuple[str, ...]], taken: set[str]
) -> dict[str, list[str]]:
    """Returns what else labels may be called by a table; nothing twice, nor what is taken."""
    taken = taken | {label.casefold() for label in labels}
    found: dict[str, list[str]] = {}
    for label in labels:
        others = [word for word in _others(label, table) if word.casefold() not in taken]
        if others:
            found[label] = others
            taken.update(word.casefold() for word in others)
    return found


def _others(label: str, table: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Returns a label with its last word replaced, in the number that it has."""
    *before, last = label.lower().split()
    plural = last.endswith("s") and last[:-1] in table
    ending = "s" if plural else ""
    same = table.get(last[:-1] if plural else last, ())
    return [" ".join((*before, other + ending)).capitalize() for other in same]
