"""What a person does to the spans of the shown text becomes edits."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.corpus.snapping import TokenEdges, snap
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.annotate.label_finder import LabelFinder
from gadget_trainer.ui.annotate.label_flow import LabelFlow
from gadget_trainer.ui.annotate.settling import Settling
from gadget_trainer.ui.annotate.spoken import Spoken
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


class SpanEdits(QObject):
    """Adds, moves, relabels and removes the spans that a view asks for, with the labels of a bar."""

    removable_changed = Signal()
    """Another span can be removed now, or none."""
    matches_requested = Signal(object, object)
    """These words should be looked for in all texts, to get the label of this name."""

    def __init__(
        self,
        session: "Session",
        view: TextView,
        labels: LabelBar,
        label_flow: LabelFlow,
        spoken: Spoken,
        actions: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._labels = labels
        self._label_flow = label_flow
        self._spoken = spoken
        self._text: AnnotatedText | None = None
        self._edges = TokenEdges()
        self._made: Span | None = None
        self._finder = LabelFinder(parent)
        self.settling = Settling(session, self)
        view.span_requested.connect(self._add)
        view.resize_requested.connect(self.move)
        view.delete_requested.connect(self._delete)
        view.span_selected.connect(self._note_selection)
        labels.about_to_choose.connect(view.finish_clicks)
        labels.label_chosen.connect(self.apply_label)
        self._finder.label_chosen.connect(self.apply_label)
        actions["deleteSpan"].triggered.connect(self._delete_selected)
        actions["findLabel"].triggered.connect(self._find_label)
        actions["labelAllMatches"].triggered.connect(self._label_all_matches)

    def open_text(self, annotated: AnnotatedText | None) -> None:
        """Edit the spans of this text from now on; None where there is none."""
        self._text = annotated
        self._made = None

    def use_edges(self, edges: TokenEdges) -> None:
        """The tokens that spans of the shown text snap to."""
        self._edges = edges

    def removable(self) -> Span | None:
        """What can be removed: the selected span, or else the one that was just made."""
        made = self._made if self._made is not None and self._view.shows(self._made) else None
        return self._view.selected_span() or made

    @Slot(object, int, int)
    def move(self, span: Span, start: int, end: int) -> None:
        """Give a span other edges, and keep it selected."""
        if self._text is not None:
            text_id = self._text.id
            self._session.do(lambda: self._session.project.edit.move_span(text_id, span, start, end))
            moved = Span(start, end, span.label)
            if self._view.shows(moved):
                self._view.select_span(moved)

    @Slot(str)
    def apply_label(self, name: str) -> None:
        """A label was chosen: for the selected span, or the selected text, or else for spans to come."""
        span, selection = self._view.selected_span(), self._view.selection()
        if span is not None and self._text is not None:
            text_id = self._text.id
            self._session.do(lambda: self._session.project.edit.relabel_span(text_id, span, name))
            changed = Span(span.start, span.end, name)
            if self._view.shows(changed):
                self._view.select_span(changed)
        elif selection is not None:
            self._label_range(*selection, name)
        self._labels.activate(name)

    @Slot(int, int)
    def _add(self, start: int, end: int) -> None:
        label = self._labels.active()
        if label is None:
            self._label_flow.add_for(lambda name: self._label_range(start, end, name))
        else:
            self._label_range(start, end, label)

    def _label_range(self, start: int, end: int, label: str) -> None:
        if self._text is None:
            return
        text, made = self._text, Span(start, end, label)
        with self._spoken.instead(f"{label}: {text.text[start:end]} added"):
            self._session.do(lambda: self._session.project.edit.add_span(text.id, start, end, label))
        self._view.clear_selection()
        if self._view.shows(made):
            self._made = made
            self.removable_changed.emit()
            # What was taken by character stays as it is.
            if self._view.is_provisional() and snap(text.text, self._edges, start, end) == (start, end):
                self.settling.note(text.id, text.text, made)

    @Slot(object)
    def _delete(self, span: Span) -> None:
        if self._text is not None:
            text_id = self._text.id
            self._session.do(lambda: self._session.project.edit.delete_span(text_id, span))

    @Slot()
    def _delete_selected(self) -> None:
        span = self.removable()
        if span is not None:
            self._delete(span)

    @Slot(object)
    def _note_selection(self, span: Span | None) -> None:
        if span is not None:
            self._made = None
        self.removable_changed.emit()

    @Slot()
    def _find_label(self) -> None:
        """Below what is to get the label, or else below the labels."""
        span = self._view.selected_span()
        found = (span.start, span.end) if span is not None else self._view.selection()
        rects = self._view.span_rects(*found) if found is not None else []
        place = self._view.viewport().mapToGlobal(rects[-1].bottomLeft() if rects else QPoint(2 * UNIT, UNIT))
        self._finder.open_at(self._labels.labels(), place)

    @Slot()
    def _label_all_matches(self) -> None:
        """Look for what is selected, to give it the span's label or else the active one."""
        span, selection = self.removable(), self._view.selection()
        if selection is not None:
            found, label = selection, self._labels.active()
        elif span is not None:
            found, label = (span.start, span.end), span.label
        else:
            self._session.told.emit("Select words or a span first: they are looked for in all texts.")
            return
        words = self._view.text()[slice(*found)]
        if label is None:
            self._label_flow.add_for(lambda name: self.matches_requested.emit(words, name))
        else:
            self.matches_requested.emit(words, label)
