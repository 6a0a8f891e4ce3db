"""Says of what class an action is, before it is done: from its role, name and surroundings.

It reads words (`words.toml`), not minds. What is unknown and could change something is reversible,
never less; a page that names its buttons falsely can deceive it, as it can deceive a person.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import urlsplit

from palaestra.agent.guard import KINDS, Kind
from palaestra.agent.origins import Origins
from palaestra.agent.scene import INPUTS, NAVIGATION, Scene
from palaestra.types import Action

TOKEN = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*:?")
CJK = re.compile(r"[\u3400-\u9fff]")
REACH = 2
"""How many words a negation takes away."""
ENDS = frozenset(("answer", "ask", "done"))
CHOOSES = frozenset(("option", "radio", "checkbox", "switch", "menuitemcheckbox", "menuitemradio"))
PASSIVE = frozenset(("tab", "columnheader", "treeitem", "gridcell"))
OUTWARD = frozenset(("mailto", "tel", "sms", "facetime"))


class Classed(NamedTuple):
    """What an action was classed as.

    Attributes:
        kinds: Every class that was found, the strongest first; never empty.
        why: What it was classed by, for people.
        leaves: Where it leads, if that is not allowed; "" else.
    """

    kinds: tuple[Kind, ...]
    why: str
    leaves: str = ""

    @property
    def kind(self) -> Kind:
        """Returns the strongest class."""
        return self.kinds[0]


def classed(action: Action, scene: Scene, origins: Origins, url: str = "") -> Classed:
    """Says of what class an action is.

    Args:
        action: What is about to be done.
        scene: Where its element stands.
        origins: Where the agent may be.
        url: Where it is, so that relative links can be read.
    """
    node = scene.node
    if action.op in ENDS:
        return Classed(("reads",), "ends the run")
    if action.op in ("scroll", "back"):
        return Classed(("reads",), f"{action.op} changes nothing")
    if not node.role:
        return Classed(("reads",), "there is no such element")
    if action.op == "fill" and scene.takes_file:
        return Classed(("external",), "uploads a file")
    if action.op in ("fill", "select"):
        return _entered(scene)
    if action.op == "press":
        return _pressed(action, scene, origins, url)
    return _clicked(scene, origins, url)


def _entered(scene: Scene) -> Classed:
    """Classes what is put into a box: a draft, until something is clicked."""
    if scene.node.role == "searchbox" or "search" in scene.within:
        return Classed(("reads",), "searches")
    return Classed(("reversible",), "fills a box in")


def _pressed(action: Action, scene: Scene, origins: Origins, url: str) -> Classed:
    if action.text != "Enter":
        return Classed(("reads",), f"the key {action.text}")
    if scene.node.role not in INPUTS:
        return _clicked(scene, origins, url)
    if scene.node.role == "searchbox":
        return Classed(("reads",), "searches")
    found = _around(scene)
    if not scene.form and not found:
        return Classed(("reversible",), "Enter in a box may submit it")
    return _joined(("reversible",), "Enter submits the form", found)


def _clicked(scene: Scene, origins: Origins, url: str) -> Classed:
    node = scene.node
    if scene.href and urlsplit(scene.href).scheme in OUTWARD:
        return Classed(("external",), f"leads to {scene.href[:80]}")
    if scene.href and (where := origins.leaving(scene.href, url)):
        return Classed(("external",), f"leads to {where}", where)
    if scene.href and (word := _named_in(scene.href)):
        return Classed(("destructive",), f"leads to {_quoted(word)}")
    if node.role in PASSIVE:
        return Classed(("reads",), f"a {node.role} shows something")
    if node.role == "combobox":
        return Classed(("reads",), "opens a list")
    if node.role == "link" and NAVIGATION & set(scene.within):
        return Classed(("reads",), "a link of the navigation")
    name = Words(node.name)
    strong = _strong(name)
    if node.role == "link":
        return _linked(name, strong, scene)
    if node.role in CHOOSES:
        drafted = len(scene.form) > 1 and node.role != "switch"
        if strong and not drafted and node.role in ("checkbox", "switch"):
            return strong
        return Classed(("reversible",), "chooses something")
    return _pushed(name, strong, scene)


def _linked(name: Words, strong: Classed | None, scene: Scene) -> Classed:
    """Classes a link that stays here: only one that begins with a verb does anything."""
    if strong and (name.begins(strong.kind) or CJK.search(scene.node.name)):
        return strong
    return Classed(("reads",), "follows a link")


def _pushed(name: Words, strong: Classed | None, scene: Scene) -> Classed:
    """Classes a button, a menu item, or whatever else reacts to a click."""
    here = bool(scene.dialog or scene.form) and not scene.row
    if strong and not (here and name.is_all("cancels")):
        return strong
    if name.is_all("calls_off") and not here:
        return Classed(("destructive",), f"{_quoted(scene.node.name)} calls something off")
    if here and name.is_all("cancels"):
        return Classed(("reads",), "gives up what is not saved")
    if name.is_all("undoes"):
        return Classed(("reversible",), "takes something back")
    if scene.dialog or name.is_all("confirms"):
        found = _around(scene)
        if found:
            return _joined(("reversible",), "says yes", found)
    shows = (name.begins("shows") or name.ends("shows")) and not name.joins
    if name.is_all("reads") or shows:
        return Classed(("reads",), f"{_quoted(scene.node.name)} shows something")
    if {"expanded", "collapsed"} & set(scene.node.states):
        return Classed(("reads",), "opens or closes something")
    if name.begins("opens") or name.ends("opens"):
        return Classed(("reversible",), "opens something to fill in")
    if scene.form:
        return Classed(("reversible",), "may submit a form")
    return Classed(("reversible",), "an unknown button")


def _strong(name: Words) -> Classed | None:
    """Returns the destructive and external words of a name; None if it has none, or only opens."""
    opens = name.begins("opens") or name.ends("opens")
    if (opens and not name.joins) or name.is_all("reads"):
        return None
    found = {kind: word for kind in reversed(KINDS[2:]) if (word := name.finds(kind))}
    if not found:
        return None
    kinds = tuple(found)
    return Classed(kinds, f"the word {_quoted(found[kinds[0]])}")


def _around(scene: Scene) -> Classed | None:
    """Returns what the surroundings of a bare "OK" say that it does."""
    labels = " ".join(name for name, _ in scene.form)
    text = Words(" . ".join((scene.dialog, scene.heading, labels)))
    found = {k: word for k in reversed(KINDS[2:]) if (word := text.finds(f"around_{k}"))}
    if not found:
        return None
    kinds = tuple(found)
    return Classed(kinds, f"{_quoted(found[kinds[0]])} around it")


def _joined(kinds: tuple[Kind, ...], why: str, more: Classed | None) -> Classed:
    return Classed((*more.kinds, *kinds), f"{why}; {more.why}") if more else Classed(kinds, why)


def _named_in(href: str) -> str:
    """Returns what an address says that it destroys, as "/bills/7/delete"; "" if nothing."""
    parts = urlsplit(href)
    if parts.scheme not in ("", "http", "https"):
        return ""
    told = re.split(r"[\W_]+", f"{parts.path} {parts.query}".casefold())
    return next((word for word in told if word in _phrases("destructive")), "")


class Words:
    """A text that is searched for phrases of the list."""

    def __init__(self, text: str) -> None:
        self.text = text.casefold().replace("\u2019", "'")
        self.tokens = tuple(match[0] for match in TOKEN.finditer(self.text))
        self.kept = self._without_negated()

    @property
    def joins(self) -> bool:
        """Says whether the text tells of two things: "Create and send"."""
        return any(
            word in self.tokens if word.isascii() and word.isalpha() else word in self.text
            for word in _phrases("joins")
        )

    def _without_negated(self) -> tuple[str, ...]:
        kept, skip = [], 0
        negations = {tuple(phrase.split()) for phrase in _phrases("negates")}
        for place, token in enumerate(self.tokens):
            if (token,) in negations or self.tokens[place : place + 2] in negations:
                skip = REACH + (self.tokens[place : place + 2] in negations)
            elif skip:
                skip -= 1
                kept.append("")
                continue
            kept.append(token)
        return tuple(kept)

    def finds(self, what: str) -> str:
        """Returns the longest phrase of a list that the text has; "" if it has none."""
        tokens = self.tokens if what.startswith("around") else self.kept
        return next((p for p in _phrases(what) if self._has(p, tokens)), "")

    def begins(self, what: str) -> bool:
        """Says whether the text begins with a phrase of a list."""
        return any(
            self.text.startswith(p) if CJK.search(p) else self._at(p, self.kept, 0)
            for p in _phrases(what)
        )

    def ends(self, what: str) -> bool:
        """Says whether the text ends with a phrase of a list, as German puts its verbs."""
        return any(
            self.text.endswith(p)
            if CJK.search(p)
            else self._at(p, self.kept, len(self.kept) - len(p.split()))
            for p in _phrases(what)
        )

    def is_all(self, what: str) -> bool:
        """Says whether the text is a phrase of a list and nothing else."""
        joined = " ".join(self.tokens)
        return joined in _phrases(what) or self.text.strip() in _phrases(what)

    def _has(self, phrase: str, tokens: tuple[str, ...]) -> bool:
        if CJK.search(phrase):
            place = self.text.find(phrase)
            return place >= 0 and not self._denied(place)
        return any(self._at(phrase, tokens, place) for place in range(len(tokens)))

    def _denied(self, place: int) -> bool:
        return any(
            self.text[:place].endswith(word) for word in _phrases("negates") if CJK.search(word)
        )

    @staticmethod
    def _at(phrase: str, tokens: tuple[str, ...], place: int) -> bool:
        words = phrase.split()
        if place < 0:
            return False
        here = tokens[place : place + len(words)]
        return len(here) == len(words) and all(
            token.startswith(word[:-1])
            if word.endswith("*")
            else word in (token, token.rstrip(":"))
            for token, word in zip(here, words, strict=True)
        )


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _phrases(what: str) -> tuple[str, ...]:
    """Returns the phrases of a list in all languages, the longest first."""
    told = {phrase.casefold() for phrases in _lists()[what].values() for phrase in phrases}
    return tuple(sorted(told, key=lambda phrase: (-len(phrase), phrase)))


def _quoted(text: str) -> str:
    return f'"{text[:60]}"'
