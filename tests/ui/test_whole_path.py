"""The whole job as a person does it: the sample, a highlight, a training, the pipeline tried, the window closed."""

import threading

import spacy
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QSpinBox, QTableView

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import TextState
from gadget_trainer.ui.text_view.view import TextView

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def own_threads():
    """Threads that Python started; those of Qt are counted as QThreads."""
    return {one for one in threading.enumerate() if not isinstance(one, threading._DummyThread)}


def type_over(window, field, words):
    window.qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    window.qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
    window.qtbot.keyClicks(field, words)


def test_from_the_sample_to_a_pipeline_that_finds_entities(open_, tmp_path):
    threads_before = own_threads()
    window = open_(None)
    qtbot = window.qtbot
    window.click("welcome:openSample")
    qtbot.waitUntil(window.view.isVisible)
    window.wait_for_tokens()
    window.key(Qt.Key.Key_Down, CONTROL | SHIFT)
    assert window.find(QLabel, "textState").text() == "To do"
    window.wait_for_tokens()
    word = next(one for one in window.view.text().split() if one.isalpha() and len(one) > 2)
    start = window.view.text().index(word)
    window.drag(start, start + len(word))
    assert window.spans() == [(start, start + len(word), "GADGET")]
    chosen = window.find(QTableView, "textTable").currentIndex().row()
    window.key(Qt.Key.Key_Return)
    assert window.find(QTableView, "textTable").currentIndex().row() == chosen + 1

    window.key("2", CONTROL)
    type_over(window, window.find(QLineEdit, "outputFolder"), str(tmp_path / "pipeline"))
    type_over(window, window.find(QSpinBox, "iterations"), "2")
    window.click("startTraining")
    iterations = window.find(QTableView, "iterationTable").model()
    qtbot.waitUntil(lambda: iterations.rowCount() == 2, timeout=120_000)
    status = window.find(QLabel, "trainingStatus")
    qtbot.waitUntil(lambda: f"is saved in {tmp_path / 'pipeline'}" in status.text(), timeout=120_000)
    nlp = spacy.load(tmp_path / "pipeline")
    assert [ent.text for ent in nlp("How to preorder the iPhone X").ents]

    window.key("3", CONTROL)
    words = window.find(QPlainTextEdit, "tryInput")
    qtbot.mouseClick(words.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(words, "How to preorder the iPhone X")
    assert window.find(QComboBox, "tryModel").currentText() == str(tmp_path / "pipeline")
    found = window.find(TextView, "tryView")
    qtbot.waitUntil(lambda: bool(found.spans()), timeout=30_000)
    assert [span.label for span in found.spans()] == ["GADGET"] * len(found.spans())

    window.main.close()
    assert not [thread for thread in window.main.findChildren(QThread) if thread.isRunning()]
    QApplication.processEvents()
    assert own_threads() <= threads_before
    project = Project.open(next(tmp_path.rglob("Gadgets sample.gadget")))
    edited = [one for one in project.read.texts() if any(span.start == start for span in one.spans)]
    assert [one.state for one in edited if one.text[start:].startswith(word)] == [TextState.DONE]
    project.close()
