"""Where an agent may be: the origins (scheme, host and port) that it was given.

Pages without an origin of their own (about:blank, data:, blob:) belong to whoever opened them and
are never left by looking at them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from palaestra.errors import UsageError

PORTS = {"http": 80, "https": 443}
OWNERLESS = frozenset(("", "about", "blob", "data", "javascript"))
EVERYWHERE = "*"


def origin(url: str) -> str:
    """Returns the origin of a URL, as "https://example.com:8443"; "" where it has none.

    The port that a scheme has anyway is left out. Files of this machine are one origin.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme == "file":
        return "file://"
    if scheme not in PORTS or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{scheme}://{host}" + (f":{port}" if port not in (None, PORTS[scheme]) else "")


@dataclass(frozen=True)
class Origins:
    """A set of origins.

    Attributes:
        allowed: The origins; "*" alone allows all.
    """

    allowed: tuple[str, ...]

    @classmethod
    def of(cls, start: str, more: Iterable[str] | None) -> Origins:
        """Returns what is allowed: where the agent starts, and what it was given besides.

        Args:
            start: URL of the first page.
            more: Origins or URLs; None for none, ("*",) for everywhere.

        Raises:
            UsageError: If one of them is no URL with an origin.
        """
        if isinstance(more, str):
            more = (more,)
        given = tuple(more or ())
        if EVERYWHERE in given:
            return cls((EVERYWHERE,))
        wrong = next((url for url in given if not origin(url)), None)
        if wrong is not None:
            raise UsageError(
                f"{wrong[:80]!r} is no origin; write it as https://example.com, or * for everywhere"
            )
        named = (origin(url) for url in (start, *given))
        return cls(tuple(dict.fromkeys(filter(None, named))))

    def allows(self, url: str) -> bool:
        """Says whether a page may be shown."""
        if EVERYWHERE in self.allowed:
            return True
        scheme = url.partition(":")[0].lower() if ":" in url else ""
        return scheme in OWNERLESS or origin(url) in self.allowed

    def leaving(self, href: str, url: str) -> str:
        """Returns the origin that a link on a page leads to, where it is not allowed; "" else."""
        target = urljoin(url, href.strip())
        if self.allows(target):
            return ""
        return origin(target) or target[:80]
