"""Spans by place, against looking at every one."""

from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view.layer import SpanLayer

spans = st.builds(
    lambda start, length, label: Span(start, start + length, label),
    st.integers(0, 60),
    st.integers(1, 20),
    st.sampled_from("AB"),
)
some_spans = st.lists(spans, max_size=25, unique=True)


@given(some_spans, st.integers(0, 80), st.integers(0, 80))
def test_between_finds_what_touches(found: list[Span], start: int, end: int) -> None:
    expected = sorted(span for span in found if span.touches(start, end)) if start < end else None
    if expected is not None:
        assert SpanLayer(found).between(start, end) == expected


@given(some_spans, some_spans)
def test_a_difference_leads_from_one_to_the_other(old: list[Span], new: list[Span]) -> None:
    layer = SpanLayer(old)
    removed, added = layer.difference(new)
    layer.change(removed, added)
    assert list(layer) == sorted(new)


@given(some_spans, spans)
def test_one_change_is_told_as_one(old: list[Span], other: Span) -> None:
    wanted = [span for span in old if span != other]
    assert SpanLayer([*wanted, other]).difference(wanted) == ([other], [])
    assert SpanLayer(wanted).difference([*wanted, other]) == ([], [other])


@given(some_spans)
def test_walking_forwards_and_backwards_meets_every_span(found: list[Span]) -> None:
    layer, seen = SpanLayer(found), []
    span = layer.after(None, 0)
    while span is not None:
        seen.append(span)
        span = layer.after(span, 0)
    assert seen == sorted(found)
    backwards, span = [], layer.before(None, 1000)
    while span is not None:
        backwards.append(span)
        span = layer.before(span, 0)
    assert backwards == seen[::-1]
