"""Attachments: a letter, a supplier's bill, an e-mail, kept as its name and its lines.

What stands in one was written by outsiders. It is data: nobody here follows it, and a rule that
reads it must bear whatever it says.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from palaestra.errors import GymError, Refused
from palaestra.kit.fields.field import Field
from palaestra.kit.fields.text import UNTYPABLE
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.record import Record
    from palaestra.kit.seeding import Faker
    from palaestra.kit.store import Store

LONGEST = 8_000
LONGEST_NAME = 120


class Attachment(NamedTuple):
    """What a document field holds.

    Attributes:
        name: What it is called ("invoice-2231.txt").
        body: What stands in it; lines are parted by line feeds.
    """

    name: str
    body: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Returns the lines that say anything, each as one line of text."""
        said = (" ".join(line.split()) for line in self.body.split("\n"))
        return tuple(line for line in said if line)


class Document(Field):
    """An attachment; kept as one text whose first line is its name.

    Attributes:
        like: A pool of (name, body), or a function that makes up one of them from a random stream.
    """

    kind = "document"

    def __init__(
        self,
        like: Sequence[tuple[str, str]] | Callable[[random.Random], tuple[str, str]] = (),
        **rest: Any,
    ) -> None:
        super().__init__(**{"editable": False, "required": False, "listed": False, **rest})
        self.like = like

    def __get__(self, record: Record | None, owner: type) -> Any:
        kept = super().__get__(record, owner)
        return kept if record is None or kept is None else attachment(kept)

    def store_form(self, value: Any) -> Value:
        if value is None:
            return None
        told = attachment(value) if isinstance(value, str) else Attachment(*value)
        try:
            return self._kept(told)
        except Refused as refusal:
            raise GymError(str(refusal)) from refusal

    def parse(self, text: str, store: Store) -> Value:
        if len(text) > LONGEST:
            raise Refused(f"{self.label} is longer than {LONGEST} characters")
        return self._kept(attachment(text))

    def _kept(self, told: Attachment) -> str:
        name, body = " ".join(told.name.split()), told.body.rstrip()
        if not name or len(name) > LONGEST_NAME:
            raise Refused(f"{self.label} starts with a name, on a line of its own")
        if len(body) > LONGEST:
            raise Refused(f"{self.label} is longer than {LONGEST} characters")
        if UNTYPABLE.search(name + body):
            raise Refused(f"{self.label} has characters that cannot be shown")
        return f"{name}\n{body}" if body else name

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        if callable(self.like):
            return self.store_form(self.like(rng))
        if self.like:
            return self.store_form(rng.choice(self.like))
        lines = [f"{faker.text('phrase')}." for _ in range(rng.randint(3, 6))]
        body = "\n".join(("Dear colleagues,", *lines, faker.text("person")))
        return self.store_form((f"letter-{rng.randint(100, 999)}.txt", body))

    def sort_key(self, value: Value, store: Store) -> Any:
        return str(value or "").casefold()


def attachment(kept: str) -> Attachment:
    """Reads what a document field keeps: a name, and the body on the lines below."""
    name, _, body = kept.partition("\n")
    return Attachment(name, body)


def document(
    like: Sequence[tuple[str, str]] | Callable[[random.Random], tuple[str, str]] = (), **rest: Any
) -> Any:
    """Declares a `Document` field; `like` is a pool of (name, body), or makes one up."""
    return Document(like, **rest)
