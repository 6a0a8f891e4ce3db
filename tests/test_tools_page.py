"""The page about the tools: its code runs as it stands there."""

from __future__ import annotations

from typing import Any

from tests.test_docs import FENCE, ROOT


def test_the_code_of_the_page_runs():
    page = (ROOT / "docs" / "tools.md").read_text(encoding="utf-8")
    blocks = [body for language, body in FENCE.findall(page) if language.strip() == "python"]
    names: dict[str, Any] = {}
    exec("\n".join(blocks), names)
    assert len(blocks) == 2
    assert names["bill"]["actions"] == ["submit_bill"]
