"""What is looked for in the texts is marked in the text that is shown."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Slot

from gadget_trainer.corpus.wording import Wording
from gadget_trainer.errors import UserError
from gadget_trainer.ui.annotate.text_list import TextList
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.text_view.view import TextView


class HitMarks(QObject):
    """Finds the words in a thread: a regular expression may take its time."""

    def __init__(self, texts: TextList, view: TextView, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = texts
        self._view = view
        self._opened = False
        self._search = LatestSteps(self)
        self._search.stepped.connect(self._show)
        texts.bar.changed.connect(self._look)

    def open_text(self) -> None:
        """Another text is shown: mark what is found, and lead to the first place."""
        self._opened = True
        self._look()

    def finish(self) -> None:
        """End the thread."""
        self._search.finish()

    @Slot()
    def _look(self) -> None:
        words, text = self._texts.bar.filter().words, self._view.text()
        self._search.cancel()
        if words.strip() and text:
            self._search.ask(lambda: _places(words, text))
        else:
            self._view.set_hits(())

    @Slot(object)
    def _show(self, places: list[tuple[int, int]]) -> None:
        self._view.set_hits(places)
        at_top = self._view.verticalScrollBar().value() == 0
        if places and self._opened and at_top and self._view.selection() is None:
            self._view.ensure_visible(*places[0])
        self._opened = False


def _places(words: str, text: str) -> Iterator[list[tuple[int, int]]]:
    try:
        yield Wording(words).places(text)
    except UserError:
        yield []  # the search itself says why
