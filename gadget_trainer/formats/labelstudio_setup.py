"""What the labelling setup of a Label Studio export was: under which key the text is, and what its tags are called.

The file does not hold the setup. Its spans do say where the text is: there, their words are where their offsets are.
Where tasks have several texts, such as a title and a body, the spans of each are known by the name of its tag.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
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
    """The strings of a task, one of which is its text, with its spans and choices."""

    strings: Mapping[str, str]
    spans: list[Stated]
    chosen: Sequence[object] = ()
    """The tags that choices about a whole text are of."""


class Setup(NamedTuple):
    """The names of a labelling setup, as far as a file tells them; the usual ones where it does not."""

    key: str = "text"
    from_name: str = "label"
    to_name: str = "text"
    fields: Mapping[str, str] = MappingProxyType({})
    """Under which other key the text of a tag is, by the name of the tag; those of the text itself are not there."""

    def kept(self) -> dict[str, str]:
        """What a text has to keep of it, for the way back."""
        usual = Setup()
        stated = {name: getattr(self, name) for name in _NAMES}
        return {name: value for name, value in stated.items() if value != getattr(usual, name)}

    def other_field(self, to_name: object) -> str | None:
        """Under which other key than that of the text a tag of this name has its own; None where it is the text's."""
        return self.fields.get(to_name) if isinstance(to_name, str) else None


_NAMES = ("key", "from_name", "to_name")


def kept_setup(brought: Mapping[str, Any]) -> Setup:
    """What a text has kept of its setup."""
    return Setup(**{name: brought[name] for name in _NAMES if isinstance(brought.get(name), str)})


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
    _lengths: Counter[str] = field(default_factory=Counter)
    _names: Counter[tuple[str, str]] = field(default_factory=Counter)
    _of_tags: defaultdict[object, "_Words"] = field(default_factory=lambda: defaultdict(_Words))
    """What speaks for each key, by the tag that the spans are of."""
    _chosen: Counter[str] = field(default_factory=Counter)
    """Choices about whole texts, by the tag that is called as a key is: nothing else says what they are about."""
    _of_words: set[str] = field(default_factory=set)
    """The keys of what is no address of a picture or page."""

    def take(self, task: Task) -> None:
        self.telling += any(_has_words(one) for one in task.spans)
        for key, text in task.strings.items():
            self._lengths[key] += len(text)
            if " " in text:
                self._of_words.add(key)
        by_tag: defaultdict[object, list[Stated]] = defaultdict(list)
        for one in task.spans:
            by_tag[one.to_name if isinstance(one.to_name, str) else None].append(one)
            if isinstance(one.from_name, str) and isinstance(one.to_name, str):
                self._names[one.from_name, one.to_name] += 1
        self._chosen.update(tag for tag in task.chosen if isinstance(tag, str) and tag in task.strings)
        for tag, spans in by_tag.items():
            self._of_tags[tag].take(tag, spans, task.strings)

    def setup(self) -> Setup:
        """The key for which most speaks, and the commonest names of the tags that are about it."""
        every = _Words()
        for words in self._of_tags.values():
            every.add(words)
        chosen = {one: number for one, number in self._chosen.items() if one in self._of_words}
        evidence = {one: (*every.of(one), chosen.get(one, 0), self._lengths[one]) for one in self._lengths}
        key = max(evidence, key=lambda one: evidence[one], default="text")
        fields = {tag: tag for tag in self._chosen if tag != key and tag not in self._of_tags}
        for tag, words in self._of_tags.items() if len(self._of_tags) > 1 else ():
            # Where as much speaks for the text as for another key, the span is one of the text.
            own = max(self._lengths, key=lambda one: (*words.of(one), one == key), default=key)
            if isinstance(tag, str) and own != key:
                fields[tag] = own
        names = Counter({pair: number for pair, number in self._names.items() if pair[1] not in fields})
        ((pair, _number),) = names.most_common(1) or [(("label", key if key in chosen else "text"), 0)]
        return Setup(key, *pair, fields)


@dataclass(slots=True)
class _Words:
    """For each key, how many spans have their words at their offsets there, within it, or are named after it."""

    at_offsets: Counter[str] = field(default_factory=Counter)
    within: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)

    def take(self, tag: object, spans: list[Stated], strings: Mapping[str, str]) -> None:
        stated = [one for one in spans if _has_words(one)]
        for key, text in strings.items():
            if tag == key:
                self.named[key] += len(spans)
            if stated:
                words = " ".join(text.split())
                self.within[key] += sum(" ".join(str(one.surface).split()) in words for one in stated)
                self.at_offsets[key] += sum(_matching(text, stated))

    def add(self, other: "_Words") -> None:
        self.at_offsets += other.at_offsets
        self.within += other.within
        self.named += other.named

    def of(self, key: str) -> tuple[int, int, int]:
        """What speaks for a key, the strongest first."""
        return self.at_offsets[key], self.within[key], self.named[key]


def _has_words(stated: Stated) -> bool:
    return isinstance(stated.surface, str) and bool(stated.surface.strip())


def _matching(text: str, stated: list[Stated]) -> Iterator[bool]:
    """Which of the spans have their words where their offsets are, in a unit that Label Studio counts in."""
    maps = [OffsetMap(text, reading) for reading in (Reading.CODE_POINTS, Reading.UTF16)]
    for start, end, surface, *_names in stated:
        if type(start) is int and type(end) is int and isinstance(surface, str):
            places = (offsets.span(start, end) for offsets in maps)
            yield any(place and place[0] >= 0 and alike(text[slice(*place)], surface) for place in places)
