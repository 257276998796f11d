"""Keys that choose one of many, labels or categories, while a text is annotated."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.records import Category, Label
from gadget_trainer.ui.actions import Actions

DIGITS = "1234567890"
"""The keys of the labels' places; with Alt, of the categories'."""


def key_holders(others: Sequence[Label | Category], actions: Actions) -> dict[str, str]:
    """What single keys do already, as those of actions and of these ``others`` do, as in ``chooses BRAND``."""
    found = {
        one.toString(): f"is for “{action.text().rstrip('…')}”"
        for action in actions.all()
        for one in action.shortcuts()
        if len(one.toString()) == 1
    }
    return found | {one.key: f"chooses {one.name}" for one in others if one.key}


def kept_for_choices(keys: str) -> str:
    """Which label or category those keys choose, in this project or in another, as in “9th label”; empty: none."""
    digit = keys.removeprefix("Alt+")
    if len(digit) != 1 or digit not in DIGITS:
        return ""
    place = ("1st", "2nd", "3rd", *(f"{one}th" for one in range(4, 11)))[DIGITS.index(digit)]
    return f"{place} {'category' if keys.startswith('Alt+') else 'label'}"


class ChoiceKeys(QObject):
    """Makes the keys of labels, or those of categories, work in some widgets."""

    chosen = Signal(str)
    """The key of the label or category of this name was pressed."""

    def __init__(self, kind: str, effect: str, widgets: Sequence[QWidget], parent: QObject) -> None:
        """``kind`` is what is chosen, as in “label”, and ``effect`` what that does, for the page of keys."""
        super().__init__(parent)
        self._kind = kind
        self._effect = effect
        self._widgets = widgets
        self._keys: list[QAction] = []

    def renew(self, keys: Mapping[str, str]) -> None:
        """Make these keys, by name, in place of those before."""
        for key in self._keys:
            for widget in self._widgets:
                widget.removeAction(key)
            key.deleteLater()
        self._keys = [self._key(key, name) for name, key in keys.items() if key]

    def _key(self, key: str, name: str) -> QAction:
        action = QAction(f"{self._kind.capitalize()} {name}", self)
        action.setObjectName(f"{self._kind}Key:{key}")
        action.setToolTip(f"{action.text()}: {self._effect}")
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setData(name)
        action.triggered.connect(self._choose)
        for widget in self._widgets:
            widget.addAction(action)
        return action

    @Slot()
    def _choose(self) -> None:
        key = self.sender()
        if isinstance(key, QAction):
            self.chosen.emit(str(key.data()))
