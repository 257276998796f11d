"""How far a text is, and on to the next: done, skipped, flagged, forward and back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Slot

from gadget_trainer.corpus.records import TextState
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.missing_names import names_in_words
from gadget_trainer.ui.annotate.text_list import TextList

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


class TextSteps(QObject):
    """Does what the actions say with the text that is shown."""

    def __init__(self, session: "Session", texts: TextList, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._texts = texts
        self._flag = actions["toggleFlag"]
        self._text_id: int | None = None
        self._flagged = False
        for name, slot in (
            ("markDone", self._mark_done),
            ("markSkipped", self._mark_skipped),
            ("markToDo", self._mark_to_do),
            ("toggleFlag", self._toggle_flag),
            ("nextText", self._go_on),
            ("previousText", self._go_back),
            ("nextUnfinished", self._go_on_to_unfinished),
            ("previousUnfinished", self._go_back_to_unfinished),
        ):
            actions[name].triggered.connect(slot)

    def take(self, text_id: int | None, *, flagged: bool) -> None:
        """Act on this text from now on; None where there is none."""
        self._text_id, self._flagged = text_id, flagged
        self._show_flag()

    @Slot()
    def _mark_done(self) -> None:
        lacks_category = self._lacks_category()
        if self._set_state(TextState.DONE):
            self._go_on()
            if lacks_category:
                self._session.told.emit("The text was marked done, but it has no category yet.")

    @Slot()
    def _mark_skipped(self) -> None:
        if self._set_state(TextState.SKIPPED):
            self._go_on()

    @Slot()
    def _mark_to_do(self) -> None:
        self._set_state(TextState.TODO)

    def _lacks_category(self) -> bool:
        """Whether the text should have exactly one category, and has none."""
        room = self._session.project.categories
        scheme = room.scheme()
        expected = self._text_id is not None and bool(scheme.names) and scheme.exclusive
        return expected and not room.of_text(self._text_id or 0)

    def _set_state(self, state: TextState) -> bool:
        """Mark the text; False where that could not be saved."""
        text_id = self._text_id
        if text_id is None:
            return False
        return self._session.do(lambda: self._session.project.edit.set_state([text_id], state))

    @Slot()
    def _toggle_flag(self) -> None:
        text_id, flagged = self._text_id, not self._flagged
        if text_id is not None:
            self._session.do(lambda: self._session.project.edit.set_flag([text_id], flagged=flagged))
        self._show_flag()

    def _show_flag(self) -> None:
        with QSignalBlocker(self._flag):
            self._flag.setChecked(self._text_id is not None and self._flagged)

    @Slot()
    def _go_on(self) -> None:
        if not self._texts.step(1):
            self._session.told.emit("That was the last text in this list.")

    @Slot()
    def _go_back(self) -> None:
        if not self._texts.step(-1):
            self._session.told.emit("This is the first text in this list.")

    @Slot()
    def _go_on_to_unfinished(self) -> None:
        self._go_to_unfinished(forward=True)

    @Slot()
    def _go_back_to_unfinished(self) -> None:
        self._go_to_unfinished(forward=False)

    def _go_to_unfinished(self, *, forward: bool) -> None:
        """To the next one in the list; where none is left in it, to one of all texts, and say so."""
        texts, unfinished = self._texts, self._session.project.unfinished
        here = texts.current() or 0
        found = unfinished.first_of(texts.others(forward=forward)) if texts.is_arranged() else None
        elsewhere = found is None and texts.leaves_out()
        if found is None:
            found = unfinished.beyond(here, forward=forward)
        if found is None or not texts.go_to(found):
            self._session.told.emit("No other text is left to do.")
            return
        standing = self._session.project.read.standing(found)
        said = ["No other text in that list was left to do: all texts are shown again."] if elsewhere else []
        if standing is not None and standing.state is TextState.DONE:
            names = names_in_words((*standing.missing, *standing.undecided))
            said.append(f"No other text is to do; this one is done, but not for {names}.")
        if said:
            self._session.told.emit(" ".join(said))
