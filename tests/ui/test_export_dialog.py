"""What goes out is chosen before the file: format, states, labels, and only what the table shows."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QListWidget, QPushButton, QTableView

from gadget_trainer.ui.export_dialog import ExportDialog


@pytest.fixture
def asked(window):
    """The dialog, open on a project of four texts, one of which is done."""
    window.trigger("exportFile")
    dialog = window.find(ExportDialog, "exportDialog")
    window.qtbot.waitUntil(dialog.isVisible)
    return dialog


def go_on(window, monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(path), ""))
    window.click("exportChoose")
    window.qtbot.waitUntil(lambda: "Wrote " in window.notice(), timeout=30_000)


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def press(window, box):
    window.qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def choose_format(window, name):
    box = window.find(QComboBox, "exportFormat")
    box.setCurrentIndex(box.findData(name))


@pytest.mark.usefixtures("asked")
def test_what_a_format_cannot_hold_is_said_before(window):
    limits = window.find(QLabel, "exportLimits")
    assert limits.text().startswith("This format holds everything.")
    choose_format(window, "brat")
    assert "Skipped texts are left out." in limits.text()
    box = window.find(QComboBox, "exportFormat")
    titles = [box.itemText(row) for row in range(box.count())]
    assert "spaCy project (a folder to train in)" in titles
    assert len(titles) == len(set(titles)) == 15


def test_only_chosen_states_go_out(window, asked, monkeypatch, tmp_path):
    states = {name: asked.findChild(QCheckBox, f"exportState:{name}") for name in ("done", "todo", "skipped")}
    assert [box.text() for box in states.values()] == ["1 done", "3 to do", "0 skipped"]
    press(window, states["todo"])
    assert not states["todo"].isChecked()
    go_on(window, monkeypatch, tmp_path / "out.jsonl")
    assert [row["text"] for row in rows(tmp_path / "out.jsonl")] == ["How to preorder the iPhone X"]


def test_only_chosen_labels_go_out(window, asked, monkeypatch, tmp_path):
    labels = asked.findChild(QListWidget, "exportLabels")
    assert [labels.item(row).text() for row in range(labels.count())] == ["GADGET"]
    go = asked.findChild(QPushButton, "exportChoose")
    labels.setCurrentRow(0)
    window.qtbot.keyClick(labels, Qt.Key.Key_Space)
    assert not go.isEnabled()
    window.qtbot.keyClick(labels, Qt.Key.Key_Space)
    assert go.isEnabled()
    go_on(window, monkeypatch, tmp_path / "out.jsonl")
    assert sum(len(row.get("spans", [])) for row in rows(tmp_path / "out.jsonl")) == 1


def test_nothing_to_export_is_nothing_to_choose(window, asked):
    go = asked.findChild(QPushButton, "exportChoose")
    for name in ("done", "todo", "skipped"):
        assert go.isEnabled()
        press(window, asked.findChild(QCheckBox, f"exportState:{name}"))
    assert not go.isEnabled()


def test_only_the_texts_that_the_table_shows(window, monkeypatch, tmp_path):
    window.find(QLineEdit, "findField").setText("Pixel")
    window.qtbot.waitUntil(lambda: window.find(QTableView, "textTable").model().rowCount() == 2)
    window.trigger("exportFile")
    shown = window.find(QCheckBox, "exportShown")
    window.qtbot.waitUntil(shown.isVisible)
    assert shown.text() == "Only the 2 texts that the table shows"
    press(window, shown)
    go_on(window, monkeypatch, tmp_path / "out.jsonl")
    assert len(rows(tmp_path / "out.jsonl")) == 2


@pytest.mark.usefixtures("asked")
def test_a_folder_that_spacy_trains_on(window, monkeypatch, tmp_path):
    choose_format(window, "spacy-project")
    go_on(window, monkeypatch, tmp_path / "trainable")
    names = sorted(path.name for path in (tmp_path / "trainable").iterdir())
    assert names == ["config.cfg", "dev.spacy", "project.yml", "train.spacy"]
    assert "Wrote 1 text with 1 span to trainable; 3 texts left out." in window.notice()
