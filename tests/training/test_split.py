"""A text's side follows from what is in it."""

from gadget_corpus import annotated
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.training.split import choose_split


def numbered(count: int, start: int = 0) -> list[AnnotatedText]:
    words = ("ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st")
    texts = ["".join(words[int(digit)] for digit in str(number)) for number in range(start, start + count)]
    return [annotated(text, (0, 2, "GADGET")) for text in texts]


def test_near_copies_share_their_side():
    assert fingerprint("iPhone 12, for $200!") == fingerprint("IPHONE 13 for 999 ")
    assert fingerprint("iPhone") != fingerprint("Kindle")
    assert fingerprint("???") != fingerprint("!!")


def test_about_the_share_is_held_out():
    assert 150 < len(choose_split(numbered(1000), 0.2).held_out) < 250


def test_no_text_changes_sides_when_others_come():
    before = choose_split(numbered(200), 0.2).held_out
    after = choose_split(numbered(400), 0.2).held_out
    keys = {fingerprint(text.text) for text in numbered(200)}
    assert after & keys == before


def test_only_finished_texts_are_held_out():
    begun = [annotated(text.text, (0, 2, "GADGET"), complete=False) for text in numbered(100)]
    not_for_all_labels = [AnnotatedText(t.text, t.spans, TextState.DONE) for t in numbered(100)]
    assert not choose_split([*begun, *not_for_all_labels], 0.5).held_out


@given(
    st.lists(st.tuples(st.text("abcdefgh", min_size=1, max_size=6), st.booleans()), max_size=12),
    st.floats(0.0, 0.9),
)
def test_both_sides_have_an_entity_when_possible(parts, share):
    texts = [annotated(text, *([(0, 1, "GADGET")] if spans else [])) for text, spans in parts]
    held = choose_split(texts, share).held_out
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
    assert not choose_split([annotated("a", (0, 1, "X"))], 0.5).held_out


def test_text_that_will_be_held_out_once_done_is_not_learned_from_before():
    done = numbered(200)
    begun = [text._replace(state=TextState.TODO, complete=False) for text in done[:100]]
    before, after = choose_split([*begun, *done[100:]], 0.2), choose_split(done, 0.2)
    assert after.held_out
    assert not [text for text in done if before.learns_from(text.text) and after.scores_on(text)]
    unread = [text.text for text in numbered(100, 1000)]
    assert [after.learns_from(text) for text in unread] == [fingerprint(text) >= 0.2 * 2**64 for text in unread]


@given(
    st.lists(st.tuples(st.text("abcdefgh", min_size=1, max_size=6), st.booleans()), max_size=12), st.floats(0.0, 0.9)
)
def test_something_is_left_to_learn_from_where_nothing_is_done(parts, share):
    texts = [annotated(text, *([(0, 1, "GADGET")] if spans else []), complete=False) for text, spans in parts]
    split = choose_split(texts, share)
    assert not split.held_out
    telling = [text for text in texts if text.spans]
    assert any(split.learns_from(text.text) for text in telling) == bool(telling)
