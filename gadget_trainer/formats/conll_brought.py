"""What a text brought from a file of CoNLL's columns: the lines that it was, so that they can go back.

They are one string under ``meta["conll"]``, from the comments before the sentence to the empty lines after it. They
say something of the text only while it is as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.cleaning import clean_spans
from gadget_trainer.formats.conll_rows import columns, token, word_lines
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.tags import Token, joined, tagged_spans

KEY = "conll"


@dataclass(frozen=True, slots=True)
class Brought:
    """The lines of a text and its words in them."""

    lines: list[str]
    word_lines: list[int]
    """Which of the lines are words."""
    tokens: list[Token]
    places: list[tuple[int, int]]
    """Where the words are in the text (code points, end exclusive)."""
    word: int = 0
    """The column of the words."""

    def words(self) -> list[str]:
        """The words, as they are in the text."""
        return [one.text for one in self.tokens]

    def holds(self, spans: Sequence[Span]) -> bool:
        """Whether each of the spans, which are in order, begins and ends where words do."""
        starts, ends = ({place[side] for place in self.places} for side in (0, 1))
        return all(span.start in starts and span.end in ends for span in spans)

    def says(self, text: str, spans: Sequence[Span]) -> bool:
        """Whether the tags are those of the spans."""
        unheard = Receipt("", "")
        return clean_spans(text, tagged_spans(self.tokens, self.places, "", unheard), "", unheard) == tuple(spans)

    def with_tags(self, tags: Sequence[str]) -> list[str]:
        """The lines with other tags, a tag a word."""
        lines = list(self.lines)
        for at, tag in zip(self.word_lines, tags, strict=True):
            lines[at] = _with_tag(lines[at], tag, self.word)
        return lines

    @property
    def says_more(self) -> bool:
        """Whether the lines have more than words and their tags."""
        others = (line for at, line in enumerate(self.lines) if at not in set(self.word_lines))
        return any(map(str.strip, others)) or any(len(columns(self.lines[at])) > 2 for at in self.word_lines)


def brought(annotated: AnnotatedText) -> Brought | None:
    """What the text brought; None where it brought nothing, or is another text by now."""
    kept = annotated.meta.get(KEY)
    if not isinstance(kept, str):
        return None
    lines = kept.split("\n")
    for word in (0, 1):
        numbers = word_lines(lines, word)
        tokens = [token(lines[at], word) for at in numbers]
        text, places = joined(tokens)
        if text == annotated.text:
            return Brought(lines, numbers, tokens, places, word)
    return None


def _with_tag(line: str, tag: str, word: int) -> str:
    stated = columns(line)
    if len(stated) < word + 2:
        return line if tag == "O" else f"{line}\t{tag}"
    end = line.rindex(stated[-1]) if stated[-1] else len(line)
    return line[:end] + tag + line[end + len(stated[-1]) :]
