"""The page face: a Session as a web page with real controls, for people and for Chromium.

The browser draws and reports; every state is the Session's. What is clicked and typed comes back as
the same Actions that agents take, so the page and the tree cannot drift apart
(`palaestra.testing.parity` proves it in Chromium).

Nothing here knows any one application, and nothing but this machine can reach it. Only `serving`
needs a web framework; a screen is drawn (`html`) without one.
"""

from palaestra.faces.page.visit import Visit, Visits

__all__ = ["Visit", "Visits"]
