"""What is asked about one label, and about words that are labelled."""

import pytest

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.corpus.surfaces import Surface, SurfaceGroup, grouped


@pytest.fixture
def walked(project):
    """Texts 4 to 6 besides those of every test; GADGET is 1, PHONE is 2."""
    project.labels.add("PHONE")
    project.imports.add_texts(
        [
            AnnotatedText("Pixel or Kindle, Pixel", (Span(0, 5, "PHONE"), Span(9, 15, "GADGET"))),
            AnnotatedText("PIXEL Pixels the\u00a0Pixel\nKindle"),
            AnnotatedText("A Kindle, a Pixel 6", (Span(2, 8, "GADGET"), Span(12, 19, "PHONE"))),
        ],
        "b",
    )
    return project


def test_the_spans_of_a_label_are_walked_over_all_texts(walked):
    found, at = [], (0, -1)
    while (beyond := walked.by_label.span_beyond(1, *at, forward=True)) is not None:
        found.append(beyond)
        at = (beyond[0], beyond[1].start)
    assert found == [(1, Span(20, 28, "GADGET")), (4, Span(9, 15, "GADGET")), (6, Span(2, 8, "GADGET"))]
    back = [found.pop()]
    while (beyond := walked.by_label.span_beyond(1, *at, forward=False)) is not None:
        back.append(beyond)
        at = (beyond[0], beyond[1].start)
    assert back[1:] == found[::-1]


def test_a_label_without_spans_leads_nowhere(walked):
    assert walked.by_label.span_beyond(9, 1, 0, forward=True) is None


def test_texts_done_before_a_label_was_there(walked):
    walked.edit.set_state([4], TextState.DONE)
    assert list(walked.by_label.texts_done_without(1)) == []
    assert list(walked.by_label.texts_done_without(2)) == [1]
    walked.labels.add("SHOP")
    assert list(walked.by_label.texts_done_without(3)) == [1, 4]


def test_words_are_grouped_with_all_their_labels(walked):
    surfaces = [Surface("Kindle", "GADGET", 9, 1), Surface("X", "PHONE", 2, 1), Surface("Kindle", "PHONE", 1, 4)]
    groups = grouped(surfaces)
    assert groups == [SurfaceGroup("Kindle", (surfaces[0], surfaces[2])), SurfaceGroup("X", (surfaces[1],))]
    assert [one.spans for one in groups] == [10, 2]
    assert {one.words: one.spans for one in grouped(walked.surfaces.all())}["Kindle"] == 2


def test_places_without_a_span_are_counted(walked):
    """The capitals and the whole words count; “Pixel” within the span “Pixel 6” is labelled."""
    *_rest, (share, counts) = walked.surfaces.unlabelled(["Pixel", "Kindle", "the Pixel", "nowhere"])
    assert share == 1
    assert counts == {"Pixel": 3, "Kindle": 1, "the Pixel": 1, "nowhere": 0}


def test_groups_of_several_labels_change_in_one_step(walked):
    before = list(walked.read.texts())
    surfaces = [one for one in walked.surfaces.all() if one.words in {"Kindle", "Pixel"}]
    assert walked.surfaces.relabel(surfaces, "PHONE").summary == "Relabelled 2 spans PHONE"
    assert [one.label for one in walked.surfaces.all() if one.words == "Kindle"] == ["PHONE"]
    assert walked.surfaces.delete(walked.surfaces.all("PHONE")).summary == "Removed 4 spans"
    walked.journal.undo()
    walked.journal.undo()
    assert list(walked.read.texts()) == before
