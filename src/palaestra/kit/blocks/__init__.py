"""Building blocks for screens of an application's own (`App.add`).

A block is told which records it shows and how; it keeps nothing itself, so one block serves any
number of Sessions. Where none fits, a gym writes a screen of its own (`palaestra.kit.screens`).
"""

from palaestra.kit.blocks.board import Board
from palaestra.kit.blocks.calendar import Calendar
from palaestra.kit.blocks.report import Report
from palaestra.kit.blocks.viewer import Viewer
from palaestra.kit.blocks.wizard import Wizard

__all__ = ["Board", "Calendar", "Report", "Viewer", "Wizard"]
