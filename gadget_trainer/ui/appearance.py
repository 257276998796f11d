"""Light or dark, and how large the texts are: chosen in the View menu and remembered."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QMainWindow

from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.icons import renew_icons
from gadget_trainer.ui.preferences import Preferences
from gadget_trainer.ui.theme import Scheme, apply_scheme

_SMALLEST, _LARGEST = 8.0, 40.0
_SCHEMES = {"schemeSystem": Scheme.SYSTEM, "schemeLight": Scheme.LIGHT, "schemeDark": Scheme.DARK}


class Appearance(QObject):
    """Applies what the actions of the View menu choose."""

    text_size_changed = Signal(float)
    """Points."""

    def __init__(
        self, application: QApplication, window: QMainWindow, actions: Actions, preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._application = application
        self._window = window
        self._preferences = preferences
        for name, scheme in _SCHEMES.items():
            actions[name].setChecked(scheme is preferences.scheme)
            actions[name].triggered.connect(self._choose_scheme)
        actions["largerText"].triggered.connect(self._enlarge)
        actions["smallerText"].triggered.connect(self._reduce)

    def follow_desktop(self) -> None:
        """The desktop went dark or light."""
        if self._preferences.scheme is Scheme.SYSTEM:
            self._apply()

    @Slot()
    def _choose_scheme(self) -> None:
        self._preferences.scheme = _SCHEMES[self.sender().objectName()]
        self._apply()

    def _apply(self) -> None:
        apply_scheme(self._application, self._window, self._preferences.scheme)
        renew_icons(self._window)

    @Slot()
    def _enlarge(self) -> None:
        self._change_size(1)

    @Slot()
    def _reduce(self) -> None:
        self._change_size(-1)

    def _change_size(self, points: float) -> None:
        size = min(max(self._preferences.text_size + points, _SMALLEST), _LARGEST)
        self._preferences.text_size = size
        self.text_size_changed.emit(size)
