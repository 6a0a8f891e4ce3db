from __future__ import annotations

import pytest

from palaestra.selfplay.curves import curves, evenness
from palaestra.selfplay.proposals import Try
from palaestra.selfplay.proposer import Outcome, Proposer

PAY, READ = ("books", "action", "bill.pay"), ("desk", "question", "trip.read")
TRIES = [
    Try(PAY, broken="books fails from seed 7: IndexError: no bill"),
    Try(PAY, "action", "a", "pay/1", 4, True, True),
    Try(PAY, "action", "b", "pay/2", 6, True, False),
    Try(READ, "question", "c", "read/1", 2, False, True),
    Try(READ, "refusal", "c", "read/1", 4, False, None),
]


def test_the_curves_of_a_round():
    told = curves(TRIES, Proposer({}))
    assert told["proposals"] == 4
    assert told["practice_success"] == {"books": 0.5, "desk": 1.0}
    assert told["kind_success"] == {"action": 0.5, "question": 1.0}
    assert told["goal_kinds"] == {"action": 0.5, "question": 0.25, "refusal": 0.25}
    assert told["gyms"] == {"books": 0.5, "desk": 0.5}
    assert (told["shapes"], told["oracle_steps"]) == (3, 4.0)
    assert told["diversity"] == {"topics": 0.5, "goals": 0.75, "wordings": 0.75}
    assert told["validity"] == 0.8
    assert told["broken"] == ["books fails from seed 7: IndexError: no bill"]
    assert told["difficulty"] == {"solved": 0.6667, "expected": 0.5}
    assert told["relevance"] == {"everyday records": 0.5, "can be done": 0.75}


def test_the_proposer_is_held_to_what_it_expected():
    proposer = Proposer({})
    proposer.learn([Outcome(PAY, True)] * 30)
    assert curves(TRIES[:3], proposer)["difficulty"]["expected"] > 0.9


def test_where_nothing_is_attempted_nothing_is_said_of_difficulty():
    told = curves([one._replace(solved=None) for one in TRIES], Proposer({}))
    assert told["difficulty"] == told["practice_success"] == told["kind_success"] == {}


def test_a_proposer_that_collapses_is_seen():
    assert evenness("abcd") == 1.0
    assert evenness("aaaa") == 0.0
    assert evenness("a") == 1.0
    assert evenness("aaab") == pytest.approx(0.4056)
