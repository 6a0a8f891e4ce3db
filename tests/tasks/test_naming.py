from __future__ import annotations

import random

from palaestra.kit import App, Record, Session, code, ref, text
from palaestra.kit.commands import execute
from palaestra.tasks.naming import Naming, Thread, is_only, words_for
from palaestra.types import Command
from tests.apps import expenses

office = App(
    "office",
    title="Office",
    words={
        "synonyms": {
            "Vendor": ("Supplier", "Payee"),
            "Vendors": ("Suppliers", "Payees"),
            "Due": ("Payable on", "Payment day"),
            "Paid": ("Payable on", "Settled"),
        }
    },
)


@office.record(key="name")
class Vendor(Record):
    name: str = text("company")
    due: str = text("word")
    paid: str = text("word")


@office.record(key="number")
class Bill(Record):
    number: str = code("BILL-####")
    vendor: Vendor = ref(Vendor)


def naming(exam: bool, seed: int = 1) -> Naming:
    return Naming(Session(office, 1).store, random.Random(seed), exam)


def test_the_last_synonym_is_for_exams_only() -> None:
    for exam, words in ((False, {"vendor", "supplier"}), (True, {"vendor", "supplier", "payee"})):
        names = naming(exam)
        assert {names.noun(office.kind("vendor")) for _ in range(200)} == words
    assert {naming(False, n).plural(office.kind("vendor")) for n in range(60)} == {
        "vendors",
        "suppliers",
    }


def test_a_word_that_two_fields_have_is_used_for_neither() -> None:
    kind = office.kind("vendor")
    names = naming(True)
    told = {
        field.label: {names.label(field, kind.fields) for _ in range(200)} for field in kind.fields
    }
    assert told["Due"] == {"due", "payment day"}
    assert told["Paid"] == {"paid", "settled"}
    assert words_for(office, "Due", (), exam=False) == ["due", "payable on"]


def test_a_thread_tells_what_it_and_the_new_one_are() -> None:
    session = Session(expenses, 1)
    store, kind = session.store, expenses.kind("claim")
    before = Thread(since=session.start)
    assert before.names(kind, 1, "claim", store) == []
    command = Command("update", "claim", 1, (("note", "x"),))
    after = before.after(command, store)
    assert after.names(kind, 1, "claim", store) == ["it", "the same claim", "that claim"]
    assert after.names(kind, 2, "claim", store) == []
    row = dict(zip([f.name for f in kind.stored], store.row(1, 1), strict=True))
    made = Command("create", "claim", 0, tuple((f.name, row[f.name]) for f in kind.form_fields))
    execute(store, made)
    number = store.next_number(kind.index) - 1
    later = after.after(made, store)
    assert later.names(kind, number, "claim", store) == ["it", "the new claim"]
    assert later.names(kind, 1, "claim", store) == []


def test_nobody_knows_the_number_of_what_is_only_made_on_the_way() -> None:
    session = Session(expenses, 1)
    store, kind = session.store, expenses.kind("claim")
    thread = Thread(since=session.start)
    for _ in range(2):
        kind.insert(store, {"payee": 1, "total": 5_00})
    number = store.next_number(kind.index) - 1
    assert Naming(store, random.Random(1), False, thread).record(kind, number) == ("", "")


def test_a_value_is_telling_where_no_other_row_has_it() -> None:
    store = Session(expenses, 1).store
    kind = expenses.kind("claim")
    assert is_only(kind, 1, "EXP-0001", store)
    assert not is_only(kind, 1, "EXP-", store)
