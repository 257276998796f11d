"""Token edges in slices are those of spaCy for the whole text."""

from array import array
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from gadget_trainer.errors import UserError
from gadget_trainer.training import tokens as module
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.tokens import Tokens, TokenSlice, TokenSource, in_larger_parts

_NLP = {code: spacy.blank(code) for code in ("en", "ar", "zh", "xx")}

_ODD = st.sampled_from(
    [
        "don't", "U.K.", "$1,000", ":)", ":", ")", "a.m.", "http://x.org/a?b=c", "cannot", "'s", "…", "--", "o.O",
        "👍🏿", "👩‍👩‍👧", "e\u0301", "مرحبا", "العالم،", "你好", "iPhone", "\u200b", "\ufeff", "x",
    ]
)  # fmt: skip
_SPACE = st.sampled_from([" ", " ", " ", "  ", "\n", "\r\n", "\u00a0", "\u2009", "\t", "\u2028", "\x85", " \n "])
_TEXTS = (
    st.lists(st.one_of(_ODD, _SPACE, st.text(max_size=4)), max_size=40)
    .map("".join)
    .filter(lambda text: text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text))
)


def edges(source: Tokens, text: str) -> list[tuple[int, int]]:
    return [edge for part in source.edges(text) for edge in zip(part.token_starts, part.token_ends, strict=True)]


def spacy_edges(code: str, text: str) -> list[tuple[int, int]]:
    return [(t.idx, t.idx + len(t)) for t in _NLP[code].tokenizer(text) if not t.is_space]


@pytest.mark.parametrize("code", ["en", "ar", "zh", "xx"])
def test_edges_in_small_slices_are_those_of_the_whole_text(code, monkeypatch):
    monkeypatch.setattr(module, "_LONGEST_SLICE", 12)
    monkeypatch.setattr(module, "_LONGEST_SLICE_BY_CHARACTER", 5)
    source = Tokens(_NLP[code].tokenizer)

    @settings(max_examples=40, deadline=None)
    @given(_TEXTS)
    def holds(text: str) -> None:
        assert edges(source, text) == spacy_edges(code, text)

    holds()


@given(_TEXTS)
def test_slices_follow_each_other_and_end_with_the_text(text):
    end = 0
    for part in Tokens(_NLP["en"].tokenizer).edges(text):
        assert part.start == end
        end = part.end
    assert end == len(text)


@given(st.text("🙂 ab.", min_size=1, max_size=60), st.integers(1, 40))
def test_larger_parts_hold_the_same_tokens_and_are_as_long_as_asked(text, least):
    source = Tokens(_NLP["en"].tokenizer)
    slices = [part for at in range(len(text)) for part in _moved(source.edges(text[at]), at)]
    parts = list(in_larger_parts(slices, least))
    assert [(one.start, one.end) for one in parts] == [
        (start, min(start + least, len(text))) for start in range(0, len(text), least)
    ]
    assert [place for one in parts for place in one.token_starts] == [s for one in slices for s in one.token_starts]
    assert [place for one in parts for place in one.token_ends] == [e for one in slices for e in one.token_ends]


def _moved(slices, by):
    for one in slices:
        starts, ends = (array("q", [place + by for place in places]) for places in (one.token_starts, one.token_ends))
        yield TokenSlice(one.start + by, one.end + by, starts, ends)


def test_emoji_come_in_parts_that_a_window_takes_one_by_one():
    text = "🙂" * 20_000
    source = Tokens(_NLP["en"].tokenizer)
    assert len(list(source.edges(text))) > 50
    assert len(list(in_larger_parts(source.edges(text)))) <= 5


def test_long_text_comes_in_slices_of_a_few_thousand():
    text = "The iPhone X costs $1,000, they say. " * 1000
    parts = list(Tokens(_NLP["en"].tokenizer).edges(text))
    assert max(part.end - part.start for part in parts) <= 4000
    assert edges(Tokens(_NLP["en"].tokenizer), text) == spacy_edges("en", text)


def test_source_takes_the_language_or_the_base(tmp_path):
    nlp = spacy.blank("en")
    nlp.tokenizer.add_special_case("iPhoneX", [{"ORTH": "iPhone"}, {"ORTH": "X"}])
    nlp.to_disk(tmp_path / "base")
    from_base = TokenSource(TrainingSettings(output=Path("model"), base=str(tmp_path / "base")))
    from_language = TokenSource(TrainingSettings(output=Path("model")))
    assert edges(from_base, "iPhoneX") == [(0, 6), (6, 7)]
    assert edges(from_language, "iPhoneX") == [(0, 7)]


@pytest.mark.parametrize(("changes", "words"), [({"language": "qq"}, "qq"), ({"base": "no such"}, "no such")])
def test_what_does_not_load_is_a_sentence(changes, words):
    with pytest.raises(UserError, match=words):
        TokenSource(TrainingSettings(output=Path("model"), **changes))


_UNBROKEN = ["😀", "👩‍👩‍👧", "🇩🇪", "\n", "\r\n", " ", "x", "=", "a=1&", "你好，", "กี่", "e\u0301", "\u0301"]


@pytest.mark.parametrize("repeated", _UNBROKEN)
def test_no_slice_is_long_where_nothing_can_be_cut_at(repeated):
    text = repeated * (20_000 // len(repeated))
    parts = list(Tokens(_NLP["en"].tokenizer).edges(text))
    signs = [sum(not char.isalnum() and not char.isspace() for char in text[one.start : one.end]) for one in parts]
    assert max(one.end - one.start for one in parts) <= 4000
    # The time is that of the signs squared. Marks above and below letters count, too.
    assert max(signs) <= 250 or repeated in ("\u0301", "e\u0301", "กี่")


def test_a_run_of_emoji_is_cut_between_characters_and_has_the_tokens_that_spacy_gives_it():
    text = "see 👍🏿" + "😀👩‍👩‍👧🇩🇪" * 80 + " there"
    source = Tokens(_NLP["en"].tokenizer)
    assert len(list(source.edges(text))) > 1
    assert edges(source, text) == spacy_edges("en", text)
