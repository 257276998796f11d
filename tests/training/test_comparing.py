"""Where two pipelines differ."""

from gadget_corpus import annotated

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import Span
from gadget_trainer.training.comparing import Difference, Differences, find_differences

A, B = "GADGET", "BRAND"
TEXTS = [
    annotated("The Kindle is here", (4, 10, A), id=1),
    annotated("A Pixel by Google there", (2, 7, A), (11, 17, B), id=2),
    annotated("Nothing at all", id=3),
    annotated("The Kindle was learned from", (4, 10, A), id=4),
    annotated("The Kindle is not finished", (4, 10, A), id=5, complete=False),
]
HELD_OUT = frozenset(fingerprint(text.text) for text in TEXTS if text.id != 4)


def differences(first: dict[str, list[Span]], second: dict[str, list[Span]]) -> Differences:
    def predict(readings: dict[str, list[Span]]):
        return lambda text: readings.get(text.split()[1], [])

    *steps, last = find_differences(lambda: TEXTS, HELD_OUT, predict(first), predict(second))
    assert steps == [None] * 3, "a step a text, so that it can be stopped"
    assert last is not None
    return last


def test_each_place_that_is_read_differently_is_told():
    found = differences(
        {"Kindle": [Span(4, 10, A)], "Pixel": [Span(2, 7, A)]},
        {"Kindle": [Span(0, 10, A)], "Pixel": [Span(2, 7, A), Span(11, 17, A)]},
    )
    assert (found.texts, found.differing) == (3, 2)
    kindle, google = found.found
    assert kindle == Difference(1, 0, "The Kindle", Span(4, 10, A), Span(0, 10, A), Span(4, 10, A))
    assert kindle.who_is_right() == "first"
    assert google == Difference(2, 11, "Google", None, Span(11, 17, A), Span(11, 17, B))
    assert google.who_is_right() == "neither"
    assert kindle.sentence() == (
        "You marked “Kindle” as GADGET; the first pipeline found “Kindle” as GADGET, the second “The Kindle” as GADGET."
    )


def test_where_both_are_wrong_alike_there_is_no_difference():
    assert differences({}, {}) == Differences((), 3, 0)


def test_a_pipeline_that_finds_nothing_is_right_where_nothing_is():
    (one,) = differences({"at": [Span(0, 7, B)]}, {}).found
    assert one.who_is_right() == "second"
    assert "You marked nothing" in one.sentence()


def test_labels_that_nobody_used_do_not_count():
    assert differences({"Kindle": [Span(0, 3, "ARTICLE")]}, {}).found == ()
