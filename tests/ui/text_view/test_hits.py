"""What was looked for is marked in the text, and gone with it."""

from gadget_trainer.corpus.records import Span

TEXT = "How to preorder the iPhone X\nor the iPhone Y"


def test_places_are_marked_until_another_text_is_shown(view):
    view.set_text(TEXT, [Span(20, 28, "GADGET")])
    before = view.viewport().grab().toImage()
    view.set_hits([(20, 26), (36, 42)])
    assert view.viewport().grab().toImage() != before
    view.set_spans([])
    assert view.hits() == [(20, 26), (36, 42)], "labelling does not take them away"
    view.set_spans([Span(20, 28, "GADGET")])
    view.set_hits([])
    assert view.viewport().grab().toImage() == before
    view.set_hits([(20, 26)])
    view.set_text("another text")
    assert view.hits() == []
