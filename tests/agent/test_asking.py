"""Asking: typed answers from a page, or none."""

from __future__ import annotations

from decimal import Decimal

import pydantic
import pytest

from palaestra.agent import Agent, CouldNotTell, Result
from palaestra.agent.asking import told
from palaestra.errors import UsageError
from tests.agent.conftest import Script, Site


class Bill(pydantic.BaseModel):
    number: str
    total: Decimal = pydantic.Field(description="What is the total of the bill?")


def test_a_model_of_several_fields_is_asked_for_field_by_field():
    asked: list[str] = []
    answers = {
        "Which bill is open? (number)": "BILL-7",
        "What is the total of the bill?": "1,250.00",
    }

    def run(question: str) -> Result:
        asked.append(question)
        return Result("likely", "", answer=answers[question])

    assert told("Which bill is open?", Bill, run, str, list) == Bill(
        number="BILL-7", total=Decimal(1250)
    )
    assert asked == list(answers)


@pytest.mark.parametrize(
    "result",
    [
        Result("unverified", "it says that it is done"),
        Result("abstained", "too unsure", answer="7"),
        Result("failed", "out of steps", answer="7"),
        Result("likely", "", answer="Acme"),
    ],
)
def test_without_an_answer_that_fits_it_could_not_tell(result: Result):
    with pytest.raises(CouldNotTell) as raised:
        told("How many?", int, lambda _: result, str, list)
    assert raised.value.result is result


@pytest.mark.parametrize(
    ("question", "seen", "believed"),
    [
        ("What is the total of INV-0099?", ["INV-0098", "1,250.00"], False),
        ("What is the total of INV-0099?", ["Invoice INV-0099"], True),
        ("What is the total of line L001 of INV-0099?", ["L001"], False),
        ("What did we sell in Q3 2026?", ["1,250.00"], True),
    ],
)
def test_an_answer_about_what_was_never_seen_is_not_believed(
    question: str, seen: list[str], believed: bool
):
    result = Result("likely", "", answer="1,250.00")
    if believed:
        assert told(question, Decimal, lambda _: result, str, lambda: seen) == 1250
        return
    with pytest.raises(CouldNotTell, match="nothing that was seen is called INV-0099"):
        told(question, Decimal, lambda _: result, str, lambda: seen)


@pytest.mark.browser
def test_an_answer_is_read_off_a_page_and_nothing_is_deleted(site: Site):
    site.pages["/"] = """<!doctype html><html lang="de"><p>Summe: 1.250</p>
      <button onclick="fetch('/gone')">Löschen</button>"""
    script = Script(("click", "Löschen"), ("answer", "1.250"), ("answer", "Acme"))
    with Agent(f"{site.url}/", model=script, trace_dir=None, approve=lambda _: True) as agent:
        with pytest.raises(UsageError, match="no type"):
            agent.ask("Was ist die Summe?", schema=lambda text: text)
        assert agent.ask("Was ist die Summe?", schema=Decimal) == 1250
        with pytest.raises(CouldNotTell, match="does not fit"):
            agent.ask("Was ist die Summe?", schema=Decimal)
    assert "/gone" not in site.got
