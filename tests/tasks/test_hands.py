from __future__ import annotations

import random

import pytest

from palaestra.kit.seeding import Faker
from palaestra.kit.session import Session
from palaestra.kit.skin import Skin
from palaestra.tasks.hands import calmed, follow, reached, toward
from palaestra.types import Action
from tests.apps import Claim, expenses

VARIANTS = [
    (attribute, value)
    for attribute, values in {
        "select": ("native", "listbox", "autocomplete", "radio"),
        "dates": ("plain", "calendar"),
        "forms": ("page", "modal"),
        "nav": ("side", "top", "tabs", "menu"),
    }.items()
    for value in values
]


def skin_with(attribute: str, value: str) -> int:
    return next(s for s in range(1, 2000) if getattr(Skin.of_seed(s), attribute) == value)


@pytest.mark.parametrize(("attribute", "value"), VARIANTS)
def test_every_widget_can_be_brought_to_every_value(attribute: str, value: str):
    rng, faker = random.Random(0), Faker(0)
    for seed in range(5):
        start = Session(expenses, seed, skin_with(attribute, value))
        reaching = follow(start, [Action("click", "nav:claim"), Action("click", "new:claim")])
        assert reaching is not None
        session, _ = reaching
        for field in Claim.type.form_fields:
            wanted = field.edit_form(field.sample(rng, faker, session.store), session.store)
            steps = 0
            while action := toward(session, field, wanted):
                session.dispatch(action)
                steps += 1
                assert steps < 30, (field.name, wanted)
            assert session.draft[field.name] == wanted
        session.dispatch(Action("click", "save"))
        assert len(session.commands) == 1, session.notice


@pytest.mark.parametrize("disturbance", range(1, 40))
def test_a_way_is_gone_whatever_comes_in_between(disturbance: int):
    start = Session(expenses, 1, disturbance, disturbance)
    followed = follow(start, [Action("click", "nav:claim")])
    assert followed is not None
    session, done = followed
    assert session.route.record == "claim"
    again = start.fork()
    for action in done:
        again.dispatch(action)
    assert again.screen() == session.screen()


def test_what_cannot_be_reached():
    session = Session(expenses, 1)
    assert reached(session, Action("click", "nowhere")) is None
    assert follow(session, [Action("click", "nowhere")]) is None
    assert calmed(session) is None
