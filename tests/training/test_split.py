"""A text's side follows from what is in it."""

from gadget_corpus import annotated
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.split import choose_held_out, fingerprint


def numbered(count: int, start: int = 0) -> list[AnnotatedText]:
    words = ("ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st")
    texts = ["".join(words[int(digit)] for digit in str(number)) for number in range(start, start + count)]
    return [annotated(text, (0, 2, "GADGET")) for text in texts]


def test_near_copies_share_their_side():
    assert fingerprint("iPhone 12, for $200!") == fingerprint("IPHONE 13 for 999 ")
    assert fingerprint("iPhone") != fingerprint("Kindle")
    assert fingerprint("???") != fingerprint("!!")


def test_about_the_share_is_held_out():
    assert 150 < len(choose_held_out(numbered(1000), 0.2)) < 250


def test_no_text_changes_sides_when_others_come():
    before = choose_held_out(numbered(200), 0.2)
    after = choose_held_out(numbered(400), 0.2)
    keys = {fingerprint(text.text) for text in numbered(200)}
    assert after & keys == before


def test_only_finished_texts_are_held_out():
    begun = [annotated(text.text, (0, 2, "GADGET"), complete=False) for text in numbered(100)]
    not_for_all_labels = [AnnotatedText(t.text, t.spans, TextState.DONE) for t in numbered(100)]
    assert choose_held_out([*begun, *not_for_all_labels], 0.5) == frozenset()


@given(
    st.lists(st.tuples(st.text("abcdefgh", min_size=1, max_size=6), st.booleans()), max_size=12),
    st.floats(0.0, 0.9),
)
def test_both_sides_have_an_entity_when_possible(parts, share):
    texts = [annotated(text, *([(0, 1, "GADGET")] if spans else [])) for text, spans in parts]
    held = choose_held_out(texts, share)
    groups = {fingerprint(text.text): False for text in texts}
    for text in texts:
        groups[fingerprint(text.text)] |= bool(text.spans)
    telling = {key for key, spans in groups.items() if spans}
    assert held <= groups.keys()
    assert not held or held != groups.keys()
    if telling:
        assert telling - held, "something is left to learn from"
    if share > 0 and len(telling) >= 2:
        assert telling & held, "something can be scored"


def test_nothing_is_held_out_of_a_single_text():
    assert choose_held_out([AnnotatedText("a", (Span(0, 1, "X"),), TextState.DONE, complete=True)], 0.5) == frozenset()
