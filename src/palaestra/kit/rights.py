"""Who may do what: the role that a Session works in, and what that role is refused.

Rights are declared where the deed is (`@action(by=...)`, `@app.record(may=...)`); here they are
asked. A rule that needs more than a role says so itself, with `self.user`.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from palaestra.errors import Refused
from palaestra.kit.record import RecordType

if TYPE_CHECKING:
    from palaestra.kit.app import App
    from palaestra.kit.store import Store

USUALLY = 2 / 3
"""How many of the starts are worked on in an application's first role."""
FORM_VERBS = {"create": "enter", "update": "edit", "delete": "delete"}


def user_of(app: App, seed: int) -> str:
    """Returns the role that a Session of this seed works in; "" where there are no roles."""
    if not app.roles:
        return ""
    rng = random.Random(f"{app.name}/{seed}/role")
    first, *others = app.roles
    return rng.choice(others) if others and rng.random() >= USUALLY else first


def require(store: Store, kind: RecordType, verb: str) -> None:
    """Asks whether the store's user may do something to records of a type.

    Raises:
        Refused: If it takes another role; the words name it.
    """
    by = kind.rights(verb)
    if not by or store.user in by:
        return
    deed = FORM_VERBS.get(verb) or kind.actions[verb].label.lower()
    who = " or ".join(map(_a, by))
    raise Refused(f"Only {who} may {deed} {_a(kind.noun)}; you are {_a(store.user)}")


def _a(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
