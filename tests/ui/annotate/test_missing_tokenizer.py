"""A project in a language whose tokenizer needs a package that is not there."""

import importlib.util

import pytest
from PySide6.QtWidgets import QComboBox

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText

pytestmark = pytest.mark.skipif(importlib.util.find_spec("sudachipy") is not None, reason="the package is there")


@pytest.fixture
def tokyo(open_, tmp_path):
    """The window on a project in Japanese."""
    project = Project.create(tmp_path / "tokyo.gadget")
    project.labels.add("PLACE")
    project.imports.add_texts([AnnotatedText("東京タワーへ行く"), AnnotatedText("京都")], "b")
    project.keep_setting("training_settings", {"language": "ja"})
    project.close()
    window = open_(tmp_path / "tokyo.gadget")
    window.qtbot.waitUntil(lambda: "Japanese" in window.notice())
    return window


def test_it_is_said_with_what_to_choose_and_words_stand_in(tokyo):
    window = tokyo
    assert "spans snap to words" in window.notice()
    assert "Chinese" in window.notice(), "it says what can be chosen instead"
    window.drag(0, 2)
    assert window.spans() == [(0, 2, "PLACE")]
    window.choose_text(1)
    window.drag(0, 2)
    assert window.spans() == [(0, 2, "PLACE")], "in the next text as well"


def test_what_works_instead_is_a_button(tokyo, open_, tmp_path):
    tokyo.click("notice:Choose_“Chinese”")
    assert tokyo.notice() == ""
    assert tokyo.main.statusBar().currentMessage() == "The language of this project is “Chinese” now."
    tokyo.wait_for_tokens()
    tokyo.drag(2, 4)
    assert tokyo.spans() == [(2, 4, "PLACE")]
    tokyo.main.close()
    again = open_(tmp_path / "tokyo.gadget")
    again.wait_for_tokens()
    assert again.notice() == ""
    assert again.find(QComboBox, "language").currentText() == "Chinese"


def test_what_cuts_at_spaces_is_another_button(tokyo):
    tokyo.click("notice:Choose_“Several_languages”")
    assert tokyo.main.statusBar().currentMessage() == "The language of this project is “Several languages” now."
    tokyo.wait_for_tokens()
    assert tokyo.find(QComboBox, "language").currentText() == "Several languages"


def test_the_offer_goes_when_a_language_is_chosen_in_train(tokyo):
    box = tokyo.find(QComboBox, "language")
    box.setCurrentIndex(box.findText("English"))
    assert tokyo.notice() == ""
