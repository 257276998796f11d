"""The names above the spans: at their beginning, readable where there is room, never over one another."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view.tags import Tag

if TYPE_CHECKING:
    from tests.ui.text_view.conftest import Hand

Show = Callable[..., "Hand"]


def tags(hand: "Hand") -> list[Tag]:
    view = hand.view
    return [tag for found in view._geometry.visible(0, 500) for tag in view._painting.tags(found.lines)]


def test_a_name_stands_over_the_beginning_of_its_span(show: Show) -> None:
    hand = show("How to preorder the iPhone X", "iPhone X")
    (tag,) = tags(hand)
    pill = hand.view.span_rects(20, 28)[0]
    assert tag.text == "GADGET"
    assert abs(tag.rect.left() + hand.view._geometry.left - pill.left()) <= 2


def test_in_arabic_the_beginning_is_at_the_right(show: Show) -> None:
    text = "كيف أطلب هاتف آيفون الجديد"
    hand = show(text, "هاتف آيفون")
    (tag,) = tags(hand)
    pill = hand.view.span_rects(*hand.find("هاتف آيفون"))[0]
    assert tag.from_right
    assert abs(tag.rect.right() + hand.view._geometry.left - pill.right()) <= 2


@pytest.mark.parametrize(
    "text", ["aa b ccc dddd e ffff g hh " * 6, "كيف أطلب هاتف آيفون الجديد من " * 6, "iPhone آيفون من X " * 8]
)
def test_names_never_cover_one_another(show: Show, text: str) -> None:
    hand = show(text)
    starts = [0] + [at + 1 for at, character in enumerate(text[:-1]) if character == " "]
    hand.view.set_spans([Span(at, text.index(" ", at), f"LABEL_{at}") for at in starts])
    found = tags(hand)
    assert len(found) == len(starts)
    assert any(tag.text.endswith("…") or not tag.text for tag in found)
    for tag in found:
        assert tag.rect.width() >= 0
        for other in found:
            if other is not tag and other.line == tag.line:
                assert not other.rect.adjusted(1, 0, -1, 0).intersects(tag.rect.adjusted(1, 0, -1, 0))


def test_names_that_grow_towards_each_other_share_the_room(show: Show) -> None:
    text = "اشترى أحمد هاتف iPhone 15 Pro من متجر"
    hand = show(text)
    at = text.index("iPhone")
    ahmad, phone = Span(6, 10, "A very long name for a label of people"), Span(at, at + 13, "GADGET")
    hand.view.set_spans([ahmad, phone])
    left, right = sorted(tags(hand), key=lambda tag: tag.rect.left())
    assert (left.span, right.span, left.from_right, right.from_right) == (phone, ahmad, False, True)
    assert left.text == "GADGET"
    assert right.text.endswith("…")
    assert left.rect.right() <= right.rect.left()
    assert len(right.text) > 4
