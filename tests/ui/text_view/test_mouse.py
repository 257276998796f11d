"""Highlighting, choosing and resizing with a real mouse on the real view."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import TokenEdges
from gadget_trainer.ui.text_view import TextView

if TYPE_CHECKING:
    from tests.ui.text_view.conftest import Hand

Show = Callable[..., "Hand"]
TEXT = "How to preorder the iPhone X, and should I pay for it?"
LONG = "The Samsung Galaxy Z Fold 5 Special Edition is what I mean. " * 6


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(
    ("text", "part"),
    [
        (TEXT, "iPhone X"),
        (TEXT, "How"),
        ("😀😀 the iPhone X 😀 is", "iPhone X"),
        ("I want 👍🏿 and 👩\u200d👩\u200d👧 now", "👩\u200d👩\u200d👧"),
        ("first\r\nthe iPhone X\r\nlast", "iPhone X"),
        ("first the\r\niPhone X last", "the\r\niPhone"),
        ("one\n\n\ntwo three", "one\n\n\ntwo"),
        ("كيف أطلب هاتف آيفون الجديد", "هاتف آيفون"),
        ("أريد iPhone X الجديد", "iPhone X"),
        ("in e\u0301te\u0301 we", "e\u0301te\u0301"),
        ("a\tTab Phone", "Tab Phone"),
        ("\ufeffBOM here", "BOM here"),
        ("a\u2028iPhone X", "iPhone X"),
    ],
)
def test_a_drag_asks_for_what_it_covers(show: Show, text: str, part: str, backwards: bool) -> None:
    hand = show(text)
    hand.drag_over(part, backwards=backwards)
    assert hand.requested == [part]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_drag_inside_words_snaps_to_them_while_it_goes_on(show: Show, backwards: bool) -> None:
    hand = show(TEXT)
    start, end = hand.centre(TEXT.index("Phone")), hand.centre(TEXT.index("X,"))
    hand.press(end if backwards else start)
    hand.move(start if backwards else end)
    assert hand.view.selection() == (20, 28)
    assert hand.requested == []
    hand.release(start if backwards else end)
    assert hand.requested == ["iPhone X"]


def test_tokens_decide_once_they_are_known(show: Show) -> None:
    hand = show("a 3x300 b")
    assert hand.view.is_provisional()
    hand.view.set_token_edges(TokenEdges([0, 2], [1, 4]))
    hand.view.add_edges([4, 8], [7, 9], 9)
    assert not hand.view.is_provisional()
    hand.drag_over("3x")
    hand.drag_over("300")
    assert hand.requested == ["3x", "300"]


def test_a_drag_over_the_ends_of_lines(show: Show) -> None:
    hand = show(LONG)
    start, end = hand.find("what I mean. The Samsung Galaxy Z Fold 5 Special Edition is what")
    tops = {rect.top() for rect in hand.view.span_rects(start, end)}
    assert len(tops) > 1, "the range has to be broken for this test"
    hand.drag(hand.centre(end - 1), hand.centre(start))
    assert hand.requested == [LONG[start:end]]


def test_a_drag_over_spaces_asks_for_nothing(show: Show) -> None:
    hand = show("a" + " " * 12 + "b")
    hand.drag(hand.centre(3), hand.centre(9))
    assert hand.requested == []
    assert hand.view.selection() is None


def test_a_click_selects_a_span_and_one_beside_lets_it_go(show: Show, qtbot: QtBot) -> None:
    hand = show(TEXT, "iPhone X")
    with qtbot.waitSignal(hand.view.span_selected) as told:
        hand.click(hand.on("Phone"))
    assert told.args == [Span(20, 28, "GADGET")]
    assert hand.view.selected_span() == Span(20, 28, "GADGET")
    hand.click(hand.on("preorder"))
    assert hand.view.selected_span() is None
    assert hand.requested == []


def test_a_click_on_the_tag_selects_its_span(show: Show) -> None:
    hand = show(TEXT, "iPhone X")
    pill = hand.view.span_rects(20, 28)[0]
    hand.click(QPoint(pill.left() + 8, pill.top() - 6))
    assert hand.view.selected_span() == Span(20, 28, "GADGET")


def test_a_double_click_asks_for_the_token(show: Show, qtbot: QtBot) -> None:
    hand = show(TEXT)
    hand.double_click(hand.on("preorder"))
    qtbot.waitUntil(lambda: hand.requested == ["preorder"])


@pytest.mark.usefixtures("slow_clicks")
def test_it_asks_only_when_no_third_click_can_follow(show: Show) -> None:
    hand = show(TEXT)
    hand.double_click(hand.on("preorder"))
    assert hand.view.selection() == hand.find("preorder")
    assert hand.requested == []


@pytest.mark.usefixtures("slow_clicks")
@pytest.mark.parametrize("then", ["click", "double click", "key", "leave"])
def test_what_is_done_next_needs_not_wait_for_it(show: Show, then: str) -> None:
    hand = show(TEXT)
    hand.double_click(hand.on("preorder"))
    match then:
        case "click":
            hand.click(hand.on("should"))
        case "double click":
            hand.double_click(hand.on("should"))
        case "key":
            hand.key(Qt.Key.Key_F5)
        case "leave":
            hand.view.clearFocus()
    assert hand.requested == ["preorder"]


def test_a_double_click_beside_the_text_asks_for_nothing(show: Show) -> None:
    hand = show("short")
    hand.double_click(hand.view.viewport().rect().bottomRight() - QPoint(30, 30))
    assert hand.requested == []


@pytest.mark.usefixtures("slow_clicks")
def test_a_third_click_selects_the_paragraph_and_asks_for_nothing(show: Show) -> None:
    hand = show("one\nHow to preorder\r\nthree")
    hand.double_click(hand.on("preorder"))
    hand.press(hand.on("preorder"))
    hand.release(hand.on("preorder"))
    assert hand.view.selection() == hand.find("How to preorder")
    hand.key(Qt.Key.Key_F5)
    assert (hand.requested, hand.deleted) == ([], [])
    assert not hand.view._mouse._waiting.isActive()


@pytest.mark.parametrize(
    ("edge", "to", "expected"),
    [("end", "and", "iPhone X, and"), ("end", "Phone", "iPhone"), ("start", "preorder", "preorder the iPhone X")],
)
def test_an_edge_of_the_selected_span_can_be_dragged(show: Show, edge: str, to: str, expected: str) -> None:
    hand = show(TEXT, "iPhone X")
    hand.click(hand.on("Phone"))
    pill = hand.view.span_rects(20, 28)[0]
    at = QPoint(pill.right() if edge == "end" else pill.left(), pill.center().y())
    hand.move(at)
    assert hand.view.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    hand.drag(at, hand.centre(hand.find(to)[1 if edge == "end" else 0] - (edge == "end")))
    assert [(span, TEXT[start:end]) for span, start, end in hand.resized] == [(Span(20, 28, "GADGET"), expected)]
    assert hand.requested == []


def test_the_edges_of_right_to_left_spans_are_on_their_side(show: Show) -> None:
    text = "كيف أطلب هاتف آيفون الجديد"
    hand = show(text, "هاتف آيفون")
    hand.click(hand.on("هاتف"))
    pill = hand.view.span_rects(*hand.find("هاتف آيفون"))[0]
    at = QPoint(pill.left(), pill.center().y())
    hand.move(at)
    hand.drag(at, hand.centre(len(text) - 1))
    assert [text[start:end] for _, start, end in hand.resized] == ["هاتف آيفون الجديد"]


def test_a_drag_over_a_span_that_is_not_selected_highlights_anew(show: Show) -> None:
    hand = show(TEXT, "iPhone X")
    hand.move(hand.on("iPhone"))
    hand.drag_over("iPhone X")
    assert (hand.requested, hand.resized) == (["iPhone X"], [])


def test_escape_gives_up_a_drag(show: Show) -> None:
    hand = show(TEXT)
    hand.press(hand.on("iPhone"))
    hand.move(hand.on("and"))
    assert hand.view.selection() is not None
    hand.key(Qt.Key.Key_Escape)
    assert hand.view.selection() is None
    hand.release(hand.on("and"))
    assert hand.requested == []


def test_a_span_that_vanishes_while_its_edge_is_held_is_not_asked_for(show: Show) -> None:
    hand = show(TEXT, "iPhone X")
    hand.click(hand.on("Phone"))
    pill = hand.view.span_rects(20, 28)[0]
    hand.press(QPoint(pill.right(), pill.center().y()))
    hand.move(hand.on("and"))
    hand.view.set_spans([])
    hand.release(hand.on("and"))
    assert hand.resized == []
    assert hand.view.selected_span() is None


def test_a_drag_from_an_edge_over_the_whole_span_highlights_anew(show: Show) -> None:
    hand = show(TEXT, "iPhone X")
    pill = hand.view.span_rects(20, 28)[0]
    beside = QPoint(pill.left() - 3, pill.center().y())
    hand.move(beside)
    hand.drag(beside, hand.on("and"))
    assert (hand.requested, hand.resized) == (["iPhone X, and"], [])


def test_a_selection_that_became_a_span_is_let_go(show: Show) -> None:
    hand = show(TEXT)
    hand.drag_over("iPhone X")
    assert hand.view.selection() == (20, 28)
    hand.view.change_spans([], [Span(20, 28, "GADGET")])
    assert hand.view.selection() is None


def test_a_drag_beyond_the_border_scrolls(show: Show, qtbot: QtBot) -> None:
    hand = show("\n".join(f"line {number} of the text" for number in range(200)))
    bar = hand.view.verticalScrollBar()
    hand.press(hand.on("line 2 "))
    below = QPoint(100, hand.view.viewport().height() + 40)
    hand.move(QPoint(100, 200))
    hand.move(below)
    qtbot.waitUntil(lambda: bar.value() > 800)
    hand.release(below)
    assert not hand.view._mouse._scrolling.isActive()
    assert hand.requested[0].startswith("line 2 of the text\nline 3 of")
    assert len(hand.requested[0].splitlines()) > 15


def test_read_only_selects_but_asks_for_nothing(show: Show) -> None:
    hand = show(TEXT, "iPhone X")
    hand.view.set_read_only(True)
    hand.drag_over("preorder")
    hand.double_click(hand.on("should"))
    hand.click(hand.on("Phone"))
    hand.key(Qt.Key.Key_Delete)
    pill = hand.view.span_rects(20, 28)[0]
    hand.drag(QPoint(pill.right(), pill.center().y()), hand.on("and"))
    assert (hand.requested, hand.resized, hand.deleted) == ([], [], [])


def test_an_empty_text_bears_everything(view: TextView, show: Show) -> None:
    hand = show("")
    hand.drag(QPoint(100, 30), QPoint(300, 200))
    hand.double_click(QPoint(100, 30))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Delete):
        hand.key(key)
    view.ensure_visible(0, 0)
    assert view.span_rects(0, 0) == []
    assert hand.requested == []
