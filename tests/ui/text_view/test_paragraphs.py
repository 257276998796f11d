"""How texts are cut: nothing lost, nothing twice, no character cut in two."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.ui.text_view.paragraphs import (
    PAGE,
    continues_paragraph,
    page_starts,
    paragraphs_in,
    reads_right_to_left,
    shown,
    whole_paragraph,
)

PIECES = [
    "a",
    "word ",
    "End. ",
    "\n",
    "\r\n",
    "\r",
    "\u2028",
    "👩\u200d👩\u200d👧",
    "🇩🇪",
    "e\u0301",
    "中",
    "।",
    "\0",
    "\t",
]
# Long texts by repeating short ones: what matters is where the cuts fall.
texts = st.builds(
    lambda pieces, times: "".join(pieces) * times,
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=12),
    st.sampled_from([1, 50, 700]),
)


@given(texts)
def test_pages_cover_the_text_and_cut_no_character(text: str) -> None:
    starts = page_starts(text)
    assert starts[0] == 0
    ends = [*starts[1:], len(text)]
    # A CR LF at the border stays together.
    assert all(0 < end - start <= PAGE + 1 for start, end in zip(starts, ends, strict=True) if text)
    clusters = {found.start() for found in regex.finditer(r"\X", text)}
    assert set(starts[1:]) <= clusters


@given(texts)
def test_paragraphs_leave_out_nothing_but_line_breaks(text: str) -> None:
    starts = page_starts(text)
    found, position = [], 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        found += paragraphs_in(text, start, end)
    for start, end in found:
        assert text[position:start] in ("", "\n", "\r", "\r\n")
        assert start <= end
        position = end
    assert text[position:] == ""


@given(texts)
def test_what_is_shown_has_the_same_length(text: str) -> None:
    display, odd = shown(text)
    assert len(display) == len(text)
    assert all(display[at] != text[at] for at in odd)
    assert not set(display) & set("\0\r\n\u2028\ufeff")


def test_examples() -> None:
    assert paragraphs_in("", 0, 0) == [(0, 0)]
    assert paragraphs_in("a\n", 0, 2) == [(0, 1), (2, 2)]
    assert paragraphs_in("a\r\nb\u2028c", 0, 6) == [(0, 1), (3, 5), (5, 6)]
    assert whole_paragraph("a\nbc d\r\ne", 4) == (2, 6)
    assert whole_paragraph("abc", 3) == (0, 3)
    assert continues_paragraph("ab", 1)
    assert not continues_paragraph("a\nb", 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("שלום iPhone", True), ("iPhone שלום", False), ("123 مرحبا", True), ("123", False), ("", False)],
)
def test_the_first_letter_gives_the_direction(text: str, expected: bool) -> None:
    assert reads_right_to_left(text, 0, len(text)) is expected
