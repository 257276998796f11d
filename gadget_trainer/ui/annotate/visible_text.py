"""A text as an editor of Qt's can hold it without loss: characters that it would change have stand-ins meanwhile."""

from gadget_trainer.ui.text_view.paragraphs import shown

_PRIVATE = 0xE000


class VisibleText:
    """A text with a stand-in for each odd character; line feeds stay as they are."""

    def __init__(self, text: str) -> None:
        there = {}
        free = (chr(code) for code in range(_PRIVATE, 0xF900))
        taken = set(text)
        for char in sorted(taken - {"\n"}):
            stand_in, odd = shown(char)
            if odd:
                # Two odd characters must not look the same to the way back.
                there[ord(char)] = stand_in if stand_in not in taken else next(one for one in free if one not in taken)
                taken.add(there[ord(char)])
        self._back = {ord(stand_in): code for code, stand_in in there.items()}
        self.text = text.translate(there)
        """What the editor shows; as long as the text itself."""
        self.has_stand_ins = bool(there)

    def restored(self, edited: str) -> str:
        """What was edited, with the odd characters again."""
        return edited.translate(self._back)
