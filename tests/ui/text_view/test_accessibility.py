"""What a screen reader is told."""

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from gadget_trainer.corpus.records import Span

if TYPE_CHECKING:
    from tests.ui.text_view.conftest import Hand

Show = Callable[..., "Hand"]


def test_text_caret_selection_and_places(show: Show) -> None:
    hand = show("😀 the iPhone X", "iPhone X")
    view = hand.view
    view.setAccessibleName("Text to annotate")
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "Text to annotate"
    assert interface.role() == QAccessible.Role.EditableText
    text = interface.textInterface()
    # Screen readers count in UTF-16 units: the emoji has two.
    assert text.characterCount() == 15
    assert text.text(7, 15) == "iPhone X"
    assert text.cursorPosition() == 0
    view.set_selection(6, 8)
    assert text.selectionCount() == 1
    text.removeSelection(0)
    assert view.selection() is None
    text.setSelection(0, 8, 9)
    assert view.selection() == (6, 12)
    place = text.characterRect(7)
    assert place.topLeft() == view.viewport().mapToGlobal(view.span_rects(6, 7)[0].topLeft())
    assert text.offsetAtPoint(place.center()) == 7
    text.setCursorPosition(3)
    assert text.cursorPosition() == 3


def test_the_label_is_told_with_the_text(show: Show) -> None:
    hand = show("😀 the iPhone X", "iPhone X")
    assert hand.view.accessible_interface().attributes(8) == ("label:GADGET", 7, 15)
    assert hand.view.accessible_interface().attributes(3) == ("", 3, 4)
    hand.view.select_span(Span(6, 14, "GADGET"))
    assert hand.view.accessible_interface().selection(0) == (7, 15)


def test_the_interface_stays_while_the_view_does(show: Show) -> None:
    view = show("text").view
    assert QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Value) == "text"
    gc.collect()
    again = QAccessible.queryAccessibleInterface(view)
    assert again.rect().topLeft() == view.mapToGlobal(QPoint(0, 0))


def test_what_is_announced_is_said(show: Show, heard: list[str]) -> None:
    show("text").view.announce("GADGET: iPhone X added")
    assert heard[-1:] == ["say GADGET: iPhone X added"]


def test_caret_and_selection_are_told_wherever_they_come_from(show: Show, heard: list[str]) -> None:
    hand = show("😀 the iPhone X is here", "iPhone X")
    span = Span(6, 14, "GADGET")

    def told() -> list[str]:
        found, heard[:] = list(heard), []
        return found

    told()
    hand.key(Qt.Key.Key_Right)
    assert told() == ["caret 3"]
    hand.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert told() == ["caret 7", "selection 3 6"]
    hand.click(hand.on("here"))
    assert "caret 19" in told()
    hand.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert told() == ["caret 7", "selection 7 15"]
    hand.view.change_spans([span], [Span(6, 12, "GADGET")])
    hand.view.select_span(Span(6, 12, "GADGET"))
    assert told()[-1] == "selection 7 13", "its edge was moved"
    hand.click(hand.on("the"))
    assert told() == ["selection 7 7", "caret 3"], "nothing is selected any more"


def test_another_text_is_told(show: Show, heard: list[str]) -> None:
    hand = show("one")
    heard.clear()
    hand.view.set_text("two")
    assert heard == ["text one -> two", "caret 0"]
