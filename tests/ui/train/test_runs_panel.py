"""The runs of a project in the window: listed, shown again, compared, down to the texts."""

import shutil
from pathlib import Path

import pytest
import spacy
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QTabWidget
from trainer import Trainer
from window_corpus import done_texts, iteration, make_project

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.runs import RunStatus
from gadget_trainer.training.past_runs import HELD_OUT, TEXTS
from gadget_trainer.training.progress import LabelScore
from gadget_trainer.training.run_records import iteration_to_json
from gadget_trainer.ui.train.loss_chart import LossChart

GOOD = LabelScore.of_counts("GADGET", 40, 40, 39, (0.9, 1.0))
POOR = LabelScore.of_counts("GADGET", 40, 40, 8, (0.1, 0.35))


def pipeline(folder: Path, *words: str) -> Path:
    """A saved pipeline that finds these words."""
    nlp = spacy.blank("xx")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GADGET", "pattern": word} for word in words])
    nlp.to_disk(folder)
    return folder


def keep_run(project: Project, folder: Path, label: LabelScore, held_out: list[int], **settings: object) -> None:
    told = {"labels": (label,), "iterations": 3, "f_interval": label.f_interval}
    records = [iteration(number, 100 / number, label.f_score, **told) for number in (1, 2, 3)]
    run_id = project.runs.begin({"iterations": 3, **settings})
    project.runs.note_iterations(run_id, [iteration_to_json(one) for one in records])
    outcome = {"folder": str(folder), HELD_OUT: held_out, TEXTS: 40, "data": "same"}
    project.runs.end(run_id, RunStatus.SAVED, outcome)


@pytest.fixture
def trainer(open_, tmp_path):
    """A project with two runs, of pipelines that find other gadgets."""
    path = make_project(tmp_path / "few.gadget", done_texts())
    held_out = [fingerprint(text.text) for text in done_texts()[:10]]
    project = Project.open(path)
    keep_run(project, pipeline(tmp_path / "older", "Kindle"), POOR, held_out, dropout=0.3)
    keep_run(project, pipeline(tmp_path / "newer", "Kindle", "iPhone X"), GOOD, held_out, dropout=0.1)
    project.close()
    trainer = Trainer(open_(path))
    trainer.open_tab("Runs")
    trainer.qtbot.waitUntil(lambda: table(trainer).model().rowCount() == 2)
    return trainer


def table(trainer, name="runs"):
    return trainer.window.find(QTableView, name)


def cells(trainer, name="runs"):
    model = table(trainer, name).model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def click(trainer, row, name="runs", modifier=Qt.KeyboardModifier.NoModifier):
    view = table(trainer, name)
    place = view.visualRect(view.model().index(row, 0)).center()
    trainer.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def choose_both(trainer):
    click(trainer, 0)
    click(trainer, 1, modifier=Qt.KeyboardModifier.ControlModifier)
    button = trainer.window.find(QPushButton, "compareTexts")
    trainer.qtbot.waitUntil(lambda: button.width() > 50)


def chart(trainer):
    return trainer.window.find(LossChart, "lossChart")


def test_runs_are_listed_with_what_they_changed(trainer):
    newer, older = cells(trainer)
    assert newer[1:] == ["40", "3", "0.975", "0.90–1.00", "GADGET", "newer", "Dropout: 0.3, then 0.1"]
    assert older[1:] == ["40", "3", "0.200", "0.10–0.35", "GADGET", "older", ""]
    tip = table(trainer).model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Dropout: 0.1" in tip
    assert "newer" in tip


def test_a_run_that_is_chosen_is_shown_again(trainer):
    click(trainer, 1)
    assert [point[2] for point in chart(trainer).points()] == [POOR.f_score] * 3
    assert trainer.rows() == 3
    assert cells(trainer, "labelTable")[0][:2] == ["GADGET", "40"]
    assert trainer.verdict().startswith("It was still learning when it ended: F 0.20")
    assert "iteration 3 was saved in" in trainer.status()
    assert chart(trainer).beside() == []
    click(trainer, 0)
    assert [point[2] for point in chart(trainer).points()] == [GOOD.f_score] * 3


def test_two_runs_are_compared(trainer):
    choose_both(trainer)
    assert [point[2] for point in chart(trainer).points()] == [GOOD.f_score] * 3
    assert [point[2] for point in chart(trainer).beside()] == [POOR.f_score] * 3
    words = trainer.window.find(QLabel, "comparisonWords").text()
    assert "Changed: Dropout: 0.3, then 0.1." in words
    total, gadget = cells(trainer, "runComparison")
    assert gadget == ["GADGET", "0.200", "0.975", "+0.775", "better"]
    assert total[0] == "all together"
    assert table(trainer, "runComparison").model().index(1, 0).data(Qt.ItemDataRole.FontRole).bold()
    click(trainer, 0)
    assert chart(trainer).beside() == []
    assert not table(trainer, "runComparison").isVisible()


def test_texts_that_are_read_differently_are_a_click_away(trainer):
    choose_both(trainer)
    trainer.window.click("compareTexts")
    trainer.qtbot.waitUntil(lambda: table(trainer, "textDifferences").model().rowCount() == 2)
    words = trainer.window.find(QLabel, "comparisonWords").text()
    assert words.startswith("They differ in 2 of 10 texts that both held out. Of 2 places the first reads 0 as you do")
    assert cells(trainer, "textDifferences")[0] == ["iPhone X", "GADGET", "–", "GADGET", "second"]
    click(trainer, 0, "textDifferences")
    assert "iPhone X" in trainer.window.view.text()
    assert trainer.window.view.isVisible()
    assert "the first pipeline found nothing, the second “iPhone X” as GADGET" in trainer.window.notice()


def test_the_labels_come_back(trainer):
    choose_both(trainer)
    trainer.window.click("compareTexts")
    assert not table(trainer, "runComparison").isVisible()
    trainer.window.click("compareTexts")
    assert table(trainer, "runComparison").isVisible()


def test_a_folder_that_is_gone_is_said(trainer, tmp_path):
    shutil.rmtree(tmp_path / "older")
    trainer.window.trigger("showAnnotate")
    trainer.window.trigger("showTrain")
    trainer.qtbot.waitUntil(lambda: cells(trainer)[1][6] == "older (missing)")
    choose_both(trainer)
    button = trainer.window.find(QPushButton, "compareTexts")
    assert not button.isEnabled()
    assert "is no longer there" in button.toolTip()


def test_a_run_that_goes_on_keeps_its_place_and_an_earlier_one_is_drawn_beside_it(trainer, tmp_path):
    trainer.fill(tmp_path / "model", 1000)
    trainer.start()
    trainer.wait_for_rows(1)
    tabs = trainer.window.find(QTabWidget, "runTabs")
    assert tabs.currentIndex() == 0
    trainer.open_tab("Runs")
    before = trainer.records()[0]
    click(trainer, 1)
    assert trainer.records()[0] == before
    assert [point[2] for point in chart(trainer).beside()] == [POOR.f_score] * 3
    trainer.window.click("stopTraining")
    trainer.wait_until_saved()


def test_a_project_without_runs_says_so(open_, tmp_path):
    trainer = Trainer(open_(make_project(tmp_path / "bare.gadget", done_texts(2))))
    trainer.open_tab("Runs")
    words = trainer.window.find(QLabel, "runsHint").text()
    assert words.startswith("No run is kept in this project yet.")
    assert not table(trainer).isVisible()
