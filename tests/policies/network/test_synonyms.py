"""The table of synonyms: symmetric, bounded, without opposites, and from general sources only."""

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from palaestra.policies.network.synonyms import TABLE, neighbours, synonyms
from palaestra.policies.network.tokens import token_id

SCRIPTS = Path(__file__).parents[3] / "scripts"
BUILDERS = ("make_synonyms.py", "lexicons.py")


def near(one: str, other: str) -> float:
    return dict(neighbours(token_id(one))).get(token_id(other), 0.0)


def test_similarities_are_symmetric_bounded_and_sorted() -> None:
    for token in synonyms().tokens.tolist():
        found = neighbours(token)
        assert 1 <= len(found) <= 12
        levels = [level for _, level in found]
        assert levels == sorted(levels, reverse=True)
        for other, level in found:
            assert other != token
            assert 0 < level < 1
            assert (token, level) in neighbours(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vendor", "supplier"),
        ("invoice", "bill"),
        ("customer", "client"),
        ("delete", "remove"),
        ("start", "begin"),
        ("category", "class"),
        ("sum", "amount"),
        ("Suppliers", "Vendor"),
    ],
)
def test_words_for_the_same_are_near(one: str, other: str) -> None:
    assert near(one, other) > 0.1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("debit", "credit"),
        ("start", "end"),
        ("open", "close"),
        ("approve", "reject"),
        ("first", "last"),
        ("buyer", "seller"),
        ("customer", "supplier"),
        ("income", "expense"),
        ("departure", "arrival"),
        ("active", "inactive"),
        ("Monday", "Friday"),
        ("red", "blue"),
        ("purchase", "sale"),
        ("payable", "receivable"),
        ("previous", "next"),
        ("minimum", "maximum"),
    ],
)
def test_opposites_are_not_near(one: str, other: str) -> None:
    assert near(one, other) == 0


@pytest.mark.parametrize("word", ["qwzxv", "", "4711", "the", "BILL-0012"])
def test_what_is_no_word_has_no_neighbours(word: str) -> None:
    assert neighbours(token_id(word)) == ()


def test_tokens_below_and_above_the_table_are_unknown() -> None:
    tokens = synonyms().tokens
    assert neighbours(int(tokens[0]) - 1) == neighbours(int(tokens[-1]) + 1) == ()


def test_the_table_is_small_and_holds_no_pickle() -> None:
    assert TABLE.stat().st_size <= 2 << 20
    with zipfile.ZipFile(TABLE) as archive:
        assert all(b"descr': '|O'" not in archive.read(name) for name in archive.namelist())


def test_the_table_is_read_only_when_first_asked_for() -> None:
    code = (
        "from palaestra.policies.network import synonyms as s;"
        "assert s.synonyms.cache_info().currsize == 0; s.neighbours(1);"
        "assert s.synonyms.cache_info().currsize == 1"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", BUILDERS)
def test_the_table_is_built_without_palaestras_words(name: str) -> None:
    tree = ast.parse((SCRIPTS / name).read_text("utf-8"))
    tree.body = tree.body[1:]  # not the docstring
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not any(alias.name.startswith("palaestra") for alias in node.names)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("palaestra"):
            assert node.module == "palaestra.policies.network.tokens"
            assert [alias.name for alias in node.names] == ["token_id"]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not re.search(r"gyms|kit/|tasks/|\.toml", node.value)
