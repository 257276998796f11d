"""What a run takes from a project or a file besides the annotated texts. Knows neither."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.errors import UserError

_CODE_POINTS_A_WORD = 6


def unlabelled_texts(texts: Iterable[AnnotatedText]) -> Iterator[str]:
    """The texts that nobody began: a base's own predictions on them are mixed in."""
    return (text.text for text in texts if is_unlabelled(text))


def is_unlabelled(text: AnnotatedText) -> bool:
    """Whether nobody began it."""
    return text.state is TextState.TODO and not _is_begun(text)


def texts_of_file(path: str) -> Iterator[str]:
    """The lines of a UTF-8 file that hold more than spaces, each a text. Raises UserError when it can't be read."""
    try:
        with Path(path).expanduser().open(encoding="utf-8-sig") as stream:
            for line in stream:
                if line.strip():
                    yield line.removesuffix("\n")
    except UnicodeDecodeError as error:
        raise UserError(
            f"The texts to mix in, “{path}”, are not UTF-8. Save the file as UTF-8, a text a line."
        ) from error
    except OSError as error:
        raise UserError(
            f"The texts to mix in could not be read from “{path}”: {error.strerror or error}. "
            "Choose another file, or none."
        ) from error


def words_of(texts: Iterable[AnnotatedText]) -> int:
    """About how many words the texts have that are done: what the number of iterations follows."""
    return words_in(sum(len(text.text) for text in texts if text.state is TextState.DONE))


def words_in(code_points: int) -> int:
    """About how many words so many code points are."""
    return code_points // _CODE_POINTS_A_WORD


def _is_begun(text: AnnotatedText) -> bool:
    return bool(text.spans or text.refused or text.categories)
