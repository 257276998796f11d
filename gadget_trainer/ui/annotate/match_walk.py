"""Walking the list of matches: the text of the row shows beside it, and where one began when the list is left."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.annotate.matches_panel import MatchesPanel
from gadget_trainer.ui.annotate.text_list import TextList
from gadget_trainer.ui.text_view.view import TextView

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.matches import Match
    from gadget_trainer.ui.session import Session

_PAUSE = 100  # milliseconds between two texts while a key is held down: the list itself never waits

ShowPlace = Callable[[int, int, int, Span | None], bool]
"""Leads to a place in a text, whatever has the keys: its id, start, end, and the span that is there."""


class MatchWalk(QObject):
    """Follows the row that a person chose by keys or mouse; the keys stay with the list."""

    def __init__(
        self, session: "Session", panel: MatchesPanel, texts: TextList, view: TextView, show: ShowPlace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._texts = texts
        self._view = view
        self._show = show
        self._begun: tuple[int, int, int] | None = None
        self._next: Match | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._go_on)
        panel.opened.connect(self._begin)
        panel.walked.connect(self._follow)
        panel.place_requested.connect(self._begin)
        panel.left.connect(self._go_back)

    @Slot()
    def _begin(self) -> None:
        """Where the person is now is where the next walk begins."""
        self._begun = self._next = None

    @Slot(object)
    def _follow(self, match: "Match") -> None:
        self._next = match
        if not self._pause.isActive():
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        match, self._next = self._next, None
        if match is None:
            return
        if self._begun is None and (current := self._texts.current()) is not None:
            self._begun = (current, *self._view.place())
        left_out = self._texts.leaves_out()
        self._show(match.text_id, match.start, match.end, Span(match.start, match.end, match.label))
        if left_out and not self._texts.leaves_out():
            self._session.told.emit("All texts are shown again: the match is in one that was left out.")
        self._pause.start()

    @Slot()
    def _go_back(self) -> None:
        begun, self._next, self._begun = self._begun, None, None
        if begun is None or not self._show(*begun, None):
            return
        _text_id, start, end = begun
        if any(span.touches(start, end) for span in self._view.spans()):
            self._view.clear_selection()  # what was selected has become a span
