from __future__ import annotations

from palaestra.kit import Session
from palaestra.policies.network.elements import (
    BIT,
    COLUMNS,
    MAX_ELEMENTS,
    REMEMBERED,
    ROLE,
    ROLES,
    Reader,
    Screen,
)
from palaestra.policies.network.tokens import Strings, string_tokens
from palaestra.types import Action, Node, Observation, Past
from tests.apps import expenses

TABLE = Node(
    "table",
    children=(
        Node(
            "row",
            children=(
                Node("columnheader", "Number", children=(Node("button", "Number", "sort:number"),)),
                Node("columnheader", "Total"),
            ),
        ),
        Node(
            "row",
            children=(
                Node("cell", "EXP-1", children=(Node("link", "EXP-1", "open:claim:1"),)),
                Node("cell", "12.50"),
            ),
        ),
        Node("row"),
    ),
)


class Page:
    """The elements of some nodes, to be asked by name."""

    def __init__(self, *nodes: Node, feedback: str = "", past: tuple[Past, ...] = ()) -> None:
        self.strings = Strings()
        document = Node("document", children=nodes)
        seen = Observation("Pay.", document, feedback, 9, past)
        self.screen: Screen = Reader(self.strings).read(seen)

    def rows(self, role: str) -> list[dict[str, object]]:
        """Everything that is known of the elements of a role."""
        found = []
        for line, action in zip(self.screen.lines, self.screen.actions, strict=True):
            if line[0] == ROLE[role]:
                name, value, around = (self.strings.words(number) for number in line[2:5])
                usable = bool(line[5])
                found.append({
                    "name": name, "value": value, "around": around, "usable": usable,
                    "states": int(line[1]), "action": action,
                })  # fmt: skip
        return found


def test_there_is_always_an_end_to_come_to():
    [done] = Page().rows("done")
    assert done["usable"]
    assert done["action"] == Action("done")


def test_a_box_to_fill_and_a_button():
    page = Page(
        Node("heading", "New bill"),
        Node("textbox", "Total", "field:total", "12.50", ("invalid", "required")),
        Node("button", "Save", "save", states=("disabled",)),
    )
    [box] = page.rows("textbox")
    assert box == {
        "name": string_tokens("Total"),
        "value": string_tokens("12.50"),
        "around": string_tokens("New bill"),
        "usable": True,
        "states": BIT["invalid"] | BIT["required"],
        "action": Action("fill", "field:total"),
    }
    [button] = page.rows("button")
    assert not button["usable"]


def test_options_are_chosen_in_their_box_and_not_where_it_is_disabled():
    options = (Node("option", "Bank"), Node("option", "Cash", states=("selected",)))
    page = Page(Node("combobox", "Account", "field:account", "Cash", children=options))
    bank, cash = page.rows("option")
    assert bank["action"] == Action("select", "field:account", "Bank")
    assert bank["around"] == string_tokens("Account")
    assert (bank["states"], cash["states"]) == (0, BIT["selected"])
    assert not page.rows("combobox")[0]["usable"]
    barred = Page(Node("combobox", "Account", "x", states=("disabled",), children=options))
    assert not any(option["usable"] for option in barred.rows("option"))


def test_cells_are_answers_under_the_name_of_their_column():
    page = Page(TABLE)
    key, total = page.rows("cell")
    assert total["name"] == string_tokens("Total")
    assert total["value"] == string_tokens("12.50")
    assert total["around"] == string_tokens("EXP-1")
    assert total["action"] == Action("answer", text="12.50")
    assert key["action"] == Action("answer", text="EXP-1")
    [link] = page.rows("link")
    assert link["action"] == Action("click", "open:claim:1")
    assert link["around"] == string_tokens("EXP-1 12.50")
    [sort] = page.rows("button")
    assert sort["action"] == Action("click", "sort:number")
    rows = {page.strings.texts[line[6]] for line in page.screen.lines if line[0] == ROLE["cell"]}
    assert rows == {"EXP-1 12.50"}
    assert [line[6] for line in page.screen.lines if line[0] == ROLE["button"]] == [0]


def test_the_last_actions_and_the_feedback_are_told_the_latest_first():
    past = tuple(Past("click", f"Link {n}", "") for n in range(6))
    page = Page(feedback="Total is required", past=past)
    assert [
        page.rows(f"past {back}")[0]["name"] for back in range(1, REMEMBERED + 1)
    ] == [string_tokens(f"Link {n}") for n in (5, 4, 3, 2)]  # fmt: skip
    [feedback] = page.rows("feedback")
    assert feedback["name"] == string_tokens("Total is required")
    assert not feedback["usable"]


def test_a_paragraph_can_be_answered_and_an_unknown_role_is_read():
    page = Page(Node("paragraph", "3 bills"), Node("gauge", "Half full"))
    assert page.rows("paragraph")[0]["action"] == Action("answer", text="3 bills")
    [read] = page.rows("other")
    assert read["value"] == string_tokens("Half full")
    assert read["action"] == Action("answer", text="Half full")


def test_a_reason_can_be_answered():
    [alert] = Page(Node("alert", "Only a Manager may do that")).rows("alert")
    assert alert["action"] == Action("answer", text="Only a Manager may do that")
    assert alert["usable"]


def test_no_more_elements_than_the_network_can_take():
    buttons = tuple(Node("button", f"B{n}", f"b{n}") for n in range(1_000))
    page = Page(*buttons)
    assert page.screen.lines.shape == (MAX_ELEMENTS, COLUMNS)
    assert len(page.screen.actions) == MAX_ELEMENTS


def test_what_was_remembered_is_the_same_as_what_is_read_anew():
    strings = Strings()
    reader = Reader(strings)
    session = Session(expenses, 1, 7)
    nav = [ref for ref in session.targets() if ref.startswith("nav:")]
    for step in range(40):
        session.dispatch(Action("click", nav[step % len(nav)]))
        seen = Observation("Pay.", session.screen(), session.notice, 9)
        kept, fresh = reader.read(seen), Reader(strings).read(seen)
        assert (kept.lines == fresh.lines).all()
        assert kept.actions == fresh.actions


def test_a_node_made_where_another_one_was_is_not_taken_for_it():
    reader = Reader(Strings())
    for n in range(200):
        option = (Node("option", f"Word{n}"),)
        box = Node("combobox", "Account", "a", children=option)
        screen = reader.read(Observation("Pay.", Node("document", children=(box,)), "", 9))
        assert screen.actions[-1].text == f"Word{n}"
        del box, screen


def test_the_same_row_under_other_columns_is_read_anew():
    reader, row = Reader(Strings()), TABLE.children[1]
    found = []
    for label in ("Total", "Sum"):
        header = Node("row", children=(Node("columnheader", "No"), Node("columnheader", label)))
        page = Node("document", children=(Node("table", children=(header, row)),))
        found.append(reader.read(Observation("Pay.", page, "", 9)).lines)
    assert not (found[0] == found[1]).all()


def test_roles_are_told_apart():
    assert len(set(ROLES)) == len(ROLES)
    assert sorted(ROLE.values()) == list(range(len(ROLES)))


def test_an_item_of_a_list_tells_like_a_row_and_its_box_offers_its_options():
    box = Node("combobox", "Move D-1 to", "move:1", "Lead", children=(Node("option", "Won"),))
    told = (Node("link", "D-1", "open:deal:1"), Node("paragraph", "Client: Re: X"), box)
    page = Page(Node("list", children=(Node("listitem", children=told),)))
    [cell] = page.rows("cell")
    assert (cell["name"], cell["value"]) == (string_tokens("Client"), string_tokens("Re: X"))
    assert cell["around"] == string_tokens("D-1")
    assert cell["action"] == Action("answer", text="Re: X")
    [link] = page.rows("link")
    assert link["around"] == string_tokens("D-1 Client: Re: X")
    [option] = page.rows("option")
    assert option["action"] == Action("select", "move:1", "Won")


def test_a_day_stands_around_what_is_on_it_and_blank_cells_are_nothing():
    day = Node("cell", "14 Call", children=(Node("link", "Call", "open:call:1"),))
    head = Node("row", children=(Node("columnheader", "Mon"), Node("columnheader", "Tue")))
    page = Page(Node("table", children=(head, Node("row", children=(Node("cell"), day)))))
    assert page.rows("cell") == []
    [link] = page.rows("link")
    assert link["around"] == string_tokens("14 Call")
