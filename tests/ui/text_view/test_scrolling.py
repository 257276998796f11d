"""What is in sight, and that it stays where it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPalette
from pytestqt.qtbot import QtBot

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view import TextView

if TYPE_CHECKING:
    from tests.ui.text_view.conftest import Hand

Show = Callable[..., "Hand"]
SENTENCE = "How to preorder the iPhone X, and should I pay $1,000 for it? "
TEXTS = {
    "paragraphs": (SENTENCE * 5 + "\n") * 600,
    "one line": SENTENCE * 3000,
    "empty lines": "\n" * 50_000,
    "short lines": "ok\r\n" * 20_000,
    "Arabic": ("كيف أطلب هاتف iPhone X الجديد؟ " * 6 + "\n") * 500,
    "Chinese": "苹果公司昨天发布了新的手机产品。" * 5000,
    "emoji": "😀" * 30_000,
    "families": "👩\u200d👩\u200d👧🇩🇪" * 3000,
}


def caret(view: TextView, offset: int) -> QRect:
    return view.accessible_interface().characterRect(
        len(view.text()[:offset].encode("utf-16-le", "surrogatepass")) // 2
    )


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("share", [0.0, 0.37, 0.9, 1.0])
def test_what_should_be_in_sight_is(show: Show, kind: str, share: float) -> None:
    hand = show(TEXTS[kind])
    view, text = hand.view, hand.view.text()
    start = min(int(len(text) * share), len(text) - 1)
    # A visible character at or after the place.
    while start > 0 and text[start] in "\r\n ":
        start -= 1
    view.ensure_visible(start, start + 1)
    rects = view.span_rects(start, start + 1)
    if text[start] not in "\r\n":
        assert rects
    for rect in rects:
        assert view.viewport().rect().contains(rect)
        assert rect.width() > 0


@pytest.mark.parametrize("kind", TEXTS)
def test_measuring_in_the_background_moves_nothing_in_sight(show: Show, qtbot: QtBot, kind: str) -> None:
    view = show(TEXTS[kind]).view
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    offset = view._geometry.place_at(view.viewport().rect().center().toPointF()).offset
    before = view._geometry.caret_rect(offset)
    qtbot.waitUntil(lambda: not view._scrolling.is_measuring, timeout=20_000)
    assert view._geometry.caret_rect(offset) == before
    assert bar.value() == view._geometry.scroll
    assert bar.maximum() == view._geometry.furthest_scroll


@pytest.mark.parametrize("kind", TEXTS)
def test_scrolling_down_by_steps_moves_by_just_so_much(show: Show, kind: str) -> None:
    view = show(TEXTS[kind]).view
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    for _ in range(20):
        offset = view._geometry.place_at(view.viewport().rect().center().toPointF()).offset
        before = view._geometry.caret_rect(offset).top()
        bar.setValue(bar.value() + 40)
        assert view._geometry.caret_rect(offset).top() == before - 40


def test_the_end_of_the_text_can_be_reached(show: Show) -> None:
    view = show(TEXTS["paragraphs"]).view
    bar = view.verticalScrollBar()
    for _ in range(3):
        bar.setValue(bar.maximum())
    last = len(view.text()) - 3
    assert view.viewport().rect().contains(view.span_rects(last, last + 1)[0])


@pytest.mark.parametrize("kind", ["paragraphs", "one line", "Arabic", "Chinese"])
def test_another_size_keeps_the_line_at_the_top(show: Show, kind: str) -> None:
    view = show(TEXTS[kind]).view
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    offset, y = view._geometry._first_line()
    for width, height in ((400, 500), (1200, 300)):
        view.resize(width, height)
        top = view._geometry.caret_rect(offset).top()
        assert abs(top - view._geometry.metrics.lane - y) <= 2 * view._geometry.metrics.cell
    view.set_text_size(18)
    top = view._geometry.caret_rect(offset).top()
    assert abs(top - y) <= 2 * view._geometry.metrics.cell


def test_changing_spans_keeps_the_place_and_the_selected_span(show: Show) -> None:
    view = show(TEXTS["paragraphs"]).view
    spans = [Span(at, at + 6, "GADGET") for at in range(0, len(view.text()) - 100, 100)]
    view.set_spans(spans)
    view.ensure_visible(spans[700].start, spans[700].end)
    view.select_span(spans[700])
    place = view.verticalScrollBar().value()
    view.set_spans([*spans[:10], *spans[11:]])
    assert view.spans() == [*spans[:10], *spans[11:]]
    assert view.verticalScrollBar().value() == place
    assert view.selected_span() == spans[700]
    view.set_spans(spans[:700])
    assert view.selected_span() is None


def test_only_the_lines_of_a_changed_span_are_painted_again(show: Show, qtbot: QtBot) -> None:
    view = show("\n".join([SENTENCE] * 9)).view
    painted: list[QRect] = []
    view.viewport().repaint()
    paint = view._painting.paint

    def note(painter: QPainter, region: QRectF, palette: QPalette, *, focus: bool) -> None:
        painted.append(region.toRect())
        paint(painter, region, palette, focus=focus)

    view._painting.paint = note  # type: ignore[method-assign]
    at = len(SENTENCE) * 4 + 4 + 20
    view.change_spans([], [Span(at, at + 8, "GADGET")])
    qtbot.waitUntil(lambda: bool(painted))
    pill = view.span_rects(at, at + 8)[0]
    assert painted[0].contains(pill)
    assert painted[0].height() < 3 * pill.height()


def test_a_span_out_of_sight_is_changed_without_laying_out_its_page(show: Show) -> None:
    view = show(TEXTS["paragraphs"]).view
    at = len(view.text()) - 5000
    view.change_spans([], [Span(at, at + 4, "GADGET")])
    assert not view._geometry.pages.is_known(view._geometry.pages.page_of(at))
    assert Span(at, at + 4, "GADGET") in view.spans()


def test_right_to_left_paragraphs_stand_at_the_right(show: Show) -> None:
    view = show("كيف أطلب\nHow to").view
    right = view.span_rects(0, 3)[0].right()
    left = view.span_rects(9, 12)[0].left()
    column = view._geometry.left + view._geometry.column
    assert abs(right - column) < 4
    assert abs(left - view._geometry.left) < 4


def test_a_span_that_is_not_shown_cannot_be_selected_or_removed(show: Show) -> None:
    view = show(SENTENCE).view
    for change in (lambda: view.select_span(Span(0, 3, "X")), lambda: view.change_spans([Span(0, 3, "X")], [])):
        with pytest.raises(ValueError, match="not shown"):
            change()
