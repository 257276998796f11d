import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.records import Span
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, clean_spans, quoted
from gadget_trainer.formats.receipt import Receipt

TEXT = "🙂 Ana Ruiz\u00a0 moved."


def cleaned(*raws: RawSpan, text: str = TEXT) -> tuple[tuple[Span, ...], Receipt]:
    receipt = Receipt("a.jsonl", "Prodigy JSONL")
    return clean_spans(text, raws, "a.jsonl:7", receipt), receipt


@pytest.mark.parametrize(
    ("start", "end", "label", "reason"),
    [
        (3, 3, "X", "its end is not after its start"),
        (5, 2, "X", "its end is not after its start"),
        (True, 5, "X", "its start and end are not whole numbers"),
        (2.0, 5, "X", "its start and end are not whole numbers"),
        ("2", 5, "X", "its start and end are not whole numbers"),
        (2, None, "X", "its start and end are not whole numbers"),
        (2, float("nan"), "X", "its start and end are not whole numbers"),
        (2, 5, None, "it has no label that can be used"),
        (2, 5, 7, "it has no label that can be used"),
        (2, 5, " \u00a0", "it has no label that can be used"),
        (2, 5, "\ud83d", "it has no label that can be used"),
        (1, 2, "X", "it covers nothing but spaces"),
    ],
)
def test_a_span_that_cannot_be_kept_is_lost_with_a_reason(start, end, label, reason) -> None:
    spans, receipt = cleaned(RawSpan(start, end, label))
    assert spans == ()
    assert receipt.spans_lost.reasons == {reason: 1}
    assert receipt.spans_lost.first[0].where == "a.jsonl:7"
    receipt.spans_lost.first[0].message.encode()  # fit to be printed


@pytest.mark.parametrize(("start", "end"), [(0, 99), (-1, 2), (18, 19), pytest.param(0, 10**5000, id="huge"), (-5, -2)])
def test_a_span_outside_its_text_ends_the_import_with_file_and_line(start, end) -> None:
    with pytest.raises(UserError, match=r"^a\.jsonl:7: the span .* lies outside its text, which has 18 characters"):
        cleaned(RawSpan(2, 5, "X"), RawSpan(start, end, "X"))


def test_spaces_at_the_edges_are_trimmed() -> None:
    spans, receipt = cleaned(RawSpan(1, 12, " X "))
    assert spans == (Span(2, 10, "X"),)
    assert receipt.spans_repaired.first[0].message == "1–12 “ X ” to 2–10: spaces at its edges were trimmed"
    assert receipt.spans_lost.count == 0


def test_the_same_span_twice_is_merged() -> None:
    spans, receipt = cleaned(RawSpan(2, 5, "X"), RawSpan(2, 6, "X"), RawSpan(2, 5, "X"))
    assert spans == (Span(2, 5, "X"),)
    # The one that would have to be trimmed is the same as one that stands there as it is.
    assert (receipt.spans_repaired.count, receipt.spans_merged) == (2, 2)
    assert receipt.spans_lost.count == 0


def test_of_overlapping_spans_the_longest_stays_then_the_first() -> None:
    spans, receipt = cleaned(RawSpan(2, 5, "A"), RawSpan(2, 10, "B"), RawSpan(6, 10, "C"), RawSpan(13, 18, "D"))
    assert spans == (Span(2, 10, "B"), Span(13, 18, "D"))
    assert receipt.spans_lost.reasons == {"a longer or earlier one overlaps it": 2}

    spans, _receipt = cleaned(RawSpan(2, 5, "LATER IN THE ALPHABET"), RawSpan(2, 5, "A"))
    assert spans == (Span(2, 5, "LATER IN THE ALPHABET"),)
    spans, _receipt = cleaned(RawSpan(4, 8, "B"), RawSpan(2, 6, "A"), text="abcdefghij")
    assert spans == (Span(2, 6, "A"),)


def test_touching_spans_stay() -> None:
    spans, receipt = cleaned(RawSpan(5, 8, "B"), RawSpan(2, 5, "A"), text="abcdefghij")
    assert spans == (Span(2, 5, "A"), Span(5, 8, "B"))
    assert receipt.spans_lost.count == 0


def test_a_surface_that_differs_is_pointed_out_and_the_offsets_kept() -> None:
    spans, receipt = cleaned(RawSpan(2, 5, "X", "Ana"), RawSpan(6, 10, "X", "Luis"))
    assert spans == (Span(2, 5, "X"), Span(6, 10, "X"))
    assert receipt.remarks.count == 1
    assert "“Ruiz”, in the file “Luis”" in receipt.remarks.first[0].message


def test_values_of_strangers_are_shown_short_and_printable() -> None:
    assert quoted("a\nb\u202e\ud83d") == "“a\\nb\\u202e\\ud83d”"
    assert len(quoted("x" * 1000)) < 70
    assert quoted([[]]) == "a list"


offsets = st.integers(-2, 14)
raw_spans = st.lists(st.builds(RawSpan, offsets, offsets, st.sampled_from(["A", "B", "", None])), max_size=12)


@given(st.text(" \u00a0aé🙂", max_size=12), raw_spans)
def test_every_span_is_accounted_for_and_what_stays_is_clean(text, raws) -> None:
    if any(raw.label and raw.start < raw.end and (raw.start < 0 or raw.end > len(text)) for raw in raws):
        with pytest.raises(UserError, match="outside its text"):
            cleaned(*raws, text=text)
        return
    spans, receipt = cleaned(*raws, text=text)
    receipt.spans_kept = len(spans)
    assert receipt.spans_exact + receipt.spans_repaired.count + receipt.spans_lost.count == len(raws)
    assert receipt.spans_exact == sum(
        any((raw.start, raw.end, raw.label) == (span.start, span.end, span.label) for raw in raws) for span in spans
    )
    ends = [0, *(span.end for span in spans)]
    for span, end_before in zip(spans, ends, strict=False):
        assert end_before <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
    # Nothing that could have stayed was lost: each lost one in the text meets one that stayed.
    for raw in raws:
        if raw.label and 0 <= raw.start < raw.end <= len(text) and text[raw.start : raw.end].strip():
            assert any(span.touches(raw.start, raw.end) for span in spans)
