"""What a tool tip says, shown as it is: Qt reads a tip that looks like HTML as HTML, and texts and labels may.

Every tip with words from a text, a label, a file's name or a model goes through here.
"""

from html import escape


def plain_tip(words: str) -> str:
    """The words for a tip that shows them letter by letter."""
    return wrapped_tip(words) if "<" in words or "&lt;" in words else words


def wrapped_tip(words: str) -> str:
    """The same for a tip that breaks its long lines, as only rich text does: nothing in the words is read as tags."""
    lines = "<br>".join(map(escape, words.split("\n")))
    return f"<span>{lines}</span>"
