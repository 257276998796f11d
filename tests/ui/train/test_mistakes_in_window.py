"""From a run's mistakes into the texts, by clicks and keys, and back to another run."""

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar, QTableView, QTabWidget
from trainer import Trainer
from window_corpus import done_texts, make_project

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.found import Found
from gadget_trainer.training.mistakes import Comparison, Mistakes
from gadget_trainer.training.split import choose_split
from gadget_trainer.ui.annotate.mistake_bar import MistakeBar
from gadget_trainer.ui.train.run_view import RunView

GADGET, BRAND = "GADGET", "BRAND"
PHONE, PIXEL, KINDLE = Span(8, 16, GADGET), Span(4, 11, BRAND), Span(2, 8, GADGET)
TEXTS = (
    AnnotatedText("Buy the iPhone X or wait", (PHONE,), TextState.DONE, complete=True),
    AnnotatedText("The Pixel 6 camera is 😀 great", (PIXEL,), TextState.DONE, complete=True),
    AnnotatedText("A Kindle and a Switch", (KINDLE,), TextState.DONE, complete=True),
)
FOUND = (
    [Span(8, 14, GADGET)],  # other edges
    [Span(4, 11, GADGET)],  # another label
    [Span(15, 21, GADGET)],  # invented; and the Kindle is missed
)


@pytest.fixture
def path(tmp_path):
    return make_project(tmp_path / "few.gadget", list(TEXTS))


@pytest.fixture
def trainer(open_, path):
    """A run has just ended, as far as the window can tell."""
    trainer = Trainer(open_(path))
    trainer.window.main.findChild(RunView).show_record(compared(path, trainer))
    trainer.window.find(QTabWidget, "runTabs").setCurrentIndex(1)
    return trainer


def compared(path, trainer) -> Mistakes:
    project = trainer.window.main.findChild(RunView).mistakes._session.project
    comparison = Comparison(frozenset((GADGET, BRAND)), project.kept_spans.all())
    for text, found in zip(project.read.texts(), FOUND, strict=True):
        comparison.add(text, Found(tuple(found)))
    return comparison.mistakes()


def table(trainer) -> QTableView:
    return trainer.window.find(QTableView, "mistakes")


def column(trainer, number) -> list[str]:
    model = table(trainer).model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def shown(trainer):
    model = table(trainer).model()
    return [model.mistake(row) for row in range(model.rowCount())]


def row_of(trainer, kind) -> int:
    return [one.kind for one in shown(trainer)].index(kind)


def click(trainer, view, row, number):
    index = view.model().index(row, number)
    view.scrollTo(index)
    trainer.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def open_mistake(trainer, row):
    click(trainer, table(trainer), row, 1)
    trainer.window.wait_for_tokens()


def bar(trainer) -> MistakeBar:
    return trainer.window.main.findChild(MistakeBar)


def looked_at(trainer) -> str:
    return trainer.window.find(QLabel, "mistakesLookedAt").text()


def test_mistakes_are_grouped_and_counted_and_shown_in_their_context(trainer):
    words = [
        trainer.window.find(QAbstractButton, f"mistakeKind:{kind}").text() for kind in ("all", "missed", "invented")
    ]
    assert words == ["All 4", "Missed 1", "Invented 1"]
    assert column(trainer, 1)[0] == "Buy the [iPhone X] or wait"
    assert (column(trainer, 2)[0], column(trainer, 3)[0]) == ("GADGET “iPhone X”", "GADGET “iPhone”")
    assert [one.kind for one in shown(trainer)] == ["other edges", "another label", "missed", "invented"]
    trainer.window.click("mistakeKind:missed")
    assert column(trainer, 1) == ["A [Kindle] and a Switch"]
    trainer.window.click("mistakeKind:all")
    assert len(column(trainer, 1)) == 4


def test_a_cell_of_the_confusion_table_filters_the_list(trainer):
    cells = trainer.window.find(QTableView, "confusionTable")
    names = [cells.model().headerData(place, Qt.Orientation.Horizontal) for place in range(3)]
    assert names == [BRAND, GADGET, "none"]
    counts = [[cells.model().index(row, place).data() for place in range(3)] for row in range(3)]
    assert counts == [["0 ✓", "1", "·"], ["·", "0 ✓ + 1", "1"], ["·", "1", ""]]
    click(trainer, cells, 0, 1)
    assert column(trainer, 1) == ["The [Pixel 6] camera is 😀 great"]
    click(trainer, cells, 1, 2)
    assert column(trainer, 1) == ["A [Kindle] and a Switch"]
    click(trainer, cells, 1, 2)
    assert len(column(trainer, 1)) == 4, "the same cell again lifts the filter"


def test_a_click_leads_into_the_text_where_both_readings_are_drawn(trainer):
    open_mistake(trainer, 1)
    view = trainer.window.view
    assert view.isVisible()
    assert view.spans() == [PIXEL]
    assert view.other_reading() == [Span(4, 11, GADGET)]
    assert bar(trainer).sentence() == "Yours: BRAND “Pixel 6”. The model: GADGET “Pixel 6”."
    trainer.window.choose_text(0)
    assert view.other_reading() == []
    assert bar(trainer).isHidden()
    assert not trainer.window.find(QAction, "takeModel").isEnabled()


def test_enter_leads_into_the_text(trainer):
    table(trainer).setFocus()
    table(trainer).selectRow(0)
    trainer.window.key(Qt.Key.Key_Return)
    assert trainer.window.view.text() == TEXTS[0].text


@pytest.mark.parametrize(("row", "taken"), [(0, [Span(8, 14, GADGET)]), (1, [Span(4, 11, GADGET)])])
def test_m_takes_the_models_reading_in_one_step(trainer, row, taken):
    open_mistake(trainer, row)
    window = trainer.window
    window.key("m")
    assert window.view.spans() == taken
    assert window.view.other_reading() == []
    assert "what the model found" in bar(trainer).sentence()
    assert not window.find(QAction, "takeModel").isEnabled()
    window.trigger("undo")
    assert window.view.spans() == list(TEXTS[row].spans)
    assert window.view.other_reading() == taken, "it is asked again"


def test_m_removes_what_was_missed_and_adds_what_was_invented(trainer):
    open_mistake(trainer, row_of(trainer, "missed"))
    trainer.window.key("m")
    assert trainer.window.view.spans() == []
    trainer.window.trigger("undo")
    trainer.window.trigger("showTrain")
    open_mistake(trainer, row_of(trainer, "invented"))
    trainer.window.click("button:takeModel")
    assert trainer.window.view.spans() == [KINDLE, Span(15, 21, GADGET)]


def test_k_keeps_the_persons_reading_and_is_remembered_for_the_next_run(trainer, path):
    window = trainer.window
    open_mistake(trainer, 0)
    window.key("k")
    assert "will not be asked again" in bar(trainer).sentence()
    open_by_key = [row_of(trainer, kind) for kind in ("missed", "invented")]
    for row in open_by_key:
        window.trigger("showTrain")
        open_mistake(trainer, row)
        window.key("k")
    window.trigger("showTrain")
    assert looked_at(trainer) == "3 of 4 looked at"
    assert column(trainer, 0).count("✓") == 3
    assert not window.find(QAbstractButton, "trainAgain").isEnabled(), "nothing was changed"
    window.main.close()
    project = Project.open(path)
    assert [text.refused for text in project.read.texts()] == [(Span(8, 14, GADGET),), (), (Span(15, 21, GADGET),)]
    assert project.kept_spans.all() == {(3, KINDLE)}
    comparison = Comparison(frozenset((GADGET, BRAND)), project.kept_spans.all())
    for text, found in zip(project.read.texts(), FOUND, strict=True):
        comparison.add(text, Found(tuple(found)))
    again = comparison.mistakes()
    assert [one.text_id for one in again.found] == [2]
    assert again.decided == 3
    project.close()


def test_a_refusal_that_is_undone_opens_the_mistake_again(trainer):
    open_mistake(trainer, 1)
    trainer.window.key("k")
    assert looked_at(trainer) == "1 of 4 looked at"
    trainer.window.trigger("undo")
    assert looked_at(trainer) == "0 of 4 looked at"
    assert trainer.window.view.other_reading() == [Span(4, 11, GADGET)]


def test_n_goes_to_the_next_mistake_that_is_open_until_none_is(trainer):
    window = trainer.window
    open_mistake(trainer, 0)
    window.key("k")
    shown = []
    for _step in range(3):
        window.key("n")
        shown.append(bar(trainer).sentence())
        window.key("k")
    assert len(set(shown)) == 3
    window.key("n")
    assert table(trainer).isVisible()
    assert window.notice() == "No other mistake in this list is left to look at."
    assert looked_at(trainer) == "4 of 4 looked at"


def test_the_keys_do_nothing_where_no_mistake_is_shown(trainer):
    window = trainer.window
    window.trigger("showAnnotate")
    window.choose_text(0)
    window.view.setFocus()
    for key in "mkn":
        window.key(key)
    assert window.view.spans() == [PHONE]
    assert not bar(trainer).isVisible()


def test_a_text_that_is_gone_is_said(trainer):
    window = trainer.window
    window.trigger("undo")
    window.trigger("showTrain")
    click(trainer, table(trainer), 0, 1)
    assert window.notice() == "That text is no longer in the project."


def test_an_edit_of_the_persons_own_decides_too_and_offers_to_train_again(trainer):
    window = trainer.window
    open_mistake(trainer, 0)
    window.key(Qt.Key.Key_Delete)
    assert window.view.spans() == []
    assert bar(trainer).sentence() == "You changed this place."
    assert window.find(QAbstractButton, "trainAgain").isEnabled()


def test_a_run_ends_with_its_mistakes_and_train_again_starts_another(open_, tmp_path):
    """After a single iteration nothing is found yet, so there is something to look at."""
    trainer = Trainer(open_(make_project(tmp_path / "few.gadget", done_texts(24))))
    trainer.fill(tmp_path / "model", 1)
    trainer.start()
    trainer.wait_until_saved()
    trainer.qtbot.waitUntil(lambda: table(trainer).model().rowCount() > 0, timeout=30_000)
    window = trainer.window
    window.find(QTabWidget, "runTabs").setCurrentIndex(1)
    open_mistake(trainer, 0)
    before = window.spans()
    window.key("m")
    assert window.spans() != before
    window.trigger("showTrain")
    trainer.type_into("iterations", 1000)
    window.click("trainAgain")
    assert not window.find(QAbstractButton, "trainAgain").isEnabled()
    trainer.wait_until_saved()
    assert [record.iterations for record in trainer.records()] == [1], "with the settings of the run before"


@pytest.fixture
def doubtful(open_, tmp_path):
    """Texts of which one that is learned from has no span, by mistake."""
    texts = done_texts(20)
    split = choose_split(texts, 0.2)
    place = next(place for place, one in enumerate(texts) if split.learns_from(one.text))
    texts[place] = texts[place]._replace(spans=())
    trainer = Trainer(open_(make_project(tmp_path / "few.gadget", texts)))
    trainer.type_into("iterations", 5)
    trainer.window.find(QTabWidget, "runTabs").setCurrentIndex(1)
    return trainer, place + 1


def test_wrong_annotations_are_looked_for_and_lead_into_the_text(doubtful):
    trainer, text_id = doubtful
    window = trainer.window
    window.click("findAnnotationErrors")
    assert window.find(QAbstractButton, "cancelErrorSearch").isVisible()
    assert not window.find(QAbstractButton, "startTraining").isEnabled()
    start = window.find(QAbstractButton, "findAnnotationErrors")
    trainer.qtbot.waitUntil(start.isVisible, timeout=120_000)
    assert window.find(QAbstractButton, "startTraining").isEnabled()
    assert "surest doubts first" in window.find(QLabel, "mistakeCount").text()
    found = [one.text_id for one in shown(trainer)]
    assert text_id in found
    assert column(trainer, 4)[0].endswith("%")
    open_mistake(trainer, found.index(text_id))
    window.key("m")
    assert len(window.view.spans()) == 1


def test_the_search_is_cancelled(doubtful):
    trainer, _text_id = doubtful
    window = trainer.window
    bar = window.find(QProgressBar, "errorSearchProgress")
    window.click("findAnnotationErrors")
    trainer.qtbot.waitUntil(lambda: bar.value() > 0, timeout=60_000)
    window.click("cancelErrorSearch")
    trainer.qtbot.waitUntil(window.find(QAbstractButton, "startTraining").isEnabled, timeout=30_000)
    assert window.find(QAbstractButton, "findAnnotationErrors").isVisible()
    assert shown(trainer) == []


def test_closing_the_window_ends_the_search(doubtful):
    trainer, _text_id = doubtful
    main = trainer.window.main
    trainer.window.click("findAnnotationErrors")
    main.close()
    assert not [thread for thread in main.findChildren(QThread) if thread.isRunning()]


def test_too_few_texts_for_a_search_are_said(trainer):
    trainer.window.click("findAnnotationErrors")
    trainer.qtbot.waitUntil(lambda: bool(trainer.window.notice()), timeout=30_000)
    assert trainer.window.notice().startswith("There are too few finished texts")
