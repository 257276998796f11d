"""What a run takes besides the annotated texts."""

from gadget_corpus import annotated

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.training.sources import unlabelled_texts, words_in, words_of


def test_only_what_nobody_began_is_unlabelled():
    texts = [
        AnnotatedText("unread"),
        annotated("begun", (0, 5, "GADGET"), complete=False),
        annotated("done"),
        AnnotatedText("skipped", state=TextState.SKIPPED),
    ]
    assert list(unlabelled_texts(texts)) == ["unread"]


def test_words_are_those_of_texts_that_are_done():
    texts = [annotated("a" * 60), AnnotatedText("b" * 600), annotated("c" * 30)]
    assert words_of(texts) == words_in(90) == 15
