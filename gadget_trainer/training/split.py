"""Which texts are held out for scoring: decided by what is in a text, so that it never changes sides.

A text's side follows from a hash of its folded form. Texts that differ only in case, digits, spaces and punctuation
share the hash, and so the side: a near-copy of a training text would make the score a lie. The seed has no say.
"""

import hashlib
import unicodedata
from collections.abc import Iterable

from gadget_trainer.corpus.records import AnnotatedText, TextState


def fingerprint(text: str) -> int:
    """A number below 2**64 that near-copies of ``text`` share."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join("0" if char.isdigit() else char for char in folded if char.isalnum())
    # A text of nothing but signs would share its number with every other such text; it stands for itself.
    digest = hashlib.blake2b((kept or text).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def may_be_held_out(text: AnnotatedText) -> bool:
    """Whether ``text`` can be scored on: only where it is finished is a missing span a wrong prediction."""
    return text.complete and text.state is TextState.DONE


def choose_held_out(texts: Iterable[AnnotatedText], share: float) -> frozenset[int]:
    """The fingerprints of the finished texts to hold out, about ``share`` (0 to 1) of them.

    Those whose hash falls into the lowest ``share``. Where that leaves nothing with an entity on one of the two
    sides, the text nearest to the border changes sides if another one can take its place: only in corpora of a
    few texts can a text that was learned from be held out later, or the other way round.
    """
    has_spans: dict[int, bool] = {}
    for text in texts:
        if may_be_held_out(text):
            key = fingerprint(text.text)
            has_spans[key] = has_spans.get(key, False) or bool(text.spans)
    if share <= 0 or len(has_spans) < 2:
        return frozenset()
    border = share * 2**64
    held = {key for key in has_spans if key < border}
    telling = sorted(key for key, spans in has_spans.items() if spans)
    if len(telling) > 1 and held.isdisjoint(telling):
        held.add(telling[0])
    if telling and held.issuperset(telling):
        held.remove(telling[-1])
    if not telling and len(held) == len(has_spans):
        held.remove(max(held))
    return frozenset(held)
