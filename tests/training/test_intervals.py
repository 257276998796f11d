"""The likely range holds the score, is honest about few spans, and narrows with many."""

from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.training.intervals import f_interval

documents = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(lambda one: (*one[:2], min(one))),
    max_size=40,
)


@given(documents)
def test_range_holds_the_score(counts):
    interval = f_interval(counts)
    marked, predicted, correct = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    if not marked:
        assert interval is None
    else:
        assert interval is not None
        assert 0 <= interval[0] <= 2 * correct / (marked + predicted) <= interval[1] <= 1


def test_four_right_ones_of_four_prove_little():
    low, high = f_interval([(1, 1, 1)] * 4)
    assert low < 0.8
    assert high == 1


def test_mistakes_that_come_in_heaps_widen_the_range():
    spread = f_interval([(2, 2, 1)] * 100)
    heaped = f_interval([(20, 20, 20)] * 5 + [(20, 20, 0)] * 5)
    assert heaped[1] - heaped[0] > 2 * (spread[1] - spread[0])


def test_range_of_a_known_case():
    """100 spans in texts of their own, 80 right: about as wide as a binomial's."""
    low, high = f_interval([(1, 1, 1)] * 80 + [(1, 1, 0)] * 20)
    assert 0.69 < low < 0.74
    assert 0.85 < high < 0.89
