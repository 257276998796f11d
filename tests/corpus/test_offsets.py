"""Code points and UTF-16 units, held against Python's own encoder."""

from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.offsets import Utf16Map

# Characters outside the basic plane beside all that is near them in other ways.
texts = st.text(
    alphabet=st.sampled_from("aé\u0301中\u200d😀👩🇧\U0010ffff\uffff\ud83d\ude00\r\n\u2028\0\ufeff"), max_size=40
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(texts)
def test_every_offset_is_what_the_encoder_says(text: str) -> None:
    offsets = Utf16Map(text)
    # A lone high surrogate before a lone low one is two code points and two units, also as a prefix.
    for position in range(len(text) + 1):
        assert offsets.to_utf16(position) == units(text[:position])
        assert offsets.to_code_point(units(text[:position])) == position


@given(texts)
def test_inside_a_pair_is_the_character_it_belongs_to(text: str) -> None:
    offsets = Utf16Map(text)
    for position, character in enumerate(text):
        if character > "\uffff":
            assert offsets.to_code_point(offsets.to_utf16(position) + 1) == position


def test_an_empty_text_has_one_offset() -> None:
    assert Utf16Map("").to_utf16(0) == Utf16Map("").to_code_point(0) == 0
