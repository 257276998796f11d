"""Which of several spans that overlap a text keeps: the project's texts have none that do.

The rule is the person's to choose. Whoever wants to decide one by one gets two readings of each place: the one that
the longest spans make, and the one without the longest of all, which lets what lies within it or beside it stand.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from gadget_trainer.corpus.records import AnnotatedText, Span

Spans = tuple[Span, ...]


class OverlapRule(StrEnum):
    """What is kept where nobody decided otherwise."""

    LONGEST = "longest"
    """The longest, of equally long ones the first."""
    FIRST = "first"
    """The one that begins first, of those the longest."""

    @property
    def reason(self) -> str:
        """Why a span was lost to another one by this rule, for the receipt."""
        return _REASONS[self]


_REASONS = {
    OverlapRule.LONGEST: "a longer or earlier one overlaps it",
    OverlapRule.FIRST: "an earlier or longer one overlaps it",
}
_TELLING = 100
"""Characters by which texts from one place of a file are told apart."""
DECIDED = "another one was chosen where they overlap"
SAME_PLACE = "another one has the same place"
"""Why a span was lost that a person decided against."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place of a text where spans overlap, each with one of the others, and what can be kept of them."""

    where: str
    text: str
    spans: Spans
    """In the order of their starts, those that start together in the file's."""

    @property
    def key(self) -> "ConflictKey":
        """What tells it from others of the same file."""
        return self.where, self.spans

    def is_of(self, text: AnnotatedText) -> bool:
        """Whether it is in that text, the end of which may be cut off."""
        return self.where == text.source and self.text[:_TELLING] == text.text[:_TELLING]

    def readings(self) -> tuple[Spans, Spans]:
        """With the longest of the spans, and without it."""
        longest = min(self.spans, key=_longest_first)
        rest = [one for one in self.spans if one != longest]
        return without_overlaps(self.spans, OverlapRule.LONGEST), without_overlaps(rest, OverlapRule.LONGEST)


ConflictKey = tuple[str, Spans]
LabelNames = Mapping[str, str | None]
"""What labels of the files are called in the project; None leaves their spans out. Those not in it stay as they are."""


def renamed(spans: Iterable[Span], names: LabelNames) -> Spans:
    """The spans with their labels as the project calls them, each once, in their order."""
    named = ((span, names.get(span.label, span.label)) for span in spans)
    return tuple(dict.fromkeys(Span(span.start, span.end, name) for span, name in named if name is not None))


def decided_for(names: LabelNames, decided: Mapping["ConflictKey", Spans]) -> Mapping["ConflictKey", Spans]:
    """What was decided about spans as the file labels them, for spans as the project does.

    Where a label is left out, or two become one, less is open: of what is, that stays which was chosen.
    """
    if not names:
        return decided
    found: dict[ConflictKey, Spans] = {}
    for (where, spans), kept in decided.items():
        chosen = set(renamed(kept, names))
        for group in _groups(renamed(spans, names)):
            if len(group) > 1 and chosen.intersection(group):
                found[where, tuple(group)] = tuple(one for one in group if one in chosen)
    return found


@dataclass(frozen=True, slots=True)
class Overlaps:
    """How the overlaps of a file are settled."""

    rule: OverlapRule = OverlapRule.LONGEST
    decided: Mapping[ConflictKey, Spans] = field(default_factory=dict)
    """The spans that a person chose to keep, by the conflict that they are of."""
    noted: Callable[[Conflict], None] | None = None
    """Told of each conflict."""

    def settle(self, text: str, spans: Sequence[Span], where: str) -> tuple[Spans, list["Lost"]]:
        """The spans that are kept and those that are lost; ``spans`` come in the order of their starts."""
        kept: list[Span] = []
        lost: list[Lost] = []
        for group in _groups(spans):
            if len(group) == 1:
                kept += group
                continue
            conflict = Conflict(where, text, tuple(group))
            if self.noted is not None:
                self.noted(conflict)
            chosen = self.decided.get(conflict.key)
            stay = without_overlaps(group, self.rule) if chosen is None else chosen
            reason = self.rule.reason if chosen is None else DECIDED
            kept += stay
            rivals = [(one, _rival_of(one, stay, self.rule)) for one in group if one not in stay]
            for one, rival in rivals:
                same = chosen is None and rival is not None and _place(rival) == _place(one)
                lost.append(Lost(one, SAME_PLACE if same else reason, rival))
        return tuple(kept), lost


class Lost(NamedTuple):
    """A span that gave way."""

    span: Span
    reason: str
    rival: Span | None
    """The one that it gave way to; None where that one gave way as well."""


def _rival_of(span: Span, stay: Iterable[Span], rule: OverlapRule) -> Span | None:
    """The one of those that stay, and are in the way, which the rule puts before the others."""
    in_its_way = (one for one in stay if one.touches(span.start, span.end))
    return min(in_its_way, key=_longest_first if rule is OverlapRule.LONGEST else _first_first, default=None)


def without_overlaps(spans: Iterable[Span], rule: OverlapRule) -> Spans:
    """The spans that do not meet, in order, by a rule; ``spans`` come in the order of their starts."""
    kept: list[Span] = []
    for span in sorted(spans, key=_longest_first if rule is OverlapRule.LONGEST else _first_first):
        place = bisect_left(kept, span.start, key=_start)
        if _rival(span, kept[max(place - 1, 0) : place + 1]) is None:
            kept.insert(place, span)
    return tuple(kept)


def _longest_first(span: Span) -> int:
    return span.start - span.end


def _first_first(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _start(span: Span) -> int:
    return span.start


def _rival(span: Span, kept: Iterable[Span]) -> Span | None:
    return next((one for one in kept if one.touches(span.start, span.end)), None)


def _groups(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """The spans in groups whose members are linked by overlaps."""
    group: list[Span] = []
    end = 0
    for span in spans:
        if group and span.start >= end:
            yield group
            group = []
        end = max(end, span.end) if group else span.end
        group.append(span)
    if group:
        yield group
