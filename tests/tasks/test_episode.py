from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import InvalidAction
from palaestra.tasks.answer import Answer
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.types import OPS, Action, Change, Diff, Past, Start, Verdict
from tests.apps import Claim, expenses

SUBMITTED = Diff((Change("claim", "updated", "EXP-0001", (("status", "Draft", "Submitted"),)),))
CLICKS = tuple(Action("click", ref) for ref in ("nav:claim", "open:claim:1", "do:submit"))
ORACLE = (*CLICKS, Action("done"))


def small_claim(seed: int) -> bool:
    claim = Claim(Episode(task(seed), expenses).session.store, 1)
    return claim.status == "Draft" and claim.total < 2_000_00


def task(seed: int, verifier: Verifier | None = None) -> Task:
    verifier = verifier or Verifier(SUBMITTED)
    return Task("Submit EXP-0001.", Start("expenses", seed), verifier, "action", "plain", ORACLE)


SEED = next(seed for seed in range(100) if small_claim(seed))


def new_episode(verifier: Verifier | None = None) -> Episode:
    return Episode(task(SEED, verifier), expenses)


def test_an_episode_that_does_what_was_asked_succeeds() -> None:
    episode = new_episode()
    for action in ORACLE:
        assert not episode.ended
        episode.step(action)
    assert episode.ended == "done"
    assert episode.verdict() == Verdict(True, 1.0, (), "done")
    kept = episode.trajectory()
    assert (kept.actions, kept.ended, kept.verdict) == (ORACLE, "done", episode.verdict())


def test_what_the_agent_sees() -> None:
    episode = new_episode()
    first = episode.observe()
    assert (first.goal, first.feedback, first.steps_left, first.past) == (
        "Submit EXP-0001.",
        "",
        18,
        (),
    )
    assert first.screen is episode.session.screen()
    for action in ORACLE[:3]:
        episode.step(action)
    seen = episode.observe()
    assert seen.feedback == "Claim EXP-0001: Submit done"
    assert seen.steps_left == 15
    assert seen.past == (
        Past("click", "Claims", ""), Past("click", "EXP-0001", ""),
        Past("click", "Submit", "", "Claim EXP-0001: Submit done"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("action", "feedback"),
    [
        (Action("click", "nowhere"), "no element 'nowhere'"),
        (Action("fill", "nav:claim", "x"), "Cannot fill a link"),
        (Action("fly"), "no operation 'fly'"),  # type: ignore[arg-type]
        (Action("back"), "no earlier screen"),
        (Action("fill", "search", "x" * 1_000_000), "longer than"),
        (Action("click", "x" * 1_000_000), "no element"),
    ],
)
def test_what_does_not_fit_costs_a_step_and_becomes_feedback(action: Action, feedback: str) -> None:
    episode = new_episode()
    episode.step(action)
    assert feedback in episode.feedback
    assert len(episode.feedback) < 300
    assert episode.steps_left == 17
    assert not episode.ended
    assert len(repr(episode.trajectory())) < 10_000


@pytest.mark.parametrize(("op", "reason"), [("ask", "asked instead"), ("back", "ran out of steps")])
def test_ending_otherwise_is_never_a_success(op: str, reason: str) -> None:
    episode = new_episode()
    for action in ORACLE[:-1]:
        episode.step(action)
    while not episode.ended:
        episode.step(Action(op))  # type: ignore[arg-type]
    verdict = episode.verdict()
    assert (verdict.success, verdict.progress, verdict.reason) == (False, 1.0, reason)


def test_an_episode_that_still_runs_is_not_finished() -> None:
    assert new_episode().verdict().reason == "not finished"


def test_nothing_happens_after_the_end() -> None:
    episode = new_episode()
    episode.step(Action("done"))
    with pytest.raises(InvalidAction, match="over"):
        episode.step(ORACLE[0])
    assert episode.actions == (Action("done"),)


def test_an_answer_is_held_against_the_right_one() -> None:
    for given_answer, right in (("7", True), ("8", False)):
        episode = new_episode(Verifier(answer=Answer("number", "7 claims")))
        episode.step(Action("answer", text=given_answer))
        assert episode.ended == "answer"
        assert episode.verdict().success is right


def test_a_fork_goes_its_own_way() -> None:
    episode = new_episode()
    episode.step(ORACLE[0])
    fork = episode.fork()
    for action in ORACLE[1:]:
        fork.step(action)
    assert fork.verdict().success
    assert (len(episode.actions), episode.ended, episode.feedback) == (1, "", "")
    assert not episode.session.diff()


@given(
    st.lists(
        st.builds(Action, st.sampled_from(OPS), st.text(max_size=8), st.text(max_size=8)),
        max_size=25,
    )
)
def test_any_actions_lead_to_a_verdict(actions: list[Action]) -> None:
    episode = new_episode()
    for action in actions:
        if not episode.ended:
            episode.step(action)
    assert not episode.verdict().success
    assert 0 <= episode.steps_left <= 18
