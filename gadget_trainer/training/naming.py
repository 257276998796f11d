"""How sentences name what is learned: a category is called one, because a label of the same name may be there, too.

Knows no spaCy.
"""

from collections.abc import Sequence


def name_of(label: str, *, of_texts: bool) -> str:
    """A label's own name, or “the category X” within a sentence."""
    return f"the category {label}" if of_texts else label


def at_start(words: str, *, of_texts: bool) -> str:
    """The same ``words`` where a sentence begins with them; a label's name stays as it is spelt."""
    return f"T{words[1:]}" if of_texts else words


def categories_named(names: Sequence[str], more: int = 0) -> str:
    """“the category A” or “the categories A, B and 3 more” within a sentence."""
    rest = f" and {more:,} more" if more else ""
    return f"the {'category' if len(names) + more == 1 else 'categories'} {', '.join(names)}{rest}"
