"""The window around the workspaces: welcome, projects, appearance, names."""

import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QSpinBox,
    QTableView,
    QToolTip,
    QWidget,
)

from gadget_trainer.corpus.project import Project
from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.session import Session
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import is_dark
from gadget_trainer.ui.train.loss_chart import LossChart
from gadget_trainer.ui.welcome import WelcomePage

# labelAllMatches of design.md's list belongs to a later issue.
ACTIONS = [
    "showAnnotate",
    "showTrain",
    "showTry",
    "undo",
    "redo",
    "markDone",
    "markSkipped",
    "toggleFlag",
    "nextText",
    "previousText",
    "deleteSpan",
    "importFiles",
    "exportFile",
    "newProject",
    "openProject",
]
WIDGETS = {
    "textTable": QTableView,
    "findField": QLineEdit,
    "statusFilter": QComboBox,
    "textView": TextView,
    "labelBar": QWidget,
    "label:GADGET": QAbstractButton,
    "baseModel": QComboBox,
    "language": QComboBox,
    "iterations": QSpinBox,
    "batchSize": QSpinBox,
    "dropout": QDoubleSpinBox,
    "heldOutShare": QSpinBox,
    "seed": QSpinBox,
    "outputFolder": QLineEdit,
    "startTraining": QPushButton,
    "pauseTraining": QPushButton,
    "stopTraining": QPushButton,
    "lossChart": LossChart,
    "iterationTable": QTableView,
    "labelTable": QTableView,
    "verdict": QLabel,
    "trainingProgress": QProgressBar,
    "mistakes": QTableView,
    "tryInput": QPlainTextEdit,
    "tryModel": QComboBox,
    "tryView": TextView,
}
FOR_HANDS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QAbstractScrollArea)


@pytest.fixture
def window(open_, path):
    return open_(path)


def welcome(window):
    return window.main.findChild(WelcomePage)


def test_a_start_without_a_project_shows_where_to_begin(open_):
    window = open_(None)
    assert welcome(window).isVisible()
    for name in ("openSample", "newProject", "openProject", "importFiles"):
        assert window.find(QPushButton, f"welcome:{name}").isVisible()
    for name in ("undo", "exportFile", "closeProject", "markDone", "showTrain", "addLabel"):
        assert not window.find(QAction, name).isEnabled()


def test_a_new_project_is_begun_and_is_a_recent_one_afterwards(open_, tmp_path, monkeypatch):
    window = open_(None)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(tmp_path / "mine"), ""))
    window.click("welcome:newProject")
    assert window.main.windowTitle() == "mine – Gadget Trainer"
    assert (tmp_path / "mine.gadget").exists()
    assert not welcome(window).isVisible()
    window.trigger("closeProject")
    assert welcome(window).isVisible()
    window.click("recent:mine.gadget")
    assert window.main.windowTitle() == "mine – Gadget Trainer"
    window.main.close()

    (tmp_path / "mine.gadget").unlink()
    again = open_(None)
    assert again.main.findChild(QPushButton, "recent:mine.gadget") is None, "a project that is gone is not offered"


def test_a_project_is_not_written_over(open_, path, monkeypatch):
    window = open_(None)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(path), ""))
    before = path.read_bytes()
    window.click("welcome:newProject")
    assert "exists already" in window.notice()
    assert path.read_bytes() == before


def test_the_sample_is_announced_once(open_, monkeypatch):
    """Rebuilding every part a second time would double the wait."""
    monkeypatch.setattr(Session, "reread", lambda _session: pytest.fail("once more"))
    window = open_(None)
    window.click("welcome:openSample")
    counts = window.main._open.session.project.read.counts()
    assert window.main._open.session.counts() == counts
    assert window.find(QTableView, "textTable").model().rowCount() == counts.texts
    labels = window.find(LabelBar, "labelBar").labels()
    assert labels == window.main._open.session.project.read.labels()


def test_the_sample_opened_twice_is_two_projects(open_):
    window = open_(None)
    window.click("welcome:openSample")
    assert window.find(QTableView, "textTable").model().rowCount() >= 240
    assert int(window.find(QLabel, "textCounts").text().split()[0]) >= 160
    window.trigger("closeProject")
    window.click("welcome:openSample")
    assert window.main.windowTitle() == "Gadgets sample 2 – Gadget Trainer"


def wrong_files(folder, good):
    """Files that are no project, each in another way."""
    folder.mkdir()
    (folder / "text.gadget").write_text("This is no project. " * 100)
    (folder / "folder.gadget").mkdir()
    (folder / "half.gadget").write_bytes(good.read_bytes()[:2000])
    connection = sqlite3.connect(folder / "other.gadget")
    connection.execute("CREATE TABLE something (id)")
    connection.commit()
    connection.close()
    return [*sorted(folder.iterdir()), folder / "nothing.gadget"]


def test_a_wrong_file_is_said_and_the_window_stays_usable(open_, path, tmp_path, monkeypatch):
    window = open_(None)
    for wrong in wrong_files(tmp_path / "wrong", path):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, wrong=wrong: (str(wrong), ""))
        window.click("welcome:openProject")
        assert wrong.name in window.notice()
        assert welcome(window).isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    window.click("welcome:openProject")
    assert window.notice() == ""
    assert window.find(QTableView, "textTable").model().rowCount() == 4


def test_a_wrong_file_leaves_the_open_project_open(window, tmp_path, monkeypatch):
    (tmp_path / "wrong.gadget").write_text("This is no project.")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "wrong.gadget"), ""))
    window.trigger("openProject")
    assert "wrong.gadget" in window.notice()
    assert window.main.windowTitle() == "texts – Gadget Trainer"
    window.wait_for_tokens()
    window.trigger("toggleFlag")
    assert window.find(QLabel, "textCounts").text() == "1 of 4 done · 1 flagged"


@pytest.mark.parametrize("table", ["text", "span", "label"])
def test_a_project_that_cannot_be_shown_leaves_the_open_one_open(window, tmp_path, monkeypatch, table):
    Project.create(tmp_path / "broken.gadget").close()
    with closing(sqlite3.connect(tmp_path / "broken.gadget")) as connection:
        connection.execute(f"DROP TABLE {table}")
        connection.commit()
    window.wait_for_tokens()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "broken.gadget"), ""))
    window.trigger("openProject")
    assert f"broken.gadget could not be read: no such table: {table}" in window.notice()
    assert window.main.windowTitle() == "texts – Gadget Trainer"
    window.trigger("toggleFlag")
    assert window.find(QLabel, "textCounts").text() == "1 of 4 done · 1 flagged"
    Project.open(tmp_path / "broken.gadget").close()


def test_the_open_project_can_be_opened_again(window, path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    window.trigger("openProject")
    assert window.notice() == ""
    assert window.main.windowTitle() == "texts – Gadget Trainer"


def test_a_project_in_use_is_refused_with_a_sentence(open_, path):
    project = Project.open(path)
    window = open_(path)
    assert window.notice() == "texts.gadget is open in another window. Close it there, then open it here."
    assert welcome(window).isVisible()
    project.close()
    window.main.open_project(path)
    assert window.notice() == ""


@pytest.mark.parametrize("scheme", ["schemeDark", "schemeLight"])
def test_a_tool_tip_has_the_colours_of_its_roles(window, scheme):
    window.trigger(scheme)
    QToolTip.showText(QPoint(200, 200), "Marks the text as done", window.view)
    (tip,) = (one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible())
    picture = tip.grab().toImage()
    shown = Counter(picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height()))
    assert shown.most_common(1)[0][0] == tip.palette().toolTipBase().color().name()
    assert tip.palette().toolTipText().color().name() in shown, "the words can be read"
    QToolTip.hideText()


def test_light_and_dark_change_the_palette_and_are_remembered(window, open_, path):
    application = QApplication.instance()
    window.trigger("schemeDark")
    assert is_dark(application.palette())
    assert is_dark(window.view.palette())
    window.trigger("schemeLight")
    assert not is_dark(application.palette())
    assert not is_dark(window.view.palette())
    window.trigger("schemeDark")
    window.main.close()
    again = open_(path)
    assert is_dark(application.palette())
    assert again.find(QAction, "schemeDark").isChecked()
    again.trigger("schemeLight")


def test_icons_are_drawn_after_the_first_paint_and_anew_in_another_palette(window):
    planned = [
        one
        for kind in (QAction, QAbstractButton)
        for one in window.main.findChildren(kind)
        if one.property("iconName") is not None
    ]
    window.qtbot.waitUntil(lambda: not any(one.icon().isNull() for one in planned))
    light = [one.icon().cacheKey() for one in planned]
    assert len(light) > 20
    window.trigger("schemeDark")
    assert not set(light) & {one.icon().cacheKey() for one in planned}
    window.trigger("schemeLight")


def test_about_names_the_program_and_its_version(window, monkeypatch):
    from gadget_trainer import __version__

    shown = []
    monkeypatch.setattr(QMessageBox, "about", lambda _parent, title, words: shown.append((title, words)))
    window.trigger("about")
    assert shown[0][0] == "About Gadget Trainer"
    assert __version__ in shown[0][1]


def test_the_workspaces_are_reached_by_keys(window):
    for key, name in (("2", "outputFolder"), ("3", "tryInput"), ("1", "textTable")):
        window.key(key, Qt.KeyboardModifier.ControlModifier)
        assert window.find(QWidget, name).isVisible()


def test_keys_of_the_text_do_nothing_in_other_workspaces(window):
    before = window.find(QLabel, "textCounts").text()
    window.trigger("showTry")
    window.qtbot.keyClicks(window.find(QPlainTextEdit, "tryInput"), "f fine\r")
    assert window.find(QPlainTextEdit, "tryInput").toPlainText() == "f fine\n"
    for name in ("markDone", "markSkipped", "toggleFlag", "deleteSpan"):
        assert not window.find(QAction, name).isEnabled()
    assert window.find(QLabel, "textCounts").text() == before


def named_actions(window):
    return [one for one in window.main.findChildren(QAction) if one.objectName() and not one.menu()]


def test_every_action_has_a_name_of_its_own_and_says_what_it_does(window):
    in_menus = [
        action
        for menu_action in window.main.menuBar().actions()
        for action in menu_action.menu().actions()
        if not action.isSeparator() and action.menu() is None
    ]
    assert len(in_menus) > 20
    assert all(action.objectName() for action in in_menus)
    names = [action.objectName() for action in named_actions(window) if not action.objectName().startswith("_q_")]
    assert len(names) == len(set(names))
    for action in in_menus:
        assert action.toolTip().strip(), action.objectName()
        assert action.text().strip(), action.objectName()


def test_no_keys_are_given_twice(window):
    keys = [key.toString() for action in named_actions(window) for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_the_names_that_automation_relies_on(window):
    for name in ACTIONS:
        window.find(QAction, name)
    for name, kind in WIDGETS.items():
        window.find(kind, name)
    assert window.find(QComboBox, "baseModel").isEditable()
    table = window.find(QTableView, "iterationTable").model()
    heads = [table.headerData(place, Qt.Orientation.Horizontal) for place in range(table.columnCount())]
    assert heads == ["iteration", "loss", "precision", "recall", "F", "seconds"]
    assert window.view.text() == "How to preorder the iPhone X"
    assert [(span.start, span.end) for span in window.view.spans()] == [(20, 28)]


def is_own(widget):
    """Qt builds parts of its own into widgets; those are reached through what they are part of."""
    own = isinstance(widget, FOR_HANDS) and not isinstance(widget, QScrollBar)
    parent = widget.parentWidget()
    while own and parent is not None:
        if isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QTableView | QDialogButtonBox):
            return False
        parent = parent.parentWidget()
    return own and widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def test_everything_that_a_person_can_use_has_a_name(window):
    window.trigger("addLabel")
    widgets = [widget for widget in window.main.findChildren(QWidget) if is_own(widget)]
    assert len(widgets) > 40
    nameless = [
        f"{type(widget).__name__} {widget.objectName()!r}"
        for widget in widgets
        if not (widget.accessibleName() or getattr(widget, "text", str)()) or not widget.objectName()
    ]
    assert nameless == []
    window.find(QDialog, "labelDialog").reject()
