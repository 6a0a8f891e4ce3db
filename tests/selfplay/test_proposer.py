"""The proposer tries what the solver solves sometimes and what is new, and gives nothing up."""

from __future__ import annotations

import random

import pytest

from palaestra.errors import UsageError
from palaestra.selfplay.curriculum import learnability
from palaestra.selfplay.proposer import Count, Outcome, Path, Proposer

APPROVE: Path = ("books", "action", "bill.approve")
PAY: Path = ("books", "action", "bill.pay")
NEW: Path = ("books", "create", "bill.create")


def taught(*rounds: dict[Path, tuple[int, int]], curriculum: bool = True) -> Proposer:
    """A proposer that has seen rounds of (solved, attempted) by topic."""
    proposer = Proposer({}, curriculum=curriculum)
    for one in rounds:
        proposer.learn(
            Outcome(path, n < solved)
            for path, (solved, attempted) in one.items()
            for n in range(attempted)
        )
    return proposer


def test_at_first_everything_is_as_good_as_anything():
    proposer = Proposer({})
    assert proposer.success(APPROVE) == 0.5
    assert proposer.worths() == {(): proposer.worth(APPROVE)}
    assert proposer.gym_worth("books") == pytest.approx(proposer.gym_worth("desk"))


def test_a_topic_is_judged_by_its_own_and_for_want_of_that_by_what_is_above():
    proposer = taught({APPROVE: (50, 50), NEW: (0, 50)})
    assert proposer.success(APPROVE) > 0.9
    assert proposer.success(NEW) < 0.1
    assert proposer.success(PAY) == proposer.success(("books", "action")) > 0.8
    assert proposer.success(("books", "delete", "x")) == pytest.approx(0.5)
    few = taught({APPROVE: (50, 50), PAY: (0, 1)})
    assert few.success(APPROVE) > few.success(PAY) > 0.5


def test_what_is_solved_sometimes_is_worth_most():
    proposer = taught({APPROVE: (100, 100), PAY: (50, 100), NEW: (0, 100)})
    assert proposer.worth(PAY) > 3 * proposer.worth(APPROVE)
    assert proposer.worth(PAY) > 3 * proposer.worth(NEW)
    assert proposer.worths()[PAY] == proposer.worth(PAY)
    blind = taught({APPROVE: (100, 100), PAY: (50, 100)}, curriculum=False)
    assert blind.worth(PAY) == blind.worth(APPROVE)


def test_what_was_not_tried_for_long_is_new_again():
    proposer = taught({APPROVE: (60, 60), NEW: (30, 60)})
    before = proposer.worth(APPROVE)
    for _ in range(30):
        proposer.learn([Outcome(NEW, True)])
    assert proposer.worth(APPROVE) > before
    for _ in range(60):
        proposer.learn([Outcome(NEW, True)])
    assert proposer.worth(APPROVE) == pytest.approx(proposer.worth(PAY), rel=0.01)
    for _ in range(60):
        proposer.learn([Outcome(NEW, True)])
    assert APPROVE not in proposer.worths()


def test_what_leads_to_no_task_is_tried_less():
    proposer = Proposer({})
    proposer.learn([Outcome(PAY, None)] * 20)
    assert proposer.worth(PAY) < proposer.worth(APPROVE)
    assert proposer.success(PAY) == 0.5


def test_a_gym_that_is_solved_is_worth_less():
    desk: Path = ("desk", "update", "trip.update")
    proposer = taught({APPROVE: (90, 90), NEW: (90, 90), desk: (45, 90)})
    assert proposer.gym_worth("desk") > proposer.gym_worth("books")


def test_it_follows_a_solver_that_learns():
    """A made-up solver gets better at what is practised; all of it is practised to the end."""
    rng = random.Random(0)
    skill = {("g", "update", f"{n}"): 0.9 - 0.08 * n for n in range(10)}
    proposer = Proposer({})
    shares: list[dict[Path, int]] = []
    for _ in range(40):
        worths = proposer.worths()
        weights = [worths.get(path, worths[()]) for path in skill]
        drawn = rng.choices(list(skill), weights, k=60)
        proposer.learn([Outcome(path, rng.random() < skill[path]) for path in drawn])
        for path in drawn:
            skill[path] += 0.02 * learnability(skill[path])
        shares.append({path: drawn.count(path) for path in skill})
    assert min(skill.values()) > 0.8
    for path in skill:
        assert sum(one[path] for one in shares[-10:]) >= 20
        assert abs(proposer.success(path) - skill[path]) < 0.25


def test_what_it_has_learnt_is_the_same_after_being_kept():
    proposer = taught({APPROVE: (7, 9), NEW: (1, 3)}, {PAY: (1, 2)})
    again = Proposer.from_bytes(proposer.to_bytes())
    assert again.worths() == proposer.worths()
    assert again.to_bytes() == proposer.to_bytes()
    again.learn([Outcome(PAY, True)])
    proposer.learn([Outcome(PAY, True)])
    assert again.to_bytes() == proposer.to_bytes()


@pytest.mark.parametrize(
    "data", [b"", b"{}x", b"[1]", b'[["a", "b"]]', b'[["g", "wish", "t", 1, 1, 1]]', b"\xff"]
)
def test_what_is_of_something_else(data: bytes):
    with pytest.raises(UsageError, match="nothing that a proposer has learnt"):
        Proposer.from_bytes(data)


def test_counts_add_up():
    assert Count(1, 2, 3).plus(Count(1, 1, 1)) == Count(2, 3, 4)
