"""Approvals: exactly this, and once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.agent.approval import Approvals, sealed
from palaestra.agent.classing import Classed
from palaestra.agent.scene import Scene
from palaestra.types import Action, Node

URL = "http://a.example/pay"
ACTION = Action("click", "n1")
SCENE = Scene(
    Node("button", "Pay", "n1"), ("document", "form"), "", "Payment", "", (("To", "ann"),)
)
WHAT = Classed(("external",), 'the word "pay"')


def test_a_grant_is_used_once():
    it = Approvals(lambda _: True, "Pay ann")
    assert it.ask(ACTION, SCENE, WHAT, URL)
    assert it.use(ACTION, SCENE, URL)
    assert not it.use(ACTION, SCENE, URL)


@pytest.mark.parametrize("answer", [False, None, 1, "yes", "no"])
def test_only_true_is_a_yes(answer: object):
    it = Approvals(lambda _: answer, "Pay ann")  # type: ignore[arg-type,return-value]
    assert not it.ask(ACTION, SCENE, WHAT, URL)
    assert not it.use(ACTION, SCENE, URL)


@pytest.mark.parametrize(
    ("action", "scene", "url"),
    [
        (ACTION._replace(op="press"), SCENE, URL),
        (ACTION._replace(text="Enter"), SCENE, URL),
        (ACTION, SCENE._replace(node=Node("button", "Pay all", "n1")), URL),
        (ACTION, SCENE._replace(node=Node("link", "Pay", "n1")), URL),
        (ACTION, SCENE._replace(form=(("To", "mallory"),)), URL),
        (ACTION, SCENE._replace(dialog="Pay twice?"), URL),
        (ACTION, SCENE._replace(row="BILL-8"), URL),
        (ACTION, SCENE._replace(href="http://evil.example/"), URL),
        (ACTION, SCENE, "http://a.example/other"),
    ],
)
def test_a_grant_is_for_nothing_else(action: Action, scene: Scene, url: str):
    it = Approvals(lambda _: True, "Pay ann")
    it.ask(ACTION, SCENE, WHAT, URL)
    assert not it.use(action, scene, url)
    assert not it.use(ACTION, SCENE, URL)  # what was granted for another moment is void


def test_the_ref_is_the_pages_own_and_may_change():
    moved = SCENE._replace(node=SCENE.node._replace(ref="n99"))
    assert sealed(ACTION, SCENE, URL) == sealed(ACTION._replace(ref="n99"), moved, URL)


@given(st.text(), st.text())
def test_two_texts_never_share_a_seal(one: str, other: str):
    seals = {sealed(ACTION._replace(text=text), SCENE, URL) for text in (one, other)}
    assert len(seals) == len({one, other})


def test_a_request_says_what_it_is_about():
    told: list[str] = []
    Approvals(lambda a: told.append(str(a)) or False, "Pay ann").ask(ACTION, SCENE, WHAT, URL)
    assert told == ['click button "Pay" (Payment): external, the word "pay"']
