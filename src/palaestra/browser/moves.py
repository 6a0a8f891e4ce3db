"""A Move: an action told by where its element stands on the screen, so that it can be done again.

A browser names an element anew in every document. Where the same seed draws the same page, the same
element stands at the same place among what can be used.
"""

from __future__ import annotations

from typing import NamedTuple

from palaestra.types import Action, Node, Op


class Move(NamedTuple):
    """What was done.

    Attributes:
        op: The operation.
        place: Which of the elements that have a ref, from 0 in document order; -1 for none.
        text: What was typed or chosen.
    """

    op: Op
    place: int
    text: str

    @classmethod
    def of(cls, action: Action, screen: Node) -> Move:
        """Tells an action by its place on the screen that it was done on."""
        refs = [node.ref for node in screen.walk() if node.ref]
        return cls(action.op, refs.index(action.ref) if action.ref in refs else -1, action.text)

    def on(self, screen: Node) -> Action:
        """Returns the same action on another screen; one without a target where that is shorter."""
        refs = [node.ref for node in screen.walk() if node.ref]
        ref = refs[self.place] if 0 <= self.place < len(refs) else ""
        return Action(self.op, ref, self.text)
