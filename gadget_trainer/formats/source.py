"""A file as the readers see it: decoded faithfully, line by line, with errors that name the line.

UTF-8 with and without a byte order mark and UTF-16 with one are read; any other encoding has to be named. Nothing is
guessed here, and nothing is normalised: a text of the project is what the file holds.
"""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gadget_trainer.errors import UserError
from gadget_trainer.formats.encodings import by_mark, encoding_title

SAMPLE_BYTES = 65536


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file, by which the formats recognise it."""

    head: bytes
    text: str
    """The head decoded; what cannot be decoded is U+FFFD. Empty when the file is not text."""
    whole: bool
    """Whether the head is the whole file."""
    path: Path | None = None
    """The file, for formats of several files that stand beside each other."""

    def is_blank(self) -> bool:
        """Whether the file holds nothing, or nothing but spaces and a byte order mark."""
        is_text = bool(self.text) or b"\0" not in self.head
        return self.whole and is_text and not self.text.strip()


class Source:
    """A file to be read. ``name`` is what notes and errors call it."""

    def __init__(self, path: Path, name: str = "", encoding: str | None = None) -> None:
        """``encoding`` is a codec that was chosen for it; without one, its first bytes decide."""
        self.path = path
        # A file name on Linux may hold bytes that are no characters; the project's file could not keep them.
        self.name = (name or path.name).encode(errors="replace").decode()
        self.chosen_encoding = encoding
        self.encoding_read = ""
        """What its characters were decoded from, for people; empty as long as none were."""

    def beside(self, path: Path) -> "Source":
        """Another file that belongs to this one, and is in the same encoding."""
        return Source(path, encoding=self.chosen_encoding)

    def encoding(self, head: bytes) -> str:
        """The codec for a file that begins so."""
        marked = by_mark(head)
        if self.chosen_encoding is None or marked == f"{self.chosen_encoding}-sig":
            return marked
        return self.chosen_encoding

    def sample(self) -> Sample:
        """The first :data:`SAMPLE_BYTES` bytes, decoded if they are text."""
        with self.path.open("rb") as stream:
            head = stream.read(SAMPLE_BYTES)
            whole = not stream.read(1)
        encoding = self.encoding(head)
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
        except UnicodeDecodeError:
            # A few wrong bytes in a text are an error to be shown with its line; a picture is not a text.
            text = "" if b"\0" in head and encoding == "utf-8" else head.decode(encoding, "replace")
        return Sample(head, text, whole, self.path)

    def lines(self) -> Iterator[tuple[int, str]]:
        r"""The lines with their numbers from 1, without their ends: ``\n``, ``\r\n`` or ``\r``.

        A form feed, U+2028 and the other characters that :meth:`str.splitlines` breaks at stay in the line.

        Raises:
            UserError: a byte that cannot be decoded, with its line and position.
        """
        with self._open(newline=None) as stream:
            try:
                for number, line in enumerate(stream, start=1):
                    yield number, line.removesuffix("\n")
            except UnicodeDecodeError as error:
                raise self._undecodable() from error

    def whole_lines(self) -> Iterator[str]:
        r"""The lines exactly as they are, their ends included; only ``\n`` ends one.

        Raises:
            UserError: a byte that cannot be decoded, with its line and position.
        """
        with self._open(newline="\n") as stream:
            try:
                yield from stream
            except UnicodeDecodeError as error:
                raise self._undecodable() from error

    def text(self) -> str:
        """The whole text exactly as it is, line ends included, without a byte order mark.

        Raises:
            UserError: a byte that cannot be decoded, with its line and position.
        """
        with self._open(newline="") as stream:
            try:
                return stream.read()
            except UnicodeDecodeError as error:
                raise self._undecodable() from error

    def stream(self) -> io.TextIOWrapper:
        """The text to be read in pieces; a byte that cannot be decoded raises UnicodeDecodeError."""
        return self._open(newline=None)

    def data(self) -> bytes:
        """The whole file, for formats that are not text."""
        return self.path.read_bytes()

    def _open(self, newline: str | None) -> io.TextIOWrapper:
        with self.path.open("rb") as stream:
            encoding = self.encoding(stream.read(4))
        self.encoding_read = encoding_title(encoding)
        return self.path.open(encoding=encoding, newline=newline)

    def _undecodable(self) -> UserError:
        with self.path.open("rb") as stream:
            encoding = self.encoding(stream.read(4))
            stream.seek(0)
            line, position = _first_undecodable(stream, encoding)
        return _undecodable(self.name, encoding, line, position)

    def decoded(self, data: bytes, name: str) -> str:
        """The text that the bytes of a file in this one are, which ``name`` names.

        Raises:
            UserError: a byte that cannot be decoded, with its line and position.
        """
        encoding = self.encoding(data[:4])
        self.encoding_read = encoding_title(encoding)
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            line, position = _first_undecodable(io.BytesIO(data), encoding)
            raise _undecodable(name, encoding, line, position) from error


def _undecodable(name: str, encoding: str, line: int, position: int) -> UserError:
    return UserError(
        f"{name}:{line} is not {encoding_title(encoding)}: the byte at position {position:,} of the file cannot be "
        "read. Save the file as UTF-8, or choose its encoding, and import it again.",
        option="--encoding NAME",
    )


def _first_undecodable(stream: BinaryIO, encoding: str) -> tuple[int, int]:
    """The line (from 1) and byte position (from 0) where decoding fails.

    A text stream decodes in pieces and reports positions within a piece, so the file is decoded once more.
    """
    piece = stream.read(SAMPLE_BYTES)
    # Without the codecs that swallow the byte order mark: they would shift the positions.
    big = piece.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
    wide = encoding in ("utf-16", "utf-32")
    codec = f"{encoding}-{'be' if big else 'le'}" if wide else encoding.removesuffix("-sig")
    decoder = codecs.getincrementaldecoder(codec)()
    breaks = io.IncrementalNewlineDecoder(None, translate=True)
    line, position = 1, 0
    while True:
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(codec)
            line += breaks.decode(before, final=True).count("\n")
            return line, position - pending + error.start
        if not piece:
            raise RuntimeError("a file that could not be decoded can be now: it changed while it was read")
        line += breaks.decode(text).count("\n")
        position += len(piece)
        piece = stream.read(SAMPLE_BYTES)
