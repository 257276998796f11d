"""The keys that choose categories: a category's own letter, or else Alt and the digit of its place."""

from collections.abc import Collection, Sequence

from gadget_trainer.corpus.records import Category
from gadget_trainer.ui.annotate.choice_keys import DIGITS


def keys_of_categories(categories: Sequence[Category], taken: Collection[str]) -> dict[str, str]:
    """The key of each category by its name: its own letter, or else Alt and the digit of its place; empty for none.

    What is ``taken`` by an action is no category's.
    """
    digits = [*DIGITS[: len(categories)], *("" for _ in categories[len(DIGITS) :])]
    keys = {
        category.name: category.key or (f"Alt+{digit}" if digit else "")
        for category, digit in zip(categories, digits, strict=True)
    }
    return {name: "" if key in taken else key for name, key in keys.items()}
