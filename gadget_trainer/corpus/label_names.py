"""What a label or a category may be called, and which key may choose it.

One place for the window, which asks while one types, and for the edits.
"""

from collections.abc import Collection, Mapping

from gadget_trainer.corpus.sound_text import is_sound


def problem_with_name(name: str, taken: Collection[str] = ()) -> str:
    """What speaks against the name, in one or two sentences; empty where nothing does.

    Spaces around the name do not count. ``taken`` are the names of the other labels.
    """
    name = name.strip()
    if not name:
        return "A label needs a name. Type one, as in PERSON."
    if name.startswith("!"):
        return "A label cannot start with “!”: spaCy reads that as “not this label”."
    if not is_sound(name):
        return "The name holds half a character (a lone surrogate), which can't be kept. Take it out."
    if name in taken:
        return f"There is a label {name} already. Choose another name."
    return ""


def normal_key(key: str) -> str:
    """The key as it is kept: a letter as a capital, nothing around it."""
    key = key.strip()
    return key.upper() if len(key.upper()) == 1 else key


def problem_with_key(key: str, holders: Mapping[str, str]) -> str:
    """What speaks against the key (see ``normal_key``), in two sentences; empty where nothing does.

    An empty key is well: the label has the digit of its place. ``holders`` says what other keys do, as in
    ``chooses BRAND``.
    """
    if key and (len(key) > 1 or not (key.isalpha() or key.isdecimal())):
        return "A key is one letter or one digit. Leave it empty for the digit of the label's place."
    if key in holders:
        return f"The key {key} {holders[key]} already. Choose another key."
    return ""


def problem_with_category(name: str, taken: Collection[str] = ()) -> str:
    """What speaks against the name of a category, as ``problem_with_name`` says it of a label."""
    name = name.strip()
    if not name:
        return "A category needs a name. Type one, as in SPORT."
    if not is_sound(name):
        return "The name holds half a character (a lone surrogate), which can't be kept. Take it out."
    if name in taken:
        return f"There is a category {name} already. Choose another name."
    return ""


def problem_with_category_key(key: str, holders: Mapping[str, str]) -> str:
    """What speaks against the key of a category, as ``problem_with_key`` says it of a label.

    Digits are left to labels, which have those of their places without a word.
    """
    if key and (len(key) > 1 or not key.isalpha()):
        return "The key of a category is one letter. Leave it empty for Alt and the digit of its place."
    return problem_with_key(key, holders)
