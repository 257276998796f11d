"""What keys mean in the text at this moment.

A key that the text has no use for is left to the window, where Enter means done and Space means skip. So each key
is looked up first, and whoever asks gets the command or nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from gadget_trainer.corpus.snapping import next_token_start, previous_token_start
from gadget_trainer.ui.text_view.geometry import Geometry
from gadget_trainer.ui.text_view.marks import Marks
from gadget_trainer.ui.text_view.nudging import nudged

Command = Callable[[], None]

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
_HORIZONTAL = (_Key.Key_Left, _Key.Key_Right)
_VERTICAL = (_Key.Key_Up, _Key.Key_Down, _Key.Key_PageUp, _Key.Key_PageDown)


class Keys(QObject):
    """Turns keys into movements of the caret, and into wishes."""

    span_requested = Signal(int, int)
    resize_requested = Signal(object, int, int)
    delete_requested = Signal(object)
    moved = Signal()
    """The caret or the selected span is somewhere else, and should be in sight."""

    def __init__(self, geometry: Geometry, marks: Marks, parent: QObject) -> None:
        super().__init__(parent)
        self._geometry = geometry
        self._marks = marks
        # Going down through a short line, the caret comes back to the column that it started from.
        self._column: tuple[int, float] | None = None

    def command(self, event: QKeyEvent) -> Command | None:
        """What a key does now; None where it is not for the text."""
        if not self._marks.text:
            return None
        if event.matches(QKeySequence.StandardKey.Copy):
            return self._copy if self._marks.range or self._marks.span else None
        if event.matches(QKeySequence.StandardKey.SelectAll):
            return self._select_all
        modifiers = event.modifiers() & ~_Modifier.KeypadModifier
        if modifiers == _Modifier.NoModifier and (wish := self._wish(event.key())) is not None:
            return wish
        return self._nudge(event.key(), modifiers) or self._movement(event.key(), modifiers)

    # -- wishes

    def _wish(self, key: int) -> Command | None:
        marks = self._marks
        if key == _Key.Key_Escape:
            return self._clear if marks.range or marks.span else None
        if marks.read_only:
            return None
        if key in (_Key.Key_Return, _Key.Key_Enter) and marks.range is not None:
            return self._request_span
        if key in (_Key.Key_Delete, _Key.Key_Backspace) and marks.span is not None:
            return self._request_delete
        return None

    def _clear(self) -> None:
        self._marks.clear()

    def _request_span(self) -> None:
        if self._marks.range is not None:
            self.span_requested.emit(*self._marks.range)

    def _request_delete(self) -> None:
        self.delete_requested.emit(self._marks.span)

    def _copy(self) -> None:
        marks = self._marks
        found = marks.range or (marks.span and (marks.span.start, marks.span.end))
        if found:
            # From the str: the view shows stand-ins. Qt drops a byte order mark in front, so it gets one to drop.
            part = marks.text[slice(*found)]
            in_front = "\ufeff" if part.startswith(("\ufeff", "\ufffe")) else ""
            QGuiApplication.clipboard().setText(in_front + part)

    def _select_all(self) -> None:
        self._marks.select(0, len(self._marks.text))

    def _nudge(self, key: int, modifiers: Qt.KeyboardModifier) -> Command | None:
        """Ctrl moves the end of the selected span by a token, Shift+Ctrl its start."""
        span = self._marks.span
        at_end = modifiers == _Modifier.ControlModifier
        at_start = modifiers == _Modifier.ControlModifier | _Modifier.ShiftModifier
        if span is None or self._marks.read_only or key not in _HORIZONTAL or not (at_end or at_start):
            return None
        found = nudged(
            self._marks.text,
            self._marks.edges,
            span,
            at_end=at_end,
            forward=self._forward(to_right=key == _Key.Key_Right),
        )
        # Also where there is no room, the key is the span's: elsewhere it would do something else all of a sudden.
        return lambda: self.resize_requested.emit(span, *found) if found else None

    # -- movements

    def _movement(self, key: int, modifiers: Qt.KeyboardModifier) -> Command | None:
        target = self._target(key, modifiers & ~_Modifier.ShiftModifier)
        if target is None:
            return None
        extend = bool(modifiers & _Modifier.ShiftModifier)
        return lambda: self._move(target, extend=extend, keep_column=key in _VERTICAL)

    def _target(self, key: int, modifiers: Qt.KeyboardModifier) -> Callable[[], int] | None:
        """How to find where a key leads, by the modifiers that are held beside Shift."""
        if modifiers == _Modifier.NoModifier:
            targets: dict[int, Callable[[], int]] = {
                _Key.Key_Left: lambda: self._token(to_right=False),
                _Key.Key_Right: lambda: self._token(to_right=True),
                _Key.Key_Up: lambda: self._beside(-1),
                _Key.Key_Down: lambda: self._beside(1),
                _Key.Key_PageUp: lambda: self._page(-1),
                _Key.Key_PageDown: lambda: self._page(1),
                _Key.Key_Home: lambda: self._geometry.line_bounds(self._marks.caret)[0],
                _Key.Key_End: lambda: self._geometry.line_bounds(self._marks.caret)[1],
            }
        elif modifiers == _Modifier.AltModifier:
            targets = {
                _Key.Key_Left: lambda: self._character(to_right=False),
                _Key.Key_Right: lambda: self._character(to_right=True),
            }
        elif modifiers == _Modifier.ControlModifier:
            targets = {_Key.Key_Home: lambda: 0, _Key.Key_End: lambda: len(self._marks.text)}
        else:
            return None
        return targets.get(key)

    def _move(self, target: Callable[[], int], *, extend: bool, keep_column: bool) -> None:
        if not keep_column:
            self._column = None
        offset = target()
        if not extend:
            self._marks.select_span(None)
        self._marks.move_caret(offset, extend=extend)
        self.moved.emit()

    def _forward(self, *, to_right: bool) -> bool:
        """Whether a key's direction is onwards in the paragraph that the caret is in."""
        return to_right != self._geometry.paragraph_of(self._marks.caret).lines.right_to_left

    def _token(self, *, to_right: bool) -> int:
        marks = self._marks
        step = next_token_start if self._forward(to_right=to_right) else previous_token_start
        return step(marks.text, marks.edges, marks.caret)

    def _character(self, *, to_right: bool) -> int:
        """The caret one character on, over the end of a paragraph too."""
        forward, caret = self._forward(to_right=to_right), self._marks.caret
        within = self._geometry.paragraph_of(caret).lines.next_caret(caret, forward=forward)
        if within != caret:
            return within
        if not forward:
            return max(0, self._geometry.paragraph_of(caret - 1).lines.end) if caret else 0
        following = list(zip(range(2), self._geometry.paragraphs_from(caret), strict=False))
        return following[-1][1].lines.start if len(following) > 1 else caret

    def _beside(self, lines: int) -> int:
        """The caret in the line above or below."""
        metrics, rect = self._geometry.metrics, self._geometry.caret_rect(self._marks.caret)
        return self._in_column(rect.bottom() + metrics.air + 2 if lines > 0 else rect.top() - metrics.lane - 2)

    def _page(self, direction: int) -> int:
        """The caret a viewport further, less a line to find one's place by."""
        rect = self._geometry.caret_rect(self._marks.caret)
        distance = max(self._geometry.metrics.cell, self._geometry.height - self._geometry.metrics.cell)
        return self._in_column(rect.center().y() + direction * distance)

    def _in_column(self, y: float) -> int:
        """The caret at a height, in the column that going up and down began in."""
        caret = self._marks.caret
        remembered = self._column is not None and self._column[0] == caret
        x = self._column[1] if self._column and remembered else self._geometry.caret_rect(caret).left()
        found = self._geometry.caret_at(QPointF(x, y))
        self._column = (found, x)
        return found
