"""The check before a run is there before Start is pressed, and its rows lead to the texts."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView
from trainer import Trainer
from window_corpus import done_texts, make_project

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.check import Depth
from gadget_trainer.ui.train import live_check
from gadget_trainer.ui.train.problem_list import ProblemList

SPACED = AnnotatedText("A Kindle is here", (Span(1, 9, "GADGET"),), TextState.DONE, complete=True)
CUT = AnnotatedText("Preordering again", (Span(0, 4, "GADGET"),), TextState.DONE, complete=True)


def headline(trainer):
    return trainer.window.find(QLabel, "checkHeadline").text()


def wait_for_time(trainer):
    trainer.qtbot.waitUntil(lambda: "about" in headline(trainer), timeout=30_000)


@pytest.fixture
def asked(monkeypatch):
    """How often the texts were looked through, and how thoroughly."""
    times = []
    look_through = live_check.look_through

    def counted(project, settings, *, for_start):
        times.append(Depth.SPANS if for_start else Depth.TIME)
        return look_through(project, settings, for_start=for_start)

    monkeypatch.setattr(live_check, "look_through", counted)
    return times


@pytest.fixture
def faulty(open_, tmp_path):
    trainer = Trainer(open_(make_project(tmp_path / "faulty.gadget", [*done_texts(30), SPACED, CUT])))
    trainer.fill(tmp_path / "model", 2)
    wait_for_time(trainer)
    return trainer


def place_of(trainer, words):
    return next(place for place, said in enumerate(trainer.problems()) if words in said)


def test_entering_train_shows_what_was_found_and_how_long_it_will_take(trainer):
    wait_for_time(trainer)
    assert trainer.window.find(ProblemList, "problems").isVisible()
    assert headline(trainer).startswith("Ready: ")
    assert headline(trainer).endswith("s for 2 iterations")
    assert any("texts to learn from are few" in sentence for sentence in trainer.problems())
    assert trainer.rows() == 0


def test_nothing_is_checked_twice_and_iterations_change_the_headline_only(trainer, asked, tmp_path):
    window = trainer.window
    wait_for_time(trainer)
    before = len(asked)
    window.trigger("showAnnotate")
    window.trigger("showTrain")
    trainer.type_into("iterations", 400)
    assert headline(trainer).endswith("for 400 iterations")
    (tmp_path / "taken").write_text("")
    trainer.type_into("outputFolder", tmp_path / "taken")
    trainer.qtbot.waitUntil(lambda: headline(trainer).startswith("1 thing to mend"), timeout=10_000)
    assert len(asked) == before


def test_an_edit_outdates_what_was_found(trainer, asked):
    wait_for_time(trainer)
    before = len(asked)
    learned = headline(trainer)
    window = trainer.window
    window.trigger("showAnnotate")
    window.wait_for_tokens()
    window.choose_text(40)
    window.wait_for_tokens()
    window.drag(4, 11)
    assert len(asked) == before, "nobody looks at the findings"
    window.trigger("showTrain")
    trainer.qtbot.waitUntil(lambda: len(asked) == before + 1, timeout=10_000)
    trainer.qtbot.waitUntil(lambda: "about" in headline(trainer) and headline(trainer) != learned, timeout=30_000)


def test_show_leads_to_exactly_the_texts(faulty):
    window = faulty.window
    window.click(f"showProblem:{place_of(faulty, 'with a space')}")
    assert window.find(QTableView, "textTable").model().rowCount() == 1
    assert window.view.isVisible()
    assert window.view.text() == SPACED.text


@pytest.mark.parametrize(
    ("words", "text_id", "mended"),
    [("with a space", 31, Span(2, 8, "GADGET")), ("inside a word", 32, Span(0, 11, "GADGET"))],
)
def test_a_mend_is_one_step_that_can_be_undone(faulty, words, text_id, mended):
    window = faulty.window
    project = window.main.findChild(live_check.LiveCheck)._session.project
    before = project.read.text(text_id).spans
    window.click(f"mendProblem:{place_of(faulty, words)}")
    assert project.read.text(text_id).spans == (mended,)
    faulty.qtbot.waitUntil(lambda: not any(words in said for said in faulty.problems()), timeout=30_000)
    window.trigger("undo")
    assert project.read.text(text_id).spans == before


def test_what_is_known_is_not_looked_for_again_at_the_start(trainer, asked):
    wait_for_time(trainer)
    before = len(asked)
    trainer.start()
    trainer.wait_until_saved()
    assert len(asked) == before
    trainer.qtbot.waitUntil(
        lambda: any("will be replaced" in sentence for sentence in trainer.problems()), timeout=10_000
    )


def test_a_start_at_once_checks_what_it_needs_and_the_rest_comes_after_the_run(trainer, asked):
    trainer.start()
    trainer.wait_until_saved()
    assert asked.count(Depth.SPANS) == 1
    wait_for_time(trainer)
    assert asked[-1] is Depth.TIME


def test_a_start_that_is_stopped_while_it_is_checked_can_be_tried_again(trainer):
    trainer.start()
    trainer.window.click("stopTraining")
    assert trainer.verdict() == "Stopped before anything was learned."
    assert trainer.window.find(QAbstractButton, "startTraining").isEnabled()
    trainer.start()
    trainer.wait_until_saved()


def test_a_fault_of_the_check_lets_start_be_pressed_again(trainer, monkeypatch):
    def broken(_project, _settings, *, for_start):
        def steps():
            raise ZeroDivisionError
            yield

        return steps

    monkeypatch.setattr(live_check, "look_through", broken)
    with trainer.qtbot.captureExceptions() as faults:
        trainer.start()
        trainer.wait_for_end()
    assert "ZeroDivisionError" in str(faults[0][1])
    assert "could not be checked" in trainer.window.notice()
