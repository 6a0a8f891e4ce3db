"""What a screen is: something that draws Nodes and takes in what is done to them.

The kit's own screens are modules; an application adds further ones as objects (`App.add`), most of
them made from `palaestra.kit.blocks`. A screen keeps nothing itself: what it must remember goes
into the Session, where forks and restores find it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session


class Place(Protocol):
    """Anything that a Session can be at."""

    def draw(self, session: Session) -> tuple[Node, ...]:
        """Draws what stands in the main part; changes nothing."""
        ...

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        """Takes in an action on an element with the ref "verb:rest:rest"."""
        ...


class Screen(Place, Protocol):
    """A screen of an application's own, reached from the navigation.

    Where it also has a method `begin(session)`, that is called each time the Session comes there.
    """

    @property
    def name(self) -> str:
        """Returns the word for it in refs and routes, unique in its application."""
        ...

    @property
    def title(self) -> str:
        """Returns its name in the navigation."""
        ...
