"""What every kind of field has in common; the files beside this one say what differs.

Fields know nothing of screens: those ask `input_role` and `options` and draw.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from palaestra.errors import Refused
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.record import Record
    from palaestra.kit.seeding import Faker
    from palaestra.kit.store import Store

MAX_TEXT = 500


class Field:
    """What is common to every kind of field; the subclasses say what differs.

    Attributes:
        name: Attribute name, set by the class body.
        label: What people call it.
        required: Whether it may be left empty.
        default: Value of a new record where nothing was entered.
        editable: False for fields that only rules set.
        listed: Whether it is a column of the list.
        unique: Whether two records may share a value.
        bookkeeping: True for what no comparison should look at.
    """

    kind = "text"
    input_role = "textbox"
    stored = True

    def __init__(
        self,
        *,
        label: str = "",
        required: bool = True,
        default: Value = None,
        editable: bool = True,
        listed: bool = True,
        unique: bool = False,
        bookkeeping: bool = False,
    ) -> None:
        self.name = ""
        self.label = label
        self.required = required
        self.default = default
        self.editable = editable
        self.listed = listed
        self.unique = unique
        self.bookkeeping = bookkeeping
        self.position = -1

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        if not self.label:
            self.label = name.removesuffix("_").replace("_", " ").capitalize()

    def __get__(self, record: Record | None, owner: type) -> Any:
        if record is None:
            return self
        return record._store.row(record.type.index, record._id)[self.position]

    def __set__(self, record: Record, value: Any) -> None:
        record._store.set_field(
            record.type.index, record._id, self.position, self.store_form(value)
        )

    def store_form(self, value: Any) -> Value:
        """Turns what a rule assigns into what the store keeps."""
        return value  # type: ignore[no-any-return]

    def initial(self, store: Store) -> Value:
        """Returns the value of a new record where nothing was entered."""
        return self.default

    def parse(self, text: str, store: Store) -> Value:
        """Reads what somebody typed.

        Args:
            text: The text, stripped and not empty.
            store: Where references are looked up.

        Raises:
            Refused: If the text does not make a value of this kind.
        """
        if len(text) > MAX_TEXT:
            raise Refused(f"{self.label} is longer than {MAX_TEXT} characters")
        return text

    def show(self, value: Value, store: Store) -> str:
        """Writes a value as the screens show it."""
        return "" if value is None else str(value)

    def edit_form(self, value: Value, store: Store) -> str:
        """Writes a value as it stands in a form, ready to be changed."""
        return self.show(value, store)

    def options(self, store: Store) -> tuple[str, ...]:
        """Returns what may be chosen, for fields that are chosen and not typed."""
        return ()

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        """Makes up a plausible value."""
        raise NotImplementedError

    def sort_key(self, value: Value, store: Store) -> Any:
        """Returns what a list sorts by; empty values come first."""
        return (value is not None, value)
