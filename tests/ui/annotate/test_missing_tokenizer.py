"""A project in a language whose tokenizer needs a package that is not there."""

import importlib.util

import pytest

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText

pytestmark = pytest.mark.skipif(importlib.util.find_spec("sudachipy") is not None, reason="the package is there")


def test_it_is_said_with_what_to_choose_and_words_stand_in(open_, tmp_path):
    path = tmp_path / "tokyo.gadget"
    project = Project.create(path)
    project.labels.add("PLACE")
    project.imports.add_texts([AnnotatedText("東京タワーへ行く"), AnnotatedText("京都")], "b")
    project.keep_setting("training_settings", {"language": "ja"})
    project.close()
    window = open_(path)
    window.qtbot.waitUntil(lambda: "Japanese" in window.notice(), timeout=20_000)
    assert "spans snap to words" in window.notice()
    assert "Chinese" in window.notice(), "it says what can be chosen instead"
    window.drag(0, 2)
    assert window.spans() == [(0, 2, "PLACE")]
    window.choose_text(1)
    window.drag(0, 2)
    assert window.spans() == [(0, 2, "PLACE")], "in the next text as well"
