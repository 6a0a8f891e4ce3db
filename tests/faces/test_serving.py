"""Ports of this machine: which can be had, and what is said of those that cannot."""

from __future__ import annotations

import pytest

from palaestra.errors import UsageError
from palaestra.faces.serving import listen


def test_a_port_that_is_taken_is_told():
    with listen(0) as door:
        assert door.getsockname()[0] == "127.0.0.1"
        with pytest.raises(UsageError, match="is taken"):
            listen(door.getsockname()[1])
    for port in (-1, 65_536):
        with pytest.raises(UsageError, match="0 to 65535"):
            listen(port)
