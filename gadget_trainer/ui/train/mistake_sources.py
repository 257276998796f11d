"""Which list is shown where there are two: the mistakes of a run, or the annotations that a search has doubts about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from gadget_trainer.training.mistakes import Mistakes
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.choice_button import ChoiceButton


class MistakeSources(QWidget):
    """Holds both lists, and a button for each; hidden while there is one at most."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._run: Mistakes | None = None
        self._doubts: Mistakes | None = None
        self._buttons = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        self._run_button = self._button("mistakesOfRun")
        self._doubts_button = self._button("annotationsInDoubt")
        for button in (self._run_button, self._doubts_button):
            row.addWidget(button)
        row.addStretch()
        self._run_button.setChecked(True)
        self._buttons.buttonClicked.connect(self.chosen)
        self._show()

    def take(self, mistakes: Mistakes) -> None:
        """Hold this list in the place of the one of its kind, and show it."""
        if mistakes.cross_validated:
            self._doubts = mistakes
        else:
            self._run = mistakes
        (self._doubts_button if mistakes.cross_validated else self._run_button).setChecked(True)
        self._show()

    def forget_run(self) -> None:
        """The run is another one; what a search doubts is about the texts, and stays."""
        self._run = None
        self._run_button.setChecked(True)
        self._show()

    def shown(self) -> Mistakes | None:
        """The list that is chosen."""
        if self._run is None or (self._doubts is not None and self._doubts_button.isChecked()):
            return self._doubts
        return self._run

    def all(self) -> tuple[Mistakes, ...]:
        """Those that there are."""
        return tuple(one for one in (self._run, self._doubts) if one is not None)

    def _show(self) -> None:
        for button, words, held in (
            (self._run_button, "Mistakes of the run", self._run),
            (self._doubts_button, "Annotations in doubt", self._doubts),
        ):
            said = words if held is None else f"{words} ({len(held.all):,})"
            button.setText(said)
            button.setAccessibleName(said)
        self.setVisible(len(self.all()) == 2)

    def _button(self, name: str) -> ChoiceButton:
        button = ChoiceButton("", name)
        self._buttons.addButton(button)
        return button
