"""The table of meanings: rows by token, near words near, general sources only."""

import ast
from pathlib import Path

import torch

from palaestra.policies.network.meanings import Meanings
from palaestra.policies.network.tokens import word_id

MEANINGS = Meanings()
SCRIPT = Path(__file__).parents[3] / "scripts" / "make_meanings.py"


def vector(word: str) -> torch.Tensor:
    [row] = MEANINGS.rows(torch.tensor([word_id(word)]))
    return MEANINGS.vectors[row]


def alike(one: str, other: str) -> float:
    return torch.cosine_similarity(vector(one), vector(other), dim=0).item()


def test_every_word_has_a_row_and_what_is_no_word_has_none() -> None:
    tokens, vectors = MEANINGS.tokens, MEANINGS.vectors
    assert (tokens.diff() > 0).all()
    assert len(vectors) == len(tokens) + 1
    assert MEANINGS.rows(tokens).tolist() == list(range(1, len(vectors)))
    strange = torch.tensor([[0, word_id("xqzzt"), 1 << 30], [word_id("BILL-0007"), 0, 0]])
    assert MEANINGS.rows(strange).tolist() == [[0, 0, 0], [0, 0, 0]]
    assert not vectors[0].any()
    assert 0.9 < vectors[1:].std().item() < 1.1


def test_what_was_learnt_of_a_word_is_half_known_of_its_neighbours() -> None:
    assert alike("amend", "edit") > alike("amend", "delete")
    assert alike("discard", "delete") > alike("discard", "open")
    assert alike("store", "save") > alike("store", "delete")
    assert alike("Suppliers", "vendor") > alike("suppliers", "period")
    assert alike("customer", "custom") < alike("customer", "client")


def test_nothing_of_an_application_is_in_it() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    plain = [alias.name for node in imports for alias in node.names]
    assert not [name for name in plain if name.startswith("palaestra")]
    ours = [node for node in froms if (node.module or "").startswith("palaestra")]
    assert {node.module for node in ours} == {"palaestra.policies.network.tokens"}
    assert {alias.name for node in ours for alias in node.names} == {"token_id", "word_id"}


def test_a_network_s_file_does_not_hold_it() -> None:
    assert not Meanings().state_dict()
