"""What a person refused, as spaCy receives it: in the examples of a run, and in the weights after it."""

import pytest
import spacy
from gadget_corpus import annotated, sentences_with_gadgets
from spacy.tokens import DocBin
from spacy.training import Example

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.base import load_base
from gadget_trainer.training.config import INCORRECT_SPANS
from gadget_trainer.training.examples import reference
from gadget_trainer.training.learnable import takes_part
from gadget_trainer.training.loading import entity_recogniser
from gadget_trainer.training.mixing import Mixing
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import unlabelled_texts
from gadget_trainer.training.tokens import Tokens

_NLP = spacy.blank("xx")
_TOKENS = Tokens(_NLP.tokenizer)
_WRONG = "The Kindle is a boat again, Zoë"
_REFUSED = Span(4, 10, "GADGET")


def begun(text: str, *refused: Span, spans: tuple[Span, ...] = ()) -> AnnotatedText:
    return AnnotatedText(text, spans, TextState.TODO, refused=refused)


def received(text: AnnotatedText) -> list[tuple[int, int, str]]:
    """The wrong spans, in tokens, after a way through a .spacy file, as the recogniser asks for them."""
    stored = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], docs=[reference(text, _TOKENS)]).to_bytes()
    (doc,) = DocBin().from_bytes(stored).get_docs(_NLP.vocab)
    example = Example(_NLP.make_doc(doc.text), doc)
    wrong = example.get_aligned_spans_y2x(example.reference.spans.get(INCORRECT_SPANS, []), allow_overlap=True)
    return [(span.start, span.end, span.label_) for span in wrong]


def test_refused_spans_arrive_as_wrong_ones():
    assert received(begun(_WRONG, _REFUSED, Span(0, 10, "GADGET"))) == [(0, 2, "GADGET"), (1, 2, "GADGET")]
    assert received(begun(_WRONG)) == []


@pytest.mark.parametrize(
    "span", [Span(4, 8, "GADGET"), Span(3, 10, "GADGET"), Span(4, 99, "GADGET"), Span(4, 10, "!GADGET")]
)
def test_refused_spans_that_the_tokens_cannot_hold_are_left_out(span):
    assert received(begun(_WRONG, span)) == []


def test_an_entity_is_never_a_wrong_span():
    text = AnnotatedText(_WRONG, (_REFUSED,), refused=(_REFUSED, Span(4, 10, "FOOD")))
    assert received(text) == [(1, 2, "FOOD")], "spaCy stops a run where both are said (E868)"


def test_a_text_with_nothing_but_a_refusal_takes_part_and_was_begun():
    assert takes_part(begun(_WRONG, _REFUSED))
    assert list(unlabelled_texts([begun(_WRONG, _REFUSED), begun(_WRONG)])) == [_WRONG]


def test_refused_spans_keep_their_place_in_the_pieces_of_a_long_text():
    text = "One two three.\n\nFour five six.\n\nSeven eight nine."
    there = [Span(text.index(word), text.index(word) + len(word), "A") for word in ("two", "six", "Seven")]
    across = Span(text.index("three"), text.index("Four") + 4, "A")
    found = [
        piece.text[one.start : one.end]
        for piece in pieces(begun(text, *there, across), _TOKENS, 5)
        for one in piece.refused
    ]
    assert found == ["two", "six", "Seven"]


def probability(nlp, text: str, span: Span) -> float:
    """How likely the recogniser finds just this span, by beam search."""
    doc = nlp.make_doc(text)
    recogniser = nlp.get_pipe(entity_recogniser(nlp))
    for name, component in nlp.pipeline:
        if name == "tok2vec":
            doc = component(doc)
    (beam,) = recogniser.beam_parse([doc], beam_width=16, beam_density=0.0001)
    wanted = doc.char_span(span.start, span.end)
    (scores,) = recogniser.scored_ents([beam])
    return float(scores.get((wanted.start, wanted.end, span.label), 0.0))


def trained(texts, settings) -> spacy.language.Language:
    run = TrainingRun(lambda: texts, settings)
    try:
        for _record in run.steps():
            pass
        for _step in run.save():
            pass
    finally:
        run.close()
    return spacy.load(settings.output)


@pytest.fixture(scope="module")
def untold(tmp_path_factory):
    """The folder of a pipeline that learned gadgets and of no refusal."""
    folder = tmp_path_factory.mktemp("untold") / "model"
    trained(sentences_with_gadgets(), TrainingSettings(output=folder, language="xx", iterations=8, batch_size=80))
    return folder


@pytest.fixture
def refusing():
    """Texts that teach gadgets, and begun texts in which one was refused."""
    wrong = [begun(_WRONG.replace("again", day), _REFUSED) for day in ("again", "then", "once", "today", "twice")]
    return [*sentences_with_gadgets(), *wrong]


def test_training_lowers_the_probability_of_a_refused_span(refusing, untold, settings):
    told = trained(refusing, settings(iterations=8, batch_size=80))
    assert told.config["components"]["ner"]["incorrect_spans_key"] == INCORRECT_SPANS
    before, after = (probability(nlp, _WRONG, _REFUSED) for nlp in (spacy.load(untold), told))
    assert before > 0.1
    assert after < before / 2
    right = sentences_with_gadgets()[2]
    assert probability(told, right.text, right.spans[0]) > 0.5


def test_a_base_learns_refusals_too(refusing, untold, settings):
    before = probability(spacy.load(untold), _WRONG, _REFUSED)
    assert before > 0.1, "else there is nothing to lower"
    after = probability(trained(refusing, settings(base=str(untold), iterations=3)), _WRONG, _REFUSED)
    assert after < before / 2


def test_what_a_base_predicts_is_not_mixed_in_where_it_was_refused(untold, settings):
    new = annotated("Zoë sold her Kindle", (0, 3, "PERSON"))
    mixing = Mixing(load_base(settings(base=str(untold)), lambda: [new]))
    found = [span for span in mixing.with_predictions(new).spans if span.label == "GADGET"]
    assert found, "else there is nothing to refuse"
    refused = AnnotatedText(new.text, new.spans, new.state, complete=True, refused=tuple(found))
    assert mixing.with_predictions(refused).spans == new.spans


def test_done_for_earlier_labels_only_is_unknown_outside_its_spans_in_what_spacy_reads(settings):
    """A label came after these texts were done: the run's own reader gives the unknown on to spaCy."""
    later = [
        AnnotatedText(f"{word} sold a Kindle", (Span(len(word) + 8, len(word) + 14, "GADGET"),), TextState.DONE)
        for word in ("Ana", "Björn", "Chidi", "Dua")
    ]
    run = TrainingRun(lambda: [*sentences_with_gadgets(), *later], settings(iterations=1, held_out=0.0))
    try:
        for _record in run.steps():
            pass
        examples = {example.text: example.get_aligned_ner() for example in run._examples}
    finally:
        run.close()
    assert len(examples) > len(later)
    for text in later:
        assert examples[text.text] == [None, None, None, "U-GADGET"]
    done = next(tags for text, tags in examples.items() if text.startswith("How to"))
    assert None not in done
