"""Where a word can begin and end, also in scripts that are written without spaces between words.

In those, no character of the text says where a word ends: between two of their letters a word may end anywhere, as
long as no mark is torn from its letter. Elsewhere a word ends where its letters, digits and marks do.
"""

import regex

# Unicode's line breaking calls the South East Asian scripts "complex context": where their words end needs a
# dictionary. Of the Japanese signs, the two that lengthen a vowel belong to two scripts.
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}ーｰ\p{Line_Break=Complex_Context}]"
_IN_WORD = rf"(?!{_UNSPACED})[\w\p{{M}}]"
_BEFORE_UNSPACED = r"(?<!\p{Indic_Syllabic_Category=Invisible_Stacker})"  # it puts the next letter below the last
_BEFORE_OTHERS = rf"(?<!{_IN_WORD})"
_AFTER_UNSPACED = r"(?!\p{M})"
_AFTER_OTHERS = rf"(?!\p{{M}}|{_IN_WORD})"

_IS_UNSPACED = regex.compile(_UNSPACED)
_BEGINNING = regex.compile(rf"(?={_UNSPACED}){_BEFORE_UNSPACED}|(?!{_UNSPACED}){_BEFORE_OTHERS}")
_ENDING = regex.compile(rf"(?<={_UNSPACED}){_AFTER_UNSPACED}|(?<!{_UNSPACED}){_AFTER_OTHERS}")

FIRST_UNSPACED = "\u0e00"
"""No character before this one belongs to a script that is written without spaces."""


def is_unspaced(character: str) -> bool:
    """Whether it belongs to a script that is written without spaces between words."""
    return bool(_IS_UNSPACED.match(character))


def before(words: str) -> str:
    """A pattern of what must hold in front of ``words`` for them to begin a word there."""
    return _BEFORE_UNSPACED if is_unspaced(words[0]) else _BEFORE_OTHERS


def after(words: str) -> str:
    """A pattern of what must hold behind ``words`` for them to end a word there."""
    return _AFTER_UNSPACED if is_unspaced(words[-1]) else _AFTER_OTHERS


def are_words(text: str, start: int, end: int) -> bool:
    """Whether the code points ``start`` to ``end`` begin and end as words do."""
    return bool(_BEGINNING.match(text, start) and _ENDING.match(text, end))
