"""What a person types to find texts: words, “phrases” and /regular expressions/, and whether a text has them.

A word is found where a word of the text begins with it, a phrase where its words stand one after the other, both
whatever their case; all of them must be there. Chinese, Japanese, Thai and the like have no spaces between words: what
is written in them is found anywhere. So is what begins with a sign.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

import regex

from gadget_trainer.errors import UserError

SECONDS_A_TEXT = 0.5
"""How long a regular expression may look at one text."""

_TOO_LONG = "The regular expression takes too long. Look for something simpler, without repetitions in repetitions."

_SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORDLIKE = r"\p{L}\p{N}\p{M}\p{Co}"
_IN_WORD = rf"[[{_WORDLIKE}]--[{_SPACELESS}]]"
_LETTER = regex.compile(_IN_WORD, regex.V1)
_ALONE = regex.compile(rf"([{_SPACELESS}])", regex.V1)
_TOKEN = regex.compile(rf"[{_WORDLIKE}]+", regex.V1)
_EXPRESSION = regex.compile(r"\s*/(?P<pattern>.+)/(?P<flags>i?)\s*", regex.DOTALL)
_PART = regex.compile(r"""["“„](?P<phrase>[^"“”„]*)["“”]?|(?P<word>[^\s"“”„]+)""")


@dataclass(frozen=True, slots=True)
class Sought:
    """A word or a phrase that texts must have."""

    words: tuple[str, ...]
    """Case-folded; more than one in a phrase."""
    whole: bool
    """Whether its last word must end where it ends."""
    pattern: "regex.Pattern[str]"
    """Finds it in a case-folded text."""

    @classmethod
    def of(cls, typed: str, *, whole: bool) -> "Sought":
        """What was typed, between quotation marks if ``whole``."""
        words = tuple(typed.casefold().split())
        found = r"\s+".join(regex.escape(word, special_only=True) for word in words)
        before = rf"(?<!{_IN_WORD})" if _LETTER.match(words[0][0]) else ""
        after = rf"(?!{_IN_WORD})" if whole and _LETTER.match(words[-1][-1]) else ""
        return cls(words, whole, regex.compile(f"{before}{found}{after}", regex.V1))

    def tokens(self) -> list[str]:
        """Its words as an index of words has them; none where only signs were typed."""
        return [token for word in self.words for token in _TOKEN.findall(indexed(word))]

    def is_one_token(self) -> bool:
        """Whether an index of words knows for sure which texts have it."""
        return len(self.words) == 1 and self.tokens() == list(self.words) and bool(_LETTER.match(self.words[0][-1]))


class Wording:
    """What was typed, ready to be looked for."""

    def __init__(self, typed: str) -> None:
        """Raises UserError where ``typed`` is a regular expression that is none."""
        expression = _EXPRESSION.fullmatch(typed)
        self._expression = _compiled(expression["pattern"], expression["flags"]) if expression else None
        self.sought = () if expression else tuple(_parts(typed))

    @property
    def is_expression(self) -> bool:
        """Whether a regular expression was typed."""
        return self._expression is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return not self.sought and self._expression is None

    def is_in(self, text: str) -> bool:
        """Whether a text has it. Raises UserError where a regular expression takes too long."""
        if self._expression is None:
            folded = text.casefold()
            return all(one.pattern.search(folded) for one in self.sought)
        try:
            return self._expression.search(text, timeout=SECONDS_A_TEXT, concurrent=True) is not None
        except TimeoutError as error:
            raise UserError(_TOO_LONG) from error

    def places(self, text: str, most: int = 10_000) -> list[tuple[int, int]]:
        """Where a text has it, the first ``most`` places, in order: start and end in code points.

        Raises UserError where a regular expression takes too long.
        """
        if self._expression is None:
            folded = text.casefold()
            found = [one.span() for sought in self.sought for one in islice(sought.pattern.finditer(folded), most)]
            places = _joined(found)[:most]
            return places if len(folded) == len(text) else _unfolded(text, places)
        matches = self._expression.finditer(text, timeout=SECONDS_A_TEXT, concurrent=True)
        try:
            return [one.span() for one in islice(matches, most) if one.end() > one.start()]
        except TimeoutError as error:
            raise UserError(_TOO_LONG) from error


def indexed(text: str) -> str:
    """A text as an index of words is to have it: case-folded, signs of scripts without spaces as words of their own."""
    folded = text.casefold()
    return folded if folded.isascii() else _ALONE.sub(r" \1 ", folded)


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _unfolded(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places of the case-folded text as those of the text; folding makes two characters or three of some."""
    starts = list(accumulate((len(char.casefold()) for char in text), initial=0))
    return [(bisect_right(starts, start) - 1, bisect_left(starts, end)) for start, end in places]


def _parts(typed: str) -> Iterator[Sought]:
    for part in _PART.finditer(typed):
        phrase, word = part["phrase"], part["word"]
        if phrase is not None and phrase.strip():
            yield Sought.of(phrase, whole=True)
        elif word is not None:
            yield Sought.of(word, whole=False)


def _compiled(pattern: str, flags: str) -> "regex.Pattern[str]":
    try:
        return regex.compile(pattern, regex.IGNORECASE | regex.FULLCASE if flags else 0)
    except regex.error as error:
        raise UserError(f"The regular expression has a mistake: {error}.") from error
