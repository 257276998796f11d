"""Columns of tags beside the last one, which is the one that is read: they stay with their lines, and are named."""

from collections import Counter
from collections.abc import Sequence

from gadget_trainer.formats.conll_rows import columns
from gadget_trainer.formats.notes import counted
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.tags import OUTSIDE, Token, is_tag, tagged_spans


class OtherTags:
    """The spans of the other columns, counted by column."""

    def __init__(self) -> None:
        self._spans: Counter[int] = Counter()

    def take(self, lines: Sequence[str], word: int) -> None:
        """Take the rows of a sentence, whose words are in that column."""
        if not lines or len(columns(lines[0])) < word + 3:
            return  # as in most files
        rows = [columns(line) for line in lines]
        for column in range(word + 1, min(map(len, rows)) - 1):
            tags = [row[column] for row in rows]
            if all(is_tag(tag) or tag in OUTSIDE for tag in tags) and any(tag not in OUTSIDE for tag in tags):
                tokens = [Token("", tag) for tag in tags]
                found = tagged_spans(tokens, [(0, 0)] * len(tokens), "", Receipt("", ""))
                self._spans[column] += sum(1 for _span in found)

    def note(self, where: str, receipt: Receipt) -> None:
        """Name the columns and how many spans they have."""
        for column, number in sorted(self._spans.items()):
            detail = f"column {column + 1}, {counted(number, 'span')}"
            receipt.remarks.add(where, "another column of tags is kept as it came, and not read", detail)
