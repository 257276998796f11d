"""What spaCy receives: entities, nothing, or "unknown"; and it survives the file."""

import pytest
import spacy
from gadget_corpus import annotated
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin
from spacy.training import Example

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.examples import reference
from gadget_trainer.training.learnable import overlapping, takes_part
from gadget_trainer.training.tokens import Tokens

_NLP = spacy.blank("en")


def tags(text: AnnotatedText) -> list[str | None]:
    """The aligned tags after a way through a .spacy file, as training reads them; None is unknown."""
    stored = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], docs=[reference(text, Tokens(_NLP.tokenizer))]).to_bytes()
    (doc,) = DocBin().from_bytes(stored).get_docs(_NLP.vocab)
    return Example(_NLP.make_doc(doc.text), doc).get_aligned_ner()


def test_outside_is_no_entity_in_a_complete_text_and_unknown_in_another():
    text = "The iPhone X is here"
    span = (4, 12, "GADGET")
    assert tags(annotated(text, span)) == ["O", "B-GADGET", "L-GADGET", "O", "O"]
    assert tags(annotated(text, span, complete=False)) == [None, "B-GADGET", "L-GADGET", None, None]


def test_complete_text_without_spans_is_all_no_entity():
    assert tags(annotated("Nothing here")) == ["O", "O"]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((4, 11, "GADGET"), ["O", None, "O"]),  # cuts the token's end
        ((5, 12, "GADGET"), ["O", None, "O"]),  # cuts its start
        ((4, 13, "GADGET"), ["O", None, "O"]),  # ends with a space
        ((3, 12, "GADGET"), ["O", None, "O"]),  # begins with one
        ((13, 99, "GADGET"), ["O", "O", None]),  # ends outside
        ((-4, 3, "GADGET"), [None, "O", "O"]),  # begins outside
        ((7, 7, "GADGET"), ["O", "O", "O"]),  # empty
        ((9, 6, "GADGET"), ["O", "O", "O"]),  # reversed
        ((4, 12, "!GADGET"), ["O", None, "O"]),  # spaCy takes it for "not a GADGET"
        ((4, 12, ""), ["O", None, "O"]),
    ],
)
def test_span_that_cannot_be_used_is_unknown(span, expected):
    assert tags(annotated("The PS5phone here", span)) == expected


def test_span_that_begins_with_a_line_end_is_unknown():
    assert tags(annotated("\nAna Ruiz", (0, 9, "PERSON"))) == [None, None, None]


def test_overlapping_spans_are_both_unknown_and_others_stay():
    text = annotated("Galaxy Note Ultra beats Kindle", (0, 11, "A"), (7, 17, "A"), (24, 30, "A"))
    assert tags(text) == [None, None, None, "O", "U-A"]


def test_same_span_twice_counts_once():
    assert tags(annotated("My Kindle", (3, 9, "A"), (3, 9, "A"))) == ["O", "U-A"]
    assert tags(annotated("My Kindle", (3, 9, "A"), (3, 9, "B"))) == ["O", None]


@given(
    st.text(" abc\n\u00a0😀é.", max_size=30),
    st.lists(
        st.builds(Span, st.integers(-3, 33), st.integers(-3, 33), st.sampled_from(["A", "B", "!C", ""])), max_size=6
    ),
    st.booleans(),
)
def test_no_annotation_breaks_a_run(text, spans, complete):
    doc = reference(AnnotatedText(text, tuple(spans), complete=complete), Tokens(_NLP.tokenizer))
    given_spans = {(span.start, span.end, span.label) for span in spans}
    assert {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents} <= given_spans
    for ent in doc.ents:
        assert ent.text == ent.text.strip()
    Example(_NLP.make_doc(doc.text), doc).get_aligned_ner()


def test_who_takes_part():
    assert takes_part(annotated("a"))
    assert takes_part(annotated("a", (0, 1, "A"), complete=False))
    assert not takes_part(annotated("a", complete=False))


@given(st.lists(st.builds(Span, st.integers(0, 20), st.integers(0, 20), st.just("A")), max_size=8))
def test_overlapping_finds_just_those_that_share_a_code_point(spans):
    real = {span for span in spans if span.start < span.end}
    expected = {one for one in real if any(one != other and one.touches(other.start, other.end) for other in real)}
    assert overlapping(spans) == expected
