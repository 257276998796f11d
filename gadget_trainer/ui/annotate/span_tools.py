"""What can be done with one span beside its label: its menu, its tooltip, what it cuts, and character mode."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal, Slot

from gadget_trainer.corpus.records import AnnotatedText, Origin, Pieces, Span
from gadget_trainer.corpus.snapping import TokenEdges, cut_tokens, snap
from gadget_trainer.corpus.split_rules import rules_for
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
        self._span: Span | None = None
        self._takes_splits = False
        self._menu = SpanMenu(pane.view, actions, self)
        self._menu.label_chosen.connect(self.label_chosen)
        self._menu.clearing_requested.connect(self._remove_all)
        self._menu.snap_requested.connect(self._snap)
        self._menu.split_requested.connect(self._split_selected)
        self._cuts.snap_requested.connect(self.move_requested)
        self._cuts.split_requested.connect(self._split)
        pane.view.menu_requested.connect(self._show_menu)
        pane.view.set_description(self._describe)
        pane.view.set_character_mode(actions["characterMode"].isChecked())
        actions["characterMode"].toggled.connect(pane.view.set_character_mode)

    def look_at(self, text: AnnotatedText | None, edges: TokenEdges, span: Span | None, *, takes_splits: bool) -> None:
        """Serve the text that is shown, and say what the span cuts that is selected or was just made.

        ``takes_splits`` says whether the tokenizer goes by rules, so that words can be split.
        """
        self._text, self._edges, self._takes_splits = text, edges, takes_splits
        self._span = span if text is not None else None
        splits = bool(self._rules_for(self._span))
        self._cuts.look_at(text.text if text is not None else "", edges, self._span, splits=splits)

    def _rules_for(self, span: Span | None) -> list[Pieces]:
        """The rules with which the span would cut no token."""
        if self._text is None or span is None or not self._takes_splits or not self._cuts_tokens(span):
            return []
        return rules_for(self._text.text, self._edges, span, self._session.project.splits.all())

    def _cuts_tokens(self, span: Span) -> bool:
        return any(cut_tokens(self._edges, span.start, span.end))

    @Slot(object)
    def _split(self, span: Span) -> None:
        rules = self._rules_for(span)
        if self._text is not None and rules:
            text_id = self._text.id
            self._session.do(lambda: self._session.project.splits.make(rules, text_id))

    @Slot()
    def _split_selected(self) -> None:
        if self._span is not None:
            self._split(self._span)

    @Slot()
    def _snap(self) -> None:
        found = None
        if self._text is not None and self._span is not None:
            found = snap(self._text.text, self._edges, self._span.start, self._span.end)
        if found is not None:
            self.move_requested.emit(self._span, *found)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self._text is not None:
            cuts = self._span is not None and self._cuts_tokens(self._span)
            self._menu.show(self._labels.labels(), place, cuts=cuts, splits=bool(self._rules_for(self._span)))

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
        if self._cuts_tokens(span):
            lines.append("Cuts a token: training would not learn it")
        return "\n".join(lines)
