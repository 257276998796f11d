"""Texts that occur more than once: on one side of the split, or annotated in two ways."""

import pytest
from gadget_corpus import annotated
from test_check_findings import found, gadgets

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, Span, TextState
from gadget_trainer.training.check import check


def on_side(texts, *, held_out: bool) -> AnnotatedText:
    """One of the texts that lands on that side of the split by its hash."""
    return next(text for text in texts if (fingerprint(text.text) < 0.2 * 2**64) is held_out)


def test_repeats_among_the_texts_to_learn_from_are_told(settings):
    first = on_side(gadgets(), held_out=False)
    again = first._replace(text=first.text.replace("?", "").replace("!", "") + "...", id=500)
    problem = found([*gadgets(), again], settings, "repeats")
    assert problem is not None
    assert problem.text_ids == (first.id, 500)
    assert problem.message.startswith("1 text to learn from repeats another one")
    assert found(gadgets(), settings, "repeats") is None
    held_out = on_side(gadgets(), held_out=True)
    copies = [*gadgets(), *(held_out._replace(id=number) for number in range(500, 508))]
    assert found(copies, settings, "repeats") is None, "nothing is learned twice"
    problem = found(copies, settings, "repeats held out")
    assert problem is not None
    assert problem.message.startswith("8 texts held out repeat another one, but for case")
    assert problem.text_ids == (held_out.id, *range(500, 508))
    waiting = held_out._replace(id=500, state=TextState.TODO, complete=False)
    assert found([*gadgets(), waiting], settings, "repeats held out") is None, "it is not scored on yet"


@pytest.mark.parametrize(
    ("spans", "complete", "contradicts"),
    [
        ((), True, True),
        ((), False, False),
        (((3, 9, "BRAND"),), False, True),
        (((3, 9, "GADGET"),), True, False),
        (((3, 9, "GADGET"),), False, False),
        (((0, 9, "GADGET"),), True, True),
        (((0, 2, "OWNER"),), False, True),
    ],
)
def test_the_same_text_annotated_in_two_ways(settings, spans, complete, contradicts):
    texts = [*gadgets(), annotated("My Kindle", (3, 9, "GADGET"), id=300)]
    texts.append(annotated("My Kindle", *spans, id=301, complete=complete))
    problem = found(texts, settings, "contradictions")
    assert (problem is not None) is contradicts
    if problem is not None:
        assert problem.text_ids == (300, 301)
        assert problem.message.startswith("1 text occurs more than once with different spans")


@pytest.mark.parametrize(
    ("spans", "complete", "contradicts"),
    [
        (((8, 13, "PERSON"),), True, True),
        (((8, 19, "PERSON"),), True, False),
        (((8, 19, "PERSON"),), False, False),
        (((8, 19, "BRAND"),), False, True),
        ((), False, False),
        ((), True, True),
    ],
)
def test_copies_but_for_a_sign_annotated_in_two_ways(settings, spans, complete, contradicts):
    texts = [*gadgets(), annotated("We met Maria Lopez in Rome", (7, 18, "PERSON"), id=300)]
    texts.append(annotated("“We met Maria Lopez in Rome.”", *spans, id=301, complete=complete))
    problem = found(texts, settings, "contradictions")
    assert (problem is not None) is contradicts
    if problem is not None:
        assert problem.text_ids == (300, 301)
        assert problem.message.startswith("1 text occurs more than once, but for case and punctuation at most,")


def test_the_same_text_with_other_categories(settings):
    scheme = CategoryScheme(("spam", "ham"))
    told = [text._replace(categories=(scheme.names[text.id % 2],)) for text in gadgets()]
    same = [annotated("The same for all", id=300 + n)._replace(categories=(scheme.names[n % 2],)) for n in range(10)]

    def contradictions(texts):
        problems = check(lambda: texts, settings(), [], scheme).problems
        return next((one for one in problems if one.kind == "contradictions"), None)

    problem = contradictions([*told, *same])
    assert problem is not None
    assert problem.text_ids == tuple(range(300, 310))
    assert problem.message.startswith("1 text occurs more than once with different categories, and")
    assert contradictions([*told, *same[::2]]) is None
    begun = [text._replace(state=TextState.TODO, complete=False) for text in same[1::2]]
    assert contradictions([*told, *same[::2], *begun]) is None, "nobody said yet that it is so"
    numbered = [text._replace(text=f"{text.text}: {text.id}") for text in same]
    assert contradictions([*told, *numbered]) is None, "a number may be what makes the difference"
    both = same[1]._replace(spans=(Span(4, 8, "GADGET"),))
    assert "different spans or categories" in contradictions([*told, same[0], both]).message
