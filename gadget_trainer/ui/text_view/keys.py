"""What keys mean in the text at this moment.

A key that the text has no use for is left to the window, where Enter means done and Space means skip. So each key
is looked up first, and whoever asks gets the command or nothing.
"""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, NamedTuple

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from gadget_trainer.corpus.name_like import next_name, previous_name
from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import next_token_start, previous_token_start
from gadget_trainer.ui.key_combinations import is_one_of, with_shift
from gadget_trainer.ui.text_view.geometry import Geometry
from gadget_trainer.ui.text_view.marks import Marks
from gadget_trainer.ui.text_view.nudging import nudged, nudged_by_character

Command = Callable[[], None]

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
_CTRL = _Modifier.ControlModifier
_VERTICAL = (_Key.Key_Up, _Key.Key_Down, _Key.Key_PageUp, _Key.Key_PageDown)


class Movement(NamedTuple):
    """A key that leads elsewhere; with Shift it selects on the way, where it is the same key then."""

    keys: str
    """As ``QKeySequence`` reads them."""
    words: str
    """Where it leads."""
    target: "Callable[[Keys], int]"


class Wish(NamedTuple):
    """Keys that ask for something, where it is possible now."""

    keys: tuple[str, ...]
    words: str
    possible: "Callable[[Keys], bool]"
    command: "Callable[[Keys], None]"


class Nudge(NamedTuple):
    """A key that moves an edge of the selected span by a token, in character mode by a character."""

    keys: str
    words: str
    at_end: bool
    to_right: bool


class Keys(QObject):
    """Turns keys into movements of the caret, and into wishes."""

    span_requested = Signal(int, int)
    resize_requested = Signal(object, int, int)
    delete_requested = Signal(object)
    menu_requested = Signal()
    """What can be done here should be offered."""
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
        modifiers = event.modifiers() & ~_Modifier.KeypadModifier
        for wish in self.WISHES:
            if is_one_of(wish.keys, event.key(), modifiers) and wish.possible(self):
                return partial(wish.command, self)
        return self._nudge(event.key(), modifiers) or self._movement(event.key(), modifiers)

    def span_beside(self, event: QKeyEvent) -> Span | None:
        """The span that Tab or Shift+Tab goes to; None for any other key, and where there is none."""
        if event.key() not in (_Key.Key_Tab, _Key.Key_Backtab) or event.modifiers() & (_CTRL | _Modifier.AltModifier):
            return None
        find = self._marks.layer.after if event.key() == _Key.Key_Tab else self._marks.layer.before
        return find(self._marks.span, self._marks.caret)

    # -- wishes

    def _has_marked(self) -> bool:
        return self._marks.marked is not None

    def _may_request_span(self) -> bool:
        return self._marks.range is not None and not self._marks.read_only

    def _may_request_delete(self) -> bool:
        return self._marks.span is not None and not self._marks.read_only

    def _clear(self) -> None:
        self._marks.clear()

    def _request_span(self) -> None:
        if self._marks.range is not None:
            self.span_requested.emit(*self._marks.range)

    def _request_delete(self) -> None:
        self.delete_requested.emit(self._marks.span)

    def copy(self) -> None:
        """Put the selection, or the words of the selected span, on the clipboard, character for character."""
        marks = self._marks
        if marks.marked:
            # From the str: the view shows stand-ins. Qt drops a byte order mark in front, so it gets one to drop.
            part = marks.text[slice(*marks.marked)]
            in_front = "\ufeff" if part.startswith(("\ufeff", "\ufffe")) else ""
            QGuiApplication.clipboard().setText(in_front + part)

    def _select_all(self) -> None:
        self._marks.select(0, len(self._marks.text))

    def _request_menu(self) -> None:
        self.menu_requested.emit()

    def _always(self) -> bool:
        return True

    WISHES: ClassVar[tuple[Wish, ...]] = (
        Wish(("Return", "Enter"), "give the selection the active label", _may_request_span, _request_span),
        Wish(("Delete", "Backspace"), "remove the selected span", _may_request_delete, _request_delete),
        Wish(("Escape",), "select nothing", _has_marked, _clear),
        Wish(("Ctrl+C",), "copy the selection, or the selected span", _has_marked, copy),
        Wish(("Ctrl+A",), "select all of the text", _always, _select_all),
        Wish(("Shift+F10",), "show what can be done with the span or the selection", _always, _request_menu),
    )

    def _nudge(self, key: int, modifiers: Qt.KeyboardModifier) -> Command | None:
        span, marks = self._marks.span, self._marks
        nudge = next((one for one in self.NUDGES if is_one_of([one.keys], key, modifiers)), None)
        if span is None or nudge is None or marks.read_only:
            return None
        forward = self._forward(to_right=nudge.to_right)
        if marks.character_mode:
            found = nudged_by_character(marks.text, span, at_end=nudge.at_end, forward=forward)
        else:
            found = nudged(marks.text, marks.edges, span, at_end=nudge.at_end, forward=forward)
        # Also where there is no room, the key is the span's: elsewhere it would do something else all of a sudden.
        return lambda: self.resize_requested.emit(span, *found) if found else None

    NUDGES: ClassVar[tuple[Nudge, ...]] = (
        Nudge("Ctrl+Right", "move the end of the selected span a token to the right", at_end=True, to_right=True),
        Nudge("Ctrl+Left", "move the end of the selected span a token to the left", at_end=True, to_right=False),
        Nudge("Ctrl+Shift+Right", "move its start a token to the right", at_end=False, to_right=True),
        Nudge("Ctrl+Shift+Left", "move its start a token to the left", at_end=False, to_right=False),
    )

    # -- movements

    def _movement(self, key: int, modifiers: Qt.KeyboardModifier) -> Command | None:
        held = modifiers & ~_Modifier.ShiftModifier
        found = next((one for one in self.MOVEMENTS if is_one_of([one.keys], key, held)), None)
        if found is None:
            return None
        return lambda: self._move(partial(found.target, self), key, modifiers)

    def _move(self, target: Callable[[], int], key: int, modifiers: Qt.KeyboardModifier) -> None:
        if key not in _VERTICAL:
            self._column = None
        extend, by_character = (bool(modifiers & held) for held in (_Modifier.ShiftModifier, _Modifier.AltModifier))
        offset = target()
        if not extend:
            self._marks.select_span(None)
        self._marks.move_caret(offset, extend=extend, by_character=by_character)
        self.moved.emit()

    def _forward(self, *, to_right: bool) -> bool:
        """Whether a key's direction is onwards in the paragraph that the caret is in."""
        return to_right != self._geometry.paragraph_of(self._marks.caret).lines.right_to_left

    def _token(self, *, to_right: bool) -> int:
        marks = self._marks
        if marks.character_mode:
            return self._character(to_right=to_right)
        step = next_token_start if self._forward(to_right=to_right) else previous_token_start
        return step(marks.text, marks.edges, marks.caret)

    def _name(self, *, forward: bool) -> int:
        """The caret at what may be the next name, or the last one, that has no span yet."""
        marks = self._marks
        step, offset = next_name if forward else previous_name, marks.caret
        while True:
            before, offset = offset, step(marks.text, marks.edges, offset)
            if offset == before or not marks.layer.between(offset, offset + 1):
                return offset

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

    def _line_start(self) -> int:
        return self._geometry.line_bounds(self._marks.caret)[0]

    def _line_end(self) -> int:
        return self._geometry.line_bounds(self._marks.caret)[1]

    def _text_start(self) -> int:
        return 0

    def _text_end(self) -> int:
        return len(self._marks.text)

    MOVEMENTS: ClassVar[tuple[Movement, ...]] = (
        Movement("Left", "a token to the left", partial(_token, to_right=False)),
        Movement("Right", "a token to the right", partial(_token, to_right=True)),
        Movement("Alt+Left", "a character to the left", partial(_character, to_right=False)),
        Movement("Alt+Right", "a character to the right", partial(_character, to_right=True)),
        Movement(".", "to the next word that may begin a name: a capital, or a number", partial(_name, forward=True)),
        Movement(",", "back to the one before", partial(_name, forward=False)),
        Movement("Up", "a line up", partial(_beside, lines=-1)),
        Movement("Down", "a line down", partial(_beside, lines=1)),
        Movement("PgUp", "a page up", partial(_page, direction=-1)),
        Movement("PgDown", "a page down", partial(_page, direction=1)),
        Movement("Home", "to the start of the line", _line_start),
        Movement("End", "to the end of the line", _line_end),
        Movement("Ctrl+Home", "to the start of the text", _text_start),
        Movement("Ctrl+End", "to the end of the text", _text_end),
    )


def described_keys() -> list[tuple[tuple[str, ...], str]]:
    """What the text does on keys, each with the keys as ``QKeySequence`` reads them."""
    return [
        # With Shift, a point or a comma is another key.
        *(((one.keys,), f"go {one.words}" + "; with Shift, select" * (len(one.keys) > 1)) for one in Keys.MOVEMENTS),
        (("Tab",), "select the next span"),
        (("Shift+Tab",), "select the span before"),
        *(((one.keys,), one.words) for one in Keys.NUDGES),
        *((one.keys, one.words) for one in Keys.WISHES),
    ]


def kept_keys() -> dict[str, str]:
    """Every key that the text keeps for itself, as ``QKeySequence`` writes it, and what it does there."""
    named = {QKeySequence(key).toString(): words for keys, words in described_keys() for key in keys}
    return {with_shift(one.keys): f"select on the way {one.words}" for one in Keys.MOVEMENTS} | named
