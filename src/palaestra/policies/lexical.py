"""The strongest simple baseline: matches the goal's words to the screen's, and learns nothing.

It knows how applications of this kind are laid out (lists, details, forms, dialogs) and common
English for making, changing, deleting and asking. It reads names, roles and values, never a ref;
refs only say where to click. Its lists of words were written with the exam's wordings known, which
favours it: what a trained policy scores above it is what training was worth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from palaestra.kit.fit import is_typed_into
from palaestra.types import Action, Node, Observation

WORD = re.compile(r"[^\W_]+")
DONE = re.compile(r"(was (created|saved|deleted)| done|Nothing was changed)$")
NAMES = re.compile(
    r'"([^"]+)"|([A-Z]+-?\d+)|((?:[A-Z0-9][\w&\'-]*,? ?)(?:[\w&\'-]+ ?){0,3})|([\d,]*\d\.\d\d)'
)
JOINT = re.compile(r"\s*(?:[:=]|(?:is|to|with|the|of)\b)?\s*")
TAIL = re.compile(r"(?:[\s,;.?!]+(?:and|the|its|whose|where|please|with|have|for me))*[\s,;.?!]*$")
TELLING = re.compile(r"\d\.\d\d|[a-z] [A-Z]")
DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ \d{4}")
EMPTY = "—"
MAKE = re.compile(
    r"\b(new|add|create|enter|entered|register|another|make an?|set up|put in|open an?)\b"
)
DROP = re.compile(r"\b(deleted?|removed?|erase|discard|get rid|take out)\b")
ASK = re.compile(r"\b(what|which|how|tell|look up|count|find|answer|give|need the)\b")
OPENING = 60
COUNT = re.compile(r"how many|\bcount the|number of", re.IGNORECASE)
INPUTS = ("textbox", "combobox", "checkbox")


@lru_cache(maxsize=65536)
def stems(text: str) -> tuple[str, ...]:
    """Returns the stems of a text's words, in order."""
    import snowballstemmer

    return tuple(snowballstemmer.stemmer("english").stemWords(WORD.findall(text.lower())))


class Lexical:
    """The scripted matcher."""

    name = "lexical"

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        """Returns one action for each observation."""
        return [_Reading(observation).action() for observation in observations]


@dataclass
class _Reading:
    """One observation, read against its goal."""

    seen: Observation
    nodes: list[Node] = field(init=False)
    goal: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.nodes = list(self.seen.screen.walk())
        self.goal = stems(self.seen.goal)

    def action(self) -> Action:
        if DONE.search(self.seen.feedback):
            return Action("done")
        inputs = [node for node in self.nodes if node.role in INPUTS]
        dialogs = [node for node in self.nodes if node.role == "dialog"]
        if dialogs and not inputs:
            return next(Action("click", n.ref) for n in dialogs[0].walk() if n.role == "button")
        if inputs and not self.at("searchbox"):
            return self.fill_in()
        if not self.places():
            return self.onward()
        steps = (self.answer, self.to_list, self.use, self.open, self.wander)
        return next((action for step in steps if (action := step())), Action("done"))

    def place(self, text: str) -> int:
        """Returns where a name's words stand in the goal in a row; -1 if they do not."""
        name, goal = stems(text), self.goal
        hits = (i for i in range(len(goal)) if goal[i : i + len(name)] == name)
        return next(hits, -1) if name else -1

    def named(self, text: str) -> int:
        """Returns how many words a name has that stands in the goal; 0 if it does not."""
        return len(stems(text)) if self.place(text) >= 0 else 0

    def names_noun(self, text: str) -> bool:
        """Says whether what follows the first word ("New", "Bill") stands in the goal."""
        return self.named(text.partition(" ")[2]) > 0

    def overlap(self, node: Node) -> float:
        """Returns the share of a name's words that stand anywhere in the goal."""
        name = stems(node.name)
        return sum(word in self.goal for word in name) / len(name)

    def says(self, words: re.Pattern[str]) -> bool:
        """Says whether the goal begins with words of a kind (values come later)."""
        return words.search(self.seen.goal[:OPENING].lower()) is not None

    def asks(self) -> bool:
        return self.says(ASK) and not self.says(DROP)

    def tried(self, node: Node, text: str = "") -> bool:
        return any(p.name == node.name and p.text == text for p in self.seen.past)

    def heading(self) -> str:
        """Returns what the screen is headed; "" where it has no heading."""
        return next((node.name for node in self.at("heading")), "")

    def places(self) -> list[Node]:
        """Returns the links or tabs of the navigation; none while it is behind a menu."""
        bars = self.at("navigation")
        return [n for n in bars[0].walk() if n.role in ("link", "tab")] if bars else []

    def onward(self) -> Action:
        """Presses the first button there is, where there is nothing else to go by."""
        buttons = self.at("button")
        return Action("click", buttons[0].ref) if buttons else Action("done")

    def at(self, role: str) -> list[Node]:
        return [n for n in self.nodes if n.role == role and "disabled" not in n.states]

    # ---- forms

    def fill_in(self) -> Action:
        inputs = [node for node in self.nodes if node.role in INPUTS]
        for node, wanted in self.values(inputs):
            if node.role == "checkbox":
                yes = wanted.lower().startswith(("yes", "true", "on"))
                if yes != ("checked" in node.states):
                    return Action("check", node.ref)
            elif node.role == "combobox" and node.children:
                names = [option.name for option in node.children]
                fitting = [name for name in names if wanted.lower().startswith(name.lower())]
                best = max(fitting, key=len, default="")
                if best and best != node.value:
                    return Action("select", node.ref, best)
            elif wanted != node.value and is_typed_into(node) and not self.tried(node, wanted):
                return Action("fill", node.ref, wanted)
        after = self.nodes[self.nodes.index(inputs[-1]) + 1 :]
        buttons = [node for node in after if node.role == "button"] or self.at("button")
        if not buttons:
            return self.onward()
        if self.tried(buttons[0]) and any(n.role == "alert" for n in self.nodes):
            return Action("done")
        return Action("click", buttons[0].ref)

    def values(self, inputs: list[Node]) -> list[tuple[Node, str]]:
        """Returns the inputs that the goal names, and the text that follows each there."""
        goal = self.seen.goal
        found: list[tuple[int, int, Node]] = []
        for node in sorted(inputs, key=lambda n: -len(n.name)):
            hits = list(re.finditer(rf"\b{re.escape(node.name)}\b", goal, re.IGNORECASE))
            free = [h for h in hits if not any(a < h.end() and h.start() < b for a, b, _ in found)]
            if free:
                found.append((free[-1].start(), free[-1].end(), node))
        found.sort(key=lambda hit: hit[0])
        ends = [*(start for start, _, _ in found), len(goal)][1:]
        told = [(n, self.value(goal[b:end])) for (_, b, n), end in zip(found, ends, strict=True)]
        unnamed = [n for n in inputs if n.role == "combobox" and n.value == EMPTY]
        options = [(n, o.name) for n in unnamed for o in n.children if self.named(o.name)]
        return told or options[:1]

    def value(self, text: str) -> str:
        text = text[JOINT.match(text).end() :]  # type: ignore[union-attr]
        if text.startswith('"'):
            return text[1:].partition('"')[0]
        if date := DATE.match(text):
            return date[0]
        heading = stems(self.heading())
        for cut in re.finditer(r" (?:in|on|for) ", text):
            if heading and heading[-1] in stems(text[cut.end() :]):
                text = text[: cut.start()]
                break
        return TAIL.sub("", text)

    # ---- lists and details

    def answer(self) -> Action | None:
        """Answers a question whose answer is on the screen."""
        if not self.asks():
            return None
        if COUNT.search(self.seen.goal):
            return self.counted()
        heading = self.heading()
        rows = [n for n in self.nodes if n.role == "row" and n.children[0].role == "rowheader"]
        asked = [r for r in rows if self.named(r.children[0].name)]
        if asked and (self.names_noun(heading) or self.identified()):
            best = max(asked, key=lambda r: self.named(r.children[0].name))
            return Action("answer", text=best.children[1].name)
        return None

    def counted(self) -> Action | None:
        """Answers how many there are, after searching for the last word of the goal."""
        if not self.named(self.heading()):
            return None
        headers = [n.name for n in self.at("columnheader") if self.named(n.name)]
        search = self.at("searchbox")
        if headers and search:
            longest = max(headers, key=len)
            place = self.seen.goal.lower().rfind(longest.lower()) + len(longest)
            value = self.value(self.seen.goal[place:])
            if value and not self.tried(search[0], value):
                return Action("fill", search[0].ref, value)
        counts = [n.name for n in self.at("paragraph") if re.match(r"\d+ ", n.name)]
        return Action("answer", text=counts[0]) if counts else None

    def identified(self) -> bool:
        """Says whether the record on the screen is one that was opened on purpose."""
        last = self.seen.past[-1] if self.seen.past else None
        return last is not None and last.op == "click" and not self.at("searchbox")

    def use(self) -> Action | None:
        """Presses a button that the goal names, or the one that it comes down to."""
        body = [n for n in self.at("button") if n not in self.headers()]
        making = self.says(MAKE)
        if self.at("searchbox"):  # a list
            nouns = [b for b in body if making and self.names_noun(b.name)]
            return Action("click", nouns[0].ref) if nouns else None
        if not self.identified() or len(body) < 2:
            return None
        parts = [b for b in body[2:] if making and self.names_noun(b.name)]
        if parts:
            return Action("click", parts[-1].ref)
        if any(self.rows()):  # a part that the goal names is inside this record
            return None
        if self.says(DROP):
            return Action("click", body[1].ref)
        likely = max(body[2:], key=self.overlap, default=body[0])
        if self.overlap(likely) > 0.5 and not self.tried(likely):
            return Action("click", likely.ref)
        return Action("click", body[0].ref) if not self.asks() else None

    def headers(self) -> list[Node]:
        return [child for n in self.nodes if n.role == "columnheader" for child in n.children]

    def rows(self) -> list[tuple[int, Node]]:
        """Returns how well each row that can be opened fits the goal, with its opener."""
        found = []
        for row in self.at("row"):
            openers = [n for n in row.walk() if n.ref and not self.tried(n)]
            if not openers or row.children[0].role != "cell":
                continue
            key = self.named(row.children[0].name)
            others = [self.named(c.name) for c in row.children[1:] if TELLING.search(c.name)]
            if score := max([3 * key, *others]):
                found.append((score, openers[0]))
        return sorted(found, key=lambda hit: -hit[0])

    def open(self) -> Action | None:
        """Opens the record that the goal names."""
        rows = self.rows()
        return Action("click", rows[0][1].ref) if rows else None

    def to_list(self) -> Action | None:
        """Goes to the list that the goal names first."""
        named = [n for n in self.places() if self.named(n.name)]
        first = min(named, key=lambda n: self.place(n.name), default=None)
        if first is None or {"current", "selected"} & set(first.states) or self.tried(first):
            return None
        return Action("click", first.ref)

    def wander(self) -> Action | None:
        """Searches for what the goal names, or looks where it has not been."""
        links = [n for n in self.places() if not {"current", "selected"} & set(n.states)]
        fresh = [n for n in links if not self.tried(n)]
        if box := self.at("searchbox"):
            for groups in NAMES.findall(self.seen.goal[1:]):
                text = next(filter(None, groups)).strip(" ,")
                if not self.tried(box[0], text):
                    return Action("fill", box[0].ref, text)
        return Action("click", fresh[0].ref) if fresh else None
