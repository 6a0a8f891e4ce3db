"""Secrets: a goal names them, `{{secret:name}}`, and nothing but the browser ever gets them.

The value is put in where it is typed, and taken out of everything that comes back: screens, words
of the page, effects, errors. The policy, the trace and the result know the slot's name only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, quote_plus

from palaestra.agent.origins import EVERYWHERE, Origins, origin
from palaestra.browser.unmasking import unmasked
from palaestra.errors import UsageError
from palaestra.types import Action, Node, Observation

SLOT = re.compile(r"\{\{\s*secret:([\w.-]+)\s*\}\}")
NAME = re.compile(r"[\w.-]+")
SHORTEST = 3
"""A value with fewer characters would be found everywhere, and taken out of words that are none."""


@dataclass(frozen=True)
class Secret:
    """A value that nobody sees.

    Attributes:
        value: What is typed.
        origins: Where it may be typed, as origins or URLs; empty for wherever the agent starts.
    """

    value: str = field(repr=False)
    origins: tuple[str, ...] = ()


class Slots:
    """The secrets of an agent.

    Attributes:
        names: What they are called, in order.
    """

    def __init__(self, secrets: Mapping[str, str | Secret], start: str) -> None:
        """Takes the secrets.

        Args:
            secrets: Name and value; a plain value may be typed at the start's origin only.
            start: URL of the agent's first page.

        Raises:
            UsageError: If a name or a value cannot be one.
        """
        self._secrets: dict[str, Secret] = {}
        self._origins: dict[str, Origins] = {}
        self._typed: dict[str, str] = {}
        for name, given in secrets.items():
            secret = given if isinstance(given, Secret) else Secret(given)
            if not (isinstance(name, str) and NAME.fullmatch(name)):
                raise UsageError(f"A secret's name has letters, digits, - and _; got {name!r}")
            if not isinstance(secret.value, str) or len(secret.value) < SHORTEST:
                raise UsageError(
                    f"The secret {name} must be a text of {SHORTEST} characters or more"
                )
            self._secrets[name] = secret
            self._origins[name] = Origins.of("" if secret.origins else start, secret.origins)
        self.names = tuple(self._secrets)
        # A secret may be a part of another one: the longest is taken out first.
        self._written = sorted(
            ((text, name) for name, s in self._secrets.items() for text in _written(s.value)),
            key=lambda pair: (-len(pair[0]), pair),
        )

    def check(self, goal: str) -> None:
        """Says at once what is wrong with the slots of a goal.

        Raises:
            UsageError: If it names a secret that is not there, or contains one's value.
        """
        missing = next((name for name in SLOT.findall(goal) if name not in self._secrets), None)
        if missing is not None:
            raise UsageError(
                f"There is no secret {missing!r}; give it as Agent(secrets={{{missing!r}: ...}})"
            )
        if self.hidden(goal) != goal:
            raise UsageError("The goal has a secret's value in it; write {{secret:name}} instead")

    def spoken(self, seen: Observation) -> Observation:
        """Returns what a policy gets to see: slots look like words there, as `secret-pin`.

        Braces stand in no goal of practice, and a network reads past them.
        """
        if not self._secrets:
            return seen
        past = (one._replace(text=_spoken(one.text), said=_spoken(one.said)) for one in seen.past)
        return seen._replace(
            goal=_spoken(seen.goal),
            screen=seen.screen.mapped(lambda one: _told(one, _spoken)),
            feedback=_spoken(seen.feedback),
            past=tuple(past),
        )

    def snapped(self, action: Action, goal: str) -> Action:
        """Returns an action whose text is a whole slot, where a policy copied one or a part."""
        if action.op != "fill" or not self._secrets:
            return action
        text = action.text.strip()
        for slot in SLOT.finditer(goal):
            for known in (f"secret-{slot[1]}", f"secret:{slot[1]}"):
                if text and (text in known or known in text) and slot[1] in text:
                    return action._replace(text=f"{{{{secret:{slot[1]}}}}}")
        return action

    def named(self, text: str) -> list[str]:
        """Returns the names of the slots in a text."""
        return [name for name in SLOT.findall(text) if name in self._secrets]

    def barred(self, text: str, url: str) -> str:
        """Says why a text may not be typed at a place; "" if it may."""
        for name in self.named(text):
            where = self._origins[name]
            # Pages without an origin are nobody's: no secret is typed there unless it may be
            # typed anywhere.
            if where.allowed != (EVERYWHERE,) and origin(url) not in where.allowed:
                return f"the secret {name} may not be typed at {origin(url) or 'this page'}"
        return ""

    def filled(self, action: Action) -> Action:
        """Returns an action with the values in it; for the browser, and for nobody else.

        What is typed where is remembered, as the policy typed it: a password's box shows dots.
        """
        if action.op != "fill":
            return action
        self._typed[action.ref] = action.text
        return action._replace(text=SLOT.sub(self._value, action.text))

    def _value(self, slot: re.Match[str]) -> str:
        secret = self._secrets.get(slot[1])
        return secret.value if secret else slot[0]

    def hidden(self, text: str) -> str:
        """Returns a text with every secret's value replaced by its slot."""
        if not text:
            return text
        for written, name in self._written:
            text = text.replace(written, f"{{{{secret:{name}}}}}")
        return text

    def cleaned(self, node: Node) -> Node:
        """Returns a screen with no secret on it, and no dots where the policy typed them.

        It is the same object where there are neither.
        """
        seen = unmasked(node, self._typed) if self._typed else node
        return seen.mapped(lambda one: _told(one, self.hidden)) if self._secrets else seen

    def shown(self, screen: Node) -> list[str]:
        """Returns the refs of what shows a secret, so that a picture can leave it out."""
        return [
            n.ref
            for n in screen.walk()
            if n.ref and self.hidden(n.name + n.value) != n.name + n.value
        ]


def _spoken(text: str) -> str:
    return SLOT.sub(r"secret-\1", text) if "{{" in text else text


def _told(node: Node, words: Callable[[str], str]) -> Node:
    """Returns a node told in other words; the same object where they are the same."""
    name, value = words(node.name), words(node.value)
    same = (name, value) == (node.name, node.value)
    return node if same else node._replace(name=name, value=value)


def _written(value: str) -> set[str]:
    """Returns a value as it stands in texts, in addresses and in HTML."""
    return {value, quote(value), quote(value, safe=""), quote_plus(value), escape(value)}
