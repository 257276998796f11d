"""A text from a file, read in a thread."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gadget_trainer.errors import UserError

_MOST_BYTES = 4_000_000
"""Beyond it, a field that one types into is slow."""


@dataclass(frozen=True, slots=True)
class OpenedText:
    """What is in a file."""

    text: str


def open_text(path: Path) -> Iterator[object]:
    """Yield the OpenedText of a file. Raises UserError where it is no text, or too long to be typed into."""
    from gadget_trainer.formats.source import Source  # not before the window is painted

    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError(f"{path.name} is too long to be shown here. Press “Annotate a folder” and choose it there.")
        yield OpenedText(Source(path).text())
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}. Check that you may open it.") from error
