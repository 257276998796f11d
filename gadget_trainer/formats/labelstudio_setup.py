"""What the labelling setup of a Label Studio export was: under which key the text is, and what its tags are called.

The file does not hold the setup. Its spans do say where the text is: there, their words are where their offsets are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gadget_trainer.formats.cleaning import alike
from gadget_trainer.formats.offset_units import OffsetMap, Reading

_ENOUGH = 100
"""Tasks with words of spans, after which no more are looked at."""


class Stated(NamedTuple):
    """A span as far as it tells of the setup."""

    start: object
    end: object
    surface: object
    from_name: object
    to_name: object


class Task(NamedTuple):
    """The strings of a task, one of which is its text, and its spans."""

    strings: Mapping[str, str]
    spans: list[Stated]


class Setup(NamedTuple):
    """The names of a labelling setup, as far as a file tells them; the usual ones where it does not."""

    key: str = "text"
    from_name: str = "label"
    to_name: str = "text"

    def kept(self) -> dict[str, str]:
        """What a text has to keep of it, for the way back."""
        usual = Setup()
        return {name: value for name, value in self._asdict().items() if value != getattr(usual, name)}


def kept_setup(brought: Mapping[str, Any]) -> Setup:
    """What a text has kept of its setup."""
    return Setup(**{name: brought[name] for name in Setup._fields if isinstance(brought.get(name), str)})


def setup_of(tasks: Iterable[Task]) -> Setup:
    """The setup of all of the tasks."""
    evidence = _Evidence()
    for task in tasks:
        evidence.take(task)
        if evidence.telling >= _ENOUGH:
            break
    return evidence.setup()


@dataclass(slots=True)
class _Evidence:
    """Counts, for each key, what speaks for it."""

    telling: int = 0
    _at_offsets: Counter[str] = field(default_factory=Counter)
    _within: Counter[str] = field(default_factory=Counter)
    _named: Counter[str] = field(default_factory=Counter)
    _lengths: Counter[str] = field(default_factory=Counter)
    _names: Counter[tuple[str, str]] = field(default_factory=Counter)

    def take(self, task: Task) -> None:
        stated = [one for one in task.spans if isinstance(one.surface, str) and one.surface.strip()]
        self.telling += bool(stated)
        for key, text in task.strings.items():
            self._lengths[key] += len(text)
            self._named[key] += sum(one.to_name == key for one in task.spans)
            if stated:
                words = " ".join(text.split())
                self._within[key] += sum(" ".join(str(one.surface).split()) in words for one in stated)
                self._at_offsets[key] += sum(_matching(text, stated))
        for one in task.spans:
            if isinstance(one.from_name, str) and isinstance(one.to_name, str):
                self._names[one.from_name, one.to_name] += 1

    def setup(self) -> Setup:
        """The key for which most speaks, and the commonest names."""
        counts = (self._at_offsets, self._within, self._named, self._lengths)
        key = max(self._lengths, key=lambda one: tuple(count[one] for count in counts), default="text")
        ((names, _number),) = self._names.most_common(1) or [(("label", "text"), 0)]
        return Setup(key, *names)


def _matching(text: str, stated: list[Stated]) -> Iterator[bool]:
    """Which of the spans have their words where their offsets are, in a unit that Label Studio counts in."""
    maps = [OffsetMap(text, reading) for reading in (Reading.CODE_POINTS, Reading.UTF16)]
    for start, end, surface, *_names in stated:
        if type(start) is int and type(end) is int and isinstance(surface, str):
            places = (offsets.span(start, end) for offsets in maps)
            yield any(place and place[0] >= 0 and alike(text[slice(*place)], surface) for place in places)
