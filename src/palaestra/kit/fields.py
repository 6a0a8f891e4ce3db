"""The kinds of field a record can have: how each is parsed, shown, checked and made up.

A field is declared in a record's class body by one of the lower-case functions at the end
(`text`, `code`, `money`, `quantity`, `date`, `choice`, `yes_no`, `ref`, `derived`). On an instance
it is a descriptor that reads and writes the store, so a rule says `self.total > 2_000_00`.

Fields know nothing of screens: those ask `input_role` and `options` and draw.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from palaestra.errors import GymError, Refused
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.record import Record
    from palaestra.kit.seeding import Faker
    from palaestra.kit.store import Store

MAX_TEXT = 500
MONEY = re.compile(r"-?(\d{1,3}(,\d{3}){1,4}|\d{1,15})(\.\d{1,2})?", re.ASCII)
WHOLE = re.compile(r"[+-]?\d{1,15}", re.ASCII)
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
UNTYPABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters (but tab and line feed) and lone halves of surrogate pairs."""
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DATE_IN_WORDS = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9})\.? (\d{4})", re.ASCII)


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


class Text(Field):
    """A line of text, or several with `long=True`."""

    def __init__(
        self,
        like: str | Sequence[str] = "phrase",
        *,
        long: bool = False,
        pattern: str = "",
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.like = like
        self.long = long
        self.pattern = re.compile(pattern) if pattern else None
        if long:
            self.listed = False

    def parse(self, text: str, store: Store) -> Value:
        super().parse(text, store)
        if UNTYPABLE.search(text):
            raise Refused(f"{self.label} has characters that cannot be shown")
        if not self.long:
            text = " ".join(text.split())
        if self.pattern and not self.pattern.fullmatch(text):
            raise Refused(f"{self.label} does not have the expected form")
        return text

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return rng.choice(self.like) if not isinstance(self.like, str) else faker.text(self.like)

    def sort_key(self, value: Value, store: Store) -> Any:
        return str(value or "").casefold()


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


class Money(Field):
    """An amount in integer cents.

    Attributes:
        low: Smallest amount that may be entered, in cents.
        high: Largest amount that may be entered, in cents.
    """

    kind = "money"

    def __init__(self, low: float = 0.01, high: float = 10_000, **rest: Any) -> None:
        super().__init__(**rest)
        self.low, self.high = round(low * 100), round(high * 100)

    def parse(self, text: str, store: Store) -> Value:
        if not MONEY.fullmatch(text):
            raise Refused(f"{self.label} must be an amount like 1,250.00")
        whole, _, cents = text.replace(",", "").partition(".")
        value = abs(int(whole)) * 100 + int(cents.ljust(2, "0") if cents else 0)
        value = -value if text.startswith("-") else value
        if not self.low <= value <= self.high:
            low, high = self.show(self.low, store), self.show(self.high, store)
            raise Refused(f"{self.label} must be between {low} and {high}")
        return value

    def show(self, value: Value, store: Store) -> str:
        if value is None:
            return ""
        cents = int(value)  # type: ignore[arg-type]
        return f"{'-' if cents < 0 else ''}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        low, high = max(self.low, 100), max(self.high, 100)
        cents = int(low * (high / low) ** rng.random())
        return max(self.low, cents - cents % rng.choice((1, 5, 100, 500)))


class Quantity(Field):
    """A whole number within a range."""

    kind = "quantity"

    def __init__(self, low: int = 1, high: int = 100, **rest: Any) -> None:
        super().__init__(**rest)
        self.low, self.high = low, high

    def parse(self, text: str, store: Store) -> Value:
        if not WHOLE.fullmatch(text):
            raise Refused(f"{self.label} must be a whole number")
        value = int(text)
        if not self.low <= value <= self.high:
            raise Refused(f"{self.label} must be between {self.low} and {self.high}")
        return value

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return rng.randint(self.low, self.high)


class Date(Field):
    """A day; typed as 2026-03-31 or 31 March 2026, shown in the first form.

    Attributes:
        past: How many days back a made-up date may lie.
        ahead: How many days ahead it may lie.
    """

    kind = "date"

    def __init__(self, past: int = 90, ahead: int = 0, **rest: Any) -> None:
        super().__init__(**rest)
        self.past, self.ahead = past, ahead

    def initial(self, store: Store) -> Value:
        return store.clock.today if self.default == "today" else self.default

    def parse(self, text: str, store: Store) -> Value:
        value = parse_date(text)
        if value is None:
            raise Refused(f"{self.label} must be a date like 2026-03-31")
        return value

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return store.clock.today + dt.timedelta(days=rng.randint(-self.past, self.ahead))


class Choice(Field):
    """One of a few words."""

    kind = "choice"
    input_role = "combobox"

    def __init__(self, *choices: str, **rest: Any) -> None:
        super().__init__(**rest)
        if len(set(choices)) != len(choices) or not choices:
            raise GymError(f"Choices must be given and differ; got {choices}")
        self.choices = choices

    def initial(self, store: Store) -> Value:
        return self.default if self.default is not None or self.editable else self.choices[0]

    def parse(self, text: str, store: Store) -> Value:
        if text not in self.choices:
            raise Refused(f"{self.label} must be one of {', '.join(self.choices)}")
        return text

    def options(self, store: Store) -> tuple[str, ...]:
        return self.choices

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return rng.choice(self.choices)

    def sort_key(self, value: Value, store: Store) -> Any:
        return self.choices.index(str(value)) if value else -1


class YesNo(Field):
    """A box that is ticked or not."""

    kind = "yes_no"
    input_role = "checkbox"

    def __init__(self, **rest: Any) -> None:
        super().__init__(**{"required": False, "default": False, **rest})

    def parse(self, text: str, store: Store) -> Value:
        if text not in ("Yes", "No"):
            raise Refused(f"{self.label} must be Yes or No")
        return text == "Yes"

    def show(self, value: Value, store: Store) -> str:
        return "Yes" if value else "No"

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return rng.random() < 0.5


class Ref(Field):
    """Another record, kept as its number.

    Attributes:
        target: The other record's class.
        owner: True where this record is a part of the other one and goes with it.
        active: Which of the other records may be chosen; None for all.
    """

    kind = "ref"
    input_role = "combobox"

    def __init__(
        self,
        target: type[Record],
        *,
        owner: bool = False,
        active: Callable[[Any], bool] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.target, self.owner, self.active = target, owner, active

    def __get__(self, record: Record | None, owner: type) -> Any:
        number = super().__get__(record, owner)
        if record is None or number is None:
            return number
        return self.target(record._store, number)

    def store_form(self, value: Any) -> Value:
        return value if value is None or isinstance(value, int) else value._id

    def _choosable(self, store: Store) -> list[tuple[str, int]]:
        kind = self.target.type
        return [
            (kind.label(store, number), number)
            for number in store.numbers(kind.index)
            if self.active is None or self.active(self.target(store, number))
        ]

    def parse(self, text: str, store: Store) -> Value:
        for label, number in self._choosable(store):
            if label == text:
                return number
        raise Refused(f"{self.label}: there is no {self.target.type.noun} {text[:80]}")

    def show(self, value: Value, store: Store) -> str:
        return "" if value is None else self.target.type.label(store, int(value))  # type: ignore[arg-type]

    def options(self, store: Store) -> tuple[str, ...]:
        return tuple(label for label, _ in self._choosable(store))

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        numbers = [number for _, number in self._choosable(store)]
        return rng.choice(numbers) if numbers else None

    def sort_key(self, value: Value, store: Store) -> Any:
        return self.show(value, store).casefold()


class Derived(Field):
    """A value computed from the record whenever it is looked at; never stored, never entered."""

    kind = "derived"
    stored = False

    def __init__(self, compute: Callable[[Any], Value], shown_as: Field, **rest: Any) -> None:
        super().__init__(**{"editable": False, "bookkeeping": True, **rest})
        self.compute, self.shown_as = compute, shown_as

    def __get__(self, record: Record | None, owner: type) -> Any:
        return self if record is None else self.compute(record)

    def __set__(self, record: Record, value: Any) -> None:
        raise GymError(f"{self.label} is derived and cannot be set")

    def show(self, value: Value, store: Store) -> str:
        return self.shown_as.show(value, store)


def parse_date(text: str) -> dt.date | None:
    """Reads "2026-03-31" or "31 March 2026" ("31 Mar 2026"); None if it is neither."""
    try:
        if match := DATE_IN_WORDS.fullmatch(text):
            day, word, year = match.groups()
            month = next(
                (i for i, m in enumerate(MONTHS, 1) if m.lower().startswith(word.lower())), 0
            )
            return dt.date(int(year), month, int(day))
        return dt.date.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def text(like: str | Sequence[str] = "phrase", **rest: Any) -> Any:
    """Declares a `Text` field; `like` names what made-up values look like (see `Faker.text`)."""
    return Text(like, **rest)


def code(form: str, **rest: Any) -> Any:
    """Declares a `Code` field."""
    return Code(form, **rest)


def money(low: float = 0.01, high: float = 10_000, **rest: Any) -> Any:
    """Declares a `Money` field; bounds in whole units of currency."""
    return Money(low, high, **rest)


def quantity(low: int = 1, high: int = 100, **rest: Any) -> Any:
    """Declares a `Quantity` field."""
    return Quantity(low, high, **rest)


def date(past: int = 90, ahead: int = 0, **rest: Any) -> Any:
    """Declares a `Date` field; bounds of made-up dates in days from today."""
    return Date(past, ahead, **rest)


def choice(*choices: str, **rest: Any) -> Any:
    """Declares a `Choice` field."""
    return Choice(*choices, **rest)


def yes_no(**rest: Any) -> Any:
    """Declares a `YesNo` field."""
    return YesNo(**rest)


def ref(target: type[Any], **rest: Any) -> Any:
    """Declares a `Ref` field."""
    return Ref(target, **rest)


def derived(compute: Callable[[Any], Value], shown_as: Any, **rest: Any) -> Any:
    """Declares a `Derived` field, shown the way `shown_as` (another field) shows its values."""
    return Derived(compute, shown_as, **rest)
