"""The labels and categories that a text is not done for, in a few words."""

from collections.abc import Sequence

_MOST = 3


def names_in_words(names: Sequence[str]) -> str:
    """As in “BRAND”, “BRAND and PERSON”, “BRAND, PERSON and 3 others”."""
    if len(names) > _MOST:
        return f"{', '.join(names[: _MOST - 1])} and {len(names) - _MOST + 1:,} others"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
