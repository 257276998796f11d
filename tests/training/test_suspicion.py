"""Of disagreements of which a judge is equally sure, those come first that are most probably wrong annotations."""

from collections import Counter

import pytest
from gadget_corpus import annotated

from gadget_trainer.corpus.records import Span
from gadget_trainer.training.elsewhere import UNSEEN, Elsewhere
from gadget_trainer.training.mistake_kinds import Kind
from gadget_trainer.training.mistakes import Mistake, Mistakes
from gadget_trainer.training.suspicion import Suspicion, strings


def mistake(surface, expected=None, found=None, confidence=1.0):
    """A disagreement on a whole string; ``expected`` and ``found`` are labels."""
    marked, predicted = (None if label is None else Span(5, 5 + len(surface), label) for label in (expected, found))
    kind = Kind.MISSED if found is None else Kind.INVENTED if expected is None else Kind.OTHER_LABEL
    return Mistake(1, kind, marked, predicted, surface, confidence=confidence)


def ordered(found, agreed, texts=(), seen=()):
    suspicion = Suspicion()
    for label, probability in seen:
        suspicion.see(label, probability)
    mistakes = Mistakes(tuple(found), texts=9, agreed=Counter(agreed), cross_validated=True)
    elsewhere = Elsewhere(strings(mistakes))
    for text in texts:
        elsewhere.add(text)
    return suspicion.weighed(mistakes, elsewhere).found


def test_a_label_that_the_judges_get_right_counts_more():
    unsure, sure = mistake("Lima", found="CITY"), mistake("Nokia", found="BRAND")
    in_order = ordered([unsure, sure, mistake("Oslo", "BRAND", "CITY")], {"BRAND": 9, "CITY": 1})
    assert [one.surface for one in in_order] == ["Nokia", "Lima", "Oslo"]
    assert in_order[0].confidence == pytest.approx(9 / 10 * UNSEEN)
    assert in_order[1].confidence == pytest.approx(1 / 3 * UNSEEN)


def test_a_label_that_the_judges_seldom_see_is_not_missed_for_long():
    seen = [("CITY", 0.9), ("CITY", 0.7), ("BRAND", 0.0), ("BRAND", 0.2)]
    in_order = ordered([mistake("Nokia", "BRAND"), mistake("Lima", "CITY")], {}, seen=seen)
    assert [one.surface for one in in_order] == ["Lima", "Nokia"]
    assert in_order[0].confidence == pytest.approx(UNSEEN * 0.8 * (1 - UNSEEN))


def test_what_is_marked_so_elsewhere_comes_first():
    texts = [
        *(annotated(f"We fry garlic {number}", (7, 13, "FOOD"), id=number) for number in range(4)),
        *(annotated(f"We fry the pan {number}", id=number) for number in range(4, 8)),
        annotated("We fry garlic, and the Pan", id=9),
    ]
    pan, garlic, salt = (mistake(surface, found="FOOD") for surface in ("pan", "Garlic", "salt"))
    in_order = ordered([pan, garlic, salt], {"FOOD": 7}, texts)
    assert [one.surface for one in in_order] == ["Garlic", "salt", "pan"]
    assert in_order[0].confidence == pytest.approx(0.7 * (4 + UNSEEN) / 5)
    kept = ordered([mistake("garlic", "FOOD"), mistake("pan", "FOOD")], {}, texts, [("FOOD", 1.0)])
    assert [one.surface for one in kept] == ["pan", "garlic"], "what is marked so elsewhere is right here, too"


def test_places_of_a_string_are_counted():
    elsewhere = Elsewhere(["New York", "York", "  "])
    elsewhere.add(annotated("New  York is York; new york!", (0, 9, "CITY"), (13, 17, "CITY")))
    assert elsewhere.share("new york", "CITY", marked_here=True) == pytest.approx((0 + UNSEEN) / 2)
    assert elsewhere.share("new york", "CITY", marked_here=False) == pytest.approx((1 + UNSEEN) / 2)
    assert elsewhere.share("York", "CITY", marked_here=False) == pytest.approx((1 + UNSEEN) / 3)
    assert elsewhere.share("York", "NAME", marked_here=False) == pytest.approx(UNSEEN / 3)
    assert elsewhere.share("unheard of", "CITY", marked_here=False) == UNSEEN
