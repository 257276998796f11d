"""What goes out of the project, and in which format: asked before the file, with what the format cannot hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.corpus.records import TextState
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy and the formats take longer to import than the window to paint
    from gadget_trainer.corpus.counts import Counts
    from gadget_trainer.formats.choice import Choice
    from gadget_trainer.formats.format import Target

_STATES = ((TextState.DONE, "done"), (TextState.TODO, "to do"), (TextState.SKIPPED, "skipped"))
_EVERYTHING = "This format holds everything."


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wants to have, before they say where."""

    target: "Target"
    choice: "Choice"
    only_shown: bool
    """Whether only the texts that the table shows go out."""


class ExportDialog(QDialog):
    """Asks for format, states, labels, and whether only the texts shown go out."""

    chosen = Signal(object)
    """The :class:`Wish`, when the dialog is accepted."""

    def __init__(
        self, targets: "Sequence[Target]", labels: Sequence[str], counts: "Counts", shown: int, parent: QWidget
    ) -> None:
        """``shown`` is how many texts the table shows."""
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._targets = targets
        self._format = _format_box(targets)
        self._limits = QLabel()
        self._limits.setObjectName("exportLimits")
        self._limits.setTextFormat(Qt.TextFormat.PlainText)
        self._limits.setProperty("second", True)
        self._limits.setWordWrap(True)
        self._states = _state_boxes(counts)
        self._labels = _label_list(labels)
        texts = "text" if shown == 1 else f"{shown:,} texts"
        self._only_shown = QCheckBox(f"Only the {texts} that the table shows")
        self._only_shown.setObjectName("exportShown")
        self._only_shown.setVisible(0 < shown < counts.texts)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = self._buttons.addButton("Choose where…", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setObjectName("exportChoose")
        self._go.setProperty("primary", True)
        self._go.setDefault(True)
        self._lay_out()
        self._connect()
        self._show_limits()

    def _connect(self) -> None:
        self._format.currentIndexChanged.connect(self._show_limits)
        self._labels.itemChanged.connect(self._enable)
        for box in self._states.values():
            box.toggled.connect(self._enable)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.accepted.connect(self._tell)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(UNIT)
        states = QHBoxLayout()
        states.setSpacing(2 * UNIT)
        for box in self._states.values():
            states.addWidget(box)
        states.addStretch()
        whole.addWidget(_heading("Format"))
        whole.addWidget(self._format)
        whole.addWidget(self._limits)
        whole.addSpacing(UNIT)
        whole.addWidget(_heading("Texts"))
        whole.addLayout(states)
        whole.addWidget(self._only_shown)
        whole.addSpacing(UNIT)
        if self._labels.count():
            whole.addWidget(_heading("Labels"))
            whole.addWidget(self._labels, 1)
        else:
            whole.addStretch()
        whole.addWidget(self._buttons)
        self.setMinimumWidth(480)

    @Slot()
    def _show_limits(self) -> None:
        self._limits.setText(self._targets[self._format.currentIndex()].limits or _EVERYTHING)

    @Slot()
    def _enable(self) -> None:
        has_states = any(box.isChecked() for box in self._states.values())
        self._go.setEnabled(has_states and (bool(self._checked()) or not self._labels.count()))

    @Slot()
    def _tell(self) -> None:
        from gadget_trainer.formats.choice import Choice  # not before the window is painted

        states = frozenset(state for state, box in self._states.items() if box.isChecked())
        labels = self._checked()
        everything = len(labels) == self._labels.count()
        choice = Choice(states, None if everything else frozenset(labels))
        self.chosen.emit(Wish(self._targets[self._format.currentIndex()], choice, self._only_shown.isChecked()))

    def _checked(self) -> list[str]:
        items = (self._labels.item(row) for row in range(self._labels.count()))
        return [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]


def _heading(words: str) -> QLabel:
    heading = QLabel(words)
    heading.setProperty("second", True)
    return heading


def _format_box(targets: "Sequence[Target]") -> QComboBox:
    box = QComboBox()
    box.setObjectName("exportFormat")
    box.setAccessibleName("Format of the export")
    for target in targets:
        box.addItem(target.title, target.name)
    box.setCurrentIndex(max(box.findData("jsonl"), 0))
    return box


def _state_boxes(counts: "Counts") -> dict[TextState, QCheckBox]:
    numbers = {TextState.DONE: counts.done, TextState.TODO: counts.todo, TextState.SKIPPED: counts.skipped}
    boxes: dict[TextState, QCheckBox] = {}
    for state, words in _STATES:
        box = boxes[state] = QCheckBox(f"{numbers[state]:,} {words}")
        box.setObjectName(f"exportState:{state}")
        box.setAccessibleName(f"Export texts that are {words}")
        box.setChecked(True)
    return boxes


def _label_list(labels: Sequence[str]) -> QListWidget:
    shown = QListWidget()
    shown.setObjectName("exportLabels")
    shown.setAccessibleName("Labels whose spans are exported")
    for name in labels:
        item = QListWidgetItem(name, shown)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
    return shown
