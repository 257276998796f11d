"""Spans stay on their words when a text is mended, wherever the mistakes were."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.anchoring import Anchoring
from gadget_trainer.corpus.comparing_texts import kept_parts
from gadget_trainer.corpus.records import AnnotatedText, Span

words = st.text("ab 🙂\n京", max_size=30)


@pytest.mark.parametrize(
    ("before", "span", "after", "there"),
    [
        ("an apple phone", "apple phone", "an Apple phone", "Apple phone"),
        ("my Ipone X here", "Ipone X", "my iPhone X here", "iPhone X"),
        ("my Phone X here", "Phone X", "my iPhone X here", "iPhone X"),
        ("my iPhon is", "iPhon", "my iPhone is", "iPhone"),
        ("my iPhonr is", "iPhonr", "my iPhone is", "iPhone"),
        ("iPhoneX", "iPhone", "iPhonesX", "iPhone"),  # it ended within a word
        ("Zoe and Al", "Zoe", "Zoë and Al", "Zoë"),
        ("Teh Pixel", "Pixel", "The Pixel", "Pixel"),
        ("a Pixel 6", "Pixel 6", "a new Pixel 6 Pro", "Pixel 6"),
        ("a Pixel, 6", "Pixel", "a new Pixel (6", "Pixel"),
        ("我喜欢苹果", "苹果", "我喜欢苹果手机", "苹果"),
        ("buy an iPhone X", "iPhone X", "buy it", None),
        ("buy a Kindle", "Kindle", "buy a Pixel", None),
        ("buy a Kindle", "Kindle", "buy a ", None),
    ],
)
def test_a_typo_leaves_a_span_on_its_words(before, span, after, there):
    start = before.index(span)
    place = Anchoring(before, after).place(start, start + len(span))
    assert (None if place is None else after[slice(*place)]) == there


@pytest.mark.parametrize("spaces", [" ", ""])
def test_two_typos_far_apart_leave_all_spans_between_them(spaces):
    middle = spaces.join(f"word{number}" for number in range(900))
    before, after = f"Teh {middle} at teh end", f"The {middle} at the end"
    spans = [(at, at + 7) for at in range(4, len(middle), 97) if " " not in (before[at], before[at + 6])]
    assert list(Anchoring(before, after).places(spans)) == spans
    again = "one two " * 1_000
    spans = [(at, at + 3) for at in range(4, len(again), 80)]
    assert list(Anchoring(f"Teh {again}teh", f"The {again}the").places(spans)) == spans


def test_a_mended_text_of_a_hundred_thousand_characters_keeps_its_spans(project):
    middle = " ".join(f"word{number % 9_000}" for number in range(14_000))
    before = f"Teh {middle} at teh end"
    project.imports.add_texts([AnnotatedText(before, (Span(40_000, 40_007, "GADGET"),))], "long")
    text_id = project.read.newest_text_id()
    after = before.replace("Teh", "A", 1).replace("teh", "the")
    assert project.texts.rewording(text_id, after).lost == ()
    project.texts.reword(text_id, after)
    assert project.read.text(text_id).spans == (Span(39_998, 40_005, "GADGET"),)


@given(words, words)
def test_what_was_kept_is_the_same_in_both(before, after):
    old = new = 0
    for one in kept_parts(before, after):
        assert one.length > 0
        assert (one.old, one.new) >= (old, new)
        old, new = one.old + one.length, one.new + one.length
        assert before[one.old : old] == after[one.new : new]


@given(words, words, words, words)
def test_what_is_before_a_change_stays_in_its_place(before, old, new, after):
    anchoring = Anchoring(f"{before}-{old}-{after}", f"{before}-{new}-{after}")
    for start in range(len(before)):
        if not before[start].isspace():
            assert anchoring.place(start, len(before) + 1) == (start, len(before) + 1)


@given(words, words, st.lists(st.integers(0, 30), max_size=8, unique=True))
def test_places_are_in_the_text_in_order_and_without_overlaps(before, after, cuts):
    edges = sorted(one for one in cuts if one <= len(before))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    found = [one for one in Anchoring(before, after).places(spans) if one is not None]
    assert all(0 <= start < end <= len(after) and after[start:end].strip() for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@given(words)
def test_in_the_same_text_everything_stays(text):
    anchoring = Anchoring(text, text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            if text[start:end] == text[start:end].strip():
                assert anchoring.place(start, end) == (start, end)
