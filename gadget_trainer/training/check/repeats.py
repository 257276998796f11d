"""Texts that occur more than once: learned twice, or annotated in two ways."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from gadget_trainer.corpus.records import Span
from gadget_trainer.training.check.problem import Problem, Severity, counted
from gadget_trainer.training.check.sides import Side, Sided

_MOST_KINDS = 20
"""Ways of annotating one text that are compared with each other."""


class Repeats:
    """Texts to learn from that are the same but for case, digits, spaces and punctuation."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._groups: dict[int, list[int]] = {}

    def add(self, one: Sided) -> None:
        """Look at a text."""
        if one.side is Side.LEARNED:
            first = self._first.setdefault(one.key, one.text.id)
            if first != one.text.id:
                self._groups.setdefault(one.key, [first]).append(one.text.id)

    def problems(self) -> list[Problem]:
        """What was found."""
        more = sum(len(group) - 1 for group in self._groups.values())
        if not more:
            return []
        said = (
            f"{counted(more, 'text')} to learn from {'repeats' if more == 1 else 'repeat'} another one, but for case, "
            "digits and punctuation at most. What is in them counts that many times; skip those that were not meant."
        )
        ids = tuple(sorted(text_id for group in self._groups.values() for text_id in group))
        return [Problem(Severity.WARN, "repeats", said, ids)]


@dataclass(frozen=True, slots=True)
class _Annotation:
    text_id: int
    spans: frozenset[Span]
    complete: bool

    def contradicts(self, other: "_Annotation") -> bool:
        """Whether not both can be right: where one is not complete, what it leaves open is no contradiction."""
        mine, theirs = self.spans - other.spans, other.spans - self.spans
        if (theirs and self.complete) or (mine and other.complete):
            return True
        return any(one.touches(two.start, two.end) for one in mine for two in theirs)


class Contradictions:
    """Texts that are the same to the letter and annotated in ways that contradict each other."""

    def __init__(self) -> None:
        self._kinds: dict[bytes, Sequence[_Annotation]] = {}
        self._texts: set[bytes] = set()
        self._ids: dict[int, None] = {}

    def add(self, one: Sided) -> None:
        """Look at a text."""
        if one.side is Side.APART:
            return
        key = hashlib.blake2b(one.text.text.encode(), digest_size=16).digest()
        new = _Annotation(one.text.id, frozenset(one.good), one.text.complete)
        kinds = self._kinds.get(key, ())
        against = [old for old in kinds if new.contradicts(old)]
        if against:
            self._texts.add(key)
            self._ids.update(dict.fromkeys((*(old.text_id for old in against), new.text_id)))
        if len(kinds) < _MOST_KINDS and not any(
            (old.spans, old.complete) == (new.spans, new.complete) for old in kinds
        ):
            self._kinds[key] = (*kinds, new)

    def problems(self) -> list[Problem]:
        """What was found."""
        if not self._ids:
            return []
        number = len(self._texts)
        said = (
            f"{counted(number, 'text')} {'occurs' if number == 1 else 'occur'} more than once with different spans, "
            "and the model can't learn both. Decide for one, and give it to all of them."
        )
        return [Problem(Severity.WARN, "contradictions", said, tuple(sorted(self._ids)))]
