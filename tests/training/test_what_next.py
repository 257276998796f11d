"""What the learning curve means, and which labels starve."""

import pytest

from gadget_trainer.training.what_next import CurvePoint, curve_sentence, starving_categories, starving_labels


def curve(*scores, interval=None):
    shares = (0.25, 0.5, 0.75, 1.0)
    return [CurvePoint(share, 10, score, interval) for share, score in zip(shares, scores, strict=False)]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (curve(0.2, 0.5), ""),
        (curve(0.2, 0.5, 0.54), ""),
        (curve(0.2, 0.5, 0.54, 0.56), "Twice the texts brought 6 points from 50 % to 100 %: more texts help most."),
        (
            curve(0.2, 0.7, 0.7, 0.71),
            "The curve is flat: F went from 0.70 to 0.71 with twice the texts. "
            "Look at the mistakes before you annotate more.",
        ),
        (
            curve(0.2, 0.7, 0.7, 0.6),
            "With twice the texts F fell by 10 points: look at the mistakes, some annotations may contradict "
            "each other.",
        ),
        (
            curve(None, None, None, None),
            "No held-out text has an entity, so nothing can be said about more texts. Mark more texts as done.",
        ),
    ],
)
def test_the_sentence(points, said):
    assert curve_sentence(points) == said


def test_chance_is_named_where_it_could_explain_the_difference():
    wide = curve_sentence(curve(0.2, 0.5, 0.5, 0.56, interval=(0.4, 0.7)))
    assert wide.endswith("so chance may play a part: F is likely between 0.40 and 0.70.")
    assert "chance" not in curve_sentence(curve(0.2, 0.5, 0.5, 0.56, interval=(0.53, 0.59)))


def test_what_no_text_has_is_what_is_taught():
    assert curve_sentence(curve(None, None, None, None), "a category").startswith("No held-out text has a category, so")


def test_categories_starve_too():
    assert starving_categories({"ham": 20, "spam": 15, "other": 1}) == [
        "The category other has 1 text; categories with fewer than 20 rarely get right.",
        "The category spam has 15 texts; categories with fewer than 20 rarely get right.",
    ]


def test_starving_labels_come_with_the_hungriest_first():
    assert starving_labels({"GADGET": 50, "BRAND": 12, "PLACE": 1, "COLOUR": 0}) == [
        "COLOUR has 0 spans; labels with fewer than 50 rarely get right.",
        "PLACE has 1 span; labels with fewer than 50 rarely get right.",
        "BRAND has 12 spans; labels with fewer than 50 rarely get right.",
    ]
