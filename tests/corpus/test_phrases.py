"""Many phrases in one go find what each of them alone finds, the longest first."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gadget_trainer.corpus.matches import Wanted
from gadget_trainer.corpus.phrases import Phrases

WRITTEN = st.text("abABßsS -\u00a0\n\u0301é1İ苹果アーไม\u0e34\u17d2", max_size=30)
PHRASES = st.lists(
    st.text("abABsSß -\u0301é1苹アไ\u0e34", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=8
)


def naive(text: str, phrases: list[str], *, same_case: bool, whole_words: bool) -> list[tuple[int, int]]:
    """Try every phrase at every place."""
    patterns = [Wanted(one, "A", same_case=same_case, whole_words=whole_words).pattern() for one in phrases]
    found, at = [], 0
    while at < len(text):
        ends = [match.end() for pattern in patterns if (match := pattern.match(text, at))]
        if ends:
            found.append((at, max(ends)))
        at = max([at + 1, *ends])
    return found


@given(text=WRITTEN, phrases=PHRASES, same_case=st.booleans(), whole_words=st.booleans())
@example(text="Straße, STRASSE", phrases=["strasse"], same_case=False, whole_words=True)
@example(text="1", phrases=["1", "11"], same_case=False, whole_words=False)
@example(text="   1ßß", phrases=["1"], same_case=False, whole_words=False)
@example(text="aß", phrases=["as"], same_case=False, whole_words=False)
@example(text="我喜欢苹果手机，苹果很好。", phrases=["苹果"], same_case=False, whole_words=True)
@example(text="the  olive\noil", phrases=["olive oil", "olive"], same_case=False, whole_words=True)
def test_they_find_what_a_naive_search_finds(text, phrases, same_case, whole_words):
    finder = Phrases({"A": phrases}, same_case=same_case, whole_words=whole_words)
    places = [(one.start, one.end) for one in finder.places(text)]
    assert places == naive(text, phrases, same_case=same_case, whole_words=whole_words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An apple and an Apple.", [("apple", "FRUIT"), ("Apple", "BRAND")]),
        ("APPLE", [("APPLE", "FRUIT")]),
        ("apple pie, apple", [("apple pie", "DISH"), ("apple", "FRUIT")]),
        ("apple pies", [("apple", "FRUIT")]),
        ("apple\u00a0 \n pie", [("apple\u00a0 \n pie", "DISH")]),
        ("c++ and .net", [("c++", "TOOL"), (".net", "TOOL")]),
    ],
)
def test_each_place_has_the_label_of_its_phrase(text, found):
    finder = Phrases({"FRUIT": ["apple"], "BRAND": ["Apple"], "DISH": ["apple  pie", " "], "TOOL": ["C++", ".NET"]})
    assert [(text[one.start : one.end], one.label) for one in finder.places(text)] == found


def test_with_capitals_that_matter_each_is_its_own():
    finder = Phrases({"FRUIT": ["apple"], "BRAND": ["Apple"]}, same_case=True)
    assert [one.label for one in finder.places("apple Apple APPLE")] == ["FRUIT", "BRAND"]


def test_without_phrases_nothing_is_found():
    assert list(Phrases({"A": []}).places("words")) == []
