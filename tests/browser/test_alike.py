"""Blocks that are built alike are a list; rows of a form, bars of buttons and text are not."""

from __future__ import annotations

import pytest

from palaestra.browser import alike
from palaestra.browser.chromium import Chromium
from palaestra.types import Node

TEXT, LIKE, MORE = (
    Node("paragraph", "Ada wrote"),
    Node("button", "like", "n1"),
    Node("button", "more", "n2"),
)
POSTS = """data:text/html,<title>Posts</title>
<div class="post"><h3>Ada</h3><p>Good morning</p><button>Like</button><button>Mute</button></div>
<div class="post new"><h3>Ben</h3><p>Good night</p><button>Like</button><button>Mute</button></div>
<div class="row"><label>Name <input></label></div><div class="row"><label>City <input></label></div>
<div class="bar"><button>Yes</button></div><div class="bar"><button>No</button></div>"""


def test_a_block_that_tells_something_and_can_be_used_is_an_item():
    found = alike.item([TEXT, Node("heading", "Today"), Node("img", "vegan"), LIKE, MORE])
    assert found
    assert [one.role for one in found.children] == ["paragraph"] * 3 + ["button"] * 2


def test_where_the_whole_block_can_be_clicked_it_begins_with_a_link():
    found = alike.item([LIKE, MORE])
    assert found
    assert [(one.role, one.ref) for one in found.children] == [("link", "n1"), ("button", "n2")]


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [LIKE],
        [TEXT, TEXT],
        [TEXT, Node("textbox", "Amount", "n3")],
        [TEXT, Node("group", children=(LIKE,))],
        [TEXT, LIKE, *[TEXT] * alike.MOST_PARTS],
    ],
)
def test_what_is_something_else_is_no_item(parts: list[Node]):
    assert alike.item(parts) is None


def test_blocks_are_alike_by_their_tag_and_first_class():
    assert alike.kind("div", "post new") == alike.kind("div", "post")
    assert alike.kind("div", "post") != alike.kind("section", "post")
    assert alike.kind("div", "") == alike.kind("span", "post") == ""


@pytest.mark.browser
def test_posts_are_a_list_and_the_rows_of_a_form_are_not():
    with Chromium.launch() as chromium:
        screen = chromium.open(POSTS).look().screen
    [posts] = [node for node in screen.walk() if node.role == "list"]
    assert [[one.name for one in item.children] for item in posts.children] == [
        ["Ada", "Good morning", "Like", "Mute"],
        ["Ben", "Good night", "Like", "Mute"],
    ]
    roles = [node.role for node in screen.children]
    assert roles == ["list", "textbox", "textbox", "button", "button"]
