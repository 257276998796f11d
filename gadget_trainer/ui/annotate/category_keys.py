"""The keys that choose categories: a category's own letter, or else Alt and the digit of its place."""

from collections.abc import Sequence

from gadget_trainer.corpus.records import Category
from gadget_trainer.ui.annotate.label_keys import DIGITS


def keys_of_categories(categories: Sequence[Category]) -> dict[str, str]:
    """The key of each category by its name: its own letter, or else Alt and the digit of its place; empty for none."""
    digits = [*DIGITS[: len(categories)], *("" for _ in categories[len(DIGITS) :])]
    return {
        category.name: category.key or (f"Alt+{digit}" if digit else "")
        for category, digit in zip(categories, digits, strict=True)
    }
