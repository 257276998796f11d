"""An import from the first look to the receipt, in the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QTreeView

from gadget_trainer.ui.importing.page import ImportPage
from gadget_trainer.ui.importing.receipt_page import ReceiptPage


def texts(window):
    return window.find(QTableView, "textTable").model().rowCount()


def preview(window, path):
    window.main.preview_paths([path])
    window.qtbot.waitUntil(window.find(QPushButton, "confirmImport").isEnabled, timeout=20_000)


def wait_until_gone(window, kind):
    window.qtbot.waitUntil(lambda: window.main.findChild(kind) is None)


def test_from_the_preview_to_the_receipt_and_into_the_texts(window, tmp_path):
    (tmp_path / "a.txt").write_text("A Kindle\n\nA Pixel\n", encoding="utf-8")
    preview(window, tmp_path / "a.txt")
    assert not window.find(QAction, "markDone").isEnabled()
    window.key(Qt.Key.Key_Escape)
    wait_until_gone(window, ImportPage)
    assert window.view.isVisible()
    assert texts(window) == 4

    preview(window, tmp_path / "a.txt")
    window.trigger("showTrain")
    assert window.notice() == "The import of a.txt is still waiting for you."
    window.click("notice:Go_on")
    window.key(Qt.Key.Key_Return)
    window.qtbot.waitUntil(lambda: "Read 2 texts" in window.notice(), timeout=20_000)
    wait_until_gone(window, ImportPage)

    window.click("notice:Details")
    tree = window.find(QTreeView, "receiptRows")
    window.qtbot.waitUntil(window.find(QPushButton, "showReceiptTexts").isVisible)
    assert tree.hasFocus()
    window.key(Qt.Key.Key_Return)
    assert window.view.text() == "A Kindle"
    assert texts(window) == 2

    window.trigger("showReceipt")
    window.key(Qt.Key.Key_Escape)
    wait_until_gone(window, ReceiptPage)
    window.trigger("undo")
    window.main.create_project(tmp_path / "other.gadget")
    assert not window.find(QAction, "showReceipt").isEnabled()


def test_closing_the_window_ends_a_look_under_way(window, tmp_path):
    (tmp_path / "long.txt").write_text("a line\n" * 300_000, encoding="utf-8")
    window.main.preview_paths([tmp_path / "long.txt"])
    window.qtbot.waitUntil(lambda: "so far" in window.find(QLabel, "importSaid").text(), timeout=20_000)
    window.main.close()
    assert not window.main.isVisible()
