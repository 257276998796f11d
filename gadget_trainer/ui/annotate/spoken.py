"""What is done becomes what a screen reader says, for whoever does not see it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.ui.text_view.view import TextView

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session

_PAUSE = 50  # milliseconds: what comes together is said together
_LONGEST = 120
_NUMBER = re.compile(r"\d[\d,]*")


class Spoken(QObject):
    """Has every sentence said that the window shows, and which text comes after another while the text has the keys."""

    def __init__(self, session: "Session", view: TextView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._instead = ""
        self._sentences: list[str] = []
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._say)
        session.told.connect(self._take)
        session.failed.connect(self.add)

    @contextmanager
    def instead(self, sentence: str) -> Iterator[None]:
        """What is done within is said in these words, in place of those that the window shows."""
        self._instead = sentence
        try:
            yield
        finally:
            self._instead = ""

    def note_text(self, annotated: AnnotatedText, state: str) -> None:
        """Another text is shown; a table that has the keys says so itself."""
        if self._view.hasFocus():
            self.add(f"No. {annotated.id:,}, {state}: {' '.join(annotated.text[:_LONGEST].split())}")

    @Slot(str)
    def add(self, sentence: str) -> None:
        """Have this said. Of sentences that differ in their numbers only, as a count that goes on, the last is said."""
        if self._sentences and _NUMBER.sub("", self._sentences[-1]) == _NUMBER.sub("", sentence):
            self._sentences.pop()
        self._sentences.append(sentence)
        self._pause.start()

    @Slot(str)
    def _take(self, sentence: str) -> None:
        self.add(self._instead or sentence)

    @Slot()
    def _say(self) -> None:
        sentences, self._sentences = self._sentences, []
        self._view.announce("\n".join(sentences))
