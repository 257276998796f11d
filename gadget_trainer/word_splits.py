"""Words that a project always splits, as rules of spaCy's tokenizer: training and the files that go out follow them."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gadget_trainer.corpus.records import Pieces

if TYPE_CHECKING:  # the window lists the formats before spaCy is loaded
    from spacy.language import Language


def takes_splits(nlp: "Language") -> bool:
    """Whether its tokenizer goes by rules; those of Chinese, Japanese, Korean, Thai and Vietnamese do not."""
    return hasattr(nlp.tokenizer, "add_special_case")


def add_splits(nlp: "Language", splits: Sequence[Pieces]) -> None:
    """Let the tokenizer of ``nlp`` split these words; where it goes by no rules, it stays as it is.

    Each is a special case, which is looked for once the signs around a word are off, and an infix of no width, which
    splits the same word in a compound, such as “anti-iPhoneX”: there special cases are not looked for.
    """
    if not splits or not takes_splits(nlp):
        return
    tokenizer: Any = nlp.tokenizer  # spaCy's types know a tokenizer as a function only
    own = getattr(getattr(tokenizer.infix_finditer, "__self__", None), "pattern", "")
    infixes = [own] if own else []
    infixes += [infix for pieces in splits for infix in _infixes(pieces)]
    tokenizer.infix_finditer = re.compile("|".join(infixes)).finditer
    for pieces in splits:
        tokenizer.add_special_case("".join(pieces), [{"ORTH": piece} for piece in pieces])


def _infixes(pieces: Pieces) -> list[str]:
    """A pattern for each place between two of the pieces, where the whole word stands by itself."""
    word = "".join(pieces)
    before = r"(?<!\w)" if _is_of_word(word[0]) else ""
    after = r"(?!\w)" if _is_of_word(word[-1]) else ""
    places = [len("".join(pieces[:number])) for number in range(1, len(pieces))]
    return [f"(?<={before}{re.escape(word[:place])})(?={re.escape(word[place:])}{after})" for place in places]


def _is_of_word(char: str) -> bool:
    return re.match(r"\w", char) is not None
