"""Undo and redo lead to the place that they change."""

import pytest
from PySide6.QtGui import QAction
from window_corpus import begin_project

from gadget_trainer.corpus.records import AnnotatedText

LONG = "line one here\n" * 400 + "The last iPhone here\n"
PLACE = (LONG.index("iPhone"), LONG.index("iPhone") + len("iPhone"))


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "long.gadget"
    project = begin_project(made)
    project.labels.add("GADGET")
    project.imports.add_texts([AnnotatedText(LONG), AnnotatedText("A short one")], "a")
    project.close()
    return made


@pytest.fixture
def edited(window):
    """The window with a span far below in the long text, whose top is in sight."""
    session = window.main._open.session
    session.do(lambda: session.project.edit.add_span(1, *PLACE, "GADGET"))
    assert not is_seen(window)
    return window


def is_seen(window) -> bool:
    (place,) = window.view.span_rects(*PLACE)
    return window.view.viewport().rect().contains(place)


def test_the_place_in_a_long_text_comes_into_sight(edited):
    edited.trigger("undo")
    assert edited.spans() == []
    assert is_seen(edited)
    edited.view.ensure_visible(0, 1)
    edited.trigger("redo")
    assert is_seen(edited)


def test_so_it_does_from_another_text(edited):
    edited.trigger("nextText")
    edited.trigger("undo")
    assert edited.view.text() == LONG
    assert is_seen(edited)


@pytest.mark.parametrize("workspace", ["showTrain", "showTry"])
def test_undo_elsewhere_leads_to_where_texts_are_annotated(edited, workspace):
    edited.trigger(workspace)
    edited.trigger("undo")
    assert edited.find(QAction, "showAnnotate").isChecked()
    assert edited.view.isVisible()
    assert is_seen(edited)
    assert edited.main.statusBar().currentMessage() == "Undid: Labelled “iPhone” GADGET"
