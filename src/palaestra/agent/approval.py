"""Approvals: a person's yes to exactly one action, on one element, with its exact content.

The seal is a hash of all that the person was shown. Right before the action is done the page is
looked at again and the seal is made anew; if it is another one, there is no approval. A seal opens
once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from palaestra.agent.classing import Classed
from palaestra.agent.guard import Kind
from palaestra.agent.scene import Scene
from palaestra.types import Action, content_hash


class Approval(NamedTuple):
    """What somebody is asked to approve.

    Attributes:
        goal: What the agent is to do.
        action: What it wants to do now; secrets are slots.
        role: Role of the element.
        name: The element's accessible name.
        kind: Its class, the strongest.
        why: What it was classed by, or what makes it doubtful.
        url: Where it is.
        dialog: The dialog that the element is in.
        heading: The heading that the element stands under.
        row: The row that the element is in.
        form: Name and value of each input that goes with it.
        number: Which request of the run this is.
        seal: The hash of all this but the number.
    """

    goal: str
    action: Action
    role: str
    name: str
    kind: Kind
    why: str
    url: str
    dialog: str
    heading: str
    row: str
    form: tuple[tuple[str, str], ...]
    number: int
    seal: str

    def __str__(self) -> str:
        told = f'{self.action.op} {self.role} "{self.name}"'
        if self.action.text:
            told += f' with "{self.action.text}"'
        around = self.dialog or self.row or self.heading
        told += f" ({around[:120]})" if around else ""
        return f"{told}: {self.kind}, {self.why}"


Approve = Callable[[Approval], bool]
"""Answers a request: True to let exactly this be done, once."""


def sealed(action: Action, scene: Scene, url: str) -> str:
    """Returns the hash that binds an approval to an action, its target and its arguments.

    The ref is left out: it is the page's own and may be another one after the next look.
    """
    return content_hash(
        [
            action.op,
            action.text,
            scene.node.role,
            scene.node.name,
            scene.node.value,
            list(scene.within),
            scene.dialog,
            scene.heading,
            scene.row,
            [list(pair) for pair in scene.form],
            scene.href,
            url,
        ]
    )


class Approvals:
    """The requests of one run, and those that were granted and not used yet."""

    def __init__(self, approve: Approve | None, goal: str) -> None:
        self._approve, self._goal = approve, goal
        self._asked = 0
        self._granted: list[str] = []

    @property
    def possible(self) -> bool:
        """Says whether there is anybody to ask."""
        return self._approve is not None

    def ask(self, action: Action, scene: Scene, classed: Classed, url: str) -> bool:
        """Asks for one action; a grant waits to be used."""
        if self._approve is None:
            return False
        self._asked += 1
        seal = sealed(action, scene, url)
        request = Approval(
            self._goal,
            action,
            scene.node.role,
            scene.node.name,
            classed.kind,
            classed.why,
            url,
            scene.dialog,
            scene.heading,
            scene.row,
            scene.form,
            self._asked,
            seal,
        )
        if self._approve(request) is not True:
            return False
        self._granted.append(seal)
        return True

    def use(self, action: Action, scene: Scene, url: str) -> bool:
        """Uses a grant up; says whether there was one for exactly this."""
        seal = sealed(action, scene, url)
        if seal not in self._granted:
            self._granted.clear()
            return False
        self._granted.remove(seal)
        return True
