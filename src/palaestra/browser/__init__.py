"""The same Observation and Action over a live page in Chromium, ours or anybody's.

`Chromium` is one browser process, `Tab` a page in it, `View` what one look gives. The room speaks
the DevTools protocol itself, because Playwright's calls cannot be sent together; Playwright is only
attached for whoever asks for `Tab.page`.
"""

from palaestra.browser.chromium import Chromium
from palaestra.browser.finding import find_chromium
from palaestra.browser.tab import Tab
from palaestra.browser.view import Box, View

__all__ = ["Box", "Chromium", "Tab", "View", "find_chromium"]
