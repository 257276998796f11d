"""What the Help menu shows of the file formats and of the program itself."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer import __version__
from gadget_trainer.ui.actions import Actions


class Help(QObject):
    """Opens the dialogs."""

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window)
        self._window = window
        actions["showFormats"].triggered.connect(self._show_formats)
        actions["about"].triggered.connect(self._show_about)

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
