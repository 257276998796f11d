"""The tables beside the curve."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from window_corpus import iteration

from gadget_trainer.training.progress import LabelScore
from gadget_trainer.ui.train.score_models import IterationModel, LabelScoreModel

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def rows(model):
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def headings(model):
    return [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]


def bold(model):
    fonts = [model.index(row, 0).data(Qt.ItemDataRole.FontRole) for row in range(model.rowCount())]
    return [font is not None and font.bold() for font in fonts]


def test_iterations_are_rows_and_the_best_is_bold():
    model = IterationModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.append(iteration(1, 1234.567, 0.25, precision=None))
    model.append(iteration(2, 20.0, 0.75))
    model.append(iteration(3, 30.0, 0.5, best=False))
    assert headings(model) == ["iteration", "loss", "precision", "recall", "F", "seconds"]
    assert rows(model)[0] == ["1", "1,235", "–", "0.250", "0.250", "1.5"]
    assert bold(model) == [False, True, False]
    model.show([])
    assert model.rowCount() == 0
    assert tester.model() is model


def test_a_new_run_starts_without_a_best_iteration():
    model = IterationModel()
    model.append(iteration(1))
    model.show([])
    model.append(iteration(1, best=False))
    assert bold(model) == [False]


def test_losses_have_words():
    model = IterationModel()
    model.append(iteration(1, float("nan"), losses={"ner": float("nan"), "tok2vec": 3.0}))
    assert rows(model)[0][1] == "no number"
    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Loss of tok2vec: 3.00" in tip
    assert "likely" in tip
    assert "per 1,000 words" in tip


def test_labels_are_rows(qapp):
    model = LabelScoreModel()
    tester = QAbstractItemModelTester(model, FATAL)
    gadget = LabelScore.of_counts("GADGET", 1200, 1000, 900, (0.8, 0.85))
    model.show([gadget, LabelScore.of_counts("BRAND", 0, 0, 0)])
    assert rows(model) == [
        ["GADGET", "1,200", "0.900", "0.750", "0.818", "0.80–0.85"],
        ["BRAND", "0", "–", "–", "–", "–"],
    ]
    assert model.rowCount(model.index(0, 0)) == 0, "a table has no rows below rows"
    assert model.index(0, 0).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignLeft
    assert tester.model() is model


def test_labels_with_few_spans_have_a_sign_and_a_sentence(qapp):
    model = LabelScoreModel()
    model.show([LabelScore.of_counts("GADGET", 1200, 1000, 900), LabelScore.of_counts("BRAND", 4, 4, 2)])
    signs = [model.index(row, 1).data(Qt.ItemDataRole.DecorationRole) for row in range(2)]
    assert signs[0] is None
    assert not signs[1].isNull()
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "GADGET"
    tip = model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "BRAND\nOnly 4 held out: one span more or less moves its score by 25 points."
