"""Reading, selecting and asking for spans with the keyboard alone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view import TextView

if TYPE_CHECKING:
    from tests.ui.text_view.conftest import Hand

Show = Callable[..., "Hand"]
Key, Modifier = Qt.Key, Qt.KeyboardModifier
SHIFT, ALT, CONTROL = Modifier.ShiftModifier, Modifier.AltModifier, Modifier.ControlModifier
TEXT = "How to preorder the iPhone X"


def selected(hand: "Hand") -> str | None:
    found = hand.view.selection()
    return found and hand.view.text()[slice(*found)]


def test_tokens_are_selected_and_asked_for_by_key(show: Show) -> None:
    hand = show(TEXT)
    for _ in range(4):
        hand.key(Key.Key_Right)
    hand.key(Key.Key_Right, SHIFT)
    assert selected(hand) == "iPhone"
    hand.key(Key.Key_Right, SHIFT)
    assert selected(hand) == "iPhone X"
    hand.key(Key.Key_Left, SHIFT)
    assert selected(hand) == "iPhone"
    hand.key(Key.Key_Return)
    assert hand.requested == ["iPhone"]


def test_point_and_comma_go_to_what_may_be_a_name_and_has_no_span(show: Show) -> None:
    hand = show("in the end Ana Ruiz and Ben met in Oslo", "Ben")
    hand.key(Key.Key_Period)
    hand.key(Key.Key_Right, SHIFT)
    assert selected(hand) == "Ana"
    hand.key(Key.Key_Period)
    hand.key(Key.Key_Right, SHIFT)
    assert selected(hand) == "Oslo"
    hand.key(Key.Key_Comma)
    hand.key(Key.Key_Comma)
    hand.key(Key.Key_Right, SHIFT)
    assert selected(hand) == "Ana"


def test_right_to_left_text_is_walked_as_it_is_read(show: Show) -> None:
    hand = show("كيف أطلب هاتف")
    hand.key(Key.Key_Left)
    hand.key(Key.Key_Left, SHIFT)
    assert selected(hand) == "أطلب"


def test_alt_goes_by_what_a_reader_takes_for_a_character(show: Show) -> None:
    hand = show("👩\u200d👩\u200d👧e\u0301\r\nb")
    places = []
    for _ in range(5):
        hand.key(Key.Key_Right, ALT)
        places.append(hand.view.accessible_interface().cursorPosition())
    # UTF-16 units, as a screen reader counts: the family has 8, the letter 2, the line end 2.
    assert places == [8, 10, 12, 13, 13]
    for _ in range(4):
        hand.key(Key.Key_Left, ALT)
    assert hand.view.accessible_interface().cursorPosition() == 0


def test_lines_home_end_and_the_ends_of_the_text(show: Show) -> None:
    hand = show("one two\nthree four\nfive six")
    hand.key(Key.Key_Down)
    hand.key(Key.Key_End, SHIFT)
    assert selected(hand) == "three four"
    hand.key(Key.Key_Home)
    hand.key(Key.Key_Up, SHIFT)
    assert selected(hand) == "one two"
    hand.key(Key.Key_End, CONTROL)
    hand.key(Key.Key_Home, SHIFT)
    assert selected(hand) == "five six"
    hand.key(Key.Key_Home, CONTROL)
    hand.key(Key.Key_PageDown, SHIFT)
    assert selected(hand) == "one two\nthree four"


def test_going_down_keeps_the_column_through_a_short_line(show: Show) -> None:
    hand = show("aaaa bbbb cccc\nx\naaaa bbbb cccc")
    hand.key(Key.Key_Right)
    hand.key(Key.Key_Right)
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Right, SHIFT)
    assert hand.view.selection() == (27, 31)


def test_going_down_through_broken_lines_visits_each(show: Show) -> None:
    hand = show("The Samsung Galaxy Z Fold 5 Special Edition is what I mean here. " * 8)
    text = hand.view.text()
    lines = len({rect.top() for rect in hand.view.span_rects(0, len(text))})
    hand.key(Key.Key_End)
    tops = set()
    for _ in range(lines):
        caret = hand.view.accessible_interface().cursorPosition()
        tops.add(hand.view._geometry.caret_rect(caret).top())
        hand.key(Key.Key_Down)
    assert len(tops) == lines


def test_the_caret_stays_in_sight(show: Show) -> None:
    hand = show("\n".join(f"line {number}" for number in range(300)))
    for _ in range(30):
        hand.key(Key.Key_Down)
    caret = hand.view.accessible_interface().cursorPosition()
    assert hand.view.viewport().rect().contains(hand.view.span_rects(caret, caret + 1)[0])


@pytest.mark.parametrize(
    "text",
    [
        "the \ufeffBOM",
        "\ufeffBOM",
        "\ufeff\ufeffBOMs",
        "\ufffeswap",
        "a\r\nb\u2028c",
        "nul\0l",
        "\u00a0a\u00a0b",
        "😀 👩\u200d👩\u200d👧",
        "كيف iPhone",
        "e\u0301\tx\vy",
    ],
)
def test_copying_gives_exactly_what_is_there(show: Show, text: str) -> None:
    hand = show(f"a {text} z")
    start, end = hand.find(text.strip())
    hand.view.set_selection(start, end)
    hand.key(Key.Key_C, CONTROL)
    low, high = hand.view.selection() or (0, 0)
    assert (low, high) == (start, end)
    assert QGuiApplication.clipboard().text() == hand.view.text()[low:high]


def test_a_selected_span_is_copied_and_deleted_by_key(show: Show) -> None:
    hand = show(TEXT, "iPhone X")
    hand.click(hand.on("iPhone"))
    hand.key(Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "iPhone X"
    hand.key(Key.Key_Delete)
    hand.key(Key.Key_Backspace)
    assert hand.deleted == [Span(20, 28, "GADGET")] * 2
    hand.key(Key.Key_Escape)
    assert hand.view.selected_span() is None


def test_tab_walks_the_spans_and_then_leaves(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before, view, after = QLineEdit(), TextView(), QLineEdit()
    layout = QVBoxLayout(window)
    for widget in (before, view, after):
        layout.addWidget(widget)
    first, second = Span(0, 3, "A"), Span(7, 15, "B")
    view.set_text(TEXT, [second, first])
    with qtbot.waitExposed(window):
        window.show()
    view.setFocus()
    seen = []
    for _ in range(2):
        qtbot.keyClick(view, Key.Key_Tab)
        seen.append(view.selected_span())
    assert seen == [first, second]
    assert view.hasFocus()
    qtbot.keyClick(view, Key.Key_Tab)
    assert after.hasFocus()
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Backtab, SHIFT)
    assert view.selected_span() == first
    qtbot.keyClick(view, Key.Key_Backtab, SHIFT)
    assert before.hasFocus()


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_1, Key.Key_Return, Key.Key_F, Key.Key_Delete])
def test_keys_without_a_use_are_the_windows(qtbot: QtBot, key: Qt.Key) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    view = TextView()
    window.setCentralWidget(view)
    action = QAction("done", window)
    action.setShortcut(key)
    window.addAction(action)
    view.set_text(TEXT)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    with qtbot.waitSignal(action.triggered):
        qtbot.keyClick(view, key)


def test_return_is_the_texts_own_only_with_a_selection(show: Show) -> None:
    hand = show(TEXT)

    def override() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Return, Modifier.NoModifier)
        event.ignore()
        QGuiApplication.sendEvent(hand.view, event)
        return event.isAccepted()

    assert not override()
    hand.view.set_selection(20, 28)
    assert override()
    hand.view.set_read_only(True)
    assert not override()


KEYS = [Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageDown, Key.Key_Tab]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.text(alphabet=st.sampled_from("ab ,\n\r\t\u00a0\u2028\0\ufeff😀👩\u200d\u0301كيم中अ्\U0001f1e9"), max_size=40),
    st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from([Modifier.NoModifier, SHIFT, ALT])), max_size=25),
)
def test_no_key_leads_out_of_any_text(
    view: TextView, text: str, presses: list[tuple[Qt.Key, Qt.KeyboardModifier]]
) -> None:
    view.set_text(text)
    for key, modifiers in presses:
        view.setFocus()
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
        QGuiApplication.sendEvent(view, event)
        found = view.selection()
        if found is not None:
            part = text[slice(*found)]
            assert part == part.strip()
            assert part
    assert view.text() == text
