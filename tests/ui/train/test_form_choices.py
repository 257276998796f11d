"""Presets, bases, languages and the config: what each choice in the form does to the rest of it."""

import json

import pytest
import spacy
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QToolTip,
    QWidget,
)
from trainer import Trainer
from window_corpus import done_texts, make_project

from gadget_trainer.training.base_facts import base_facts
from gadget_trainer.training.presets import Preset, with_preset
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.train.base_box import SCRATCH
from gadget_trainer.ui.train.form import TrainingForm
from gadget_trainer.ui.train.path_line import PathLine


@pytest.fixture
def form(qtbot):
    form = TrainingForm()
    qtbot.addWidget(form)
    yield form
    form.finish()


@pytest.fixture
def base(tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe("ner").add_label("GADGET")
    nlp.initialize()
    nlp.to_disk(tmp_path / "old model")
    return tmp_path / "old model"


def field(form, name, kind=QWidget):
    found = form.findChild(kind, name)
    assert found is not None, name
    return found


def note(form, name):
    label = field(form, name, QLabel)
    return label.text() if label.isVisibleTo(form) else ""


def choose(form, name, words):
    box = field(form, name, QComboBox)
    box.setCurrentIndex(box.findText(words))


@pytest.mark.parametrize("preset", [Preset.QUICK, Preset.BALANCED, Preset.THOROUGH])
def test_a_preset_fills_the_fields_by_the_words(form, preset):
    form.fit_to(100)
    choose(form, "preset", preset)
    for words in (100, 30_000):
        form.fit_to(words)
        assert form.settings() == with_preset(preset, form.settings(), words)
        assert note(form, "presetNote") == preset.help
    form.findChild(QSpinBox, "patience").stepUp()
    assert field(form, "preset", QComboBox).currentText() == "Own settings"
    before = form.settings()
    form.fit_to(5)
    assert form.settings() == before


def test_a_project_remembers_the_preset(open_, tmp_path):
    path = make_project(tmp_path / "few.gadget", done_texts(2))
    trainer = Trainer(open_(path))
    box = trainer.window.find(QComboBox, "preset")
    box.setFocus()
    trainer.qtbot.keyClick(box, Qt.Key.Key_Home)
    assert box.currentText() == "Quick look"
    trainer.type_into("outputFolder", tmp_path / "model")
    trainer.start()
    trainer.wait_for_end()
    trainer.window.main.close()
    again = Trainer(open_(path)).window
    assert again.find(QComboBox, "preset").currentText() == "Quick look"
    assert again.find(QSpinBox, "iterations").value() == 10


def test_what_was_kept_by_an_earlier_or_a_later_version_is_taken_as_far_as_it_goes(form):
    form.restore({"iterations": 7, "dropout": "much", "seed": 3, "preset": "Reckless", "iterations_chosen": True})
    settings = form.settings()
    assert (settings.iterations, settings.seed, settings.dropout) == (7, 3, 0.3)
    form.fit_to(40_000)
    assert form.settings().iterations == 7
    assert json.loads(json.dumps(form.kept()))["preset"] == "Own settings"


def test_a_base_says_what_it_is(form, base):
    form.base.setCurrentText(str(base))
    form.base.lineEdit().editingFinished.emit()
    assert note(form, "baseFacts") == base_facts(str(base)).sentences()
    form.base.setCurrentText(str(base / "nowhere"))
    form.base.lineEdit().editingFinished.emit()
    assert "There is no pipeline" in note(form, "baseFacts")
    form.base.setCurrentText(SCRATCH)
    form.base.lineEdit().editingFinished.emit()
    assert note(form, "baseFacts") == ""


def test_all_labels_of_a_base_can_be_read(form, base):
    meta = json.loads((base / "meta.json").read_text())
    meta["labels"]["ner"] = [*(f"L{number}" for number in range(17)), "<b>"]
    (base / "meta.json").write_text(json.dumps(meta))
    form.base.setCurrentText(str(base))
    form.base.lineEdit().editingFinished.emit()
    label = field(form, "baseFacts", QLabel)
    assert "L11 and 6 more labels" in label.text()
    assert label.toolTip() == f"<p>{label.accessibleDescription().replace('<b>', '&lt;b&gt;')}</p>"
    assert label.accessibleDescription().endswith("L15, L16, <b>.")
    form.base.setCurrentText(SCRATCH)
    form.base.lineEdit().editingFinished.emit()
    assert label.toolTip() == ""


def test_each_field_says_in_one_sentence_what_it_is_for_also_while_it_is_off(form):
    fields = [one for one in form.findChildren(QWidget) if one.property("help") and not isinstance(one, QPushButton)]
    settings = form.kept().keys() - {"config", "splits"}
    assert len(fields) == len(settings), "with the preset"
    for one in fields:
        said = str(one.property("help"))
        assert said.endswith(".")
        assert ". " not in said, "one sentence"
        assert one.toolTip().endswith(said)
        assert one.accessibleDescription().endswith(said)
        assert one.isEnabled() or len(one.toolTip()) > len(said), "and why it is off"


def test_the_list_of_bases_shows_names_and_the_field_holds_the_path(form, base, qtbot):
    form.offer_bases([base, base.parent / "gone"])
    form.show()
    form.base.showPopup()
    view = form.base.view()
    shown = [view.model().index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(3)]
    assert shown[1].startswith("old model, ")
    assert shown[2] == "gone, not found"
    assert view.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == str(base)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1, 0)).center())
    assert form.settings().base == str(base)
    assert "Finds GADGET" in note(form, "baseFacts")


def test_languages_that_need_packages_cannot_be_chosen_and_say_why(form):
    box = field(form, "language", QComboBox)
    model = box.model()
    assert isinstance(model, QStandardItemModel)
    row = box.findData("ja")
    assert not model.item(row).isEnabled()
    assert box.itemText(row) == "Japanese: needs sudachipy and sudachidict_core"
    assert "“Chinese”" in box.itemData(row, Qt.ItemDataRole.ToolTipRole)
    assert row > box.findData("zh"), "what works stands first"
    # A project may have been made where the packages are.
    form.restore({"language": "ja"})
    assert form.settings().language == "ja"
    assert note(form, "languageNote").startswith("Japanese needs")


def test_what_has_no_effect_is_switched_off_with_the_reason(form):
    for name, reason in (("mixIn", "base"), ("mixInAmount", "base"), ("secondRecogniser", "base"), ("gpu", "CuPy")):
        assert not field(form, name).isEnabled()
        assert reason in field(form, name).toolTip()
    assert not field(form, "browse:mixInFile").isEnabled()
    form.base.setCurrentText("some model")
    assert field(form, "mixInAmount").isEnabled()
    assert "own predictions" in field(form, "mixInAmount").toolTip()
    assert "brings its own" in field(form, "vectors").toolTip()
    field(form, "mixIn", QAbstractButton).click()
    assert not field(form, "mixInAmount").isEnabled()
    assert field(form, "mixIn").isEnabled()
    field(form, "secondRecogniser", QAbstractButton).click()
    assert form.settings().second_recogniser
    for name in ("mixIn", "mixInAmount", "mixInFile"):
        assert not field(form, name).isEnabled()
        assert "stays as it is" in field(form, name).toolTip()


def test_word_vectors_are_looked_for_in_the_pipeline(form, base, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(base))
    field(form, "moreSettings", QAbstractButton).click()
    field(form, "browse:vectors", QAbstractButton).click()
    assert form.settings().vectors == str(base)
    assert "no word vectors" in note(form, "vectorsNote")


def test_a_text_file_to_mix_in_is_chosen(form, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("/a/texts.txt", ""))
    form.base.setCurrentText("some model")
    field(form, "browse:mixInFile", QAbstractButton).click()
    assert form.settings().mix_in_file == "/a/texts.txt"


def test_a_long_path_is_elided_in_the_middle_until_somebody_types(qtbot):
    line = PathLine("/home/ana/" + "a long folder/" * 9 + "model")
    other = QWidget()
    for widget in (line, other):
        qtbot.addWidget(widget)
    line.setFixedWidth(200)
    line.show()
    line.clearFocus()
    shown = line.shown_text()
    assert shown.startswith("/home")
    assert shown.endswith("model")
    assert len(shown) < len(line.text())
    line.grab()
    line.event(QHelpEvent(QEvent.Type.ToolTip, line.rect().center(), line.mapToGlobal(line.rect().center())))
    assert QToolTip.text() == line.text()


def opened(form, qtbot):
    """The config's text field, with what the settings make."""
    field(form, "showConfig", QAbstractButton).click()
    text = field(form, "configText", QPlainTextEdit)
    qtbot.waitUntil(lambda: "[training]" in text.toPlainText(), timeout=60_000)
    return text


def press_use(form, qtbot):
    qtbot.mouseClick(field(form, "useConfig", QAbstractButton), Qt.MouseButton.LeftButton)


def test_a_config_is_seen_edited_used_and_left_again(form, qtbot):
    text = opened(form, qtbot)
    assert "dropout = 0.3" in text.toPlainText()
    text.setPlainText(text.toPlainText().replace("dropout = 0.3", "dropout = high"))
    press_use(form, qtbot)
    qtbot.waitUntil(lambda: "Line" in note(form, "configMessage"), timeout=60_000)
    assert text.textCursor().selectedText() == "dropout = high"
    assert form.settings().config == ""
    text.setPlainText(text.toPlainText().replace("dropout = high", "dropout = 0.45"))
    press_use(form, qtbot)
    qtbot.waitUntil(lambda: bool(form.settings().config), timeout=60_000)
    assert form.settings().dropout == 0.45
    assert "own config" in note(form, "configState")
    for name in ("dropout", "batchSize", "language", "preset", "optimiser"):
        assert not field(form, name).isEnabled()
        assert "own config" in field(form, name).toolTip()
    assert field(form, "iterations").isEnabled()
    again = TrainingForm()
    qtbot.addWidget(again)
    again.restore(form.kept())
    assert again.settings() == form.settings()
    field(form, "backToSettings", QAbstractButton).click()
    assert form.settings().config == ""
    assert field(form, "dropout").isEnabled()
    assert note(form, "configState") == ""


def test_a_config_is_saved_and_loaded(form, qtbot, tmp_path, monkeypatch):
    text = opened(form, qtbot)
    path = tmp_path / "config.cfg"
    made = text.toPlainText()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    field(form, "saveConfig", QAbstractButton).click()
    assert path.read_text(encoding="utf-8") == made
    text.setPlainText("")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    field(form, "loadConfig", QAbstractButton).click()
    assert text.toPlainText() == made
    path.write_bytes(b"\xff")
    field(form, "loadConfig", QAbstractButton).click()
    assert "can't be read" in note(form, "configMessage")
    assert text.toPlainText() == made


def test_a_config_that_cannot_be_made_says_why(form, qtbot):
    form.base.setCurrentText("no such model")
    field(form, "showConfig", QAbstractButton).click()
    qtbot.waitUntil(lambda: "There is no pipeline" in note(form, "configMessage"), timeout=60_000)


def test_a_new_form_is_balanced(form):
    default = TrainingSettings(output=form.settings().output)
    assert form.settings() == with_preset(Preset.BALANCED, default, 0)
