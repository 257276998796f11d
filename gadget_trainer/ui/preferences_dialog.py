"""How the program looks and which keys it has, for all projects; what is changed holds at once."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.form_rows import add_row, indent, rows
from gadget_trainer.ui.keys_page import KeysPage
from gadget_trainer.ui.preferences import LARGEST_TEXT, SMALLEST_TEXT, Preferences
from gadget_trainer.ui.theme import UNIT, Scheme

APPEARANCE, KEYS = range(2)
_SCHEMES = {Scheme.SYSTEM: "As the desktop", Scheme.LIGHT: "Light", Scheme.DARK: "Dark"}


class PreferencesDialog(QDialog):
    """A page for the appearance, and one for the keys."""

    scheme_chosen = Signal(object)
    """A :class:`Scheme`."""
    text_size_chosen = Signal(float)
    """Points."""

    def __init__(self, actions: Actions, preferences: Preferences, parent: QWidget, page: int = APPEARANCE) -> None:
        super().__init__(parent)
        self.setObjectName("preferencesDialog")
        self.setWindowTitle("Preferences")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._scheme = QComboBox()
        self._scheme.setObjectName("scheme")
        self._scheme.addItems(list(_SCHEMES.values()))
        self._size = QSpinBox()
        self._size.setObjectName("textSize")
        self._size.setRange(SMALLEST_TEXT, LARGEST_TEXT)
        self._size.setSuffix(" pt")
        indent(self._size)
        self._size.setMinimumHeight(self._scheme.sizeHint().height())
        self._tabs = QTabWidget()
        self._tabs.setObjectName("preferencePages")
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self._appearance(), "Appearance")
        self._tabs.addTab(KeysPage(actions, preferences, parent), "Keys")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(UNIT, UNIT, UNIT, 2 * UNIT)
        whole.setSpacing(UNIT)
        whole.addWidget(self._tabs, 1)
        whole.addWidget(buttons)
        self.resize(680, 680)
        self._preferences = preferences
        self.follow()
        self.show_page(page)
        self._scheme.currentIndexChanged.connect(self._tell_scheme)
        self._size.valueChanged.connect(self._tell_size)

    def show_page(self, page: int) -> None:
        """Show the appearance or the keys."""
        self._tabs.setCurrentIndex(page)

    def follow(self) -> None:
        """Show what was chosen, which may have been somewhere else."""
        self._scheme.setCurrentText(_SCHEMES[self._preferences.scheme])
        self._size.setValue(round(self._preferences.text_size))

    def _appearance(self) -> QWidget:
        page = QWidget()
        form = rows(page)
        form.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        form.setSpacing(2 * UNIT)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for words, field in (("Colours", self._scheme), ("Size of the texts", self._size)):
            add_row(form, words, field)
        return page

    @Slot(int)
    def _tell_scheme(self, place: int) -> None:
        self.scheme_chosen.emit(list(_SCHEMES)[place])

    @Slot(int)
    def _tell_size(self, points: int) -> None:
        self.text_size_chosen.emit(float(points))
