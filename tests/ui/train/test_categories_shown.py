"""Categories of whole texts in the Train workspace: a run in a window, its scores, its mistakes, its config."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView, QTabWidget
from trainer import Trainer, click_tab
from window_corpus import done_texts, iteration, make_project

from gadget_trainer.corpus.records import CategoryScheme
from gadget_trainer.training.categories import known_categories
from gadget_trainer.training.category_mistakes import CategoryMistake
from gadget_trainer.training.category_scores import CategoryScores
from gadget_trainer.training.comparing import CategoryDifference, Differences
from gadget_trainer.training.found import Found
from gadget_trainer.training.mistake_kinds import Decision
from gadget_trainer.training.mistakes import Comparison, decision
from gadget_trainer.training.past_runs import Folder, PastRun
from gadget_trainer.training.progress import LabelScore
from gadget_trainer.ui.annotate.disagreement import by_text
from gadget_trainer.ui.annotate.mistake_bar import MistakeBar
from gadget_trainer.ui.mistake_review import MistakeReview
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.train.run_history import RunHistory
from gadget_trainer.ui.train.run_view import RunView
from gadget_trainer.ui.train.runs_panel import RunsPanel

MODELS = "opinion"
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
    starves = "has 8 texts; categories with fewer than 20 rarely get right."
    assert said == [f"The category {topic} {starves}" for topic in TOPICS]


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


@pytest.fixture
def doubted(trainer):
    """The first text is given another category than the person's; its row in the list of mistakes is clicked."""
    view = trainer.window.main.findChild(RunView)
    project = view.mistakes._session.project
    view.show_record(compared(project))
    trainer.window.find(QTabWidget, "runTabs").setCurrentIndex(1)
    assert trainer.window.find(QAbstractButton, "mistakeKind:category").text() == "Category 1"
    trainer.window.click("mistakeKind:category")
    mistakes = trainer.window.find(QTableView, "mistakes")
    cell = mistakes.visualRect(mistakes.model().index(0, 1)).center()
    trainer.qtbot.mouseClick(mistakes.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    trainer.window.wait_for_tokens()
    return project


def compared(project):
    """What a pipeline gets wrong that takes the first text for something else."""
    scheme = project.categories.scheme()
    comparison = Comparison(frozenset(), project.kept(), scheme)
    for number, text in enumerate(project.read.texts()):
        said = TOPICS[number % 4] if number else MODELS
        assert known_categories(text, scheme)
        comparison.add(text, Found((), {**dict.fromkeys(TOPICS, 0.1), said: 0.7}, (said,)))
    return comparison.mistakes()


def bar(trainer):
    return trainer.window.main.findChild(MistakeBar)


def looked_at(trainer):
    return trainer.window.find(QLabel, "mistakesLookedAt").text()


def test_wrong_category_leads_into_its_text_where_both_are_told(trainer, doubted):
    first = next(doubted.read.texts())
    assert trainer.window.find(TextView, "textView").isVisible()
    assert trainer.window.find(TextView, "textView").text() == first.text
    assert bar(trainer).sentence() == "Category: yours is “buying”; the model's is “opinion” (70% sure)."
    assert trainer.window.find(QAbstractButton, "button:takeModel").isEnabled()
    (disagreement,) = by_text(compared(doubted)).values()
    assert disagreement.shown() == "1", "in the table of texts"


def test_m_takes_the_models_category_in_one_step(trainer, doubted):
    trainer.window.key("m")
    assert doubted.categories.of_text(1) == (MODELS,)
    assert bar(trainer).sentence() == "The text now has the category that the model gives it."
    assert looked_at(trainer) == "1 of 1 looked at"
    assert trainer.window.find(QAbstractButton, "trainAgain").isEnabled()
    trainer.window.trigger("undo")
    assert doubted.categories.of_text(1) == ("buying",)
    assert "yours is “buying”" in bar(trainer).sentence(), "it is asked again"
    assert looked_at(trainer) == "0 of 1 looked at"


def test_k_keeps_the_persons_category_and_is_remembered_for_the_next_run(trainer, doubted):
    trainer.window.key("k")
    assert doubted.categories.of_text(1) == ("buying",)
    assert bar(trainer).sentence() == "You kept your category, and it will not be asked again."
    assert looked_at(trainer) == "1 of 1 looked at"
    assert not trainer.window.find(QAction, "keepMine").isEnabled()
    assert not trainer.window.find(QAbstractButton, "trainAgain").isEnabled(), "nothing was changed"
    again = compared(doubted)
    assert (again.categories, again.decided) == ((), 1)


def test_a_category_of_the_persons_own_decides_too(trainer, doubted):
    trainer.window.click("category:selling")
    assert bar(trainer).sentence() == "You gave this text another category."
    assert looked_at(trainer) == "1 of 1 looked at"


def test_of_several_categories_one_is_taken_or_left(trainer, doubted):
    """The model gives the text one more, and leaves one out."""
    doubted.categories.set_exclusive(False)
    doubted.categories.choose(1, ("buying", "selling"))
    review = trainer.window.main.findChild(MistakeReview)
    excerpt = next(doubted.read.texts()).text
    assert review.show(CategoryMistake(1, None, "opinion", excerpt))
    trainer.window.key("m")
    assert doubted.categories.of_text(1) == ("buying", "opinion", "selling")
    missed = CategoryMistake(1, "selling", None, excerpt)
    assert review.show(missed)
    trainer.window.key("k")
    assert doubted.kept_categories.all() == {(1, ("selling", None))}
    assert decision(missed, next(doubted.read.texts()), doubted.kept()) is Decision.KEPT
    other = CategoryMistake(1, "buying", None, excerpt)
    assert review.show(other)
    trainer.window.key("m")
    assert doubted.categories.of_text(1) == ("opinion", "selling")


def test_runs_that_give_texts_other_categories_lead_into_them(trainer, view):
    comparison = view.runs.comparison
    comparison.show_differences(
        Differences((CategoryDifference(2, "Is the Pixel 6", ("buying",), ("opinion", "selling"), ("opinion",)),), 9, 1)
    )
    click_tab(trainer.qtbot, view.findChild(QTabWidget, "runTabs"), "Runs")
    table = view.findChild(QTableView, "textDifferences")
    assert [table.model().index(0, column).data() for column in range(5)] == [
        "Is the Pixel 6",
        "opinion",
        "buying",
        "opinion, selling",
        "neither",
    ]
    history = trainer.window.main.findChild(RunHistory)
    history.text_requested.emit(table.model().record(0))
    assert trainer.window.view.text().startswith("Is the Pixel 6")
    assert "the second “opinion” and “selling”" in trainer.window.notice()


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
