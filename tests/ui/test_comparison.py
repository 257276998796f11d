"""Two readings of a text beside each other."""

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.try_out.comparison import Difference, compare, entities_of, summary

TEXT = "Ana sold her Kindle\nand her Kindle to Zoë in New York"


def span(surface, label, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(surface, start + 1)
    return Span(start, start + len(surface), label)


def test_every_kind_of_difference_is_named_and_counted():
    left = [span("Ana", "PERSON"), span("Kindle", "GADGET"), span("Zoë", "PERSON"), span("New York", "PLACE")]
    right = [span("Kindle", "GADGET"), span("Kindle", "GADGET", 1), span("Zoë", "BRAND"), span("York", "PLACE")]
    entities = compare(TEXT, left, right)
    assert [(one.surface, one.difference) for one in entities] == [
        ("Ana", Difference.ONLY_LEFT),
        ("Kindle", Difference.NONE),
        ("Kindle", Difference.ONLY_RIGHT),
        ("Zoë", Difference.OTHER_LABEL),
        ("New York", Difference.OTHER_EDGES),
    ]
    assert summary(entities) == "1 the same, 1 only left, 1 only right, 1 other label, 1 other edges"


def test_no_difference_is_without_a_sign_and_every_difference_has_one():
    assert [bool(kind.sign) for kind in Difference] == [False, True, True, True, True]


def test_one_reading_is_listed_in_order_with_how_often_each_occurs():
    entities = entities_of(TEXT, [span("Kindle", "GADGET", 1), span("Ana", "PERSON"), span("Kindle", "GADGET")])
    assert [(one.surface, one.times) for one in entities] == [("Ana", 1), ("Kindle", 2), ("Kindle", 2)]


def test_an_entity_over_two_lines_stands_on_one():
    assert entities_of(TEXT, [span("Kindle\nand", "GADGET")])[0].surface == "Kindle and"


def test_nothing_in_either():
    assert summary(compare(TEXT, [], [])) == "No entity in either"
