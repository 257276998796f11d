"""The edges of the selected span, moved by keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import TokenEdges, rough_edges
from gadget_trainer.ui.text_view.nudging import nudged

if TYPE_CHECKING:
    from tests.ui.text_view.conftest import Hand

Show = Callable[..., "Hand"]
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier
TEXT = "How to preorder the iPhone X"


@pytest.mark.parametrize(
    ("key", "modifiers", "surface"),
    [
        (Key.Key_Right, CONTROL, "preorder the iPhone"),
        (Key.Key_Left, CONTROL, "preorder"),
        (Key.Key_Left, BOTH, "to preorder the"),
        (Key.Key_Right, BOTH, "the"),
    ],
)
def test_ctrl_moves_the_end_and_shift_ctrl_the_start(show: Show, key, modifiers, surface) -> None:
    span = Span(7, 19, "GADGET")
    hand = show(TEXT, "preorder the")
    hand.view.select_span(span)
    hand.key(key, modifiers)
    assert [(one, TEXT[start:end]) for one, start, end in hand.resized] == [(span, surface)]


def test_a_span_keeps_a_token_and_stays_in_the_text(show: Show) -> None:
    hand = show("iPhone", "iPhone")
    hand.view.select_span(Span(0, 6, "GADGET"))
    for key in (Key.Key_Left, Key.Key_Right):
        for modifiers in (CONTROL, BOTH):
            hand.key(key, modifiers)
    assert hand.resized == []
    assert hand.view.selected_span() == Span(0, 6, "GADGET")


def test_in_arabic_the_arrow_goes_where_it_points(show: Show) -> None:
    text = "كيف أطلب هاتف"
    span = Span(0, 3, "GADGET")
    hand = show(text, "كيف")
    hand.view.select_span(span)
    hand.key(Key.Key_Left, CONTROL)
    assert [text[start:end] for _, start, end in hand.resized] == ["كيف أطلب"]


@given(st.text("ab 🙂\u00a0.7\nש", min_size=1, max_size=20), st.data())
def test_a_nudge_and_its_opposite_lead_back(text: str, data) -> None:
    edges = rough_edges(text, 0, len(text))
    tokens = list(zip(edges.starts, edges.ends, strict=True))
    if not tokens:
        return
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, len(tokens) - 1))
    span = Span(tokens[first][0], tokens[last][1], "X")
    at_end, forward = data.draw(st.booleans()), data.draw(st.booleans())
    found = nudged(text, edges, span, at_end=at_end, forward=forward)
    room = {(True, True): last < len(tokens) - 1, (False, False): first > 0}.get((at_end, forward), first < last)
    assert (found is not None) == room
    if found is not None:
        assert nudged(text, edges, Span(*found, "X"), at_end=at_end, forward=not forward) == (span.start, span.end)


def test_before_the_tokens_are_known_words_stand_in() -> None:
    found = nudged(TEXT, TokenEdges(), Span(20, 26, "X"), at_end=True, forward=True)
    assert found == (20, 28)
