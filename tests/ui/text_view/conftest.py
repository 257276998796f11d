"""A text view on screen, and hands to use it with."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view import TextView

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """A mouse over a view, and what it asked for."""

    def __init__(self, view: TextView) -> None:
        self.view = view
        self.requested: list[str] = []
        self.resized: list[tuple[Span, int, int]] = []
        self.deleted: list[Span] = []
        view.span_requested.connect(lambda start, end: self.requested.append(view.text()[start:end]))
        view.resize_requested.connect(lambda span, start, end: self.resized.append((span, start, end)))
        view.delete_requested.connect(self.deleted.append)

    def find(self, part: str) -> tuple[int, int]:
        start = self.view.text().index(part)
        return start, start + len(part)

    def centre(self, offset: int) -> QPoint:
        """The middle of the character at a code point."""
        return self.view.span_rects(offset, offset + 1)[0].center()

    def on(self, part: str) -> QPoint:
        return self.centre(self.find(part)[0])

    def press(self, at: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.view.viewport(), LEFT, held, at)

    def move(self, to: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        if held != NONE:
            # QTest's moves know no modifiers.
            target, at = self.view.viewport(), to.toPointF()
            there = target.mapToGlobal(at)
            move = QMouseEvent(QEvent.Type.MouseMove, at, there, Qt.MouseButton.NoButton, LEFT, held)
            QApplication.sendEvent(target, move)
            return
        # Qt swallows a move to where the mouse was last seen, be it in another test.
        QTest.mouseMove(self.view.viewport(), to + QPoint(1, 0))
        QTest.mouseMove(self.view.viewport(), to)

    def release(self, at: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.view.viewport(), LEFT, held, at)

    def drag(self, start: QPoint, end: QPoint, *, held: Qt.KeyboardModifier = NONE) -> None:
        self.press(start, held)
        self.move((start + end) / 2, held)
        self.move(end, held)
        self.release(end, held)

    def drag_over(self, part: str, *, backwards: bool = False) -> None:
        """From the middle of the first character of ``part`` to the middle of its last one, or back."""
        start, end = self.find(part)
        ends = [self.centre(start), self.centre(end - 1)]
        self.drag(*(reversed(ends) if backwards else ends))

    def click(self, at: QPoint) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)

    def double_click(self, at: QPoint) -> None:
        self.click(at)
        QTest.mouseDClick(self.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifiers)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TextView]:
    view = TextView()
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.set_label_colours({"GADGET": "#0072b2", "BRAND": "#e69f00"})
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


@pytest.fixture
def hand(view: TextView) -> Hand:
    return Hand(view)


@pytest.fixture
def show(view: TextView, hand: Hand) -> Callable[..., Hand]:
    """Show a text whose spans are given as its parts."""

    def show(text: str, *parts: str, label: str = "GADGET") -> Hand:
        spans = [Span(text.index(part), text.index(part) + len(part), label) for part in parts]
        view.set_text(text, spans)
        return hand

    return show
