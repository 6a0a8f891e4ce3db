"""`palaestra tools`: what it prints and refuses, and that what it prints leads to the tools."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from palaestra.cli import main

TOOLS = [sys.executable, "-m", "palaestra", "tools"]


@pytest.mark.parametrize("words", [[], ["--list"]])
def test_it_lists_the_tools(words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["tools", "accounting", *words]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in ("list_bills", "approve_bill", "read_handbook"))
    assert "read_task" not in listed


def test_it_prints_schemas(capsys: pytest.CaptureFixture[str]):
    assert main(["tools", "procedural:7", "--schema", "--task", "0"]) == 0
    tools = json.loads(capsys.readouterr().out)
    assert all(tool["inputSchema"]["type"] == "object" for tool in tools)
    assert {"read_task", "answer", "done"} < {tool["name"] for tool in tools}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["nowhere"], "there are: accounting"),
        (["procedural"], "procedural:7"),
        (["accounting", "--seed", "-1"], "seed"),
        (["accounting", "--task", "-1"], "0 or more"),
        (["accounting", "--task", "1", "--split", "nowhere"], "practice"),
        (["accounting", "--serve", "http", "--port", "70000"], "0 to 65535"),
        (["accounting", "--serve", "http", "--sessions", "0"], "--sessions"),
        (["accounting", "--serve", "mcp", "--sessions", "2"], "--serve http"),
    ],
)
def test_what_makes_no_sense_is_told(
    words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["tools", *words]) == 2
    assert complaint in capsys.readouterr().err


def test_what_it_prints_leads_to_the_tools_and_ends_in_a_verdict():
    words = ["accounting", "--serve", "http", "--port", "0", "--task", "0", "--sessions", "2"]
    with subprocess.Popen([*TOOLS, *words], stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout
        try:
            said = "".join(served.stdout.readline() for _ in range(4))
            url = re.search(r"http://127\.0\.0\.1:\d+/", said)
            secrets = re.findall(r"Bearer (\S+)", said)
            assert url, said
            assert len(set(secrets)) == 2
            headers = {"authorization": f"Bearer {secrets[1]}", "content-type": "application/json"}
            call = urllib.request.Request(f"{url[0]}tools/read_task", b"{}", headers)
            with urllib.request.urlopen(call, timeout=20) as answer:
                assert json.load(answer)["goal"] in said
        finally:
            served.send_signal(signal.SIGINT)
        rest = served.stdout.read()
        assert served.wait(20) == 1
    assert rest.splitlines() == [
        f"session {number}: not solved: not finished (0% of the way)" for number in (1, 2)
    ]
