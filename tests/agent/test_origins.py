"""Origins: what is the same place and what is another one."""

from __future__ import annotations

import pytest

from palaestra.agent.origins import Origins, origin
from palaestra.errors import UsageError


@pytest.mark.parametrize(
    ("url", "its"),
    [
        ("http://a.example/x?y#z", "http://a.example"),
        ("HTTP://A.Example:80/", "http://a.example"),
        ("https://a.example:443", "https://a.example"),
        ("https://a.example:8443/", "https://a.example:8443"),
        ("http://user:pw@a.example/", "http://a.example"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("file:///tmp/a.html", "file://"),
        ("about:blank", ""),
        ("data:text/html,x", ""),
        ("http://a.example:x/", ""),
        ("", ""),
    ],
)
def test_origins_of_addresses(url: str, its: str):
    assert origin(url) == its


def test_the_start_is_allowed_and_nothing_else_with_an_origin():
    it = Origins.of("http://a.example/x", None)
    assert it.allows("http://a.example/y")
    assert it.allows("about:blank")
    for url in ("https://a.example/", "http://a.example:81/", "http://b.a.example/", "http:///"):
        assert not it.allows(url), url
    assert not it.allows("http://a.example@evil.example/")


def test_more_is_allowed_where_it_is_named():
    it = Origins.of("http://a.example/", ["https://b.example/deep/page"])
    assert it.allows("https://b.example/")
    assert Origins.of("http://a.example/", ["*"]).allows("https://anywhere.example/")


@pytest.mark.parametrize("wrong", ["b.example", "", "javascript:alert(1)"])
def test_what_is_no_origin(wrong: str):
    with pytest.raises(UsageError, match="no origin"):
        Origins.of("http://a.example/", [wrong])


@pytest.mark.parametrize(
    ("href", "where"),
    [
        ("/y", ""),
        ("?q", ""),
        ("#z", ""),
        ("//evil.example/", "http://evil.example"),
        (" https://evil.example/x ", "https://evil.example"),
        ("ftp://evil.example/", "ftp://evil.example/"),
    ],
)
def test_where_a_link_leaves_to(href: str, where: str):
    assert Origins.of("http://a.example/", None).leaving(href, "http://a.example/x/") == where
