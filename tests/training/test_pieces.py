"""Pieces are the text, cut where no span is."""

import spacy
from gadget_corpus import annotated
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.tokens import Tokens

_TOKENS = Tokens(spacy.blank("en").tokenizer)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> AnnotatedText:
    text = draw(st.text("ab .\n", min_size=1, max_size=120))
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    spans = [Span(start, end, "A") for start, end in zip(edges[::2], edges[1::2], strict=False)]
    return AnnotatedText(text, tuple(spans), complete=True)


@given(texts_with_spans(), st.integers(1, 8))
def test_pieces_put_together_are_the_text_and_its_spans(text, longest):
    parts = list(pieces(text, _TOKENS, longest))
    assert "".join(part.text for part in parts) == text.text
    offset, spans = 0, []
    for part in parts:
        assert part.complete
        for span in part.spans:
            assert 0 <= span.start < span.end <= len(part.text), "no span is cut"
            spans.append(Span(span.start + offset, span.end + offset, span.label))
        offset += len(part.text)
    assert tuple(spans) == text.spans


@given(st.text("ab .\n", min_size=1, max_size=200), st.integers(1, 8))
def test_pieces_without_spans_are_short_enough(text, longest):
    for part in pieces(AnnotatedText(text), _TOKENS, longest):
        assert _TOKENS.count(part.text) <= longest


def test_cut_comes_at_the_last_paragraph_that_fits():
    text = annotated("one two three\nfour five. six\nseven eight nine")
    assert [part.text for part in pieces(text, _TOKENS, 8)] == [
        "one two three\nfour five. six\n",
        "seven eight nine",
    ]


def test_cut_comes_after_a_sentence_when_the_paragraph_is_long():
    text = annotated("one two three. four five six seven eight nine")
    assert next(part.text for part in pieces(text, _TOKENS, 6)) == "one two three. "


def test_paragraph_end_within_a_span_is_no_place_to_cut():
    text = annotated("one two New\nYork five six", (8, 16, "PLACE"))
    parts = list(pieces(text, _TOKENS, 4))
    assert any(part.text[s.start : s.end] == "New\nYork" for part in parts for s in part.spans)


def test_short_text_is_itself():
    text = annotated("My Kindle", (3, 9, "A"))
    assert list(pieces(text, _TOKENS)) == [text]
