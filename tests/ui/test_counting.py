"""The counts of many texts come when the window has been painted; those of few are there at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView

from gadget_trainer.corpus.queries import Queries
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.ui import counting
from gadget_trainer.ui.annotate.label_button import LabelButton


@pytest.fixture
def counted(monkeypatch, hold):
    """Each project is one of many texts, and they are counted when this is set."""
    monkeypatch.setattr(counting, "_AT_ONCE", 3)
    return hold(Queries, "counts")


def foot(window):
    return window.find(QLabel, "textCounts").text()


def wait_for_rows(window):
    model = window.find(QTableView, "textTable").model()
    window.qtbot.waitUntil(lambda: model.rowCount() == 4)


def test_the_window_does_not_wait_for_the_counts(open_, path, counted):
    window = open_(path)
    wait_for_rows(window)
    assert foot(window) == "Counting…"
    button = window.find(LabelButton, "label:GADGET")
    assert "…" in button._count()
    assert "spans" not in button.accessibleName()
    counted.set()
    window.qtbot.waitUntil(lambda: foot(window) == "1 of 4 done")
    assert button._count() == "1"
    assert "1 span," in button.accessibleName()


def test_what_is_edited_meanwhile_is_counted(open_, path, counted):
    window = open_(path)
    wait_for_rows(window)
    window.choose_text(1)
    window.wait_for_tokens()
    window.drag(4, 11)
    window.key(Qt.Key.Key_1)
    assert window.spans() == [(4, 11, "GADGET")]
    assert foot(window) == "Counting…"
    counted.set()
    window.qtbot.waitUntil(lambda: foot(window) == "1 of 4 done")
    assert window.find(LabelButton, "label:GADGET")._count() == "2"


def test_what_is_counted_anew_is_shown_as_before_until_then(open_, path, counted):
    window = open_(path)
    wait_for_rows(window)
    counted.set()
    window.qtbot.waitUntil(lambda: foot(window) == "1 of 4 done")
    counted.clear()
    session = window.main._open.session
    session.reread()
    assert foot(window) == "1 of 4 done"
    project = session.project
    project.imports.add_texts([AnnotatedText("A Nokia")], "b")
    session.reread()
    assert foot(window) == "1 of 4 done"
    counted.set()
    window.qtbot.waitUntil(lambda: foot(window) == "1 of 5 done")


def test_few_texts_are_counted_when_the_window_opens(open_, path):
    assert foot(open_(path)) == "1 of 4 done"
