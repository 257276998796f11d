"""What can go wrong in words that a person can act on.

A :class:`UserError` is shown as it is: it says what happened and what to do. Every other exception is a
bug and reaches the crash dialog with its details.
"""


class UserError(Exception):
    """Something the person can mend; its text is one or two whole sentences, fit to be shown."""

    def __init__(self, sentences: str, *, option: str = "") -> None:
        """``option`` is what mends it on the command line, as in ``--encoding NAME``; the window has its own ways."""
        super().__init__(sentences)
        self.option = option
