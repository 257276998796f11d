"""Keys as tables name them, such as “Ctrl+Home”, and keys as they are pressed."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def is_one_of(names: Sequence[str], key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether one of the names, as ``QKeySequence`` reads them, is that of this key with these modifiers."""
    held = modifiers & ~_KEYPAD
    return any(one.key() == key and one.keyboardModifiers() == held for one in map(_combination, names))


def with_shift(name: str) -> str:
    """The name of a key with Shift as well, as ``QKeySequence`` writes it."""
    return QKeySequence(f"Shift+{name}").toString()


@cache
def _combination(name: str) -> QKeyCombination:
    return QKeySequence(name)[0]  # type: ignore[index,no-any-return]  # PySide's stubs forgot __getitem__
