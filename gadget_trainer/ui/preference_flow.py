"""Light or dark, how large the texts are, which keys there are: chosen in menus and the preferences, and remembered."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow

from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.icons import renew_icons
from gadget_trainer.ui.preferences import LARGEST_TEXT, SMALLEST_TEXT, Preferences
from gadget_trainer.ui.theme import Scheme, apply_scheme

if TYPE_CHECKING:  # start-up need not wait for it
    from gadget_trainer.ui.preferences_dialog import PreferencesDialog

_SCHEMES = {"schemeSystem": Scheme.SYSTEM, "schemeLight": Scheme.LIGHT, "schemeDark": Scheme.DARK}


class PreferenceFlow(QObject):
    """Applies what the actions of the View menu and the preferences choose."""

    text_size_changed = Signal(float)
    """Points."""

    def __init__(
        self, application: QApplication, window: QMainWindow, actions: Actions, preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._application = application
        self._window = window
        self._preferences = preferences
        self._actions = actions
        self._dialog: PreferencesDialog | None = None
        self._check_scheme()
        for name, keys in preferences.keys().items():
            if name in actions:
                actions.set_keys(name, QKeySequence(keys))
        for name in _SCHEMES:
            actions[name].triggered.connect(self._choose_scheme)
        actions["largerText"].triggered.connect(self._enlarge)
        actions["smallerText"].triggered.connect(self._reduce)
        actions["preferences"].triggered.connect(self._show_preferences)
        actions["showKeys"].triggered.connect(self._show_keys)

    def follow_desktop(self) -> None:
        """The desktop went dark or light."""
        if self._preferences.scheme is Scheme.SYSTEM:
            self._apply()

    @Slot()
    def _show_preferences(self) -> None:
        from gadget_trainer.ui.preferences_dialog import APPEARANCE  # start-up need not wait for it

        self._open_preferences(APPEARANCE)

    @Slot()
    def _show_keys(self) -> None:
        from gadget_trainer.ui.preferences_dialog import KEYS

        self._open_preferences(KEYS)

    def _open_preferences(self, page: int) -> None:
        from gadget_trainer.ui.preferences_dialog import PreferencesDialog

        if self._dialog is None:
            self._dialog = PreferencesDialog(self._actions, self._preferences, self._window, page)
            self._dialog.scheme_chosen.connect(self._use_scheme)
            self._dialog.text_size_chosen.connect(self._use_size)
            self._dialog.finished.connect(self._forget_dialog)
        self._dialog.show_page(page)
        self._dialog.show()
        self._dialog.activateWindow()

    @Slot()
    def _forget_dialog(self) -> None:
        self._dialog = None

    @Slot()
    def _choose_scheme(self) -> None:
        self._use_scheme(_SCHEMES[self.sender().objectName()])

    @Slot(object)
    def _use_scheme(self, scheme: Scheme) -> None:
        if scheme is not self._preferences.scheme:
            self._preferences.scheme = scheme
            self._apply()
        self._check_scheme()
        self._tell_dialog()

    def _check_scheme(self) -> None:
        for name, scheme in _SCHEMES.items():
            self._actions[name].setChecked(scheme is self._preferences.scheme)

    def _apply(self) -> None:
        apply_scheme(self._application, self._window, self._preferences.scheme)
        renew_icons(self._window)

    @Slot()
    def _enlarge(self) -> None:
        self._use_size(self._preferences.text_size + 1)

    @Slot()
    def _reduce(self) -> None:
        self._use_size(self._preferences.text_size - 1)

    @Slot(float)
    def _use_size(self, points: float) -> None:
        size = min(max(points, float(SMALLEST_TEXT)), float(LARGEST_TEXT))
        self._preferences.text_size = size
        self.text_size_changed.emit(size)
        self._tell_dialog()

    def _tell_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.follow()
