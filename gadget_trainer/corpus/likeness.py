"""Which texts are alike: those that differ only in case, digits, spaces and punctuation."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator

from gadget_trainer.corpus.records import AnnotatedText

_SLICE = 1000


def fingerprint(text: str) -> int:
    """A number below 2**64 that near-copies of ``text`` share."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join("0" if char.isdigit() else char for char in folded if char.isalnum())
    # A text of nothing but signs would share its number with every other such text; it stands for itself.
    digest = hashlib.blake2b((kept or text).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def groups_of_alike(texts: Iterable[AnnotatedText]) -> Iterator[int | list[list[int]]]:
    """How many texts were compared so far, now and then; at the end the ids of texts that are alike, by group.

    Each group is in the order of the texts, and the groups in that of their first texts.
    """
    groups: dict[int, list[int]] = {}
    for number, text in enumerate(texts, start=1):
        groups.setdefault(fingerprint(text.text), []).append(text.id)
        if number % _SLICE == 0:
            yield number
    yield [group for group in groups.values() if len(group) > 1]
