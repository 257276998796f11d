"""Files made on the spot, and read back at once."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import spacy

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.receipt import Receipt

Content = str | bytes


@pytest.fixture
def made(tmp_path: Path) -> Callable[[str, Content], Path]:
    """Make a file of that name and content."""

    def make(name: str, content: Content) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def read() -> Callable[..., tuple[list[AnnotatedText], Receipt]]:
    """Read one file to its end: its texts and its receipt."""

    def reading(
        path: Path, format_name: str | None = None, offsets: Reading | None = None
    ) -> tuple[list[AnnotatedText], Receipt]:
        reading = read_files([path], format_name, offsets)
        texts = list(reading.texts())
        return texts, reading.receipts[0]

    return reading


@pytest.fixture(scope="module", autouse=True)
def _tokenizers_are_made_once() -> Iterator[None]:
    """Most of the time of writing a small file is making the tokenizer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spacy, "blank", cache(spacy.blank))
        yield


@pytest.fixture(scope="session")
def data() -> Path:
    """The excerpts of real files."""
    return Path(__file__).parent.parent / "data"
