"""The kinds of field a record can have: how each is parsed, shown, checked and made up.

A field is declared in a record's class body by one of the lower-case functions (`text`, `code`,
`money`, `quantity`, `date`, `moment`, `choice`, `yes_no`, `ref`, `document`, `derived`). On an
instance it is a descriptor that reads and writes the store, so a rule says `self.total > 2_000_00`.
"""

from palaestra.kit.fields.choice import Choice, choice
from palaestra.kit.fields.code import Code, code
from palaestra.kit.fields.date import MONTHS, ORDINALS, Date, date, parse_date
from palaestra.kit.fields.derived import Derived, derived
from palaestra.kit.fields.document import Attachment, Document, document
from palaestra.kit.fields.field import MAX_TEXT, Field
from palaestra.kit.fields.moment import Moment, local, moment, now, read_moment
from palaestra.kit.fields.money import MONEY, Money, money
from palaestra.kit.fields.quantity import Quantity, quantity
from palaestra.kit.fields.ref import Ref, ref
from palaestra.kit.fields.text import UNTYPABLE, Text, text
from palaestra.kit.fields.yes_no import YesNo, yes_no

__all__ = [
    "MAX_TEXT", "MONEY", "MONTHS", "ORDINALS", "UNTYPABLE", "Attachment", "Choice", "Code", "Date",
    "Derived", "Document", "Field", "Moment", "Money", "Quantity", "Ref", "Text", "YesNo",
    "choice", "code", "date", "derived", "document", "local", "moment", "money", "now",
    "parse_date", "quantity", "read_moment", "ref", "text", "yes_no",
]  # fmt: skip
