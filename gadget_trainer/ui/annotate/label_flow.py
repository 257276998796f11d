"""Adding, changing and deleting labels: dialogs and questions around the edits."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.palette import next_colour
from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.annotate.label_dialog import LabelDialog
from gadget_trainer.ui.notice import NoticeBar

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


class LabelFlow(QObject):
    """Leads through a change of the labels."""

    def __init__(self, session: "Session", bar: LabelBar, notice: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._bar = bar
        self._notice = notice
        self._window = window

    @Slot()
    def add(self) -> None:
        """Ask for a new label and make it the active one."""
        self.add_for(lambda _name: None)

    def add_for(self, then: Callable[[str], None]) -> None:
        """Ask for a new label, make it the active one, and go on with its name."""
        labels = self._bar.labels()
        colour = next_colour([label.colour for label in labels])
        dialog = self._dialog("New label", "", colour, {label.name for label in labels})

        def add() -> None:
            name = dialog.name()
            if self._session.do(lambda: self._session.project.labels.add(name, dialog.colour())):
                self._bar.activate(name)
                then(name)

        dialog.accepted.connect(add)
        dialog.open()

    @Slot(object)
    def change(self, label: Label) -> None:
        """Ask for another name and colour."""
        others = {one.name for one in self._bar.labels()} - {label.name}
        dialog = self._dialog("Change the label", label.name, label.colour, others)

        def change() -> None:
            was_active = self._bar.active() == label.name
            edits = self._session.project.labels
            self._session.do(lambda: edits.change(label.id, dialog.name(), dialog.colour()))
            if was_active:
                self._bar.activate(dialog.name())

        dialog.accepted.connect(change)
        dialog.open()

    @Slot(object, object)
    def merge(self, label: Label, into: Label) -> None:
        """Say how many spans change, and merge two labels when that is wanted."""
        spans = self._session.counts().spans.get(label.id, 0)
        noun = "span" if spans == 1 else "spans"

        def merge() -> None:
            if self._session.do(lambda: self._session.project.labels.merge(label.id, into.id)):
                self._bar.activate(into.name)

        self._notice.ask(
            f"Merging {label.name} into {into.name} makes its {spans:,} {noun} {into.name}, and {label.name} is gone. "
            "It can be undone.",
            Merge=merge,
            Keep_both=lambda: None,
        )

    @Slot(object)
    def delete(self, label: Label) -> None:
        """Say how many spans go with a label, and delete it when that is wanted."""
        spans = self._session.counts().spans.get(label.id, 0)
        noun = "span" if spans == 1 else "spans"
        self._notice.ask(
            f"Deleting {label.name} removes its {spans:,} {noun} too. It can be undone.",
            Delete=lambda: self._session.do(lambda: self._session.project.labels.delete(label.id)),
            Keep=lambda: None,
        )

    def _dialog(self, title: str, name: str, colour: str, taken: set[str]) -> LabelDialog:
        dialog = LabelDialog(title, name, colour, taken, self._window)
        dialog.finished.connect(dialog.deleteLater)
        return dialog
