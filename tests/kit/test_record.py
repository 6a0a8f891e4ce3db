from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import GymError
from palaestra.kit import App, Record, Refused, Session, Store, action, choice, quantity, ref, text
from palaestra.kit.clock import Clock
from palaestra.kit.commands import execute
from palaestra.kit.seeding import seeded
from palaestra.types import Action, Command

app = App("lamps", title="Lamps")


@app.record(key="name", seeds=(1, 1))
class Lamp(Record):
    name: str = text("word")
    watts: int = quantity(1, 9)
    status: str = choice("Off", "On", "On hold", "Broken", editable=False)

    @action("Switch on", when="Off")
    def switch_on(self) -> None:
        self.status = "On"
        self.create(Note, lamp=self, said="on")

    @action("Release", when="On hold")
    def release(self) -> None:
        self.status = "Off"

    @action("Break", when=("Off", "On"))
    def smash(self) -> None:
        self.status = "Broken"


@app.record(key="said", seeds=(0, 0))
class Note(Record):
    lamp: Lamp = ref(Lamp, editable=False)
    said: str = text(editable=False)


@pytest.fixture
def lamp() -> Lamp:
    return Lamp.every(Session(app).store)[0]


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("Off", {"switch_on", "smash"}),
        ("On", {"smash"}),
        ("On hold", {"release"}),
        ("Broken", set()),
    ],
)
def test_an_action_is_offered_in_its_statuses(lamp: Lamp, status: str, offered: set[str]) -> None:
    lamp.status = status
    actions = Lamp.type.actions.values()
    assert {one.name for one in actions if one.when(lamp)} == offered
    for one in actions:
        if one.name not in offered:
            with pytest.raises(Refused, match="not possible"):
                execute(lamp._store, Command(one.name, "lamp", lamp._id))


def test_a_record_without_form_fields_is_made_by_rules_only(lamp: Lamp) -> None:
    session = Session(app)
    with pytest.raises(Refused, match="Notes are not entered by hand"):
        execute(session.store, Command("create", "note", 0, ()))
    assert "new:lamp" in session.targets()
    session.dispatch(Action("click", "open:lamp:1"))
    assert "edit" in session.targets()
    session.dispatch(Action("click", "do:switch_on"))
    session.dispatch(Action("click", "nav:note"))
    assert "new:note" not in session.targets()
    session.dispatch(Action("click", "open:note:1"))
    assert "edit" not in session.targets()
    assert "delete" in session.targets()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3))), st.data())
def test_finding_by_values_is_what_a_filter_finds(
    rows: list[tuple[str, int]], data: st.DataObject
) -> None:
    store = Store(app, Clock.of_seed(0))
    made = [Lamp.make(store, name=name, watts=watts) for name, watts in rows]
    for gone in data.draw(st.sets(st.sampled_from(made)) if made else st.just(set())):
        store.delete(Lamp.type.index, gone._id)
        made.remove(gone)
    name, watts = data.draw(st.sampled_from("abc")), data.draw(st.integers(1, 3))
    assert Lamp.every(store) == made
    assert Lamp.every(store, watts=watts) == [m for m in made if m.watts == watts]
    both = [m for m in made if (m.name, m.watts) == (name, watts)]
    assert Lamp.every(store, name=name, watts=watts) == both
    if made:
        assert made[0].find(Lamp, name=name, watts=watts) == both


def test_finding_by_what_is_no_stored_field_is_the_authors_mistake(lamp: Lamp) -> None:
    with pytest.raises(GymError, match="Lamp has no stored field 'colour'"):
        lamp.find(Lamp, colour="red")


def test_making_fills_in_initial_values() -> None:
    snapshot, clock = seeded(app, 0)
    made = Lamp.make(Store(app, clock, snapshot), name="Hall", watts=3)
    assert (str(made), made.status) == ("Hall", "Off")


def test_a_record_may_refer_to_others_of_its_own_kind() -> None:
    family = App("family", title="Family")

    @family.record(key="name", seeds=(2, 2))
    class Person(Record):
        name: str = text("person")
        parent: Person | None = ref(lambda: Person, required=False, editable=False)

        @action("Adopt", child=ref(lambda: Person))
        def adopt(self, child: Person) -> None:
            child.parent = self

    session = Session(family)
    one, other = Person.every(session.store)
    command = Command("adopt", "person", one._id, (("child", other._id),))
    execute(session.store, command)
    assert Person.type.targets == (None, Person.type)
    assert (one.parent, other.parent) == (None, one)
    [change] = session.diff().changes
    assert change.fields == (("parent", "", str(one)),)
    with pytest.raises(Refused, match="still used by person"):
        execute(session.store, Command("delete", "person", one._id))
    other.parent = other
    execute(session.store, Command("delete", "person", other._id))
    assert Person.every(session.store) == [one]
