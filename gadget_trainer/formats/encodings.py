"""Which encoding the characters of a file are in: said by its first bytes, proved by decoding, or else guessed.

A guess is charset-normalizer's, and is only ever made to be shown: nobody keeps a text that was decoded by a guess
before a person has seen it.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from gadget_trainer.errors import UserError

PIECE_BYTES = 2**20
_GUESSED_FROM = 2**16
"""Bytes that a guess is made from: more of them make it slower, not better."""

CHOICES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "utf-16-le": "UTF-16, little-endian",
    "utf-16-be": "UTF-16, big-endian",
    "cp1252": "Western European (Windows-1252)",
    "iso8859_15": "Western European (ISO 8859-15)",
    "mac_roman": "Western European (Mac)",
    "cp850": "Western European (DOS 850)",
    "cp1250": "Central European (Windows-1250)",
    "cp1257": "Baltic (Windows-1257)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8_r": "Cyrillic (KOI8-R)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "gb18030": "Chinese, simplified (GB 18030)",
    "big5": "Chinese, traditional (Big5)",
    "shift_jis": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC-JP)",
    "euc_kr": "Korean (EUC-KR)",
    "cp874": "Thai (Windows-874)",
}
"""The encodings that a person may choose, by Python's names; of those that read a file alike the first is guessed."""

_GUESSABLE = [name for name in CHOICES if not name.startswith("utf")]


@dataclass(frozen=True, slots=True)
class Encoding:
    """What a file's characters are encoded in."""

    codec: str
    """Python's name: one of :data:`CHOICES`, or ``utf-8-sig``."""
    guessed: bool = False
    """Whether nothing in the file proves it, so that the person should look at its texts."""

    @property
    def title(self) -> str:
        """How people call it."""
        return encoding_title(self.codec)


def named_encoding(name: str) -> str:
    """Python's name of the encoding that a person named.

    Raises:
        UserError: there is none of that name.
    """
    try:
        b"    ".decode(name, "replace")  # which no codec does that makes no text
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        known = ", ".join(CHOICES)
        raise UserError(f"There is no encoding “{name}”. Among those that can be named are: {known}.") from None
    return next((one for one in CHOICES if codecs.lookup(one).name == codec), codec)


def encoding_title(codec: str) -> str:
    """How people call the encoding of that name in Python."""
    return CHOICES.get(codec.removesuffix("-sig"), codec)


def by_mark(head: bytes) -> str:
    """The codec that a byte order mark at the beginning of a file says; UTF-8 where there is none."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # the first begins as UTF-16's does
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"


def found_encoding(stream: BinaryIO) -> Encoding:
    """The encoding of a whole file, which is read to its end where its first bytes do not say it."""
    head = stream.read(_GUESSED_FROM)
    marked = by_mark(head)
    if marked != "utf-8":
        return Encoding(marked)
    if b"\0" in head:  # no other encoding of text has it: what is not UTF-16 is a picture, a zip or the like
        wide = _without_mark(head)
        return Encoding(wide, guessed=True) if wide else Encoding("utf-8")
    stream.seek(0)
    odd = _not_utf8(stream)
    return Encoding("utf-8") if odd is None else Encoding(_guess(odd), guessed=True)


def _without_mark(head: bytes) -> str:
    """UTF-16 whose first bytes do not say so: nearly every second byte of most languages is 0 then."""
    pairs = len(head) // 2
    if pairs < 2 or head.count(0) < 0.6 * pairs:
        return ""
    for codec, zeros, others in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        if zeros.count(0) > 0.6 * pairs and others.count(0) < 0.05 * pairs:
            return codec
    return ""


def _not_utf8(stream: BinaryIO) -> bytes | None:
    """The part of the file where it stops being UTF-8; None where it never does."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for piece in _pieces(stream):
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            start = max(error.start - _GUESSED_FROM // 2, 0)
            return error.object[start : start + _GUESSED_FROM]
    return None


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(PIECE_BYTES):
        yield piece
    yield b""


def _guess(data: bytes) -> str:
    """The likeliest encoding; of those that are as likely, which is common with short texts, the commonest."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files need it, and it takes a while to load

    matches = list(from_bytes(data, cp_isolation=_GUESSABLE))
    if not matches:
        return "cp1252"
    best = matches[0]
    alike = [one for one in matches if (one.chaos, one.coherence) == (best.chaos, best.coherence)]
    names = {name for one in alike for name in one.could_be_from_charset}
    return next((name for name in _GUESSABLE if name in names), best.encoding)
