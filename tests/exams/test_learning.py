from __future__ import annotations

import json
from pathlib import Path

from palaestra.exams.learning import GROUPS, learning

ROUNDS = [
    {
        "round": r,
        "elapsed_s": 60 * r,
        "loss": 0.5 / (r + 1),
        "propose_s": 0.5,
        "practice_success": {"crm": r / 9, "travel": 0.5},
        "diversity": {"topics": 0.9, "goals": 1.0},
        "goal_kinds": {"create": 0.4, "update": 0.6},
        "value_error": 0.1,
    }
    for r in range(9)
]


def drawn(tmp_path: Path, rounds: list[dict[str, object]]) -> str:
    path = tmp_path / "metrics.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rounds))
    return learning(path)


def test_every_number_has_its_place(tmp_path: Path):
    text = drawn(tmp_path, ROUNDS)
    sections = text.split("<h2>")[1:]
    assert [s.partition("</h2>")[0] for s in sections] == [
        "How it learnt",
        "What the proposer did",
        "Time",
        "Everything else",
    ]
    counts = [section.count("<figure") for section in sections]
    assert counts == [2, 2, 1, 1]
    assert ">Diversity<" in sections[1]
    assert ">Value error<" in sections[3]
    assert text.count("minutes of training</text>") == sum(counts)
    assert text.count('class="area') == 2


def test_only_shares_are_told_in_percent(tmp_path: Path):
    text = drawn(tmp_path, ROUNDS)
    assert "topics <b>90.0%</b>" in text
    assert "value error <b>10.0%</b>" in text
    assert "loss <b>0.0556</b>" in text
    assert "propose s <b>0.5</b>" in text


def test_where_a_gym_failed_is_told_to_its_author(tmp_path: Path):
    bug = "crm fails from seed 7: <None>"
    rounds = [{**ROUNDS[0], "broken": []}, {**ROUNDS[1], "broken": [bug, bug]}]
    assert "<li>crm fails from seed 7: &lt;None&gt; (2 times)</li>" in drawn(tmp_path, rounds)
    for none in ([], 3, None):
        assert "bugs" not in drawn(tmp_path, [{**ROUNDS[0], "broken": none}])


def test_without_metrics_there_is_nothing(tmp_path: Path):
    assert learning(tmp_path / "nowhere") == ""
    assert drawn(tmp_path, [{"round": 0, "name": "x"}]) == ""


def test_no_metric_is_drawn_twice():
    known = [one.metric for _, group in GROUPS for one in group]
    assert len(known) == len(set(known))
