"""The catalog: drawn from any application, with names and schemas that clients take."""

from __future__ import annotations

import re

import pytest
from jsonschema import Draft202012Validator

from palaestra import gyms
from palaestra.errors import GymError
from palaestra.faces.tools import catalog
from palaestra.kit import App, Record, action, choice, quantity, text
from tests.apps import expenses, notes

APPS = ["accounting", "crm", *(f"procedural:{seed}" for seed in range(20))]
NEVER = {"reset", "verify", "verdict", "snapshot", "restore", "fork", "seed", "digest"}


def test_every_record_and_action_has_its_tools():
    assert list(catalog(expenses)) == [
        "read_handbook",
        "list_employees", "get_employee", "create_employee", "update_employee", "delete_employee",
        "list_claims", "get_claim", "create_claim", "update_claim", "delete_claim",
        "submit_claim", "approve_claim", "pay_claim",
        "list_lines", "get_line", "create_line", "update_line", "delete_line",
    ]  # fmt: skip
    assert "read_handbook" not in catalog(notes)


@pytest.mark.parametrize("name", APPS)
def test_names_and_schemas_are_sound(name: str):
    for tool in catalog(gyms.find(name)).values():
        assert re.fullmatch(r"[a-z][a-z0-9_]{2,63}", tool.name)
        assert tool.name not in NEVER
        assert tool.description.endswith((".", "!", "?"))
        for schema in (tool.takes, tool.gives):
            Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
        assert tool.takes["additionalProperties"] is False
        assert set(tool.takes["required"]) <= tool.takes["properties"].keys()


def test_what_has_to_be_given_is_required():
    takes = catalog(expenses)["create_claim"].takes
    assert takes["required"] == ["payee", "total", "spent_on", "kind"]
    assert catalog(expenses)["create_line"].takes["required"][0] == "claim"
    assert catalog(expenses)["update_claim"].takes["required"] == ["key"]


def test_what_cannot_be_undone_is_marked():
    tools = catalog(expenses)
    assert {t.name for t in tools.values() if t.final} == {
        "delete_employee", "delete_claim", "delete_line", "pay_claim"
    }  # fmt: skip
    assert not any(t.changes for t in tools.values() if t.name.startswith(("list", "get", "read")))
    assert "The money leaves at once." in tools["pay_claim"].description


def test_fields_that_are_called_like_our_arguments_step_aside():
    app = App("odd", title="Odd")

    @app.record(key="key", seeds=(2, 2))
    class Thing(Record):
        key: str = text("word")
        limit: int = quantity()
        query: str = choice("A", "B")

    takes = catalog(app)["list_things"].takes["properties"]
    assert takes["query_"]["enum"] == ["A", "B"]
    assert {"query", "limit"} <= takes.keys()
    assert catalog(app)["update_thing"].takes["properties"].keys() == {
        "key", "key_", "limit_", "query_"
    }  # fmt: skip


def test_two_tools_of_one_name_are_the_authors_mistake():
    app = App("twins", title="Twins")

    @app.record(key="name", plural="Things")
    class Thing(Record):
        name: str = text()

    @app.record(key="name", plural="Things!")
    class Other(Record):
        name: str = text()

    with pytest.raises(GymError, match="two tools would be called list_things"):
        catalog(app)


def test_roles_are_told():
    app = App("shop", title="Shop", roles=("Owner", "Helper"))

    @app.record(key="name", may={"delete": "Owner"})
    class Shelf(Record):
        name: str = text()

        @action("Clear", by=("Owner", "Helper"))
        def clear(self) -> None:
            self.name = "empty"

    tools = catalog(app)
    assert tools["delete_shelf"].description.endswith("Only for: Owner.")
    assert tools["clear_shelf"].description.endswith("Only for: Owner, Helper.")
    assert "Only" not in tools["create_shelf"].description
    assert "read_handbook" in tools
