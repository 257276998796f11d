"""The kinds of mistakes as buttons with their counts: one of them, or all, is listed."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from gadget_trainer.training.mistake_kinds import Kind
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.choice_button import ChoiceButton

_GROUPS = (
    (None, "All"),
    (Kind.MISSED, "Missed"),
    (Kind.INVENTED, "Invented"),
    (Kind.OTHER_LABEL, "Other label"),
    (Kind.OTHER_EDGES, "Other edges"),
    (Kind.CATEGORY, "Category"),
)


class MistakeGroups(QWidget):
    """Says which kind the person wants to see."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._buttons = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        for place, (kind, words) in enumerate(_GROUPS):
            button = ChoiceButton(words, f"mistakeKind:{kind.name.lower() if kind else 'all'}")
            self._buttons.addButton(button, place)
            row.addWidget(button)
        row.addStretch()
        self._buttons.buttons()[0].setChecked(True)
        self._buttons.buttonClicked.connect(self.chosen)

    def kind(self) -> Kind | None:
        """The kind that is chosen; None for all."""
        return _GROUPS[self._buttons.checkedId()][0]

    def show_counts(self, counts: Mapping[Kind, int]) -> None:
        """Show how many there are of each kind, all of them being chosen."""
        self._buttons.buttons()[0].setChecked(True)
        for button, (kind, words) in zip(self._buttons.buttons(), _GROUPS, strict=True):
            count = counts.get(kind, 0) if kind else sum(counts.values())
            button.setText(f"{words} {count:,}")
            button.setAccessibleName(f"{words}: {count:,}")
            button.setEnabled(count > 0)
            button.setVisible(kind is not Kind.CATEGORY or count > 0)
