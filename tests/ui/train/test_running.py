"""Runs that are started, paused, stopped and closed from the window."""

import re
import threading

import pytest
import spacy
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QProgressBar, QTableView
from trainer import Trainer
from window_corpus import done_texts, iteration, make_project

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.ui.steps import Steps
from gadget_trainer.ui.train.loss_chart import LossChart

MANY = 1000


def iterations(trainer):
    return [int(cell.replace(",", "")) for cell in trainer.column(0)]


def running_threads(main):
    return [thread for thread in main.findChildren(QThread) if thread.isRunning()]


def test_a_run_shows_its_iterations_and_is_saved_and_the_same_seed_gives_the_same_losses(trainer, tmp_path):
    losses = []
    for _run in range(2):
        trainer.start()
        trainer.wait_until_saved()
        losses.append([record.loss for record in trainer.records()])
    assert len(losses[0]) == 2
    assert losses[0] == losses[1]
    assert iterations(trainer) == [1, 2]
    assert [point[0] for point in trainer.window.find(LossChart, "lossChart").points()] == [1, 2]
    assert trainer.verdict()
    progress = trainer.window.find(QProgressBar, "trainingProgress")
    assert progress.value() == progress.maximum()
    assert re.search(r"Iteration \d is saved in .*loaded again", trainer.status())
    assert "GADGET" in spacy.load(tmp_path / "model").get_pipe("ner").labels
    assert any("will be replaced" in sentence for sentence in trainer.problems())


def test_a_paused_run_does_not_go_on(trainer):
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(1)
    pause = trainer.window.find(QAbstractButton, "pauseTraining")
    trainer.window.click("pauseTraining")
    assert pause.text() == "Go on"
    before = trainer.rows()
    table = trainer.window.find(QTableView, "iterationTable").model()
    with trainer.qtbot.assertNotEmitted(table.modelReset, wait=1000):
        pass
    assert trainer.rows() <= before + 1, "the step that was under way may end an iteration, no other begins"
    assert trainer.status().startswith("Paused")
    before = trainer.rows()
    trainer.window.click("pauseTraining")
    assert pause.text() == "Pause"
    trainer.wait_for_rows(before + 2)
    trainer.window.click("pauseTraining")
    trainer.window.click("stopTraining")
    trainer.wait_until_saved()
    assert iterations(trainer) == list(range(1, trainer.rows() + 1))


def test_an_iteration_that_ends_while_it_is_paused_is_shown(trainer, monkeypatch):
    paused = threading.Event()

    class TwoIterations(Steps):
        def __init__(self, _project, _settings, parent, _broken_off):
            super().__init__(self._records, parent)

        def _records(self):
            yield iteration(1)
            paused.wait(20)
            yield iteration(2)

    monkeypatch.setattr("gadget_trainer.ui.train.run_control.RunThread", TwoIterations)
    trainer.start()
    trainer.wait_for_rows(1)
    trainer.window.click("pauseTraining")
    paused.set()
    trainer.wait_for_rows(2)
    trainer.window.click("pauseTraining")
    trainer.wait_for_end()
    assert iterations(trainer) == [1, 2]


def test_stop_saves_the_best_so_far_within_a_batch(trainer, tmp_path):
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(2)
    trainer.window.click("stopTraining")
    seen = trainer.rows()
    trainer.wait_until_saved()
    assert trainer.rows() <= seen + 1
    best = int(re.match(r"Stopped\. Iteration (\d+) is saved", trainer.status())[1])
    scores = [record.f_score or 0.0 for record in trainer.records()]
    assert scores[best - 1] == max(scores)
    assert spacy.load(tmp_path / "model").pipe_names


def test_stopping_before_anything_was_learned_says_that_nothing_is_saved(trainer, monkeypatch, tmp_path):
    from gadget_trainer.training.run import TrainingRun

    preparing = threading.Event()
    go_on = threading.Event()
    steps = TrainingRun.steps

    def slow_steps(self):
        for record in steps(self):
            preparing.set()
            go_on.wait(20)
            yield record

    monkeypatch.setattr(TrainingRun, "steps", slow_steps)
    trainer.start()
    trainer.qtbot.waitUntil(preparing.is_set, timeout=20_000)
    trainer.window.click("stopTraining")
    go_on.set()
    trainer.wait_for_end()
    assert trainer.window.notice().startswith("Nothing was learned yet")
    assert not (tmp_path / "model").exists()


def test_annotating_goes_on_while_it_trains(trainer, tmp_path):
    window = trainer.window
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(1)
    window.trigger("showAnnotate")
    window.choose_text(40)
    window.wait_for_tokens()
    window.drag(4, 11)
    assert window.spans() == [(4, 11, "GADGET")]
    seen = trainer.rows()
    trainer.wait_for_rows(seen + 1)
    window.trigger("showTrain")
    window.click("stopTraining")
    trainer.wait_until_saved()
    window.main.close()
    project = Project.open(tmp_path / "few.gadget")
    assert project.read.text(41).spans == (Span(4, 11, "GADGET"),)
    project.close()


def test_nothing_annotated_blocks_the_start_with_a_sentence(open_, tmp_path):
    trainer = Trainer(open_(make_project(tmp_path / "bare.gadget", [AnnotatedText("A Kindle")])))
    trainer.fill(tmp_path / "model", 2)
    trainer.start()
    trainer.wait_for_end()
    assert "No text is annotated yet. Highlight some spans, then train." in trainer.problems()
    assert trainer.verdict() == "Nothing was trained: see at the left what stands in the way."
    assert trainer.rows() == 0
    assert not (tmp_path / "model").exists()


def test_an_output_folder_that_is_a_file_blocks_the_start(trainer, tmp_path):
    (tmp_path / "taken").write_text("something else")
    trainer.type_into("outputFolder", tmp_path / "taken")
    trainer.start()
    trainer.wait_for_end()
    assert f"“{tmp_path / 'taken'}” is a file. Choose a folder to save the pipeline in." in trainer.problems()
    assert trainer.rows() == 0
    assert (tmp_path / "taken").read_text() == "something else"


def test_no_output_folder_is_said_at_once(trainer):
    trainer.type_into("outputFolder", " ")
    trainer.start()
    assert trainer.window.notice() == "Choose a folder for the trained pipeline."


def test_a_problem_leads_to_its_texts(open_, tmp_path):
    cut = AnnotatedText("Preordering again", (Span(0, 4, "GADGET"),), TextState.DONE, complete=True)
    trainer = Trainer(open_(make_project(tmp_path / "cut.gadget", [*done_texts(8), cut])))
    (tmp_path / "file").touch()
    trainer.fill(tmp_path / "model", MANY)
    trainer.start()
    trainer.wait_for_rows(1)
    place = next(place for place, said in enumerate(trainer.problems()) if "inside a word" in said)
    window = trainer.window
    window.click(f"showProblem:{place}")
    assert window.find(QTableView, "textTable").model().rowCount() == 1
    assert window.view.isVisible()
    assert window.view.text() == "Preordering again"


def leftovers(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and "model" in path.name)


def test_closing_the_window_during_a_run_leaves_nothing(trainer, tmp_path):
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(1)
    main = trainer.window.main
    assert running_threads(main)
    main.close()
    assert not running_threads(main)
    assert leftovers(tmp_path) == []
    QApplication.processEvents()
    project = Project.open(tmp_path / "few.gadget")
    project.close()


def test_nothing_begins_when_a_closed_window_hears_that_the_run_has_ended(trainer, monkeypatch):
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(1)
    begun = []

    def begin(steps):
        begun.append(steps)

    monkeypatch.setattr(Steps, "start", begin)
    trainer.window.main.close()
    QApplication.processEvents()
    assert begun == []


def test_closing_the_window_while_the_texts_are_checked_starts_no_run(trainer, tmp_path):
    trainer.start()
    main = trainer.window.main
    main.close()
    QApplication.processEvents()
    assert not running_threads(main)
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("choice", "saved"), [("Close_without_saving", False), ("Save_and_close", True), ("Go_on_training", None)]
)
def test_quitting_during_a_run_asks(trainer, tmp_path, choice, saved):
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(1)
    trainer.window.trigger("quit")
    main = trainer.window.main
    assert main.isVisible()
    assert trainer.window.notice().startswith("A training is running.")
    trainer.window.click(f"notice:{choice}")
    if saved is None:
        trainer.wait_for_rows(trainer.rows() + 1)
        assert main.isVisible()
        return
    trainer.qtbot.waitUntil(main.isHidden, timeout=30_000)
    assert not running_threads(main)
    assert (tmp_path / "model" / "meta.json").exists() is saved


def test_save_and_close_stays_open_when_it_cannot_be_saved(trainer, tmp_path):
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(1)
    (tmp_path / "model").write_text("somebody put a file here")
    trainer.window.trigger("quit")
    trainer.window.click("notice:Save_and_close")
    trainer.wait_for_end()
    assert trainer.window.main.isVisible()
    assert "is a file" in trainer.window.notice()


def test_a_run_is_not_lost_by_opening_or_closing_a_project(trainer, tmp_path, monkeypatch):
    other = make_project(tmp_path / "other.gadget", [AnnotatedText("A Kindle")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(other), ""))
    trainer.type_into("iterations", MANY)
    trainer.start()
    trainer.wait_for_rows(1)
    window = trainer.window
    for leave in ("closeProject", "openSample", "openProject"):
        window.trigger(leave)
        assert window.notice().startswith("A training is running.")
        assert window.main.windowTitle() == "few – Gadget Trainer"
        assert window.find(QTableView, "textTable").model().rowCount() == 41
        window.click("closeNotice")
    trainer.wait_for_rows(trainer.rows() + 1)
