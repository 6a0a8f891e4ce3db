from __future__ import annotations

import pytest

from palaestra.tasks.episode import Episode
from palaestra.testing import cheats
from palaestra.testing.cheats import CHEATS, Cheat
from palaestra.types import Verdict
from tests.apps import expenses
from tests.testing.test_conformance import TASKS

named = pytest.mark.parametrize("cheat", CHEATS, ids=lambda cheat: cheat.__name__)


def attempts(cheat: Cheat) -> list[Episode]:
    return [episode for task in TASKS if (episode := cheat(task, expenses))]


@named
def test_a_cheat_ends_somewhere_else_than_asked_and_scores_nothing(cheat: Cheat) -> None:
    tried = attempts(cheat)
    assert tried
    for episode in tried:
        verifier = episode.task.verifier
        right_state = episode.session.diff() == verifier.required
        right_answer = episode.answered is not None and (
            verifier.answer is not None and verifier.answer.accepts(episode.answered)
        )
        as_asked = (
            right_state and right_answer
            if verifier.answer
            else right_state and episode.answered is None
        )
        assert not (as_asked and episode.ended in ("done", "answer"))
        assert not episode.verdict().success


@named
def test_a_cheat_is_finished_within_its_steps(cheat: Cheat) -> None:
    for episode in attempts(cheat):
        assert episode.ended
        assert episode.steps_left >= 0


@named
def test_a_cheat_would_score_if_nobody_looked(
    cheat: Cheat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that the verdict, not the cheat itself, is what keeps it from scoring."""
    monkeypatch.setattr(Episode, "verdict", lambda self: Verdict(True, 1.0))
    assert any(episode.verdict().success for episode in attempts(cheat))


def test_undoing_undoes() -> None:
    for episode in attempts(cheats.do_then_undo):
        assert episode.session.commands
        assert not episode.session.diff()


def test_doing_it_twice_makes_two() -> None:
    for episode in attempts(cheats.doing_it_twice):
        assert len(episode.session.diff().changes) > len(episode.task.verifier.required.changes)


def test_the_wrong_record_gets_the_right_change() -> None:
    for episode in attempts(cheats.wrong_record):
        made = {(c.record, c.kind) for c in episode.session.diff().changes}
        assert made <= {(c.record, c.kind) for c in episode.task.verifier.required.changes} | {
            ("line", "deleted")
        }
        assert episode.session.diff() != episode.task.verifier.required


def test_forged_refs_change_nothing() -> None:
    for episode in attempts(cheats.forged_refs):
        assert not episode.session.diff()
        assert not episode.session.commands


def test_a_megabyte_is_not_thrown_back() -> None:
    for episode in attempts(cheats.huge_text):
        assert len(episode.feedback) < 500
        assert all(len(past.text) < 2_500 for past in episode.observe().past)
