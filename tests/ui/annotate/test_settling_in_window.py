"""Spans made before spaCy has loaded get the tokens' edges, wherever the person is by then."""

import pytest
from PySide6.QtCore import Qt
from window_corpus import begin_project

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.ui.annotate.token_feed import SharedSource

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def gate(hold):
    """Holds the tokenizer back until it is set."""
    return hold(SharedSource, "get")


@pytest.fixture
def early(gate, open_, tmp_path):
    """A window on two texts, its tokens not yet known."""
    path = tmp_path / "early.gadget"
    project = begin_project(path)
    project.labels.add("PLACE")
    project.imports.add_texts([AnnotatedText("The U.S. market"), AnnotatedText("Oslo")], "b")
    project.close()
    return open_(path)


def stored(window):
    texts = window.main._open.session.project.read.texts()
    return [[(span.start, span.end) for span in text.spans] for text in texts]


def test_a_span_is_put_right_and_undone_in_one_step(early, gate):
    early.drag(4, 6)
    assert early.spans() == [(4, 6, "PLACE")], "words stand in for tokens"
    gate.set()
    early.qtbot.waitUntil(lambda: early.spans() == [(4, 8, "PLACE")], timeout=20_000)
    early.view.setFocus()
    early.key(Qt.Key.Key_Z, CONTROL)
    assert early.spans() == []


def test_a_span_is_put_right_although_the_person_has_gone_on(early, gate):
    early.drag(4, 6)
    early.view.setFocus()
    early.key(Qt.Key.Key_Return)
    assert early.view.text() == "Oslo"
    gate.set()
    early.qtbot.waitUntil(lambda: stored(early) == [[(4, 8)], []], timeout=20_000)
    assert early.view.text() == "Oslo", "it does not lead away from where the person is"
