"""What a run that continued from a base kept of it: a row for each of the base's labels, before and after."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QVBoxLayout, QWidget

from gadget_trainer.training.kept_labels import KeptLabel, warning
from gadget_trainer.ui.alignment import LEFT, RIGHT
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.score_models import NO_SCORE, RecordModel, score_text
from gadget_trainer.ui.train.tables import score_table

_NAMES = (0, 4)
"""The columns of words."""


class KeptLabelModel(RecordModel[KeptLabel]):
    """A row for each label that the base knew; those that lost more than chance explains are bold."""

    columns = (
        ("label", lambda one: f"{one.label} (category)" if one.of_texts else one.label),
        ("held out", lambda one: f"{one.spans:,}"),
        ("F before", lambda one: score_text(one.before)),
        ("F after", lambda one: score_text(one.after)),
        ("judged by", lambda one: one.reference.value if one.spans else NO_SCORE),
    )

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Words at the left, numbers at the right."""
        return LEFT if column in _NAMES else RIGHT

    def is_marked(self, record: KeptLabel) -> bool:
        """Whether the label was forgotten."""
        return record.lost


class KeptPanel(QWidget):
    """The table, with a sentence above it that says what it means."""

    def __init__(self) -> None:
        super().__init__()
        self._said = QLabel()
        self._said.setObjectName("keptSentence")
        self._said.setAccessibleName("What became of what the base knew")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._model = KeptLabelModel()
        table = score_table(self._model, "keptTable", "The base's labels before and after")
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self._said)
        column.addWidget(table)

    def show_labels(self, labels: tuple[KeptLabel, ...]) -> None:
        """Show these labels of the base."""
        self._model.show(labels)
        self._said.setText(warning(labels) or _calm(labels))


def _calm(labels: tuple[KeptLabel, ...]) -> str:
    if not any(label.spans for label in labels):
        known = "entity or category" if any(label.of_texts for label in labels) else "entity"
        return f"The texts held out have no {known} that the base knows, so nothing can be said about what it kept."
    kept = " and no category" if any(label.of_texts for label in labels) else ""
    return f"No label{kept} of the base lost more than chance explains, on texts that the run did not learn from."
