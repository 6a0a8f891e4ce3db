"""The tools face: every action and query of an application as typed functions.

A call ends in the same `Session.run` as a click, so that the same work leaves the same records
whichever face it came through (`palaestra.testing.tool_parity` proves it).

    from palaestra.faces.tools import Toolbox
    Toolbox(app, start).call("get_bill", {"key": "BILL-0001"})

`mcp_server` and `http` serve a Toolbox to programs on this machine.
"""

from palaestra.faces.tools.catalog import Tool, catalog
from palaestra.faces.tools.toolbox import Reply, Toolbox

__all__ = ["Reply", "Tool", "Toolbox", "catalog"]
