"""`palaestra open`: what it lists, what it refuses, and that what it prints leads to the page."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from palaestra.cli import main
from palaestra.faces.serving import listen

OPEN = [sys.executable, "-m", "palaestra", "open"]


def test_without_a_gym_it_lists_what_there_is(capsys: pytest.CaptureFixture[str]):
    assert main(["open"]) == 0
    listed = capsys.readouterr().out
    assert "accounting" in listed
    assert "procedural:SEED" in listed


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["nowhere"], "there are: accounting"),
        (["procedural"], "procedural:7"),
        (["accounting", "--seed", "-1"], "seed"),
        (["accounting", "--skin", "-1"], "skin"),
        (["accounting", "--disturbance", "-1"], "disturbance"),
        (["accounting", "--size", "3"], "10 to 100000"),
        (["accounting", "--port", "70000"], "0 to 65535"),
        (["accounting", "--task", "--split", "nowhere"], "practice"),
    ],
)
def test_what_makes_no_sense_is_told(
    words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["open", *words]) == 2
    assert complaint in capsys.readouterr().err


def test_a_taken_port_is_told(capsys: pytest.CaptureFixture[str]):
    with listen(0) as door:
        assert main(["open", "accounting", "--port", str(door.getsockname()[1])]) == 2
    assert "is taken" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["accounting", "--skin", "7", "--disturbance", "5"], ["procedural", "--task", "--skin", "3"]],
)
def test_what_it_prints_leads_to_the_page(words: list[str]):
    with subprocess.Popen(
        [*OPEN, *words, "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout
        try:
            said = served.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/", said)
            assert found, said
            with urllib.request.urlopen(found[0], timeout=20) as answer:
                page = answer.read().decode()
            assert 'id="app"' in page
            assert ("b-answer" in page) == ("--task" in words)
        finally:
            served.send_signal(signal.SIGINT)
        assert served.wait(20) == 0
