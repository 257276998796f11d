"""Which texts were finished since a run began: counted from the edits as they are told, not by reading them all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.corpus.records import TextState
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.session import Session

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.outcomes import Outcome


class NewTexts(QObject):
    """Counts while a run goes on."""

    counted = Signal(int)
    """So many texts are done that the run does not know."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known: frozenset[int] | None = None
        self._new: set[int] = set()
        self._recount = LatestSteps(self)
        self._recount.stepped.connect(self._take_done)
        session.texts_edited.connect(self._note_edit)
        session.texts_came_or_went.connect(self._count_all)

    def begin(self, known: frozenset[int]) -> None:
        """A run knows the finished texts with these ids."""
        self._known = known
        self._new.clear()
        self._count_all()

    def end(self) -> None:
        """There is no run that they could join."""
        self._known = None
        self._new.clear()
        self._recount.cancel()
        self.counted.emit(0)

    def finish(self) -> None:
        """End what was started."""
        self._known = None
        self._recount.finish()

    @Slot(object)
    def _note_edit(self, outcome: "Outcome") -> None:
        if self._known is None:
            return
        if outcome.bulk:
            self._count_all()
            return
        for one in outcome.changes:
            if one.table == "text" and one.after is not None and "state" in one.after:
                self._note_state(one.row_id, one.after["state"])
        self.counted.emit(len(self._new))

    def _note_state(self, text_id: int, state: str) -> None:
        if state == TextState.DONE and self._known is not None and text_id not in self._known:
            self._new.add(text_id)
        else:
            self._new.discard(text_id)

    @Slot()
    def _count_all(self) -> None:
        if self._known is None:
            return
        read = self._session.project.read

        def done() -> Iterator[object]:
            yield frozenset(read.text_ids(TextFilter(state=TextState.DONE)))

        self._recount.ask(done)

    @Slot(object)
    def _take_done(self, done: frozenset[int]) -> None:
        if self._known is not None:
            self._new = set(done - self._known)
            self.counted.emit(len(self._new))
