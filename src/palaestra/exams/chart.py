"""Line charts as inline SVG: a few series over one axis, readable in light and in dark.

Colours come from the page's style sheet (classes `line-1` to `line-6`), so a chart follows the
reader's theme. It draws; it does not decide what is worth drawing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 440, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 10, 26
COLOURS = 6
MOST_POINTS = 400
TICKS = 4


@dataclass(frozen=True)
class Series:
    """One line.

    Attributes:
        name: What the legend calls it.
        points: (x, y), x ascending, all finite.
    """

    name: str
    points: tuple[tuple[float, float], ...]


def chart(title: str, series: Sequence[Series], *, x_label: str, share: bool = False) -> str:
    """Draws a figure with its legend.

    Args:
        title: Caption above it.
        series: Lines; those without points are left out.
        x_label: What x is.
        share: Whether y is a share, told in percent.
    """
    drawn = [Series(s.name, _thinned(s.points)) for s in series if s.points]
    if not drawn:
        return ""
    xs = [x for s in drawn for x, _ in s.points]
    ys = [y for s in drawn for _, y in s.points]
    x_ticks = _ticks(min(xs), max(xs))
    whole = share and max(ys) > 0.5
    y_ticks = [0.0, 0.25, 0.5, 0.75, 1.0] if whole else _ticks(min(0.0, *ys), max(ys))
    x0, x1 = min(xs), max(max(xs), min(xs) + 1e-9)
    y0, y1 = min(y_ticks[0], *ys), max(y_ticks[-1], *ys)

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - x0) / (x1 - x0)
        up = (y - y0) / (y1 - y0)
        return (
            LEFT + across * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM),
        )

    parts = []
    for y in y_ticks:
        _, down = place(x0, y)
        label = f"{y:.0%}" if share else _number(y)
        parts.append(f'<path class="grid" d="M{LEFT} {down:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{down + 4:.1f}" class="y">{label}</text>')
    for x in x_ticks:
        if x0 <= x <= x1:
            across, _ = place(x, y0)
            low = HEIGHT - BOTTOM + 16
            parts.append(f'<text x="{across:.1f}" y="{low}" class="x">{_number(x)}</text>')
    for number, one in enumerate(drawn):
        colour = f"line-{number % COLOURS + 1}"
        spots = [place(x, y) for x, y in one.points]
        path = "L".join(f"{across:.1f} {down:.1f}" for across, down in spots)
        parts.append(f'<path class="line {colour}" d="M{path}"/>')
        across, down = spots[-1]
        parts.append(f'<circle class="dot {colour}" cx="{across:.1f}" cy="{down:.1f}" r="2.6"/>')
    said = escape(
        f"{title}: " + ", ".join(f"{s.name} ends at {_number(s.points[-1][1])}" for s in drawn)
    )
    return (
        f'<figure class="chart"><figcaption>{escape(title)} '
        f"<small>over {escape(x_label)}</small></figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{said}">{"".join(parts)}'
        f"</svg>{_legend(drawn, share=share)}</figure>"
    )


def _legend(drawn: Sequence[Series], *, share: bool) -> str:
    entries = []
    for number, one in enumerate(drawn):
        last = one.points[-1][1]
        value = f"{last:.1%}" if share else _number(last)
        swatch = f'<i class="swatch line-{number % COLOURS + 1}"></i>'
        entries.append(f"<li>{swatch}{escape(one.name)} <b>{value}</b></li>")
    return f'<ul class="legend">{"".join(entries)}</ul>'


def _thinned(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Leaves out points that no reader could tell apart; the last one stays."""
    stride = math.ceil(len(points) / MOST_POINTS)
    return points if stride == 1 else (*points[:-1:stride], points[-1])


def _ticks(low: float, high: float) -> list[float]:
    """Returns round numbers that enclose a range."""
    if high <= low:
        high = low + 1.0
    rough = (high - low) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step), math.ceil(high / step - 1e-9)
    return [i * step for i in range(first, last + 1)]


def _number(value: float) -> str:
    """Writes a number shortly: 12,300 is "12.3k"."""
    size = abs(value)
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if size >= limit:
            return f"{value / limit:.3g}{unit}"
    return f"{value:.3g}"
