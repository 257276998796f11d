"""Annotated texts in one line."""

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState

_GADGETS = ("iPhone X", "Pixel 6", "Galaxy S9", "Kindle", "Game Boy")
_SENTENCES = (
    "How to preorder the {}, {}?",
    "Is the {} worth it, {}?",
    "I sold my {} yesterday, {}.",
    "The {} is broken again, {}!",
)
_NAMES = ("Ana", "Björn", "Chidi", "Dua", "Émile", "Farid", "Gül", "Hana", "Ines", "João")


def annotated(text: str, *spans: tuple[int, int, str], id: int = 0, complete: bool = True) -> AnnotatedText:  # noqa: A002
    """A finished text, or with ``complete=False`` one that somebody began."""
    state = TextState.DONE if complete else TextState.TODO
    return AnnotatedText(text, tuple(Span(*span) for span in spans), state, id, complete=complete)


def sentences_with_gadgets() -> list[AnnotatedText]:
    """Eighty texts with a gadget each, easy to learn."""
    texts = []
    for number in range(80):
        gadget = _GADGETS[number % 5]
        text = _SENTENCES[number % 4].format(gadget, _NAMES[number // 8])
        start = text.index(gadget)
        texts.append(annotated(text, (start, start + len(gadget), "GADGET"), id=number + 1))
    return texts
