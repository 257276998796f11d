"""The Try workspace: a text, a pipeline, and what is said when one of them is missing."""

import pytest
import spacy
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPlainTextEdit

from gadget_trainer.ui.text_view.view import TextView


@pytest.fixture
def pipeline(tmp_path):
    """A pipeline that knows two gadgets by name."""
    nlp = spacy.blank("xx")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GADGET", "pattern": "Kindle"}, {"label": "BRAND", "pattern": "Nokia"}])
    nlp.to_disk(tmp_path / "rules")
    return tmp_path / "rules"


@pytest.fixture
def window(open_, path):
    window = open_(path)
    window.trigger("showTry")
    return window


def choose_pipeline(window, folder):
    line = window.find(QComboBox, "tryModel").lineEdit()
    window.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    line.selectAll()
    window.qtbot.keyClicks(line, str(folder))


def type_text(window, text):
    window.qtbot.keyClicks(window.find(QPlainTextEdit, "tryInput"), text)


def found(window):
    view = window.find(TextView, "tryView")
    return [(view.text()[span.start : span.end], span.label) for span in view.spans()]


def status(window):
    return window.find(QLabel, "tryStatus").text()


def test_entities_are_found_while_one_types_and_the_latest_text_is_answered(window, pipeline):
    assert status(window) == "Train a pipeline first, or choose the folder of one."
    choose_pipeline(window, pipeline)
    window.qtbot.waitUntil(lambda: status(window) == "Type or paste a text.")
    type_text(window, "My Kindle")
    window.qtbot.waitUntil(lambda: found(window) == [("Kindle", "GADGET")], timeout=20_000)
    assert status(window).startswith("1 entity found.")
    type_text(window, " or a Nokia")
    window.qtbot.waitUntil(lambda: found(window) == [("Kindle", "GADGET"), ("Nokia", "BRAND")], timeout=20_000)
    window.find(QPlainTextEdit, "tryInput").clear()
    window.qtbot.waitUntil(lambda: found(window) == [])
    window.qtbot.waitUntil(lambda: status(window) == "Type or paste a text.")


def test_entities_behind_an_emoji_stand_where_they_are(window, pipeline):
    choose_pipeline(window, pipeline)
    window.find(QPlainTextEdit, "tryInput").insertPlainText("😀😀 my Kindle")
    window.qtbot.waitUntil(lambda: found(window) == [("Kindle", "GADGET")], timeout=20_000)


def test_the_view_of_entities_cannot_be_annotated(window, pipeline):
    choose_pipeline(window, pipeline)
    type_text(window, "My Kindle works")
    window.qtbot.waitUntil(lambda: bool(found(window)), timeout=20_000)
    view = window.find(TextView, "tryView")
    with window.qtbot.assertNotEmitted(view.span_requested):
        window.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.span_rects(10, 11)[0].center())
    assert found(window) == [("Kindle", "GADGET")]


def test_a_folder_that_holds_no_pipeline_is_said(window, tmp_path):
    choose_pipeline(window, tmp_path)
    type_text(window, "My Kindle")
    window.qtbot.waitUntil(lambda: "holds no spaCy pipeline" in status(window), timeout=20_000)
    assert found(window) == []


def test_a_pipeline_without_entities_says_so(window, tmp_path):
    spacy.blank("xx").to_disk(tmp_path / "blank")
    choose_pipeline(window, tmp_path / "blank")
    type_text(window, "My Kindle")
    window.qtbot.waitUntil(lambda: status(window).startswith("No entity found."), timeout=20_000)
    assert status(window) == "No entity found. This pipeline has no entity recogniser."


def test_a_pipeline_is_chosen_by_its_folder(window, pipeline, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(pipeline))
    window.click("browse:tryModel")
    assert window.find(QComboBox, "tryModel").currentText() == str(pipeline)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    window.click("browse:tryModel")
    assert window.find(QComboBox, "tryModel").currentText() == str(pipeline)


def test_closing_the_window_while_entities_are_looked_for_leaves_nothing(window, pipeline):
    choose_pipeline(window, pipeline)
    window.find(QPlainTextEdit, "tryInput").insertPlainText("My Kindle works. " * 3000)
    window.qtbot.waitUntil(lambda: status(window) == "Looking for entities…", timeout=20_000)
    window.main.close()
    assert not [thread for thread in window.main.findChildren(QThread) if thread.isRunning()]
    QApplication.processEvents()
