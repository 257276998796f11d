"""A label found by a few letters, by key alone."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListWidget
from window_corpus import begin_project

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.annotate.label_finder import LabelFinder
from gadget_trainer.ui.annotate.shelf import Shelf

Key = Qt.Key


@pytest.fixture(scope="module")
def many_labels(tmp_path_factory):
    made = tmp_path_factory.mktemp("labels") / "labels.gadget"
    project = begin_project(made)
    for number in range(150):
        project.labels.add(f"THING_{number}")
    for name in ("GADGET", "OLD_GADGET", "BUDGET"):
        project.labels.add(name)
    project.imports.add_texts([AnnotatedText("The iPhone X is here", (Span(4, 12, "THING_0"),))], "a")
    project.close()
    return made


@pytest.fixture
def path(many_labels, tmp_path):
    return Path(shutil.copy(many_labels, tmp_path))


@pytest.fixture
def finder(window) -> LabelFinder:
    window.view.setFocus()
    window.key(Key.Key_Tab)
    window.key(Key.Key_L)
    found = window.find(LabelFinder, "labelFinder")
    window.qtbot.waitUntil(found.isVisible)
    return found


def type_(window, finder, words: str) -> list[str]:
    window.qtbot.keyClicks(finder.findChild(QLineEdit), words)
    shown = finder.findChild(QListWidget)
    return [shown.item(row).text() for row in range(shown.count())]


def test_the_best_match_comes_first_and_enter_gives_it_to_the_span(window, finder):
    assert type_(window, finder, "gad") == ["GADGET", "OLD_GADGET"]
    window.qtbot.keyClick(finder.findChild(QLineEdit), Key.Key_Return)
    assert window.spans() == [(4, 12, "GADGET")]
    assert not finder.isVisible()


def test_arrows_choose_and_letters_may_be_left_out(window, finder):
    assert type_(window, finder, "dget") == ["GADGET", "OLD_GADGET", "BUDGET"]
    assert type_(window, finder, "") == ["GADGET", "OLD_GADGET", "BUDGET"]
    field = finder.findChild(QLineEdit)
    field.clear()
    assert type_(window, finder, "odt") == ["OLD_GADGET"]
    field.clear()
    type_(window, finder, "dget")
    window.qtbot.keyClick(field, Key.Key_Down)
    window.qtbot.keyClick(field, Key.Key_Down)
    window.qtbot.keyClick(field, Key.Key_Return)
    assert window.spans() == [(4, 12, "BUDGET")]


def test_escape_changes_nothing(window, finder):
    type_(window, finder, "gad")
    window.qtbot.keyClick(finder.findChild(QLineEdit), Key.Key_Escape)
    assert not finder.isVisible()
    assert window.spans() == [(4, 12, "THING_0")]


def test_a_label_that_is_chosen_is_seen_among_hundreds(window, finder):
    shelf = window.find(Shelf, "labelShelf")
    button = window.find(QAbstractButton, "label:BUDGET")
    assert button.visibleRegion().isEmpty()
    type_(window, finder, "bud")
    window.qtbot.keyClick(finder.findChild(QLineEdit), Key.Key_Return)
    assert button.isChecked()
    assert not button.visibleRegion().isEmpty()
    assert shelf.height() < 200
    buttons = window.find(LabelBar, "labelBar").findChildren(QAbstractButton)
    window.trigger("moveLabelLeft")
    assert window.find(LabelBar, "labelBar").findChildren(QAbstractButton) == buttons
