"""Characters selected instead of tokens, and spans that cut tokens."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt

from gadget_trainer.corpus.graphemes import boundary_after, boundary_before
from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import TokenEdges, cut_tokens, snap_to_characters
from gadget_trainer.ui.text_view.nudging import nudged_by_character

if TYPE_CHECKING:
    from tests.ui.text_view.conftest import Hand

Show = Callable[..., "Hand"]
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
TEXT = "A screen of 3x300 e\u0301le\u0300ve 👩\u200d👧 here"


@pytest.mark.parametrize("mode", [False, True])
def test_a_drag_selects_characters_with_alt_or_in_the_mode(show: Show, mode: bool) -> None:
    hand = show(TEXT)
    hand.view.set_character_mode(mode)
    start = TEXT.index("3x300")
    hand.drag(hand.centre(start), hand.centre(start + 1), held=NONE if mode else ALT)
    assert hand.requested == ["3x"]


def test_without_alt_and_mode_a_drag_selects_tokens(show: Show) -> None:
    hand = show(TEXT)
    start = TEXT.index("3x300")
    hand.drag(hand.centre(start), hand.centre(start + 1))
    assert hand.requested == ["3x300"]


def test_a_character_is_what_a_reader_takes_for_one(show: Show) -> None:
    hand = show(TEXT)
    hand.view.set_character_mode(True)
    accent, family = TEXT.index("e\u0301"), TEXT.index("👩")
    for at, wanted in ((accent, "e\u0301"), (family, "👩\u200d👧")):
        rect = hand.view.span_rects(at, at + len(wanted))[0]
        hand.drag(rect.center() - QPoint(3, 0), rect.center() + QPoint(3, 0))
    assert hand.requested == ["e\u0301", "👩\u200d👧"]


def test_an_edge_is_dragged_by_characters(show: Show) -> None:
    hand = show(TEXT, "3x300")
    start, end = hand.find("3x300")
    hand.view.select_span(Span(start, end, "GADGET"))
    edge = hand.view.span_rects(end - 1, end)[0]
    hand.drag(QPoint(edge.right() + 1, edge.center().y()), hand.centre(start + 1), held=ALT)
    assert [(TEXT[first:last]) for _, first, last in hand.resized] == ["3x"]


def test_alt_and_shift_select_by_character(show: Show) -> None:
    hand = show(TEXT)
    for _ in range(3):
        hand.key(Key.Key_Right, ALT | SHIFT)
    assert hand.view.selection() == (0, 3)
    hand.view.clear_selection()
    hand.view.set_character_mode(True)
    hand.key(Key.Key_Home)
    for _ in range(4):
        hand.key(Key.Key_Right, SHIFT)
    assert hand.view.selection() == (0, 4)


@pytest.mark.parametrize(
    ("key", "held", "surface"),
    [
        (Key.Key_Left, CONTROL, "3x30"),
        (Key.Key_Right, CONTROL, "3x300 e\u0301"),
        (Key.Key_Right, CONTROL | SHIFT, "x300"),
        (Key.Key_Left, CONTROL | SHIFT, "f 3x300"),
    ],
)
def test_in_the_mode_edges_are_nudged_by_characters(show: Show, key, held, surface) -> None:
    hand = show(TEXT, "3x300")
    hand.view.set_character_mode(True)
    hand.view.select_span(hand.view.spans()[0])
    hand.key(key, held)
    assert [TEXT[start:end] for _, start, end in hand.resized] == [surface]


@given(st.text("ab 🙂\u0301\u200d👩\u00a0\r\n", min_size=1, max_size=20), st.data())
def test_whole_characters_without_spaces_at_the_edges(text: str, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    found = snap_to_characters(text, start, data.draw(st.integers(start, len(text))))
    if found is None:
        return
    surface = text[slice(*found)]
    assert surface == surface.strip()
    assert snap_to_characters(text, *found) == found, "what is whole stays as it is"
    first, last = found
    assert boundary_after(text, last) == last
    assert boundary_before(text, first) == first or text[boundary_before(text, first)].isspace()
    for at_end in (True, False):
        for forward in (True, False):
            moved = nudged_by_character(text, Span(first, last, "X"), at_end=at_end, forward=forward)
            assert moved is None or (moved != found and 0 <= moved[0] < moved[1] <= len(text))


def test_what_a_span_cuts_is_known_once_the_tokens_are() -> None:
    edges = TokenEdges()
    assert cut_tokens(edges, 2, 4) == (None, None)
    edges.extend([0, 5], [5, 8])
    assert cut_tokens(edges, 2, 4) == ((0, 5), (0, 5))
    assert cut_tokens(edges, 0, 6) == (None, (5, 8))
    assert cut_tokens(edges, 0, 5) == (None, None)
    assert cut_tokens(edges, 5, 8) == (None, None)


def test_a_cut_is_marked_when_the_tokens_arrive(show: Show, qtbot) -> None:
    hand = show("3x300 and", "3x")
    before = hand.view.viewport().grab().toImage()
    painted = []
    paint = hand.view._painting.paint

    def note(painter, region, palette, *, focus):
        painted.append(region)
        paint(painter, region, palette, focus=focus)

    hand.view._painting.paint = note  # type: ignore[method-assign]
    hand.view.add_edges([0, 6], [5, 9], 9)
    qtbot.waitUntil(lambda: bool(painted))
    edge = hand.view.span_rects(0, 2)[0]
    beside = edge.adjusted(edge.width() - 1, 0, 4, 0)
    after = hand.view.viewport().grab().toImage()
    assert before.copy(beside) != after.copy(beside)
    left = edge.adjusted(-4, 0, 1 - edge.width(), 0)
    assert before.copy(left) == after.copy(left), "the whole edge stays as it was"
