from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palaestra.kit.content import content
from palaestra.types import Node

WORDS = (
    st.text("ab 1", min_size=1, max_size=4).map(lambda text: " ".join(text.split())).filter(bool)
)


def cell(name: str, *links: str) -> Node:
    return Node("cell", name, children=tuple(Node("link", link, link) for link in links))


def test_text_stands_before_what_it_belongs_to():
    one = cell("14 Call Ann Lunch", "Call Ann", "Lunch")
    assert content(one) == ["14", *one.children]


def test_a_name_that_is_all_of_its_childs_is_no_text_of_its_own():
    one = cell("EXP-1", "EXP-1")
    assert content(one) == [*one.children]
    assert content(cell("only text")) == ["only text"]
    assert content(cell("")) == []


@given(WORDS, st.lists(WORDS, max_size=4))
def test_pieces_make_up_the_name_again(own: str, links: list[str]):
    one = cell(" ".join([own, *links]), *links)
    pieces = [piece if isinstance(piece, str) else piece.name for piece in content(one)]
    assert " ".join(pieces).split() == one.name.split()
    assert [p for p in content(one) if isinstance(p, Node)] == list(one.children)
