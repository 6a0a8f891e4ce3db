from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import torch
from safetensors.torch import save

from palaestra.errors import UsageError
from palaestra.kit import Session
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network import policy as module
from palaestra.policies.network.composing import COMPOSED
from palaestra.policies.network.net import Net, Size
from palaestra.types import Action, Node, Observation, Past
from tests.apps import expenses

SMALL = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)
GOAL = 'Set the note on claim EXP-0003 to "late train, Ulm", and the total to 12.50.'


def policy(seed: int = 0) -> NetworkPolicy:
    torch.manual_seed(seed)
    return NetworkPolicy(Net(SMALL), facts={"gyms": ["accounting"], "seed": seed})


def screens() -> list[Observation]:
    """What is seen on some screens of an office."""
    session, seen = Session(expenses, 3), []
    for ref in ("nav:claim", "open:claim:3", "edit", "nav:employee", "new:employee", "cancel"):
        session.dispatch(Action("click", ref))
        past = (Past("click", "Claims", ""),)
        seen.append(Observation(GOAL, session.screen(), session.notice, 9, past))
    return seen


def named(node: Node, action: Action) -> str:
    """The element that an action is done to, told by what stands on it."""
    return next((f"{n.role}/{n.name}" for n in node.walk() if n.ref == action.ref != ""), "")


def test_what_is_kept_is_what_is_read(tmp_path: Path):
    path = tmp_path / "model.safetensors"
    kept = policy(3)
    path.write_bytes(kept.to_bytes())
    found = NetworkPolicy.load(path)
    assert found.act(screens()) == kept.act(screens())
    assert found.facts == kept.facts
    assert found.name == str(path)
    assert found.net.size == SMALL
    assert found.to_bytes() == kept.to_bytes()
    assert policy(4).act(screens()) != kept.act(screens())


def test_a_file_that_is_no_model_of_ours(tmp_path: Path):
    path = tmp_path / "model.safetensors"
    good = policy().to_bytes()
    about = {"format": module.FORMAT, "size": SMALL.to_json(), "facts": {}}
    other_size = {**about, "size": {**SMALL.to_json(), "width": 32}}
    no_size = {**about, "size": {"depth": 3}}
    state = policy().net.state_dict()
    damaged = [
        b"",
        b"no model at all",
        b"\xff" * 4096,
        good[: len(good) // 2],
        good[:4],
        (10**12).to_bytes(8, "little") + b"{}",
        (2).to_bytes(8, "little") + b"[]",
        save({"weights": torch.zeros(2)}),
        save(state, {"palaestra": json.dumps(other_size)}),
        save(state, {"palaestra": json.dumps(no_size)}),
        save(state, {"palaestra": json.dumps({**about, "format": "palaestra network 0"})}),
        save(state, {"palaestra": "[]"}),
        save({}, {"palaestra": json.dumps(about)}),
    ]
    for data in damaged:
        path.write_bytes(data)
        with pytest.raises(UsageError, match=re.escape(str(path))):
            NetworkPolicy.load(path)
    with pytest.raises(UsageError, match="cannot be read"):
        NetworkPolicy.load(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="cannot be read"):
        NetworkPolicy.load(tmp_path)


def test_refs_never_influence_the_choice():
    def renamed(node: Node) -> Node:
        ref = f"x{abs(hash(node.ref)) % 10**6}-{node.ref[::-1]}" if node.ref else ""
        return node._replace(ref=ref, children=tuple(map(renamed, node.children)))

    chosen = set()
    for seed in range(12):
        for seen in screens():
            other = seen._replace(screen=renamed(seen.screen))
            [action], [twin] = policy(seed).act([seen]), policy(seed).act([other])
            assert (action.op, action.text) == (twin.op, twin.text)
            assert named(seen.screen, action) == named(other.screen, twin)
            chosen.add(action.op)
    assert chosen >= {"click", "fill"}


def test_observations_are_of_separate_episodes():
    goals = (GOAL, "Approve EXP-0001.", "Who is Ada Ott?", 'Call "Ulm", please.', GOAL, "")
    seen = [one._replace(goal=goal) for one, goal in zip(screens(), goals, strict=True)]
    for seed in range(6):
        together = policy(seed).act(seen)
        assert together == [policy(seed).act([one])[0] for one in seen]
        one = policy(seed)
        assert one.act(seen) == together
        assert one.act(list(reversed(seen))) == list(reversed(together))
        assert one.act([]) == []


def test_every_action_fits_the_screen_and_what_is_typed_is_copied_from_the_goal():
    for seed in range(12):
        for seen, action in zip(screens(), policy(seed).act(screens()), strict=True):
            nodes = {node.ref: node for node in seen.screen.walk() if node.ref}
            if action.op == "fill":
                assert action.text
                assert action.text in GOAL
            if action.op in ("click", "fill", "select"):
                assert "disabled" not in nodes[action.ref].states
            else:
                assert action.op in ("done", "answer")


def test_a_megabyte_of_goal_and_of_screen():
    text = "late train " * 100_000
    for seen in screens()[:3]:
        box = Node("textbox", text, "field:x", text)
        long = seen._replace(
            goal=text,
            feedback=text,
            screen=Node("document", children=(*seen.screen.children, box)),
            past=(Past("fill", text, text),),
        )
        assert policy().act([long, seen])[1] == policy().act([seen])[0]


def test_a_screen_with_nothing_to_do_is_done():
    for goal in ("", GOAL, "\n\t", "\u202e\U0001f600"):
        assert policy().act([Observation(goal, Node("document"), "", 9)]) == [Action("done")]


def test_an_empty_goal_fills_nothing_in():
    box = Node("document", children=(Node("textbox", "Note", "note"),))
    actions = {policy(seed).act([Observation("", box, "", 9)])[0] for seed in range(20)}
    assert actions == {Action("done"), Action("fill", "note", "")}


def test_strings_are_forgotten_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_STRINGS", 40)
    one = policy(1)
    for _ in range(3):
        for seen in screens():
            assert one.act([seen]) == policy(1).act([seen])
            assert len(one._strings) < 140


def test_what_is_typed_is_copied_or_composed_of_what_the_box_holds():
    box = Node("textbox", "Total", "field:total", "1,000.00")
    seen = Observation("Raise total by 5%.", Node("document", children=(box,)), "", 9)
    solver, chance = policy(), torch.Generator().manual_seed(0)
    drawn = [solver.decide([seen], chance)[0] for _ in range(1500)]
    typed = {(one.action.text, one.span[0] == COMPOSED) for one in drawn if one.action.op == "fill"}
    assert {composed for _, composed in typed} == {True, False}
    assert all(text in seen.goal for text, composed in typed if not composed)
    assert {text for text, composed in typed if composed} == {"1,050.00", "950.00"}
