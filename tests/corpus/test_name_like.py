"""Where names may begin, on the way on and on the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.name_like import next_name, previous_name
from gadget_trainer.corpus.snapping import TokenEdges, rough_edges

TEXTS = st.lists(
    st.sampled_from(
        ["Ana", "Ruiz", "said", "the", "iPhone", "X", "7", "Émile", "جوجل", "東京", "👍", ".", "\n", "\r\n", "\xa0"]
    )
).map(" ".join)


def stops(text: str) -> list[str]:
    text = f"so {text}"
    edges, at, found = rough_edges(text, 0, len(text)), 0, []
    while (at := next_name(text, edges, at)) < len(text):
        found.append(text[at:].split(maxsplit=1)[0])
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we met Ana Ruiz in Oslo", ["Ana", "Oslo"]),
        ("Ana left. Ben Okri, too", ["Ana", "Ben"]),
        ("He paid 1,000 for the iPhone X 7", ["He", "1,000", "X"]),
        ("the Pixel\nGalaxy", ["Pixel", "Galaxy"]),
        ("nothing here", []),
        ("عاش في دبي", ["عاش", "في", "دبي"]),
        ("", []),
    ],
)
def test_a_name_is_one_stop(text, expected):
    assert stops(text) == expected


@given(TEXTS, st.integers(0, 60), st.booleans())
def test_on_and_back_lead_out_of_every_place(text, position, known):
    edges = rough_edges(text, 0, len(text)) if known else TokenEdges()
    position = min(position, len(text))
    assert position < next_name(text, edges, position) <= len(text) or position == len(text)
    assert 0 <= previous_name(text, edges, position) < position or position == 0


@pytest.mark.parametrize("word", ["nothing ", "Ana ", "A", "東", "1,000"])
def test_a_long_text_is_gone_through_a_part_at_a_time(word):
    text = word * (100_000 // len(word))
    on, back = next_name(text, TokenEdges(), 0), previous_name(text, TokenEdges(), len(text))
    assert 0 < on < 21_000
    assert 79_000 < back < len(text)
