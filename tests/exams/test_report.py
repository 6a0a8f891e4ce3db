from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from palaestra.errors import UsageError
from palaestra.exams.archive import write_exam, write_text
from palaestra.exams.certificate import Certificate
from palaestra.exams.exam import examine
from palaestra.exams.report import write_report
from palaestra.policies.noop import Noop
from tests.exams.conftest import Knowing, find
from tests.exams.test_certifying import TASKS, certified

VOID = {"meta", "br", "img"}


class Balanced(HTMLParser):
    """Fails where a tag is closed that was not the last one opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def reported(run: Path) -> str:
    text = write_report(run, find).read_text()
    parser = Balanced()
    parser.feed(text.removeprefix("<!doctype html>"))
    assert parser.open == []
    return text


@pytest.fixture
def run(tmp_path: Path, tasks) -> Path:
    run = tmp_path / "my <run>"
    for policy in (Knowing(tasks, errs="Ada", breaks="Water"), Noop()):
        exam = examine(policy, tasks, find)
        stated = Certificate.issue(exam, model="sha256:0", gym="notes", split="exam", seed=0)
        write_exam(run / "exams", stated, exam)
    rounds = [
        {"round": r, "elapsed_s": 60 * r, "loss": 1 / (r + 1), "accuracy": r / 9, "novel": r,
         "goal_kinds": {"create": 0.4, "update": 0.6}}
        for r in range(9)
    ]  # fmt: skip
    (run / "metrics.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rounds))
    (run / "config.json").write_text(json.dumps({"gyms": ["notes"], "seed": 3}))
    (run / "state.json").write_text(json.dumps({"round": 8, "elapsed_s": 540}))
    return run


def test_a_report_says_that_a_training_did_not_begin_from_nothing(run: Path):
    assert "begun with a trained model" not in reported(run)
    (run / "config.json").write_text(json.dumps({"gyms": ["notes"], "parent": "sha256:0"}))
    assert "9 rounds, begun with a trained model" in reported(run)


def test_a_report_tells_results_curves_failures_and_how_to_check(run: Path):
    text = reported(run)
    assert "my &lt;run&gt;" in text
    assert "at least 18.9%" in text
    assert "1 of 5 failed, 1 unscored" in text
    assert text.index("knowing</th>") < text.index("noop</th>")
    titles = re.findall(r'<h2 id="(.*?)">(.*?)</h2>', text)
    assert [title for _, title in titles] == [
        "What knowing can be trusted with",
        "How it learnt",
        "What the proposer did",
        "Everything else",
        "What it still does wrong",
        "What it does right",
        "Certificates",
        "How to check this",
    ]
    assert all(f'<a href="#{place}">{title}</a>' in text for place, title in titles)
    assert text.count('<figure class="chart">') == 4
    assert "trained in notes, 9.0 minutes, 9 rounds, seed 3" in text
    assert text.count('<article class="episode bad">') == 2
    assert text.count('<article class="episode good">') == 3
    assert "--verify exams/knowing-notes-exam.json" in text


def test_a_sequential_test_states_only_what_it_was_planned_to_show(tmp_path: Path):
    for errs, told in (("never", "at least 50.0%"), ("", "not shown: 50.0%")):
        certificate, _ = certified(Knowing(TASKS, errs=errs))
        run = tmp_path / (errs or "all")
        write_text(run / "exams" / f"{certificate.stem}.json", json.dumps(certificate.to_json()))
        details = reported(run).split("<h2")[-2]
        assert "Certificates" in details
        assert f"%, {told}</summary>" in details
        assert "<small>at least" not in details


def test_a_run_that_was_never_examined_claims_nothing(tmp_path: Path):
    assert "nothing can be claimed" in reported(tmp_path)


def test_what_the_training_kept_may_be_damaged(run: Path):
    (run / "config.json").write_text("[")
    (run / "state.json").write_text("[1]")
    assert "rounds" not in reported(run)


def test_no_run_and_a_broken_certificate_are_clear_errors(tmp_path: Path, run: Path):
    with pytest.raises(UsageError, match="no training"):
        write_report(tmp_path / "nowhere", find)
    (run / "exams" / "bad.json").write_text("{}")
    with pytest.raises(UsageError, match=r"bad\.json"):
        write_report(run, find)
