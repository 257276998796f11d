"""What the Help menu shows: the keys, the file formats, the program itself."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from gadget_trainer import __version__
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.preferences import Preferences


class Help(QObject):
    """Opens the dialogs, and gives the actions the keys that the person chose in one of them."""

    def __init__(self, window: QWidget, actions: Actions, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._preferences = preferences
        for name, keys in preferences.keys().items():
            if name in actions:
                actions.set_keys(name, QKeySequence(keys))
        for name, slot in (
            ("showKeys", self._show_keys),
            ("showFormats", self._show_formats),
            ("about", self._show_about),
        ):
            actions[name].triggered.connect(slot)

    @Slot()
    def _show_keys(self) -> None:
        from gadget_trainer.ui.keys_dialog import KeysDialog  # start-up need not wait for it

        KeysDialog(self._actions, self._preferences, self._window).show()

    @Slot()
    def _show_formats(self) -> None:
        from gadget_trainer.exporting import every_format  # start-up need not wait for the formats
        from gadget_trainer.formats.listing import as_text
        from gadget_trainer.ui.text_dialog import TextDialog

        dialog = TextDialog(as_text(every_format()), self._window, name="formatList", label="File formats")
        dialog.setWindowTitle("File formats")
        dialog.open()

    @Slot()
    def _show_about(self) -> None:
        from PySide6.QtWidgets import QMessageBox  # start-up need not wait for it

        words = f"Gadget Trainer {__version__}\n\nMake your own entity recogniser from your own texts. MIT licence."
        QMessageBox.about(self._window, "About Gadget Trainer", words)
