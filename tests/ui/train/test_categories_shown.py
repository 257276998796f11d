"""Categories of whole texts in the Train workspace: a run in a window, its scores, its mistakes, its config."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView, QTabWidget
from trainer import Trainer
from window_corpus import done_texts, iteration, make_project

from gadget_trainer.corpus.records import CategoryScheme
from gadget_trainer.training.categories import known_categories
from gadget_trainer.training.category_scores import CategoryScores
from gadget_trainer.training.found import Found
from gadget_trainer.training.mistakes import Comparison
from gadget_trainer.training.past_runs import Folder, PastRun
from gadget_trainer.training.progress import LabelScore
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.train.run_view import RunView
from gadget_trainer.ui.train.runs_panel import RunsPanel

TOPICS = ("buying", "opinion", "selling", "trouble")


@pytest.fixture
def texts():
    """A topic each, and no spans: categories alone are quick to learn."""
    return [one._replace(spans=(), categories=(TOPICS[place % 4],)) for place, one in enumerate(done_texts(32))]


@pytest.fixture
def trainer(open_, tmp_path, texts):
    trainer = Trainer(open_(make_project(tmp_path / "topics.gadget", texts)))
    trainer.fill(tmp_path / "model", 1)
    return trainer


def test_categories_that_starve_are_named(trainer):
    tabs = trainer.window.find(QTabWidget, "runTabs")
    place = next(at for at in range(tabs.count()) if tabs.tabText(at) == "What next")
    trainer.qtbot.mouseClick(tabs.tabBar(), Qt.MouseButton.LeftButton, pos=tabs.tabBar().tabRect(place).center())
    said = trainer.window.find(QLabel, "starvingLabels").text().splitlines()
    assert said == [f"{topic} has 8 texts; categories with fewer than 20 rarely get right." for topic in TOPICS]


def cells(table, column):
    model = table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def headings(table):
    model = table.model()
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]


def scored(number, f_score=0.5, macro_f=0.6, **changes):
    """An iteration with two categories."""
    labels = tuple(LabelScore.of_counts(name, 10, 10, right, of_texts=True) for name, right in (("a", 9), ("b", 3)))
    scores = CategoryScores(
        exclusive=True,
        macro_f=macro_f,
        micro_f=0.65,
        macro_auc=0.7,
        texts=20,
        labels=labels,
        micro_interval=(0.5, 0.8),
    )
    gadget = LabelScore.of_counts("GADGET", 40, 40, 20)
    return iteration(number, f_score=f_score, labels=(gadget,), categories=scores, combined=0.55, **changes)


@pytest.fixture
def view(qtbot):
    view = RunView()
    qtbot.addWidget(view)
    view.resize(900, 700)
    with qtbot.waitExposed(view):
        view.show()
    view.begin()
    return view


def test_categories_stand_beside_the_labels(view):
    view.show_record(scored(1))
    labels, iterations = (view.findChild(QTableView, name) for name in ("labelTable", "iterationTable"))
    assert cells(labels, 0) == ["GADGET", "a (category)", "b (category)"]
    assert headings(iterations)[-2:] == ["seconds", "macro F"]
    assert cells(iterations, 6) == ["0.600"]
    note = view.findChild(QLabel, "labelNote").text()
    assert "Categories on 20 texts: macro F 0.600, accuracy 0.650 (likely 0.50–0.80)." in note
    assert view.chart.points() == [(1, 10.0, 0.55)]
    assert "macro F 0.60 of the categories" in view.verdict.text()


def test_next_run_without_categories_has_no_column_for_them(view):
    view.show_record(scored(1))
    view.begin()
    view.show_record(iteration(1))
    assert headings(view.findChild(QTableView, "iterationTable"))[-1] == "seconds"


def test_runs_are_compared_by_their_categories(qtbot):
    panel = RunsPanel()
    qtbot.addWidget(panel)
    runs = [
        PastRun(number, 0.0, "saved", {}, (record,), None, Folder.NONE, frozenset(), "", 3)
        for number, record in ((2, scored(1, macro_f=0.8)), (1, iteration(1)))
    ]
    panel.show_runs(runs)
    table = panel.findChild(QTableView, "runs")
    assert cells(table, headings(table).index("macro F")) == ["0.800", "–"]
    panel.comparison.compare(runs[1], runs[0])
    pairs = panel.findChild(QTableView, "runComparison")
    assert cells(pairs, 0) == ["all together", "all categories (macro F)", "GADGET", "a (category)", "b (category)"]
    assert cells(pairs, 2)[1] == "0.800"
    assert cells(pairs, 4)[1] == "only in one of them"


def test_run_in_the_window_learns_categories_alone(trainer):
    trainer.start()
    trainer.wait_for_end()
    table = trainer.window.find(QTableView, "labelTable")
    assert cells(table, 0) == [f"{name} (category)" for name in TOPICS]
    assert "macro F" in trainer.verdict() or "Too little is held out" in trainer.verdict()
    assert "is saved in" in trainer.status()


def test_wrong_category_leads_into_its_text(trainer):
    view = trainer.window.main.findChild(RunView)
    project = view.mistakes._session.project
    scheme = project.categories.scheme()
    comparison = Comparison(frozenset(), (), scheme)
    for number, text in enumerate(project.read.texts()):
        right = text.categories[0]
        said = right if number else next(name for name in TOPICS if name != right)
        assert known_categories(text, scheme)
        comparison.add(text, Found((), {**dict.fromkeys(TOPICS, 0.1), said: 0.7}, (said,)))
    view.show_record(comparison.mistakes())
    trainer.window.find(QTabWidget, "runTabs").setCurrentIndex(1)
    assert trainer.window.find(QAbstractButton, "mistakeKind:category").text() == "Category 1"
    trainer.window.click("mistakeKind:category")
    mistakes, first = trainer.window.find(QTableView, "mistakes"), next(project.read.texts())
    assert cells(mistakes, 2) == [first.categories[0]]
    cell = mistakes.visualRect(mistakes.model().index(0, 1)).center()
    trainer.qtbot.mouseClick(mistakes.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    shown = trainer.window.find(TextView, "textView")
    trainer.qtbot.waitUntil(lambda: shown.isVisible() and shown.text() == first.text)
    mistake = mistakes.model().mistake(0)
    view.mistakes._session.do(lambda: project.categories.choose(first.id, (mistake.found,)))
    assert cells(mistakes, 0) == ["✓"], "what was asked is decided"


def test_confusions_are_those_of_the_group_that_is_chosen(view, texts):
    texts = [one._replace(id=number) for number, one in enumerate(texts, start=1)]
    comparison = Comparison(frozenset(), (), CategoryScheme(TOPICS))
    comparison.add(texts[0], Found((), {"buying": 0.2, "opinion": 0.8}, ("opinion",)))
    comparison.add(texts[4], Found((), {"buying": 0.9, "opinion": 0.1}, ("buying",)))
    view.show_record(comparison.mistakes())
    table = view.findChild(QTableView, "confusionTable")
    model = table.model()
    names = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    assert names == ["buying", "opinion", "none"]
    assert model.index(0, 0).data() == "1 ✓"
    assert model.index(0, 1).data() == "1"
