"""Runs that were broken off, that are thrown away, and that texts join."""

from contextlib import closing
from pathlib import Path

import pytest
import spacy
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QSpinBox
from trainer import Trainer
from window_corpus import done_texts, make_project

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.corpus.runs import RunStatus
from gadget_trainer.training import kept_run
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.split import choose_split
from gadget_trainer.training.unfinished import broken_off_in
from gadget_trainer.ui.preferences import Preferences
from gadget_trainer.ui.train.run_offers import NewTextsRow
from gadget_trainer.ui.train.run_view import RunView

MANY = 1000


def run_folders(folder: Path) -> list[Path]:
    return list(folder.glob(".model.run-*"))


def statuses(path: Path) -> list[RunStatus]:
    project = Project.open(path)
    try:
        return [run.status for run in project.runs.all()]
    finally:
        project.close()


@pytest.fixture
def broken_off(tmp_path):
    """A project whose run stood still after two of four iterations, and what these reported."""
    path = make_project(tmp_path / "broken.gadget", done_texts())
    project = Project.open(path)
    chosen = TrainingSettings(output=tmp_path / "model", language="xx", iterations=4, batch_size=60)
    run = kept_run.begin(project, chosen)
    records = [one for _, one in zip(range(2), iterations_of(run), strict=False)]
    # As a kill would: no end is noted, and the files stay.
    run._run.leave()
    project.close()
    return path, records


def iterations_of(run):
    return (record for record in run.steps() if isinstance(record, IterationDone))


def test_a_run_that_was_broken_off_is_offered_at_the_start_and_goes_on(open_, broken_off, tmp_path):
    path, records = broken_off
    window = open_(path)
    window.qtbot.waitUntil(lambda: "was broken off after iteration 2 of 4" in window.notice())
    window.click("notice:Go_on")
    trainer = Trainer(window)
    trainer.wait_until_saved()
    assert [one.losses for one in trainer.records()[:2]] == [one.losses for one in records]
    assert [one.iteration for one in trainer.records()] == [1, 2, 3, 4]
    assert not window.find(QFrame, "brokenOffRun").isVisible()
    # Closed in the moment after it was saved, the window remembers it all the same.
    window.main.close()
    assert Preferences().recent_models() == [tmp_path / "model"]
    window.main.close()
    assert statuses(path) == [RunStatus.SAVED]
    assert run_folders(tmp_path) == []
    project = Project.open(path)
    (kept,) = project.runs.all()
    project.close()
    assert [one["iteration"] for one in kept.iterations] == [1, 2, 3, 4]
    assert kept.outcome["folder"] == str(tmp_path / "model")
    assert kept.outcome["data"]
    assert kept.outcome["held_out_texts"]
    meta = spacy.load(tmp_path / "model").meta["gadget_trainer"]
    assert meta["data"] == kept.outcome["data"]
    assert meta["labels"] == ["GADGET"]
    assert set(meta["versions"]) == {"gadget_trainer", "spacy", "thinc", "python"}


def test_the_first_page_says_which_recent_project_has_it(open_, broken_off, tmp_path):
    path, _ = broken_off
    other = make_project(tmp_path / "other.gadget", done_texts(2))
    for one in (path, other):
        open_(one).main.close()
    window = open_(None)
    said = window.find(QLabel, f"brokenOff:{path.name}")
    window.qtbot.waitUntil(said.isVisible)
    assert "was broken off after iteration 2 of 4. It can go on." in said.text()
    assert not window.find(QLabel, f"brokenOff:{other.name}").isVisible()
    window.click(f"recent:{path.name}")
    window.qtbot.waitUntil(lambda: "was broken off after iteration 2 of 4" in window.notice())
    window.trigger("closeProject")
    window.qtbot.waitUntil(lambda: window.find(QLabel, f"brokenOff:{path.name}").isVisible())


def test_a_project_that_is_open_or_no_project_says_nothing(broken_off, tmp_path):
    path, _ = broken_off
    assert broken_off_in(path).endswith("was broken off after iteration 2 of 4.")
    with closing(Project.open(path)):
        assert broken_off_in(path) == "", "it may well be running there"
    for wrong, content in (("none.gadget", None), ("text.gadget", "no project")):
        if content:
            (tmp_path / wrong).write_text(content)
        assert broken_off_in(tmp_path / wrong) == ""


def test_the_train_page_offers_it_too_and_it_can_be_discarded(open_, broken_off, tmp_path):
    path, _ = broken_off
    trainer = Trainer(open_(path))
    window = trainer.window
    assert window.find(QLabel, "brokenOffRun").text().endswith("It can go on as if nothing had happened.")
    assert window.find(QAbstractButton, "resumeRun").isVisible()
    window.qtbot.waitUntil(lambda: "was broken off" in window.notice())
    window.click("discardRun")
    assert window.notice() == "", "there is nothing to go on with any more"
    assert not window.find(QAbstractButton, "resumeRun").isVisible()
    assert run_folders(tmp_path) == []
    window.main.close()
    assert statuses(path) == [RunStatus.DISCARDED]


def test_a_new_run_leaves_it_as_it_is(open_, broken_off, tmp_path):
    path, _ = broken_off
    trainer = Trainer(open_(path))
    trainer.fill(tmp_path / "model", 1)
    trainer.start()
    trainer.wait_until_saved()
    assert len(run_folders(tmp_path)) == 1
    assert trainer.window.find(QAbstractButton, "resumeRun").isVisible()
    trainer.window.main.close()
    assert statuses(path) == [RunStatus.SAVED, RunStatus.RUNNING]


def test_what_was_broken_off_before_its_first_iteration_is_not_offered(open_, tmp_path):
    path = make_project(tmp_path / "early.gadget", done_texts())
    project = Project.open(path)
    folder = tmp_path / ".model.run-x"
    folder.mkdir()
    keepsake = tmp_path / "holiday pictures"
    keepsake.mkdir()
    for place in (folder, keepsake):
        project.runs.begin({"iterations": 4}, {"run_folder": str(place)})
    project.close()
    trainer = Trainer(open_(path))
    assert not trainer.window.find(QAbstractButton, "resumeRun").isVisible()
    assert not folder.exists()
    assert keepsake.exists(), "only what a run has made is removed"
    trainer.window.main.close()
    assert statuses(path) == [RunStatus.FAILED, RunStatus.FAILED]


def test_discarding_a_run_asks_and_saves_nothing(trainer, tmp_path):
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(2)
    window = trainer.window
    window.click("discardTraining")
    assert "will be lost" in window.notice()
    window.click("notice:Go_on_training")
    trainer.wait_for_rows(trainer.rows() + 1)
    window.click("discardTraining")
    window.click("notice:Discard_the_run")
    trainer.wait_for_end()
    assert trainer.verdict() == "The run was discarded."
    assert not (tmp_path / "model").exists()
    assert run_folders(tmp_path) == []
    window.main.close()
    assert statuses(tmp_path / "few.gadget") == [RunStatus.DISCARDED]


def test_a_run_that_cannot_be_saved_can_go_on(trainer, tmp_path):
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(2)
    (tmp_path / "model").write_text("somebody put a file here")
    trainer.window.click("stopTraining")
    trainer.wait_for_end()
    assert "is a file" in trainer.window.notice()
    (tmp_path / "model").unlink()
    trainer.window.click("resumeRun")
    trainer.wait_for_rows(3)
    trainer.window.click("stopTraining")
    trainer.wait_until_saved()
    assert run_folders(tmp_path) == []


def test_texts_that_are_finished_during_a_run_join_it(trainer):
    window = trainer.window
    new = AnnotatedText("The Pixel 6 camera is 😀 great, says Zoë")
    assert choose_split(done_texts(), 0.2).learns_from(new.text)
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(1)
    join = window.find(QAbstractButton, "joinTexts")
    assert not join.isVisible()
    window.trigger("showAnnotate")
    window.choose_text(40)
    window.wait_for_tokens()
    window.drag(4, 11)
    window.trigger("markDone")
    window.trigger("showTrain")
    trainer.qtbot.waitUntil(join.isVisible)
    assert window.find(QLabel, "newTexts").text() == "1 new text since this run began."
    window.click("joinTexts")
    trainer.qtbot.waitUntil(lambda: window.notice() == "1 text joined the training.", timeout=20_000)
    trainer.qtbot.waitUntil(lambda: not join.isVisible())
    trainer.wait_for_rows(trainer.rows() + 1)
    window.click("stopTraining")
    trainer.wait_until_saved()


def test_texts_that_are_finished_in_the_last_iteration_are_left_to_a_new_run(qtbot):
    row = NewTextsRow()
    qtbot.addWidget(row)
    with qtbot.waitExposed(row):
        row.show()
    join, words = row.findChild(QAbstractButton, "joinTexts"), row.findChild(QLabel, "newTexts")
    for iteration, may_join in ((1, True), (2, False), (1, True)):
        row.note_iteration(iteration, 2)
        row.show_number(3)
        assert join.isEnabled() == may_join
        assert words.text().endswith("a new run learns from them.") != may_join
    with qtbot.waitSignal(row.join_requested):
        qtbot.mouseClick(join, Qt.MouseButton.LeftButton)
    assert words.text() == "They join at the next iteration."
    row.note_iteration(2, 2)
    assert words.text() == "They join at the next iteration.", "what was asked for is not taken back"


def test_train_again_after_a_run_that_went_on_is_with_its_own_settings(open_, broken_off):
    """The form says something else."""
    path, _ = broken_off
    trainer = Trainer(open_(path))
    trainer.type_into("iterations", 7)
    trainer.window.click("resumeRun")
    trainer.wait_until_saved()
    trainer.window.main.findChild(RunView).mistakes.train_again_requested.emit()
    assert trainer.window.find(QSpinBox, "iterations").value() == 4
