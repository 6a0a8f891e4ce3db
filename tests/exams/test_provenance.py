from __future__ import annotations

import re
import sys

from palaestra.exams import provenance


def test_versions_name_what_can_change_a_result():
    found = provenance.versions()
    assert {"python", "palaestra", "mimesis", "numpy"} <= set(found)
    assert found["python"] in sys.version
    assert provenance.machine()


def test_the_commit_is_one_or_is_unknown():
    assert re.fullmatch(r"([0-9a-f]{40}(\+changed)?)?", provenance.commit())


def test_without_git_the_commit_is_unknown(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert provenance.commit() == ""
