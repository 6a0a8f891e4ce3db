"""Running numbers in the house's form."""

from __future__ import annotations

from typing import Any

from palaestra.errors import GymError
from palaestra.kit.fields.field import Field


class Code(Field):
    """A running number in the house's form: "BILL-####" gives BILL-0001, BILL-0002 ..."""

    kind = "code"

    def __init__(self, form: str, **rest: Any) -> None:
        super().__init__(**{"editable": False, "bookkeeping": True, "unique": True, **rest})
        self.form = form
        self.prefix, self.digits = form.rstrip("#"), form.count("#")
        if not self.digits or self.prefix.count("#"):
            raise GymError(f"A code's form ends in #, one per digit; got {form!r}")

    def numbered(self, number: int) -> str:
        """Returns the code of the record with this number."""
        return f"{self.prefix}{number:0{self.digits}d}"


def code(form: str, **rest: Any) -> Any:
    """Declares a `Code` field."""
    return Code(form, **rest)
