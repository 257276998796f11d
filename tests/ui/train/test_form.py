"""The form: what it remembers, what it suggests, what it switches off."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QSpinBox, QWidget
from trainer import Trainer
from window_corpus import done_texts, make_project

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.train.base_box import SCRATCH
from gadget_trainer.ui.train.form import TrainingForm


@pytest.fixture
def form(qtbot):
    form = TrainingForm()
    qtbot.addWidget(form)
    return form


def test_a_project_remembers_its_settings_and_another_has_its_own(open_, tmp_path):
    path = make_project(tmp_path / "bare.gadget", [AnnotatedText("A Kindle")])
    trainer = Trainer(open_(path))
    trainer.fill(tmp_path / "kept", 7)
    trainer.window.click("moreSettings")
    trainer.type_into("seed", 5)
    trainer.type_into("dropout", "0.25")
    trainer.type_into("heldOutShare", 30)
    trainer.type_into("batchSize", 200)
    trainer.window.find(QComboBox, "language").setCurrentText("German")
    trainer.start()
    trainer.wait_for_end()
    trainer.window.main.close()

    again = Trainer(open_(path)).window.main.findChild(TrainingForm).settings()
    assert again == TrainingSettings(
        output=tmp_path / "kept",
        iterations=7,
        seed=5,
        dropout=0.25,
        held_out=0.3,
        batch_size=200,
        language="de",
    )
    other = Trainer(open_(make_project(tmp_path / "other.gadget", [AnnotatedText("A Kindle")])))
    settings = other.window.main.findChild(TrainingForm).settings()
    assert settings.seed == TrainingSettings(output=Path()).seed
    assert settings.output.name == "other model"


def test_more_shows_the_rest_of_the_fields(trainer):
    assert not trainer.window.find(QWidget, "dropout").isVisible()
    trainer.window.click("moreSettings")
    assert trainer.window.find(QWidget, "dropout").isVisible()


def test_a_base_decides_about_the_language(trainer):
    language, mix_in = (trainer.window.find(QWidget, name) for name in ("language", "mixIn"))
    assert language.isEnabled()
    assert not mix_in.isEnabled()
    trainer.type_into("baseModel", "en_core_web_sm")
    assert not language.isEnabled()
    assert mix_in.isEnabled()
    trainer.type_into("baseModel", SCRATCH)
    assert language.isEnabled()


def test_a_base_that_does_not_load_blocks_the_start(trainer, tmp_path):
    trainer.type_into("baseModel", tmp_path / "nowhere")
    trainer.start()
    trainer.wait_for_end()
    assert any("There is no pipeline" in sentence for sentence in trainer.problems())
    assert trainer.rows() == 0


def test_iterations_are_suggested_until_the_person_chooses(open_, tmp_path):
    window = open_(make_project(tmp_path / "few.gadget", done_texts(20)))
    iterations = window.find(QSpinBox, "iterations")
    trainer = Trainer(window)
    assert iterations.value() == 40
    trainer.type_into("iterations", 3)
    window.trigger("showAnnotate")
    window.trigger("showTrain")
    assert iterations.value() == 3


@pytest.mark.parametrize(
    "settings",
    [
        TrainingSettings(output=Path("/somewhere/else")),
        TrainingSettings(
            output=Path("/a"),
            base="/models/old",
            language="de",
            iterations=3,
            batch_size=500,
            compounding=True,
            dropout=0.1,
            held_out=0.25,
            seed=9,
            mix_in=False,
        ),
    ],
)
def test_what_is_shown_is_what_is_read_back(form, settings):
    form.show_settings(settings)
    assert form.settings() == settings


def test_bases_that_are_offered_do_not_change_the_choice(form):
    form.base.setCurrentText("/models/old")
    form.offer_bases([Path("/models/new")])
    assert form.settings().base == "/models/old"
    assert [form.base.itemText(row) for row in range(form.base.count())] == [SCRATCH, "/models/new"]


def test_a_folder_that_holds_other_things_gets_a_folder_of_the_pipelines_own(trainer, tmp_path, monkeypatch):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    (tmp_path / "empty").mkdir()
    field = trainer.window.find(QLineEdit, "outputFolder")
    for chosen, shown in (("full", "full/model"), ("empty", "empty")):
        folder = str(tmp_path / chosen)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, folder=folder: folder)
        trainer.window.click("browse:output")
        assert Path(field.text()) == tmp_path / shown


def test_the_folder_of_a_base_is_chosen(trainer, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    trainer.window.click("browse:base")
    assert trainer.base().currentText() == str(tmp_path)
