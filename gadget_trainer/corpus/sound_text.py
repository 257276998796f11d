"""Whether a project file can hold words: half a surrogate pair is no character, and neither UTF-8 nor spaCy has it."""

from gadget_trainer.errors import UserError


def is_sound(words: str) -> bool:
    """Whether every character of them is one."""
    return not any("\ud800" <= one <= "\udfff" for one in words)


def check_sound(what: str, *words: str) -> None:
    """Raise UserError where one of the words is not sound; ``what`` begins the sentence, as in “The note”."""
    if not all(map(is_sound, words)):
        raise UserError(f"{what} holds half a character (a lone surrogate), which can't be kept. Take it out.")
