"""What a run came to."""

from __future__ import annotations

import pytest

from palaestra.agent.outcome import Checked, Ended, decide

HOLDS, NOT, NOTHING = Checked(True, "it holds"), Checked(False, "it does not hold"), Checked()


@pytest.mark.parametrize(
    ("ended", "checked", "outcome"),
    [
        (Ended("done"), HOLDS, "verified"),
        (Ended("answer", sure=0.01), HOLDS, "verified"),
        (Ended("done", sure=0.99), NOT, "failed"),
        (Ended("done", sure=0.8), NOTHING, "likely"),
        (Ended("done", sure=0.79), NOTHING, "unverified"),
        (Ended("done"), NOTHING, "unverified"),
        (Ended("done", wrote=True, sure=0.01), NOTHING, "unverified"),
        (Ended("answer", wrote=False, sure=0.01), NOTHING, "abstained"),
        (Ended("steps"), HOLDS, "failed"),
        (Ended("deadline"), NOTHING, "failed"),
        (Ended("page"), NOTHING, "failed"),
        (Ended("policy"), NOTHING, "failed"),
        (Ended("stopped"), NOTHING, "failed"),
        (Ended("ask"), HOLDS, "abstained"),
        (Ended("withheld"), NOTHING, "abstained"),
        (Ended("unsure"), NOTHING, "abstained"),
        (Ended("refused"), NOTHING, "abstained"),
    ],
)
def test_the_table(ended: Ended, checked: Checked, outcome: str):
    told = decide(ended, checked, likely=0.8, abstain=0.1)
    assert told[0] == outcome
    assert told[1]


def test_a_run_that_broke_off_says_that_what_was_expected_is_there_all_the_same():
    assert "it holds" in decide(Ended("steps"), HOLDS, likely=0.8, abstain=0.1)[1]
