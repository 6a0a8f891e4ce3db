from __future__ import annotations

import pytest

from palaestra.errors import GymError, Refused
from palaestra.kit import App, Record, Session, action, choice, code, quantity, ref, text
from palaestra.kit.commands import execute
from palaestra.kit.rights import user_of
from palaestra.types import Action, Command

app = App("till", title="Till", roles=("Manager", "Clerk", "Auditor"))


@app.record(key="number", seeds=(3, 3), may={"create": ("Manager", "Clerk"), "delete": "Manager"})
class Invoice(Record):
    number: str = code("INV-###")
    status: str = choice("Open", "Approved", editable=False)
    amount: int = quantity(1, 9)

    @action("Approve", when="Open", by="Manager")
    def approve(self) -> None:
        self.status = "Approved"

    @action("Stamp", stamp=text())
    def stamp(self, stamp: str) -> None:
        if self.user == "Auditor":
            raise Refused("Auditors stamp nothing")


@app.record(key="number", seeds=(1, 1), may={"update": "Manager"})
class Order(Record):
    number: str = code("O-###")
    what: str = text("word")


@app.record(key="number", seeds=(1, 1))
class OrderLine(Record):
    number: str = code("L-###")
    order: Order = ref(Order, owner=True)
    what: str = text("word")


def session_of(role: str) -> Session:
    return next(s for s in (Session(app, seed) for seed in range(200)) if s.store.user == role)


def test_two_starts_in_three_are_worked_on_in_the_first_role() -> None:
    roles = [user_of(app, seed) for seed in range(3000)]
    assert 0.62 < roles.count("Manager") / 3000 < 0.71
    assert abs(roles.count("Clerk") - roles.count("Auditor")) < 150
    assert [Session(app, seed).store.user for seed in range(9)] == roles[:9]


def test_an_office_without_roles_lets_everybody_do_everything() -> None:
    plain = App("plain", title="Plain")
    assert user_of(plain, 3) == ""


def test_a_fork_works_in_the_same_role() -> None:
    assert session_of("Clerk").fork().store.user == "Clerk"


@pytest.mark.parametrize(
    ("role", "command", "words"),
    [
        ("Clerk", Command("approve", "invoice", 1), "Only a Manager may approve an invoice; "
         "you are a Clerk"),
        ("Auditor", Command("create", "invoice", 0, (("amount", 3),)), "Only a Manager or a Clerk "
         "may enter an invoice; you are an Auditor"),
        ("Clerk", Command("delete", "invoice", 1), "Only a Manager may delete an invoice; "
         "you are a Clerk"),
        ("Clerk", Command("update", "order", 1, (("what", "x"),)), "Only a Manager may edit an "
         "order; you are a Clerk"),
        ("Clerk", Command("create", "order_line", 0, (("order", 1), ("what", "x"))),
         "Only a Manager may enter an order line; you are a Clerk"),
        ("Clerk", Command("delete", "order_line", 1), "Only a Manager may delete an order line; "
         "you are a Clerk"),
        ("Auditor", Command("stamp", "invoice", 1, (("stamp", "x"),)), "Auditors stamp nothing"),
    ],
)  # fmt: skip
def test_other_roles_are_refused_and_told_whose_task_it_is(
    role: str, command: Command, words: str
) -> None:
    store = session_of(role).store
    before = store.snapshot()
    with pytest.raises(Refused) as refusal:
        execute(store, command)
    assert str(refusal.value) == words
    assert store.snapshot() == before
    execute(session_of("Manager").store, command)


def test_what_nobody_is_named_for_everybody_may_do() -> None:
    store = session_of("Auditor").store
    execute(store, Command("update", "invoice", 1, (("amount", 9),)))
    execute(store, Command("delete", "order", 1))


@pytest.mark.parametrize(
    ("path", "command"),
    [
        (["nav:invoice", "new:invoice"], None),
        (["open:invoice:1", "do:approve"], Command("approve", "invoice", 1)),
        (["open:invoice:1", "delete"], Command("delete", "invoice", 1)),
        (["nav:order", "open:order:1", "edit"], Command("update", "order", 1)),
        (["nav:order", "open:order:1", "new:order_line"], Command("create", "order_line")),
    ],
)
def test_a_button_without_the_right_is_there_and_says_so(
    path: list[str], command: Command | None
) -> None:
    session = session_of("Clerk")
    for ref_ in path:
        where = session.route
        session.dispatch(Action("click", ref_))
    if command is None:
        assert session.route.screen == "form"
        return
    assert session.alarmed
    assert session.notice.startswith("Only a Manager may")
    assert session.route == where
    assert session.refused == command
    assert not session.commands


def test_the_frame_says_who_is_signed_in() -> None:
    said = [node.name for node in session_of("Clerk").screen().walk()]
    assert "Signed in as Clerk" in said
    assert "Signed in as Manager" in [n.name for n in session_of("Manager").screen().walk()]


def test_rights_for_what_is_unknown_are_the_authors_mistake() -> None:
    shop = App("shop", title="Shop", roles=("Manager",))

    class Thing(Record):
        name: str = text()

        @action("Use", by="Wizard")
        def use(self) -> None:
            self.name = "used"

    with pytest.raises(GymError, match="shop has no role 'Wizard'"):
        shop.record(key="name")(Thing)
    with pytest.raises(GymError, match="no role 'Boss'"):
        shop.record(key="name", may={"create": "Boss"})(Thing)
    with pytest.raises(GymError, match="no rights to burn"):
        shop.record(key="name", may={"burn": "Manager"})(Thing)
