"""What a run takes from a project or a file besides the annotated texts. Knows neither."""

from collections.abc import Iterable, Iterator

from gadget_trainer.corpus.records import AnnotatedText, TextState

_CODE_POINTS_A_WORD = 6


def unlabelled_texts(texts: Iterable[AnnotatedText]) -> Iterator[str]:
    """The texts that nobody began: a base's own predictions on them are mixed in."""
    return (text.text for text in texts if text.state is TextState.TODO and not (text.spans or text.refused))


def words_of(texts: Iterable[AnnotatedText]) -> int:
    """About how many words the texts have that are done: what the number of iterations follows."""
    return words_in(sum(len(text.text) for text in texts if text.state is TextState.DONE))


def words_in(code_points: int) -> int:
    """About how many words so many code points are."""
    return code_points // _CODE_POINTS_A_WORD
