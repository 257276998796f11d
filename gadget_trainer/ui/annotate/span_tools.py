"""What can be done with one span beside its label: its menu, its tooltip, what it cuts, and character mode."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal, Slot

from gadget_trainer.corpus.records import AnnotatedText, Origin, Span
from gadget_trainer.corpus.snapping import TokenEdges, cut_tokens
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.annotate.span_menu import SpanMenu
from gadget_trainer.ui.annotate.text_pane import TextPane
from gadget_trainer.ui.text_view.paragraphs import shown

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session

_MAKERS = {
    Origin.PERSON: "Highlighted by a person",
    Origin.IMPORT: "From an imported file",
    Origin.MODEL: "Suggested by a model",
}
_LONGEST = 200


class SpanTools(QObject):
    """Serves the span that is selected, pointed at, or was just made in a pane."""

    label_chosen = Signal(str)
    """For the selected span or the selection."""
    move_requested = Signal(object, int, int)
    """A span should go from start to end instead."""

    def __init__(self, session: "Session", pane: TextPane, labels: LabelBar, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._labels = labels
        self._cuts = pane.cuts
        self._text: AnnotatedText | None = None
        self._edges = TokenEdges()
        self._menu = SpanMenu(pane.view, actions, self)
        self._menu.label_chosen.connect(self.label_chosen)
        self._menu.clearing_requested.connect(self._remove_all)
        self._cuts.snap_requested.connect(self.move_requested)
        pane.view.menu_requested.connect(self._show_menu)
        pane.view.set_description(self._describe)
        pane.view.set_character_mode(actions["characterMode"].isChecked())
        actions["characterMode"].toggled.connect(pane.view.set_character_mode)

    def look_at(self, text: AnnotatedText | None, edges: TokenEdges, span: Span | None) -> None:
        """Serve the text that is shown, and say what the span cuts that is selected or was just made."""
        self._text, self._edges = text, edges
        self._cuts.look_at(text.text if text is not None else "", edges, span if text is not None else None)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self._text is not None:
            self._menu.show(self._labels.labels(), place)

    @Slot()
    def _remove_all(self) -> None:
        if self._text is not None:
            text_id = self._text.id
            self._session.do(lambda: self._session.project.texts.remove_spans(text_id))

    def _describe(self, span: Span) -> str:
        """The label, the words, who made it, and whether it cuts tokens: a line each."""
        if self._text is None:
            return span.label
        words = " ".join(shown(self._text.text[span.start : min(span.end, span.start + _LONGEST)])[0].split())
        more = "…" if span.end - span.start > _LONGEST else ""
        lines = [span.label, f"“{words}{more}”"]
        maker = self._session.project.read.made_by(self._text.id, span)
        if maker is not None:
            lines.append(_MAKERS[maker])
        if any(cut_tokens(self._edges, span.start, span.end)):
            lines.append("Cuts a token: training would not learn it")
        return "\n".join(lines)
