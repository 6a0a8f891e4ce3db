"""The frame of a report: one file with its style in it, which needs nothing from anywhere else."""

from __future__ import annotations

from html import escape
from importlib.resources import files


def page(title: str, body: str) -> str:
    """Returns a whole HTML document.

    Args:
        title: Plain text.
        body: HTML, with everything in it escaped already.
    """
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>{body}</body></html>\n"
    )
