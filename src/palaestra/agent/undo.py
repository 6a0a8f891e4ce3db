"""The way back: what on a screen takes the last change back, or gives up what is not saved."""

from __future__ import annotations

from palaestra.agent.classing import Words
from palaestra.agent.scene import Scene
from palaestra.types import Action, Node

PUSHED = frozenset(("button", "link", "menuitem"))


def way_back(screen: Node) -> Action | None:
    """Returns the action that undoes, or leaves an unsaved form; None where the page offers none.

    What undoes goes before what only gives up: after a save it is the one that changes anything.
    """
    usable = [n for n in screen.walk() if n.role in PUSHED and n.ref and "disabled" not in n.states]
    for node in usable:
        if Words(node.name).is_all("undoes"):
            return Action("click", node.ref)
    for node in usable:
        if node.role != "link" and Words(node.name).is_all("cancels"):
            scene = Scene.of(screen, node.ref)
            if (scene.form or scene.dialog) and not scene.row:
                return Action("click", node.ref)
    return None
