from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palaestra import gyms
from palaestra.errors import InvalidAction
from palaestra.kit.outline import numbered
from palaestra.kit.picture import KEPT, Picture, Pictures
from palaestra.kit.session import Session
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Node

GYMS = ("accounting", "crm", "travel", "procedural:3")


def test_a_picture_tells_what_can_be_used_and_its_text() -> None:
    link = Node("link", "Bills", "nav:bill")
    screen = Node("document", "Books", children=(Node("main", children=(link,)),))
    assert Picture(screen).targets() == {"nav:bill": link}
    assert Picture(screen).numbered() == numbered(screen)


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(GYMS), st.integers(0, 40), st.integers(0, 5), st.integers(0, 1_000))
def test_screens_that_are_kept_are_the_screens_drawn_anew(
    name: str, skin: int, disturbance: int, chance: int
) -> None:
    app, rng, wanderer = gyms.find(name), random.Random(chance), Wanderer(chance)
    sessions = [Session(app, 1, skin, disturbance)]
    for _ in range(40):
        place = rng.randrange(len(sessions))
        session = sessions[place]
        if rng.random() < 0.1:
            sessions = [*sessions[-3:], session.fork(), Session(app, 1, skin, disturbance)]
        with suppress(InvalidAction):
            session.dispatch(wanderer.action(session))
        cold = session.fork()
        cold.forget()
        cold._picture = None
        assert session.screen() == cold.screen()
        assert list(session.targets()) == list(cold.targets())


@pytest.mark.parametrize("name", GYMS)
def test_a_screen_that_comes_again_is_not_drawn_again(name: str) -> None:
    app = gyms.find(name)
    first = Session(app, 2).screen()
    assert Session(app, 2).screen() is first
    assert Session(app, 3).screen() is not first


def test_the_oldest_makes_room() -> None:
    session = Session(gyms.find("crm"), 1)
    pictures, drawn = Pictures(session.store), []

    def get(key: int) -> Node:
        def draw() -> Node:
            drawn.append(key)
            return Node("document", str(key))

        return pictures.get(session.store, key, draw).screen

    for key in (*range(KEPT), 1, KEPT):
        assert get(key).name == str(key)
    assert drawn == list(range(KEPT + 1))
    assert get(0).name == "0"
    assert get(2).name == "2"
    assert drawn[-1] == 0
