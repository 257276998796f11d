"""Where two pipelines differ."""

from gadget_corpus import annotated

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import CategoryScheme, Span
from gadget_trainer.training.comparing import CategoryDifference, Difference, Differences, find_differences
from gadget_trainer.training.found import Found

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
        return lambda text: Found(tuple(readings.get(text.split()[1], [])))

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


def of_categories(scheme, first, second, *chosen):
    """Where two pipelines differ that give those categories, of texts that have what is ``chosen``."""
    texts = [text._replace(categories=one) for text, one in zip(TEXTS, chosen, strict=False)]

    def read(given):
        return lambda _text: Found((), dict.fromkeys(scheme.names, 0.5), given)

    *_, last = find_differences(lambda: texts, HELD_OUT, read(first), read(second), scheme)
    return last


def test_a_text_that_is_given_other_categories_differs():
    found = of_categories(CategoryScheme(("LAW", "SPORT")), ("SPORT",), ("LAW",), ("LAW",), ("SPORT",), ())
    assert (found.texts, found.differing) == (3, 2), "the third text's category is not known"
    law, sport = found.found
    assert law == CategoryDifference(1, "The Kindle is here", ("SPORT",), ("LAW",), ("LAW",))
    assert (law.who_is_right(), sport.who_is_right()) == ("second", "first")
    assert law.sentence() == "Category: yours is “LAW”; the first pipeline gives “SPORT”, the second “LAW”."


def test_of_several_categories_all_are_told():
    scheme = CategoryScheme(("LAW", "SPORT"), exclusive=False)
    (one,) = of_categories(scheme, ("SPORT", "LAW"), (), ("LAW", "SPORT")).found
    assert (one.first, one.second, one.who_is_right()) == (("LAW", "SPORT"), (), "first")
    assert "gives “LAW” and “SPORT”, the second nothing." in one.sentence()


def test_without_categories_on_one_side_nothing_is_said_of_them():
    scheme, text = CategoryScheme(("LAW", "SPORT")), TEXTS[0]._replace(categories=("LAW",))
    readings = (lambda _text: Found((), {"LAW": 0.1}, ("SPORT",))), (lambda _text: Found(()))
    *_, last = find_differences(lambda: [text], HELD_OUT, *readings, scheme)
    assert last == Differences((), 1, 0)


def test_texts_that_one_run_did_not_read_are_counted():
    *_, last = find_differences(lambda: TEXTS, HELD_OUT, lambda _text: None, lambda _text: Found(()))
    assert last == Differences((), 0, 0, unread=3)
