"""One HTML element as text: the only place where text becomes HTML, and so is escaped."""

from __future__ import annotations

from html import escape

VOID = frozenset(("input",))


class Html(str):
    """Text that is HTML already and must not be escaped again."""

    __slots__ = ()


def element(tag: str, *inside: str, **attributes: str | bool) -> Html:
    """Writes an element.

    Args:
        tag: Its name.
        inside: What is in it; `Html` as it is, any other text escaped.
        attributes: By name, with `_` for `-` and one `_` at the end dropped (`class_`, `for_`).
            True stands alone; False and "" are left out, except that `value` may be empty.
    """
    written = [tag]
    for name, value in attributes.items():
        name = name.removesuffix("_").replace("_", "-")
        if value is True:
            written.append(name)
        elif value or (name == "value" and value is not False):
            written.append(f'{name}="{escape(str(value))}"')
    opened = f"<{' '.join(written)}>"
    return Html(opened if tag in VOID else f"{opened}{join(*inside)}</{tag}>")


def join(*parts: str) -> Html:
    """Puts parts one after the other, escaping those that are plain text."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))
