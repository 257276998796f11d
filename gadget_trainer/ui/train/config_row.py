"""The way from the form to the config of the run and back, and the sentence that says when an own config is used."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.corpus.records import CategoryScheme
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.config_dialog import ConfigDialog
from gadget_trainer.ui.train.fields import name, note, tell


class ConfigRow(QWidget):
    """Two buttons and a note."""

    settings_taken = Signal(object)
    """TrainingSettings with the config that the person wants to use."""
    left = Signal()
    """The person wants the config to be made from the form again."""

    def __init__(
        self,
        settings: Callable[[], TrainingSettings],
        words: Callable[[], int],
        categories: Callable[[], CategoryScheme],
    ) -> None:
        """Asked when they are needed: the form's settings, the words that a run learns from, and the categories."""
        super().__init__()
        self._settings = settings
        self._words = words
        self._categories = categories
        self._dialog: ConfigDialog | None = None
        self._open = _quiet_button("showConfig", "Config…", _OPEN_HELP)
        self._back = _quiet_button("backToSettings", "Back to the settings", "The config is made from the form again.")
        self._note = note("configState")
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self._open)
        buttons.addWidget(self._back)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(buttons)
        column.addWidget(self._note)
        self._open.clicked.connect(self._open_dialog)
        self._back.clicked.connect(self.left)

    def show_own(self, *, own: bool) -> None:
        """Say whether an own config is used."""
        tell(self._note, _OWN if own else "")
        self._back.setVisible(own)

    def finish(self) -> None:
        """End what works in a thread."""
        if self._dialog is not None:
            self._dialog.finish()

    @Slot()
    def _open_dialog(self) -> None:
        if self._dialog is None:
            self._dialog = ConfigDialog(self._settings, self._categories, self)
            self._dialog.settings_taken.connect(self.settings_taken)
        self._dialog.open_for(self._words())


def _quiet_button(object_name: str, words: str, help_: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("quiet", True)
    name(button, words, object_name, help_)
    return button


_OPEN_HELP = "The spaCy config that all this ends in: to be seen, saved, loaded and edited."
_OWN = "Your own config is used. The files, the iterations, the patience and the seed are those of this form."
