"""What an exam on MiniWoB++ came to: a line for each task, each policy next to random clicks.

Lift is how many points of success a policy is above the random clicker, who has as many steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from palaestra.browser.miniwob.catalogue import catalogue
from palaestra.exams.miniwob.record import Attempted
from palaestra.exams.miniwob.sitting import CLICKER
from palaestra.exams.statistics import lower_bound
from palaestra.exams.tables import percent

GOOD = 0.9
"""A task counts as solved from this share of its problems on."""


@dataclass(frozen=True)
class Count:
    """One policy at one task.

    Attributes:
        n: Attempts.
        successes: How many had a raw reward of 1.
        unscored: How many could not be scored; they count as failures.
        out_of_steps: How many were not over when the steps were.
        steps: All actions together.
    """

    n: int
    successes: int
    unscored: int
    out_of_steps: int
    steps: int

    @classmethod
    def of(cls, attempts: Sequence[Attempted]) -> Count:
        """Counts."""
        return cls(
            len(attempts),
            sum(bool(one.success) for one in attempts),
            sum(one.success is None for one in attempts),
            sum(one.ended == "steps" for one in attempts),
            sum(len(one.actions) for one in attempts),
        )

    @property
    def rate(self) -> float:
        """Returns the share of successes."""
        return self.successes / self.n


@dataclass(frozen=True)
class Standing:
    """What the exam came to.

    Attributes:
        policies: Names, the random clicker last.
        tasks: By task, what each policy came to, in that order.
    """

    policies: tuple[str, ...]
    tasks: dict[str, tuple[Count, ...]]

    @classmethod
    def of(cls, attempts: Sequence[Attempted]) -> Standing:
        """Counts attempts."""
        groups: dict[tuple[str, str], list[Attempted]] = {}
        for one in attempts:
            groups.setdefault((one.task, one.sitter.policy), []).append(one)
        policies = tuple(dict.fromkeys(one.sitter.policy for one in attempts))
        tasks = dict.fromkeys(sorted({one.task for one in attempts}), ())
        counts = {
            task: tuple(Count.of(groups[task, policy]) for policy in policies) for task in tasks
        }
        return cls(policies, counts)

    def mean(self, policy: str) -> float:
        """Returns a policy's mean over the tasks, each counting the same."""
        rates = [count.rate for count in self._column(policy)]
        return sum(rates) / len(rates)

    def solved(self, policy: str) -> int:
        """Returns at how many tasks it is good."""
        return sum(count.rate >= GOOD for count in self._column(policy))

    def _column(self, policy: str) -> list[Count]:
        place = self.policies.index(policy)
        return [counts[place] for counts in self.tasks.values()]

    def to_json(self) -> dict[str, Any]:
        """Returns plain data."""
        chance = self.mean(CLICKER)
        told = catalogue()
        return {
            "policies": {
                policy: {
                    "mean": self.mean(policy),
                    "lift": self.mean(policy) - chance,
                    "tasks_solved": self.solved(policy),
                    "unscored": sum(count.unscored for count in self._column(policy)),
                    "steps": sum(count.steps for count in self._column(policy)),
                }
                for policy in self.policies
            },
            "tasks": {
                task: {
                    "needs": told[task].needs,
                    **{
                        policy: {
                            **vars(count),
                            "rate": count.rate,
                            "bound": lower_bound(count.successes, count.n),
                            "lift": count.rate - counts[-1].rate,
                        }
                        for policy, count in zip(self.policies, counts, strict=True)
                    },
                }
                for task, counts in self.tasks.items()
            },
            "left_out": {
                one.name: f"{one.needs}: {one.why}"
                for one in told.values()
                if one.needs and one.name not in self.tasks
            },
        }

    def rows(self) -> list[list[str]]:
        """Returns the table: a heading, a row for each task, and the means."""
        first = self.policies[0]
        rows = [["task", "n", *(Path(policy).name for policy in self.policies), "lift"]]
        for task, counts in self.tasks.items():
            rates = [percent(count.rate) for count in counts]
            rows.append([task, str(counts[0].n), *rates, _points(counts[0].rate - counts[-1].rate)])
        means = [percent(self.mean(policy)) for policy in self.policies]
        lift = _points(self.mean(first) - self.mean(CLICKER))
        rows.append(["mean of the tasks", "", *means, lift])
        solved = [str(self.solved(policy)) for policy in self.policies]
        rows.append([f"tasks from {GOOD:.0%} on", str(len(self.tasks)), *solved, ""])
        return rows

    def table(self) -> Table:
        """Draws it for a terminal."""
        heading, *rows = self.rows()
        table = Table(title="MiniWoB++: raw reward 1", title_justify="left")
        for place, name in enumerate(heading):
            table.add_column(name, justify="right" if place else "left", no_wrap=not place)
        for place, row in enumerate(rows):
            if place == len(rows) - 2:
                table.add_section()
            table.add_row(*row)
        return table

    def markdown(self) -> str:
        """Writes it as a table of a document."""
        heading, *rows = self.rows()
        lines = [heading, ["---", *["---:"] * (len(heading) - 1)], *rows]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _points(share: float) -> str:
    return f"{100 * share:+.1f}"
