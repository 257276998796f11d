from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.found import Found
from gadget_trainer.training.mistakes import (
    Comparison,
    Decision,
    Kind,
    Mistakes,
    decision,
    disagreements,
    find_mistakes,
)
from gadget_trainer.training.split import choose_split

A, B = "GADGET", "BRAND"


def test_what_is_the_same_is_no_mistake():
    assert disagreements([Span(0, 3, A)], [Span(0, 3, A)]) == []


def test_spans_that_meet_are_one_mistake():
    assert disagreements([Span(1, 8, A)], [Span(2, 8, A), Span(0, 2, B)]) == [
        (None, Span(0, 2, B)),
        (Span(1, 8, A), Span(2, 8, A)),
    ]


spans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 5), st.sampled_from([A, B])).map(
        lambda one: Span(one[0], one[0] + one[1], one[2])
    ),
    unique=True,
)


@given(spans, spans)
def test_each_span_that_differs_is_in_exactly_one_pair(expected, found):
    pairs = disagreements(expected, found)
    assert sorted(one for one, _ in pairs if one) == sorted(set(expected) - set(found))
    assert sorted(other for _, other in pairs if other) == sorted(set(found) - set(expected))
    assert all(one.touches(other.start, other.end) for one, other in pairs if one and other)


def text(number: int) -> AnnotatedText:
    words = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa")
    content = f"The {words[number]} phone is here"
    return AnnotatedText(content, (Span(4, content.index(" is"), A),), TextState.DONE, number + 1, complete=True)


def test_only_held_out_texts_are_compared_and_labels_nobody_used_do_not_count():
    texts = [text(number) for number in range(10)]
    held = choose_split(texts, 0.3).held_out
    ids = {one.id for one in texts if fingerprint(one.text) in held}

    def predict(content: str) -> list[Span]:
        return [Span(0, 3, "ARTICLE"), Span(4, content.index(" phone"), A)]

    *_, last = find_mistakes(lambda: texts, held, predict)
    assert isinstance(last, Mistakes)
    assert last.texts == len(ids)
    assert {one.text_id for one in last.found} == ids
    assert {one.kind for one in last.found} == {Kind.OTHER_EDGES}
    word = last.found[0].surface.removesuffix(" phone")
    assert last.found[0].sentence() == f"Yours: GADGET “{word} phone”. The model: GADGET “{word}”."


def test_kinds():
    one = text(0)

    def kinds(found: list[Span]) -> list[Kind]:
        *_, last = find_mistakes(lambda: [one, text(1)], 0.5, lambda _content: found)
        return [mistake.kind for mistake in last.found]

    held = choose_split([one, text(1)], 0.5).held_out
    expected = next(each for each in (one, text(1)) if fingerprint(each.text) in held).spans[0]
    assert kinds([]) == [Kind.MISSED]
    assert kinds([expected]) == []
    assert kinds([expected, Span(0, 3, A)]) == [Kind.INVENTED]


def test_text_finished_after_the_run_began_is_not_looked_at():
    texts = [text(number) for number in range(10)]
    held = choose_split(texts[:5], 0.5).held_out
    assert held < choose_split(texts, 0.5).held_out, "the share alone would hold out more now"
    *_, last = find_mistakes(lambda: texts, held, lambda _content: [])
    assert {one.text_id for one in last.found} == {one.id for one in texts if fingerprint(one.text) in held}


MARKED = Span(8, 16, A)
PHONE = AnnotatedText("Buy the iPhone X or wait", (MARKED,), TextState.DONE, 7, complete=True)
FEWER = Span(8, 14, A)


def compared(found: list[Span], text: AnnotatedText = PHONE, **kept: object) -> Mistakes:
    comparison = Comparison(frozenset((A, B)), **{"kept": frozenset()} | kept)
    comparison.add(text, Found(tuple(found)))
    return comparison.mistakes()


def test_pairs_of_labels_are_counted_and_so_is_what_both_agree_on():
    found = compared([MARKED, Span(0, 3, B)])
    assert found.agreed == {A: 1}
    assert found.confusion() == {(None, B): 1}
    assert found.kinds() == {Kind.INVENTED: 1}
    assert compared([Span(8, 16, B)]).confusion() == {(A, B): 1}
    assert compared([]).confusion() == {(A, None): 1}


def test_what_was_decided_before_is_left_out():
    refused = PHONE._replace(refused=(FEWER,))
    assert compared([FEWER], refused).found == ()
    assert compared([FEWER], refused).decided == 1
    assert compared([], kept={(7, MARKED)}).found == ()
    assert len(compared([], kept={(8, MARKED)}).found) == 1, "another text's"
    assert len(compared([FEWER], kept={(7, MARKED)}).found) == 1, "that it was missed was decided, not this"


def test_decisions_follow_from_the_text_as_it_is_now():
    (edges,), (missed,), (invented,) = (compared(found).found for found in ([FEWER], [], [MARKED, Span(0, 3, B)]))
    nothing = frozenset()
    for one in (edges, missed, invented):
        assert decision(one, PHONE, nothing) is Decision.OPEN
        assert decision(one, None, nothing) is Decision.CHANGED
    taken = {FEWER: edges, Span(0, 3, B): invented}
    for span, one in taken.items():
        assert decision(one, PHONE._replace(spans=(span,)), nothing) is Decision.TAKEN
        assert decision(one, PHONE._replace(refused=(span,)), nothing) is Decision.KEPT
    assert decision(missed, PHONE._replace(spans=()), nothing) is Decision.TAKEN
    assert decision(missed, PHONE, {(7, MARKED)}) is Decision.KEPT
    assert decision(edges, PHONE._replace(spans=(Span(0, 16, A),)), nothing) is Decision.CHANGED


def test_the_words_around_a_mistake_are_whole_and_on_one_line():
    words = " ".join(f"word{number}" for number in range(30))
    text = AnnotatedText(f"{words}\n Kindle \n{words}", (), TextState.DONE, complete=True)
    start = text.text.index("Kindle")
    (one,) = compared([Span(start, start + 6, A)], text).found
    assert one.before.startswith("…word")
    assert one.after.endswith("…")
    assert "\n" not in one.before + one.after
    assert set(f"{one.before}{one.after}".replace("…", " ").split()) <= set(words.split())
