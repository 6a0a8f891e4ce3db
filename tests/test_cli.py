"""The command line: help that reads well, errors that say what to do, JSON that parses."""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from palaestra import cli
from palaestra.cli import BAD_USAGE, BROKEN_GYM, INTERRUPTED, build_parser, commands, main
from palaestra.errors import GymError, UsageError

WIDTH = "80"


@pytest.fixture(autouse=True)
def _width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", WIDTH)


@pytest.fixture
def small(tmp_path: Path, capsys) -> Path:
    """The kept episodes of a small exam."""
    words = "exam lexical --gyms accounting --n 12 --trials 2 --json --out"
    assert main([*words.split(), str(tmp_path)]) == 0
    capsys.readouterr()
    return tmp_path / "lexical-accounting-exam.jsonl"


@pytest.mark.parametrize("command", ["", *commands()])
def test_help_reads_well(command: str, golden, capsys):
    with pytest.raises(SystemExit) as stop:
        main([*command.split(), "--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert all(len(line) <= 100 for line in text.splitlines())
    if sys.version_info[:2] == (3, 11):  # later ones lay out the same words in another way
        golden(f"help/{command or 'palaestra'}.txt", text)


def test_every_command_explains_every_argument():
    (subparsers,) = (
        a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction)
    )
    assert sorted(subparsers.choices) == commands()
    for name, parser in subparsers.choices.items():
        assert parser.description
        unexplained = [a.dest for a in parser._actions if not a.help]
        assert unexplained == [], f"palaestra {name}: arguments without help"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("exam nobody", "name lexical, noop, random, "),
        ("exam lexical --gyms atlantis", "there are: accounting"),
        ("exam lexical --split none", "there are: practice, goals, exam"),
        ("exam lexical --n 0", "must be 1 or more"),
        ("exam lexical --seed -1", "0 or more"),
        ("exam lexical --verify nowhere.json", "Cannot read nowhere.json"),
        ("replay nowhere.jsonl", "Cannot read nowhere.jsonl"),
    ],
)
def test_bad_usage_says_what_to_do(words: str, said: str, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(words.split()) == BAD_USAGE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.startswith("palaestra: ")
    assert "Traceback" not in captured.err
    assert captured.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", ["", "sing", "exam lexical --n many"])
def test_what_does_not_parse_exits_with_2(words: str, capsys):
    with pytest.raises(SystemExit) as stop:
        main(words.split())
    assert stop.value.code == BAD_USAGE
    assert "usage: palaestra" in capsys.readouterr().err


def _fail(error: BaseException):
    def run(args: argparse.Namespace) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UsageError("do this"), BAD_USAGE, "do this"),
        (GymError("a field is wrong"), BROKEN_GYM, "a field is wrong (at "),
        (KeyboardInterrupt(), INTERRUPTED, "interrupted"),
    ],
)
def test_errors_are_told_apart_by_exit_code(error, code, said, monkeypatch, capsys):
    monkeypatch.setattr("palaestra.cli.exam.run", _fail(error))
    assert main(["exam", "noop"]) == code
    assert said in capsys.readouterr().err


def test_a_bug_of_ours_is_not_hidden(monkeypatch):
    monkeypatch.setattr("palaestra.cli.exam.run", _fail(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        main(["exam", "noop"])


def test_a_reader_that_has_enough_is_no_error():
    code = "import sys\nfrom palaestra.cli import main\nsys.exit(main(['gyms', '--json']))"
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_exam_prints_json_and_keeps_what_it_prints(tmp_path: Path, capsys):
    words = ["exam", "noop", "--gyms", "accounting", "--n", "4", "--json", "--out", str(tmp_path)]
    assert main(words) == 0
    (printed,) = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "noop-accounting-exam.json").read_text())
    assert (printed["score"]["n"], printed["score"]["successes"]) == (4, 0)


def test_an_exam_prints_a_table_with_baselines(tmp_path: Path, capsys):
    words = [
        "exam",
        "noop",
        "--gyms",
        "procedural",
        "--n",
        "6",
        "--baselines",
        "--out",
        str(tmp_path),
    ]
    assert main(words) == 0
    text = capsys.readouterr().out
    assert all(
        name in text for name in ("noop", "lexical", "random", "at least", str(tmp_path)[:20])
    )


def test_a_certificate_is_verified_by_running_it_again(small: Path, capsys):
    certificate = small.with_suffix(".json")
    words = ["--verify", str(certificate), "--json"]
    assert main(["exam", "lexical", *words]) == 0
    assert json.loads(capsys.readouterr().out) == {"holds": True, "differences": []}
    assert main(["exam", "noop", *words]) == 1
    said = json.loads(capsys.readouterr().out)
    assert not said["holds"]
    assert said["differences"]


def test_a_disk_that_cannot_be_written_to_is_told(capsys):
    words = ["exam", "noop", "--gyms", "accounting", "--n", "1", "--out", "/dev/null/exams"]
    assert main(words) == BAD_USAGE
    assert "Cannot write" in capsys.readouterr().err


def test_replay_lists_shows_and_draws(small: Path, tmp_path: Path, capsys):
    assert main(["replay", str(small)]) == 0
    assert "--number K" in capsys.readouterr().out
    assert main(["replay", str(small), "--number", "1"]) == 0
    whole = capsys.readouterr().out
    assert "document Ledgerline" in whole or "navigation" in whole
    assert main(["replay", str(small), "--number", "1", "--brief"]) == 0
    brief = capsys.readouterr().out
    assert "navigation" not in brief
    assert "▶" in whole
    assert all(line in whole.splitlines() for line in brief.splitlines())
    page = tmp_path / "new" / "episode.html"
    assert main(["replay", str(small), "--number", "1", "--html", str(page)]) == 0
    assert 'id="step-1"' in page.read_text()
    assert main(["replay", str(small), "--html", str(page)]) == BAD_USAGE
    assert "say which one" in capsys.readouterr().err
    capsys.readouterr()
    assert main(["replay", str(small), "--number", "1", "--json"]) == 0
    [plain] = json.loads(capsys.readouterr().out)
    assert plain["goal"] in whole
    assert plain["agrees"]
    assert len(plain["steps"]) == sum(line.lstrip()[:1].isdigit() for line in brief.splitlines())
    for number in ("0", "999"):
        assert main(["replay", str(small), "--number", number]) == BAD_USAGE
    assert "there is no number 999" in capsys.readouterr().err


def test_a_command_is_found_by_its_file(tmp_path: Path, monkeypatch, capsys):
    (tmp_path / "hello.py").write_text(
        "HELP = 'greet'\ndef configure(parser): parser.add_argument('who', help='whom')\n"
        "def run(args):\n    print('hello', args.who)\n    return 7\n"
    )
    monkeypatch.setattr(cli, "__path__", [*cli.__path__, str(tmp_path)])
    assert "hello" in commands()
    assert main(["hello", "Ada"]) == 7
    assert capsys.readouterr().out == "hello Ada\n"
    shown = io.StringIO()
    build_parser().print_help(shown)
    assert "greet" in shown.getvalue()
