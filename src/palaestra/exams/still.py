"""A screen as the page face draws it, standing still inside another page.

It is the same HTML and the same style sheet that a person uses an application with, put behind a
shadow root (so that neither page's style reaches the other's) and made inert. It needs no script.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib.resources import files

from palaestra.faces.page import html
from palaestra.kit.skin import Skin
from palaestra.types import Action, Node

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SCALE = 0.7
STANDING = f"""
:host {{ display: block; overflow: hidden; }}
#app {{ min-height: 0; zoom: {SCALE}; }}
#app [role="dialog"] {{ margin-top: 24px; margin-bottom: 24px; }}
#app > section, nav {{ position: static; }}
[role="listbox"] {{ max-height: none; }}
"""
MARKED = "outline: 3px solid #f3a712 !important; box-shadow: 0 0 0 7px #f3a71255 !important"


def still(screen: Node, skin: Skin, language: str, action: Action | None = None) -> str:
    """Draws a screen.

    Args:
        screen: What it shows.
        skin: How it looks.
        language: What it speaks.
        action: What is done there; its element is marked, and shows what is put into it.
    """
    mark = ""
    if action and action.ref:
        screen = _with(screen, action)
        mark = f"[data-ref={_quoted(action.ref)}] {{ {MARKED} }}"
    drawn = html.draw(screen, skin, language)
    return (
        f'<div class="still" inert role="img" aria-label="{escape(screen.name)}">'
        f'<template shadowrootmode="open"><style>{_style()}{mark}</style>{drawn}</template></div>'
    )


@cache
def _style() -> str:
    sheet = files("palaestra.faces.page").joinpath("static", "page.css")
    text = COMMENT.sub("", sheet.read_text(encoding="utf-8")).replace(":root", ":host")
    return text + STANDING


def _with(node: Node, action: Action) -> Node:
    """Puts into an element what an action puts there."""
    children = tuple(_with(child, action) for child in node.children)
    if node.ref != action.ref or action.op not in ("fill", "select"):
        return node._replace(children=children)
    options = tuple(_chosen(option, option.name == action.text) for option in children)
    return node._replace(value=action.text, children=options)


def _chosen(option: Node, chosen: bool) -> Node:
    rest = {state for state in option.states if state != "selected"}
    return option._replace(states=tuple(sorted(rest | {"selected"} if chosen else rest)))


def _quoted(ref: str) -> str:
    """Writes a text for a style sheet, so that nothing in it can end the text or the sheet."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in ref) + '"'
