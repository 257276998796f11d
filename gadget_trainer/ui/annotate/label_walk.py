"""From one span of the active label to the next one, over all texts and round."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.annotate.text_list import TextList
from gadget_trainer.ui.text_view.view import TextView

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


class LabelWalk(QObject):
    """Goes from what is selected, or else from the beginning of the text that is shown."""

    place_requested = Signal(object, object)
    """The id of a text and the Span that should be shown in it."""

    def __init__(
        self, session: "Session", bar: LabelBar, texts: TextList, view: TextView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._bar = bar
        self._texts = texts
        self._view = view

    @Slot()
    def go_on(self) -> None:
        """Show the next span of the active label."""
        self._go(forward=True)

    @Slot()
    def go_back(self) -> None:
        """Show the span of the active label before."""
        self._go(forward=False)

    def _go(self, *, forward: bool) -> None:
        name = self._bar.active()
        label = next((one for one in self._bar.labels() if one.name == name), None)
        if label is None:
            self._session.told.emit("There is no label yet.")
            return
        project = self._session.project
        find = partial(project.by_label.span_beyond, label.id, forward=forward)
        beyond = find(self._texts.current() or 0, self._start())
        if beyond is None:
            beyond = find(0, -1) if forward else find(project.read.newest_text_id() + 1, 0)
            come, gone = ("first", "last") if forward else ("last", "first")
            words = f"No span is labelled {name}." if beyond is None else f"From the {gone} {name} to the {come}"
            self._session.told.emit(words)
        if beyond is not None:
            self.place_requested.emit(*beyond)

    def _start(self) -> int:
        """Where the person is: the first code point of what is selected; -1 is before all of the text."""
        span, selection = self._view.selected_span(), self._view.selection()
        if span is not None:
            return span.start
        return selection[0] if selection is not None else -1
