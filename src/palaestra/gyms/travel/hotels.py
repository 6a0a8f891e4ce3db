"""Where travellers sleep: the hotels that the company has agreed rates with."""

from __future__ import annotations

from palaestra.gyms.travel.network import Airport
from palaestra.gyms.travel.office import DESK, MANAGER, POOLS, SAYS, app
from palaestra.kit import Record, Refused, action, choice, money, quantity, ref, text

NAMES = [f"{name} {kind}" for name in POOLS["hotels"] for kind in POOLS["stays"]]


@app.record(key="name", seeds=(0, 0), may={"create": DESK, "update": DESK, "delete": MANAGER})
class Hotel(Record):
    """A hotel on the company's list."""

    name: str = text(NAMES, unique=True)
    airport: Airport = ref(Airport, label="Near airport")
    stars: int = quantity(1, 5)
    rate: int = money(low=60, high=400, label="Nightly rate")
    free_days: int = quantity(0, 14, label="Free cancellation in days")
    status: str = choice("Listed", "Delisted", editable=False)

    @action("Delist", when="Listed", says=SAYS["delist hotel"], by=DESK)
    def delist(self) -> None:
        from palaestra.gyms.travel.stays import Stay

        booked = self.find(Stay, hotel=self, status="Booked")
        if coming := [stay for stay in booked if stay.leaves_on > self.today]:
            raise Refused(f"{coming[0]} is booked at {self} (handbook, R25)")
        self.status = "Delisted"

    @action("Relist", when="Delisted", says=SAYS["relist hotel"], by=DESK)
    def relist(self) -> None:
        self.status = "Listed"
