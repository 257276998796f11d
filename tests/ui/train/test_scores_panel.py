"""The labels follow the best iteration, until a person looks at another one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QTableView
from window_corpus import iteration

from gadget_trainer.training.progress import BatchDone, LabelScore
from gadget_trainer.ui.train.run_view import RunView


@pytest.fixture
def view(qtbot):
    view = RunView()
    qtbot.addWidget(view)
    view.resize(900, 700)
    with qtbot.waitExposed(view):
        view.show()
    view.begin()
    return view


def scored(number, spans=100, **changes):
    return iteration(number, labels=(LabelScore.of_counts("GADGET", spans, spans, number),), **changes)


def table(view, name):
    return view.findChild(QTableView, name)


def recall(view):
    """Of the only label that is shown, times its hundred spans: the number of the iteration."""
    return round(100 * float(table(view, "labelTable").model().index(0, 3).data()))


def note(view):
    return view.findChild(QLabel, "labelNote").text()


def click(view, name, row):
    one = table(view, name)
    place = one.visualRect(one.model().index(row, 0)).center()
    QTest.mouseClick(one.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_labels_follow_the_best(view):
    view.show_record(scored(1))
    view.show_record(scored(2))
    view.show_record(scored(3, best=False))
    assert recall(view) == 2
    assert note(view) == "Iteration 2, the best so far."


def test_another_iteration_is_looked_at_until_the_best_is_chosen(view):
    for number in (1, 2):
        view.show_record(scored(number))
    click(view, "iterationTable", 0)
    assert recall(view) == 1
    assert note(view) == "Iteration 1."
    view.show_record(scored(3))
    assert recall(view) == 1, "a new best one does not take away what is looked at"
    click(view, "iterationTable", 2)
    view.show_record(scored(4))
    assert recall(view) == 4


def test_a_label_with_few_spans_is_explained(view):
    view.show_record(scored(1, spans=4))
    assert "Labels with a sign" in note(view)
    click(view, "labelTable", 0)
    assert note(view) == "“GADGET”: Only 4 held out: one span more or less moves its score by 25 points."


def test_an_iteration_without_a_score_says_so(view):
    view.show_record(iteration(1, f_score=None))
    assert note(view) == "Iteration 1, the best so far. It has no score on held-out texts."


def test_a_long_iteration_tells_its_loss_so_far(view):
    status = view.findChild(QLabel, "trainingStatus")
    view.show_record(BatchDone(1, 9, 500, 1000, 60.0, 41.5))
    assert status.text().startswith("Iteration 1 of 9 · loss 41.50 per 1,000 words so far · ")
    view.show_record(scored(1, loss=50.0))
    view.show_record(BatchDone(2, 9, 500, 1000, 60.0, 30.0))
    assert "loss 30.00 per 1,000 words so far (before: 50.00)" in status.text()


def test_the_component_whose_loss_is_drawn_can_be_chosen(view, qtbot):
    choice = view.findChild(QComboBox, "lossComponent")
    assert not choice.isVisible()
    view.show_record(scored(1, loss=50.0, losses={"ner": 50.0, "tok2vec": 7.0}))
    assert choice.isVisible()
    assert view.chart.points()[0][1] == 50.0
    qtbot.keyClick(choice, Qt.Key.Key_End)
    assert choice.currentText() == "Loss of tok2vec"
    assert view.chart.points()[0][1] == 7.0
    view.begin()
    view.show_record(scored(1, loss=40.0))
    assert not choice.isVisible()
    assert view.chart.points()[0][1] == 40.0


@pytest.mark.parametrize("more", range(0, 24, 3))
def test_the_rows_in_sight_are_whole(view, qtbot, more):
    for number in range(1, 41):
        view.show_record(scored(number))
    view.resize(900, 560 + more)
    iterations = table(view, "iterationTable")
    qtbot.waitUntil(lambda: iterations.viewport().height() % iterations.rowHeight(0) == 0)
    iterations.scrollToBottom()
    assert iterations.rowViewportPosition(iterations.rowAt(0)) == 0
    assert iterations.rowViewportPosition(39) + iterations.rowHeight(39) == iterations.viewport().height()
