"""The history of a project: what was done, what was undone, and the way to the text."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTableView

from gadget_trainer.ui.annotate.history import HistoryDock


def lines(window) -> list[str]:
    model = window.find(QTableView, "history").model()
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def test_it_grows_with_what_is_done_and_says_what_was_undone(window):
    window.trigger("showHistory")
    assert lines(window) == ["Imported a"]
    window.drag(7, 15)
    assert lines(window)[0] == "Labelled “preorder” GADGET"
    window.trigger("undo")
    assert lines(window)[0] == "Labelled “preorder” GADGET (undone)"
    window.trigger("redo")
    assert lines(window)[0] == "Labelled “preorder” GADGET"


def test_a_click_leads_to_the_text(window):
    window.trigger("toggleFlag")
    window.trigger("nextText")
    window.trigger("showTrain")
    window.trigger("showHistory")
    table = window.find(QTableView, "history")
    place = table.visualRect(table.model().index(0, 1)).center()
    window.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.view.text().startswith("How to preorder")
    assert window.find(QAction, "showAnnotate").isChecked()


def test_long_histories_are_read_a_page_at_a_time(window):
    for _ in range(230):
        window.trigger("toggleFlag")
    window.trigger("showHistory")
    model = window.find(QTableView, "history").model()
    assert model.rowCount() == 200
    assert len(lines(window)) == 231


def test_its_own_button_closes_it_and_another_project_begins_without(window, open_, path):
    window.trigger("showHistory")
    dock = window.find(HistoryDock, "historyDock")
    dock.close()
    assert not window.find(QAction, "showHistory").isChecked()
    window.trigger("showHistory")
    assert dock.isVisible()
    window.trigger("closeProject")
    window.qtbot.waitUntil(lambda: window.main.findChild(HistoryDock) is None)
