"""The rules of assets and of depreciation runs, one by one."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.accounting.assets import Asset, DepreciationLine, DepreciationRun
from palaestra.gyms.accounting.ledger import DEPRECIATION, DISPOSALS, EQUIPMENT, WEAR, Period
from palaestra.kit import Refused, Store
from tests.gyms.accounting.desk import lines_of, named
from tests.gyms.office import broken, enter, run


def an_asset(store: Store, dated: dt.date | None = None, **changed: object) -> Asset:
    """Enters an asset and puts it in use."""
    values: dict[str, object] = {
        "name": "Safe", "dated": dated or store.clock.today, "cost": 1_200_00, "residual": None,
        "method": "Straight-line", "months": 24,
    }  # fmt: skip
    asset = enter(store, Asset, **{**values, **changed})
    assert isinstance(asset, Asset)
    run(asset, "put_in_use", account=named(store, "Operating account"))
    return asset


def undepreciated(store: Store) -> Period:
    """Returns the first month that no run was made for, drafts thrown away."""
    for draft in DepreciationRun.every(store, status="Draft"):
        run(draft, "delete")
    done = {str(r.month) for r in DepreciationRun.every(store, status="Posted")}
    return next(p for p in Period.every(store) if str(p) not in done)


def test_putting_in_use_posts_the_cost(store: Store) -> None:
    asset = an_asset(store)
    assert lines_of(asset.entry) == {
        (EQUIPMENT, "Debit", 1_200_00),
        ("Operating account", "Credit", 1_200_00),
    }
    assert (asset.status, asset.book_value) == ("In use", 1_200_00)
    assert broken(store) == []


def test_r25_the_residual_value_is_below_the_cost(store: Store) -> None:
    with pytest.raises(Refused, match="R25"):
        an_asset(store, cost=200_00, residual=200_00)


def test_r2_an_asset_is_not_put_in_use_in_a_closed_month(store: Store) -> None:
    asset = enter(store, Asset, name="Safe", dated=store.clock.today, cost=900_00,
                  residual=None, method="Straight-line", months=24)  # fmt: skip
    asset.dated = Period.every(store, status="Closed")[0].ends  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="R2"):
        run(asset, "put_in_use", account=named(store, "Operating account"))


def test_r6_an_asset_in_use_is_neither_changed_nor_deleted(store: Store) -> None:
    asset = an_asset(store)
    for verb, values in (("update", {"cost": 300_00}), ("delete", {})):
        with pytest.raises(Refused, match="R6"):
            run(asset, verb, **values)


def test_a_run_depreciates_what_is_in_use(store: Store) -> None:
    month = undepreciated(store)
    asset = an_asset(store, dated=month.starts)
    later = an_asset(store, dated=month.ends + dt.timedelta(days=1))
    made = enter(store, DepreciationRun, month=month)
    run(made, "post")
    [line] = DepreciationLine.every(store, run=made, asset=asset)
    assert (line.amount, asset.book_value) == (50_00, 1_150_00)
    assert not DepreciationLine.every(store, run=made, asset=later)
    total = sum(x.amount for x in DepreciationLine.every(store, run=made))
    assert isinstance(made, DepreciationRun)
    assert lines_of(made.entry) == {(DEPRECIATION, "Debit", total), (WEAR, "Credit", total)}
    assert made.entry.dated == month.ends
    assert broken(store) == []


def test_r26_a_month_is_depreciated_once_when_it_is_over_and_in_order(store: Store) -> None:
    month = undepreciated(store)
    an_asset(store, dated=month.starts)
    over = enter(store, DepreciationRun, month=Period.every(store)[-1])
    with pytest.raises(Refused, match="not over yet"):
        run(over, "post")
    run(over, "delete")
    made = enter(store, DepreciationRun, month=month)
    with pytest.raises(Refused, match="only once"):
        enter(store, DepreciationRun, month=month)
    run(made, "post")
    with pytest.raises(Refused, match="only once"):
        enter(store, DepreciationRun, month=month)
    run(made, "take_back")
    again = enter(store, DepreciationRun, month=month)
    run(again, "post")
    assert broken(store) == []


def test_r26_a_month_is_not_depreciated_after_a_later_one_or_for_nothing(store: Store) -> None:
    made = enter(store, DepreciationRun, month=undepreciated(store))
    earlier = DepreciationRun.every(store, status="Posted")[-1]
    month, earlier.month = earlier.month, Period.every(store)[-1]
    with pytest.raises(Refused, match="depreciated already"):
        run(made, "post")
    earlier.month = month
    for asset in Asset.every(store):
        asset.status = "Disposed"
    with pytest.raises(Refused, match="Nothing is left"):
        run(made, "post")


def test_r26_the_last_run_is_the_first_to_be_taken_back(store: Store) -> None:
    month = undepreciated(store)
    an_asset(store, dated=month.starts)
    first = DepreciationRun.every(store, status="Posted")[0]
    with pytest.raises(Refused, match="taken back first"):
        run(first, "take_back")
    last = DepreciationRun.every(store, status="Posted")[-1]
    before = {a: a.book_value for a in Asset.every(store)}
    run(last, "take_back")
    assert {a: a.book_value for a in Asset.every(store)} != before
    assert broken(store) == []


def test_disposing_takes_the_asset_out_of_the_books(store: Store) -> None:
    month = undepreciated(store)
    asset = an_asset(store, dated=month.starts)
    run(enter(store, DepreciationRun, month=month), "post")
    lost = named(store, DISPOSALS).balance
    bank = named(store, "Operating account")
    run(asset, "dispose", price=1_000_00, account=bank, sold_on=store.clock.today)
    assert asset.status == "Disposed"
    assert named(store, DISPOSALS).balance == lost + 150_00
    assert broken(store) == []
    with pytest.raises(Refused, match="R27"):
        run(DepreciationRun.every(store, status="Posted")[-1], "take_back")


def test_r13_nothing_is_sold_before_it_was_bought_or_in_the_future(store: Store) -> None:
    asset, bank = an_asset(store), named(store, "Operating account")
    for days in (-1, 1):
        day = store.clock.today + dt.timedelta(days=days)
        with pytest.raises(Refused, match="R13"):
            run(asset, "dispose", price=0, account=bank, sold_on=day)
