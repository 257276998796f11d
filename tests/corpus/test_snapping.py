"""What a drag snaps to: against a slow definition, against spaCy's own tokens, and by examples."""

import time
from functools import cache
from itertools import pairwise

import pytest
import regex
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from gadget_trainer.corpus.graphemes import boundary_after, boundary_before
from gadget_trainer.corpus.snapping import (
    TokenEdges,
    next_token_start,
    previous_token_start,
    rough_edges,
    snap,
    token_at,
)

PIECES = [
    *"aZé9.,'-()  \n\t\r中文字مرحباहि",
    "\r\n",
    "\u0301",
    "\u200d",
    "\ufe0f",
    "\u00a0",
    "\u2028",
    "👍🏿",
    "👩\u200d👩\u200d👧",
    "🇩🇪",
    "🇫",
    "e\u0301",
    "각",
    "iPhone X",
    "don't",
    "$1,000",
]
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@cache
def blank(language: str) -> Language:
    return spacy.blank(language)


def spacy_edges(text: str, language: str = "en") -> TokenEdges:
    tokens = [token for token in blank(language).make_doc(text) if not token.text.isspace()]
    edges = TokenEdges([token.idx for token in tokens], [token.idx + len(token) for token in tokens])
    edges.extend((), (), len(text))
    return edges


def cluster_boundaries(text: str) -> set[int]:
    return {0} | {cluster.end() for cluster in regex.finditer(r"\X", text)}


@given(texts)
def test_cluster_boundaries_are_those_of_the_whole_text(text: str) -> None:
    whole = cluster_boundaries(text)
    for position in range(len(text) + 1):
        assert boundary_before(text, position) == max(at for at in whole if at <= position)
        assert boundary_after(text, position) == min(at for at in whole if at >= position)


@settings(max_examples=100, deadline=None)
@given(texts, st.data())
def test_snapping_gives_whole_tokens_of_spacy(text: str, data: st.DataObject) -> None:
    edges = spacy_edges(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    touched = text[start : max(end, start + 1)]
    found = snap(text, edges, start, end)
    if not touched.strip():
        assert found is None
        return
    assert found is not None
    low, high = found
    assert not text[low].isspace()
    assert not text[high - 1].isspace()
    boundaries = cluster_boundaries(text)
    # Where whitespace and a mark share a cluster, leaving the whitespace out is what counts.
    assert low in boundaries or text[low - 1].isspace()
    assert high in boundaries or text[high].isspace()
    doc = blank("en").make_doc(text)
    assert doc.char_span(low, high) is not None, "an edge is inside a token"
    assert snap(text, edges, low, high) == found


@settings(max_examples=100, deadline=None)
@given(texts, st.data())
def test_no_smaller_range_would_do(text: str, data: st.DataObject) -> None:
    edges = spacy_edges(text)
    position = data.draw(st.integers(0, len(text)))
    found = snap(text, edges, position, position)
    if found is None:
        return
    low, high = found
    boundaries = cluster_boundaries(text)
    inner_starts = [at for at in edges.starts if low <= at <= position and at in boundaries]
    inner_ends = [at for at in edges.ends if position < at <= high and at in boundaries]
    assert not [at for at in inner_starts if at > low] or not [at for at in inner_ends if at < high]


@given(texts, st.data())
def test_growing_slice_by_slice_ends_where_the_whole_does(text: str, data: st.DataObject) -> None:
    whole = spacy_edges(text)
    cut = data.draw(st.integers(0, len(whole.starts)))
    grown = TokenEdges(whole.starts[:cut], whole.ends[:cut])
    grown.extend(whole.starts[cut:], whole.ends[cut:], len(text))
    assert (grown.starts, grown.ends, grown.covered_to) == (whole.starts, whole.ends, len(text))


@given(texts, st.data())
def test_without_tokens_the_range_is_clean_too(text: str, data: st.DataObject) -> None:
    covered = data.draw(st.sampled_from([0, *spacy_edges(text).ends]))
    whole = spacy_edges(text)
    known = sum(1 for end in whole.ends if end <= covered)
    edges = TokenEdges(whole.starts[:known], whole.ends[:known])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = snap(text, edges, start, end)
    if found is None:
        assert not text[start : max(end, start + 1)].strip()
        return
    low, high = found
    assert text[low:high] == text[low:high].strip()
    inside = text[start : max(end, start + 1)]
    assert low <= start + len(inside) - len(inside.lstrip())
    assert high >= start + len(inside.rstrip())


@given(texts)
def test_token_starts_are_walked_in_both_directions(text: str) -> None:
    edges = spacy_edges(text)
    position, seen = -1, []
    while (position := next_token_start(text, edges, position)) < len(text):
        seen.append(position)
    assert seen == list(edges.starts)
    for before, after in pairwise(seen):
        assert previous_token_start(text, edges, after) == before


@given(texts)
def test_provisional_starts_are_walked_forwards_to_the_end(text: str) -> None:
    edges, position = TokenEdges(), -1
    while position < len(text):
        following = next_token_start(text, edges, max(position, 0)) if position >= 0 else 0
        assert following > position
        position = following
    assert position == len(text)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (20, 28, "iPhone X"),
        (23, 23, "iPhone"),
        (24, 27, "iPhone"),
        (24, 28, "iPhone X"),
        (19, 20, None),
        (-5, 2, "How"),
        (27, 99, "X"),
        (28, 28, None),
        (28, 20, "iPhone X"),
    ],
)
@pytest.mark.parametrize("tokenised", [True, False])
def test_examples(start: int, end: int, expected: str | None, tokenised: bool) -> None:
    text = "How to preorder the iPhone X"
    found = snap(text, spacy_edges(text) if tokenised else TokenEdges(), start, end)
    assert (found and text[slice(*found)]) == expected


def test_a_family_is_one_character_although_spacy_sees_five_tokens() -> None:
    text = "the 👩\u200d👩\u200d👧 phone"
    assert snap(text, spacy_edges(text), 5, 6) == (4, 9)


def test_words_stand_in_until_tokens_arrive() -> None:
    text = "Buy 3x300 for $1,000.50 now 北京"
    words = rough_edges(text, 0, len(text))
    found = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    assert found == ["Buy", "3x300", "for", "$", "1,000.50", "now", "北", "京"]


def test_a_very_long_word_is_cut_and_not_read_to_its_end() -> None:
    text = "x" * 1_000_000
    start, end = token_at(text, TokenEdges(), 500_000)
    assert start < 500_000 < end
    assert end - start < 1000


def test_a_slice_that_does_not_follow_is_refused() -> None:
    edges = TokenEdges([0, 4], [3, 7])
    with pytest.raises(ValueError, match="come after"):
        edges.extend([5], [9])
    with pytest.raises(ValueError, match="1 ends"):
        edges.extend([8, 9], [9])


def test_whitespace_is_passed_over_at_once_both_ways() -> None:
    text = "one" + "\n" * 1_000_000 + "two"
    known = TokenEdges([0], [3])
    for edges in (TokenEdges(), known):
        began = time.process_time()
        assert next_token_start(text, edges, 10) == len(text) - 3
        assert previous_token_start(text, edges, len(text) - 10) == 0
        assert next_token_start(text, edges, len(text) - 2) == len(text)
        # A reach at a time it was 200 ms.
        assert time.process_time() - began < 0.05
