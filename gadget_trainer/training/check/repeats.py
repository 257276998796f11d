"""Texts that occur more than once: learned or scored on twice, or annotated in two ways."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gadget_trainer.corpus.records import CategoryScheme, Span
from gadget_trainer.training.categories import known_categories
from gadget_trainer.training.check.problem import Problem, Severity, counted
from gadget_trainer.training.check.sides import Side, Sided

_MOST_KINDS = 20
"""Ways of annotating one text that are compared with each other."""
_BUT_FOR = "but for case, digits and punctuation at most"


class Repeats:
    """Texts on one side of the split that are the same but for case, digits, spaces and punctuation."""

    def __init__(self) -> None:
        self._first: dict[int, tuple[int, Side]] = {}
        self._groups: dict[int, list[tuple[int, Side]]] = {}

    def add(self, one: Sided) -> None:
        """Look at a text."""
        if one.side is Side.APART:
            return
        first = self._first.setdefault(one.key, (one.text.id, one.side))
        if first[0] != one.text.id:
            self._groups.setdefault(one.key, [first]).append((one.text.id, one.side))

    def has_repeated(self, key: int) -> bool:
        """Whether more than one text has that fingerprint."""
        return key in self._groups

    def problems(self) -> list[Problem]:
        """What was found."""
        learned = f"{_BUT_FOR}. What is in them counts that many times; skip those that were not meant."
        scored = f"{_BUT_FOR}. The score counts what is right in them that many times; skip those that were not meant."
        return [
            *self._on(Side.LEARNED, "repeats", "to learn from", learned),
            *self._on(Side.HELD_OUT, "repeats held out", "held out", scored),
        ]

    def _on(self, side: Side, kind: str, which: str, then: str) -> list[Problem]:
        groups = ([text_id for text_id, its in group if its is side] for group in self._groups.values())
        repeated = [group for group in groups if len(group) > 1]
        more = sum(len(group) - 1 for group in repeated)
        if not more:
            return []
        said = f"{counted(more, 'text')} {which} {'repeats' if more == 1 else 'repeat'} another one, {then}"
        ids = tuple(sorted(text_id for group in repeated for text_id in group))
        return [Problem(Severity.WARN, kind, said, ids)]


@dataclass(frozen=True, slots=True)
class _Annotation:
    text_id: int
    exact: bytes
    """A hash of the text to the letter."""
    digits: str
    spans: frozenset[Span]
    strings: frozenset[tuple[str, str]]
    """The letters and digits of each span, and its label: in copies that are not exact, offsets differ."""
    complete: bool
    categories: Mapping[str, float]

    def contradicts(self, other: "_Annotation") -> bool:
        """Whether not both can be right: where one is not complete, what it leaves open is no contradiction.

        Copies with other digits are other texts here: “1 of 10” may well be no praise.
        """
        if self.digits != other.digits:
            return False
        return self.has_other_categories(other) or self.has_other_spans(other)

    def has_other_categories(self, other: "_Annotation") -> bool:
        """Whether a category is known of both, and not the same."""
        return any(value != other.categories.get(name, value) for name, value in self.categories.items())

    def has_other_spans(self, other: "_Annotation") -> bool:
        """Whether their spans can't both be right."""
        if self.exact == other.exact:
            mine, theirs = self.spans - other.spans, other.spans - self.spans
            if any(one.touches(two.start, two.end) for one in mine for two in theirs):
                return True
            return bool(theirs and self.complete) or bool(mine and other.complete)
        mine_only, theirs_only = self.strings - other.strings, other.strings - self.strings
        if {string for string, _ in mine_only} & {string for string, _ in theirs_only}:
            return True
        return bool(theirs_only and self.complete) or bool(mine_only and other.complete)


class Contradictions:
    """Texts that occur more than once and are annotated in ways that contradict each other."""

    def __init__(self, repeats: Repeats, scheme: CategoryScheme) -> None:
        """``repeats`` must have been shown all texts before; ``scheme`` is the project's."""
        self._repeats = repeats
        self._scheme = scheme
        self._kinds: dict[int, Sequence[_Annotation]] = {}
        self._texts: set[int] = set()
        self._ids: dict[int, None] = {}
        self._exact = True
        self._differ: set[str] = set()

    def add(self, one: Sided) -> None:
        """Look at a text."""
        if one.side is Side.APART or not self._repeats.has_repeated(one.key):
            return
        new = self._annotation(one)
        kinds = self._kinds.get(one.key, ())
        for old in kinds:
            if new.contradicts(old):
                self._texts.add(one.key)
                self._ids.update({old.text_id: None, new.text_id: None})
                self._exact = self._exact and new.exact == old.exact
                self._differ.update(["spans"] * new.has_other_spans(old))
                self._differ.update(["categories"] * new.has_other_categories(old))
        if len(kinds) < _MOST_KINDS and not any(_alike(old, new) for old in kinds):
            self._kinds[one.key] = (*kinds, new)

    def problems(self) -> list[Problem]:
        """What was found."""
        if not self._ids:
            return []
        number = len(self._texts)
        but_for = "" if self._exact else ", but for case and punctuation at most,"
        what = " or ".join(sorted(self._differ, reverse=True))
        said = (
            f"{counted(number, 'text')} {'occurs' if number == 1 else 'occur'} more than once{but_for} with different "
            f"{what}, and the model can't learn both. Decide for one, and give it to all of them."
        )
        return [Problem(Severity.WARN, "contradictions", said, tuple(sorted(self._ids)))]

    def _annotation(self, one: Sided) -> _Annotation:
        text = one.text
        return _Annotation(
            text.id,
            hashlib.blake2b(text.text.encode(), digest_size=16).digest(),
            "".join(filter(str.isdigit, text.text)),
            frozenset(one.good),
            frozenset((_bare(text.text[span.start : span.end]), span.label) for span in one.good),
            text.complete,
            known_categories(text, self._scheme),
        )


def _alike(old: _Annotation, new: _Annotation) -> bool:
    told = ((one.exact, one.spans, one.complete, one.categories) for one in (old, new))
    return next(told) == next(told)


def _bare(surface: str) -> str:
    """What copies of a text have in common of a span."""
    return "".join(filter(str.isalnum, surface.casefold()))
