"""The guidelines stand beside the text, are edited there, and belong to the project."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QTextBrowser

from gadget_trainer.corpus.project import Project
from gadget_trainer.errors import UserError
from gadget_trainer.ui.annotate.guidelines import GuidelinesDock


def page(window) -> str:
    return window.find(QTextBrowser, "guidelinesPage").toPlainText()


def write(window, words: str) -> None:
    window.click("editGuidelines")
    field = window.find(QPlainTextEdit, "guidelinesSource")
    for number, line in enumerate(words.split("\n")):
        if number:
            window.qtbot.keyClick(field, Qt.Key.Key_Return)
        window.qtbot.keyClicks(field, line)


def test_they_are_written_in_markdown_and_shown(window, path, open_):
    assert not window.find(GuidelinesDock, "guidelinesDock").isVisible()
    window.trigger("showGuidelines")
    assert page(window).startswith("There are no guidelines yet.")
    write(window, "# Gadgets\n\nWhat one **holds** <b>.")
    window.click("editGuidelines")
    assert page(window).splitlines()[:2] == ["Gadgets", "What one holds <b>."]
    window.click("editGuidelines")
    assert window.find(QPlainTextEdit, "guidelinesSource").toPlainText().startswith("# Gadgets\n\nWhat one **holds**")
    window.main.close()
    again = open_(path)
    again.trigger("showGuidelines")
    assert page(again).startswith("Gadgets")


def test_a_change_is_one_step_that_can_be_undone(window):
    window.trigger("showGuidelines")
    write(window, "no brands")
    window.click("editGuidelines")
    window.click("editGuidelines")
    window.trigger("undo")
    assert window.main.statusBar().currentMessage() == "Undid: Changed the guidelines"
    assert window.find(QPlainTextEdit, "guidelinesSource").toPlainText() == ""
    window.click("editGuidelines")
    assert page(window).startswith("There are no guidelines yet.")
    window.trigger("redo")
    assert page(window).startswith("no brands")


def test_what_is_being_written_stays_when_something_else_is_undone(window):
    window.trigger("toggleFlag")
    window.trigger("showGuidelines")
    write(window, "no brands")
    window.trigger("undo")
    assert window.find(QPlainTextEdit, "guidelinesSource").toPlainText() == "no brands"
    window.click("editGuidelines")
    assert page(window).startswith("no brands")


def test_what_cannot_be_kept_stays_in_the_field(window, monkeypatch):
    window.trigger("showGuidelines")
    write(window, "no brands")

    def full(_words):
        raise UserError("The disk is full.")

    guidelines = window.main._open.session.project.guidelines
    with monkeypatch.context() as patch:
        patch.setattr(guidelines, "write", full)
        window.click("editGuidelines")
    assert window.notice() == "The disk is full."
    assert window.find(QPlainTextEdit, "guidelinesSource").isVisible()
    window.click("editGuidelines")
    assert page(window).startswith("no brands")


def test_what_is_being_written_is_kept_when_the_window_closes(window, path):
    window.trigger("showGuidelines")
    write(window, "no brands")
    window.main.close()
    project = Project.open(path)
    assert project.guidelines.text() == "no brands"
    project.close()


def test_labels_stand_below_with_what_they_mean(path, open_):
    project = Project.open(path)
    (label,) = project.read.labels()
    project.labels.change(replace(label, description="A thing <to> hold & buy", examples=("iPhone X", "Kindle")))
    project.close()
    window = open_(path)
    window.trigger("showGuidelines")
    assert page(window).splitlines()[-3:] == ["GADGET", "A thing <to> hold & buy", "“iPhone X”, “Kindle”"]
    window.trigger("undo")
    assert page(window).splitlines()[-1] == "GADGET"


def test_the_action_and_its_own_button_agree(window):
    window.trigger("showGuidelines")
    assert window.find(QPushButton, "editGuidelines").isVisible()
    window.find(GuidelinesDock, "guidelinesDock").close()
    assert not window.find(QAction, "showGuidelines").isChecked()


def test_what_the_active_label_means_stands_above(path, open_):
    project = Project.open(path)
    (gadget,) = project.read.labels()
    project.labels.change(replace(gadget, description="A thing <to> hold", examples=("Kindle",)))
    project.labels.add("BRAND")
    project.close()
    window = open_(path)
    window.trigger("showGuidelines")
    shown = window.find(QLabel, "guidelineOfLabel")
    assert shown.text() == "<b>GADGET</b><br>A thing &lt;to&gt; hold<br><i>“Kindle”</i>"
    window.click("label:BRAND")
    assert shown.text() == "<b>BRAND</b><br>It has no guideline yet. Write one with F2."
    window.view.setFocus()
    window.key(Qt.Key.Key_1)
    assert shown.text().startswith("<b>GADGET</b>")
