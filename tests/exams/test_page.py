from __future__ import annotations

import re

from palaestra.exams.page import page


def test_a_page_needs_nothing_from_anywhere():
    whole = page("A & <b>", "<p>body</p>")
    assert "<title>A &amp; &lt;b&gt;</title>" in whole
    assert "<p>body</p>" in whole
    assert "default-src 'none'" in whole
    assert not re.search(r"https?:|src=|href=|@import|url\(", whole)
