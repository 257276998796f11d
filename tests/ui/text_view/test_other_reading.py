"""A model's reading beside the person's: drawn dashed, named, and gone when the text is another."""

from PySide6.QtGui import QImage

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view.tags import place_other_tags

TEXT = "How to preorder the iPhone X, or wait for it"
MARKED, FOUND = Span(20, 28, "GADGET"), Span(20, 26, "BRAND")


def picture(view) -> QImage:
    return view.viewport().grab().toImage()


def other_tags(view):
    lines = next(view._geometry.visible(0, 100)).lines
    return view._painting.other_tags(lines), view._painting.tags(lines)


def test_it_is_drawn_beside_the_spans_and_taken_away(view):
    view.set_text(TEXT, [MARKED])
    before = picture(view)
    view.set_other_reading([FOUND])
    assert view.other_reading() == [FOUND]
    assert view.spans() == [MARKED]
    drawn = picture(view)
    assert drawn != before
    view.set_other_reading([Span(20, 26, "GADGET")])
    assert picture(view) != drawn
    view.set_other_reading([])
    assert picture(view) == before


def test_it_differs_from_the_same_span_of_the_persons(view):
    view.set_text(TEXT, [FOUND])
    marked = picture(view)
    view.set_text(TEXT)
    view.set_other_reading([FOUND])
    assert picture(view) != marked
    assert [tag.text for tag in other_tags(view)[0]] == ["model: BRAND"]


def test_names_stand_beside_one_another(view):
    for spans in ([MARKED], [MARKED, Span(30, 32, "BRAND")], [Span(0, 3, "GADGET"), MARKED, Span(33, 37, "BRAND")]):
        view.set_text(TEXT, spans)
        view.set_other_reading([FOUND])
        (other,), tags = other_tags(view)
        assert not any(other.rect.intersects(tag.rect) for tag in tags)


def test_names_of_two_readings_do_not_cover_one_another(view):
    view.set_text(TEXT)
    lines = next(view._geometry.visible(0, 100)).lines
    first, second = place_other_tags([FOUND, Span(27, 28, "BRAND")], [], lines, view._geometry.metrics)
    assert not first.rect.intersects(second.rect)


def test_it_goes_with_the_text_and_with_a_change_of_spans(view):
    view.set_text(TEXT, [MARKED])
    view.set_other_reading([FOUND])
    view.set_spans([])
    assert view.other_reading() == []
    view.set_other_reading([FOUND])
    view.set_text("Another text")
    assert view.other_reading() == []
