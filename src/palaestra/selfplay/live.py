"""What a training looks like while it runs: a view in a terminal, a line per round elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from rich.console import Console, Group
from rich.live import Live as RichLive
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from palaestra.selfplay.config import Config
from palaestra.selfplay.run import Run

BARS = " ▁▂▃▄▅▆▇█"
WIDE = 40


class Live:
    """The view of one training; used as a context manager.

    Attributes:
        rounds: Metrics of all rounds so far, those before a resumption included.
    """

    def __init__(self, run: Run, config: Config, console: Console | None = None) -> None:
        self.run, self.config = run, config
        whole = run.state()["round"]
        self.rounds = [line for line in run.lines("metrics.jsonl") if line["round"] <= whole]
        self._console = console or Console()
        self._view = (
            RichLive(console=self._console, auto_refresh=False)
            if self._console.is_terminal
            else None
        )

    def __enter__(self) -> Live:
        self._console.print(
            f"Training in {', '.join(self.config.gyms)}; everything is kept in {self.run.path} "
            "(stop with ctrl-C, go on with --resume)"
        )
        if self._view:
            self._view.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        wrong: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._view:
            self._view.stop()

    def show(self, metrics: dict[str, Any]) -> None:
        """Shows the metrics of a round that has just ended, and where a gym was left out."""
        self.rounds.append(metrics)
        for broken in metrics["broken"]:
            self._console.print(f"Left out, a bug of the gym: {broken}", soft_wrap=True)
        if self._view:
            self._view.update(Panel(self._picture(), title="palaestra train"), refresh=True)
        else:
            self._console.print(self._line(metrics), soft_wrap=True)

    def _done(self, metrics: dict[str, Any]) -> float:
        if self.config.rounds:
            return float(min(1.0, (metrics["round"] + 1) / self.config.rounds))
        return float(min(1.0, metrics["elapsed_s"] / self.config.budget_s))

    def _left(self, metrics: dict[str, Any]) -> str:
        done = self._done(metrics)
        left = metrics["elapsed_s"] * (1 - done) / done
        return f"{left // 60:.0f}:{left % 60:02.0f} left"

    def _line(self, metrics: dict[str, Any]) -> str:
        wins = ", ".join(f"{gym} {rate:.0%}" for gym, rate in metrics["practice_success"].items())
        return (
            f"round {metrics['round']:>3}  {self._done(metrics):4.0%}  {self._left(metrics)}  "
            f"loss {metrics['loss']:.3f}  {metrics['decisions_per_s']:.0f} decisions/s  "
            f"practice {wins or '(only imitating yet)'}"
        )

    def _picture(self) -> Group:
        last = self.rounds[-1]
        table = Table.grid(padding=(0, 2))
        for gym in self.config.gyms:
            series = [
                r["practice_success"][gym] for r in self.rounds if gym in r["practice_success"]
            ]
            now = f"{series[-1]:.1%}" if series else "only imitating yet"
            table.add_row(f"practice in {gym}", _sparkline(series, 1.0), now)
        losses = [r["loss"] for r in self.rounds]
        table.add_row(
            "loss of a decision", _sparkline(losses, max(losses[-WIDE:])), f"{losses[-1]:.3f}"
        )
        kinds = "  ".join(f"{kind} {share:.0%}" for kind, share in last["goal_kinds"].items())
        table.add_row("goals proposed", f"{last['proposals']}", kinds)
        series = [r["diversity"]["topics"] for r in self.rounds]
        difficulty = "".join(f"{n} {share:.0%}  " for n, share in last["difficulty"].items())
        table.add_row("how evenly", _sparkline(series, 1.0), f"{series[-1]:.0%}  {difficulty}")
        table.add_row(
            "learning", f"{last['decisions_per_s']:.0f} decisions/s", f"round {last['round']}"
        )
        bar = Table.grid(padding=(0, 2))
        bar.add_row(
            ProgressBar(total=1.0, completed=self._done(last), width=WIDE), self._left(last)
        )
        return Group(bar, Text(), table)


def _sparkline(series: list[float], most: float) -> str:
    shown = series[-WIDE:]
    return "".join(
        BARS[round((len(BARS) - 1) * min(1.0, value / (most or 1.0)))] for value in shown
    )
