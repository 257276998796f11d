"""The sentences of ``gadget_corpus`` with what they are about, easy to learn."""

from gadget_corpus import sentences_with_gadgets

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme

TOPICS = CategoryScheme(("buying", "opinion", "selling", "trouble"))
"""A text has exactly one."""
TRAITS = CategoryScheme(("past", "question"), exclusive=False)
"""A text has any number."""


def with_topics(number: int = 80) -> list[AnnotatedText]:
    """Finished texts with a topic and a gadget each."""
    return [
        text._replace(categories=(TOPICS.names[place % 4],))
        for place, text in enumerate(sentences_with_gadgets()[:number])
    ]


def with_traits(number: int = 80) -> list[AnnotatedText]:
    """Finished texts with one trait, or none."""
    traits = (("question",), ("question",), ("past",), ())
    return [text._replace(categories=traits[place % 4]) for place, text in enumerate(sentences_with_gadgets()[:number])]


def without_spans(texts: list[AnnotatedText]) -> list[AnnotatedText]:
    """The same, of which nobody marked anything."""
    return [text._replace(spans=()) for text in texts]
