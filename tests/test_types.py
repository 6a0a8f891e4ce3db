"""The values that every floor passes around: what a Node does with those below it."""

from __future__ import annotations

from palaestra.types import Node

LEAF = Node("button", "save")
TREE = Node("document", "page", children=(Node("form", children=(LEAF,)), Node("text", "hello")))


def loud(node: Node) -> Node:
    return node._replace(name=node.name.upper()) if node.role == "button" else node


def test_every_node_is_changed_and_those_below_it_first():
    assert TREE.mapped(loud).children[0].children[0].name == "SAVE"
    seen: list[str] = []
    TREE.mapped(lambda node: seen.append(node.role) or node)
    assert seen == ["button", "form", "text", "document"]


def test_a_change_is_given_what_has_changed_below():
    def counted(node: Node) -> Node:
        return node._replace(value=str(1 + sum(int(child.value) for child in node.children)))

    assert TREE.mapped(counted).value == "4"


def test_where_nothing_changes_it_is_the_same_object():
    assert TREE.mapped(lambda node: node) is TREE
    changed = TREE.mapped(loud)
    assert changed is not TREE
    assert changed.children[1] is TREE.children[1]
