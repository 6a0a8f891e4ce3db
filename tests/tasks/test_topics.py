from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from palaestra.gyms import find
from palaestra.tasks.splits import PRACTICE
from palaestra.tasks.task import KINDS
from palaestra.tasks.topics import Topic, topics
from palaestra.types import Start
from tests.apps import expenses


@pytest.mark.parametrize("name", ["accounting", "crm", "travel", "procedural:3"])
def test_every_kind_of_task_has_topics_with_a_share_each(name: str):
    found = topics(find(name), PRACTICE)
    shares = Counter[str]()
    for topic in found:
        shares[topic.kind] += topic.share
    assert set(shares) == set(KINDS)
    assert all(share == pytest.approx(1) for share in shares.values())
    assert len({(topic.kind, topic.name) for topic in found}) == len(found)


def test_a_topic_leads_to_what_it_says():
    came: Counter[tuple[str, str]] = Counter()
    for topic in topics(expenses, PRACTICE):
        for seed in range(6):
            rng = random.Random(seed)
            task = topic.propose(expenses, Start("expenses", seed), rng, PRACTICE)
            if task is None:
                continue
            came[topic.kind, topic.name] += 1
            if topic.kind in ("question", "refusal", "workflow"):
                assert task.kind == topic.kind
            if topic.kind == "workflow":
                steps = len(re.findall(r"create|edit|delete|do:|new:", str(task.oracle)))
                assert steps >= int(topic.name.split()[0])
            if topic.kind == "refusal" and topic.name == "missing":
                assert any(action.ref == "search" for action in task.oracle)
    assert came["create", "claim.create"] > 3
    assert came["action", "claim.submit"] > 3
    assert came["workflow", "5 steps"]


def test_a_topic_goes_by_its_shape_where_names_mean_nothing():
    shapes = {(t.kind, t.name): t.shape for t in topics(expenses, PRACTICE)}
    assert shapes["refusal", "rule"] == "rule"
    assert shapes["workflow", "3 steps"] == "3 steps"
    assert shapes["delete", "claim.delete"] == "whole, no form"
    assert shapes["create", "claim.create"] in ("whole, long form", "whole, form")
    assert Topic("question", "x").shape == "x"
