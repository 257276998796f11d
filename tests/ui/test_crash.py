"""A bug shows its details, once, and the window goes on."""

import sys
import threading

import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPlainTextEdit

from gadget_trainer.errors import UserError
from gadget_trainer.ui.crash_dialog import CrashDialog


class Faulty(QObject):
    @Slot()
    def fail(self):
        raise ZeroDivisionError("a fault of the test's")

    @Slot()
    def refuse(self):
        raise UserError("The disk is full. Make room.")


@pytest.fixture
def window(open_):
    window = open_(None)
    yield window
    for dialog in window.main.findChildren(QDialog, "crashDialog"):
        dialog.setParent(None)
        dialog.deleteLater()


def dialogs(window):
    return [one for one in window.main.findChildren(QDialog, "crashDialog") if one.isVisible()]


def details(window):
    return dialogs(window)[0].findChild(QPlainTextEdit, "crashDetails").toPlainText()


def fail_in_a_slot(window, parent):
    faulty = Faulty(parent)
    QTimer.singleShot(0, faulty.fail)
    return faulty


def test_an_exception_in_a_slot_is_shown_with_its_details(window, capsys):
    fail_in_a_slot(window, window.main)
    window.qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "ZeroDivisionError: a fault of the test's" in details(window)
    assert "in fail" in details(window)
    assert "Python 3." in details(window)
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_second_exception_does_not_stack_and_later_ones_are_shown_again(window, capsys):
    sys.excepthook(ValueError, ValueError("the first"), None)
    sys.excepthook(ValueError, ValueError("the second"), None)
    window.qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    window.qtbot.waitUntil(lambda: "the second" in capsys.readouterr().err)
    assert len(dialogs(window)) == 1
    assert "the first" in details(window)
    dialogs(window)[0].reject()
    assert dialogs(window) == []
    window.activate()
    sys.excepthook(ValueError, ValueError("the third"), None)
    window.qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "the third" in details(window)


def test_an_exception_from_another_thread_is_shown_by_the_windows(window, capsys):
    thread = threading.Thread(target=lambda: sys.excepthook(ValueError, ValueError("from afar"), None))
    thread.start()
    thread.join()
    window.qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "from afar" in details(window)


def test_the_details_can_be_copied(window, capsys):
    sys.excepthook(ValueError, ValueError("to be copied"), None)
    window.qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    box = dialogs(window)[0].findChild(QDialogButtonBox)
    next(button for button in box.buttons() if button.text() == "Copy the details").click()
    assert "to be copied" in QApplication.clipboard().text()


def test_what_a_person_can_mend_is_a_sentence_and_no_fault(window):
    faulty = Faulty(window.main)
    QTimer.singleShot(0, faulty.refuse)
    window.qtbot.waitUntil(lambda: window.notice() == "The disk is full. Make room.")
    assert dialogs(window) == []


def test_a_dialog_that_is_closed_is_gone(window, capsys):
    sys.excepthook(ValueError, ValueError("shown once"), None)
    window.qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialogs(window)[0].reject()
    window.qtbot.waitUntil(lambda: window.main.findChild(QDialog, "crashDialog") is None)


def test_a_report_that_cannot_be_shown_is_written_once(window, capsys, monkeypatch):
    def fail(*_arguments):
        raise RuntimeError("no dialog today")

    reports, written = [], []
    window.main._crashes.reported.connect(reports.append)
    monkeypatch.setattr(CrashDialog, "__init__", fail)
    sys.excepthook(ValueError, ValueError("not shown"), None)

    def is_written():
        written.append(capsys.readouterr().err)
        return "no dialog today" in "".join(written)

    window.qtbot.waitUntil(is_written)
    QApplication.processEvents()
    QApplication.processEvents()
    assert len(reports) == 1
    assert "not shown" in "".join(written)
    assert dialogs(window) == []
    monkeypatch.undo()
    sys.excepthook(ValueError, ValueError("shown again"), None)
    window.qtbot.waitUntil(lambda: len(dialogs(window)) == 1)


def test_ctrl_c_is_no_bug(window, monkeypatch):
    passed_on = []
    before = sys.excepthook
    window.main._crashes._previous = lambda *error: passed_on.append(error[0])
    before(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert passed_on == [KeyboardInterrupt]
    assert dialogs(window) == []


def test_a_closed_window_takes_no_more_exceptions(window):
    assert sys.excepthook == window.main._crashes._report
    window.main.close()
    assert sys.excepthook != window.main._crashes._report
