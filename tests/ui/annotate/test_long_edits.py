"""Edits of many rows are made in a thread: the window says how far they are, waits for them, and can cancel them."""

from threading import Event

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui import session as session_module


@pytest.fixture
def session(window, monkeypatch):
    monkeypatch.setattr(session_module, "_AT_ONCE", 0)
    return window.main._open.session


@pytest.fixture
def held(session, monkeypatch):
    """Undo stops half way until this is set."""
    let_go = Event()

    def undo_steps():
        yield 0.5
        let_go.wait(30)
        yield 0.6
        yield from original()

    original = session.project.journal.undo_steps
    monkeypatch.setattr(session.project.journal, "undo_steps", undo_steps)
    yield let_go
    let_go.set()


def refuse(session):
    project = session.project
    assert session.do(lambda: project.refusals.refuse(2, Span(4, 9, "GADGET")))


def test_a_deleted_label_comes_back_and_leads_to_its_text(window, session):
    window.main._open.annotate.labels.delete_active()
    window.click("notice:Delete")
    window.qtbot.waitUntil(lambda: window.spans() == [])
    assert session.counts().spans == {}
    window.trigger("nextText")
    window.trigger("undo")
    window.qtbot.waitUntil(lambda: window.spans() == [(20, 28, "GADGET")])
    assert window.main.statusBar().currentMessage() == "Undid: Deleted the label GADGET with 1 span"
    assert window.view.isEnabled()
    window.trigger("redo")
    window.qtbot.waitUntil(lambda: window.spans() == [])
    assert session.project.read.counts() == session.counts()


def test_the_window_waits_and_the_edit_can_be_cancelled(window, session, held):
    session.do(lambda: session.project.edit.set_flag([2], flagged=True))
    failed = []
    session.failed.connect(failed.append)
    window.trigger("undo")
    assert not window.view.isEnabled()
    assert not any(
        window.find(QAction, name).isEnabled() for name in ("undo", "importFiles", "closeProject", "markDone")
    )
    assert not session.do(lambda: session.project.edit.set_flag([3], flagged=True))
    assert failed == ["Undoing is not over yet. Wait for it, or cancel it first."]
    bar = window.find(QWidget, "busyBar")
    window.qtbot.waitUntil(bar.isVisible)
    assert bar.text() == "Undoing…"
    window.click("cancelBusy")
    held.set()
    window.qtbot.waitUntil(window.view.isEnabled)
    assert bar.isHidden()
    assert window.main.statusBar().currentMessage() == "Undoing was cancelled. The project is as it was."
    assert session.project.read.standing(2).flagged
    assert window.find(QAction, "undo").isEnabled()


def test_a_project_that_is_changed_is_not_left(window, session, held):
    session.do(lambda: session.project.edit.set_flag([2], flagged=True))
    window.trigger("undo")
    assert not window.main._leaving.may_leave_project()
    assert "still being changed" in window.notice()
    held.set()
    window.qtbot.waitUntil(lambda: not session.is_working())
    assert not session.project.read.standing(2).flagged
    assert window.main._leaving.may_leave_project()


def test_the_keys_are_back_where_they_were(window, session):
    session.do(lambda: session.project.edit.set_flag([1], flagged=True))
    window.view.setFocus()
    window.trigger("undo")
    window.qtbot.waitUntil(lambda: not session.is_working())
    assert window.view.hasFocus()


def test_what_goes_with_a_label_is_said(window, session):
    refuse(session)
    window.main._open.annotate.labels.delete_active()
    said = "Deleting GADGET removes its 1 span and what was refused of it at 1 place too. It can be undone."
    assert window.notice() == said


def test_what_a_merge_loses_is_said(window, session):
    project = session.project
    refuse(session)
    session.do(lambda: project.labels.add("BRAND"))
    gadget, brand = project.read.labels()
    changed = type(gadget)(
        gadget.id, gadget.name, gadget.colour, description="A device", examples=("phone", "watch"), key="X"
    )
    session.do(lambda: project.labels.change(changed))
    window.main._open.annotate._label_flow.merge(changed, brand)
    assert window.notice() == (
        "Merging GADGET into BRAND makes its 1 span BRAND; what was refused of it at 1 place is refused of BRAND then, "
        "and GADGET is gone, with its description, its 2 examples and its key X. It can be undone."
    )
