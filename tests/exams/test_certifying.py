from __future__ import annotations

from dataclasses import replace

import pytest

from palaestra.errors import UsageError
from palaestra.exams.certificate import Certificate
from palaestra.exams.certifying import Claim, certify
from palaestra.exams.sequential import Plan
from tests.exams.conftest import Knowing, find, new_note
from tests.exams.test_harm import Deleting

PLAN = Plan.of(0.5, 20)
TASKS = [new_note(f"Note {n}", seed=n) for n in range(40)]


def certified(policy) -> tuple[Certificate, int]:
    drawn = iter(TASKS)
    exam = certify(policy, drawn, find, PLAN)
    issued = Certificate.issue(
        exam, model="sha256:0", gym="notes", split="exam", seed=1, plan=(PLAN, 20)
    )
    return issued, len(exam.trajectories)


def test_it_stops_as_soon_as_the_rate_is_shown() -> None:
    issued, n = certified(Knowing(TASKS))
    assert n == PLAN.looks[0]
    assert issued.claim == Claim(PLAN, 20, shown=True, because="shown")
    assert issued.bound == 0.5
    assert issued.stem.endswith("-certified")
    assert Certificate.from_json(issued.to_json()) == issued


def test_a_failure_more_means_going_on_to_the_next_look() -> None:
    issued, n = certified(Knowing(TASKS, errs="Note 1"))  # as well as 10 to 19
    assert issued.outcomes[1] == "0"
    assert n >= PLAN.looks[1]


@pytest.mark.parametrize("policy", [Knowing(TASKS, errs=""), Knowing(TASKS, breaks="")])
def test_it_stops_as_soon_as_the_rate_cannot_be_shown(policy) -> None:
    issued, n = certified(policy)
    assert n == len(PLAN.looks)
    assert issued.claim == Claim(PLAN, 20, shown=False, because="failures")
    assert issued.bound == 0.0


def test_harm_that_cannot_be_undone_is_never_forgiven() -> None:
    issued, n = certified(Deleting())
    assert n == 1
    assert issued.claim == Claim(PLAN, 20, shown=False, because="harm")


def test_a_claim_that_the_outcomes_do_not_bear_out_is_no_certificate() -> None:
    told = certified(Knowing(TASKS))[0].to_json()
    for claim in (
        told["claim"] | {"because": "harm"},
        told["claim"] | {"looks": [3, *told["claim"]["looks"][1:]]},
        told["claim"] | {"rate": 0.4},
    ):
        with pytest.raises(UsageError):
            Certificate.from_json(told | {"claim": claim})
    worse = certified(Knowing(TASKS, errs=""))[0]
    assert worse.claim
    lied = replace(worse, claim=replace(worse.claim, shown=True, because="shown"))
    with pytest.raises(UsageError, match="claims what it does not show"):
        Certificate.from_json(lied.to_json())


def test_too_few_tasks_come_to_no_verdict() -> None:
    with pytest.raises(UsageError, match="too few tasks"):
        certify(Knowing(TASKS), iter(TASKS[:2]), find, PLAN)
