"""A run that is chosen again has all that it had: its mistakes, its package, its settings; two into one folder too."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDoubleSpinBox, QLabel, QPushButton, QTableView, QTabWidget
from test_runs_panel import GOOD, POOR, cells, choose_both, click, keep_run, pipeline
from trainer import Trainer
from window_corpus import done_texts, make_project

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import Span
from gadget_trainer.training.found import Found
from gadget_trainer.training.mistakes import Comparison
from gadget_trainer.training.readings import Readings
from gadget_trainer.ui.train.run_view import RunView


def table(trainer, name="mistakes"):
    return trainer.window.find(QTableView, name)


def choose(trainer, row):
    """A run, in the tab of runs."""
    tabs = trainer.window.find(QTabWidget, "runTabs")
    bar = tabs.tabBar()
    page = next(place for place in range(tabs.count()) if tabs.tabText(place) == "Runs")
    trainer.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(page).center())
    trainer.qtbot.waitUntil(lambda: table(trainer, "runs").model().rowCount() > row)
    click(trainer, row)


def said(trainer):
    return trainer.window.find(QLabel, "mistakeCount").text()


def wait_for_mistakes(trainer, number):
    trainer.qtbot.waitUntil(lambda: said(trainer).startswith(f"{number} mistakes on"), timeout=30_000)


def is_packaged(trainer):
    return trainer.window.find(QPushButton, "packageModel").isVisible()


def finds(texts, *gadgets):
    """What a pipeline finds that knows these gadgets, as a run keeps it."""
    readings = Readings()
    for text in texts:
        starts = {word: text.text.find(word) for word in gadgets}
        spans = [Span(start, start + len(word), "GADGET") for word, start in starts.items() if start >= 0]
        readings.add(text.text, Found(tuple(spans)))
    return readings.to_json()


def in_doubt():
    """What a search says that doubts one annotation."""
    comparison = Comparison(frozenset({"GADGET"}), ())
    comparison.add(done_texts()[30]._replace(id=31), Found(()), lambda *_spans: 0.9)
    return comparison.mistakes(cross_validated=True)


@pytest.fixture
def path(tmp_path):
    """A project of two runs into one folder; they held out the same ten texts, two of each gadget."""
    path = make_project(tmp_path / "few.gadget", done_texts())
    held = done_texts()[:10]
    project = Project.open(path)
    folder = pipeline(tmp_path / "model", "Kindle", "iPhone X")
    for number, (label, gadgets) in enumerate(((POOR, ["Kindle"]), (GOOD, ["Kindle", "iPhone X"])), start=1):
        keep_run(project, folder, label, [fingerprint(one.text) for one in held], dropout=number / 10)
        project.runs.keep_found(number, finds(held, *gadgets))
    project.close()
    return path


@pytest.fixture
def trainer(open_, path):
    return Trainer(open_(path))


def test_a_run_that_is_chosen_brings_its_mistakes_and_its_package_back(trainer):
    choose(trainer, 0)
    wait_for_mistakes(trainer, 6)
    assert is_packaged(trainer)
    assert trainer.window.find(QTabWidget, "runTabs").tabText(1) == "Mistakes (6)"
    choose(trainer, 1)
    assert table(trainer).model().rowCount() == 0, "none of another run's"
    wait_for_mistakes(trainer, 8)
    assert not is_packaged(trainer), "a later run was saved in its folder"


def test_train_again_is_with_the_settings_of_the_run_that_is_chosen(trainer):
    choose(trainer, 1)
    wait_for_mistakes(trainer, 8)
    trainer.window.find(QTabWidget, "runTabs").setCurrentIndex(1)
    trainer.window.click("trainAgain")
    trainer.wait_for_rows(1)
    assert [record.iterations for record in trainer.records()][:1] == [3]
    assert trainer.window.find(QDoubleSpinBox, "dropout").value() == 0.1


def test_two_runs_into_one_folder_are_compared(trainer):
    choose(trainer, 0)
    choose_both(trainer)
    trainer.window.click("compareTexts")
    trainer.qtbot.waitUntil(lambda: table(trainer, "textDifferences").model().rowCount() == 2)
    assert cells(trainer, "textDifferences")[0] == ["iPhone X", "GADGET", "–", "GADGET", "second"]
    click(trainer, 0, "textDifferences")
    assert "iPhone X" in trainer.window.view.text()
    trainer.window.trigger("showTrain")
    click(trainer, 1, "textDifferences")
    assert "iPhone X" in trainer.window.view.text(), "the next difference is still there to be clicked"


def test_a_text_that_was_edited_since_is_counted_and_not_compared(open_, path):
    project = Project.open(path)
    project.texts.reword(1, f"{done_texts()[0].text}!")
    project.close()
    trainer = Trainer(open_(path))
    choose(trainer, 1)
    wait_for_mistakes(trainer, 7)
    assert "on 9 held-out texts" in said(trainer)
    assert said(trainer).endswith("1 text that was edited or finished since the run can't be compared.")
    choose_both(trainer)
    trainer.window.click("compareTexts")
    words = trainer.window.find(QLabel, "comparisonWords")
    trainer.qtbot.waitUntil(lambda: words.text().startswith("They differ in 1 of 9 texts"))
    assert words.text().endswith("1 text that was edited or finished since can't be compared.")


def test_where_nothing_was_kept_the_pipeline_is_asked_and_where_it_is_gone_that_is_said(open_, tmp_path):
    path = make_project(tmp_path / "few.gadget", done_texts())
    project = Project.open(path)
    held = [fingerprint(one.text) for one in done_texts()[:10]]
    keep_run(project, pipeline(tmp_path / "gone", "Kindle"), POOR, held)
    keep_run(project, pipeline(tmp_path / "model", "Kindle", "iPhone X"), GOOD, held)
    project.close()
    shutil.rmtree(tmp_path / "gone")
    trainer = Trainer(open_(path))
    choose(trainer, 0)
    wait_for_mistakes(trainer, 6)
    choose(trainer, 1)
    assert said(trainer).endswith("so its mistakes are unknown.")
    assert not is_packaged(trainer)
    trainer.window.main.findChild(RunView).show_record(in_doubt())
    assert said(trainer).startswith("1 annotation is in doubt")
    assert said(trainer).endswith("so its mistakes are unknown.")


def test_the_mistakes_of_a_run_and_the_doubts_of_a_search_can_both_be_gone_back_to(trainer):
    view = trainer.window.main.findChild(RunView)
    choose(trainer, 0)
    wait_for_mistakes(trainer, 6)
    view.show_record(in_doubt())
    tabs = trainer.window.find(QTabWidget, "runTabs")
    assert tabs.tabText(1) == "In doubt (1)"
    tabs.setCurrentIndex(1)
    trainer.window.click("mistakesOfRun")
    assert (tabs.tabText(1), table(trainer).model().rowCount()) == ("Mistakes (6)", 6)
    assert trainer.window.find(QAbstractButton, "mistakesOfRun").text() == "Mistakes of the run (6)"
    trainer.window.click("annotationsInDoubt")
    assert (tabs.tabText(1), table(trainer).model().rowCount()) == ("In doubt (1)", 1)
    choose(trainer, 1)
    wait_for_mistakes(trainer, 8)
    tabs.setCurrentIndex(1)
    trainer.window.click("annotationsInDoubt")
    assert table(trainer).model().rowCount() == 1, "what is in doubt is about the texts, not about a run"


def test_runs_one_after_the_other_are_kept_whole(open_, tmp_path):
    trainer = Trainer(open_(make_project(tmp_path / "few.gadget", done_texts(24))))
    mistakes = []
    for iterations in (1, 4):
        trainer.fill(tmp_path / "model", iterations)
        trainer.start()
        trainer.wait_until_saved()
        trainer.qtbot.waitUntil(lambda: " held-out texts." in said(trainer), timeout=30_000)
        mistakes.append((said(trainer), table(trainer).model().rowCount()))
    trainer.open_tab("Runs")
    trainer.qtbot.waitUntil(lambda: table(trainer, "runs").model().rowCount() == 2)
    for row, (sentence, number) in enumerate(reversed(mistakes)):
        choose(trainer, row)
        trainer.qtbot.waitUntil(lambda expected=sentence: said(trainer) == expected, timeout=30_000)
        assert table(trainer).model().rowCount() == number
        assert is_packaged(trainer) == (row == 0)
    choose(trainer, 0)
    choose_both(trainer)
    trainer.window.click("compareTexts")
    words = trainer.window.find(QLabel, "comparisonWords")
    trainer.qtbot.waitUntil(lambda: " texts that " in words.text(), timeout=30_000)
