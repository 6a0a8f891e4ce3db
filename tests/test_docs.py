"""The documents tell the truth: commands parse, links resolve, the map is the territory."""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import shlex
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.test_floors import FLOORS, PACKAGE, ROOT

README = ROOT / "README.md"
DOCUMENTS = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):(?!=)", MAKEFILE, re.MULTILINE))
LONGEST = 600

FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(
    r"!?\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)|<(?:img|a)\b[^>]*?(?:src|href)=\"([^\"]+)\""
)
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


def commands_in(text: str) -> list[str]:
    """Lists the commands of the `console` blocks: lines that begin with "$ ", less comments."""
    blocks = [body for language, body in FENCE.findall(text) if language.strip() == "console"]
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [re.sub(r"\s+#.*", "", line[2:]).strip() for line in lines if line.startswith("$ ")]


def complaint(command: str, parser: argparse.ArgumentParser) -> str:
    """Says what is wrong with a `make` or `palaestra` command; "" for all other commands."""
    for part in re.split(r"&&|\|\||[;|]", command):
        words = shlex.split(part, comments=True)
        while words and re.match(r"\w+=", words[0]):
            words.pop(0)
        if words[1:3] == ["-m", "palaestra"]:
            words[:3] = ["palaestra"]
        if not words:
            continue
        if words[0] == "make":
            targets = [word for word in words[1:] if "=" not in word and not word.startswith("-")]
            if missing := [target for target in targets if target not in TARGETS]:
                return f"no such target in the Makefile: {', '.join(missing)}"
        elif Path(words[0]).name == "palaestra":
            said = io.StringIO()
            try:
                with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
                    parser.parse_args(words[1:])
            except SystemExit as stop:
                if stop.code:
                    return said.getvalue().strip()
    return ""


def anchors_of(path: Path) -> set[str]:
    """Returns the anchors that a Markdown file's headings make."""
    headings = HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path: Path) -> list[str]:
    """Lists the relative links of a Markdown file that lead nowhere."""
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", path.read_text(encoding="utf-8")))
    broken = []
    for link in (unquote(a or b) for a, b in LINK.findall(text)):
        if re.match(r"[a-z][a-z+.-]*:", link):
            continue
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor not in anchors_of(target)
        ):
            broken.append(f"{path.name}: {link}")
    return broken


def house_in(text: str) -> dict[str, str]:
    """Reads the map of files: the fenced block that begins with src/palaestra/.

    Returns:
        For each entry ("kit/", "types.py") the word after it: its floor.
    """
    blocks = [body for _, body in FENCE.findall(text) if body.startswith("src/palaestra/")]
    assert len(blocks) == 1, "README has one fenced block that begins with src/palaestra/"
    return dict(re.findall(r"^  (\S+)\s+(\S+)", blocks[0], re.MULTILINE))


def house_on_disk() -> set[str]:
    """Returns the rooms that there are: folders that hold Python, and single modules."""
    folders = {f"{path.name}/" for path in PACKAGE.iterdir() if any(path.rglob("*.py"))}
    modules = {path.name for path in PACKAGE.glob("[!_]*.py")}
    return folders | modules


@pytest.fixture(scope="module")
def parser() -> argparse.ArgumentParser:
    from palaestra.cli import build_parser

    return build_parser()


def test_readme_opens_with_the_two_commands():
    assert {"make train", "make test"} <= set(commands_in(README.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_the_documents_parse(path: Path, parser: argparse.ArgumentParser):
    commands = commands_in(path.read_text(encoding="utf-8"))
    assert [(c, said) for c in commands if (said := complaint(c, parser))] == []


def test_commands_in_the_makefile_parse(parser: argparse.ArgumentParser):
    commands = re.findall(r"\$\(BIN\)/(palaestra .+)", MAKEFILE)
    assert commands
    known = [c.replace("$(GYM)", "accounting").replace("$(ARGS)", "") for c in commands]
    assert [(c, said) for c in known if (said := complaint(c, parser))] == []


def test_a_wrong_command_is_caught():
    parser = argparse.ArgumentParser(prog="palaestra")
    train = parser.add_subparsers(required=True).add_parser("train")
    train.add_argument("--seed", type=int)
    shown = [
        "$ make fly",
        "make: output",
        "$ palaestra sing && ls",
        "$ palaestra train \\",
        "  --seed x",
    ]
    wrong = commands_in("\n".join(["```console", *shown, "```"]))
    assert len(wrong) == 3
    assert all(complaint(command, parser) for command in wrong)
    right = ["make test ARGS=-x", "X=1 .venv/bin/palaestra train --seed 7  # why", "ls /nowhere"]
    assert not any(complaint(command, parser) for command in right)


def test_the_map_of_the_files_is_the_house():
    house = house_in(README.read_text(encoding="utf-8"))
    assert set(house) == house_on_disk()
    floors = {name: str(FLOORS[re.sub(r"(\.py|/)$", "", name)]) for name in house}
    assert house == floors


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_resolve(path: Path):
    assert broken_links(path) == []


def test_a_broken_link_is_caught(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text('# One two\n[a](gone.md) [b](#one-two) [c](#three) <img src="no.png"> `[d](e)`')
    assert broken_links(page) == ["page.md: gone.md", "page.md: #three", "page.md: no.png"]


def test_changelog_keeps_the_scores():
    headings = HEADING.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert "Scores" in headings


def test_no_file_is_too_long_to_read():
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in files}
    long = {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > LONGEST}
    assert long == {}, f"split these: at most {LONGEST} lines a file"


def test_the_table_of_the_offices_is_right():
    from palaestra import gyms

    rows = re.findall(
        r"^\| (\w+): .*\| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$",
        README.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    named = [name for name in gyms.names() if not gyms.is_family(name)]
    assert [row[0] for row in rows] == named
    for name, *told in rows:
        app = gyms.find(name)
        counted = (
            len(app.records),
            sum(len(kind.actions) for kind in app.records),
            len(app.screens),
            len([line for line in app.handbook.split("\n") if line.strip()]),
            len(app.invariants),
        )
        assert tuple(map(int, told)) == counted, name
