"""What became of the labels of a base, as the result shows it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView, QTabWidget
from window_corpus import iteration

from gadget_trainer.training.kept_labels import KeptLabel, Reference
from gadget_trainer.training.progress import Saved
from gadget_trainer.ui.train.run_view import RunView

LOST = KeptLabel("INGRED", 0.7, 0.2, 1234, Reference.PEOPLE, (0.6, 0.8))
KEPT = KeptLabel("PERSON", 1.0, 0.95, 80, Reference.BASE, (0.9, 0.98))
_PLACE = 3
UNSEEN = KeptLabel("EVENT", None, None, 0, Reference.BASE)


def saved(*kept):
    return Saved(Path("model"), 1, 0.5, 10, kept=kept)


def shown(qtbot, *kept):
    view = RunView()
    qtbot.addWidget(view)
    view.begin()
    view.show_record(iteration(1))
    view.show_record(saved(*kept))
    view.findChild(QTabWidget, "runTabs").setCurrentIndex(_PLACE)
    with qtbot.waitExposed(view):
        view.show()
    return view


def tab(view):
    """Whether the result has the table."""
    tabs = view.findChild(QTabWidget, "runTabs")
    return tabs.isTabVisible(_PLACE)


def test_a_row_a_label_and_a_warning_for_what_was_lost(qtbot):
    view = shown(qtbot, LOST, KEPT, UNSEEN)
    model = view.findChild(QTableView, "keptTable").model()
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    assert rows == [
        ["INGRED", "1,234", "0.700", "0.200", "your annotations"],
        ["PERSON", "80", "1.000", "0.950", "the base"],
        ["EVENT", "0", "–", "–", "–"],
    ]
    assert model.index(0, 0).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(1, 0).data(Qt.ItemDataRole.FontRole) is None
    said = view.findChild(QLabel, "keptSentence").text()
    assert said.startswith("INGRED lost more than chance explains.")
    assert "INGRED lost more than chance explains." in view.verdict.text(), "said where the result is read first"
    assert tab(view)


def test_a_category_is_called_one(qtbot):
    view = shown(qtbot, replace(KEPT, of_texts=True))
    model = view.findChild(QTableView, "keptTable").model()
    assert model.index(0, 0).data() == "PERSON (category)"


def test_nothing_lost_is_said_calmly(qtbot):
    view = shown(qtbot, KEPT, UNSEEN)
    assert view.findChild(QLabel, "keptSentence").text().startswith("No label of the base lost more")
    assert "lost" not in view.verdict.text()
    changed = replace(KEPT, after=0.66, interval=(0.61, 0.71))
    view = shown(qtbot, changed, UNSEEN)
    said = view.findChild(QLabel, "keptSentence").text()
    assert said.startswith("PERSON agrees with the base to F 0.66"), "nobody knows what chance explains"
    assert "nothing can be said" in shown(qtbot, UNSEEN).findChild(QLabel, "keptSentence").text()


def test_a_run_from_scratch_has_no_such_table(qtbot):
    view = shown(qtbot, KEPT)
    view.begin()
    assert not tab(view)
    view.show_record(saved())
    assert not tab(view)
