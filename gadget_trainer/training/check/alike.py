"""Texts held out that share most of their words with a text that is learned from: they make the score too good.

The split keeps copies on one side where only case, digits, spaces and punctuation differ; this finds the others, by
the Jaccard similarity of their sets of words. With a similarity of t, two sets of which one has n words share one of
the n - ⌈tn⌉ + 1 rarest words of each, so only texts that do are compared: the prefix filter of Chaudhuri, Ganti and
Kaushik ("A primitive operator for similarity joins in data cleaning", ICDE 2006) and of Bayardo, Ma and Srikant
("Scaling up all pairs similarity search", WWW 2007). Every pair that it names is one; nothing is left to chance.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from math import ceil

from gadget_trainer.training.check.problem import Problem, Severity, counted
from gadget_trainer.training.check.sides import Side, Sided

SIMILAR = 0.8
"""The Jaccard similarity from which on two texts are told: the words that they share among all of theirs."""
FEWEST_WORDS = 5
"""A text of fewer different words is not compared: short ones are alike by chance."""
_MOST_COMPARED = 200
"""Texts that one is compared with at most, so that ten thousand letters by one pattern take no hour."""
_SLICE = 200

# Chinese and Japanese have no spaces between words: there a character counts as one.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_DIGIT = re.compile(r"\d")


def words_of(text: str) -> set[str]:
    """The different words of ``text``, whatever their case and their digits."""
    return {found.group() for found in _WORD.finditer(_DIGIT.sub("0", text.casefold()))}


class Alike:
    """Compares what is held out with what is learned from."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts_with: array[int] = array("l")
        """By the number of a word."""
        self._sides: dict[Side, list[tuple[int, array[int]]]] = {Side.LEARNED: [], Side.HELD_OUT: []}
        self._held_out: dict[int, None] = {}
        self._learned: dict[int, None] = {}

    def add(self, one: Sided) -> None:
        """Look at a text."""
        if not one.used:
            return
        words = words_of(one.text.text)
        if len(words) >= FEWEST_WORDS:
            self._sides[one.side].append((one.text.id, array("l", map(self._number, words))))

    def compare(self) -> Iterator[float]:
        """Find the pairs, once all texts were shown; yields how far it is, 0 to 1."""
        learned, held_out = self._sides[Side.LEARNED], self._sides[Side.HELD_OUT]
        if not held_out:
            return
        ranks = self._ranks()
        places: dict[int, list[int]] = {}
        for place, (_, words) in enumerate(learned):
            if place % _SLICE == 0:
                yield 0.5 * place / len(learned)
            for word in _rarest(words, ranks):
                places.setdefault(word, []).append(place)
        for number, (text_id, words) in enumerate(held_out):
            if number % _SLICE == 0:
                yield 0.5 + 0.5 * number / len(held_out)
            twin = self._twin(words, _rarest(words, ranks), places)
            if twin is not None:
                self._held_out[text_id] = None
                self._learned[twin] = None

    def problems(self) -> list[Problem]:
        """What ``compare`` found."""
        number = len(self._held_out)
        if not number:
            return []
        said = (
            f"{counted(number, 'text')} held out {'shares' if number == 1 else 'share'} at least {SIMILAR:.0%} of the "
            "words with a text that is learned from, so the score will look better than it is. Skip those that are "
            "copies."
        )
        return [Problem(Severity.WARN, "alike", said, tuple(sorted(self._held_out | self._learned)))]

    def _number(self, word: str) -> int:
        number = self._numbers.setdefault(word, len(self._numbers))
        if number == len(self._texts_with):
            self._texts_with.append(0)
        self._texts_with[number] += 1
        return number

    def _ranks(self) -> "array[int]":
        """The place of each word, by its number, when the rarest come first."""
        ranks = array("l", bytes(self._texts_with.itemsize * len(self._texts_with)))
        for rank, number in enumerate(sorted(range(len(ranks)), key=self._texts_with.__getitem__)):
            ranks[number] = rank
        return ranks

    def _twin(self, words: Sequence[int], rarest: Sequence[int], places: dict[int, list[int]]) -> int | None:
        """The id of a text to learn from that is similar enough, if there is one."""
        mine = set(words)
        compared: set[int] = set()
        for word in rarest:
            for place in places.get(word, ()):
                if place in compared:
                    continue
                text_id, theirs = self._sides[Side.LEARNED][place]
                compared.add(place)
                if _similar(mine, theirs):
                    return text_id
                if len(compared) >= _MOST_COMPARED:
                    return None
        return None


def _rarest(words: Sequence[int], ranks: Sequence[int]) -> list[int]:
    """Those words of a set that a similar set can't all lack."""
    return sorted(words, key=ranks.__getitem__)[: len(words) - ceil(SIMILAR * len(words)) + 1]


def _similar(mine: set[int], theirs: Sequence[int]) -> bool:
    if not SIMILAR * len(mine) <= len(theirs) <= len(mine) / SIMILAR:
        return False
    shared = len(mine.intersection(theirs))
    return shared >= SIMILAR * (len(mine) + len(theirs) - shared)
