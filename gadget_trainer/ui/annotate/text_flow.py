"""What is done with whole texts beside annotating them: notes, other words, deletion, duplicates, going to a number."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.likeness import groups_of_alike
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.go_to_field import GoToField
from gadget_trainer.ui.annotate.text_editor import TextEditor
from gadget_trainer.ui.annotate.text_list import TextList
from gadget_trainer.ui.annotate.text_pane import TextPane
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.notice import NoticeBar
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.outcomes import Outcome
    from gadget_trainer.corpus.text_edits import Rewording
    from gadget_trainer.ui.session import Session


class TextFlow(QObject):
    """Leads through changes of whole texts."""

    def __init__(
        self,
        session: "Session",
        texts: TextList,
        pane: TextPane,
        actions: Actions,
        notice: NoticeBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._texts = texts
        self._pane = pane
        self._notice = notice
        self._window = window
        self._go_to = GoToField(window)
        self._comparing = LatestSteps(self)
        self._go_to.number_chosen.connect(self._go)
        self._comparing.stepped.connect(self._take_groups)
        pane.note.written.connect(self._keep_note)
        pane.note.left.connect(pane.view.setFocus)
        session.texts_edited.connect(self._show_note)
        for name, slot in (
            ("editNote", pane.note.write),
            ("editText", self._edit),
            ("deleteTexts", self._delete_selected),
            ("showDuplicates", self._look_for_duplicates),
            ("goToText", self._ask_for_number),
        ):
            actions[name].triggered.connect(slot)

    def finish(self) -> None:
        """Keep what is being written, and end all threads."""
        self._pane.note.keep()
        self._comparing.finish()

    # -- notes

    @Slot(int, object)
    def _keep_note(self, text_id: int, note: str) -> None:
        self._session.do(lambda: self._session.project.texts.set_note(text_id, note))

    @Slot(object)
    def _show_note(self, outcome: "Outcome") -> None:
        """A note was changed, or that was undone."""
        current = self._texts.current()
        for one in outcome.changes:
            if one.table == "text" and one.row_id == current and "note" in (one.after or {}):
                self._pane.note.show_note(current, (one.after or {})["note"])

    # -- words

    @Slot()
    def _edit(self) -> None:
        text_id = self._texts.current()
        annotated = self._session.project.read.text(text_id) if text_id is not None else None
        if annotated is None:
            return
        edits = self._session.project.texts

        def effect(words: str) -> "Rewording":
            return edits.rewording(annotated.id, words)

        def save() -> None:
            self._session.do(lambda: edits.reword(annotated.id, dialog.words()))

        dialog = TextEditor(annotated.text, effect, self._window)
        dialog.accepted.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- deletion

    @Slot()
    def _delete_selected(self) -> None:
        text_ids = self._texts.selected()
        if not text_ids:
            return
        what = "this text" if len(text_ids) == 1 else f"{len(text_ids):,} texts"
        self._notice.ask(
            f"Deleting {what} removes {self._what_goes_with(text_ids)}. It can be undone.",
            Delete=lambda: self._delete(text_ids),
            Keep=lambda: None,
        )

    def _delete(self, text_ids: Sequence[int]) -> None:
        edits, rows = self._session.project.texts, len(text_ids) + self._session.project.read.span_count(text_ids)
        what = "a text" if len(text_ids) == 1 else f"{len(text_ids):,} texts"
        self._session.do_steps(f"Deleting {what}", rows, lambda: edits.delete_steps(text_ids), self._focus_text)

    def _focus_text(self, _done: bool) -> None:
        self._pane.view.setFocus()

    def _what_goes_with(self, text_ids: Sequence[int]) -> str:
        spans = self._session.project.read.span_count(text_ids)
        return "1 span too" if spans == 1 else f"{spans:,} spans too" if spans else "no span"

    # -- duplicates

    @Slot()
    def _look_for_duplicates(self) -> None:
        read = self._session.project.read
        self._session.told.emit("Comparing all texts…")
        self._comparing.ask(lambda: groups_of_alike(read.texts()))

    @Slot(object)
    def _take_groups(self, found: int | list[list[int]]) -> None:
        if isinstance(found, int):
            self._session.told.emit(f"Compared {found:,} of {self._session.counts().texts:,} texts")
        elif not found:
            self._session.told.emit("No two texts are alike.")
        else:
            self._show_duplicates(found)

    def _show_duplicates(self, groups: list[list[int]]) -> None:
        others = [text_id for group in groups for text_id in group[1:]]
        self._texts.show_only([text_id for group in groups for text_id in group], "duplicates")
        times = "once" if len(groups) == 1 else f"{len(groups):,} times"
        texts = "1 text" if len(others) == 1 else f"{len(others):,} texts"
        goes = f"{texts}, which removes {self._what_goes_with(others)}"
        self._notice.offer(
            f"Texts that differ only in case, digits, spaces and punctuation stand together: that is so {times}. "
            f"Keeping the first of each deletes {goes}. It can be undone.",
            Keep_the_first_of_each=lambda: self._delete(others),
        )

    # -- going to a number

    @Slot()
    def _ask_for_number(self) -> None:
        corner = self._texts.mapToGlobal(QPoint(UNIT, self._texts.height() - 12 * UNIT))
        self._go_to.open_at(corner, self._texts.current())

    @Slot(object)
    def _go(self, number: int) -> None:
        if self._session.project.read.standing(number) is None:
            self._session.told.emit(f"There is no text No. {number:,} in this project.")
        else:
            self._texts.go_to(number)
        self._pane.view.setFocus()
