"""A workflow goes on where it was, looks before it repeats, and says what does not fit."""

from __future__ import annotations

import datetime as dt
import errno
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from palaestra.agent.journal import FILE, Journal
from palaestra.agent.workflow import Ambiguous, StepFailed, Workflow
from palaestra.errors import UsageError


class Died(BaseException):
    """Stands for the end of the process: the workflow gets no chance to write anything down."""


class Ledger:
    """Has effects, and dies before or after one."""

    def __init__(self) -> None:
        self.paid: list[str] = []
        self.dies = ""

    def pay(self, who: str) -> int:
        if self.dies == f"before {who}":
            raise Died
        self.paid.append(who)
        if self.dies == f"after {who}":
            raise Died
        return len(self.paid)

    def has_paid(self, who: str) -> int | None:
        return self.paid.index(who) + 1 if who in self.paid else None


def month_end(ledger: Ledger, folder: Path, *, look: bool = True) -> list[int]:
    with Workflow("month-end", folder) as flow:
        return [
            flow.do(
                f"pay {who}",
                lambda who=who: ledger.pay(who),
                done=(lambda who=who: ledger.has_paid(who)) if look else None,
            )
            for who in ("Acme", "Bolt", "Cog")
        ]


def test_a_finished_script_does_nothing_again(tmp_path: Path):
    ledger = Ledger()
    assert month_end(ledger, tmp_path) == [1, 2, 3]
    assert month_end(ledger, tmp_path) == [1, 2, 3]
    assert ledger.paid == ["Acme", "Bolt", "Cog"]


@pytest.mark.parametrize("dies", ["before Bolt", "after Bolt"])
def test_a_step_whose_end_is_not_known_is_looked_at(tmp_path: Path, dies: str):
    ledger = Ledger()
    ledger.dies = dies
    with pytest.raises(Died):
        month_end(ledger, tmp_path)
    ledger.dies = ""
    assert month_end(ledger, tmp_path) == [1, 2, 3]
    assert ledger.paid == ["Acme", "Bolt", "Cog"]


@pytest.mark.parametrize(("dies", "how"), [("before Bolt", "repeat"), ("after Bolt", "done")])
def test_where_nothing_can_look_it_stops_and_somebody_settles_it(tmp_path: Path, dies, how):
    ledger = Ledger()
    ledger.dies = dies
    with pytest.raises(Died):
        month_end(ledger, tmp_path, look=False)
    ledger.dies = ""
    for _ in range(2):
        with pytest.raises(Ambiguous, match=r"pay Bolt.*began, and its end is not known.*settle"):
            month_end(ledger, tmp_path, look=False)
    with Workflow("month-end", tmp_path) as flow:
        flow.settle("pay Bolt", how, 2 if how == "done" else None)
    assert month_end(ledger, tmp_path, look=False) == [1, 2, 3]
    assert ledger.paid == ["Acme", "Bolt", "Cog"]


def test_to_settle_counts_once(tmp_path: Path):
    ledger = Ledger()
    ledger.dies = "before Acme"
    with pytest.raises(Died):
        month_end(ledger, tmp_path, look=False)
    with Workflow("month-end", tmp_path) as flow:
        flow.settle("pay Acme", "repeat")
        with pytest.raises(UsageError, match="nothing to settle about step 'pay Acme'"):
            flow.settle("pay Acme", "repeat")
    with pytest.raises(Died):
        month_end(ledger, tmp_path, look=False)
    with pytest.raises(Ambiguous):
        month_end(ledger, tmp_path, look=False)
    with Workflow("month-end", tmp_path) as flow:
        with pytest.raises(UsageError, match="nothing to settle about step 'pay Bolt'"):
            flow.settle("pay Bolt", "done")
        with pytest.raises(UsageError, match="not as 'yes'"):
            flow.settle("pay Acme", "yes")  # type: ignore[arg-type]


def test_what_failed_is_looked_at_before_it_is_tried_again(tmp_path: Path):
    done: list[str] = []

    def shaky() -> None:
        done.append("sent")
        if len(done) == 1:
            raise ConnectionError("the line broke")

    for error in (ConnectionError, Ambiguous):
        with pytest.raises(error), Workflow("post", tmp_path) as flow:
            flow.do("send", shaky)
    with Workflow("post", tmp_path) as flow:
        flow.do("send", shaky, done=lambda: bool(done))
        assert flow.steps[0].ok
        assert flow.ended == {"send"}
    assert done == ["sent"]


def test_a_damaged_last_line_makes_the_step_ambiguous(tmp_path: Path):
    ledger = Ledger()
    ledger.dies = "after Acme"
    with pytest.raises(Died):
        month_end(ledger, tmp_path)
    whole = (tmp_path / FILE).read_bytes()
    ledger.dies = ""
    (tmp_path / FILE).write_bytes(whole[:-5])  # what it said is that the step began
    with pytest.raises(Ambiguous, match="last line of the journal was damaged"):
        month_end(ledger, tmp_path, look=False)
    assert month_end(ledger, tmp_path) == [1, 2, 3]
    assert ledger.paid == ["Acme", "Bolt", "Cog"]
    del ledger.paid[1:]
    (tmp_path / FILE).write_bytes(whole[:-5])
    with Workflow("month-end", tmp_path) as flow:
        flow.settle("pay Acme", "done", 1)
    assert month_end(ledger, tmp_path) == [1, 2, 3]
    assert ledger.paid == ["Acme", "Bolt", "Cog"]


def test_a_damaged_first_line_is_a_workflow_that_has_not_begun(tmp_path: Path):
    Workflow("month-end", tmp_path).__exit__(None, None, None)
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:-5])
    for _ in range(2):
        assert month_end(Ledger(), tmp_path) == [1, 2, 3]


def run(folder: Path, *steps: tuple[str, Any]) -> list[Any]:
    with Workflow("script", folder) as flow:
        return [flow.do(name, lambda value=value: value) for name, value in steps]


def test_a_changed_script_is_not_run(tmp_path: Path):
    run(tmp_path, ("one", 1), ("two", 2))
    with pytest.raises(UsageError, match="where it had the step 'two', it has 'zwei' now"):
        run(tmp_path, ("one", 1), ("zwei", 2))
    with pytest.raises(UsageError, match="it no longer has the step 'two'"):
        run(tmp_path, ("one", 1))
    with Workflow("script", tmp_path) as flow:
        flow.do("one", lambda: 1)
        with pytest.raises(UsageError, match="step 'two' was do '', and is check '' now"):
            flow.check("two", lambda: True)
        flow.do("two", lambda: 2)
    assert run(tmp_path, ("one", 5), ("two", 6), ("three", 3)) == [1, 2, 3]
    with pytest.raises(UsageError, match="is of the workflow 'script', not of 'other'"):
        Workflow("other", tmp_path)
    Workflow("script", tmp_path).__exit__(None, None, None)  # it was closed all the same


def test_names_are_a_steps_own(tmp_path: Path):
    with Workflow("script", tmp_path) as flow:
        flow.do("one", lambda: 1)
        with pytest.raises(UsageError, match="two steps named 'one'"):
            flow.do("one", lambda: 1)
        with pytest.raises(UsageError, match="A step needs a name"):
            flow.do(" ", lambda: 1)
        with pytest.raises(UsageError, match="'inner' begins inside step 'outer'"):
            flow.do("outer", lambda: flow.do("inner", lambda: 1))
    with pytest.raises(UsageError, match="A workflow needs a name"):
        Workflow("")


def test_one_process_runs_it(tmp_path: Path):
    with Workflow("script", tmp_path), pytest.raises(UsageError, match="open in another process"):
        Workflow("script", tmp_path)


def test_a_check_that_does_not_hold_is_checked_again(tmp_path: Path):
    holds: list[bool] = []
    for _ in range(2):
        with (
            pytest.raises(StepFailed, match="'agrees' failed: this does not hold"),
            Workflow("script", tmp_path) as flow,
        ):
            flow.check("agrees", lambda: holds)
    holds.append(True)
    with Workflow("script", tmp_path) as flow:
        assert flow.check("agrees", lambda: holds)
        assert not flow.check("is new", lambda: False, stop=False)
    holds.clear()
    with Workflow("script", tmp_path) as flow:
        assert flow.check("agrees", lambda: holds)
        assert not flow.check("is new", lambda: True, stop=False)
        assert [(s.name, s.ok, s.told, s.from_disk) for s in flow.steps] == [
            ("agrees", True, "true", True),
            ("is new", False, "false", True),
        ]


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        (None, None),
        ({"a": [1, "zwei", None, True]}, None),
        (Decimal("1250.00"), Decimal),
        (dt.date(2026, 3, 3), dt.date),
        ((1, 2), tuple[int, int]),
        (True, bool),
    ],
)
def test_results_come_back_as_they_were(tmp_path: Path, value: object, schema: Any):
    for _ in range(2):
        with Workflow("script", tmp_path) as flow:
            found = flow.do("one", lambda: value, schema=schema)
            assert found == value
            assert type(found) is type(value)


@pytest.mark.parametrize("value", [Decimal(1), (1, 2), object(), float("nan")])
def test_what_cannot_be_kept_is_said_and_not_done_again(tmp_path: Path, value: object):
    done: list[object] = []

    def work() -> object:
        done.append(value)
        return value

    with (
        pytest.raises(UsageError, match="'one' has ended, but what it returned cannot be kept"),
        Workflow("script", tmp_path) as flow,
    ):
        flow.do("one", work)
    with pytest.raises(Ambiguous, match="could not be kept"), Workflow("script", tmp_path) as flow:
        flow.do("one", work)
    with Workflow("script", tmp_path) as flow:
        flow.settle("one", "done", "seen")
        assert flow.do("one", work) == "seen"
    assert done == [value]


def test_a_schema_that_does_not_fit_what_is_kept_is_said(tmp_path: Path):
    run(tmp_path, ("one", "some words"))
    with (
        pytest.raises(UsageError, match="is not what the script takes it for"),
        Workflow("script", tmp_path) as flow,
    ):
        flow.do("one", lambda: 1, schema=int)


@pytest.mark.parametrize("room", [0, 1, 2])
def test_on_a_full_disk_no_effect_is_lost_or_repeated(tmp_path: Path, monkeypatch, room: int):
    ledger = Ledger()
    Workflow("month-end", tmp_path).__exit__(None, None, None)
    real, left = os.write, [room]

    def scarce(descriptor: int, data: bytes) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left[0] -= 1
        return real(descriptor, data)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", scarce)
        with pytest.raises(UsageError, match="No space left"):
            month_end(ledger, tmp_path)
    assert month_end(ledger, tmp_path) == [1, 2, 3]
    assert ledger.paid == ["Acme", "Bolt", "Cog"]


def test_a_journal_of_another_version_is_refused(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.append({"event": "workflow", "name": "script", "format": 99})
    journal.close()
    with pytest.raises(UsageError, match="not of this version"):
        Workflow("script", tmp_path)


def test_it_has_a_folder_of_its_own_where_none_is_named(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Workflow("../Month end: 2026/03") as flow:
        flow.do("one", lambda: 1)
    assert (tmp_path / "runs/workflows/Month-end-2026-03" / FILE).exists()
