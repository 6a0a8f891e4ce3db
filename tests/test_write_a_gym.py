"""The tutorial's gym works as it stands in the tutorial."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from palaestra import gyms
from palaestra.cli import main
from palaestra.gyms.drawing import draw
from palaestra.kit import Record, Refused, Session, Store, fields
from palaestra.kit.commands import execute
from palaestra.tasks import splits
from palaestra.testing.conformance import check
from palaestra.types import Action, Command

PAGE = Path(__file__).parents[1] / "docs" / "write-a-gym.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
[CODE] = [block for block in BLOCKS if "App(" in block]
[SCREENS] = [block for block in BLOCKS if "app.add(" in block]
MOST_LINES = 150


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which gyms are found, besides those of the house."""
    monkeypatch.setattr(gyms, "__path__", [*gyms.__path__, str(tmp_path)])
    (tmp_path / "expenses").mkdir()
    yield tmp_path / "expenses" / "__init__.py"
    sys.modules.pop("palaestra.gyms.expenses", None)
    gyms.find.cache_clear()


@pytest.fixture
def gym(folder: Path) -> ModuleType:
    folder.write_text(CODE, encoding="utf-8")
    gyms.find("expenses")
    return sys.modules["palaestra.gyms.expenses"]


@pytest.fixture
def store(gym: ModuleType) -> Store:
    return Session(gym.app, seed=1).store


def run(record: Record, verb: str, /, **values: object) -> None:
    plain = tuple((n, v._id if isinstance(v, Record) else v) for n, v in values.items())
    execute(record._store, Command(verb, record.type.name, record._id, plain))  # type: ignore[arg-type]


def a_claim(gym: ModuleType, store: Store, cents: int) -> Record:
    claim = gym.Claim.every(store, status="Draft")[0]
    claim.receipt = False
    first, *others = claim.items()
    for other in others:
        run(other, "delete")
    run(first, "update", amount=cents)
    return claim


def test_the_page_tells_every_kind_of_field() -> None:
    told = re.findall(r"^\| `(\w+)\(", PAGE.read_text("utf-8"), re.MULTILINE)
    kinds = {name for name in fields.__all__ if hasattr(fields, name.title().replace("_", ""))}
    assert set(told) == {name for name in kinds if name.islower()}
    assert len(told) == len(set(told))


def test_roles_are_given_as_the_page_says(folder: Path) -> None:
    roles, by, may = re.findall(r"^- for `.*?`: `(.*?)`", PAGE.read_text("utf-8"), re.MULTILINE)
    code = CODE
    for place, told in (
        ("handbook=HANDBOOK)", f"handbook=HANDBOOK, {roles})"),
        ('"Approve",\n', f'"Approve",\n        {by},\n'),
        ("seeds=(12, 18))", f"seeds=(12, 18), {may})"),
    ):
        assert place in code
        code = code.replace(place, told)
    folder.write_text(code, encoding="utf-8")
    app = gyms.find("expenses")
    stores = [Session(app, seed).store for seed in range(30)]
    assert {store.user for store in stores} == {"Manager", "Clerk"}
    store = next(store for store in stores if store.user == "Clerk")
    claim = app.kind("claim").cls.every(store, status="Submitted")[0]
    with pytest.raises(Refused) as refusal:
        run(claim, "approve", approver=claim.payee)
    assert f'"{refusal.value}"' in " ".join(PAGE.read_text("utf-8").split())
    with pytest.raises(Refused, match="Only a Manager may delete a claim"):
        run(claim, "delete")


def test_a_large_office_is_made_as_the_page_says(gym: ModuleType) -> None:
    rows = Session(gym.app, seed=1, size=10_000).store.snapshot().rows
    assert 8_000 < len(rows) < 12_000


def test_it_is_as_short_as_the_page_says() -> None:
    assert len(CODE.splitlines()) < MOST_LINES


def test_it_is_found_and_listed(gym: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert "expenses" in gyms.names()
    assert main(["gyms", "expenses"]) == 0
    shown = capsys.readouterr().out
    assert "Expense claims" in shown
    assert "Pay back" in shown


def test_a_claim_goes_its_way(gym: ModuleType, store: Store) -> None:
    claim = a_claim(gym, store, 2_000_00)
    run(claim, "submit")
    manager = next(m for m in gym.Employee.every(store, manager=True) if m != claim.payee)
    before = claim.payee.paid_back
    run(claim, "approve", approver=manager)
    run(claim, "pay_back")
    assert claim.payee.paid_back == before + 2_000_00


def test_r1_a_large_claim_needs_a_receipt(gym: ModuleType, store: Store) -> None:
    claim = a_claim(gym, store, 2_000_01)
    with pytest.raises(Refused, match="R1"):
        run(claim, "submit")
    run(claim, "update", receipt=True)
    run(claim, "submit")


def test_r2_nobody_approves_their_own_claim(gym: ModuleType, store: Store) -> None:
    claim = a_claim(gym, store, 50_00)
    run(claim, "submit")
    claim.payee.manager = True
    with pytest.raises(Refused, match="R2"):
        run(claim, "approve", approver=claim.payee)


def test_r3_and_r4_guard_what_was_entered(gym: ModuleType, store: Store) -> None:
    claim = a_claim(gym, store, 50_00)
    with pytest.raises(Refused, match="R4"):
        run(claim, "update", spent_on=store.clock.today.replace(year=2099))
    run(claim, "submit")
    for record in (claim, claim.items()[0], gym.Transfer.every(store)[0]):
        with pytest.raises(Refused, match="R3"):
            run(record, "delete")
    run(claim, "reject", reason="claimed twice")
    assert claim.rejected_for == "claimed twice"


def test_it_passes_the_conformance_kit(gym: ModuleType) -> None:
    tasks = list(draw("expenses", splits.find("practice"), seed=0, n=60))
    assert {task.kind for task in tasks} >= {"create", "update", "action", "question"}
    report = check(gym.app, tasks, seeds=range(3))
    assert report.ok, report


def test_its_own_screens_work_and_pass_as_well(folder: Path) -> None:
    folder.write_text(f"{CODE}\n\n{SCREENS}", encoding="utf-8")
    app = gyms.find("expenses")
    gym = sys.modules["palaestra.gyms.expenses"]
    session = Session(app, seed=1)
    waiting = gym.Claim.every(session.store, status="Submitted")
    assert len(waiting) > 1
    session.dispatch(Action("click", "nav:next_claim"))
    assert f"open:claim:{waiting[0]._id}" in session.targets()
    session.dispatch(Action("click", "put_off"))
    assert f"open:claim:{waiting[1]._id}" in session.targets()
    for name in ("desk", "days", "claim_back", "spent"):
        session.dispatch(Action("click", f"nav:{name}"))
        assert session.screen().children[1].children[0].name == app.screen(name).title
    tasks = list(draw("expenses", splits.find("practice"), seed=0, n=6))
    report = check(app, tasks, seeds=range(2))
    assert report.ok, report


@pytest.mark.parametrize(
    ("right", "wrong", "name"),
    [
        # A claim that can still be changed after it was paid no longer agrees with its transfer.
        ('"" if self.status == "Draft" else f"{self} is no draft any more (handbook, R3)"', '""',
         "invariants hold"),
        # Python's own random numbers are others every time.
        ("rng.sample(Claim", "random.sample(Claim", "same seed gives the same"),
    ],
)  # fmt: skip
def test_the_kit_finds_what_is_wrong(folder: Path, right: str, wrong: str, name: str) -> None:
    assert right in CODE
    folder.write_text(CODE.replace(right, wrong), encoding="utf-8")
    app = gyms.find("expenses")
    tasks = list(draw("expenses", splits.find("practice"), seed=0, n=4))
    report = check(app, tasks, seeds=range(3))
    failed = [one.name for one in report.checks if not one.ok]
    assert any(name in one for one in failed), report


def test_seeds_reach_every_status_but_rejected(gym: ModuleType) -> None:
    stores = [Session(gym.app, seed=seed).store for seed in range(10)]
    found = {claim.status for store in stores for claim in gym.Claim.every(store)}
    assert found == {"Draft", "Submitted", "Approved", "Paid"}
