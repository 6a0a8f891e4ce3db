"""Drives a tab by the names of what is on the screen, as a test tells a story."""

from __future__ import annotations

from typing import Any

from palaestra.browser import Tab, View
from palaestra.types import Action, Node, Op


class Driver:
    """A tab, and the last look at it.

    Attributes:
        tab: The tab.
        view: The last look.
    """

    def __init__(self, tab: Tab, view: View) -> None:
        self.tab, self.view = tab, view

    def __call__(self, op: Op, name: str, text: str = "", role: str = "") -> str:
        """Does an action to what has a name; returns the feedback."""
        self.view = self.tab.act(Action(op, self.node(name, role).ref, text))
        return self.view.feedback

    def back(self) -> str:
        """Goes back; returns the feedback."""
        self.view = self.tab.act(Action("back"))
        return self.view.feedback

    def look(self) -> View:
        """Looks again."""
        self.view = self.tab.look()
        return self.view

    def node(self, name: str, role: str = "") -> Node:
        """Returns what can be used and has a name."""
        found = [n for n in self.view.screen.walk() if n.ref and n.name == name]
        found = [n for n in found if role in ("", n.role)]
        assert found, f"nothing is called {name!r} in {self.view.screen}"
        return found[0]

    def texts(self) -> list[str]:
        """Returns all names on the screen."""
        return [node.name for node in self.view.screen.walk() if node.name]

    def run(self, script: str) -> Any:
        """Runs a script in the page; returns its value."""
        told = {"expression": script, "returnByValue": True, "awaitPromise": True}
        return self.tab.call("Runtime.evaluate", told)["result"].get("value")
