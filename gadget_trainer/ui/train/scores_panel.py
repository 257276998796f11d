"""The numbers of a run: a row an iteration, and beside it the labels of the iteration that is looked at."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Slot
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from gadget_trainer.training.held_out_words import few_held_out, range_text
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.score_models import IterationModel, LabelScoreModel
from gadget_trainer.ui.train.tables import WholeRows, WideColumn, score_table

_SIGNS = "Labels with a sign have too few held out to be judged; choose one to read more."


class ScoresPanel(QWidget):
    """Shows the labels of the best iteration, or of the one whose row the person chose."""

    def __init__(self) -> None:
        super().__init__()
        self.iterations = IterationModel()
        self.labels = LabelScoreModel()
        self._chosen: IterationDone | None = None
        self._note = QLabel()
        self._note.setObjectName("labelNote")
        self._note.setAccessibleName("Which iteration the labels are of, and what can be said about them")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setProperty("second", True)
        self._note.setWordWrap(True)
        self._note.setContentsMargins(0, UNIT, 0, 0)
        self._iteration_table = score_table(self.iterations, "iterationTable", "Iterations")
        self._label_table = score_table(self.labels, "labelTable", "Labels on the held-out texts")
        for table, widening in ((self._iteration_table, 1), (self._label_table, 0)):
            table.setProperty("dense", True)  # both fit into a window of 1,280 pixels just so
            WideColumn(table, widening)
        self._label_table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._iteration_table.selectionModel().currentRowChanged.connect(self._choose_iteration)
        self._label_table.selectionModel().currentRowChanged.connect(self._choose_label)
        self._lay_out()

    def show_run(self, records: Sequence[IterationDone]) -> None:
        """Show these iterations, and the labels of the best."""
        self._chosen = None
        self.iterations.show(records)
        self._show_labels()

    def add(self, record: IterationDone) -> None:
        """Show one more iteration; the labels are the best one's, unless the person looks at another."""
        self.iterations.append(record)
        if self._chosen is None:
            self._iteration_table.scrollToBottom()
            if record.best:
                self._show_labels()

    def shown(self) -> IterationDone | None:
        """The iteration whose labels are shown."""
        best = self.iterations.best_row()
        return self._chosen or (self.iterations.record(best) if best >= 0 else None)

    def changeEvent(self, event: QEvent) -> None:
        """Signs are drawn in the colours of the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_labels()

    @Slot(QModelIndex)
    def _choose_iteration(self, index: QModelIndex) -> None:
        best = not index.isValid() or index.row() == self.iterations.best_row()
        # Whoever goes back to the best one follows it from there on.
        self._chosen = None if best else self.iterations.record(index.row())
        self._show_labels()

    @Slot(QModelIndex)
    def _choose_label(self, index: QModelIndex) -> None:
        if index.isValid():
            score = self.labels.record(index.row())
            few = few_held_out(score)
            self._note.setText(f"“{score.label}”: {few}" if few else self._about())

    def _show_labels(self) -> None:
        shown = self.shown()
        self.labels.show(shown.all_labels if shown else [])
        self._note.setText(self._about())
        self._note.setVisible(bool(self._note.text()))

    def _about(self) -> str:
        shown = self.shown()
        if shown is None:
            return ""
        which = f"Iteration {shown.iteration:,}" + (", the best so far" if self._chosen is None else "")
        if not shown.all_labels:
            return f"{which}. It has no score on held-out texts."
        which = f"{which}.{_categories_words(shown)}"
        few = any(few_held_out(one) for one in shown.all_labels)
        return f"{which} {_SIGNS}" if few else which

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setObjectName("scoreParts")
        parts.setProperty("bare", True)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(UNIT)
        for place, part in enumerate((WholeRows(self._iteration_table), self._label_table)):
            parts.addWidget(part)
            parts.setStretchFactor(place, 1)
        parts.setSizes([366, 347])  # what their headings need
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(UNIT)
        whole.addWidget(self._note)
        whole.addWidget(parts, 1)


def _categories_words(record: IterationDone) -> str:
    """How whole texts were told, in a sentence; empty where they have no categories."""
    scores = record.categories
    if scores is None or scores.macro_f is None or scores.micro_f is None:
        return ""
    likely = range_text(scores.micro_interval)
    accuracy = f"{scores.micro_name} {scores.micro_f:.3f} (likely {likely})"
    return f" Categories on {scores.texts:,} texts: macro F {scores.macro_f:.3f}, {accuracy}."
