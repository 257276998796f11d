"""What can stand at the right of the window: docks that actions show and hide."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from gadget_trainer.ui.actions import Actions

if TYPE_CHECKING:  # start-up need not wait for them
    from gadget_trainer.ui.annotate.guidelines import GuidelinesDock
    from gadget_trainer.ui.annotate.history import HistoryDock


def add_docks(window: QMainWindow, docks: "Mapping[str, HistoryDock | GuidelinesDock]", actions: Actions) -> None:
    """Give the window its docks, hidden, each with the action of that name."""
    for name, dock in docks.items():
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.hide()
        actions[name].setChecked(False)
        actions[name].toggled.connect(dock.setVisible)
        dock.shown_changed.connect(actions[name].setChecked)


def remove_docks(window: QMainWindow, docks: "Mapping[str, HistoryDock | GuidelinesDock]") -> None:
    """Take them away."""
    for dock in docks.values():
        window.removeDockWidget(dock)
        dock.deleteLater()
